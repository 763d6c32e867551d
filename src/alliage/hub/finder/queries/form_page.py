"""The pages of the whole form: their names, and how far the person is in each."""

from __future__ import annotations

from dataclasses import dataclass

from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.understood import Fact
from alliage.hub.finder.queries.voice import Voice


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the form."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One page of the form, with what was answered on it."""

    id: str
    name: str
    total: int
    answered: int
    facts: tuple[Fact, ...]

    @property
    def state(self) -> str:
        """``done``, ``begun`` or ``new``."""
        return "done" if self.answered == self.total else "begun" if self.answered else "new"


def groups(voice: Voice) -> list[Page]:
    """The pages, in order; those without a question are left out."""
    used = {attribute.group for attribute in voice.attributes.values()}
    return [Page(g.id, voice.text(g.name)) for g in voice.catalogue.vocabulary.groups if g.id in used]


def form_overview(found: Found, dossier: Dossier, *, voice: Voice) -> list[Progress]:
    """The pages with the answers given on each; what follows from other answers counts as answered."""
    known, given = found.known.answers, found.profile.answers
    overview = []
    for page in groups(voice):
        names = [name for name, attribute in voice.attributes.items() if attribute.group == page.id]
        facts = tuple(Fact(name, voice.label(name), voice.answer(name, given[name])) for name in names if name in given)
        done = sum(name in known or name in dossier.unknown for name in names)
        overview.append(Progress(page.id, page.name, len(names), done, facts))
    return overview
