"""The app of the ground floor."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers what must hold before a site is public."""

    name = "alliage.hub.ui"
    label = "ui"

    def ready(self) -> None:
        """Django finds checks by their import."""
        from alliage.hub.ui import checks  # noqa: F401, PLC0415 - imported for what it registers, once apps are ready
