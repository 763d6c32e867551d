"""Planning: what the person prefers, which programmes they keep in the plan or put aside. No programme's rule moves."""

from __future__ import annotations

from alliage.hub.finder.dossier import Dossier, Wishes
from alliage.hub.finder.forms.plan import BAN, PIN, Choice
from alliage.hub.finder.queries.engine import Engine


def prefer(dossier: Dossier, wishes: Wishes) -> Dossier:
    """Take the preferences."""
    return dossier.wishing(wishes)


def choose(dossier: Dossier, choice: Choice | None, *, engine: Engine) -> Dossier:
    """Keep a programme in the plan, put it aside, or neither any more; one that is not in the catalogue is let go."""
    if choice is None:
        return dossier
    known = engine.catalogue.redirects.get(choice.programme, choice.programme) in engine.at
    return dossier.chosen(choice.programme, pinned=known and choice.do == PIN, banned=known and choice.do == BAN)
