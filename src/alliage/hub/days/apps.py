"""The application of the days."""

from __future__ import annotations

from django.apps import AppConfig


class DaysConfig(AppConfig):
    """Tours, days, registrations, check-in, live questions, and what follows a day."""

    name = "alliage.hub.days"
    label = "days"
    default_auto_field = "django.db.models.BigAutoField"
