"""Rules of every shape and length on three questions, and answers to them: what the fast forms are tried on."""

from typing import Any

from alliage.core.rules.condition import Condition
from tests import invented

HANDS, ORGANIC, BEGUN = (
    {"attribute": "farm.hands", "at_least": 20},
    {"attribute": "farm.organic", "is": True},
    {"attribute": "plan.begun", "is": False},
)
LAPSED = {"attribute": "farm.hands", "at_most": 20, "holds": {"to": "2000-01-01"}}
WRITTEN: list[list[dict[str, Any]]] = [
    [],
    [HANDS],
    [HANDS, ORGANIC, BEGUN],
    [{"any": [HANDS, ORGANIC]}],
    [{"all": [HANDS, ORGANIC]}, BEGUN],
    [{"not": [HANDS, ORGANIC]}],
    [{"all": []}, HANDS],
    [{"readings": [HANDS, ORGANIC]}],
    [{"any": [{"all": [HANDS, ORGANIC]}, BEGUN]}, ORGANIC],
    [BEGUN, {"not": [{"any": [HANDS, LAPSED]}, ORGANIC]}],
    [LAPSED],
    [{"attribute": "farm.hands", "at_most": limit} for limit in range(30, 38)],
    [{"attribute": "farm.hands", "at_most": limit} for limit in range(30, 47)],
    [{"attribute": "farm.hands", "more_than": limit} for limit in range(20)],
    [{"attribute": "farm.hands", "at_most": limit} for limit in range(30, 105)],
]
GIVEN: list[dict[str, Any]] = [
    {},
    {"farm.hands": 20},
    {"farm.hands": 19, "farm.organic": True},
    {"farm.hands": 21, "farm.organic": False, "plan.begun": False},
    {"farm.hands": {"from": 19, "to": 20}, "farm.organic": True, "plan.begun": True},
    {"farm.hands": {"from": 35}},
    {"farm.hands": {"one_of": [5, 33]}, "farm.organic": {"one_of": [True, False]}},
    {"farm.hands": 33, "plan.begun": False},
    {"farm.hands": 200, "farm.organic": True, "plan.begun": False},
]
OPEN_FIRST = [WRITTEN[-1], *WRITTEN]  # the widest field first


def rules(written: list[list[dict[str, Any]]]) -> list[tuple[Condition, ...]]:
    return [tuple(invented.condition(condition) for condition in rule) for rule in written]
