"""The invented day with its wishes, in the database of a served site: ``python -m tests.journeys.meeting_day``.

Says where it is, as JSON: the id of the day, the secret links of a company and of a desk.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parents[2]


def meeting_day(*, data: Path) -> dict[str, str]:
    """Where the day of a site that keeps what it has in a folder is."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.meeting_day"],
        cwd=HOUSE,
        env={**os.environ, "ALLIAGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "tests.journeys.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def made() -> dict[str, Any]:
    """The day, its wishes and a timetable that is not published."""
    from django.conf import settings

    from alliage.hub.days.actions.demonstrating import make_demo as make_day
    from alliage.hub.meetings import links
    from alliage.hub.meetings.actions.demonstrating import make_demo
    from alliage.hub.ui import day as days

    make_day(pack=settings.ALLIAGE_PACK, at=days.now(), days=45)
    plan = make_demo(at=days.now())
    guest, desk = plan.guests.first(), plan.desks.first()
    assert guest is not None
    assert desk is not None
    return {
        "team": f"/equipe/journees/{plan.day.slug}/rencontres/",
        "guest": f"/rencontres/{links.guest_token(guest)}/",
        "company": guest.registration.company,
        "desk": f"/rencontres-bureau/{links.desk_token(desk)}/",
    }


def main() -> int:
    import django

    django.setup()
    from datetime import datetime

    from alliage.hub.ui import day
    from tests.journeys.serve import NOW

    day.now = lambda: datetime(*NOW, tzinfo=day.HERE)
    print(json.dumps(made()))  # noqa: T201 - the one thing it says
    return 0


if __name__ == "__main__":
    sys.exit(main())
