"""The letters of a day: what each says, in the language of its person, with the links that go with it.

One template draws them all: a subject, paragraphs, links, the day and its place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from alliage.hub.days import links
from alliage.hub.days.calendars import personal_ics
from alliage.hub.days.models import DayInvitation, Notice, Registration, Session
from alliage.hub.days.queries.plan import part_words
from alliage.hub.days.queries.waiting import why_waiting
from alliage.hub.days.words import FOLLOWED, day_words, hour, title_of, when
from alliage.hub.people import mail
from alliage.hub.people.links import address
from alliage.hub.people.mail import Attached
from alliage.hub.programmes.queries import Speech, current_shelf
from alliage.hub.ui import words

logger = logging.getLogger(__name__)
Said = dict[str, Any]
_WITH_CALENDAR = ("confirmed", "moved", "withdrawn", "day-off")


def left(write: Callable[[], None], *, what: str) -> bool:
    """Whether a letter left. What was saved stays saved, whatever is wrong with a letter about it: the log says it."""
    try:
        write()
    except mail.MailNotSent:
        return False  # the log has it
    except Exception as error:  # noqa: BLE001 - see above
        logger.error("letter %s of a day not written: %s", what, type(error).__name__)
        return False
    return True


def send(notice: Notice) -> None:
    """Send one letter.

    Raises:
        MailNotSent: the server refused it.
    """
    registration = notice.registration
    with translation.override(registration.language):
        said = {"facts": _facts(registration), "links": [], "items": [], **_SAYS[notice.kind](notice)}
    stop = ""
    if notice.kind in ("digest", "follow"):
        stop = address("days:stop", links.token_of(registration, links.STOP), language=registration.language)
    attached: tuple[Attached, ...] = ()
    if _has_calendar(notice):
        calendar = personal_ics(registration, as_letter=True)
        attached = (Attached("journee.ics", calendar, "text/calendar"),)
    mail.send(
        "day", to=registration.email, language=registration.language, context=said, unsubscribe=stop, attached=attached
    )


def _has_calendar(notice: Notice) -> bool:
    """What a calendar is to keep, or to take off: not the day of who only waits."""
    if notice.kind == "withdrawn":
        return bool(notice.said.get("had_seat"))
    seated = notice.registration.seat is not None and notice.registration.state != Registration.State.OFFERED
    return notice.kind == "day-off" or (notice.kind in _WITH_CALENDAR and seated)


def invite(invitation: DayInvitation, *, again: bool) -> None:
    """Send an invitation, with why it is sent to them.

    Raises:
        MailNotSent: the server refused it.
    """
    day, language = invitation.day, invitation.language
    with translation.override(language):
        title, said = title_of(day), when(day)
        subject = _("Rappel : %(title)s") if again else _("Une journée près de chez vous : %(title)s")
        context: Said = {
            "subject": subject % {"title": title},
            "lines": [
                _("%(title)s a lieu le %(when)s.") % {"title": title, "when": said},
                _because(invitation, language),
            ],
            "items": _programme_names(invitation.because.get("programmes", []), language),
            "links": [(_("Voir la journée et s’inscrire"), links.public(day, language=language))],
            "facts": _place_facts(invitation.day),
        }
    stop = address("days:stop-inviting", links.token_of(invitation, links.STOP_INVITING), language=language)
    mail.send("day", to=invitation.email, language=language, context=context, unsubscribe=stop)


def _because(invitation: DayInvitation, language: str) -> str:
    needs = [_speech(language).need(need) for need in invitation.because.get("needs", [])]
    if invitation.because.get("file"):
        return _(
            "Pourquoi vous : vous avez accepté ces invitations, et des programmes présentés ce jour-là répondent à un "
            "dossier que vous avez enregistré."
        )
    said = _speech(language).listing(needs)
    return _("Pourquoi vous : vous avez accepté ces invitations et dit chercher : %(needs)s.") % {"needs": said}


def _speech(language: str) -> Speech:
    return Speech(current_shelf(), lang=language)


def _programme_names(ids: list[str], language: str) -> list[str]:
    return [one["name"] for one in _speech(language).programmes(ids)]


def _place_facts(day: Any) -> list[tuple[str, str]]:
    place = ", ".join(filter(None, (day.place, day.address, day.town)))
    facts = [(_("Quand"), words.capital(when(day))), (_("Où"), words.typeset(place, lang="fr"))]
    if words.text(day.access):
        facts.append((_("Pour venir"), words.text(day.access)))
    return facts


def _facts(registration: Registration) -> list[tuple[str, str]]:
    facts = _place_facts(registration.day)
    if registration.state in (Registration.State.CONFIRMED, Registration.State.CAME):
        facts.append((_("Code de votre badge"), registration.code))
    return facts


def _mine(registration: Registration, label: str) -> list[tuple[str, str]]:
    return [(label, links.mine(registration))]


# ------------------------------------------------------------------------------------------ what each letter says


def _confirmed(notice: Notice) -> Said:
    one = notice.registration
    return {
        "subject": _("Votre place est confirmée : %(title)s") % {"title": title_of(one.day)},
        "lines": [
            _("Bonjour %(name)s, votre place est confirmée.") % {"name": one.name},
            _("Votre page a votre badge et votre calendrier. Vous pouvez y changer vos besoins, changer de ville ou "
              "annuler, sans compte."),
            _("Si vous ne pouvez plus venir, annulez : quelqu’un attend peut-être votre place."),
        ],
        "links": _mine(one, _("Ma page de la journée")),
    }  # fmt: skip


def _waiting(notice: Notice) -> Said:
    one = notice.registration
    return {
        "subject": _("Vous êtes sur la liste d’attente : %(title)s") % {"title": title_of(one.day)},
        "lines": [
            _("Bonjour %(name)s, toutes les places sont prises.") % {"name": one.name},
            why_waiting(one),
            _("Dès qu’une place se libère, nous vous écrivons, et elle vous attend 24 heures au plus.")
            if notice.created < one.day.starts
            else _("La journée a commencé : plus aucune place n’est offerte par courriel. Demandez à l’accueil."),
        ],
        "links": _mine(one, _("Voir mon rang, changer de ville ou annuler")),
    }


def _offer(notice: Notice) -> Said:
    one = notice.registration
    ends = datetime.fromisoformat(notice.said.get("ends") or notice.key)
    said = {"day": day_words(ends), "hour": hour(ends)}
    return {
        "subject": _("Une place pour vous : répondez avant %(hour)s, %(day)s") % said,
        "lines": [
            _("Bonjour %(name)s, une place s’est libérée, et elle est pour vous.") % {"name": one.name},
            _("Elle vous attend jusqu’à %(hour)s, %(day)s. Après, elle passe à la personne suivante.") % said,
        ],
        "links": _mine(one, _("Prendre la place, ou la laisser")),
    }


def _offer_passed(notice: Notice) -> Said:
    one = notice.registration
    return {
        "subject": _("La place est passée à la personne suivante : %(title)s") % {"title": title_of(one.day)},
        "lines": [
            _("Nous n’avons pas eu votre réponse à temps."),
            _("Vous restez sur la liste, après celles et ceux qui n’ont pas encore eu d’offre."),
        ],
        "links": _mine(one, _("Voir mon rang, ou quitter la liste")),
    }


def _offer_gone(notice: Notice) -> Said:
    one = notice.registration
    return {
        "subject": _("Vous n’êtes plus sur la liste : %(title)s") % {"title": title_of(one.day)},
        "lines": [
            _("Deux offres sont restées sans réponse : nous avons fermé votre inscription."),
            _("Vous pouvez vous inscrire de nouveau en tout temps."),
        ],
        "links": [(_("La page de la journée"), links.public(one.day, language=one.language))],
    }


def _withdrawn(notice: Notice) -> Said:
    one = notice.registration
    moved = notice.said.get("to")
    lines = [_("Votre inscription a suivi dans l’autre ville.") if moved else _("Votre inscription est annulée.")]
    became = notice.said.get("seat")
    if became == "offered":
        lines.append(_("Merci de l’avoir dit : la place va à quelqu’un d’autre."))
    elif became == "free":
        lines.append(_("Merci de l’avoir dit : la place est libre de nouveau."))
    return {
        "subject": _("C’est annulé : %(title)s") % {"title": title_of(one.day)},
        "lines": lines,
        "links": [(_("La page de la journée"), links.public(one.day, language=one.language))],
    }


def _no_seat(notice: Notice) -> Said:
    one = notice.registration
    return {
        "subject": _("La liste d’attente est fermée : %(title)s") % {"title": title_of(one.day)},
        "lines": [
            _("Bonjour %(name)s, la journée est terminée, et vous n’avez pas eu de place. Nous en sommes désolés.")
            % {"name": one.name},
            _("Votre inscription est fermée. Vous pouvez choisir une autre ville."),
        ],
        "links": [(_("Les autres journées"), address("days:days", language=one.language))],
    }


def _moved(notice: Notice) -> Said:
    one = notice.registration
    was = datetime.fromisoformat(notice.said["was"]) if notice.said.get("was") else one.day.starts
    lines = [_("Bonjour %(name)s, la journée change de date ou de lieu.") % {"name": one.name}]
    if was != one.day.starts:
        said = {"was": f"{day_words(was)}, {hour(was)}", "now": when(one.day)}
        lines.append(_("Elle était le %(was)s. Elle est maintenant le %(now)s.") % said)
    lines.append(_("Vous n’avez rien à faire : votre place ou votre rang reste à vous. Si la nouvelle date ne vous "
                   "convient pas, annulez ou changez de ville."))  # fmt: skip
    return {
        "subject": _("Nouvelle date ou nouveau lieu : %(title)s") % {"title": title_of(one.day)},
        "lines": lines,
        "links": _mine(one, _("Ma page de la journée")),
    }


def _day_off(notice: Notice) -> Said:
    one = notice.registration
    return {
        "subject": _("La journée est annulée : %(title)s") % {"title": title_of(one.day)},
        "lines": [
            _("Bonjour %(name)s, la journée n’aura pas lieu. Nous en sommes désolés.") % {"name": one.name},
            _("Vos questions restent : elles recevront une réponse par écrit. Vous pouvez choisir une autre ville."),
        ],
        "links": [(_("Les autres journées"), address("days:days", language=one.language))],
    }


def _session_off(notice: Notice) -> Said:
    one = notice.registration
    session = Session.objects.filter(pk=notice.said.get("session")).select_related("organisation").first()
    lines = [_("La journée a lieu.")]
    if session is not None:
        lines = [_("Cette partie n’aura pas lieu : %(part)s.") % {"part": part_words(session)}, *lines]
    if session is not None and session.organisation is not None and notice.said.get("last"):
        name = words.capital(words.text(session.organisation.name))
        lines = [
            _("%(name)s ne pourra pas venir.") % {"name": name},
            *lines,
            _("Vos questions pour cet organisme lui seront envoyées : posez-les sur la page, ou dans la salle."),
        ]
    return {
        "subject": _("Un changement au programme : %(title)s") % {"title": title_of(one.day)},
        "lines": lines,
        "links": _mine(one, _("Ma page de la journée")),
    }  # fmt: skip


def _reminder(notice: Notice) -> Said:
    one = notice.registration
    return {
        "subject": _("À bientôt : %(title)s, %(day)s") % {"title": title_of(one.day), "day": day_words(one.day.starts)},
        "lines": [
            _("Bonjour %(name)s, nous vous attendons le %(when)s.") % {"name": one.name, "when": when(one.day)},
            _("Ayez votre badge sur votre téléphone, ou dites votre nom à l’accueil."),
            _("Vous ne pouvez plus venir? Annulez maintenant : votre place ira à quelqu’un qui attend."),
        ],
        "links": _mine(one, _("Mon badge, ou annuler")),
    }


def _digest(notice: Notice) -> Said:
    one = notice.registration
    answered, open_ = notice.said.get("answered", 0), notice.said.get("open", 0)
    return {
        "subject": _("Les réponses de la journée : %(title)s") % {"title": title_of(one.day)},
        "lines": [
            _("Merci de votre présence. Voici où en sont les questions de la salle."),
            _("Répondues : %(answered)s. Encore ouvertes : %(open)s; chacune a un responsable et une date.")
            % {"answered": answered, "open": open_},
        ],
        "items": notice.said.get("items", []),
        "links": [(_("Toutes les questions de la journée"), links.public(one.day, language=one.language))],
    }


def _follow(notice: Notice) -> Said:
    one = notice.registration
    link = address("days:follow", links.token_of(one, links.FOLLOW), language=one.language)
    return {
        "subject": _("Qu’avez-vous demandé depuis la journée de %(town)s?") % {"town": one.day.town},
        "lines": [
            _("Bonjour %(name)s, vous étiez à la journée du %(day)s.")
            % {"name": one.name, "day": day_words(one.day.starts)},
            _(
                "Une réponse d’un clic nous dit si elle a servi. Elle n’est montrée qu’en nombre; si vous aimeriez "
                "qu’on vous aide, l’équipe voit qui vous êtes."
            ),
        ],
        "links": [(str(label), f"{link}?r={code}&a={notice.key}") for code, label in FOLLOWED.items()],
    }


_SAYS: dict[str, Callable[[Notice], Said]] = {
    "confirmed": _confirmed,
    "waiting": _waiting,
    "offer": _offer,
    "offer-passed": _offer_passed,
    "offer-gone": _offer_gone,
    "withdrawn": _withdrawn,
    "no-seat": _no_seat,
    "moved": _moved,
    "day-off": _day_off,
    "session-off": _session_off,
    "reminder": _reminder,
    "digest": _digest,
    "follow": _follow,
}
