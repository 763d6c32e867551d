"""Who declined goes to the table of people, under the same key."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def move(apps: Any, _schema: Any) -> None:
    """Those who declined stay declined."""
    there = apps.get_model("people", "NoMore")
    rows = apps.get_model("freshness", "Declined").objects.values_list("key", "since")
    there.objects.bulk_create((there(key=key, since=since) for key, since in rows), ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("freshness", "0005_a_key_for_who_declined"), ("people", "0004_no_more_letters")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop), migrations.DeleteModel("Declined")]
