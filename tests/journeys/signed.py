"""Someone who is signed in, made in the database of a served site: ``python -m tests.journeys.signed team``.

Says the key of their session. ``officer:<provider>`` is an officer of a provider; ``member``, somebody of a company.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def session_of(who: str, *, data: Path) -> str:
    """The key of a session of somebody of a site that keeps what it has in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.signed", who],
        cwd=HOUSE,
        env={**os.environ, "ALLIAGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "tests.journeys.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def main() -> int:
    import django

    django.setup()
    from datetime import datetime, timedelta

    from django.conf import settings

    from alliage.hub.people.models import Duty, MemberRole, SignedIn
    from alliage.hub.ui import day
    from tests.hub.people.actors import join, make_organisation, make_person, sign_in
    from tests.journeys.serve import NOW

    day.now = lambda: datetime(*NOW, tzinfo=day.HERE)
    role, _, provider = sys.argv[1].partition(":")
    duty = {"team": Duty.TEAM}.get(role, Duty.NONE)
    name = {"team": "Équipe", "officer": "Agente", "member": "Ana"}[role]
    person = make_person(f"{role}@example.org", name=name, duty=duty)
    if provider:
        join(person, make_organisation(f"org-{provider}", provider=provider), MemberRole.OFFICER)
    key = sign_in(person).cookies[settings.SESSION_COOKIE_NAME].value
    SignedIn.objects.filter(session_key=key).update(expire_date=day.now() + timedelta(days=400))  # whatever day it is
    print(key)  # noqa: T201 - the one thing it says
    return 0


if __name__ == "__main__":
    sys.exit(main())
