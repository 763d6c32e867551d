"""What was typed in answer to one question, as a value that a profile may hold; or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.rules.wording import Wording
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.profile import UNKNOWN, Refusal, read_answer
from alliage.hub.finder.forms.activities import Activities
from alliage.hub.finder.forms.data import LONGEST_TEXT, Sent, one
from alliage.hub.finder.forms.numbers import read_number
from alliage.hub.finder.forms.places import PlaceNames, SeveralPlaces
from alliage.hub.finder.forms.problems import FieldProblem, NotRead

NONE, KEEP = "none", "keep"
MOST_ITEMS = 20
_CODE_OF_REFUSAL = {
    "profile-limits": "limits",
    "profile-interval": "interval",
    "profile-value": "value",
    "profile-code": "code",
    "profile-code-form": "postal",
    "profile-place": "place",
    "profile-place-ambiguous": "place-several",
    "profile-list": "many",
    "profile-date": "date",
}


@dataclass(frozen=True, slots=True)
class Tools:
    """What is needed to read and to show answers in one language; made once for a catalogue."""

    catalogue: Catalogue
    wording: Wording
    places: PlaceNames
    activities: Mapping[str, Activities]

    @classmethod
    def of(cls, catalogue: Catalogue, *, wording: Wording) -> Tools:
        """The tools of a catalogue."""
        coded = [a for a in catalogue.vocabulary.attributes.values() if a.type == "code" and a.codes]
        return cls(
            catalogue,
            wording,
            PlaceNames(catalogue, lang=wording.lang),
            {a.id: Activities(catalogue, a, lang=wording.lang) for a in coded},
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: a value, ``unknown``, or ``None`` for no answer; with every problem, and choices to settle it."""

    value: Any = None
    problems: tuple[FieldProblem, ...] = ()
    picks: Mapping[int, tuple[tuple[str, str], ...]] | None = None  # by entry: places that bear the name typed


def field_id(name: str) -> str:
    """The id of the element that holds the answer to a question."""
    return "q-" + name.replace(".", "-").replace("_", "-")


def was_sent(sent: Sent, name: str) -> bool:
    """Whether a form held this question at all."""
    return f"{name}__here" in sent


def read_question(
    sent: Sent, attribute: Attribute, *, tools: Tools, current: Any = None, proposed: Any = None
) -> Reading:
    """The answer that a form gives to a question.

    ``current`` is the answer so far, which a person may keep; ``proposed`` what the page had filled in by itself:
    "I don't know" beside one of them, left as it was, is no contradiction.
    """
    name, where = attribute.id, field_id(attribute.id)
    unsure = one(sent, f"{name}__unknown") == UNKNOWN or one(sent, name) == UNKNOWN
    kept = one(sent, f"{name}__keep") == KEEP or one(sent, name) == KEEP
    try:
        value, picks = _READERS[attribute.type](sent, attribute, tools)
    except NotRead as wrong:
        return Reading(problems=(FieldProblem(where, wrong.code, wrong.filled),))
    if picks:
        return Reading(problems=(FieldProblem(f"{where}-pick-{min(picks)}", "place-several"),), picks=picks)
    if unsure:
        left = value is None or any(_same(value, filled, attribute, tools) for filled in (current, proposed))
        return Reading(UNKNOWN) if left else Reading(problems=(FieldProblem(where, "unknown-and"),))
    if value is None:
        return Reading(current if kept else None)
    return _checked(value, attribute, tools)


def _same(value: Any, other: Any, attribute: Attribute, tools: Tools) -> bool:
    """Whether two values are one answer, however they are written: a place, or a list of this place alone."""
    if other is None or UNKNOWN in (value, other):
        return False
    try:
        first, second = (
            read_answer(written, attribute=attribute, vocabulary=tools.catalogue.vocabulary)
            for written in (value, other)
        )
    except Refusal:
        return False
    return first == second


def _checked(value: Any, attribute: Attribute, tools: Tools) -> Reading:
    """The value, if the core reads it too."""
    try:
        read_answer(value, attribute=attribute, vocabulary=tools.catalogue.vocabulary)
    except Refusal as refusal:
        code = _CODE_OF_REFUSAL.get(refusal.code, "answer")
        return Reading(problems=(FieldProblem(field_id(attribute.id), code, _filled(code, attribute, tools.wording)),))
    return Reading(value)


def _filled(code: str, attribute: Attribute, wording: Wording) -> Mapping[str, str] | None:
    if code == "limits":
        low, high = attribute.limits or (0, None)
        return {"low": wording.value(attribute, low), "high": "∞" if high is None else wording.value(attribute, high)}
    return {"example": attribute.example or "G7H 1A1"} if code in ("postal", "date") else None


# ------------------------------------------------------------------------------------------------ by type

Read = tuple[Any, Mapping[int, tuple[tuple[str, str], ...]] | None]


def _flag(sent: Sent, attribute: Attribute, _: Tools) -> Read:
    said = one(sent, attribute.id)
    if said in ("", UNKNOWN, KEEP):
        return None, None
    if said not in ("yes", "no"):
        raise NotRead("value")
    return said == "yes", None


def _choice(sent: Sent, attribute: Attribute, _: Tools) -> Read:
    said = one(sent, attribute.id)
    if said in ("", UNKNOWN, KEEP):
        return None, None
    if said not in (attribute.values or {}):
        raise NotRead("value")
    return said, None


def _choices(sent: Sent, attribute: Attribute, _: Tools) -> Read:
    said = [value for value in dict.fromkeys(sent.getlist(attribute.id)) if value not in ("", UNKNOWN, KEEP)]
    chosen = [value for value in said if value != NONE]
    if any(value not in (attribute.values or {}) for value in chosen):
        raise NotRead("value")
    if NONE in said:
        if chosen:
            raise NotRead("none-and")
        return [], None
    return (sorted(chosen) or None), None


def _ordered(sent: Sent, attribute: Attribute, _: Tools) -> Read:
    exact, low, high = (_text(sent, attribute.id + end) for end in ("", "__from", "__to"))
    if exact in (UNKNOWN, KEEP):
        exact = ""
    if exact and (low or high):
        raise NotRead("both")
    if exact:
        return read_number(exact, attribute), None
    ends = {key: read_number(text, attribute) for key, text in (("from", low), ("to", high)) if text}
    return ends or None, None


def _coded(sent: Sent, attribute: Attribute, tools: Tools) -> Read:
    if not attribute.codes:
        text = _text(sent, attribute.id)
        return (text.upper().replace(" ", "") or None) if text not in (UNKNOWN, KEEP) else None, None
    chosen = [code for code in dict.fromkeys(sent.getlist(attribute.id)) if code not in ("", UNKNOWN, KEEP)]
    if len(chosen) > MOST_ITEMS:
        raise NotRead("many")
    typed = _text(sent, f"{attribute.id}__search")
    if chosen or not typed:
        return (chosen if attribute.several else chosen[-1]) if chosen else None, None
    found = tools.activities[attribute.id].search(typed)
    if not found:
        raise NotRead("code-none")
    if len(found) > 1 and found[0].code != typed.replace(" ", ""):
        raise NotRead("code-pick")
    return [found[0].code] if attribute.several else found[0].code, None


def _placed(sent: Sent, attribute: Attribute, tools: Tools) -> Read:
    typed = [text.strip() for text in sent.getlist(attribute.id)]
    typed = [text for text in typed if text not in ("", UNKNOWN, KEEP)]
    if len(typed) > MOST_ITEMS:
        raise NotRead("many")
    found, picks = [], {}
    for at, text in enumerate(typed):
        try:
            found.append(tools.places.read(text))
        except SeveralPlaces as several:
            picked = one(sent, f"{attribute.id}__pick-{at}")
            if picked in dict(several.options):
                found.append(picked)
            else:
                picks[at] = several.options
    unique = [item for at, item in enumerate(found) if item not in found[:at]]
    if not unique:
        return None, picks
    return unique if attribute.several else unique[0], picks


def _text(sent: Sent, name: str) -> str:
    text = one(sent, name)
    if len(text) > LONGEST_TEXT:
        raise NotRead("long")
    return text


_READERS: Mapping[str, Callable[[Sent, Attribute, Tools], Read]] = {
    "flag": _flag,
    "choice": _choice,
    "choices": _choices,
    "count": _ordered,
    "money": _ordered,
    "share": _ordered,
    "date": _ordered,
    "code": _coded,
    "place": _placed,
}
