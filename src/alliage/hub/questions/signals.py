"""What an erased account leaves of its e-mail here: nothing, even where it was written without an account."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from alliage.hub.people.models import Person
from alliage.hub.questions.actions.owners import give_back
from alliage.hub.questions.models import Office, Question
from alliage.hub.ui import day as days


@receiver(pre_delete, sender=Person, dispatch_uid="questions.erased")
def erased(instance: Person, **_: Any) -> None:
    """What they asked without their account goes too; an address of theirs is no shared box any more."""
    own = Question.objects.filter(Q(person=instance) | Q(email__iexact=instance.email))
    for question in own:  # who asked the same, and was merged into it, still wants an answer
        give_back(question, at=days.now())
    Question.objects.filter(email__iexact=instance.email).delete()
    Office.objects.filter(email__iexact=instance.email).delete()
