"""The application of questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.periodic import Periodic


class QuestionsConfig(AppConfig):
    """Questions to the people who decide: asked, routed, answered, published."""

    name = "alliage.hub.questions"
    verbose_name = _("Questions et journées")
    label = "questions"
    default_auto_field = "django.db.models.BigAutoField"
    periodic = (Periodic("questions.tick", "alliage.hub.questions.tasks.tick", every=timedelta(minutes=5)),)
    acts: ClassVar[Mapping[str, Promise]] = {
        "answer-decided": _("Réponse publique : décision"),
        "answer-proposed": _("Réponse publique : proposée"),
        "answer-settles": _("Réponse proposée comme source d’une condition"),
        "office-box": _("Boîte partagée d’un organisme"),
        "question-moved": _("Question : une étape"),
    }

    whys: ClassVar[Mapping[str, Promise]] = {"question": _("Question d’une entreprise")}
    account_pages = (("questions:my", _("Mes questions")),)
    officer_pages = (
        ("questions:inbox", _("Les questions des entreprises")),
        ("questions:presence", _("Mes sujets, mes régions, mes absences")),
    )
    team_pages = (
        ("questions:team", _("Questions des entreprises")),
        ("questions:answers", _("Réponses à publier")),
        ("questions:boxes", _("Boîtes partagées des organismes")),
    )

    def ready(self) -> None:
        """What was asked with an e-mail goes with its account; questions are kept for a time only."""
        from alliage.hub.questions import signals  # noqa: F401, PLC0415 - imported for what it registers
        from alliage.hub.questions.actions import sourcing  # noqa: PLC0415 - tables exist once apps are ready
        from alliage.hub.questions.actions.forgetting import FORGETS  # noqa: PLC0415 - as above
        from alliage.hub.questions.queries.published import programme_part  # noqa: PLC0415 - as above

        self.forgets = FORGETS
        self.origins = {sourcing.KIND: sourcing.Answers()}
        self.programme_part = programme_part
