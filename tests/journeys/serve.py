"""A site of its own, in a process of its own: ``python -m tests.journeys.serve``.

It does what ``make run`` does, in the folder ``ALLIAGE_DATA``, on a free port of this machine, and says its address on
its first line. Its clock stands still. It stops with the process that started it (when its input closes).
"""

import contextlib
import os
import sys
import threading
from datetime import datetime
from typing import Any

NOW = (2026, 11, 26, 9, 30)
NOT_USED = ["ht*-4*", "ext"]  # of htmx, as in `make run`


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.journeys.settings")
    server = prepared()
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)  # noqa: T201 - the one thing it says
    threading.Thread(target=server.run, daemon=True).start()
    sys.stdin.read()
    return 0


def prepared() -> Any:
    """The site, its tables made, its files collected, its pack loaded; ready to serve."""
    import django
    from django.core.management import call_command
    from waitress.server import create_server

    django.setup()
    from alliage.hub.ui import day

    day.now = lambda: datetime(*NOW, tzinfo=day.HERE)
    for command, options in {
        "migrate": {},
        "collectstatic": {"interactive": False, "ignore_patterns": NOT_USED},
        "load_pack": {},
    }.items():
        with contextlib.redirect_stdout(sys.stderr):
            call_command(command, verbosity=0, **options)
    from alliage.hub.config.wsgi import application

    return create_server(application, listen="127.0.0.1:0", threads=4, ident="")


if __name__ == "__main__":
    sys.exit(main())
