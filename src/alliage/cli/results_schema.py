"""What ``match --json`` writes, as pydantic models: they make the schema, and tests hold real answers against it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from alliage.core.catalogue.document import Addresses, Confidence, Instrument, Kind, Partial, Text

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
AttributeName = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z][a-z0-9_]*$")]
Verdict = Literal["eligible", "possible", "ineligible"]
State = Literal["met", "failed", "missing"]
Cause = Literal["missing", "imprecise", "unsettled"]


class Document(BaseModel):
    """A part of the answer; nothing else is in it."""

    model_config = ConfigDict(extra="forbid")


class CatalogueDocument(Document):
    """Which catalogue answered: the same revision, profile and day give the same answer."""

    id: str
    revision: str
    programmes: int


class DerivedDocument(Document):
    """What follows from an answer, and from which one."""

    answer: Any
    from_: str = Field(alias="from")


class SourceDocument(Document):
    """Where a fact comes from."""

    key: str
    title: str | Text | None = None
    publisher: str | Text | None = None
    url: str | None = None
    dated: Partial | None = None
    read: Day | None = None
    confirmed: Day | None = None
    confirmed_by: str | None = None


class ConditionDocument(Document):
    """One line of a receipt: a condition with the answer used and its source, or a group with its parts."""

    state: State
    words: Text
    cause: Cause | None = Field(default=None, description="Why it is not known.")
    attribute: AttributeName | None = None
    answer: Any = Field(default=None, description="The answer used, in a form that a profile may give.")
    source: SourceDocument | None = None
    group: Literal["All", "AnyOf", "NoneOf", "Readings"] | None = None
    parts: list[ConditionDocument] | None = None


class LastSeenDocument(Document):
    """The newest state that a source gave."""

    state: str
    day: Partial
    source: str


class IntakeDocument(Document):
    """The intake on the day."""

    state: Literal["open", "opens-on", "closed", "suspended", "not-known"]
    opens: Day | None = None
    closes: Day | None = None
    source: str | None = None
    last_seen: LastSeenDocument | None = None


class ToConfirmDocument(Document):
    """A condition that no attribute expresses: to be confirmed by the provider."""

    text: Text
    source: SourceDocument


class ChangeDocument(Document):
    """One answer to change, and how."""

    attribute: AttributeName
    now: Any
    then: Any
    how: Text | None
    words: Text


class NearMissDocument(Document):
    """Changes that together would lift a refusal."""

    effort: int
    verdict: Verdict
    changes: list[ChangeDocument]


class AidPartDocument(Document):
    """One form of money."""

    instrument: Instrument | None
    rate_at_least: float | None
    rate_at_most: float | None
    amount_at_most: float | None
    per: str | None
    base: float | None = Field(
        description="What the rate is applied to, the threshold subtracted, if no more is needed."
    )
    threshold: float | None
    at_least: float | None
    at_most: float | None
    announced: bool
    paid_to_others: bool = Field(description="Whether the money goes to a school, a research body or a promoter.")


class AidDocument(Document):
    """What the programme could cover up to, never a promise; null is not known."""

    at_least: float | None = Field(description="The same at the safe end of the tiers that are not decided.")
    at_most: float | None
    decided_by: list[str] = Field(description="The answers that would tell which tier applies.")
    for_project: bool = Field(description="Whether the project bounds it; else it is the programme's own ceiling.")
    advantage: float
    parts: list[AidPartDocument]


class FreshnessDocument(Document):
    """How old the facts are."""

    state: Literal["confirmed", "fresh", "stale", "undated"]
    months: int | None


class ProviderDocument(Document):
    """Who gives the aid."""

    id: str
    name: Text
    level: str


class ResultDocument(Document):
    """One programme for this profile."""

    programme: str
    name: Text
    kind: Kind
    provider: ProviderDocument
    instrument: Instrument | None
    needs: list[str]
    verdict: Verdict
    intake: IntakeDocument
    failed: list[AttributeName]
    missing: list[AttributeName]
    unsettled: list[AttributeName] = Field(description="Those of `missing` that only the provider can settle.")
    conditions: list[ConditionDocument]
    no_condition_read: bool
    to_confirm: list[ToConfirmDocument]
    near_misses: list[NearMissDocument]
    aid: AidDocument
    freshness: FreshnessDocument
    confidence: Confidence
    as_of: Partial | None
    replaces: list[str]
    url: Addresses


class QuestionDocument(Document):
    """The next question, and what its answer could settle."""

    attribute: AttributeName
    question: Text
    help: Text | None
    settles: int
    expected: float
    aid: float
    closer: bool
    programmes: list[str]


class ResultsDocument(Document):
    """The whole answer."""

    on: Day
    catalogue: CatalogueDocument
    hidden_by_needs: int
    derived: dict[AttributeName, DerivedDocument]
    results: list[ResultDocument]
    redirects: dict[str, str] = Field(description="Former ids of programmes, with the ids that replaced them.")
    next_question: QuestionDocument | None
