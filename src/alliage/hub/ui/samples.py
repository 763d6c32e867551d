"""What the page of components shows: plain data for every component in every state."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from alliage.core.matching.verdict import Verdict
from alliage.core.vocabulary.yaml_files import read_yaml
from alliage.hub.ui.words import text

FILE = Path(__file__).parent / "data" / "samples.yaml"
MOMENTS = {"first": date(2026, 12, 1), "hour": time(13, 5), "whole": time(9), "night": time(0)}


def samples(*, on: date) -> dict[str, Any]:
    """Everything that the page of components needs, on a day."""
    data = _data()
    return {
        **data,
        "cards": _said(data["cards"]),
        "verdicts": [verdict.value for verdict in Verdict],
        "moments": {**MOMENTS, "day": on},
    }


def _said(value: Any) -> Any:
    """The same data, as a query gives them: bilingual texts in the language of the page."""
    if isinstance(value, list):
        return [_said(item) for item in value]
    if not isinstance(value, dict):
        return value
    return text(value) if value.keys() == {"fr", "en"} else {key: _said(item) for key, item in value.items()}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(FILE)
    return data
