"""The watch of links, against a real server of this machine that dies, moves, changes and comes back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any

import pytest
from django.core.management import call_command

from alliage.hub.programmes.actions import Loaded
from alliage.hub.programmes.freshness import network
from alliage.hub.programmes.freshness.actions import watching
from alliage.hub.programmes.freshness.models import Link, Review
from alliage.hub.programmes.freshness.pages_read import became_home, read, says_gone
from alliage.hub.programmes.freshness.tasks import links
from alliage.hub.programmes.queries import current_catalogue
from alliage.hub.ui import day
from alliage.hub.ui.asked import fingerprint
from tests.hub.programmes.freshness.conftest import C3I, DAY

pytestmark = pytest.mark.django_db
PAGE = "<title>Credit</title><nav>{nav}</nav><main>Up to {rate} %<script>var t={nav}</script></main>"


class Site:
    """What a site answers, by path: a status, a type, a body, more headers."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str, str, dict[str, str]]] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.url = ""

    def page(self, path: str, body: str = "", *, status: int = 200, kind: str = "text/html", **headers: str) -> str:
        self.pages[path] = (status, kind, body, headers)
        return self.url + path


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.LINK_PRIVATE, settings.LINK_PAUSE, settings.LINK_SECONDS = True, 0, 2
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            made.asked.append((self.command, self.path, self.headers["User-Agent"]))
            status, kind, body, headers = made.pages.get(self.path, (404, "text/html", "", {}))
            if self.command == "HEAD" and "no_head" in headers:
                status = 405
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if "location" in headers:
                self.send_header("Location", headers["location"])
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body.encode())

        do_GET = do_HEAD = answer  # noqa: N815 - the server's names

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def cited(db: None, load: Callable[[], Loaded], site: Site, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: ARG001
    """The one address that the credit cites."""
    load()
    url = site.page("/programs/credit", PAGE.format(nav=1, rate=25))
    key = fingerprint(url)
    monkeypatch.setattr(watching, "addresses", lambda: {key: (url, (C3I,))})
    return url


def look(days: float = 0) -> list[str]:
    """Looks on a later day; the reasons of the reviews that are open then."""
    watching.watch(at=day.now() + days * DAY)
    return list(Review.objects.filter(closed=None).values_list("reason", flat=True))


@pytest.mark.usefixtures("cited")
def test_a_page_that_answers_is_looked_at_once_a_week_by_name(site: Site, settings: Any) -> None:
    assert look() == []
    first = len(site.asked)
    assert [method for method, _path, _agent in site.asked] == ["HEAD", "GET"]
    assert {agent for _method, _path, agent in site.asked} == {settings.LINK_AGENT}
    assert look(6.9) == []
    assert len(site.asked) == first
    assert look(7) == []
    assert len(site.asked) == 2 * first


@pytest.mark.usefixtures("cited")
def test_a_page_is_dead_after_two_days_and_recovers_by_itself(site: Site) -> None:
    look()
    whole = site.pages.pop("/programs/credit")
    assert look(7) == []
    assert look(7.1) == []
    assert look(8) == ["dead"]
    assert look(9) == ["dead"]
    review = Review.objects.get()
    assert (review.seen["said"], review.programme_id) == ("404", C3I)
    site.pages["/programs/credit"] = whole
    assert look(10) == []
    assert Review.objects.get().outcome == "recovered"
    assert Link.objects.get().failing_since is None


@pytest.mark.usefixtures("cited")
def test_the_review_of_an_address_ends_once_its_programme_cites_another(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages.pop("/programs/credit")
    look()
    assert look(1) == ["dead"]
    url = site.page("/programs/new", PAGE.format(nav=1, rate=25))
    other = Review.objects.create(programme_id=C3I, reason="silent", key="12", opened=day.now())
    away = Review.objects.create(programme_id="pari-cnrc", reason="dead", key="k", opened=day.now())
    monkeypatch.setattr(watching, "addresses", lambda: {fingerprint(url): (url, (C3I,))})
    assert look(2) == ["silent", "dead"], "of no address, or of a programme that is off the site"
    assert set(Review.objects.filter(closed=None)) == {other, away}
    assert Review.objects.exclude(closed=None).get().outcome == "replaced"


@pytest.mark.usefixtures("cited")
def test_a_site_that_does_not_answer_at_all_is_dead_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "addresses", lambda: {"k": ("http://127.0.0.1:1/x", (C3I,))})
    look()
    assert look(1) == ["dead"]
    assert Link.objects.get().said == "reset"


@pytest.mark.parametrize("status", [401, 403, 429, 451])
def test_an_answer_to_robots_says_nothing_of_the_page(site: Site, cited: str, status: int) -> None:
    site.page("/programs/credit", status=status)
    look()
    assert look(8) == []
    assert Link.objects.get(url=cited).state == "refused"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<title>Page introuvable - Portail</title>", "soft-404"),
        ("<title>Site</title><h1>404</h1>", "soft-404"),
        ("<title>Credit</title><p>Form 404 is not found here</p>", ""),
    ],
)
@pytest.mark.usefixtures("cited")
def test_a_page_that_says_it_is_not_there(site: Site, body: str, reason: str) -> None:
    site.page("/programs/credit", body)
    assert look() == ([reason] if reason else [])


@pytest.mark.usefixtures("cited")
def test_a_page_that_became_the_first_page(site: Site) -> None:
    site.page("/programs/credit", status=302, location="/fr/")
    site.page("/fr/", PAGE.format(nav=1, rate=1))
    assert look() == ["home"]
    site.page("/programs/credit", status=301, location="/programs/credit-2")
    site.page("/programs/credit-2", PAGE.format(nav=1, rate=1))
    assert look(7) == []


@pytest.mark.usefixtures("cited")
def test_other_words_are_told_and_what_surrounds_them_is_not(site: Site) -> None:
    look()
    site.page("/programs/credit", PAGE.format(nav=2, rate=25))
    assert look(7) == []
    site.page("/programs/credit", PAGE.format(nav=2, rate=20))
    assert look(14) == ["changed"]
    assert look(21) == ["changed"]
    assert Review.objects.count() == 1
    assert len(Link.objects.get().words) == 64


def test_a_site_that_refuses_head_is_asked_as_people_do(site: Site) -> None:
    answer = network.ask(site.page("/a", "hello", no_head="1"))
    assert (answer.status, answer.body) == (200, b"hello")


@pytest.mark.parametrize(
    "before", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"]
)
def test_a_site_that_never_ends_is_left(settings: Any, before: bytes) -> None:
    """A letter at a time, each in good time, in the headers or in the page."""
    settings.LINK_PRIVATE, settings.LINK_PAUSE, settings.LINK_SECONDS = True, 0, 0.5

    class Slow(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self.request.sendall(before)
                for _ in range(100):
                    self.request.sendall(b"x")
                    time.sleep(0.1)

    with ThreadingTCPServer(("127.0.0.1", 0), Slow) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever).start()
        began = time.monotonic()
        answer = network.ask(f"http://127.0.0.1:{server.server_address[1]}/")
        took = time.monotonic() - began
        server.shutdown()
    assert (answer.error, answer.status) == ("timeout", 0)
    assert took < 3


def test_a_name_that_is_looked_up_for_ever_is_left_too(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LINK_SECONDS = 0.2
    over = threading.Event()
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_args, **_more: over.wait(30) and [])
    try:
        assert network.ask("https://slow.example/").error == "timeout"
        assert not over.is_set(), "nobody waited for it"
    finally:
        over.set()


def test_a_host_rests_between_any_two_requests(site: Site, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between HEAD, GET and redirections too; another host does not wait for it."""
    settings.LINK_PAUSE = 2.0
    rests: list[float] = []
    monkeypatch.setattr(network, "sleep", rests.append)
    site.page("/old", status=302, location="/new")
    site.page("/new", "hello")
    visitor = network.Visitor()
    visitor.ask(f"{site.url}/old")
    assert len(site.asked) == 4
    assert len(rests) == 3
    visitor.ask(site.url.replace("127.0.0.1", "localhost") + "/a.pdf")
    visitor.ask(site.page("/b.pdf", kind="application/pdf"))
    assert len(rests) == 5, "the second request to localhost, and the host of before"
    assert all(1 < rest <= 2 for rest in rests)


def test_a_document_is_not_read(site: Site) -> None:
    assert network.ask(site.page("/a.pdf", "x" * 10, kind="application/pdf")).body == b""


def test_only_a_part_of_a_long_page_is_read(site: Site) -> None:
    assert len(network.ask(site.page("/long", "x" * 1_500_000)).body) == network.MOST_BYTES


def test_redirections_end(site: Site) -> None:
    for number in range(7):
        site.page(f"/{number}", status=302, location=f"/{number + 1}")
    site.page("/7", "here")
    assert network.ask(f"{site.url}/2").status == 200
    assert network.ask(f"{site.url}/0").error == "redirects"
    assert network.ask(site.page("/loop", status=302, location="/loop")).error == "redirects"
    assert network.ask(site.page("/out", status=302, location="file:/etc/passwd")).error == "scheme"


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("file:/etc/passwd", "scheme"), ("ftp://x.example/", "scheme"), ("http://", "scheme"), ("nothing", "scheme"),
        ("http://u:p@127.0.0.1/", "scheme"), ("http://127.0.0.1/", "private"), ("http://[::1]/", "private"),
        ("http://169.254.169.254/latest", "private"), ("http://10.0.0.1/", "private"), ("http://0/", "private"),
        ("http://2130706433/", "private"), ("http://localhost/", "private"), ("http://[/", "reset"),
        ("http://127.0.0.1:99999/", "reset"),
    ],
)  # fmt: skip
def test_no_address_of_the_local_network_is_asked(url: str, error: str) -> None:
    assert network.ask(url).error == error


def test_a_redirection_to_the_local_network_is_not_followed(site: Site, settings: Any, monkeypatch: Any) -> None:
    url = site.page("/a", status=302, location="http://10.0.0.1/")
    public = network._public

    def first_is_public(host: str, port: int, until: float) -> tuple[str, int]:
        settings.LINK_PRIVATE = host == "127.0.0.1"
        return public(host, port, until)

    monkeypatch.setattr(network, "_public", first_is_public)
    assert network.ask(url).error == "private"


def test_a_page_is_read_in_its_own_letters() -> None:
    assert read("été".encode("latin-1"), "text/html; charset=iso-8859-1") == ("été", "")
    assert read(b"x", "text/html; charset=nowhere") == ("x", "")
    assert says_gone("La page demandée n’existe plus")
    assert not became_home("https://x.example/", "https://x.example/fr/")
    assert not became_home("https://x.example/a", "https://x.example/a/b")


def test_the_addresses_are_those_that_programmes_cite(load: Callable[[], Loaded]) -> None:
    load()
    found = dict(watching.addresses().values())
    assert all(url.startswith("http") for url in found)
    assert {id_ for ids in found.values() for id_ in ids} == {C3I, "canexport-pme", "pari-cnrc"}
    document = current_catalogue().programmes[C3I].document
    cited = {*(source["url"] for source in document["sources"].values()), *document["url"].values()}
    assert cited
    assert {url for url, ids in found.items() if C3I in ids} == cited


@pytest.mark.usefixtures("cited")
def test_the_task_asks_nobody_where_the_watch_is_off(site: Site, settings: Any, capsys: Any) -> None:
    settings.LINK_WATCH = False
    assert links.func() == {}
    assert site.asked == []
    call_command("check_links", "--most", "5")
    assert capsys.readouterr().out == "1 looked at, 0 reviews opened\n"
    assert site.asked
