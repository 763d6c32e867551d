"""`alliage match` as a whole process, beside a Python that only imports what the command needs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).parent / "alliage"
PROFILE = ROOT / "examples" / "extrusion-saguenay.yaml"
IMPORTS = [sys.executable, "-c", "import pydantic, yaml, rich, typer"]
MATCH = [str(COMMAND), "match", str(PROFILE)]
TRAP = 'raise SystemExit("NumPy was imported")\n'


@dataclass(frozen=True)
class Startup:
    """Median CPU seconds of whole processes."""

    imports: float
    match: float
    first: float  # with nothing compiled yet


def measure_startup(*, repeats: int) -> Startup | None:
    """Both processes, in turns, once each has run; ``None`` if there is no command or no example yet."""
    if not COMMAND.exists() or not PROFILE.exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        warm, kept = (environment(Path(folder), cache=cache) for cache in ("warm", "kept"))
        for command in (IMPORTS, MATCH):
            process_seconds(command, warm)
        first = process_seconds(MATCH, kept)
        pairs = [(process_seconds(IMPORTS, kept), process_seconds(MATCH, kept)) for _ in range(repeats)]
    imports, match = (sorted(times)[repeats // 2] for times in zip(*pairs, strict=True))
    return Startup(imports, match, first)


def environment(folder: Path, *, cache: str) -> dict[str, str]:
    """Variables for processes that keep their compiled Python, and their compiled pack, in this folder."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "python"), "ALLIAGE_CACHE": str(folder / cache)}


def imports_numpy() -> bool:
    """Whether the command tries to import NumPy: a NumPy of ours, first on the path, would end it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "numpy.py").write_text(TRAP, encoding="utf-8")
        trapped = {**os.environ, "PYTHONPATH": folder, "ALLIAGE_CACHE": folder}
        if (
            subprocess.run(
                [sys.executable, "-c", "import numpy"], env=trapped, check=False, capture_output=True
            ).returncode
            == 0
        ):
            raise RuntimeError("the trap for NumPy does not close")
        done = subprocess.run(MATCH, env=trapped, check=False, capture_output=True, text=True)
        return done.returncode != 0 and "NumPy" in done.stderr


def process_seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """The CPU time of a process and of its children; an error if it fails."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime
