"""The written form of a condition: pydantic models that check it and give its JSON Schema.

A condition is a leaf (one attribute, one operator) or a group (``all``, ``any``, ``not``, ``readings``).
These models check shapes only; whether the attribute, place or value exists is checked against a
vocabulary by :mod:`alliage.core.catalogue.check`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

OPERATORS = (
    "is",
    "at_least",
    "at_most",
    "more_than",
    "below",
    "one_of",
    "none_of",
    "any_of",
    "all_of",
    "starts_with",
    "not_starts_with",
    "within",
    "not_within",
)

Number = Annotated[int, Field(strict=True)] | Annotated[float, Field(strict=True, allow_inf_nan=False)]
Limit = Number | date
Words = Annotated[list[Annotated[str, Field(strict=True, min_length=1)]], Field(min_length=1)]
SourceKey = Annotated[str, Field(min_length=1, description="A key of the programme's `sources`, or `record`.")]


class Strict(BaseModel):
    """A document part: unknown keys are refused, values are never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Period(Strict):
    """The days between which a dated fact holds, both included; an absent end is open."""

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None


class LeafDocument(Strict):
    """One attribute, one operator, one source."""

    attribute: str
    is_: Annotated[bool | None, Field(alias="is", strict=True)] = None
    at_least: Limit | None = None
    at_most: Limit | None = None
    more_than: Limit | None = None
    below: Limit | None = None
    one_of: Words | None = None
    none_of: Words | None = None
    any_of: Words | None = None
    all_of: Words | None = None
    starts_with: Words | None = None
    not_starts_with: Words | None = None
    within: Words | None = None
    not_within: Words | None = None
    source: SourceKey
    holds: Period | None = None

    @model_validator(mode="after")
    def _one_operator(self) -> LeafDocument:
        written = [name for name in OPERATORS if getattr(self, "is_" if name == "is" else name) is not None]
        if len(written) != 1:
            raise PydanticCustomError(
                "condition-operator",
                "one operator expected, found {found}",
                {"found": ", ".join(written) or "none"},
            )
        return self


class AllDocument(Strict):
    """Every condition must hold."""

    all: Annotated[list[ConditionDocument], Field(min_length=1)]


class EligibilityDocument(Strict):
    """All that a programme asks. An empty list says that no condition was read."""

    all: list[ConditionDocument]


class AnyDocument(Strict):
    """At least one condition must hold."""

    any: Annotated[list[ConditionDocument], Field(min_length=1)]


class NotDocument(Strict):
    """None of the conditions may hold."""

    not_: Annotated[list[ConditionDocument], Field(alias="not", min_length=1)]


class ReadingsDocument(Strict):
    """Sources that disagree: true if every reading holds, false if none does, else not settled."""

    readings: Annotated[list[ConditionDocument], Field(min_length=2)]


def _shape(value: Any) -> str:
    """The tag of a condition: the group word it carries, else a leaf."""
    for word in ("all", "any", "not", "readings"):
        present = word in value if isinstance(value, dict) else hasattr(value, word) or hasattr(value, word + "_")
        if present:
            return word
    return "leaf"


ConditionDocument = Annotated[
    Annotated[LeafDocument, Tag("leaf")]
    | Annotated[AllDocument, Tag("all")]
    | Annotated[AnyDocument, Tag("any")]
    | Annotated[NotDocument, Tag("not")]
    | Annotated[ReadingsDocument, Tag("readings")],
    Discriminator(_shape),
]

for _model in (AllDocument, EligibilityDocument, AnyDocument, NotDocument, ReadingsDocument):
    _model.model_rebuild()
