"""What was expected of a profile, in words that a person can type: the names beside the codes, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from alliage.cli.words import Words
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.places import folded

MOST_NAMES = 5


def explained(error: AlliageError, *, catalogue: Catalogue, words: Words) -> AlliageError:
    """The same mistakes of a profile; what was expected is said with names."""
    return AlliageError([_explained(problem, catalogue, words) for problem in error.problems])


def _explained(problem: Problem, catalogue: Catalogue, words: Words) -> Problem:
    told: Mapping[str, Any] = {
        "profile-place-ambiguous": _namesakes,
        "profile-place": _places,
        "profile-attribute": _attributes,
        "profile-limits": _limits,
        "profile-value": _values,
    }
    explain = told.get(problem.code)
    return replace(problem, expected=explain(problem, catalogue, words)) if explain else problem


def _namesakes(problem: Problem, catalogue: Catalogue, words: Words) -> str:
    """Each place of the name, with its level and what holds it."""
    from alliage.cli.voice import Voice

    voice, known = Voice(catalogue, words), catalogue.vocabulary.places
    codes = [code for code in problem.expected.split(", ") if code in known]
    return "; ".join(words("fact", label=code, answer=voice.place(code)) for code in codes) or problem.expected


def _places(problem: Problem, catalogue: Catalogue, _: Words) -> str:
    """The names that look like it; the first places of the map are of no help."""
    known = catalogue.vocabulary.places
    return "" if all(code in known for code in problem.expected.split(", ")) else problem.expected


def _attributes(problem: Problem, catalogue: Catalogue, words: Words) -> str:
    """The questions that look like it: by their names, in the other part of the profile, or by their words."""
    scope, _, typed = problem.where.rpartition("::")[2].partition(".")
    here = {a.short: a.id for a in catalogue.vocabulary.attributes.values() if a.scope == scope}
    close = [here[name] for name in get_close_matches(typed, list(here), n=3, cutoff=0.6)]
    elsewhere = [a.id for a in catalogue.vocabulary.attributes.values() if a.short == typed]
    said = folded(typed.replace("_", " "))
    worded = [a.id for a in catalogue.vocabulary.attributes.values() if len(said) > 2 and _speaks_of(a, said)]
    found = list(dict.fromkeys([*elsewhere, *close] or worded))[:MOST_NAMES]
    labels = {id_: catalogue.vocabulary.attributes[id_].label[words.lang] for id_ in found}
    return "; ".join(
        words("error.named", id=id_.removeprefix(f"{scope}."), name=label) for id_, label in labels.items()
    )


def _speaks_of(attribute: Attribute, said: str) -> bool:
    """Whether the name of a question, in either language, holds these words."""
    return any(said in folded(label) for label in attribute.label.values())


def _limits(problem: Problem, catalogue: Catalogue, words: Words) -> str:
    """The limits of this very question."""
    attribute = _attribute(problem, catalogue)
    if attribute is None:
        return problem.expected
    if attribute.type == "share":
        return words("error.share")
    from alliage.cli.voice import Voice

    value = Voice(catalogue, words).wording.value
    if attribute.limits is None:
        return words("error.least", low=value(attribute, 0))
    low, high = (value(attribute, end) for end in attribute.limits)
    return words("error.between", low=low, high=high)


def _values(problem: Problem, catalogue: Catalogue, words: Words) -> str:
    attribute = _attribute(problem, catalogue)
    return named(attribute, words=words) if attribute else problem.expected


def named(attribute: Attribute, *, words: Words, only: Sequence[str] = ()) -> str:
    """The values of a choice, each with its name."""
    values = {id_: text for id_, text in (attribute.values or {}).items() if not only or id_ in only}
    return ", ".join(words("error.named", id=id_, name=text[words.lang]) for id_, text in values.items())


def _attribute(problem: Problem, catalogue: Catalogue) -> Attribute | None:
    """The question that a mistake is about, by its place in the profile."""
    name = problem.where.rpartition("::")[2].partition("[")[0]
    return catalogue.vocabulary.attributes.get(name)
