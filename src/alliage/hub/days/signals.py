"""What an erased account leaves of its e-mail here: nothing, even where it was written without an account."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from alliage.hub.days.models import DayInvitation, LiveQuestion, Registration
from alliage.hub.people.models import Person


@receiver(pre_delete, sender=Person, dispatch_uid="days.erased")
def erased(instance: Person, **_: Any) -> None:
    """Their registrations and invitations go; questions of the room stay, and no longer say whose."""
    LiveQuestion.objects.filter(email__iexact=instance.email).update(email="")
    DayInvitation.objects.filter(email__iexact=instance.email).delete()
    Registration.objects.filter(email__iexact=instance.email).delete()
