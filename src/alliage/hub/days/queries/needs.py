"""The needs that a company may have, by their names."""

from __future__ import annotations

from alliage.hub.days.queries.plan import speech


def needs(*, lang: str) -> list[tuple[str, str]]:
    """The needs of the pack, in its order."""
    speaks = speech(lang)
    vocabulary = speaks.catalogue.vocabulary
    return [
        (id_, speaks.capital(speaks.need(id_))) for id_ in vocabulary.attributes[vocabulary.roles.needs].values or ()
    ]
