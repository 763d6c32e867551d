"""Whether a document may stand in the catalogue of the database, and every problem if it may not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.document import ProgrammeDocument
from alliage.core.catalogue.shapes import checked
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.hub.programmes import documents
from alliage.hub.programmes.models import CatalogueState, Programme
from alliage.hub.programmes.queries.stored import current_catalogue

Document = Mapping[str, Any]


def loaded_catalogue() -> Catalogue:
    """The catalogue of the database.

    Raises:
        AlliageError: ``pack-missing`` if no pack was ever loaded.
    """
    if not CatalogueState.objects.exists():
        raise AlliageError([Problem("pack-missing", "database")])
    return current_catalogue()


def accepted(document: Document, *, catalogue: Catalogue) -> documents.Document:
    """A document as the database keeps it. It may name any programme that was ever known.

    Raises:
        AlliageError: every problem of the document.
    """
    where = str(document.get("id", ""))
    written: documents.Document = checked(document, model=ProgrammeDocument, where=where)
    known = dict.fromkeys(Programme.objects.values_list("id", flat=True))
    raw = {**catalogue.raw, "programmes": {**known, **catalogue.raw["programmes"]}}
    found = documents.problems(written, raw=raw, vocabulary=catalogue.vocabulary)
    if found:
        raise AlliageError(found)
    return written


def problems_of(document: Document) -> tuple[Problem, ...]:
    """Every problem of a document; none if it may be written."""
    try:
        accepted(document, catalogue=loaded_catalogue())
    except AlliageError as error:
        return error.problems
    return ()
