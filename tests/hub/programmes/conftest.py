"""What the tests of the catalogue share: a small pack on disk, the real pack in the database, a fixed moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db.models.sql.compiler import SQLCompiler

from alliage.hub.programmes import actions, queries
from alliage.hub.programmes.actions import Loaded
from tests.hub.programmes.small_pack import SmallPack

ON = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def as_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL holds no row of an outer join; SQLite, which holds none, says nothing."""
    written = SQLCompiler.as_sql

    def as_sql(compiler: Any, *args: Any, **more: Any) -> Any:
        query = compiler.query
        if query.select_for_update and query.select_related:
            assert query.select_for_update_of, f"name the rows that are held: {query.model.__name__}"
        return written(compiler, *args, **more)

    monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)


@pytest.fixture
def pack(tmp_path: Path) -> SmallPack:
    return SmallPack(tmp_path)


@pytest.fixture
def load(pack: SmallPack) -> Callable[[], Loaded]:
    """Loads the small pack as it is now."""
    return lambda: actions.load_pack(pack=pack.folder, by="test", at=AT)


@pytest.fixture
def whole(request: pytest.FixtureRequest) -> queries.Shelf:
    """The real pack, in the database."""
    request.getfixturevalue("db")
    actions.load_pack(by="test", at=AT)
    return queries.current_shelf()
