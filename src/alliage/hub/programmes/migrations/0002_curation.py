"""Curation: why and from where a revision, proposals, conflicts with their clashes."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def remember_documents_of_packs(apps: Any, _schema_editor: Any) -> None:
    """The document that the pack gave last, which until now only a revision or a conflict held."""
    of = {name: apps.get_model("programmes", name) for name in ("Programme", "Revision", "Conflict")}
    for programme in of["Programme"].objects.exclude(pack_digest=""):
        for name in ("Revision", "Conflict"):
            given = of[name].objects.filter(programme=programme, digest=programme.pack_digest).first()
            if given is not None:
                programme.pack_document = given.document
                programme.save(update_fields=["pack_document"])
                break


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0001_the_catalogue"),
    ]

    operations = [
        migrations.AddField(
            model_name="conflict",
            name="clashes",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="conflict",
            name="problems",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="conflict",
            name="settled_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="programme",
            name="pack_document",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="programme",
            name="retired_by_hand",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="programme",
            name="retired_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="revision",
            name="event",
            field=models.CharField(
                choices=[("written", "Written"), ("retired", "Retired"), ("restored", "Restored")],
                default="written",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="page",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="revision",
            name="read",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="revision",
            name="source",
            field=models.CharField(choices=[("pack", "Pack"), ("hand", "Hand"), ("merge", "Merge")], max_length=8),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.JSONField()),
                ("changes", models.JSONField(default=list)),
                ("author", models.CharField(max_length=200)),
                ("reason", models.TextField()),
                ("page", models.CharField(max_length=1000)),
                ("read", models.DateField()),
                ("created", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("scheduled", "Scheduled"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("publish_on", models.DateField(blank=True, null=True)),
                ("decided", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("answer", models.TextField(blank=True)),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.revision"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="programmes.programme"
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="programmes.revision",
                    ),
                ),
            ],
            options={
                "ordering": ("-created", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ProposalComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("replaced", models.JSONField(null=True)),
                ("created", models.DateTimeField()),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="programmes.proposal"
                    ),
                ),
            ],
            options={
                "ordering": ("created", "id"),
            },
        ),
        migrations.RunPython(remember_documents_of_packs, migrations.RunPython.noop),
    ]
