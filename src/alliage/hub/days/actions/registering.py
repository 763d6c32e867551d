"""Coming to a day: a seat or a rank, an offer that expires, leaving, going to another town.

Whoever writes here holds the day first, so that two people never get the same seat; the database refuses it besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from django.db import transaction

from alliage.hub.days.actions import notices
from alliage.hub.days.links import new_code
from alliage.hub.days.models import Care, Day, LiveQuestion, Registration
from alliage.hub.days.signals import registration_ended
from alliage.hub.days.versions import new_version
from alliage.hub.people.links import new_nonce
from alliage.hub.people.models import Organisation, Person

State = Registration.State
OFFER = timedelta(hours=24)  # of real time, whatever the clocks do that night
MOST_OFFERS = 2  # that may pass without an answer
MOST_WAITING = 2_000  # for one day: nobody fills the disk of the site
CONSENT_VERSION = "1"
ANSWER = "answer"  # the consent to be written to about the question of the form
# The threads of a process wait for their turn here: a crowd that polls SQLite's own lock loses its patience.
_TURN = Lock()


class NotTaken(Exception):
    """What was not done.

    ``why``: ``shut``, ``over``, ``already``, ``too-many``, ``full``, ``not-offered`` (any more), ``no-offer``.
    """

    def __init__(self, why: str, registration: Registration | None = None) -> None:
        super().__init__(why)
        self.why, self.registration = why, registration


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says when they register. Only the e-mail and the name are needed."""

    email: str
    name: str
    language: str = "fr"
    company: str = ""
    needs: Sequence[str] = ()
    region: str = ""
    size: str = ""
    stage: str = ""
    neq: str = ""
    wants_meetings: bool = False
    agreed: frozenset[str] = frozenset()
    access: str = ""
    meal: str = ""
    question: str = ""
    person: Person | None = None
    demo: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


def register(slug: str, *, wish: Wish, at: datetime) -> Registration:
    """Give a seat if one is free and nobody waits for it; else a rank on the waiting list. The letter says which.

    Raises:
        NotTaken: registrations are shut, the day is over, this address has one already, or far too many wait.
        Day.DoesNotExist: there is no such day.
    """
    with _TURN, transaction.atomic():
        return _registered(slug, wish, at=at)


def _registered(slug: str, wish: Wish, *, at: datetime) -> Registration:
    day = _held(slug=slug)
    _check_open(day, at=at)
    email = wish.email.strip().lower()
    _pass_on(day, at=at)
    if Registration.objects.filter(day=day, state=State.WAITING).count() >= MOST_WAITING:
        raise NotTaken("too-many")  # said before what follows: it tells nobody who is registered
    known = Registration.objects.filter(day=day, email=email).exclude(state=State.CANCELLED).first()
    if known is not None:
        raise NotTaken("already", known)
    made = _made(day, wish, email=email, ranked=at, at=at)
    if wish.question.strip():
        LiveQuestion.objects.create(
            day=day, text=wish.question.strip(), language=wish.language, need=next(iter(wish.needs), ""),
            origin=LiveQuestion.Origin.BEFORE, asker=f"r{made.pk}", person=wish.person,
            email=email if ANSWER in wish.agreed else "", created=at, changed=at,
        )  # fmt: skip
        new_version(day.pk)
    return made


def _made(day: Day, wish: Wish, *, email: str, ranked: datetime, at: datetime) -> Registration:
    """The row, in a seat or waiting, and its letter."""
    seat = next(iter(_free_seats(day)), None)
    made = Registration.objects.create(
        day=day, person=wish.person, email=email, name=wish.name.strip(), company=wish.company.strip(),
        organisation=_organisation_of(wish.person), language=wish.language, needs=list(wish.needs),
        region=wish.region or day.region, size=wish.size, stage=wish.stage, neq=wish.neq,
        wants_meetings=wish.wants_meetings, agreed=dict.fromkeys(sorted(wish.agreed), CONSENT_VERSION),
        state=State.WAITING if seat is None else State.CONFIRMED, seat=seat, code=_unused_code(day),
        nonce=new_nonce(), ranked=ranked, demo=wish.demo, created=at, changed=at, **wish.more,
    )  # fmt: skip
    if wish.access.strip() or wish.meal.strip():
        Care.objects.create(registration=made, person=wish.person, access=wish.access.strip(), meal=wish.meal.strip())
    notices.write(made, "waiting" if seat is None else "confirmed", at=at)
    return made


def _organisation_of(person: Person | None) -> Organisation | None:
    """The organisation of who has an account and belongs to one alone."""
    if person is None:
        return None
    found = list(Organisation.objects.filter(memberships__person=person)[:2])
    return found[0] if len(found) == 1 else None


def _unused_code(day: Day) -> str:
    while Registration.objects.filter(day=day, code=(code := new_code())).exists():
        pass
    return code


def _free_seats(day: Day) -> list[int]:
    """The seats that nobody holds; none while more are held than there are, once the team took some away."""
    taken = set(Registration.objects.filter(day=day, seat__isnull=False).values_list("seat", flat=True))
    free = [number for number in range(1, day.seats + 1) if number not in taken]
    return free[: max(0, day.seats - len(taken))]


def _held(**which: Any) -> Day:
    """The day, held until the end of the transaction: whoever else registers waits their turn."""
    return Day.objects.select_for_update(of=("self",)).get(**which)


def _check_not_over(day: Day, mine: Registration | None = None, *, at: datetime) -> None:
    if at >= day.ends or day.status in (Day.Status.DONE, Day.Status.CANCELLED):
        raise NotTaken("over", mine)


def _check_open(day: Day, *, at: datetime) -> None:
    _check_not_over(day, at=at)
    if day.status != Day.Status.OPEN:
        raise NotTaken("shut")


# --------------------------------------------------------------------------------------------- the waiting list


@transaction.atomic
def pass_on(day_id: int, *, at: datetime) -> int:
    """Take back the offers that ended, and offer each free seat to who waits the longest; how many were offered."""
    return _pass_on(_held(pk=day_id), at=at)


def _pass_on(day: Day, *, at: datetime) -> int:
    _expire(day, at=at)
    if at >= day.starts or day.status in (Day.Status.DONE, Day.Status.CANCELLED):
        return 0
    free = _free_seats(day)
    if not free:
        return 0
    offered = 0
    for seat, waiting in zip(free, waiting_of(day), strict=False):
        waiting.state, waiting.seat, waiting.changed = State.OFFERED, seat, at
        waiting.offer_ends = min(at.astimezone(UTC) + OFFER, day.starts)
        waiting.save(update_fields=("state", "seat", "offer_ends", "changed"))
        notices.write(waiting, "offer", key=waiting.offer_ends.isoformat(), at=at)
        offered += 1
    return offered


def waiting_of(day: Day) -> list[Registration]:
    """Who waits, in their order: those who let an offer pass come after those who had none."""
    return list(Registration.objects.filter(day=day, state=State.WAITING).order_by("offers_missed", "ranked", "id"))


def _expire(day: Day, *, at: datetime) -> None:
    """Offers without an answer: the seat is free again, the person stays on the list, at its end; not for ever."""
    for late in Registration.objects.filter(day=day, state=State.OFFERED, offer_ends__lte=at):
        late.offers_missed += 1
        gone, ended = late.offers_missed >= MOST_OFFERS, late.offer_ends
        late.state, late.seat, late.offer_ends, late.changed = State.WAITING, None, None, at
        late.save(update_fields=("state", "seat", "offer_ends", "offers_missed", "changed"))
        if gone:
            _leave(late, at=at)
        notices.write(late, "offer-gone" if gone else "offer-passed", key=f"{ended:%Y-%m-%dT%H:%M}", at=at)


@transaction.atomic
def accept(registration_id: int, *, at: datetime) -> Registration:
    """Take the seat that was offered.

    Raises:
        NotTaken: ``not-offered``: the offer has ended, and the seat went to the next person;
            ``no-offer``: there was none; ``over``: the day ended, or is cancelled.
    """
    day = _held(registrations=registration_id)
    mine = Registration.objects.get(pk=registration_id)
    if mine.state in (State.CONFIRMED, State.CAME):  # pressed twice
        return mine
    _check_not_over(day, mine, at=at)
    _pass_on(day, at=at)
    mine.refresh_from_db()
    if mine.state != State.OFFERED:
        raise NotTaken("not-offered" if mine.offers_missed else "no-offer", mine)
    mine.state, mine.offer_ends, mine.changed = State.CONFIRMED, None, at
    mine.save(update_fields=("state", "offer_ends", "changed"))
    notices.write(mine, "confirmed", key="offer", at=at)
    return mine


@transaction.atomic
def withdraw(registration_id: int, *, at: datetime) -> Registration:
    """Give up the seat or the rank; the seat is offered at once to who waits. Pressed twice, it changes nothing.

    Raises:
        NotTaken: ``over``: the day ended, or is cancelled: who did not come was absent, and gave up nothing.
    """
    day = _held(registrations=registration_id)
    mine = Registration.objects.get(pk=registration_id)
    if mine.state in (State.CANCELLED, State.CAME):
        return mine
    _check_not_over(day, mine, at=at)
    _give_up(mine, day, at=at)
    return mine


def _give_up(mine: Registration, day: Day, *, at: datetime, **said: str) -> None:
    """Leave, offer the seat to who waits, and say in the letter what became of it. ``said``: where they go instead."""
    had_seat, held = mine.state == State.CONFIRMED, mine.seat is not None
    _leave(mine, at=at)
    offered = _pass_on(day, at=at) > 0
    became = ("offered" if offered else "free") if held else ""
    key = "transfer" if said else ""
    notices.write(mine, "withdrawn", key=key, at=at, said={"had_seat": had_seat, "seat": became, **said})


def _leave(mine: Registration, *, at: datetime) -> None:
    mine.state, mine.seat, mine.offer_ends, mine.changed = State.CANCELLED, None, None, at
    mine.save(update_fields=("state", "seat", "offer_ends", "changed"))
    Care.objects.filter(registration=mine).delete()  # of no more use
    registration_ended.send(Registration, registration=mine, at=at)


@transaction.atomic
def transfer(registration_id: int, *, to: str, at: datetime, may_wait: bool = False) -> Registration:
    """Go to the day of another town, with the rank that one had here. ``may_wait``: even if a seat here is lost for it.

    Raises:
        NotTaken: this day took place; the other is shut or over, or has a registration of this address already;
            ``full``: one would wait there, and has a seat here.
        Day.DoesNotExist: there is no such day.
    """
    mine = Registration.objects.select_related("care").get(pk=registration_id)
    # days are held in one order, so that two who cross never wait for each other
    held = {
        day.slug: day for day in Day.objects.select_for_update().filter(slug__in=(to, mine.day.slug)).order_by("pk")
    }
    mine.refresh_from_db()
    there, here = held.get(to), held[mine.day.slug]
    if there is None:
        raise Day.DoesNotExist
    if mine.state in (State.CANCELLED, State.CAME) or there == here:
        raise NotTaken("over", mine)
    if here.status != Day.Status.CANCELLED:  # of a day that is cancelled, one may go to another
        _check_not_over(here, mine, at=at)
    _check_open(there, at=at)
    if Registration.objects.filter(day=there, email=mine.email).exclude(state=State.CANCELLED).exists():
        raise NotTaken("already", mine)
    _pass_on(there, at=at)
    has_seat = mine.seat is not None and here.status != Day.Status.CANCELLED
    if has_seat and not may_wait and not _free_seats(there):
        raise NotTaken("full", mine)
    care = getattr(mine, "care", None)
    moved = _made(
        there, _wish_of(mine, care), email=mine.email, ranked=mine.ranked, at=at,
    )  # fmt: skip
    _give_up(mine, here, at=at, to=there.slug)
    return moved


def _wish_of(mine: Registration, care: Care | None) -> Wish:
    return Wish(
        email=mine.email, name=mine.name, language=mine.language, company=mine.company, needs=mine.needs,
        region=mine.region, size=mine.size, stage=mine.stage, neq=mine.neq, wants_meetings=mine.wants_meetings,
        agreed=frozenset(mine.agreed), access=care.access if care else "", meal=care.meal if care else "",
        person=mine.person, demo=mine.demo, more={"from_day": mine.day},
    )  # fmt: skip


@transaction.atomic
def change_care(registration_id: int, *, access: str, meal: str, at: datetime) -> None:
    """Say otherwise, or no longer, what one needs to take part."""
    mine = Registration.objects.select_for_update().get(pk=registration_id)
    if mine.state in (State.CANCELLED, State.CAME):
        return
    Care.objects.filter(registration=mine).delete()
    if access.strip() or meal.strip():
        Care.objects.create(registration=mine, person=mine.person, access=access.strip(), meal=meal.strip())
    Registration.objects.filter(pk=mine.pk).update(changed=at)


def pass_on_everywhere(*, at: datetime) -> int:
    """The same for every day that is still to come: offers end at night too."""
    coming = Day.objects.filter(starts__gt=at, status__in=(Day.Status.OPEN, Day.Status.SHUT)).values_list(
        "pk", flat=True
    )
    return sum(pass_on(pk, at=at) for pk in coming)


@transaction.atomic
def send_link_again(registration: Registration, *, at: datetime) -> None:
    """The letter with their link, at most once an hour: who asks for it is not shown whether it left."""
    kinds = {State.CONFIRMED: "confirmed", State.WAITING: "waiting", State.CAME: "confirmed", State.OFFERED: "offer"}
    if registration.state in kinds:
        ends = registration.offer_ends
        said = {"ends": ends.isoformat()} if ends else {}
        notices.write(registration, kinds[State(registration.state)], key=f"{at:%Y-%m-%dT%H}", at=at, said=said)
