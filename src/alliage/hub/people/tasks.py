"""Tasks of this room, and how tasks of every room are run: by one command, for cron."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker

from alliage.hub.people.actions import forgetting
from alliage.hub.people.models import LastRun
from alliage.hub.people.periodic import Periodic
from alliage.hub.ui import day as days


@task()
def forget() -> dict[str, int]:
    """Delete what is kept no longer."""
    return forgetting.forget(now=days.now())


def periodic() -> list[Periodic]:
    """What rooms ask to be done again and again."""
    return [one for config in apps.get_app_configs() for one in getattr(config, "periodic", ())]


def enqueue_due(*, now: datetime) -> list[str]:
    """Ask for what is due, each once even if two processes look at the same time; the names of what was asked."""
    return [one.name for one in periodic() if _claimed(one, now)]


@transaction.atomic
def _claimed(one: Periodic, now: datetime) -> bool:
    """Whether this process is the one that asks for it."""
    LastRun.objects.get_or_create(name=one.name, defaults={"at": now - one.every})
    if not LastRun.objects.filter(name=one.name, at__lte=now - one.every).update(at=now):
        return False
    wanted: Any = import_string(one.task)
    wanted.enqueue()
    return True


def work() -> None:
    """Do what was asked until nothing is left. Two processes that work at once never do the same task."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    ).run()
