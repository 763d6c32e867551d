"""What the tests of the finder share: the real pack, a visitor, and the questions of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import alliage
from alliage.core.catalogue.catalogue import Catalogue
from alliage.hub.finder.forms.reading import Tools
from alliage.hub.finder.queries.engine import Engine
from alliage.hub.finder.queries.voice import Voice, voice
from alliage.hub.programmes.queries import Shelf, current_shelf

ON = date(2026, 11, 26)
EXAMPLES = sorted(Path("examples").glob("*.yaml"))


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The pack on disk, as the site shows it."""
    return Shelf("test", alliage.load_pack())


@pytest.fixture(scope="session")
def catalogue(shelf: Shelf) -> Catalogue:
    return shelf.catalogue


@pytest.fixture(scope="session")
def engine(shelf: Shelf) -> Engine:
    return Engine(shelf, on=ON)


@pytest.fixture(params=["fr", "en"])
def said(request: pytest.FixtureRequest, shelf: Shelf) -> Voice:
    """The voice of the catalogue, in each language."""
    return voice(shelf, request.param)


@pytest.fixture(scope="session")
def tools(shelf: Shelf) -> Tools:
    """What reads and shows answers, in French."""
    return Tools.of(shelf.catalogue, wording=shelf.words["fr"])


@pytest.fixture
def loaded(db: None) -> Shelf:  # noqa: ARG001 - asked for by name, or no database is made
    """What the site shows before the first load: the pack on disk, read once."""
    return current_shelf()


@pytest.fixture
def visitor(loaded: Shelf) -> Client:  # noqa: ARG001 - the catalogue is there when they come
    """Someone with a browser, and no answer yet."""
    return Client(raise_request_exception=True)


@pytest.fixture
def opened(visitor: Client) -> Callable[[Path], Client]:
    """Opens a file of answers, as the person would."""

    def open_(file: Path) -> Client:
        with file.open("rb") as content:
            response = visitor.post("/trouver/ouvrir/", {"file": content})
        assert response.status_code == 303, response.content.decode()
        return visitor

    return open_


@pytest.fixture
def answer(visitor: Client) -> Callable[..., Any]:
    """Answers one question, as its form does."""

    def send(name: str, **fields: Any) -> Any:
        data: dict[str, Any] = {f"{name}__here": "1", "then": "results", "do": "answer"}
        data |= {name if key == "value" else f"{name}__{key}": value for key, value in fields.items()}
        return visitor.post(f"/trouver/question/{name}/", data)

    return send
