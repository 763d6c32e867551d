"""What rooms above say of a programme on its page, as they declare it in their ``AppConfig`` (``programme_part``)."""

from __future__ import annotations

from datetime import date

from django.apps import apps

from alliage.hub.programmes.queries.speaking import Plain, Speech


def parts_of_rooms(programme_id: str, *, on: date, speech: Speech) -> list[Plain]:
    """The parts, each with its ``template``; a room that has nothing to say gives none."""
    tells = (getattr(config, "programme_part", None) for config in apps.get_app_configs())
    parts = (tell(programme_id, on=on, speech=speech) for tell in tells if tell is not None)
    return [part for part in parts if part]
