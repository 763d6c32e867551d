"""What must hold before a site with accounts is public: ``python -m alliage.hub.manage check --deploy``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def mail_leaves(**_: Any) -> Iterable[CheckMessage]:
    """Nobody can sign in to a site that writes to nobody."""
    if not settings.EMAIL.host:
        yield Error(
            "No mail server: codes, invitations and alerts stay in a folder.",
            hint="Set ALLIAGE_EMAIL_URL, such as smtp+tls://user:password@mail.example.org:587.",
            id="alliage.E003",
        )
    elif settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        yield Error(
            "Letters have no sender.",
            hint="Set ALLIAGE_EMAIL_FROM, such as Alliage <alliage@example.org>.",
            id="alliage.E004",
        )


@register(Tags.security, deploy=True)
def second_factor(**_: Any) -> Iterable[CheckMessage]:
    """Officers, the team and administrators have two factors on a public site."""
    if not settings.SECOND_FACTOR:
        yield Error(
            "Officers, the team and administrators may sign in without a second factor.",
            hint="Take ALLIAGE_SECOND_FACTOR out of the environment, or set it to 1.",
            id="alliage.E005",
        )
