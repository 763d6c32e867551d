"""A published answer as what asks for a change of its programme, and as the source that the change names.

The answer keeps the proposal that it led to. Once the change is published, who asked is told, if they agreed to be
written to: what they asked is in the catalogue now.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alliage.hub.people.mail import whole_url
from alliage.hub.programmes.origins import Origin, Outcome
from alliage.hub.questions.actions.letters import asker
from alliage.hub.questions.actions.records import note, site
from alliage.hub.questions.models import Answer, Move, Notice, Question
from alliage.hub.ui.day import local_day

KIND = "answer"
_LONGEST_TITLE = 150


class Answers:
    """What programmes are told of answers, and tell them (:class:`~alliage.hub.programmes.origins.Origins`)."""

    def read(self, number: int, *, programme: str) -> Origin | None:
        """A published answer about this programme."""
        row = _published(number).select_related("organisation").first()
        if row is None or programme not in row.programmes:
            return None
        question, answer = row.question[row.original], row.answer[row.original]
        return Origin(
            text=f"{question}\n\n{answer}",
            page=page_of(row),
            part="",
            url=reverse("questions:decide", args=[row.pk]),
            title=_("La réponse qui change la fiche"),
            after=_(
                "Elle est parmi les sources de la fiche : choisissez-la comme source de ce que vous écrivez. Quand le "
                "changement sera publié, qui a posé la question en sera averti, si cette personne l’a accepté."
            ),
            unchanged=_("La fiche dit déjà ce que vous avez écrit. Changez ce qui doit l’être, puis proposez."),
            reason=reason_of(row),
            sources={key_of(row): source_of(row)},
        )

    def taken(self, number: int, *, by: int | None, proposal: int) -> None:  # noqa: ARG002 - the proposal says by whom
        """Somebody proposed a change for it."""
        _published(number).update(proposal=proposal)

    def left(self, number: int) -> None:
        """The proposal was taken back: another may be made."""

    def closed(self, number: int, outcome: Outcome) -> None:
        """Once the change is published, who asked is told: by a letter of the clock, and in the history."""
        if not outcome.done:
            return
        asked = Answer.objects.filter(pk=number).values("asked")
        for question in Question.objects.filter(Q(pk__in=asked) | Q(merged_into__in=asked)):
            note(question, Move.What.CATALOGUED, by=site(outcome.at))
            if asker(question):
                Notice.objects.get_or_create(
                    question=question,
                    kind=Notice.Kind.CATALOGUED,
                    round=question.round,
                    to=None,
                    defaults={"created": outcome.at},
                )


def name_of(row: Answer) -> str:
    """What a change carries, to say which answer asked for it."""
    return f"{KIND}:{row.pk}"


def key_of(row: Answer) -> str:
    """Its key among the sources of a document."""
    return f"{KIND}-{row.pk}"


def page_of(row: Answer) -> str:
    """The official page that says it; its own, if it names none."""
    return row.sources[0] if row.sources else whole_url(reverse("questions:answer", args=[row.pk]))


def reason_of(row: Answer) -> str:
    """Why a programme is to change."""
    return _("Réponse publiée : %(question)s") % {"question": row.question[row.original][:200]}


def source_of(row: Answer) -> dict[str, Any]:
    """It, as a source of a document."""
    return {
        "url": page_of(row),
        "title": Truncator(row.question[row.original]).chars(_LONGEST_TITLE),
        "publisher": row.organisation.name["fr"] if row.organisation else "Alliage",
        "dated": row.valid_on.isoformat(),
        "read": local_day(row.decided or row.created).isoformat(),
    }


def _published(number: int) -> QuerySet[Answer]:
    return Answer.objects.filter(pk=number, state=Answer.State.PUBLISHED)
