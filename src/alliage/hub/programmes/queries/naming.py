"""What programmes are called, though they are retired: their last name, and what took their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alliage.hub.programmes.models import Programme
from alliage.hub.programmes.queries.speaking import Speech


@dataclass(frozen=True, slots=True)
class Named:
    """A programme by its last known name. ``instead``: the id of what replaced it, if something did."""

    id: str
    name: str
    retired: bool = False
    instead: str = ""
    instead_name: str = ""

    @property
    def words(self) -> str:
        """The name, and that it is retired, where there is no room for a link."""
        return _("%(name)s (retiré)") % {"name": self.name} if self.retired else self.name


def named(ids: Iterable[str], *, speech: Speech) -> Mapping[str, Named]:
    """Programmes by the ids that somebody kept: one query, for those that the catalogue no longer has."""
    catalogue, wanted = speech.catalogue, frozenset(ids)
    gone = wanted - catalogue.programmes.keys()
    rows = Programme.objects.filter(id__in=gone).values_list("id", "current__document__name") if gone else ()
    last = {id_: speech.text(name) for id_, name in rows if name}
    found = {id_: Named(id_, speech.text(catalogue.programmes[id_].name)) for id_ in wanted - gone}
    for id_ in gone:
        instead = catalogue.programmes.get(catalogue.redirects.get(id_, ""))
        called = speech.text(instead.name) if instead else ""
        name = last.get(id_) or called or id_
        found[id_] = Named(id_, name, retired=True, instead=instead.id if instead else "", instead_name=called)
    return found
