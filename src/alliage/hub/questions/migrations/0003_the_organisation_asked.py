"""A desk is where an agency sits on a day; who answers for a question is an organisation, and is called so."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """``desk`` becomes ``organisation_asked``."""

    dependencies = [("questions", "0002_the_notices")]
    operations = [
        migrations.RemoveIndex("question", "questions_by_desk"),
        migrations.RenameField("question", "desk", "organisation_asked"),
        migrations.RenameField("move", "desk", "organisation_asked"),
        migrations.AddIndex(
            "question", models.Index(fields=["organisation_asked", "state"], name="questions_by_organisation")
        ),
    ]
