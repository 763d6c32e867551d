"""What must hold before a site is public: ``python -m alliage.hub.manage check --deploy``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

WANTED = ("organisation", "name", "title", "email")


@register(Tags.security, deploy=True)
def privacy_contact(**_: Any) -> Iterable[CheckMessage]:
    """Law 25 (P-39.1, art. 3.1): the title and contact of the person in charge are on the site."""
    return [
        Error(
            f"The privacy page lacks the {field} of the person in charge of personal information.",
            hint=f"Set ALLIAGE_PRIVACY_{field.upper()}.",
            id="alliage.E001",
        )
        for field in WANTED
        if not settings.PRIVACY[field]
    ]


@register(Tags.security, deploy=True)
def addresses(**_: Any) -> Iterable[CheckMessage]:
    """Whoever writes to the site reaches somebody: an address that is given is one."""
    given = {"ALLIAGE_TEAM_EMAIL": settings.TEAM_EMAIL, "ALLIAGE_PRIVACY_EMAIL": settings.PRIVACY["email"]}
    for variable, address in given.items():
        try:
            if address:
                validate_email(address)
        except ValidationError:
            yield Error(
                f"{variable}={address!r} is not an e-mail address.",
                hint="Write one, such as team@example.org.",
                id="alliage.E002",
            )
