"""``python -m benchmarks.live_questions``: 500 phones on the live page of a day, against waitress and SQLite in a file.

The site is a process of its own, served as ``make run`` serves it. Each phone keeps its connection and asks, as
``live.js`` does, every second for what it has not seen; some vote all along. For each vote: how long until every phone
has it. For each request: how long it took, seen from the phone. Beside it, on a site at rest: each kind of request, and
an empty page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

HOUSE = Path(__file__).parents[1]
PAGE = HOUSE / "docs" / "performance.md"
BEGIN, END = (
    "<!-- figures of the live page: written by `make benchmark` -->",
    "<!-- end of figures of the live page -->",
)
PHONES, VOTERS, SECONDS, QUESTIONS, EVERY = 500, 60, 30, 20, 1.0
VOTE_EVERY = 12.0  # seconds between two votes of a voter: five votes a second in the room
MEDIAN, SEEN = 0.050, 2.0  # goals
FEED = "/journees/salle/direct/fil/"
LIVE = "/journees/salle/direct/"
ALONE = 200  # requests of each kind on a site at rest


# ------------------------------------------------------------------------------------------------- the site


def serve(folder: str) -> None:
    """A site with one day whose room is open; says its address, and stops when its input closes."""
    os.environ |= {"ALLIAGE_DATA": folder, "DJANGO_SETTINGS_MODULE": "alliage.hub.config.settings"}
    import threading
    from datetime import timedelta

    import django
    from django.conf import settings
    from django.core.management import call_command
    from waitress.server import create_server

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["ht*-4*", "ext"])
    settings.ROOT_URLCONF = "benchmarks.hub_urls"
    from alliage.hub.days.actions import live
    from alliage.hub.days.models import Day, LiveQuestion, Tour
    from alliage.hub.ui import day as days

    now = days.now()
    tour = Tour.objects.create(slug="t", name_fr="Tournée", name_en="Tour", created=now)
    day = Day.objects.create(
        tour=tour, slug="salle", region="qc-r02", town="Saguenay", place="Salle", starts=now, status="open", live=True,
        ends=now + timedelta(hours=8), capacity=500, created=now, changed=now,
    )  # fmt: skip
    for number in range(QUESTIONS):
        asked = live.Asked(f"Question {number} : est-ce que le programme accepte les entreprises de ma taille?", "fr")
        live.moderate(live.ask(day.pk, asked, at=now).pk, state=LiveQuestion.State.SHOWN, by=None, at=now)
    from alliage.hub.config.wsgi import application

    server = create_server(
        application, listen="127.0.0.1:0", threads=8, ident="", connection_limit=PHONES + 100, asyncore_use_poll=True
    )
    print(server.effective_port, flush=True)
    threading.Thread(target=server.run, daemon=True).start()
    sys.stdin.read()


# ------------------------------------------------------------------------------------------------- the phones


@dataclass
class Answer:
    """What a phone got."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Room:
    """What all phones saw."""

    port: int
    took: list[float] = field(default_factory=list)
    votes: dict[int, float] = field(default_factory=dict)  # version → when the voter pressed
    arrivals: list[dict[int, float]] = field(default_factory=list)  # for each phone, version → when it came
    wrong: int = 0


class Phone:
    """One connection, kept; one request at a time."""

    def __init__(self, room: Room) -> None:
        self.room, self.cookies = room, ""
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.room.port)

    async def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        body = urlencode(form).encode() if form else b""
        lines = [f"{'POST' if form else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"]
        lines += [f"Cookie: {self.cookies}"] if self.cookies else []
        lines += [f"Content-Length: {len(body)}", "Content-Type: application/x-www-form-urlencoded"] if form else []
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        status, *fields = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in fields)}
        length = int(headers.get("content-length", 0))
        return Answer(int(status.split()[1]), headers, await self._reader.readexactly(length) if length else b"")

    async def timed(self, path: str, form: dict[str, str] | None = None) -> Answer:
        began = perf_counter()
        answer = await self.ask(path, form)
        self.room.took.append(perf_counter() - began)
        self.room.wrong += answer.status >= 400
        return answer

    async def open(self) -> str:
        """The page, for its key."""
        answer = await self.ask(LIVE)
        self.cookies = answer.headers["set-cookie"].partition(";")[0]
        return re.search(rb'csrfmiddlewaretoken" value="([^"]+)', answer.body)[1].decode()  # type: ignore[index]


async def look(phone: Phone, mine: dict[int, float], *, chance: Random, until: float) -> None:
    """A phone asks again and again, as its page does."""
    version = ""
    await asyncio.sleep(chance.random() * EVERY)
    while perf_counter() < until:
        answer = await phone.timed(f"{FEED}?v={version}")
        if answer.headers.get("x-version", version) != version:
            version = answer.headers["x-version"]
            mine[int(version)] = perf_counter()
        await asyncio.sleep(EVERY * (0.9 + chance.random() * 0.2))


async def vote(phone: Phone, room: Room, *, key: str, chance: Random, until: float) -> None:
    """A voter presses, again and again, for questions that exist."""
    wanted = list(range(1, QUESTIONS + 1))
    chance.shuffle(wanted)
    await asyncio.sleep(chance.random() * VOTE_EVERY)
    while wanted and perf_counter() < until - SEEN - 1:
        pressed = perf_counter()
        answer = await phone.timed(LIVE, {"csrfmiddlewaretoken": key, "vote": str(wanted.pop())})
        if answer.status == 200:
            room.votes[len(room.votes)] = pressed
        await asyncio.sleep(VOTE_EVERY)


async def crowd(room: Room, *, phones: int, seconds: float) -> None:
    chance = Random(7)
    everyone = [Phone(room) for _ in range(phones + VOTERS)]
    for phone in everyone:
        await phone.connect()
    keys = [await phone.open() for phone in everyone[phones:]]  # people opened the page before
    room.arrivals = [{} for _ in range(phones)]
    until = perf_counter() + seconds
    looking = [
        look(phone, mine, chance=Random(chance.random()), until=until)
        for phone, mine in zip(everyone, room.arrivals, strict=False)
    ]
    voting = [
        vote(phone, room, key=key, chance=Random(chance.random()), until=until)
        for phone, key in zip(everyone[phones:], keys, strict=True)
    ]
    await asyncio.gather(*looking, *voting)


async def alone(room: Room) -> dict[str, float]:
    """Seconds of each kind of request on a site at rest, one at a time, in turns: the medians."""
    phone, found = Phone(room), {}
    await phone.connect()
    key = await phone.open()
    version = (await phone.ask(FEED)).headers["x-version"]
    kinds: dict[str, Any] = {
        "an empty page": lambda _: phone.ask("/vide/"),
        "nothing is new": lambda _: phone.ask(f"{FEED}?v={version}"),
        "the questions, drawn already": lambda _: phone.ask(FEED),
        "a vote": lambda turn: phone.ask(
            LIVE, {"csrfmiddlewaretoken": key, "vote": f"{'-' if turn % 2 else ''}{1 + turn // 2 % QUESTIONS}"}
        ),
    }
    took: dict[str, list[float]] = {name: [] for name in kinds}
    for turn in range(ALONE):
        version = (await phone.ask(FEED)).headers["x-version"]
        for name, asked in kinds.items():
            began = perf_counter()
            answer = await asked(turn)
            took[name].append(perf_counter() - began)
            assert answer.status in (200, 204), (name, answer.status)
    for name, times in took.items():
        found[name] = statistics.median(times)
    return found


def delays(room: Room, versions: dict[int, float]) -> list[float]:
    """For each vote, how long until the last phone had a version that holds it."""
    found = []
    for version, pressed in versions.items():
        last = max(
            min((at for seen, at in mine.items() if seen >= version), default=float("inf")) for mine in room.arrivals
        )
        found.append(last - pressed)
    return found


# ------------------------------------------------------------------------------------------------- the run


def main() -> int:
    """Measures, says, and fails if a goal is missed."""
    options = argparse.ArgumentParser()
    options.add_argument("--phones", type=int, default=PHONES)
    options.add_argument("--seconds", type=float, default=SECONDS)
    options.add_argument("--write", action="store_true", help="into docs/performance.md")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.live_questions", "serve", folder],
            cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert server.stdin
        assert server.stdout
        room = Room(int(server.stdout.readline()))
        rest = asyncio.run(alone(room))
        before = json.loads(subprocess.check_output([sys.executable, "-c", VERSION, folder], text=True))
        asyncio.run(crowd(room, phones=chosen.phones, seconds=chosen.seconds))
        server.stdin.close()
        server.wait(timeout=20)
    # votes change the version one by one, in the order in which they were taken
    pressed = sorted(room.votes.values())
    late = delays(room, {before + number: at for number, at in enumerate(pressed, start=1)})
    return say(room, rest, late, phones=chosen.phones, write=chosen.write)


VERSION = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1] + '/alliage.sqlite3'); "
    "print(c.execute('select live_version from days_day').fetchone()[0])"
)


def say(room: Room, rest: dict[str, float], late: list[float], *, phones: int, write: bool) -> int:
    floor = rest["an empty page"]
    took = sorted(room.took)
    median, high = statistics.median(took), took[int(len(took) * 0.95)]
    seen = max(late)
    rows = [
        "| one request, a site at rest | time | beside an empty page |",
        "|---|---:|---:|",
        *(f"| {name} | {seconds * 1000:.1f} ms | {seconds / floor:.2f} × |" for name, seconds in rest.items()),
        "",
        f"| {phones} phones, {len(late)} votes, {len(took):,} requests | | goal |",
        "|---|---:|---:|",
        f"| a request, median | {median * 1000:.0f} ms | < {MEDIAN * 1000:.0f} ms {tick(median < MEDIAN)} |",
        f"| a request, 95th of 100 | {high * 1000:.0f} ms | |",
        f"| a vote on every phone, median | {statistics.median(late):.2f} s | |",
        f"| a vote on every phone, the slowest | {seen:.2f} s | < {SEEN:.0f} s {tick(seen < SEEN)} |",
        f"| requests that failed | {room.wrong} | 0 {tick(not room.wrong)} |",
    ]
    cores, python = os.cpu_count(), platform.python_version()
    head = f"Measured with {cores} cores, which the phones share with the site, Python {python}."
    text = "\n".join([head, "", *rows])
    print(text)
    if write and BEGIN in (page := PAGE.read_text(encoding="utf-8")):
        start, _, rest_of = page.partition(BEGIN)
        _, _, after = rest_of.partition(END)
        PAGE.write_text(f"{start}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    return int(median >= MEDIAN or seen >= SEEN or room.wrong > 0)


def tick(reached: object) -> str:
    return "✓" if reached else "✗"


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2])
    else:
        sys.exit(main())
