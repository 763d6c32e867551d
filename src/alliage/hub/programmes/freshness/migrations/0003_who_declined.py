"""Who declined is kept by a fingerprint, apart from the requests."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import migrations, models


def keep_fingerprints(apps: Any, _schema: Any) -> None:
    """Those who declined so far stay declined."""
    rows = apps.get_model("freshness", "Request").objects.exclude(declined=None).values_list("email", "declined")
    known = {hashlib.sha256(email.encode()).hexdigest(): since for email, since in rows}
    model = apps.get_model("freshness", "Declined")
    model.objects.bulk_create(model(key=key, since=since) for key, since in known.items())


class Migration(migrations.Migration):
    dependencies = [("freshness", "0002_the_links")]

    operations = [
        migrations.CreateModel(
            name="Declined",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(keep_fingerprints, migrations.RunPython.noop),
        migrations.RemoveField(model_name="request", name="declined"),
    ]
