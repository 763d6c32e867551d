"""Writing to the team: its address."""

from __future__ import annotations

from django.conf import settings


def team_address() -> str:
    """The address of the team, else that of the person in charge of personal information, else nothing."""
    address: str = settings.TEAM_EMAIL or settings.PRIVACY["email"]
    return address
