"""What we say of a programme, fact by fact, in plain words: for who is asked whether it is right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from alliage.hub.programmes.forms.page import is_address
from alliage.hub.programmes.queries.detail import Missing, programme_page
from alliage.hub.programmes.queries.speaking import Plain, Speech

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
FACTS = ("what", "when", "money", "ceilings", "expenses", "excluded", "conditions", "confirm", "stacking", "contact")


def facts(programme_id: str, *, on: date, speech: Speech) -> list[Plain]:
    """The facts of a programme: a key, what it is, and its lines. What no source told is said too: they may know."""
    page = programme_page(programme_id, on=on, speech=speech)
    if isinstance(page, Missing):
        return []
    money = page["money"]
    said: dict[str, tuple[str, Iterable[str]]] = {
        "what": (_("Ce que c’est"), [page["summary"]]),
        "when": (_("Quand"), [page["intake"]["words"], page["intake_note"]]),
        "money": (_("Ce qu’il donne"), _money(page)),
        "ceilings": (_("Plafonds"), [ceiling["words"] for ceiling in money["ceilings"]]),
        "expenses": (_("Dépenses admises"), [", ".join(money["expenses"])]),
        "excluded": (_("Dépenses exclues"), [", ".join(money["expenses_out"])]),
        "conditions": (_("Conditions"), _conditions(page["conditions"])),
        "confirm": (_("Ce que nous disons de vérifier auprès de vous"), [line["words"] for line in page["confirm"]]),
        "stacking": (_("Cumul avec d’autres aides"), _stacking(page["stacking"])),
        "contact": (_("À qui parler"), [page["contact"][key] for key in ("phone", "email", "note", "page")]),
    }
    return [
        {"key": key, "label": said[key][0], "lines": [_line(line, speech) for line in said[key][1] if line]}
        for key in FACTS
    ]


def _line(line: str, speech: Speech) -> Plain:
    """A line in words; of an address, a link to it, as it is."""
    url = line if is_address(line) else f"mailto:{line}" if _EMAIL.fullmatch(line) else ""
    return {"words": line if url else speech.capital(line), "url": url}


def _money(page: Plain) -> Iterator[str]:
    for part in page["money"]["parts"]:
        for tier in part["tiers"]:
            yield " – ".join(filter(None, (part["name"], part["about"], tier["case"], tier["words"])))
        yield from part["terms"]
    yield page["money"]["terms"]


def _conditions(lines: Iterable[Plain]) -> Iterator[str]:
    for line in lines:
        if line["parts"]:
            yield f"{line['words']} : " + "; ".join(_conditions(line["parts"]))
        else:
            yield line["words"]


def _stacking(rules: Plain | None) -> Iterator[str]:
    for share in rules["shares"] if rules else ():
        yield " – ".join(filter(None, (share["case"], share["words"])))
    if rules:
        yield rules["rule"]
