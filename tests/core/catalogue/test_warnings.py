"""What a team should look at next; a warning is never an error, and depends on the day."""

from datetime import date
from typing import Any

from alliage.core.catalogue.warnings import programme_warnings
from tests import invented

PAGE = {"url": "https://x.example", "publisher": "X", "read": "2026-11-01"}
ASKING = {"all": [{"attribute": "farm.organic", "is": True, "source": "page"}]}
GOOD = {
    "sources": {"page": PAGE},
    "as_of": "2026-11",
    "eligibility": ASKING,
    "intake": {"kind": "continuous", "source": "page"},
}


def warned(on: str = "2026-11-26", **facts: Any) -> list[tuple[str, str, str]]:
    programme = invented.programme(**{**GOOD, **facts})
    return [
        (problem.code, problem.where, problem.found)
        for problem in programme_warnings(programme, on=date.fromisoformat(on))
    ]


def test_a_programme_in_order_has_none():
    assert warned() == []


def test_each_thing_to_look_at_has_its_warning():
    assert warned(as_of="2024") == [("fact-stale", "open-hand", "34")]
    assert warned(as_of=None) == [("fact-undated", "open-hand", "")]
    assert warned(confidence="low") == [("fact-uncertain", "open-hand", "low")]
    assert warned(eligibility={"all": []}) == [("condition-none", "open-hand", "")]
    assert warned(eligibility={"all": []}, kind="tool") == []
    unsourced = {"all": [{"attribute": "farm.organic", "is": True, "source": "record"}]}
    assert warned(eligibility=unsourced) == [("fact-unsourced", "open-hand", "1")]


def test_a_source_read_after_the_day_is_told():
    assert warned(on="2026-11-01") == []
    assert warned(on="2026-10-31") == [("source-future", "open-hand::sources.page.read", "2026-11-01")]
