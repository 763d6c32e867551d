"""Corrections by anyone: told on the page of a programme, read and answered by the team."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from alliage.hub.people.actions.registers import audit
from alliage.hub.people.mail import send, whole_url
from alliage.hub.people.models import Person
from alliage.hub.programmes.freshness.models import Correction
from alliage.hub.programmes.models import Programme

A_DAY = 200  # corrections that the whole site takes in a day: nobody fills its disk
AN_HOUR = 10  # about one programme


class TooMany(Exception):
    """The site has taken as many corrections as it may for now: in a day, or (``hour``) of one programme in an hour."""

    def __init__(self, *, hour: bool) -> None:
        self.hour = hour
        super().__init__("hour" if hour else "day")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told. ``email``: only to be answered."""

    text: str
    page: str = ""
    part: str = ""
    email: str = ""
    language: str = "fr"


@transaction.atomic
def tell(programme_id: str, *, told: Told, at: datetime) -> None:
    """Keep a correction for the team. The same one sent twice is kept once.

    Raises:
        LookupError: there is no such programme in the database.
        TooMany: the brake of the hour or of the day.
    """
    programme = Programme.objects.filter(id=programme_id).first()
    if programme is None:
        raise LookupError(programme_id)
    lately = Correction.objects.filter(created__gt=at - timedelta(days=1))
    if lately.filter(programme=programme, text=told.text, email=told.email).exists():
        return
    about = lately.filter(programme=programme, created__gt=at - timedelta(hours=1))
    if lately.count() >= A_DAY:
        raise TooMany(hour=False)
    if about.count() >= AN_HOUR:
        raise TooMany(hour=True)
    Correction.objects.create(
        programme=programme,
        text=told.text,
        page=told.page,
        part=told.part,
        email=told.email,
        language=told.language,
        created=at,
    )


def settle_correction(
    correction_id: int,
    *,
    state: str,
    answer: str,
    by: Person | None,
    at: datetime,
    only: Collection[str] = Correction.State.values,
) -> bool:
    """Say how far a correction is; an answer is sent to who left an address.

    False if there is no such correction, or if it is in no state of ``only``: somebody has settled it meanwhile.

    Raises:
        MailNotSent: the answer did not leave; nothing is changed.
    """
    with transaction.atomic():
        rows = Correction.objects.select_for_update(of=("self",)).select_related("programme__current")
        row = rows.filter(pk=correction_id).first()
        if row is None or row.state not in only:
            return False
        written = bool(answer) and answer != row.answer
        row.state, row.answer, row.by = state, answer or row.answer, by
        row.answered = at if written else row.answered
        row.save()
        audit("correction-settled", by=by, at=at, on=f"correction:{row.pk}", state=state)
        if written and row.email:
            _write(row)  # if it does not leave, nothing of this is kept
    return True


def _write(row: Correction) -> None:
    name = row.programme.current.document["name"][row.language] if row.programme.current else row.programme_id
    page = whole_url(f"{'/en' if row.language == 'en' else ''}/programmes/{row.programme_id}/")
    said = {"name": name, "text": row.text, "answer": row.answer, "page": page, "done": row.state == row.State.DONE}
    send("correction_answer", to=row.email, language=row.language, context=said)
