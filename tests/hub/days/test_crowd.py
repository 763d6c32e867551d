"""N seats never make N + 1 confirmed, whatever arrives at once: real threads, a real file."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.house.repository import ROOT

PEOPLE, SEATS = 500, 60
EXACT = f"confirmed {SEATS} waiting {PEOPLE - SEATS} numbers True offered 20 held {SEATS} twice 0 order True []"


def crowds(times: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.hub.days.crowd", str(PEOPLE), str(SEATS), str(times)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_of_500_who_register_at_once_exactly_as_many_as_there_are_seats_have_one() -> None:
    assert crowds(1) == [EXACT]


@pytest.mark.long
def test_the_same_50_times() -> None:
    assert crowds(50) == [EXACT] * 50
