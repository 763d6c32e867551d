"""Letters that leave once, as those of other rooms; an escalation is written to each manager on their own."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from alliage.hub.ui import day as days

_SENDING = models.DateTimeField(blank=True, null=True)
_NOTICES = [
    ("transmitted", "Transmitted"), ("reminder", "Reminder"), ("escalation", "Escalation"), ("silence", "Silence"),
    ("ended", "Ended"), ("catalogued", "Catalogued"),
]  # fmt: skip
_MOVES = [
    ("asked", "Asked"), ("routed", "Routed"), ("taken", "Taken"), ("declined", "Declined"), ("promised", "Promised"),
    ("answered", "Answered"), ("helpless", "Helpless"), ("unreachable", "Unreachable"), ("followed-up", "Followed Up"),
    ("catalogued", "Catalogued"), ("satisfied", "Satisfied"), ("unsatisfied", "Unsatisfied"),
    ("escalated", "Escalated"), ("abandoned", "Abandoned"), ("merged", "Merged"), ("withdrawn", "Withdrawn"),
    ("archived", "Archived"),
]  # fmt: skip


def sent(apps: Any, _editor: Any) -> None:
    """The digests that were written down were sent."""
    apps.get_model("questions", "Digest").objects.update(sent=days.now())


class Migration(migrations.Migration):
    """The columns of a letter that leaves once."""

    dependencies = [
        ("questions", "0005_who_stopped_with_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions("notice", {"ordering": ("created", "id")}),
        migrations.RenameField("notice", "at", "created"),
        migrations.AddField("notice", "sending", _SENDING),
        migrations.AddField(
            "notice",
            "to",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField("notice", "kind", models.CharField(choices=_NOTICES, max_length=11)),
        migrations.RemoveConstraint("notice", "no_notice_of_a_question_twice"),
        migrations.AddConstraint(
            "notice",
            models.UniqueConstraint(
                fields=("question", "kind", "round"), condition=Q(to=None), name="no_notice_of_a_question_twice"
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.UniqueConstraint(fields=("question", "kind", "round", "to"), name="no_manager_is_told_twice"),
        ),
        migrations.AlterField("move", "what", models.CharField(choices=_MOVES, max_length=11)),
        migrations.AddField("digest", "sending", _SENDING),
        migrations.AddField("digest", "sent", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(sent, migrations.RunPython.noop, elidable=True),
    ]
