"""What happens when somebody signs in, or when what protects an account changes."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import Signal, receiver
from django.http import HttpRequest

from alliage.hub.people.actions.registers import audit
from alliage.hub.people.actions.sessions import end_sessions
from alliage.hub.people.devices import device_of
from alliage.hub.people.models import Person
from alliage.hub.people.sessions import DEVICE, PROVED, SINCE
from alliage.hub.ui import day as days


@receiver(user_logged_in, dispatch_uid="people.signed_in")
def signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    """The session knows its device and its beginning; the person was seen."""
    now = days.now()
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    request.session[SINCE] = now.isoformat()
    request.session[PROVED] = days.seconds()
    Person.objects.filter(pk=user.pk).update(last_seen=now, warned=None)
    audit("signed-in", by=user, at=now)


@receiver(user_login_failed, dispatch_uid="people.sign_in_failed")
def sign_in_failed(**_: Any) -> None:
    """A refusal is written down, without what was typed."""
    audit("sign-in-refused", by=None, at=days.now())


@receiver([password_changed, password_set, password_reset], dispatch_uid="people.password")
def password(request: HttpRequest, user: Person, **_: Any) -> None:
    """Who knew the former password is put out."""
    end_sessions(user, but=request.session.session_key or "")
    audit("password-changed", by=user, at=days.now())


@receiver([authenticator_added, authenticator_removed], dispatch_uid="people.second_factor")
def second_factor(request: HttpRequest, user: Person, signal: Signal, **_: Any) -> None:
    """Sessions that never gave it end; who has just set it up has just given it."""
    if signal is authenticator_added:
        record_authentication(request, user, method="mfa")
    end_sessions(user, but=request.session.session_key or "")
    audit("second-factor-changed", by=user, at=days.now())
