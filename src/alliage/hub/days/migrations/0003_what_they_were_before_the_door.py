"""A check-in keeps where somebody stood before it, so that one that is undone gives it back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("days", "0002_who_declined_with_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="was",
            field=models.CharField(blank=True, max_length=9),
        ),
        migrations.AddField(
            model_name="attendance",
            name="was_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
