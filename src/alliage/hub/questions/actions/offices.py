"""The office of an organisation: the shared box that it is written to, where no officer may answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alliage.hub.people.access import NotYours
from alliage.hub.people.actions import no_more
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Organisation, Person
from alliage.hub.questions.actions.records import Refused
from alliage.hub.questions.models import Office

NO_MORE = "alliage.questions.stopped"  # the purpose of letters that some want no more; it never changes


@transaction.atomic
def set_box(slug: str, *, email: str, language: str, by: Person, at: datetime) -> None:
    """Set the shared box of an organisation; an empty e-mail takes it away.

    Raises:
        NotYours: there is no such organisation.
        Refused: ``stopped`` if that address wants no letter.
    """
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise NotYours
    if not email:
        Office.objects.filter(organisation=organisation).delete()
    elif no_more.wants_no_more(email, purpose=NO_MORE):
        raise Refused("stopped")
    else:
        said = {"email": email.lower(), "language": language, "by": by}
        Office.objects.update_or_create(organisation=organisation, defaults=said)
    audit("office-box", by=by, at=at, on=f"organisation:{organisation.pk}")


@transaction.atomic
def stop_box(organisation: Organisation, *, at: datetime) -> None:
    """A shared box wants no letter any more: it is none now, and that address will not be one again."""
    box = Office.objects.filter(organisation=organisation).first()
    if box is not None:
        no_more.write_no_more(box.email, purpose=NO_MORE, at=at)
        box.delete()
        audit("office-box", by=None, at=at, on=f"organisation:{organisation.pk}")
