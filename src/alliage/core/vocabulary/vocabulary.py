"""The vocabulary of a pack: its attributes, places and codes, as one value that everything else is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alliage.core.vocabulary.attributes import Attribute, Text, build_attribute
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.places import Places, build_places


@dataclass(frozen=True, slots=True)
class Group:
    """A page of the questionnaire."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Roles:
    """Which attributes play the parts that the engine knows by role, never by name."""

    needs: str
    territory: str
    cost: str
    lines: str
    eligible_cost: str | None = None
    persons: str | None = None  # how many people the project hires
    employees: str | None = None  # how many people the company has
    duration: str | None = None  # how many months the project lasts
    started: str | None = None  # whether the project has begun
    one_per_line: str | None = None  # whether each expense of the budget is one thing bought
    received: str | None = None  # whether money came before from a programme that limits aid by company
    private_share: str | None = None  # what share of the cost the company can pay with private money


@dataclass(frozen=True)
class Vocabulary:
    """Everything that a rule, a question or an answer may name."""

    attributes: Mapping[str, Attribute]
    groups: tuple[Group, ...]
    places: Places
    codes: Mapping[str, Mapping[str, Text]]
    code_words: Mapping[str, Mapping[str, tuple[str, ...]]]  # by table and code: to search by, beside the title
    expenses: Mapping[str, Text]
    roles: Roles
    currency: str
    derivations: Mapping[str, Any]

    def attribute(self, id_: str) -> Attribute:
        """The attribute of this id; ``KeyError`` if there is none."""
        return self.attributes[id_]

    def value_name(self, attribute: Attribute, value: str, lang: str) -> str:
        """What to call one value of a choice, a code or a place."""
        if attribute.values and value in attribute.values:
            return attribute.values[value][lang]
        if attribute.type == "place":
            return self.places.name(value, lang)
        if attribute.type == "code" and attribute.codes:
            title = self.codes.get(attribute.codes, {}).get(value)
            return f"{value} ({title[lang]})" if title and title.get(lang) else value
        return value


def build_vocabulary(raw: Mapping[str, Any]) -> Vocabulary:
    """A vocabulary from the parts of a pack, as read.

    ``raw`` holds ``attributes`` (groups and attributes), ``places`` (rows), ``place_sets``, ``codes`` (tables),
    ``expenses``, ``manifest`` and ``derivations``; ``code_words`` if the pack has some.

    Raises:
        AlliageError: every mistake found in these parts.
    """
    problems: list[Problem] = []
    attributes = _attributes(raw["attributes"].get("attributes", ()), problems)
    groups = tuple(Group(g["id"], g["name"]) for g in raw["attributes"].get("groups", ()))
    problems += _group_problems(attributes.values(), groups)
    roles = raw["manifest"]["roles"]
    problems += [
        Problem("manifest-role", f"pack.yaml::roles.{role}", name)
        for role, name in roles.items()
        if role != "lines" and name not in attributes
    ]
    if problems:
        raise AlliageError(problems)
    return Vocabulary(
        attributes=attributes,
        groups=groups,
        places=build_places(raw["places"], raw["place_sets"]),
        codes={table: {row["code"]: _title(row) for row in rows} for table, rows in raw["codes"].items()},
        code_words={
            table: {code: tuple(words) for code, words in codes.items()}
            for table, codes in raw.get("code_words", {}).items()
        },
        expenses={item["id"]: item["name"] for item in raw["expenses"]},
        roles=Roles(**roles),
        currency=raw["manifest"]["currency"],
        derivations=raw["derivations"],
    )


def _attributes(documents: Iterable[Mapping[str, Any]], problems: list[Problem]) -> dict[str, Attribute]:
    built: dict[str, Attribute] = {}
    for document in documents:
        try:
            attribute = build_attribute(document)
        except AlliageError as error:
            problems.extend(error.problems)
            continue
        if attribute.id in built:
            problems.append(Problem("attribute-duplicate", f"attributes.yaml::{attribute.id}", attribute.id))
        built[attribute.id] = attribute
    return built


def _group_problems(attributes: Iterable[Attribute], groups: tuple[Group, ...]) -> list[Problem]:
    known = {group.id for group in groups}
    return [
        Problem("attribute-group", f"attributes.yaml::{attribute.id}", attribute.group, ", ".join(sorted(known)))
        for attribute in attributes
        if attribute.group not in known
    ]


def _title(row: Mapping[str, str]) -> Text:
    return {"fr": row.get("name_fr", ""), "en": row.get("name_en", "")}
