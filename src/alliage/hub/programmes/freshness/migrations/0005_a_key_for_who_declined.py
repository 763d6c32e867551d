"""The fingerprints of who declined are keyed: a plain one of an e-mail could be guessed from a list of e-mails."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils.crypto import salted_hmac


def key_fingerprints(apps: Any, _schema: Any) -> None:
    """Those who declined so far stay declined: the keyed fingerprint is made from the plain one."""
    model = apps.get_model("freshness", "Declined")
    rows = list(model.objects.values_list("key", "since"))
    model.objects.filter(key__in=[key for key, _since in rows]).delete()
    model.objects.bulk_create(model(key=_keyed(key), since=since) for key, since in rows)


def _keyed(key: str) -> str:
    return salted_hmac("alliage.freshness.declined", key, algorithm="sha256").hexdigest()


class Migration(migrations.Migration):
    dependencies = [("freshness", "0004_what_a_correction_points_to")]

    operations = [migrations.RunPython(key_fingerprints, migrations.RunPython.noop)]
