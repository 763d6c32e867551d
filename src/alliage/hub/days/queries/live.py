"""The questions of the room: as phones, the projector and moderators see them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from alliage.core.search.analysis import terms
from alliage.hub.days import links
from alliage.hub.days import words as said
from alliage.hub.days.models import Day, LiveQuestion, Registration, Vote
from alliage.hub.days.queries.pages import qr
from alliage.hub.days.queries.plan import speech
from alliage.hub.people.mail import whole_url
from alliage.hub.ui import words

Plain = dict[str, Any]
State = LiveQuestion.State
PARTS = {"feed": "days/_feed.html", "screen": "days/_screen.html"}
MOST_SHOWN = 60
NEWEST = 10  # of these, for what was shown last: it has no voice yet
ALIKE = 0.3  # of the words of both


def questions(day_id: int) -> Plain:
    """What the room sees: the question on the floor, the others by their voices, how many were answered."""
    rows = LiveQuestion.objects.filter(day=day_id).select_related("organisation")
    return {
        "floor": [line(row) for row in rows.filter(state=State.ON_FLOOR)],
        "rows": [line(row) for row in _shown(rows.filter(state=State.SHOWN))],
        "answered": rows.filter(state=State.ANSWERED).count(),
    }


def _shown(rows: QuerySet[LiveQuestion]) -> list[LiveQuestion]:
    """The most wanted, then what was shown last, so that a late question may get its voices too."""
    wanted = list(rows[: MOST_SHOWN - NEWEST])
    if len(wanted) < MOST_SHOWN - NEWEST:
        return wanted
    return wanted + list(rows.exclude(pk__in=[row.pk for row in wanted]).order_by("-changed", "-id")[:NEWEST])


def wall(day: Day, *, now: datetime) -> Plain:
    """What the projector shows while it takes no questions: why; before the day, when it is and how to come."""
    shown: Plain = {"shut": _shut_words(day, now=now)}
    if now < day.starts:
        page = whole_url(reverse("days:day", args=[day.slug]))
        shown["before"] = {
            "date": words.capital(said.day_words(day.starts)),
            "hours": said.hours(day),
            "place": words.typeset(", ".join(filter(None, (day.place, day.town))), lang="fr"),
            "qr": qr(page, label=_("Code QR de la page de la journée")) if day.status == Day.Status.OPEN else "",
        }
    return shown


def _shut_words(day: Day, *, now: datetime) -> str:
    """What the wall of a room that takes no questions says: when it opens, with the day, or that it is over."""
    if day.status == Day.Status.DONE or now >= day.ends:
        return _("Les questions sont fermées")
    if now >= day.starts:
        return _("Les questions ouvrent bientôt")
    return _("Ouverture des questions : %(when)s") % {"when": f"{said.day_words(day.starts)}, {said.hour(day.starts)}"}


def line(row: LiveQuestion) -> Plain:
    """One question, without anybody."""
    return {
        "id": row.pk,
        "text": row.text,
        "lang": row.language,
        "votes": row.votes,
        "about": words.text(row.organisation.name) if row.organisation else "",
        "state": row.state,
    }


def voted(day_id: int, voter: str) -> list[int]:
    """What a phone has voted for."""
    rows = Vote.objects.filter(question__day=day_id, voter=voter).values_list("question_id", flat=True)
    return sorted(rows) if voter else []


def votes_first(day_id: int, voter: str) -> bool:
    """Whether a phone has no voice here yet."""
    return not Vote.objects.filter(question__day=day_id, voter=voter).exists()


def own(day_id: int, asker: str) -> list[Plain]:
    """What a phone has asked, and how far each is."""
    rows = LiveQuestion.objects.filter(day=day_id, asker=asker).order_by("created") if asker else ()
    return [{**line(row), "state_words": said.LIVE[row.state]} for row in rows]


def seat_of(day_id: int, link: str) -> Registration | None:
    """Who comes to this day and votes by the link of their own page."""
    found = links.registration_of(link, links.VOTE) if link else None
    return found if found is not None and found.day_id == day_id and found.state != "cancelled" else None


def voter_of(day_id: int, *, seat: Registration | None, browser: str) -> str:
    """One voter: who comes, else a browser by the key that protects its forms. Only a fingerprint is kept."""
    if seat is not None:
        return _print(day_id, f"badge {seat.code}")
    return _print(day_id, f"browser {browser}") if browser else ""


def _print(day_id: int, who: str) -> str:
    return salted_hmac("alliage.days.voter", f"{day_id} {who}", algorithm="sha256").hexdigest()[:40]


def agencies(day: Day) -> list[tuple[str, str]]:
    """The agencies of a day: to whom a question of the room may be."""
    rows = day.sessions.filter(organisation__isnull=False).select_related("organisation")
    found = {str(row.organisation_id): words.text(row.organisation.name) for row in rows if row.organisation}
    return list(found.items())


def subjects(day: Day, *, lang: str) -> list[tuple[str, str]]:
    """What a question of the room may be about: an agency, or one of the programmes that it presents."""
    speaks, found = speech(lang), []
    rows = day.sessions.filter(organisation__isnull=False).select_related("organisation")
    for row in rows:
        if row.organisation is None:
            continue
        name = words.text(row.organisation.name)
        found.append((f"{row.organisation_id}", name))
        found += [
            (f"{row.organisation_id}:{one['id']}", f"{name} – {one['name']}")
            for one in speaks.programmes(row.programmes)
        ]
    return list(dict(found).items())


def moderation(day: Day) -> Plain:
    """What the team sees: those to read, those shown, those that are done; which look alike, and whose they are."""
    rows = list(day.live_questions.select_related("organisation", "owner").order_by("created"))
    seen = day.registrations.select_related("person").in_bulk({_registration(row) for row in rows})
    shown = [_team_line(row, seen) for row in rows]
    open_ = [row for row in shown if row["state"] in ("new", "shown", "on-floor")]
    for one in open_:
        one["alike"] = _alike(one, open_)
    return {
        "people": [one.person for one in seen.values()],
        "emails": [row.email for row in rows] + [one.email for one in seen.values()],
        "new": [one for one in shown if one["state"] == "new"],
        "shown": sorted((one for one in shown if one["state"] in ("shown", "on-floor")), key=_rank),
        "done": [one for one in shown if one["state"] in ("answered", "refused", "merged")],
    }


def _rank(one: Plain) -> tuple[bool, int]:
    return one["state"] != "on-floor", -one["votes"]


def _registration(row: LiveQuestion) -> int:
    """The registration that a question came with, if it came with one."""
    number = row.asker.removeprefix("r") if row.origin == LiveQuestion.Origin.BEFORE else ""
    return int(number) if number.isdigit() else 0


def _team_line(row: LiveQuestion, registrations: dict[int, Registration]) -> Plain:
    asker = registrations.get(_registration(row))
    return {
        **line(row),
        "state_words": said.LIVE[row.state],
        "origin": row.origin,
        "asker": asker.name if asker else row.email,
        "hour": said.hour(row.created),
        "answer": row.answer,
        "owner": row.owner_id or row.organisation_id or "",
        "due": row.due,
        "into": row.into_id,
        "handed": row.question,
        "stems": set(terms(row.text, lang=row.language)),
    }


def _alike(one: Plain, rows: list[Plain]) -> list[Plain]:
    """Those that use the same words: a person decides whether they ask the same."""
    mine = one["stems"]
    scored = ((len(mine & row["stems"]) / (len(mine | row["stems"]) or 1), row) for row in rows)
    near = [(share, row) for share, row in scored if row["id"] != one["id"] and share >= ALIKE]
    return [{"id": row["id"], "text": row["text"]} for _share, row in sorted(near, key=lambda found: -found[0])[:3]]
