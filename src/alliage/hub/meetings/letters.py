"""What letters about meetings say: to a company, or to the officer of a desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alliage.hub.days.words import title_of, when
from alliage.hub.meetings import links, words
from alliage.hub.meetings.calendars import desk_ics, guest_ics
from alliage.hub.meetings.models import Desk, Guest, Meeting, MeetingNotice
from alliage.hub.people import mail
from alliage.hub.people.mail import Attached
from alliage.hub.ui.words import capital

Said = dict[str, Any]


def send(notice: MeetingNotice) -> bool:
    """Send one letter; false if there is nobody left to write to.

    Raises:
        MailNotSent: the server refused it.
    """
    guest, desk = notice.guest, notice.desk
    if guest is not None:
        row = guest.registration
        return _send(notice, row.email, row.language, links.guest_token(guest), "guest") if row.email else False
    assert desk is not None
    if desk.person is None or not desk.person.is_active:
        return False
    return _send(notice, desk.person.email, desk.person.language, links.desk_token(desk), "desk")


def _send(notice: MeetingNotice, to: str, language: str, token: str, side: str) -> bool:
    owner: Guest | Desk = notice.guest or notice.desk  # type: ignore[assignment]  # a check of the table: one of the two
    day = owner.plan.day
    with translation.override(language):
        url = mail.whole_url(reverse(f"meetings:{side}", args=[token]))
        said: Said = {
            "items": [],
            "facts": [(_("Quand"), capital(when(day)))],
            **_SAYS[notice.kind](side, title_of(day)),
        }
        said["links"] = [(said.pop("label"), url)]
        if notice.kind != "wishes":
            said["items"] = _lines(owner)
    attached = () if notice.kind == "wishes" else (_attached(owner, language),)
    mail.send("day", to=to, language=language, context=said, attached=attached)
    return True


def _attached(owner: Guest | Desk, language: str) -> Attached:
    made = guest_ics(owner, language=language) if isinstance(owner, Guest) else desk_ics(owner, language=language)
    return Attached("rencontres.ics", made, "text/calendar")


def _lines(owner: Guest | Desk) -> list[str]:
    """The meetings that are held, one by line."""
    rows = owner.meetings.filter(state=Meeting.State.HELD)
    related = rows.select_related("slot", "desk__organisation", "desk__room", "guest__registration")
    return [
        " · ".join(
            filter(None, (words.at(row.slot.starts), _other(owner, row), row.desk.room.name if row.desk.room else ""))
        )
        for row in related
    ]


def _other(owner: Guest | Desk, row: Meeting) -> str:
    return words.desk_name(row.desk) if isinstance(owner, Guest) else words.guest_name(row.guest)


def _wishes(side: str, title: str) -> Said:
    if side == "desk":
        lines = [
            _("Des entreprises voudront vous rencontrer à cette journée, quelques minutes chacune."),
            _("Dites quand vous ne pouvez pas, et combien de rencontres vous voulez au plus."),
        ]
        return {
            "subject": _("Vos rencontres : %(title)s") % {"title": title},
            "lines": lines,
            "label": _("Dire quand je peux"),
        }
    return {
        "subject": _("Qui voulez-vous rencontrer? %(title)s") % {"title": title},
        "lines": [
            _("Des rencontres individuelles ont lieu ce jour-là, quelques minutes avec chaque organisme."),
            _("Nous proposons les organismes dont les programmes pourraient vous servir, et disons pourquoi."),
            _("Mettez vos choix en ordre."),
        ],
        "label": _("Choisir qui rencontrer"),
    }  # fmt: skip


def _timetable(side: str, title: str) -> Said:
    last = (
        _("Si vous ne pouvez plus venir, dites-le à l’équipe : une autre entreprise attend peut-être.")
        if side == "guest"
        else _("Si vous ne pouvez plus venir, dites-le à l’équipe : elle déplace les rencontres.")
    )
    return {
        "subject": _("Votre horaire de rencontres : %(title)s") % {"title": title},
        "lines": [_("Voici vos rencontres. Le calendrier est joint."), last],
        "label": _("Voir mon horaire"),
    }


def _changed(side: str, title: str) -> Said:  # noqa: ARG001 - all letters are asked in the same way
    return {
        "subject": _("Votre horaire a changé : %(title)s") % {"title": title},
        "lines": [_("Une rencontre a changé. Voici votre horaire tel qu’il est maintenant, et le calendrier à jour.")],
        "label": _("Voir mon horaire"),
    }


def _off(side: str, title: str) -> Said:  # noqa: ARG001 - as above
    return {
        "subject": _("La journée est annulée : %(title)s") % {"title": title},
        "lines": [_("Vos rencontres de cette journée n’auront pas lieu. Le calendrier joint les retire du vôtre.")],
        "label": _("Voir mon horaire"),
    }


_SAYS = {"wishes": _wishes, "timetable": _timetable, "changed": _changed, "off": _off}
