"""What is done to the members of an organisation, by who manages it or by the team."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from alliage.hub.people.access import NotYours, number_of
from alliage.hub.people.actions import inviting
from alliage.hub.people.actions import organisations as actions
from alliage.hub.people.actions.once import once
from alliage.hub.people.form_key import key_of
from alliage.hub.people.views.common import me, page
from alliage.hub.ui import day as days


def act(organisation_id: int, do: str, sent: Mapping[str, str], *, by: Any, by_team: bool = False) -> str:
    """Do what a form asks of a member or of an invitation; the code of what was done.

    Raises:
        NotYours: what it asks does not exist.
        LastMember: the organisation would go too, and the form does not say that this is wanted.
    """
    now = days.now()
    try:
        if do == "revoke":
            actions.revoke(organisation_id, number_of(sent.get("invitation", "")), by=by, at=now)
            return "revoked"
        if do == "remove":
            sure = sent.get("sure") == "yes"
            actions.take_out(organisation_id, number_of(sent.get("person", "")), by=by, at=now, sure=sure)
            return "removed"
        if do == "role":
            person, role = number_of(sent.get("person", "")), sent.get("role", "")
            actions.set_role(organisation_id, person, role=role, by=by, at=now, by_team=by_team)
            return "role-changed"
    except actions.LastManager:
        return "last-manager"
    raise NotYours


def invite_once(request: HttpRequest, organisation_id: int, asked: Mapping[str, Any], *, by_team: bool = False) -> str:
    """Invite, once for all the presses of a form; a code of ``WORDS`` if it could not be done."""

    def do() -> str:
        return inviting.invite(organisation_id, asked, by=me(request), at=days.now(), by_team=by_team)

    return once(key_of(request), at=days.now(), do=do)


def asked_first(request: HttpRequest, organisation: Any, last: actions.LastMember, *, here: str) -> HttpResponse:
    """The page that says what goes with the last member, before it is done."""
    sent = [(name, request.POST.get(name, "")) for name in ("do", "person")]
    missed = "asked" in request.POST
    return page(
        request,
        "people/last_member.html",
        wrong=missed,
        missed=missed,
        organisation=organisation,
        files=last.files,
        sent=sent,
        here=here,
    )
