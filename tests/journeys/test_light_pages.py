"""A first visit is light, and nothing moves while it loads."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request, Response

from tests.hub.moved import MOVED
from tests.journeys.person import Newcomers

MOST_BYTES = 150_000
MOST_MOVED = 0.05
PAGES = [
    "/",
    "/trouver/resultats/",
    "/trouver/imprimer/",
    "/trouver/plan/",
    "/programmes/?q=presse",
    "/programmes/essor-volet-2/",
    "/offre/",
]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_is_light_and_still(newcomers: Newcomers, path: str, width: int) -> None:
    person = newcomers.come()
    if path.startswith("/trouver/"):
        person.open_example("extrusion-saguenay")
    state = person.context.storage_state()
    first = newcomers.come(width=width, storage_state=state)  # nothing in its cache
    loaded: list[Request] = []
    first.page.on("requestfinished", lambda request: loaded.append(request))  # noqa: PLW0108 - it wants a function
    first.go(path)
    first.page.wait_for_load_state("networkidle")
    sizes = {request.url: request.sizes() for request in loaded}
    weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes.values())
    moved = first.page.evaluate(MOVED)
    print(f"{path} at {width}: {weight:,} bytes in {len(sizes)} answers, moved {moved:.3f}")  # noqa: T201 - figures to show
    assert weight < MOST_BYTES, sizes
    assert moved < MOST_MOVED


def test_what_is_compressed_and_kept(newcomers: Newcomers) -> None:
    person = newcomers.come()
    answers: list[Response] = []
    person.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - it wants a function
    person.go("/programmes/")
    for answer in answers:
        if answer.url.endswith((".css", ".js", ".svg")) or "/static/" not in answer.url:
            assert answer.header_value("content-encoding") in ("br", "gzip"), answer.url
        if "/static/" in answer.url:
            assert "immutable" in str(answer.header_value("cache-control")), answer.url
