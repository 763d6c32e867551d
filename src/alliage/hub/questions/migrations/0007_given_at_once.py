"""A question has an owner as soon as it is kept: none is only « received »."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

_STATES = [
    ("routed", "Routed"), ("taken", "Taken"), ("promised", "Promised"), ("answered", "Answered"),
    ("helpless", "Helpless"), ("unreachable", "Unreachable"), ("abandoned", "Abandoned"), ("merged", "Merged"),
    ("withdrawn", "Withdrawn"), ("archived", "Archived"),
]  # fmt: skip


def given(apps: Any, _editor: Any) -> None:
    """None is expected: asking gives a question an owner in the same transaction."""
    apps.get_model("questions", "Question").objects.filter(state="received").update(state="routed")


class Migration(migrations.Migration):
    """One state less."""

    dependencies = [("questions", "0006_letters_once")]

    operations = [
        migrations.RunPython(given, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("question", "state", models.CharField(choices=_STATES, default="routed", max_length=11)),
    ]
