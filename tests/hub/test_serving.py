"""The commands that serve the site, as the Makefile and the documentation write them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from waitress.adjustments import Adjustments
from waitress.proxy_headers import proxy_headers_middleware

MOST_SENT = 2_500_000


def command(file: str) -> list[str]:
    """What follows ``waitress-serve`` in a file."""
    text = Path(file).read_text(encoding="utf-8").replace("\\\n", " ").replace("$(PORT)", "8000")
    found = re.search(r"waitress-serve (.+)", text)
    assert found
    return shlex.split(found[1])


@pytest.mark.parametrize("file", ["Makefile", "docs/hub.md"])
def test_what_is_enormous_is_refused_before_it_is_written(file: str) -> None:
    options, _ = Adjustments.parse_args(command(file))
    assert int(options["max_request_body_size"]) == MOST_SENT


def test_a_proxy_that_ends_https_and_says_who_asks_is_believed() -> None:
    """Attempts to sign in are slowed down by the address of who asks, which only the proxy knows."""
    options, site = Adjustments.parse_args(command("docs/hub.md"))
    assert site == ["alliage.hub.config.wsgi:application"]
    kept = Adjustments(**{name: value for name, value in options.items() if name not in ("call", "help", "app")})
    seen: list[tuple[str, str]] = []

    def application(environ: dict[str, Any], _start: object) -> list[bytes]:
        seen.append((environ["wsgi.url_scheme"], environ["REMOTE_ADDR"]))
        return []

    believing = proxy_headers_middleware(
        application,
        trusted_proxy=kept.trusted_proxy,
        trusted_proxy_count=kept.trusted_proxy_count,
        trusted_proxy_headers=kept.trusted_proxy_headers,
        clear_untrusted=kept.clear_untrusted_proxy_headers,
    )
    for proxy in ("127.0.0.1", "203.0.113.9"):
        told = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "198.51.100.7"}
        believing({"REMOTE_ADDR": proxy, "wsgi.url_scheme": "http", **told}, None)
    assert seen == [("https", "198.51.100.7"), ("http", "203.0.113.9")], "its own proxy alone"
