"""JSON Schemas of what Alliage reads and writes: ``python -m alliage.cli.schemas FOLDER``.

``programme.schema.json`` comes from the pydantic model of a programme; ``profile.schema.json`` from the attributes of
the pack that comes with Alliage; ``results.schema.json`` and ``plan.schema.json`` from models that say what
``match --json`` and ``plan --json`` write. ``day.schema.json`` is what ``alliage meetings`` reads, and
``meetings.schema.json`` what it writes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import alliage
from alliage.cli.meetings_schema import MeetingsDocument
from alliage.cli.plan_schema import PlanDocument
from alliage.cli.profile_schema import profile_schema
from alliage.cli.results_schema import ResultsDocument
from alliage.core.catalogue.document import ProgrammeDocument
from alliage.core.meetings.document import DayDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file."""
    return {
        "programme.schema.json": _headed(ProgrammeDocument.model_json_schema(), "A programme of Alliage"),
        "profile.schema.json": _headed(profile_schema(alliage.load_pack().vocabulary), "A profile of Alliage"),
        "plan.schema.json": _headed(PlanDocument.model_json_schema(), "What `alliage plan --json` writes"),
        "day.schema.json": _headed(DayDocument.model_json_schema(), "A day of one-to-one meetings"),
        "meetings.schema.json": _headed(MeetingsDocument.model_json_schema(), "What `alliage meetings --json` writes"),
        "results.schema.json": _headed(ResultsDocument.model_json_schema(), "What `alliage match --json` writes"),
    }


def _headed(schema: dict[str, Any], title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, **schema, "title": title}


def write(folder: Path) -> None:
    """Write every schema in a folder, the same bytes for the same models and pack."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
