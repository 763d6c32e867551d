"""What ``plan --json`` writes, as pydantic models: they make the schema, and tests hold real answers against it.

Amounts are numbers with cents, in the currency of the answer. What is absent, or null, is not known.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from alliage.cli.results_schema import Day, Document, IntakeDocument, ProviderDocument, SourceDocument, Verdict
from alliage.core.catalogue.document import Addresses, Confidence, Instrument, Partial, Text

Money = Annotated[float, Field(ge=0)]
Month = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
IntakeState = Literal["open", "opens-on", "closed", "suspended", "not-known"]


class LineDocument(Document):
    """An expense of the project. ``in_kind``: given, not paid."""

    id: str
    category: str | None
    name: Text
    amount: Money
    date: Day | None = None
    in_kind: bool


class ProjectDocument(Document):
    """What is financed. ``assumed_lines``: the budget was not given expense by expense."""

    cost: Money
    lines: list[LineDocument]
    assumed_lines: bool


class PreferencesDocument(Document):
    """What money is worth to this company; wishes go from 0 to 1."""

    worth: dict[str, float] = Field(description="Grant equivalent of one dollar, by kind of money.")
    per_application: Money
    less_debt: float
    fewer_files: float
    sooner: float
    pinned: list[str]
    banned: list[str]


class ProofDocument(Document):
    """How sure it is that no plan is worth more; ``text`` says it."""

    gap: float = Field(description="Share of its worth by which a better plan could be better.")
    bound: float
    complete: bool = Field(description="False if the time was over first.")
    code: Literal["proved", "nearly", "time-over", "none-found"] = Field(
        description="`nearly`: proved, but for what rounding to the cent may have cost."
    )
    text: Text


class PaidDocument(Document):
    """Money on one expense."""

    line: str
    amount: Money


class TermDocument(Document):
    """A term of a form of money: what is subtracted first, how it is paid back, when it comes."""

    code: str
    text: Text


class StepDocument(Document):
    """A step of the arithmetic of an amount.

    ``counted``: expenses, for the ``share`` of them that counts; ``aid``, ``threshold``: taken off; ``rate``: on what
    of the base; ``at-most``: of the programme; ``stop``: why the plan takes less than the part alone allows. A share
    and a rate are rounded to be read; ``exact_share`` and ``exact_rate`` are what was computed with.
    """

    code: Literal["counted", "aid", "threshold", "rate", "at-most", "stop"]
    text: Text
    amount: Money | None
    lines: list[str] | None = None
    share: float | None = None
    exact_share: tuple[int, int] | None = Field(default=None, description="Numerator and denominator.")
    programme: str | None = None
    rate: float | None = None
    exact_rate: tuple[int, int] | None = Field(default=None, description="Numerator and denominator.")
    base: Money | None = None
    above: Money | None = Field(default=None, alias="from", description="Where the slice of this rate starts.")
    to: Money | None = None
    source: SourceDocument | None = None


class WorkingDocument(Document):
    """How an amount was worked out, so that it can be redone by hand.

    What counts, less other aid and thresholds, is ``base``; ``result`` is what rates and the most of a part give.
    """

    base: Money
    result: Money
    steps: list[StepDocument]
    text: Text = Field(description="The whole on one line, with why the plan takes less, if it does.")


class PlanPartDocument(Document):
    """One form of money of a programme. Without ``pays``, no sum is received: ``note`` says what it is."""

    id: str
    instrument: Instrument
    instrument_name: Text
    rate: float | None = None
    pays: bool
    note: Text | None = None
    amount: Money
    lines: list[PaidDocument]
    expenses: Text = Field(description="The expenses that count in its base, those of one kind together.")
    working: WorkingDocument
    terms: list[TermDocument]
    source: SourceDocument | None = None


class PlanProgrammeDocument(Document):
    """A programme of a plan: what it could cover, never a promise."""

    programme: str
    name: Text
    provider: ProviderDocument
    url: Addresses
    amount: Money = Field(description="What would be received.")
    guaranteed: Money = Field(description="What is guaranteed and never received.")
    worth: float
    intake: IntakeDocument
    confidence: Confidence
    as_of: Partial | None = None
    parts: list[PlanPartDocument]
    terms: Text | None = Field(default=None, description="The terms of the aid, in the words of its record.")
    steps: list[Text]
    to_confirm: list[Text]


class FundsDocument(Document):
    """Where money comes from."""

    kind: Instrument | Literal["own", "in-kind"]
    name: Text
    amount: Money
    programme: str | None


class UseDocument(Document):
    """What an expense costs, and who pays it."""

    line: str
    category: str | None
    name: Text
    amount: Money
    aid: Money
    own: Money


class UsesDocument(Document):
    """What the expenses of one kind cost together, and who pays them."""

    lines: list[str]
    category: str | None
    name: Text
    amount: Money
    aid: Money
    own: Money


class LooseningDocument(Document):
    """What the plan would be worth more if a limit were looser."""

    by: float
    unit: Literal["money", "share"]
    worth: float


class BindingDocument(Document):
    """A rule that limits the plan."""

    code: str
    text: Text
    programme: str | None
    source: SourceDocument | None = None
    loosening: LooseningDocument | None = None


class PrivateDocument(Document):
    """The private money that the company says it has: at most ``said``; ``missing`` of what the plan leaves to pay."""

    said: Money
    missing: Money
    text: Text


class OnePlanDocument(Document):
    """Amounts that keep every rule, worth most at one end of what is not known. Sources and uses are equal."""

    end: Literal["safe", "reachable"]
    total: Money = Field(description="What would be received.")
    guaranteed: Money = Field(description="What is guaranteed and never received: no source of funds.")
    vouched: Money = Field(description="The loans that are guaranteed, in whole or in part.")
    worth: float
    own_funds: Money
    private: PrivateDocument | None
    in_kind: Money
    no_ceiling: list[str] = Field(
        description="Programmes whose stacking ceiling is not known: none was supposed, and less may be allowed."
    )
    share_of_cost: float
    proof: ProofDocument
    programmes: list[PlanProgrammeDocument]
    sources: list[FundsDocument]
    uses: list[UseDocument]
    uses_by_kind: list[UsesDocument]
    binding: list[BindingDocument] | None = None


class PointDocument(Document):
    """One thing to ask a provider."""

    code: str
    text: Text
    source: SourceDocument | None = None


class ConfirmationDocument(Document):
    """What confirming could add to the safe plan."""

    programme: str
    name: Text
    provider: ProviderDocument
    contact: dict[str, Any]
    what: list[PointDocument]
    worth: float | None = Field(
        description="Of the plan, in grant equivalent; null if the time was over before it was known."
    )
    money: float | None


class WithItDocument(Document):
    """The best plan that contains a programme left out."""

    worth: float
    difference: float
    total: Money


class LeftOutDocument(Document):
    """A programme that could enter and did not."""

    programme: str
    name: Text
    reasons: list[PointDocument]
    with_it: WithItDocument | None


class UnfitDocument(Document):
    """A programme that was kept and that the safe plan cannot hold. ``never``: no plan at all can."""

    programme: str
    name: Text
    never: bool
    reasons: list[PointDocument] = Field(description="The rules in the way, each with its source.")
    unpin: list[str] = Field(description="Kept programmes, one of which to let go.")
    undo: Text


class ReasonDocument(Document):
    """Why a programme cannot enter."""

    code: str
    text: Text


class CannotEnterDocument(Document):
    """A programme that cannot enter any plan as it is known."""

    programme: str
    name: Text
    verdict: Verdict
    intake: IntakeState
    reason: ReasonDocument


class MonthDocument(Document):
    """The money of one month; a balance below zero must be bridged."""

    month: Month
    out: Money
    in_: Money = Field(alias="in")
    balance: float


class CashDocument(Document):
    """When the money of the safe plan leaves and comes."""

    months: list[MonthDocument]
    bridge: Money | None
    month: Month | None
    in_hand: Money | None = Field(
        description="Private money from which the balance starts, where the company says it has less than own funds."
    )
    terms: Text


class EntryDocument(Document):
    """A day to know."""

    day: Day | None
    kind: Literal["opens", "closes", "file-before-start", "start", "expense"]
    programme: str | None
    text: Text
    certain: bool


class NamedDocument(Document):
    """A programme by its id and its name."""

    programme: str
    name: Text


class ChangeDocument(Document):
    """What a supposition changes in a plan."""

    money: float
    worth: float
    enter: list[NamedDocument]
    leave: list[NamedDocument]


class SupposedDocument(Document):
    """A supposition as it was typed."""

    asked: str
    safe: ChangeDocument | None = Field(description="Null if the time was over before both plans were proved.")
    reachable: ChangeDocument | None
    begun: bool = Field(
        description="True if an expense is dated before the day that was supposed: the project has begun."
    )


class PlanDocument(Document):
    """The whole answer."""

    on: Day
    currency: str
    company: str | None = Field(default=None, description="The name that was typed with --name.")
    title: str | None = Field(default=None, description="The title that was typed with --title.")
    project: ProjectDocument
    preferences: PreferencesDocument
    safe: OnePlanDocument
    reachable: OnePlanDocument
    confirmations: list[ConfirmationDocument] | None = None
    left_out: list[LeftOutDocument] | None = None
    unfit: list[UnfitDocument] | None = None
    cannot_enter: list[CannotEnterDocument]
    cash: CashDocument
    calendar: list[EntryDocument]
    assumptions: list[ReasonDocument]
    what_if: list[SupposedDocument] | None = Field(default=None, description="What was asked with --what-if.")
