"""Who depends on a programme: the people who follow it, and the project files whose plan keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count

from alliage.hub.finder.models import Following, ProjectFile

_KEPT_IN_PLAN = "answers__k"  # what `Dossier.as_dict` calls the programmes that the plan must use


def dependents() -> Mapping[str, int]:
    """Programme id → how many followers and project files. Two queries; of a file, only what it keeps is read."""
    found = Counter(dict(Following.objects.order_by().values_list("programme").annotate(Count("id"))))
    for kept in ProjectFile.objects.order_by().values_list(_KEPT_IN_PLAN, flat=True):
        found.update({str(id_) for id_ in kept or ()})
    return found
