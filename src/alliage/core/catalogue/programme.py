"""Programmes and providers ready to use: built from checked documents, never from raw files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from alliage.core.rules.condition import All, Condition, Leaf, build_condition
from alliage.core.vocabulary.attributes import Text
from alliage.core.vocabulary.vocabulary import Vocabulary

PROVIDER_SOURCE = "provider"  # the source of the place condition that a provider's territory makes
RECORD_SOURCE = "record"  # one of the programme's sources; which one was not noted


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation that gives aid, and the places that it serves."""

    id: str
    name: Text
    level: str
    serves: tuple[str, ...]
    url: str | None = None
    note: Text | None = None


@dataclass(frozen=True)
class Programme:
    """One programme: its document, and its conditions ready to be evaluated.

    ``conditions`` are the top-level conditions that must all hold, the provider's territory first.
    """

    document: Mapping[str, Any] = field(repr=False)
    provider: Provider = field(repr=False)
    conditions: tuple[Condition, ...] = field(repr=False)
    vocabulary: Vocabulary = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """Its stable id."""
        return str(self.document["id"])

    @property
    def name(self) -> Text:
        """Its name in both languages."""
        name: Text = self.document["name"]
        return name

    @property
    def kind(self) -> str:
        """``programme``, or ``obligation``, ``strategy``, ``tool`` for what is not one."""
        return str(self.document.get("kind", "programme"))

    @property
    def needs(self) -> tuple[str, ...]:
        """The needs that it serves."""
        return tuple(self.document["needs"])

    @property
    def instrument(self) -> str | None:
        """The main kind of money; ``None`` if no source says."""
        return self.document.get("instrument")

    @property
    def confidence(self) -> str:
        """``high``, ``medium`` or ``low``."""
        return str(self.document["confidence"])

    @property
    def nothing_read(self) -> bool:
        """Whether no condition of its own was read in its sources, beyond its provider's territory."""
        return not self.document["eligibility"]["all"]

    @cached_property
    def tiers(self) -> Mapping[tuple[int, int], Condition | None]:
        """The condition of each tier of each aid part, by place in the document."""
        built: dict[tuple[int, int], Condition | None] = {}
        for part_at, part in enumerate(self.document["aid"].get("parts", ())):
            for tier_at, tier in enumerate(part["tiers"]):
                built[part_at, tier_at] = condition_of(tier, vocabulary=self.vocabulary)
        return built

    @cached_property
    def part_conditions(self) -> tuple[Condition | None, ...]:
        """The condition under which each aid part exists."""
        parts = self.document["aid"].get("parts", ())
        return tuple(condition_of(part, vocabulary=self.vocabulary) for part in parts)


def condition_of(document: Mapping[str, Any], *, vocabulary: Vocabulary) -> Condition | None:
    """The ``when`` of a document as a condition; ``None`` if it has none."""
    written = document.get("when")
    return build_condition(written, vocabulary=vocabulary) if written else None


def build_provider(document: Mapping[str, Any]) -> Provider:
    """A provider from its document."""
    return Provider(
        id=document["id"],
        name=document["name"],
        level=document["level"],
        serves=tuple(document["serves"]),
        url=document.get("url"),
        note=document.get("note"),
    )


def build_programme(document: Mapping[str, Any], *, provider: Provider, vocabulary: Vocabulary) -> Programme:
    """A programme from its checked document."""
    written = document["eligibility"]["all"]
    own = tuple(build_condition(part, vocabulary=vocabulary) for part in written)
    implied = territory(provider, vocabulary=vocabulary)
    conditions = own if _says_where(own, provider, vocabulary) else (implied, *own)
    return Programme(document, provider, conditions, vocabulary)


def territory(provider: Provider, *, vocabulary: Vocabulary) -> Leaf:
    """The place condition that a provider's territory makes."""
    return Leaf(vocabulary.roles.territory, "within", provider.serves, PROVIDER_SOURCE)


def _says_where(conditions: tuple[Condition, ...], provider: Provider, vocabulary: Vocabulary) -> bool:
    """Whether a programme already asks for a place inside its provider's territory."""
    for condition in conditions:
        if isinstance(condition, All):
            if _says_where(condition.conditions, provider, vocabulary):
                return True
        elif isinstance(condition, Leaf) and _is_inside(condition, provider, vocabulary):
            return True
    return False


def _is_inside(leaf: Leaf, provider: Provider, vocabulary: Vocabulary) -> bool:
    if leaf.attribute != vocabulary.roles.territory or leaf.operator != "within":
        return False
    places = vocabulary.places
    named, perhaps = places.expand(leaf.operand)
    return all(any(places.inside(code, area) for area in provider.serves) for code in (*named, *perhaps))


def day(text: str | None) -> date | None:
    """An ISO day of a document as a date."""
    return date.fromisoformat(text) if text else None
