"""The application of questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    """Questions to the people who decide: asked, routed, answered, published."""

    name = "alliage.hub.questions"
    label = "questions"
    default_auto_field = "django.db.models.BigAutoField"
    acts: ClassVar[Mapping[str, Promise]] = {
        "question-moved": _("Question : une étape"),
    }

    def ready(self) -> None:
        """What was asked with an e-mail goes with its account."""
        from alliage.hub.questions import signals  # noqa: F401, PLC0415 - imported for what it registers
