"""The answer that the README shows is the answer that the command gives."""

import os
import subprocess
import sys
from itertools import dropwhile

from tests.house.repository import ROOT, blocks

README = ROOT / "README.md"
DAY = "2026-11-26"
COLUMNS = "100"


def test_the_sample_of_the_readme_is_what_match_answers():
    (sample,) = blocks(README, "text")
    shown = [line for line in sample.splitlines() if line.strip() not in ("", "…")]
    assert len(shown) > 10
    command = [sys.executable, "-m", "alliage.cli.main", "match", "examples/extrusion-saguenay.yaml", "--on", DAY]
    surroundings = {name: value for name, value in os.environ.items() if name != "ALLIAGE_LANG"}
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        check=True,
        env={**surroundings, "COLUMNS": COLUMNS, "PYTHONIOENCODING": "utf-8"},
    )
    answered = iter(done.stdout.decode().splitlines())
    missing = [line for line in shown if next(dropwhile(lambda told, line=line: told != line, answered), None) is None]
    assert missing == [], "paste the lines of `COLUMNS=100 make match`, in their order"
