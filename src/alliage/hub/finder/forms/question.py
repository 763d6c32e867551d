"""A question as a page shows it: its words, its control, the answer that it has now or that was just typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from alliage.core.vocabulary.answers import Answer, Listed, Possible, Span
from alliage.core.vocabulary.attributes import Attribute, Text
from alliage.core.vocabulary.profile import UNKNOWN, Refusal, read_answer
from alliage.hub.finder.forms.activities import Activity
from alliage.hub.finder.forms.data import Sent, one
from alliage.hub.finder.forms.problems import FieldProblem
from alliage.hub.finder.forms.reading import KEEP, NONE, Reading, Tools, field_id
from alliage.hub.ui.words import capital

MOST_TYPED = 2_000  # characters given back in a field


@dataclass(frozen=True, slots=True)
class Option:
    """One button or box of a question."""

    value: str
    label: str
    checked: bool
    id: str
    lang: str | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list that is typed: a place. ``picks`` are the places that bear the name, to choose from."""

    text: str
    id: str
    name: str
    picks: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """All that a template needs to put one question."""

    id: str
    field: str
    kind: str  # flag, choice, choices, number, date, postal, activity, place
    label: str
    help: str
    options: tuple[Option, ...] = ()
    entries: tuple[Entry, ...] = ()
    text: str = ""
    low: str = ""
    high: str = ""
    search: str = ""
    unfound: bool = False  # no activity holds the words of the search: broad ones are offered
    sign: str = ""  # what stands after the number: $, %, employés
    example: str = ""
    whole: bool = False
    unknown: bool = False
    keep: str = ""  # an answer that the control cannot draw, in words
    keep_checked: bool = False
    note: str = ""  # where the answer shown comes from
    problems: tuple[FieldProblem, ...] = ()

    @property
    def between(self) -> bool:
        """Whether the two bounds are in use, or wrong."""
        return bool(self.low or self.high)

    @property
    def problem(self) -> str:
        """What is wrong, in words."""
        return " ".join(problem.message for problem in self.problems)


def question_of(attribute: Attribute, current: Any, *, tools: Tools) -> Question:
    """A question with the answer that it has (plain data, ``unknown``, or ``None``)."""
    bare = _bare(attribute, tools)
    if current is None or current == UNKNOWN:
        return replace(_DRAWN[bare.kind](bare, None, attribute, tools), unknown=current == UNKNOWN)
    try:
        answer = read_answer(current, attribute=attribute, vocabulary=tools.catalogue.vocabulary)
    except Refusal:
        return _DRAWN[bare.kind](bare, None, attribute, tools)
    drawn = _DRAWN[bare.kind](bare, answer, attribute, tools)
    if _says_all(drawn):
        return drawn
    return replace(drawn, keep=tools.wording.answer(attribute, answer), keep_checked=True)


def typed_question(attribute: Attribute, sent: Sent, reading: Reading, *, current: Any, tools: Tools) -> Question:
    """A question as it was sent: what was typed stays, with what is wrong beside it."""
    shown = question_of(attribute, current, tools=tools)
    name = attribute.id
    values = sent.getlist(name)
    shown = replace(
        shown,
        unknown=UNKNOWN in values or one(sent, f"{name}__unknown") == UNKNOWN,
        keep_checked=bool(shown.keep) and (KEEP in values or one(sent, f"{name}__keep") == KEEP),
        text=_given(values[-1] if values and shown.kind in ("number", "date", "postal") else ""),
        low=_given(one(sent, f"{name}__from")),
        high=_given(one(sent, f"{name}__to")),
        search=_given(one(sent, f"{name}__search")),
        options=tuple(replace(option, checked=option.value in values) for option in shown.options),
        problems=reading.problems,
    )
    if shown.kind == "place":
        return replace(shown, entries=_typed_places(shown, values, reading))
    return _searched(shown, attribute, values, tools) if shown.kind == "activity" else shown


def _given(text: str) -> str:
    return text[:MOST_TYPED]


# ------------------------------------------------------------------------------------------------- drawing


def _bare(attribute: Attribute, tools: Tools) -> Question:
    lang = tools.wording.lang
    return Question(
        id=attribute.id,
        field=field_id(attribute.id),
        kind=_kind(attribute),
        label=_said(attribute.question, lang),
        help=_said(attribute.help, lang),
        sign=_sign(attribute, tools),
        example=attribute.example or "",
        whole=attribute.type == "count",
    )


def _said(text: Text | None, lang: str) -> str:
    return text[lang] if text else ""


def _kind(attribute: Attribute) -> str:
    if attribute.type in ("count", "money", "share"):
        return "number"
    if attribute.type == "code":
        return "activity" if attribute.codes else "postal"
    return attribute.type


def _sign(attribute: Attribute, tools: Tools) -> str:
    if attribute.type == "money":
        symbols: Mapping[str, str] = tools.wording.phrases["symbols"]
        return symbols.get(tools.catalogue.vocabulary.currency, tools.catalogue.vocabulary.currency)
    if attribute.type == "share":
        return "%"
    return _said(attribute.unit, tools.wording.lang)


def _flag(question: Question, answer: Answer | None, _: Attribute, tools: Tools) -> Question:
    only = next(iter(answer.values)) if isinstance(answer, Possible) and len(answer.values) == 1 else None
    options = tuple(
        Option(value, capital(tools.wording.phrase("answers", value)), only is meant, f"{question.field}-{value}")
        for value, meant in (("yes", True), ("no", False))
    )
    return replace(question, options=options)


def _choice(question: Question, answer: Answer | None, attribute: Attribute, tools: Tools) -> Question:
    only = next(iter(answer.values)) if isinstance(answer, Possible) and len(answer.values) == 1 else None
    return replace(question, options=_options(question, attribute, {only}, tools))


def _choices(question: Question, answer: Answer | None, attribute: Attribute, tools: Tools) -> Question:
    world = next(iter(answer.values)) if isinstance(answer, Possible) and len(answer.values) == 1 else None
    options = _options(question, attribute, world or (), tools)
    none = Option(NONE, "", world == frozenset(), f"{question.field}-{NONE}")
    return replace(question, options=(*options, none))


def _options(question: Question, attribute: Attribute, chosen: Any, tools: Tools) -> tuple[Option, ...]:
    return tuple(
        Option(value, capital(name[tools.wording.lang]), value in chosen, f"{question.field}-{value}")
        for value, name in (attribute.values or {}).items()
    )


def _number(question: Question, answer: Answer | None, attribute: Attribute, tools: Tools) -> Question:
    if not isinstance(answer, Span):
        return question
    if answer.exact:
        return replace(question, text=_figure(answer.low, attribute, tools))
    low, high = (_figure(end, attribute, tools) if end is not None else "" for end in (answer.low, answer.high))
    return replace(question, low=low, high=high)


def _figure(value: Any, attribute: Attribute, tools: Tools) -> str:
    """A number as its box shows it: the sign stands after the box."""
    if attribute.type == "date":
        return str(value.isoformat())
    return tools.wording.number(Decimal(value) * 100 if attribute.type == "share" else value)


def _listed(answer: Answer | None) -> list[str]:
    """The items of a list; none if one of them is not known exactly."""
    items = answer.items if isinstance(answer, Listed) else ()
    return [next(iter(item)) for item in items] if all(len(item) == 1 for item in items) else []


def _postal(question: Question, answer: Answer | None, attribute: Attribute, _: Tools) -> Question:
    codes = _listed(answer)
    return replace(question, text=like(attribute.example or "", codes[0])) if codes else question


def _activity(question: Question, answer: Answer | None, attribute: Attribute, tools: Tools) -> Question:
    found = tools.activities[attribute.id]
    return replace(question, options=tuple(_coded(question, found.one(code), checked=True) for code in _listed(answer)))


def _searched(question: Question, attribute: Attribute, chosen: Sequence[str], tools: Tools) -> Question:
    """With the activities that were chosen, then those that the words typed find; broad ones if none does."""
    found = tools.activities[attribute.id]
    known = tools.catalogue.vocabulary.codes[attribute.codes or ""]
    kept = [code for code in dict.fromkeys(chosen) if code in known]
    offered = found.search(question.search) if question.search else []
    unfound = bool(question.search) and not offered
    options = (
        *(_coded(question, found.one(code), checked=True) for code in kept),
        *(
            _coded(question, one_, checked=False)
            for one_ in (found.usual() if unfound else offered)
            if one_.code not in kept
        ),
    )
    return replace(question, options=options, unfound=unfound)


def _coded(question: Question, activity: Activity, *, checked: bool) -> Option:
    title, code = activity.title, activity.code
    return Option(code, capital(title or code), checked, f"{question.field}-{code}", activity.lang, code)


def _place(question: Question, answer: Answer | None, attribute: Attribute, tools: Tools) -> Question:
    texts = [tools.places.name(code) for code in _listed(answer)]
    if attribute.several or not texts:
        texts = [*texts, ""]
    return replace(question, entries=tuple(_entry(question, at, text) for at, text in enumerate(texts)))


def _entry(question: Question, at: int, text: str, picks: tuple[Option, ...] = ()) -> Entry:
    return Entry(text, question.field if at == 0 else f"{question.field}-{at}", question.id, picks)


def _typed_places(question: Question, values: Sequence[str], reading: Reading) -> tuple[Entry, ...]:
    typed = [_given(text.strip()) for text in values]
    typed = [text for text in typed if text not in ("", UNKNOWN, KEEP)]
    picks = reading.picks or {}
    entries = [
        _entry(
            question,
            at,
            text,
            tuple(
                Option(code, name, checked=False, id=f"{question.field}-pick-{at}" + (f"-{rank}" if rank else ""))
                for rank, (code, name) in enumerate(picks.get(at, ()))
            ),
        )
        for at, text in enumerate(typed)
    ]
    return (*entries, _entry(question, len(entries), ""))


_DRAWN: Mapping[str, Callable[[Question, Answer | None, Attribute, Tools], Question]] = {
    "flag": _flag,
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "date": _number,
    "postal": _postal,
    "activity": _activity,
    "place": _place,
}


def _says_all(question: Question) -> bool:
    """Whether the control shows the answer, which is neither several possibilities nor an incomplete list."""
    chosen = any(option.checked for option in question.options)
    return bool(chosen or question.text or question.low or question.high or any(e.text for e in question.entries))


def like(example: str, code: str) -> str:
    """A code written as its example is, with a space at the same place."""
    at = example.find(" ")
    return f"{code[:at]} {code[at:]}" if 0 < at < len(code) else code
