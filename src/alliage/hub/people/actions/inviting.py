"""An invitation as it is sent: made, then written to the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from alliage.hub.people import mail
from alliage.hub.people.actions import organisations
from alliage.hub.people.links import address
from alliage.hub.people.models import Person

WORDS = {
    "already": _("Cette personne en fait déjà partie."),
    "too-many": _(
        "Trop d’invitations attendent une réponse ou sont parties aujourd’hui. Annulez-en une, ou revenez demain."
    ),
    "too-many-organisations": _("Vous gérez déjà autant d’organisations qu’une personne le peut."),
    "not-sent": _("Le courriel n’a pas pu partir. Essayez de nouveau dans quelques minutes."),
}


def invite(organisation_id: int, asked: Mapping[str, Any], *, by: Person, at: datetime, by_team: bool = False) -> str:
    """Invite somebody and write to them, in their language if we know it; a code of ``WORDS`` if it could not be done.

    Raises:
        NotYours: there is no such organisation, or this role is not theirs to give.
    """
    try:
        made = organisations.invite(
            organisation_id, email=asked["email"], role=asked["role"], by=by, at=at, by_team=by_team
        )
    except organisations.AlreadyThere:
        return "already"
    except organisations.TooMany:
        return "too-many"
    known = Person.objects.filter(email__iexact=made.invitation.email).first()
    language = known.language if known else by.language
    link = address("people:invitation", made.token, language=language)
    organisation = made.invitation.organisation
    said = {
        "link": link,
        "by": str(by),
        "organisation": organisation.name[language],
        "expires": made.invitation.expires,
    }
    try:
        mail.send("invitation", to=made.invitation.email, language=language, context=said)
    except mail.MailNotSent:
        organisations.revoke(organisation_id, made.invitation.pk, by=by, at=at)
        return "not-sent"
    return ""
