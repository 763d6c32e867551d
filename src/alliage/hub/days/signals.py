"""What days tell the rooms above them, and what an erased account leaves of its e-mail here: nothing.

The signals are sent inside the transaction of what they tell: a listener that fails undoes it whole.
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

session_changed = Signal()
"""A part of the agenda is new, or has other hours, another room or another agency. ``session``: as it now is; ``at``.

Words, programmes and desks alone send nothing; nor does a day that moves with all its parts: that is ``day_moved``.
"""

day_moved = Signal()
"""The hours of a day are others, and it is saved. ``day``: as it now is; ``by``: how much later its parts are; ``at``.

``by`` is one length for all its parts, as the clocks of that place show it: ``organising.clock_later`` adds it to a
moment. It is as much as the beginning moved, if all parts then are within the new hours; else a number of whole days:
the parts keep their hours on the new date. So it is ``timedelta(0)`` for a day that begins or ends at another hour
while its parts stay where they are. What is not a part (a slot) may fall outside the hours of the day or of its part.
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
