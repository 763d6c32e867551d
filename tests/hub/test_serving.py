"""The commands that serve the site, as the Makefile and the documentation write them."""

from __future__ import annotations

import re
import shlex
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from waitress.adjustments import Adjustments
from waitress.server import create_server

MOST_SENT = 2_500_000


def command(file: str) -> list[str]:
    """What follows ``waitress-serve`` in a file."""
    text = Path(file).read_text(encoding="utf-8").replace("\\\n", " ").replace("$(PORT)", "8000")
    found = re.search(r"waitress-serve (.+)", text)
    assert found
    return shlex.split(found[1])


def application(environ: dict[str, Any], start: Any) -> list[bytes]:
    """Says how the visitor came."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.url_scheme"].encode()]


@contextmanager
def served(options: dict[str, Any]) -> Iterator[HTTPConnection]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server: Any = create_server(application, **{**options, "sockets": [free]})
        threading.Thread(target=server.run, daemon=True).start()
        visitor = HTTPConnection(*free.getsockname(), timeout=10)
        yield visitor
        visitor.close()
        server.close()


@pytest.mark.parametrize("file", ["Makefile", "docs/hub.md"])
def test_what_is_enormous_is_refused_before_it_is_written(file: str) -> None:
    options, _ = Adjustments.parse_args(command(file))
    assert int(options["max_request_body_size"]) == MOST_SENT


def test_a_proxy_that_ends_https_is_believed() -> None:
    options, site = Adjustments.parse_args(command("docs/hub.md"))
    assert site == ["alliage.hub.config.wsgi:application"]
    options = {name: value for name, value in options.items() if name not in ("call", "help", "app", "listen")}
    with served(options) as visitor:
        visitor.request("GET", "/", headers={"X-Forwarded-Proto": "https"})
        assert visitor.getresponse().read() == b"https"
