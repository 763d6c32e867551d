"""Where allauth meets this site: its letters go through ours, its words too, and its secrets are enciphered."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliage.hub.people import mail
from alliage.hub.people.models import Person
from alliage.hub.people.sessions import PROVED
from alliage.hub.people.telling import tell
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import UNAVAILABLE
from alliage.hub.ui.errors import kind_page
from alliage.hub.ui.words import language


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_taken": _("Un compte existe déjà avec ce courriel."),
        "email_password_mismatch": _("Ce courriel et ce mot de passe ne vont pas ensemble."),
        "enter_current_password": _("Écrivez votre mot de passe actuel."),
        "incorrect_code": _("Ce n’est pas le bon code. Vérifiez-le dans le dernier courriel reçu."),
        "incorrect_password": _("Ce n’est pas votre mot de passe."),
        "invalid_login": _("Courriel ou code non valable."),
        "invalid_or_expired_key": _("Ce lien n’est plus valable."),
        "rate_limited": _("Attendez un peu avant d’en demander un autre."),
        "select_only_one": _("Choisissez une seule réponse."),
        "same_as_current": _("C’est déjà celui que vous avez."),
        "too_many_login_attempts": _("Trop d’essais. Attendez cinq minutes, puis demandez un nouveau code."),
        "unknown_email": _("Aucun compte n’a ce courriel."),
        "unverified_primary_email": _("Confirmez d’abord votre courriel."),
    }

    def new_user(self, request: HttpRequest) -> Person:  # noqa: ARG002 - allauth gives it
        """A person who comes for the first time, in the language of the page."""
        now = days.now()
        return Person(language=language(), created=now, last_seen=now)

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:  # noqa: ARG002 - allauth gives it
        """What touches the security of an account wants a proof of less than ``ACCOUNT_REAUTHENTICATION_TIMEOUT``.

        Signing in is one.
        """
        oldest = days.seconds() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        proofs: list[float] = [record["at"] for record in get_authentication_records(self.request, self.request.user)]
        newest: float = max([*proofs, self.request.session.get(PROVED, 0)])
        return newest < oldest

    def add_message(self, request: HttpRequest, level: int, *args: Any, message: Any = None, **more: Any) -> None:  # noqa: ARG002 - allauth gives them
        """What allauth refuses before it sends to another page, which says it; the rest is said by our pages."""
        codes = {"too_many_login_attempts": "code-spent", "rate_limited": "code-wait"}
        refused = next((code for name, code in codes.items() if message == self.error_messages[name]), None)
        if refused:
            tell(request, refused)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There is no user name here."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter of allauth, in ours. If it cannot leave, the page says so."""
        person = context.get("user") or Person.objects.filter(email__iexact=email).first()
        said = {name: value for name, value in context.items() if name not in ("request", "user", "ip", "user_agent")}
        try:
            mail.send(
                template_prefix.rpartition("/")[2],
                to=email,
                language=person.language if isinstance(person, Person) else language(),
                context=said,
            )
        except mail.MailNotSent:
            raise ImmediateHttpResponse(kind_page(current.request, UNAVAILABLE)) from None


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Ce n’est pas le bon code. Attendez le suivant, puis essayez de nouveau."),
        "cannot_delete_authenticator": _("Votre rôle demande un second facteur."),
        "unverified_email": _("Confirmez d’abord votre courriel."),
    }

    def encrypt(self, text: str) -> str:
        """The secret as the database keeps it."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret, with the key of today or a former one."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"alliage.second-factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
