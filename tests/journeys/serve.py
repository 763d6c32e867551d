"""A site of its own, in a process of its own: ``python -m tests.journeys.serve``.

It does what ``make run`` does, in the folder ``ALLIAGE_DATA``, on a free port of this machine, and says its address on
its first line; :func:`served` starts it. Its clock stands still, until a line of its input gives it another moment: it
then does what is due, as cron would, and says so. It stops when its input closes: with its parent.
"""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parents[2]
NOW = (2026, 11, 26, 9, 30)
NOT_USED = ["ht*-4*", "ext"]  # of htmx, as in `make run`


class Site(str):
    """The address of a site, and its days."""

    process: subprocess.Popen[str]

    def wait_until(self, moment: str) -> None:
        """It is another day (``2026-12-03T08:00``), and the tasks of its night are done."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{moment}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline().strip() == moment, "its tasks failed: see `said.txt`"


@contextlib.contextmanager
def served(data: Path) -> Iterator[Site]:
    """A site that keeps all it has in a folder, for as long as it is needed."""
    said = data / "said.txt"
    with (
        said.open("w+") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.serve"],
            cwd=HOUSE,
            env={**os.environ, "ALLIAGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "tests.journeys.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdin
        assert process.stdout
        address = Site(process.stdout.readline().strip())
        assert address, f"The site did not start:\n{said.read_text()}"
        address.process = process
        yield address
        process.stdin.close()


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.journeys.settings")
    server = prepared()
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)  # noqa: T201 - the one thing it says
    threading.Thread(target=server.run, daemon=True).start()
    for line in sys.stdin:
        live(line.strip())
        print(line.strip(), flush=True)  # noqa: T201 - what who asked waits for
    return 0


def live(moment: str) -> None:
    """It is another moment, and what is due is done."""
    from django.core.management import call_command

    from alliage.hub.ui import day

    now = datetime.fromisoformat(moment).replace(tzinfo=day.HERE)
    day.now = lambda: now
    with contextlib.redirect_stdout(sys.stderr):
        call_command("run_tasks")


def prepared() -> Any:
    """The site, its tables made, its files collected, its pack loaded; ready to serve."""
    import django
    from django.core.management import call_command
    from waitress.server import create_server

    django.setup()
    from alliage.hub.ui import day

    day.now = still
    for command, options in {
        "migrate": {},
        "collectstatic": {"interactive": False, "ignore_patterns": NOT_USED},
        "load_pack": {},
    }.items():
        with contextlib.redirect_stdout(sys.stderr):
            call_command(command, verbosity=0, **options)
    from alliage.hub.config.wsgi import application

    return create_server(application, listen="127.0.0.1:0", threads=4, ident="", max_request_body_size=2_500_000)


def still() -> datetime:
    """The moment at which the clock stands: that of ``now.txt`` of the folder, if a journey wrote one."""
    from alliage.hub.ui import day

    told = Path(os.environ["ALLIAGE_DATA"]) / "now.txt"
    if told.is_file():
        return datetime.fromisoformat(told.read_text()).replace(tzinfo=day.HERE)
    return datetime(*NOW, tzinfo=day.HERE)


if __name__ == "__main__":
    sys.exit(main())
