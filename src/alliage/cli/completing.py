"""What the shell may complete: ids, needs, packs. Slow work waits until the shell asks; a mistake gives nothing."""

from __future__ import annotations

from collections.abc import Iterator

from alliage.core.vocabulary.errors import AlliageError


def languages(incomplete: str) -> list[str]:
    """The languages that the command line speaks."""
    from alliage.cli.words import LANGUAGES

    return [lang for lang in LANGUAGES if lang.startswith(incomplete)]


def packs(incomplete: str) -> list[str]:
    """The packs that come with Alliage."""
    import alliage

    return sorted(path.parent.name for path in alliage.PACKS.glob(f"{incomplete}*/pack.yaml"))


def programmes(incomplete: str) -> list[str]:
    """The ids of the programmes of the pack that comes with Alliage."""
    return sorted(id_ for id_ in _ids() if id_.startswith(incomplete))


def needs(incomplete: str) -> list[str]:
    """The needs of the pack that comes with Alliage."""
    from alliage.cli.opening import open_catalogue

    try:
        vocabulary = open_catalogue(None).vocabulary
    except AlliageError:
        return []
    return [need for need in vocabulary.attributes[vocabulary.roles.needs].values or () if need.startswith(incomplete)]


def _ids() -> Iterator[str]:
    from alliage.cli.opening import open_catalogue

    try:
        yield from open_catalogue(None).programmes
    except AlliageError:
        return
