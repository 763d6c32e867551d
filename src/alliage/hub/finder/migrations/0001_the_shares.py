"""The answers that a person asked us to keep, behind a link."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The first table of the finder."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SharedProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=64, unique=True, verbose_name="empreinte du lien")),
                ("secret", models.CharField(max_length=64, verbose_name="empreinte de la clé")),
                ("answers", models.JSONField(verbose_name="réponses")),
                (
                    "programmes",
                    models.JSONField(
                        help_text="Leur nom, pour dire ce qui a été retiré depuis.", verbose_name="programmes montrés"
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="langue")),
                ("created", models.DateTimeField(verbose_name="créé le")),
                ("expires", models.DateTimeField(db_index=True, verbose_name="expire le")),
            ],
            options={"verbose_name": "partage", "verbose_name_plural": "partages", "ordering": ("-created",)},
        ),
    ]
