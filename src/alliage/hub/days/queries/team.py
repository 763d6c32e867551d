"""What the team reads: every day, how far each is, who registered, whom to invite."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliage.hub.days import words as said
from alliage.hub.days.models import Day, Registration, Tour
from alliage.hub.days.queries import above
from alliage.hub.days.queries.inviting import Reason, who_to_invite
from alliage.hub.days.queries.pages import seats
from alliage.hub.days.queries.plan import agenda, head, speech
from alliage.hub.people.models import MemberRole, Membership, Organisation
from alliage.hub.programmes.queries import current_catalogue
from alliage.hub.ui import words

Plain = dict[str, Any]
State = Registration.State


def team_page(*, now: datetime) -> Plain:
    """Every tour with its days."""
    tours = Tour.objects.prefetch_related("days")
    return {
        "tours": [
            {
                "slug": tour.slug,
                "name": words.text(tour.name),
                "demo": tour.demo,
                "days": [_row(day, now=now) for day in tour.days.select_related("tour")],
            }
            for tour in tours
        ]
    }


def _row(day: Day, *, now: datetime) -> Plain:
    counts = Counter(day.registrations.values_list("state", flat=True))
    return {
        **head(day, now=now),
        "counts": dict(counts),
        "confirmed": counts["confirmed"] + counts["came"],
        **seats(day),
    }


def tours() -> list[tuple[str, str]]:
    """The tours that a day may belong to."""
    return [(tour.slug, words.text(tour.name)) for tour in Tour.objects.all()]


def templates() -> list[tuple[str, str]]:
    """The days whose agenda may be taken again."""
    rows = Day.objects.select_related("tour").order_by("-starts")[:50]
    return [(day.slug, f"{said.title_of(day)} ({said.day_words(day.starts)})") for day in rows]


def board(day: Day, *, now: datetime, lang: str) -> Plain:
    """How far a day is, and what to do next, from empty to report."""
    shown = _row(day, now=now)
    counts = shown["counts"]
    return {
        **shown,
        "agenda": agenda(day, lang=lang),
        "extra_seats": day.extra_seats,
        "steps": _steps(day, shown),
        "counts_list": [(said.STATES[state], counts[state]) for state in said.STATES if counts.get(state)],
        "above": above.day_pages(day),
        "over_full": max(0, day.registrations.filter(seat__isnull=False).count() - day.seats),
    }


def _steps(day: Day, shown: Plain) -> list[Plain]:
    """Each step with its page, and whether it is done."""
    parts, invited = day.sessions.count(), day.invitations.count()
    doors, live = day.doors.filter(revoked=None).count(), day.live_questions.count()
    told = (
        ("team-agenda", _("Écrire le programme"), parts > 0, _count_parts(parts)),
        (
            "team-open",
            _("Ouvrir les inscriptions"),
            day.status not in ("draft", "cancelled"),
            str(shown["status_words"]),
        ),
        ("team-invite", _("Inviter les entreprises"), invited > 0, _count_invited(invited)),
        ("team-people", _("Suivre les inscriptions"), shown["confirmed"] > 0, _count_people(shown)),
        ("team-door", _("Préparer l’accueil et les badges"), doors > 0, _count_doors(doors)),
        ("team-live", _("Recevoir les questions de la salle"), live > 0, _count_questions(live)),
        ("team-report", _("Terminer la journée et lire le bilan"), day.status == "done", ""),
    )
    return [
        {"name": name, "url": reverse(f"days:{name}", args=[day.slug]), "label": label, "done": done, "said": detail}
        for name, label, done, detail in told
    ]


def _count_parts(n: int) -> str:
    return ngettext("%(n)s partie", "%(n)s parties", n) % {"n": n} if n else _("rien encore")


def _count_invited(n: int) -> str:
    return ngettext("%(n)s invitation", "%(n)s invitations", n) % {"n": n} if n else _("aucune invitation")


def _count_people(shown: Plain) -> str:
    said_ = {"n": shown["confirmed"], "all": shown["capacity"], "wait": shown["waiting"]}
    return _("%(n)s places prises sur %(all)s, %(wait)s en attente") % said_


def _count_doors(n: int) -> str:
    return ngettext("%(n)s lien d’accueil", "%(n)s liens d’accueil", n) % {"n": n} if n else _("aucun lien d’accueil")


def _count_questions(n: int) -> str:
    return ngettext("%(n)s question", "%(n)s questions", n) % {"n": n} if n else _("aucune question")


def concerned(day_id: int) -> int:
    """How many people would be told if the day changed."""
    return (
        Registration.objects.filter(day=day_id, state__in=(State.CONFIRMED, State.OFFERED, State.WAITING))
        .exclude(email="")
        .count()
    )


def people_page(day: Day, *, show_care: bool) -> Plain:
    """Who registered, by state and rank. Access and meals are shown when they are asked for, and it is written down."""
    rows = list(day.registrations.exclude(name="").select_related("care", "person").order_by("ranked", "id"))
    order = {state: at for at, state in enumerate(said.STATES)}
    rows.sort(key=lambda row: (order[row.state], row.offers_missed, row.ranked, row.pk))
    return {
        "rows": [_person(row, show_care=show_care) for row in rows],
        "people": [row.person for row in rows],
        "emails": [row.email for row in rows if row.email],
        "cares": sum(1 for row in rows if hasattr(row, "care")),
    }


def _person(row: Registration, *, show_care: bool) -> Plain:
    care = row.care if show_care and hasattr(row, "care") else None
    return {
        "id": row.pk,
        "name": row.name,
        "email": row.email,
        "company": row.company,
        "state": row.state,
        "state_words": said.STATES[row.state],
        "ranked": f"{said.day_words(row.ranked)}, {said.hour(row.ranked)}",
        "came": said.hour(row.came) if row.came else "",
        "needs": row.needs,
        "demo": row.demo,
        "access": care.access if care else "",
        "meal": care.meal if care else "",
        "offer_ends": f"{said.hour(row.offer_ends)}, {said.day_words(row.offer_ends)}" if row.offer_ends else "",
    }


def invitation_page(day: Day, *, now: datetime, lang: str) -> Plain:
    """Whom to invite and why, and who was."""
    speaks = speech(lang)
    reasons = who_to_invite(day, on=now.date())
    return {
        "reasons": [_reason(one, speaks) for one in reasons],
        "sent": day.invitations.filter(sent__isnull=False).count(),
        "waiting": day.invitations.filter(sent=None).count(),
        "people": [one.person for one in reasons],
        "emails": [one.email for one in reasons],
    }


def _reason(one: Reason, speaks: Any) -> Plain:
    return {
        "email": one.email,
        "programmes": speaks.programmes(one.programmes[:5]),
        "needs": [speaks.need(need) for need in one.needs],
        "by_file": one.file is not None,
    }


def door_page(day: Day) -> Plain:
    """The links of stewards."""
    return {
        "doors": [
            {
                "id": door.pk,
                "label": door.label,
                "used": f"{said.hour(door.used)}, {said.day_words(door.used)}" if door.used else "",
                "revoked": door.revoked is not None,
            }
            for door in day.doors.all()
        ]
    }


def organisations() -> list[tuple[str, str]]:
    """The organisations that may present programmes."""
    providers = current_catalogue().providers
    rows = Organisation.objects.filter(provider__in=providers)
    return sorted(((row.slug, words.text(row.name)) for row in rows), key=lambda one: one[1].casefold())


def programmes_of(slug: str, *, lang: str) -> list[tuple[str, str]]:
    """The programmes of an organisation, by name."""
    row = Organisation.objects.filter(slug=slug).first()
    found = current_catalogue().programmes.values()
    ids = [one.id for one in found if row and one.provider.id == row.provider]
    named = [(one["id"], one["name"]) for one in speech(lang).programmes(ids)]
    return sorted(named, key=lambda one: one[1].casefold())


def officers_of(slug: str) -> list[tuple[str, str]]:
    """The officers of an organisation who have an account."""
    ties = Membership.objects.filter(organisation__slug=slug, role=MemberRole.OFFICER).select_related("person")
    return [(str(tie.person_id), str(tie.person)) for tie in ties]
