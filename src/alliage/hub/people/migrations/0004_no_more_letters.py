"""Who wants no more letters of a purpose: one table, which days, questions and freshness fill from theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_no_field_without_use")]

    operations = [
        migrations.CreateModel(
            name="NoMore",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
            ],
        ),
    ]
