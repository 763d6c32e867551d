"""Whether a document may stand in the catalogue of the database, and every problem if it may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.check import redirect_problems
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
    """A document as the database keeps it. It may name any programme that was ever known, and replace none that lives.

    Raises:
        AlliageError: every problem of the document.
    """
    where = str(document.get("id", ""))
    written: documents.Document = checked(document, model=ProgrammeDocument, where=where)
    retired = dict(Programme.objects.values_list("id", "retired"))
    raw = {**catalogue.raw, "programmes": {**dict.fromkeys(retired), **catalogue.raw["programmes"]}}
    found = documents.problems(written, raw=raw, vocabulary=catalogue.vocabulary)
    living = [id_ for id_, day in retired.items() if day is None]
    found += _redirect_problems(written, living=living, catalogue=catalogue)
    if found:
        raise AlliageError(found)
    return written


def _redirect_problems(written: documents.Document, *, living: Iterable[str], catalogue: Catalogue) -> list[Problem]:
    """What is wrong with the former ids of a document, beside the others that live (in the catalogue or since)."""
    others = {id_: catalogue.raw["programmes"].get(id_, {}) for id_ in living if id_ != written["id"]}
    found = redirect_problems({**others, written["id"]: written})
    return [problem for problem in found if problem.where == f"{written['id']}::replaces"]


def problems_of(document: Document) -> tuple[Problem, ...]:
    """Every problem of a document; none if it may be written."""
    try:
        accepted(document, catalogue=loaded_catalogue())
    except AlliageError as error:
        return error.problems
    return ()
