"""Addresses of signing in, signing up and the second factor: views of allauth, under our addresses and our rules.

Their names are those that allauth asks for.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.decorators.http import require_http_methods

from alliage.hub.people.access import METHODS, Role, View, only, public

signed_in = only(Role.MEMBER)


def entering(view: View) -> View:
    """A page for who is not signed in yet, asked for as pages are."""
    return public(require_http_methods(METHODS)(view))


urlpatterns = [
    path("compte/connexion/", entering(account.request_login_code), name="account_request_login_code"),
    path("compte/connexion/code/", entering(account.confirm_login_code), name="account_confirm_login_code"),
    path("compte/connexion/mot-de-passe/", entering(account.login), name="account_login"),
    path("compte/connexion/second-facteur/", entering(mfa.authenticate), name="mfa_authenticate"),
    path("compte/sortir/", entering(account.logout), name="account_logout"),
    path("compte/ferme/", entering(account.account_inactive), name="account_inactive"),
    path("compte/creer/", entering(account.signup), name="account_signup"),
    path("compte/courriel/code/", entering(account.email_verification_sent), name="account_email_verification_sent"),
    path("compte/courriel/", signed_in(account.email), name="account_email"),
    path("compte/mot-de-passe/oublie/", entering(account.password_reset), name="account_reset_password"),
    path(
        "compte/mot-de-passe/oublie/code/",
        entering(account.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "compte/mot-de-passe/oublie/nouveau/",
        entering(account.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        "compte/mot-de-passe/oublie/fait/",
        entering(account.password_reset_from_key_done),
        name="account_password_reset_completed",
    ),
    path("compte/mot-de-passe/", signed_in(account.password_change), name="account_change_password"),
    path("compte/mot-de-passe/choisir/", signed_in(account.password_set), name="account_set_password"),
    path("compte/verifier/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path(
        "compte/verifier/code/",
        signed_in(account.request_reauthentication_code),
        name="account_request_reauthentication_code",
    ),
    path(
        "compte/verifier/code/confirmer/",
        signed_in(account.confirm_reauthentication_code),
        name="account_confirm_reauthentication_code",
    ),
    path("compte/verifier/second-facteur/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("compte/second-facteur/", signed_in(mfa.index), name="mfa_index"),
    path("compte/second-facteur/activer/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("compte/second-facteur/retirer/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("compte/second-facteur/codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "compte/second-facteur/codes/nouveaux/",
        signed_in(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "compte/second-facteur/codes/fichier/",
        signed_in(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
