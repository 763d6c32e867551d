"""The register of incidents with personal information (P-39.1, art. 3.8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from alliage.hub.people.access import NotYours
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Incident, Person


@transaction.atomic
def record(fields: dict[str, Any], *, incident_id: int | None, by: Person, at: datetime) -> Incident:
    """Write an incident down, or what was learned of it since.

    Raises:
        NotYours: there is no such incident.
    """
    if incident_id is None:
        incident = Incident(by=by, created=at)
    else:
        found = Incident.objects.select_for_update().filter(pk=incident_id).first()
        if found is None:
            raise NotYours
        incident = found
    for name, value in fields.items():
        setattr(incident, name, value)
    incident.save()
    audit("incident-written", by=by, at=at, on=f"incident:{incident.pk}", risk=incident.risk)
    return incident
