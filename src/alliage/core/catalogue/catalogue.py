"""A catalogue: the programmes, providers and vocabulary of a pack at one revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from alliage.core.catalogue.programme import Programme, Provider, build_programme, build_provider
from alliage.core.rules.derivations import Derivations, build_derivations
from alliage.core.vocabulary.attributes import Text
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.vocabulary import Vocabulary, build_vocabulary


@dataclass(frozen=True)
class Catalogue:
    """Everything that an answer depends on, beside the profile and the day. ``revision`` names its exact content."""

    id: str
    name: Text
    revision: str
    vocabulary: Vocabulary
    providers: Mapping[str, Provider]
    programmes: Mapping[str, Programme]
    redirects: Mapping[str, str]
    raw: Mapping[str, Any] = field(repr=False)

    @cached_property
    def derivations(self) -> Derivations:
        """What follows from an answer."""
        return build_derivations(self.vocabulary)

    @property
    def levels(self) -> Mapping[str, Text]:
        """Levels of providers, with their names."""
        levels: Mapping[str, Text] = self.raw["manifest"]["levels"]
        return levels

    @property
    def zone(self) -> str | None:
        """The time zone of the cluster, if the pack names one."""
        zone: str | None = self.raw["manifest"].get("zone")
        return zone

    @property
    def synonyms(self) -> list[list[str]]:
        """Groups of words that mean the same in a search."""
        groups: list[list[str]] = self.raw["synonyms"]
        return groups

    def programme(self, id_: str) -> Programme:
        """The programme of this id, or the one that replaced it.

        Raises:
            AlliageError: ``programme-unknown``, with the ids that look like it.
        """
        found = self.programmes.get(self.redirects.get(id_, id_))
        if found is None:
            raise AlliageError([Problem("programme-unknown", shown(id_), shown(id_), ", ".join(self._like(id_)))])
        return found

    def _like(self, id_: str) -> list[str]:
        from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake, and slow to import

        return get_close_matches(id_, [*self.programmes, *self.redirects], n=5, cutoff=0.5)


def build_catalogue(raw: Mapping[str, Any], *, revision: str) -> Catalogue:
    """A catalogue from the plain data of a pack that :mod:`.check` accepts."""
    vocabulary = build_vocabulary(raw)
    providers = {item["id"]: build_provider(item) for item in raw["providers"]}
    programmes = {
        id_: build_programme(document, provider=providers[document["provider"]], vocabulary=vocabulary)
        for id_, document in raw["programmes"].items()
    }
    redirects = {old: id_ for id_, document in raw["programmes"].items() for old in document.get("replaces", ())}
    return Catalogue(
        id=raw["manifest"]["id"],
        name=raw["manifest"]["name"],
        revision=revision,
        vocabulary=vocabulary,
        providers=providers,
        programmes=programmes,
        redirects=redirects,
        raw=raw,
    )
