"""What days do by themselves."""

from __future__ import annotations

from django_tasks import task

from alliage.hub.days.actions import closing, inviting, notices, registering, reminding
from alliage.hub.ui import day as days


@task()
def seats() -> dict[str, int]:
    """Pass on the seats whose offer ended, and send what is to be told."""
    now = days.now()
    return {"offered": registering.pass_on_everywhere(at=now), "sent": notices.send_due(at=now)}


@task()
def letters() -> dict[str, int]:
    """Remind, ask what followed, send invitations and digests."""
    now = days.now()
    written = reminding.remind(at=now) + closing.follow_up(at=now) + closing.digest_again(at=now)
    return {
        "written": written,
        "sent": notices.send_due(at=now),
        "invited": inviting.send_due(at=now) + inviting.remind(at=now),
    }
