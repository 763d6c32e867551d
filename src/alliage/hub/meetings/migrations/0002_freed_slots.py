"""The slots that meetings left are kept on their plan: until now only those of lost meetings were known."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def from_lost_meetings(apps: Any, _schema: Any) -> None:
    """What was offered before is still offered."""
    for plan in apps.get_model("meetings", "MeetingPlan").objects.filter(state="published"):
        lost = apps.get_model("meetings", "Meeting").objects.filter(guest__plan=plan, state="off")
        plan.freed = [list(one) for one in sorted(set(lost.values_list("desk_id", "slot__number")))]
        plan.save(update_fields=("freed",))


class Migration(migrations.Migration):
    """``MeetingPlan.freed``."""

    dependencies = [("meetings", "0001_the_meetings")]
    operations = [
        migrations.AddField("meetingplan", "freed", models.JSONField(default=list)),
        migrations.RunPython(from_lost_meetings, migrations.RunPython.noop),
    ]
