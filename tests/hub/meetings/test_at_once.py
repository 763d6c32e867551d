"""Several people at once, on a real database file: nobody is in two places, and a decision is taken once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.hub.meetings.at_once import AT_ONCE

ROOT = Path(__file__).resolve().parents[3]


def test_a_decision_is_taken_once_and_a_free_slot_has_one_meeting(tmp_path: Path):
    surroundings = {
        **os.environ,
        "ALLIAGE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "alliage.hub.config.settings",
    }
    surroundings.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.hub.meetings.at_once"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert sorted(said["accepted"]) == ["decided"] * (AT_ONCE - 1) + ["done"]
    assert said["sequence"] == 1
    assert sorted(said["given"]) == ["done"] + ["taken"] * (AT_ONCE - 1)
    assert said["held"] == 1
