"""When a letter left: one that was claimed and never left is sent by a later run."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import F


def sent(apps: Any, _editor: Any) -> None:
    """What was claimed until now is taken for sent: nobody is written to again."""
    apps.get_model("questions", "Notice").objects.update(sent=F("at"))


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("questions", "0003_the_organisation_asked")]

    operations = [
        migrations.AddField("notice", "sent", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(sent, migrations.RunPython.noop, elidable=True),
    ]
