"""What an erased account leaves of its e-mail here: nothing, even where it was written without an account."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from alliage.hub.people.models import Person
from alliage.hub.programmes.freshness.models import Correction, Request


@receiver(pre_delete, sender=Person, dispatch_uid="freshness.erased")
def erased(instance: Person, **_: Any) -> None:
    """Requests to their address go; their corrections stay, and no longer say whose. « Write no more » stays too."""
    Request.objects.filter(email__iexact=instance.email).delete()
    Correction.objects.filter(email__iexact=instance.email).update(email="")
