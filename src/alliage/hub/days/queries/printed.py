"""What the papers of a day say: badges, the whole offer of its region, its report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliage.core.catalogue.intake import OPEN
from alliage.core.catalogue.programme import Programme
from alliage.hub.days import words as said
from alliage.hub.days.models import Day, Registration
from alliage.hub.days.queries.plan import head, programmes_of, region_name, session_line, speech
from alliage.hub.days.queries.report import report
from alliage.hub.people.models import Person
from alliage.hub.programmes.queries import Speech
from alliage.hub.programmes.queries.cards import by_intake, state_on
from alliage.hub.programmes.queries.money import headline
from alliage.hub.ui.day import HERE
from alliage.papers import day_papers

Plain = dict[str, Any]
State = Registration.State


def badges_pdf(day: Day, *, lang: str) -> tuple[bytes, list[Person | None]]:
    """The badges of all who have a seat, by name; and the people whose names they show."""
    with translation.override(lang):
        rows = day.registrations.filter(state__in=(State.CONFIRMED, State.CAME)).exclude(name="")
        people = sorted(rows.select_related("person"), key=lambda one: one.name.casefold())
        sheet = {
            "title": said.title_of(day),
            "description": _("Badges de la journée."),
            "when": said.day_words(day.starts),
            "none": _("Personne n’a encore de place : il n’y a pas de badge à imprimer."),
            "badges": [
                {
                    "name": one.name,
                    "company": one.company,
                    "code": one.code,
                    "qr": svg(one.code),
                    "alt": _("Code QR : %(code)s") % {"code": one.code},
                    "note": _("exemple inventé") if one.demo else "",
                }
                for one in people
            ],
        }
        on = day.changed.astimezone(HERE).date()
        return day_papers.badges(sheet, lang=lang, on=on), [one.person for one in people]


def svg(text: str) -> str:
    """A QR code as a drawing."""
    written = BytesIO()
    segno.make(text, error="m", micro=False).save(written, kind="svg", scale=4, border=2)
    return written.getvalue().decode()


def offer_pdf(day: Day, *, lang: str) -> bytes:
    """The whole offer of the region on the day; drawn once for each state of the catalogue and of the day."""
    with translation.override(lang):
        speaks = speech(lang)
        key = ("day-offer", day.pk, day.changed, day.sequence, lang)
        return speaks.shelf.remember(key, lambda: _offer_pdf(day, speaks))


def _offer_pdf(day: Day, speaks: Speech) -> bytes:
    on = day.starts.astimezone(HERE).date()
    here = set(programmes_of(day))
    served = speaks.shelf.regions.get(day.region, frozenset())
    shown = [p for p in speaks.catalogue.programmes.values() if p.id in served and p.kind == "programme"]
    intakes = speaks.shelf.intakes(on)
    opened = sum(intakes[p.id].state == OPEN for p in shown)
    counts = {"n": len(shown), "open": opened, "region": region_name(day.region)}
    sheet = {
        **_sheet(day, paper=_("Toute l’offre de la région")),
        "counts": _("%(region)s : %(n)s programmes, dont %(open)s ouverts le jour de la journée.") % counts,
        "notice": _notice(),
        "sources": _(
            "Chaque chiffre vient d’une page officielle, nommée et datée sur la fiche du programme, sur le site."
        ),
        "words": {
            "agenda": _("La journée"),
            "hour": _("Heure"),
            "who": _("Qui, et ce qui est présenté"),
            "where": _("Où"),
            "programme": _("Programme"),
            "kind": _("Forme d’aide"),
            "amount": _("Pourrait couvrir"),
            "intake": _("Dépôt ce jour-là"),
            "here": _("présenté aujourd’hui"),
        },
        "agenda": [_part(session, speaks) for session in day.sessions.select_related("organisation", "room")],
        "levels": list(_levels(shown, here, speaks, on)),
    }
    return day_papers.offer(sheet, lang=speaks.lang, on=on)


def _notice() -> str:
    return _("Ces montants sont les plus hauts que les sources nomment. Seul l’organisme décide.")


def _sheet(day: Day, *, paper: str) -> Plain:
    shown = head(day, now=day.starts)
    return {
        "title": f"{paper} – {shown['title']}",
        "description": paper,
        "number": _("Page %(page)s de %(pages)s") % {"page": "#", "pages": "##"},
        "foot": _("Alliage, l’aide financière aux projets"),
        "head": {
            "paper": paper,
            "title": shown["title"],
            "when": shown["when"],
            "place": shown["place"],
            "demo": _(
                "Exemple inventé : les organismes et les programmes sont réels, la journée et les entreprises "
                "ne le sont pas."
            )
            if day.tour.demo
            else "",
        },
    }


def _part(session: Any, speaks: Speech) -> Plain:
    line = session_line(session, speaks)
    return {
        "hours": f"{line['from']} – {line['to']}",
        "title": line["title"],
        "note": _("annulé") if line["cancelled"] else "",
        "programmes": speaks.listing(one["name"] for one in line["programmes"]) if line["programmes"] else "",
        "room": line["room"],
    }


def _levels(shown: list[Programme], here: set[str], speaks: Speech, on: Any) -> Iterable[Plain]:
    """Every programme by level and provider; those present first."""
    by_provider: dict[str, list[Programme]] = {}
    for programme in by_intake(shown, on=on, speech=speaks):
        by_provider.setdefault(programme.provider.id, []).append(programme)
    for level, name in speaks.catalogue.levels.items():
        providers = [p for p in speaks.catalogue.providers.values() if p.level == level and p.id in by_provider]
        rows = [
            {
                "name": speaks.text(provider.name),
                "contact": provider.url or "",
                "programmes": [_row(one, here, speaks, on) for one in by_provider[provider.id]],
            }
            for provider in sorted(providers, key=lambda one: speaks.text(one.name).casefold())
        ]
        if rows:
            yield {"name": speaks.capital(speaks.text(name)), "providers": rows}


def _row(programme: Programme, here: set[str], speaks: Speech, on: Any) -> Plain:
    intake = state_on(speaks, programme, on=on)
    return {
        "name": speaks.text(programme.name),
        "needs": speaks.listing(speaks.need(need) for need in programme.needs),
        "kind": speaks.capital(speaks.instrument(programme.instrument)),
        "amount": headline(programme, speaks) or _("montant non publié"),
        "intake": speaks.capital(speaks.intake(intake)["words"]),
        "open": intake.state == OPEN,
        "here": programme.id in here,
    }


def report_pdf(day: Day, *, now: datetime, lang: str) -> bytes:
    """The report of a day."""
    with translation.override(lang):
        page = report(day, now=now, lang=lang)
        sheet = {
            **_sheet(day, paper=_("Bilan de la journée")),
            "figures": _figures(page),
            "sections": [section for section in _sections(page) if section["rows"] or section["note"]],
            "foot-note": _("Un nombre de moins de %(n)s personnes n’est pas montré : on pourrait les reconnaître.")
            % {"n": page["small"]},
        }
        return day_papers.report(sheet, lang=lang, on=now.astimezone(HERE).date())


def _figures(page: Plain) -> list[Plain]:
    share = page["share"]
    said_share = speech(translation.get_language() or "fr").share(share) if share is not None else ""
    questions = page["questions"]
    return [
        {
            "label": _("Personnes présentes"),
            "value": str(page["came"]),
            "note": _("%(share)s des inscrits qui avaient une place") % {"share": said_share} if said_share else "",
        },
        {
            "label": _("Inscriptions"),
            "value": str(page["registered"]),
            "note": "" if page["withdrawn"] is None else _("%(n)s désistements") % {"n": page["withdrawn"]},
        },
        {"label": _("Organismes"), "value": str(len(page["agencies"])), "note": ""},
        {
            "label": _("Questions"),
            "value": str(questions["all"]),
            "note": _("%(n)s répondues dans la salle") % {"n": questions["in_room"]},
        },
    ]


def _sections(page: Plain) -> Iterable[Plain]:
    yield {"title": _("Ce que la journée a donné"), "note": page["summary"], "rows": []}
    yield {"title": _("Ce que les entreprises cherchent"), "note": "", "rows": _counts(page["needs"])}
    yield {"title": _("Taille des entreprises"), "note": "", "rows": _counts(page["sizes"])}
    yield {"title": _("D’où elles viennent"), "note": "", "rows": _counts(page["regions"])}
    yield {
        "title": _("Programmes sur lesquels on a posé des questions"),
        "note": "",
        "rows": _counts(page["programmes"]),
    }
    questions = page["questions"]
    handed = {"n": questions["handed"], "answered": questions["answered_since"]}
    yield {
        "title": _("Ce que les questions sont devenues"),
        "note": _("%(n)s confiées à un responsable avec une date; %(answered)s répondues depuis.") % handed,
        "rows": [[_question(one)] for one in questions["waiting"]],
    }
    following = page["next"]
    if following["count"]:
        where = (
            _("à l’ordre du jour de %(title)s, %(when)s") % following
            if following["title"]
            else _("à l’ordre du jour de la prochaine journée de la région")
        )
        yield {
            "title": _("À la prochaine journée"),
            "note": ngettext(
                "%(n)s question ouverte, %(where)s.", "%(n)s questions ouvertes, %(where)s.", following["count"]
            )
            % {"n": following["count"], "where": where},
            "rows": [],
        }
    for step in page["funnel"]:
        answers = _("%(answered)s réponses sur %(asked)s personnes.") % step
        yield {
            "title": _("Ce qui a suivi, après %(after)s jours") % step,
            "note": _("Moins de cinq réponses : elles ne sont pas montrées.") if step["hidden"] else answers,
            "rows": _counts(step["lines"]),
        }
    for section in page["above"]:
        yield {"title": section.title, "note": section.note, "rows": [[*row] for row in section.rows]}


def _question(one: Plain) -> str:
    desk = one["desk"] or _("l’équipe")
    if one["given_up"]:
        return _("%(text)s (%(desk)s, restée sans réponse)") % {"text": one["text"], "desk": desk}
    return _("%(text)s (%(desk)s)") % {"text": one["text"], "desk": desk}


def _counts(rows: list[Plain]) -> list[list[str]]:
    return [
        [said_, str(row["n"])] if row["name"] else [_("Autres réponses, en trop petit nombre"), ""]
        for row in rows
        for said_ in (str(row["name"])[:1].upper() + str(row["name"])[1:],)
    ]
