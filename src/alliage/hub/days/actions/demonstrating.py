"""An invented day, from the pack's ``demo_day.yaml``: the same gestures as the team's and the companies' own."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import count
from typing import Any

from django.db import transaction

import alliage
from alliage.core.vocabulary.yaml_files import read_yaml
from alliage.hub.days.actions import checking_in, closing, live, organising, registering
from alliage.hub.days.actions.organising import DayTold, SessionTold, TourTold, at_time
from alliage.hub.days.actions.registering import Wish
from alliage.hub.days.models import Day, LiveQuestion, Tour
from alliage.hub.people.models import Organisation
from alliage.hub.programmes.queries.cards import by_intake
from alliage.hub.programmes.queries.speaking import Speech
from alliage.hub.programmes.queries.stored import current_shelf
from alliage.hub.ui.day import HERE

MOST_PROGRAMMES = 4  # that an agency presents
SLOTS = (time(9, 0), time(9, 50), time(10, 50), time(11, 40))
LENGTH = timedelta(minutes=45)
AWAY = 4  # one company in so many does not come


class NoCatalogue(Exception):
    """The catalogue of the database is empty, or the pack has no invented day."""


def _told(pack: str) -> dict[str, Any]:
    file = alliage.PACKS / pack / "demo_day.yaml"
    if not file.is_file():
        raise NoCatalogue(f"The pack {pack} has no demo_day.yaml.")
    found: dict[str, Any] = read_yaml(file)
    return found


@transaction.atomic
def make_demo(*, pack: str, at: datetime, days: int) -> Day:
    """The day, so many days from now, with its agencies and its companies, and another town to go to.

    Raises:
        NoCatalogue: nothing was loaded yet.
    """
    told = _told(pack)
    tour = Tour.objects.filter(demo=True, name_fr=told["tour"]["name"]["fr"]).first() or organising.create_tour(
        TourTold(
            told["tour"]["name"]["fr"], told["tour"]["name"]["en"], told["tour"]["summary"]["fr"],
            told["tour"]["summary"]["en"], demo=True,
        ),
        by=None, at=at,
    )  # fmt: skip
    date = _weekday(at.astimezone(HERE) + timedelta(days=days))
    made = _day(told, told["day"], date, like=None, tour=tour, at=at)
    _agenda(made, told, at=at)
    organising.open_day(made.pk, by=None, at=min(at, made.starts - timedelta(days=30)))
    if days > 0:
        elsewhere = {**told["day"], **told["other_town"]}
        other = _day(told, elsewhere, date + timedelta(days=14), like=made, tour=tour, at=at)
        organising.open_day(other.pk, by=None, at=at)
    _companies(made, told, at=min(at, made.starts - timedelta(days=20)))
    return Day.objects.get(pk=made.pk)


def _weekday(moment: datetime) -> datetime:
    """The same day, or the Monday after a week-end."""
    return moment + timedelta(days=max(0, 7 - moment.weekday()) if moment.weekday() >= 5 else 0)


def _day(
    told: dict[str, Any], place: dict[str, Any], date: datetime, *, like: Day | None, tour: Tour, at: datetime
) -> Day:
    clock = {name: time.fromisoformat(told["day"][name].zfill(5)) for name in ("starts", "ends")}
    return organising.create_day(
        tour,
        DayTold(
            region=place["region"], town=place["town"], place=place["place"], address=place["address"],
            starts=at_time(date.date(), clock["starts"]), ends=at_time(date.date(), clock["ends"]),
            capacity=told["day"]["capacity"], access_fr=place["access"]["fr"], access_en=place["access"]["en"],
        ),
        like=like, by=None, at=at,
    )  # fmt: skip


def _agenda(day: Day, told: dict[str, Any], *, at: datetime) -> None:
    rooms = told["rooms"]
    parts = [
        ("talk", time(8, 30), time(8, 55), told["opening"]),
        ("break", time(12, 30), time(13, 15), told["lunch"]),
        ("meetings", time(13, 15), time(15, 15), told["meetings"]),
        ("talk", time(15, 15), time(16, 0), told["closing"]),
    ]
    for kind, first, last, title in parts:
        session = SessionTold(kind, first, last, title_fr=title["fr"], title_en=title["en"], room=rooms[0])
        organising.save_session(day.pk, session, session_id=None, by=None, at=at)
    speech = Speech(current_shelf(), lang="fr")
    for number, one in enumerate(told["agencies"]):
        first = SLOTS[number // len(rooms)]
        organisation = Organisation.objects.filter(provider=one["provider"]).first()
        if organisation is None:
            raise NoCatalogue("No agencies: run load_pack first.")
        session = SessionTold(
            "agency", first, (datetime.combine(day.starts, first) + LENGTH).time(), organisation=organisation,
            programmes=_programmes(one["provider"], day, speech), room=rooms[number % len(rooms)], desks=[one["desk"]],
        )  # fmt: skip
        organising.save_session(day.pk, session, session_id=None, by=None, at=at)


def _programmes(provider: str, day: Day, speech: Speech) -> list[str]:
    """What it would present there: what is open that day first."""
    served = speech.shelf.regions[day.region]
    every = speech.catalogue.programmes.values()
    theirs = [one for one in every if one.provider.id == provider and one.kind == "programme" and one.id in served]
    ordered = by_intake(theirs, on=day.starts.astimezone(HERE).date(), speech=speech)
    return [one.id for one in ordered[:MOST_PROGRAMMES]]


def _companies(day: Day, told: dict[str, Any], *, at: datetime) -> None:
    vocabulary = current_shelf().catalogue.vocabulary
    known = set(vocabulary.attributes[vocabulary.roles.needs].values or ())
    first = at - timedelta(minutes=len(told["companies"]))  # nobody registers later than now
    for number, one in enumerate(told["companies"], start=1):
        wish = Wish(
            email=f"exemple-{number}@example.org", name=one["name"], company=one["company"],
            needs=[need for need in one["needs"] if need in known], region=day.region, size=one["size"],
            stage=one["stage"], wants_meetings=True, agreed=frozenset({"after", "next"}), demo=True,
        )  # fmt: skip
        registering.register(day.slug, wish=wish, at=first + timedelta(minutes=number))


@transaction.atomic
def play_demo(day_id: int, *, pack: str) -> None:
    """What happened that day: people came, asked, voted, were answered; then what followed after 30 and 90 days."""
    told, day = _told(pack), Day.objects.get(pk=day_id)
    door, _ = checking_in.make_door(day.pk, label="Porte est", by=None, at=day.starts)
    coming = [one for number, one in enumerate(day.registrations.all()) if number % AWAY != AWAY - 1]
    for number, one in enumerate(coming):
        moment = day.starts - timedelta(minutes=25) + timedelta(minutes=number)
        scan = checking_in.Scan(scan=f"demo-{number}", at=moment, how="badge", code=one.code)
        checking_in.take(door, [scan], at=moment)
    live.switch(day.pk, on=True, by=None, at=day.starts)
    _questions(day, told)
    closing.close_day(day.pk, by=None, at=day.ends + timedelta(hours=1))
    for after in (30, 90):
        for registration, answer in zip(coming, told["followed"], strict=False):
            closing.say_what_followed(
                registration, after=after, answer=answer, programmes=(), at=day.starts + timedelta(days=after + 1)
            )


def _questions(day: Day, told: dict[str, Any]) -> None:
    made: list[LiveQuestion] = []
    voters = count()
    for one in told["questions"]:
        organisation = Organisation.objects.filter(provider=one["provider"]).first()
        moment = day.ends - timedelta(minutes=40 - len(made))
        question = live.ask(
            day.pk,
            live.Asked(text=one["text"], language="fr", asker=f"demo-{next(voters)}", organisation=organisation),
            at=moment,
        )
        live.moderate(question.pk, state=LiveQuestion.State.SHOWN, by=None, at=moment)
        for number in range(one["votes"]):
            live.vote(day.pk, question.pk, voter=f"demo-{number}", at=moment)
        made.append(question)
        if "same_as" in one:
            live.merge(question.pk, into=made[one["same_as"] - 1].pk, by=None, at=moment)
        if "answer" in one:
            live.reword(question.pk, text="", answer=one["answer"], owner=None, due=None, at=moment)
            live.moderate(question.pk, state=LiveQuestion.State.ANSWERED, by=None, at=moment)
