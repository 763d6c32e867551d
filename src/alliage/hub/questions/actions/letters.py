"""The letters about a question: to its owner, to the owner's organisation, to who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator
from django.utils.timezone import localdate

from alliage.hub.people.links import address
from alliage.hub.people.mail import send
from alliage.hub.people.models import MemberRole, Membership
from alliage.hub.programmes.queries.contacts import contact_of
from alliage.hub.programmes.queries.speaking import Speech
from alliage.hub.programmes.queries.stored import current_shelf
from alliage.hub.questions.links import office_token, token_of
from alliage.hub.questions.models import Move, Office, Question
from alliage.hub.questions.queries.about import organisation_name, programme_name
from alliage.hub.ui.contact import team_address

LONGEST_QUOTE = 600  # signs of a question in a letter; the rest is on its page


@dataclass(frozen=True, slots=True)
class To:
    """Whom a letter is for."""

    email: str
    language: str


def asker(question: Question) -> To | None:
    """Who asked, if they agreed to be written to about this question."""
    if question.agreed is None:
        return None
    if question.person is not None:
        return To(question.person.email, question.person.language) if question.person.is_active else None
    return To(question.email, question.language) if question.email else None


def owner(question: Question) -> To | None:
    """Who is to answer: the officer, the shared box, or the team; nothing if the site has no address of the team."""
    if question.officer is not None:
        return To(question.officer.email, question.officer.language)
    if question.organisation_asked_id is not None:
        box = Office.objects.filter(organisation=question.organisation_asked_id).first()
        return To(box.email, box.language) if box else None
    return To(team_address(), "fr") if team_address() else None


def transmit(question: Question) -> bool:
    """To its owner: here is a question. Whether it left."""
    to = owner(question)
    if to is None:
        return False
    told = _to_owner(question, to)
    send("question_transmitted", **{**told, "context": {**told["context"], "added": _added(question)}})
    return True


def _added(question: Question) -> str:
    """What who asked added last."""
    last = question.moves.filter(what=Move.What.FOLLOWED_UP).last()
    return Truncator(last.why).chars(LONGEST_QUOTE) if last else ""


def remind(question: Question) -> bool:
    """To its owner: it still waits."""
    to = owner(question)
    if to is None:
        return False
    send("question_reminder", **_to_owner(question, to))
    return True


def _to_owner(question: Question, to: To) -> dict[str, Any]:
    return {
        "to": to.email,
        "language": to.language,
        "context": _about(question, to, link=_work(question, to)),
    }


def _work(question: Question, to: To) -> str:
    """Where its owner answers it: their page, or for a shared box, which has no account, a secret link."""
    if question.officer_id is None and question.organisation_asked_id is not None:
        return address("questions:office", office_token(question), language=to.language)
    return address("questions:question", question.pk, language=to.language)


def escalation_of(question: Question) -> dict[int | None, To]:
    """Whom of the owner's organisation to write to: its managers, by their number, and its shared box (``None``)."""
    if question.organisation_asked is None:
        return {}
    ties = Membership.objects.filter(
        organisation=question.organisation_asked, role=MemberRole.MANAGER, person__is_active=True
    ).select_related("person")
    known: dict[int | None, To] = {tie.person_id: To(tie.person.email, tie.person.language) for tie in ties}
    box = Office.objects.filter(organisation=question.organisation_asked).first()
    return known | ({None: To(box.email, box.language)} if box and question.officer_id else {})


def escalate(question: Question, to: To | None) -> bool:
    """To one of the owner's organisation: nobody has answered."""
    if to is None:
        return False
    context = _about(question, to, link=address("questions:office", office_token(question), language=to.language))
    send("question_escalated", to=to.email, language=to.language, context=context)
    return True


def tell_silence(question: Question) -> bool:
    """To who asked: nobody has answered yet, what is done about it, and whom to call."""
    to = asker(question)
    if to is None:
        return False
    send("question_silence", **_to_asker(question, to))
    return True


def tell_end(question: Question) -> bool:
    """To who asked: how it ended."""
    to = asker(question)
    if to is None:
        return False
    send("question_ended", **_to_asker(question, to))
    return True


def tell_catalogued(question: Question) -> bool:
    """To who asked: the programme was changed by the answer."""
    to = asker(question)
    if to is None:
        return False
    more = address("programmes:detail", question.programme, language=to.language) if question.programme else ""
    said = _to_asker(question, to)
    send("question_catalogued", **{**said, "context": {**said["context"], "programme_link": more}})
    return True


def _to_asker(question: Question, to: To) -> dict[str, Any]:
    token = token_of(question)
    last = question.moves.filter(what=question.state).last()
    said = {"state": question.state, "answer": last.why if last else ""}
    return {
        "to": to.email,
        "language": to.language,
        "context": {**_about(question, to, link=address("questions:mine", token, language=to.language)), **said},
        "unsubscribe": address("questions:stop", token, language=to.language),
    }


def _about(question: Question, to: To, *, link: str) -> dict[str, Any]:
    """What every letter about a question says of it."""
    speech = Speech(current_shelf(), lang=to.language)
    with translation.override(to.language):
        contact = contact_of(question.programme, speech=speech)
    return {
        "text": Truncator(question.text).chars(LONGEST_QUOTE),
        "name": programme_name(question.programme, speech=speech),
        "organisation": organisation_name(question, speech=speech),
        "asked": localdate(question.since),
        "given": localdate(question.transmitted),
        "escalation": localdate(question.transmitted) + timedelta(days=settings.QUESTION_CLOCK["risk"]),
        "at_risk": question.at_risk,
        "link": link,
        "contact": contact,
        "team": team_address(),
    }
