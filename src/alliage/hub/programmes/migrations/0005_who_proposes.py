"""Whether the author of a proposal was an officer of the provider; of those made before, whether they are one now."""

from typing import Any

from django.db import migrations, models


def tell(apps: Any, _editor: Any) -> None:
    """A proposal of a person who is an officer of its provider."""
    ties = apps.get_model("people", "Membership").objects.filter(role="officer")
    officers = set(ties.values_list("person", "organisation__provider"))
    for row in apps.get_model("programmes", "Proposal").objects.select_related("base"):
        if (row.person_id, (row.base or row).document["provider"]) in officers:
            row.by_provider = True
            row.save(update_fields=["by_provider"])


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_no_field_without_use"),
        ("programmes", "0004_proposals_of_new_programmes"),
    ]

    operations = [
        migrations.AddField(model_name="proposal", name="by_provider", field=models.BooleanField(default=False)),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
