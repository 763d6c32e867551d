"""The day: the one place where the hub reads the clock, and the day that a person asked about (``?on=``)."""

from __future__ import annotations

from contextvars import ContextVar, Token
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic, time  # noqa: TID251 - as in `now`: the hub reads the clock here, and nowhere else
from urllib.parse import urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from alliage.core.vocabulary.days import read_day

HERE = ZoneInfo("America/Toronto")
PARAMETER = "on"


@dataclass(frozen=True, slots=True)
class AskedDay:
    """The day of a page. ``refused`` is what was typed, if it is not a day that can be used."""

    on: date
    is_today: bool
    refused: str | None = None


_asked: ContextVar[AskedDay | None] = ContextVar("asked_day", default=None)


def now() -> datetime:
    """This moment, where the companies are."""
    return datetime.now(HERE)  # noqa: TID251 - the hub reads the clock here, and nowhere else


def passing() -> float:
    """Seconds that pass, from no moment in particular: to give a request so many of them."""
    return monotonic()


def seconds() -> float:
    """This moment as libraries write it: seconds since 1970. It is compared with what they wrote, and shown nowhere."""
    return time()


def today() -> date:
    """Today, where the companies are."""
    return local_day(now())


def local_day(moment: datetime) -> date:
    """The day of a stored moment, where the companies are: the database keeps moments in UTC."""
    return moment.astimezone(HERE).date() if moment.tzinfo else moment.date()


def asked_day(typed: str | None) -> AskedDay:
    """The day of a page, from its address."""
    current = today()
    if not typed:
        return AskedDay(current, is_today=True)
    day = read_day(typed)
    if day is None:
        return AskedDay(current, is_today=True, refused=typed[:40])
    return AskedDay(day, is_today=day == current)


def remember(asked: AskedDay) -> Token[AskedDay | None]:
    """Keeps the day of the request, for the templates' links, until :func:`forget`."""
    return _asked.set(asked)


def forget(before: Token[AskedDay | None]) -> None:
    """Goes back to what :func:`remember` found: the next visitor of this thread has a day of their own."""
    _asked.reset(before)


def asked() -> AskedDay:
    """The day of the page that is being made."""
    return _asked.get() or asked_day(None)


def keep_on(address: str) -> str:
    """An address that keeps the day of the page, unless it is today or the address already says one."""
    asked = _asked.get()
    if asked is None or asked.is_today:
        return address
    parts = urlsplit(address)
    if parts.netloc or f"{PARAMETER}=" in parts.query:
        return address
    query = "&".join(filter(None, (parts.query, urlencode({PARAMETER: asked.on.isoformat()}))))
    return urlunsplit(parts._replace(query=query))
