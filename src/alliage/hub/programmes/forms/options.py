"""What the fields of a programme's form let one choose, in the words of the pack."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from django.utils.translation import gettext as _

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.programme import RECORD_SOURCE
from alliage.hub.programmes.forms.places import items_at
from alliage.hub.ui.words import capital, phrase, text

Choices = dict[str, str]
_PER = ("project", "year", "company", "person", "lifetime")
_CONFIDENCE = ("high", "medium", "low")


def options_of(
    document: Mapping[str, Any], *, catalogue: Catalogue, providers: Container[str] | None = None
) -> Mapping[str, Choices]:
    """The choices of every list of the layout; sources are those of the document itself.

    ``providers``: of which a person may choose, if not of all.
    """
    vocabulary = catalogue.vocabulary
    needs = vocabulary.attributes[vocabulary.roles.needs].values or {}
    named = {
        id_: text(provider.name)
        for id_, provider in catalogue.providers.items()
        if providers is None or id_ in providers
    }
    return {
        "sources": _sources(document),
        "providers": dict(sorted(named.items(), key=lambda item: item[1].casefold())),
        "needs": {id_: capital(text(name)) for id_, name in needs.items()},
        "expenses": {id_: capital(text(name)) for id_, name in vocabulary.expenses.items()},
        "instruments": {
            id_: capital(text(name)) for id_, name in catalogue.raw["phrases"]["instruments"].items() if id_ != "none"
        },
        "confidence": {id_: capital(phrase("confidence", id_)) for id_ in _CONFIDENCE},
        "per": {id_: phrase("per", id_) for id_ in _PER},
        "intakes": {
            "continuous": _("En tout temps"),
            "window": _("Par périodes"),
            "closed": _("Fermé"),
            "suspended": _("Suspendu"),
            "unknown": _("Non connu"),
        },
    }


def _sources(document: Mapping[str, Any]) -> Choices:
    """The pages of the document by their key, as ``s1 · titre``."""
    found = {
        key: f"{key} · {str(source.get('title') or source.get('publisher') or source.get('url') or '')[:70]}"
        for key, source in items_at(document, "sources")
    }
    return {**found, RECORD_SOURCE: _("l’une de ces sources (non notée laquelle)")}
