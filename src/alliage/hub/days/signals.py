"""What days tell the rooms above them, and what an erased account leaves of its e-mail here: nothing.

Both signals are sent inside the transaction of what they tell: a listener that fails undoes it whole.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import Signal, receiver

from alliage.hub.days.models import DayInvitation, LiveQuestion, Registration
from alliage.hub.people.models import Person

session_cancelled = Signal()
"""An agency does not come after all. ``session``: the part, with its organisation and day; ``at``: when it was said.

Sent once the part is off, or gone: a listener that looks for live parts of that organisation no longer finds it.
"""

registration_ended = Signal()
"""Somebody stops coming: they gave up, went to another town, or let two offers pass. ``registration``, ``at``.

Sent once the registration is cancelled, and not twice.
"""


@receiver(pre_delete, sender=Person, dispatch_uid="days.erased")
def erased(instance: Person, **_: Any) -> None:
    """Their registrations and invitations go; questions of the room stay, and no longer say whose."""
    LiveQuestion.objects.filter(email__iexact=instance.email).update(email="")
    DayInvitation.objects.filter(email__iexact=instance.email).delete()
    Registration.objects.filter(email__iexact=instance.email).delete()
