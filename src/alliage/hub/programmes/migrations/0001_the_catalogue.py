"""The tables of the catalogue."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PackLoad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack", models.CharField(max_length=100)),
                ("pack_revision", models.CharField(max_length=12)),
                ("author", models.CharField(max_length=200)),
                ("created", models.DateTimeField()),
                ("counts", models.JSONField()),
            ],
            options={
                "ordering": ("-created", "-id"),
            },
        ),
        migrations.CreateModel(
            name="PackParts",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("content", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.SlugField(max_length=120, primary_key=True, serialize=False)),
                ("retired", models.DateTimeField(blank=True, null=True)),
                ("pack_digest", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Quarantine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_id", models.CharField(max_length=200)),
                ("document", models.JSONField(null=True)),
                ("problems", models.JSONField()),
                ("pack_revision", models.CharField(blank=True, max_length=12)),
                ("created", models.DateTimeField()),
                ("lifted", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-created", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted", None)),
                        fields=("document_id",),
                        name="one_open_quarantine_of_each_document",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Redirect",
            fields=[
                ("old", models.SlugField(max_length=120, primary_key=True, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="redirects", to="programmes.programme"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("source", models.CharField(choices=[("pack", "Pack"), ("hand", "Hand")], max_length=4)),
                ("pack_revision", models.CharField(blank=True, max_length=12)),
                ("author", models.CharField(max_length=200)),
                ("reason", models.TextField(blank=True)),
                ("changes", models.JSONField(default=list)),
                ("created", models.DateTimeField()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "ordering": ("-created", "-id"),
            },
        ),
        migrations.AddField(
            model_name="programme",
            name="current",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.revision"
            ),
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("changed", "Changed"), ("removed", "Removed")], max_length=7)),
                ("document", models.JSONField(null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("pack_revision", models.CharField(max_length=12)),
                ("created", models.DateTimeField()),
                ("settled", models.DateTimeField(blank=True, null=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="programmes.programme"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.revision"
                    ),
                ),
            ],
            options={
                "ordering": ("-created", "-id"),
            },
        ),
        migrations.CreateModel(
            name="CatalogueState",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("pack_revision", models.CharField(max_length=12)),
                ("stamp", models.CharField(max_length=64)),
                ("edited", models.BooleanField()),
                ("changed", models.DateTimeField()),
                (
                    "parts",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.packparts"
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="only_one_state")],
            },
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("programme", "number"), name="one_revision_of_each_number"),
        ),
    ]
