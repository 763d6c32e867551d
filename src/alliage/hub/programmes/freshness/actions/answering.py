"""Corrections as what asks for a change: the change that comes of one answers who told it."""

from __future__ import annotations

import logging

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from alliage.hub.people.actions.registers import audit
from alliage.hub.people.mail import MailNotSent
from alliage.hub.people.models import Person
from alliage.hub.programmes.freshness.actions.correcting import settle_correction
from alliage.hub.programmes.freshness.models import Correction
from alliage.hub.programmes.origins import Origin, Outcome

KIND = "correction"
_OPEN = (Correction.State.NEW, Correction.State.TAKEN)
log = logging.getLogger(__name__)


class Corrections:
    """What the room below is told of corrections, and tells them (:class:`~alliage.hub.programmes.origins.Origins`)."""

    def read(self, number: int, *, programme: str) -> Origin | None:
        """A correction that is not settled."""
        row = Correction.objects.filter(pk=number, programme=programme, state__in=_OPEN).first()
        if row is None:
            return None
        return Origin(
            text=row.text,
            page=row.page,
            part=row.part,
            url=reverse("freshness:correction", args=[row.pk]),
            title=_("Ce qui a été signalé"),
            after=_(
                "Quand le changement sera publié, ou refusé, la personne recevra votre mot (« Pourquoi »), si elle a "
                "laissé une adresse."
            ),
            unchanged=_(
                "La fiche dit déjà ce que vous avez écrit : qui l’a signalé n’en est pas averti. Changez ce qui doit "
                "l’être, ou répondez sur la page de la correction."
            ),
        )

    def taken(self, number: int, *, by: int | None, proposal: int) -> None:  # noqa: ARG002 - told of all kinds
        """Somebody proposed a change for it."""
        Correction.objects.filter(pk=number, state=Correction.State.NEW).update(state=Correction.State.TAKEN, by=by)

    def left(self, number: int) -> None:
        """The proposal was taken back: it waits again."""
        Correction.objects.filter(pk=number, state=Correction.State.TAKEN).update(state=Correction.State.NEW)

    def closed(self, number: int, outcome: Outcome) -> None:
        """Answer who told it, once the change itself is kept: a letter that does not leave undoes nothing."""
        transaction.on_commit(lambda: _answer(number, outcome), robust=True)


def _answer(number: int, outcome: Outcome) -> None:
    """The letter; if it does not leave, the correction stays in the queue, where the team answers it by hand."""
    state = Correction.State.DONE if outcome.done else Correction.State.REFUSED
    by = Person.objects.filter(pk=outcome.by).first() if outcome.by else None
    try:
        settle_correction(number, state=state, answer=outcome.words, by=by, at=outcome.at, only=_OPEN)
    except MailNotSent:
        log.warning("the answer to correction %s did not leave", number)
        audit("correction-not-answered", by=by, at=outcome.at, on=f"correction:{number}")
