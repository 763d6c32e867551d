"""Who wants no more letters goes to the table of people, with a key: a plain fingerprint of an e-mail is guessed."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils.crypto import salted_hmac


def move(apps: Any, _schema: Any) -> None:
    """Those who wanted none want none: the keyed fingerprint is made from the plain one."""
    there = apps.get_model("people", "NoMore")
    rows = apps.get_model("questions", "Stopped").objects.values_list("key", "since")
    there.objects.bulk_create((there(key=_keyed(key), since=since) for key, since in rows), ignore_conflicts=True)


def _keyed(key: str) -> str:
    return salted_hmac("alliage.questions.stopped", key, algorithm="sha256").hexdigest()


class Migration(migrations.Migration):
    dependencies = [("questions", "0004_when_a_notice_left"), ("people", "0004_no_more_letters")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop), migrations.DeleteModel("Stopped")]
