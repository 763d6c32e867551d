"""The one module that speaks to other sites: asks one page, politely, and never an address of the local network.

The address that was checked is the one that is connected to: a name that changes in between leads nowhere else. An
answer has one time for all of it, so that a site that sends a letter a minute holds nobody.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic, sleep  # noqa: TID251 - how long a site takes and rests, not what day it is
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from django.conf import settings

MOST_REDIRECTS = 5
MOST_BYTES = 1_000_000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity"}
_KEPT = "/%?&=;,:@+$!*'()~-._"  # of an address, the signs that stay as they are
_NEVER = frozenset({"scheme", "name", "private"})  # GET would say the same
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered in the end. ``status`` is 0 if nothing did, and ``error`` says why."""

    url: str
    status: int = 0
    error: str = ""
    kind: str = ""
    body: bytes = b""


class _Refused(Exception):
    """An address that is not asked, or an answer that is not one."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Asks pages, one after the other, and lets each host rest ``LINK_PAUSE`` seconds between two requests."""

    _left: dict[str, float] = field(default_factory=dict)  # when each host was last asked

    def ask(self, url: str) -> Answer:
        """HEAD, to follow redirections and know what is dead; then GET, for the words of a page. Never raises."""
        head = _followed("HEAD", url, self)
        if head.status and head.status < 400 and "html" not in head.kind and head.kind:
            return head  # a document: that it answers is enough
        if head.error in _NEVER:
            return head
        return _followed("GET", url, self)  # some sites refuse HEAD, and answer people

    def once(self, method: str, url: str) -> tuple[Answer, str]:
        """One request, once its host has rested: the answer, and where it sends to, if it does."""
        host = urlsplit(url).hostname or ""
        if host in self._left:
            sleep(max(0.0, self._left[host] + settings.LINK_PAUSE - monotonic()))
        try:
            return _once(method, url)
        finally:
            self._left[host] = monotonic()


def ask(url: str) -> Answer:
    """One page alone, as :meth:`Visitor.ask` asks it."""
    return Visitor().ask(url)


def _followed(method: str, url: str, visitor: Visitor) -> Answer:
    at = url
    try:
        for _ in range(MOST_REDIRECTS + 1):
            answer, where = visitor.once(method, at)
            if not where:
                return answer
            at = urljoin(at, where)
    except _Refused as refused:
        return Answer(at, error=str(refused))
    except TimeoutError:
        return Answer(at, error="timeout")
    except ssl.SSLError:
        return Answer(at, error="certificate")
    except (OSError, http.client.HTTPException, ValueError, UnicodeError):
        return Answer(at, error="reset")
    return Answer(at, error="redirects")


def _once(method: str, url: str) -> tuple[Answer, str]:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username:
        raise _Refused("scheme")
    port = parts.port or _PORTS[parts.scheme]
    connection = _connection(parts.scheme, parts.hostname, port)
    try:
        path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_KEPT)
        connection.request(method, path, headers={"User-Agent": settings.LINK_AGENT, **_HEADERS})
        response = connection.getresponse()
        where = response.headers.get("Location", "") if response.status in _REDIRECTS else ""
        body = b"" if where or method == "HEAD" else response.read(MOST_BYTES)
        kind = response.headers.get("Content-Type", "").lower()
        return Answer(url, response.status, kind=kind, body=body), where
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    """A connection to the address that was checked, for the name that was asked."""
    until = monotonic() + settings.LINK_SECONDS
    plain = socket.create_connection(_public(host, port, until), timeout=_left(until))
    kind = http.client.HTTPConnection if scheme == "http" else http.client.HTTPSConnection
    connection: Any = kind(host, port)
    try:
        plain.settimeout(_left(until))
        secure = scheme == "https"
        sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    except OSError:  # a certificate that does not hold, or a host that speaks no TLS
        plain.close()
        raise
    connection.sock = _Timed(sock, until)
    return connection  # type: ignore[no-any-return]  # one of the two above


class _Timed:
    """What ``http.client`` wants of a socket. All that is written and read is before one moment."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until = sock, until

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(_left(self._until))
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._until))

    def close(self) -> None:
        self._sock.close()  # what is being read of it lives on, as with any socket


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until, self._raw = sock, until, sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(_left(self._until))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _left(until: float) -> float:
    """The seconds that are left.

    Raises:
        TimeoutError: none.
    """
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _public(host: str, port: int, until: float) -> tuple[str, int]:
    """Where a name is, if all its addresses are of the public Internet."""
    found = _addresses(host, port, until)
    if not found:
        raise _Refused("name")
    if not settings.LINK_PRIVATE and not all(ipaddress.ip_address(one.partition("%")[0]).is_global for one in found):
        raise _Refused("private")
    return found[0], port


def _addresses(host: str, port: int, until: float) -> list[str]:
    """The addresses of a name; none if it has none.

    The system's own look-up takes no limit of time: it is asked by a thread, which is left behind if it is late.

    Raises:
        TimeoutError: the time of the whole answer is over.
    """
    told: SimpleQueue[list[str]] = SimpleQueue()

    def look() -> None:
        try:
            told.put([str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
        except (OSError, UnicodeError):
            told.put([])

    Thread(target=look, daemon=True).start()
    try:
        return told.get(timeout=_left(until))
    except Empty:
        raise TimeoutError from None
