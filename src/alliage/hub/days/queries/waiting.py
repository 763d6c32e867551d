"""Why somebody waits for a seat, and what would give them one."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliage.hub.days.models import Day, Registration
from alliage.hub.days.words import day_words, hour

State = Registration.State


def rank_of(registration: Registration) -> int:
    """The rank on the waiting list: 1 is the next."""
    waiting = Registration.objects.filter(day=registration.day_id, state=State.WAITING)
    ids = list(waiting.order_by("offers_missed", "ranked", "id").values_list("pk", flat=True))
    return ids.index(registration.pk) + 1 if registration.pk in ids else 0


def why_waiting(registration: Registration) -> str:
    """In words: the seats that are taken, the offers that wait for an answer, the rank."""
    day: Day = registration.day
    held = Registration.objects.filter(day=day, seat__isnull=False)
    taken, offered = held.exclude(state=State.OFFERED), held.filter(state=State.OFFERED).order_by("offer_ends")
    said = [
        ngettext("%(n)s place sur %(all)s est prise.", "%(n)s places sur %(all)s sont prises.", taken.count())
        % {"n": taken.count(), "all": day.seats}
    ]
    first = offered.first()
    if first is not None and first.offer_ends is not None:
        count = offered.count()
        said.append(
            ngettext(
                "%(n)s place est offerte à quelqu’un, qui a jusqu’à %(hour)s, %(day)s.",
                "%(n)s places sont offertes; la première réponse est attendue avant %(hour)s, %(day)s.",
                count,
            )
            % {"n": count, "hour": hour(first.offer_ends), "day": day_words(first.offer_ends)}
        )
    said.append(_("Votre rang : %(rank)s.") % {"rank": rank_of(registration)})
    return " ".join(said)
