"""The finder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class FinderConfig(AppConfig):
    """Questionnaire, results, receipts, comparison, saved files, shared links."""

    name = "alliage.hub.finder"
    label = "finder"
    default_auto_field = "django.db.models.BigAutoField"
