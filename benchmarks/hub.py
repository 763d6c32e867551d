"""``python -m benchmarks.hub``: the server's time for the pages of the hub, beside an empty page of the same site.

Two sites, each in a process of its own: the real catalogue, and 5,000 programmes generated from it. In a process, all
pages are asked in turns, through the same WSGI application that ``make run`` serves, as a browser asks them.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from time import process_time
from typing import Any
from urllib.parse import urlencode

HOUSE = Path(__file__).parents[1]
PAGE = HOUSE / "docs" / "performance.md"
BEGIN, END = "<!-- figures of the hub: written by `make benchmark` -->", "<!-- end of figures of the hub -->"
REAL, MANY = 0, 5_000
ROUNDS, IN_A_ROUND, WARM = 15, 8, 30
COMPANY = HOUSE / "examples" / "extrusion-saguenay.yaml"
LIMITS = ("at_least", "at_most", "more_than", "below")
FLOOR, RESULTS = "an empty page", "results, answers never seen"
ANSWER = "one answer, live: results again, answers never seen"
GOALS = {REAL: 3, MANY: 10}


@dataclass
class Found:
    """What a site took: CPU seconds of a page in the median, the queries of each, how heavy each is."""

    programmes: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    queries: dict[str, list[int]] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)


# ---------------------------------------------------------------------------------------------- one site


class Site:
    """The application, asked as a server asks it; it keeps cookies as a browser does."""

    def __init__(self, pack: str) -> None:
        import django
        from django.conf import settings
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["ht*-4*", "ext"])
        call_command("load_pack", pack, verbosity=0, stdout=sys.stderr)
        settings.ROOT_URLCONF = "benchmarks.hub_urls"
        from django.core.wsgi import get_wsgi_application

        self._application = get_wsgi_application()
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: Mapping[str, Any] | None = None, *, live: bool = False) -> tuple[int, bytes]:
        """A page, or what a form gets."""
        path, _, query = path.partition("?")
        body = b""
        if form is not None:
            body = urlencode({**form, "csrfmiddlewaretoken": self.cookies["csrftoken"]}, doseq=True).encode()
        asked = {
            "REQUEST_METHOD": "GET" if form is None else "POST",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_ACCEPT_ENCODING": "gzip, br",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            **({"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "live"} if live else {}),
        }
        said: list[Any] = []
        answer = self._application(asked, lambda status, headers: said.extend((status, headers)))
        content = b"".join(answer)
        answer.close()
        for name, value in said[1]:
            if name.lower() == "set-cookie":
                key, _, rest = value.strip().partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return int(said[0].split()[0]), content

    def post(self, path: str, form: Mapping[str, Any], *, live: bool = False) -> tuple[int, bytes]:
        """A form and the page that it leads to, as a browser follows it."""
        status, content = self.ask(path, form, live=live)
        return self.ask("/trouver/resultats/", live=live) if status == 303 else (status, content)

    def whole_company(self) -> None:
        """Give the answers of a whole company."""
        from alliage.core.vocabulary.profile import read_profile
        from alliage.core.vocabulary.yaml_files import read_yaml
        from alliage.hub.finder.dossier import Dossier
        from alliage.hub.finder.visit import KEY
        from alliage.hub.programmes.queries import current_shelf

        self.ask("/")
        profile = read_profile(read_yaml(COMPANY), vocabulary=current_shelf().catalogue.vocabulary)
        from django.contrib.sessions.backends.signed_cookies import SessionStore

        session = SessionStore()
        session[KEY] = Dossier.of(profile).as_dict()
        session.save()
        self.cookies["session"] = str(session.session_key)


def measure_site(many: int, rounds: int) -> Found:
    """Each page of one site, in turns."""
    with tempfile.TemporaryDirectory(prefix="alliage-benchmark-") as folder:
        os.environ |= {"ALLIAGE_DATA": folder, "DJANGO_SETTINGS_MODULE": "alliage.hub.config.settings"}
        pack = str(generated_pack(Path(folder) / "many", many)) if many else "quebec_aluminium"
        os.environ["ALLIAGE_PACK"] = pack
        site = Site(pack)
        site.whole_company()
        tasks = dict(_tasks(site, Random(7)))
        found = Found(programmes=_programmes())
        for name, run in tasks.items():
            for _ in range(WARM):
                run()
            found.queries[name] = sorted({_queries(run) for _ in range(3)})
            found.bytes[name] = run()
        times: dict[str, list[float]] = {name: [] for name in tasks}
        for turn in range(rounds):
            for name in Random(turn).sample(list(tasks), len(tasks)):
                gc.collect()
                begun = process_time()
                for _ in range(IN_A_ROUND):
                    tasks[name]()
                times[name].append((process_time() - begun) / IN_A_ROUND)
        found.seconds = {name: statistics.median(taken) for name, taken in times.items()}
        return found


def _tasks(site: Site, random: Random) -> Iterator[tuple[str, Any]]:
    """What is asked; each gives the bytes that leave the server."""

    def page(path: str) -> Any:
        def run() -> int:
            status, content = site.ask(path)
            assert status == 200, (path, status)
            return len(content)

        return run

    def new_answers(*, live: bool) -> Any:
        def run() -> int:
            employees, years = random.randint(20, 90), random.randint(1, 60)
            name = "company.revenue"
            typed = str(11_000_000 + employees * 1_000 + years)
            form = {name: typed, f"{name}__here": "1", "then": "results", "do": "answer", "seen": "27"}
            status, content = site.post(f"/trouver/question/{name}/", form, live=live)
            assert status == 200, status
            return len(content)

        return run

    def fresh() -> int:
        """Only the page: its answers are put in the cookie beforehand, by the clock of nobody."""
        site.cookies["session"] = next(sessions)
        status, content = site.ask("/trouver/resultats/")
        assert status == 200, status
        return len(content)

    sessions = _sessions(site, random)
    yield FLOOR, page("/vide/")
    yield RESULTS, fresh
    yield "results, asked again", page("/trouver/resultats/")
    yield ANSWER, new_answers(live=True)
    yield "the start page", page("/")
    yield "the next question", page("/trouver/question/")
    yield "a receipt", page("/trouver/resultats/essor-volet-2/")
    yield "search, one word", page("/programmes/?q=presse")
    yield "a programme", page("/programmes/essor-volet-2/")
    yield "the whole offer", page("/offre/")


def _sessions(site: Site, random: Random) -> Iterator[str]:
    """Cookies of companies that differ, all signed beforehand."""
    from django.contrib.sessions.backends.signed_cookies import SessionStore

    from alliage.hub.finder.visit import KEY

    base = dict(SessionStore(site.cookies["session"]).load()[KEY])
    made = []
    for number in range(WARM + 4 + ROUNDS * IN_A_ROUND * 4):
        answers = dict(base["a"])
        answers["company.employees"] = 5 + number % 300
        answers["company.revenue"] = str(Decimal(random.randint(1_000_000, 40_000_000)))
        answers["company.years_in_operation"] = 1 + number % 50
        session = SessionStore()
        session[KEY] = {**base, "a": answers}
        session.save()
        made.append(str(session.session_key))
    yield from made


def _programmes() -> int:
    from alliage.hub.programmes.queries import current_shelf

    return len(current_shelf().catalogue.programmes)


def _queries(run: Any) -> int:
    """How many queries a page makes."""
    from django.db import connection

    seen = []

    def note(execute: Any, *args: Any) -> Any:
        seen.append(args[0])
        return execute(*args)

    with connection.execute_wrapper(note):
        run()
    return len(seen)


# --------------------------------------------------------------------------------------- many programmes


def generated_pack(folder: Path, many: int) -> Path:
    """The real pack and programmes like its own, each with other limits, until there are that many."""
    import yaml

    from alliage import PACKS
    from alliage.core.vocabulary.yaml_files import read_yaml

    shutil.copytree(PACKS / "quebec_aluminium", folder)
    originals = [read_yaml(file) for file in sorted((folder / "programmes").rglob("*.yaml"))]
    (folder / "programmes" / "generated").mkdir()
    random = Random(5)
    for number in range(many - len(originals)):
        copy = _like(originals[number % len(originals)], random)
        copy["id"] = f"{copy['id'][:60]}-{number}"
        copy["name"] = {lang: f"{words} {number}" for lang, words in copy["name"].items()}
        copy.pop("replaces", None)
        file = folder / "programmes" / "generated" / f"{copy['id']}.yaml"
        file.write_text(yaml.dump(copy, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), allow_unicode=True))
    return folder


def _like(node: Any, random: Random) -> Any:
    """The same document; the limits of its conditions are moved."""
    if isinstance(node, list):
        return [_like(item, random) for item in node]
    if not isinstance(node, dict):
        return node
    condition = "attribute" in node
    return {
        key: max(1, round(value * random.choice((0.5, 0.8, 1, 1.25, 2))))
        if condition and key in LIMITS and isinstance(value, int) and value > 20
        else _like(value, random)
        for key, value in node.items()
    }


# -------------------------------------------------------------------------------------------- both, shown


def main() -> int:
    """Both sites, and the table."""
    options = _options()
    if options.site is not None:
        print(json.dumps(asdict(measure_site(options.site, options.rounds))))
        return 0
    return show({size: _in_a_process(size, options.rounds) for size in (REAL, MANY)}, write=not options.no_write)


def _in_a_process(size: int, rounds: int) -> Found:
    asked = [sys.executable, "-m", "benchmarks.hub", "--site", str(size), "--rounds", str(rounds)]
    said = subprocess.run(asked, cwd=HOUSE, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Found(**json.loads(said.splitlines()[-1]))


def show(found: Mapping[int, Found], *, write: bool) -> int:
    """Print the table, put it in the page; 1 if a goal is missed."""
    text = "\n".join(_lines(found))
    print(text)
    if write and BEGIN in (page := PAGE.read_text(encoding="utf-8")):
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    return 0 if all(_ratio(found[size], RESULTS) <= goal for size, goal in GOALS.items()) else 1


def _ratio(found: Found, name: str) -> float:
    return found.seconds[name] / found.seconds[FLOOR]


def _lines(found: Mapping[int, Found]) -> Iterator[str]:
    real, many = found[REAL], found[MANY]
    yield f"Measured with {os.cpu_count()} cores, Python {platform.python_version()}."
    yield ""
    yield (
        f"| page of the hub | {real.programmes} programmes | beside an empty page | {many.programmes:,} programmes "
        "| beside an empty page | queries | sent |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name in real.seconds:
        cells = [_cells(one, name, GOALS[size] if name == RESULTS else None) for size, one in found.items()]
        queries = sorted({*real.queries[name], *many.queries[name]})
        label = f"**{name}**" if name == RESULTS else name
        yield f"| {label} | {' | '.join(cells)} | {'–'.join(map(str, queries))} | {real.bytes[name] / 1000:.0f} kB |"


def _cells(found: Found, name: str, goal: int | None) -> str:
    ratio = _ratio(found, name)
    mark = "" if goal is None else f" (goal ≤ {goal} × {'✓' if ratio <= goal else '**missed**'})"
    return f"{found.seconds[name] * 1000:.2f} ms | {ratio:.1f} ×{mark}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hub", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how many times each page is measured")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    parser.add_argument("--site", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
