"""The written form of a programme: one pydantic model for the YAML of a pack, the database and the API.

Amounts are in the pack's currency, shares are between 0 and 1, dates are ISO 8601. A figure names its source by a
key of ``sources``, or ``record`` when the facts do not say which of the sources gives it. What is not known is absent.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from alliage.core.rules.document import (
    AllDocument,
    ConditionDocument,
    EligibilityDocument,
    Number,
    Period,
    SourceKey,
    Strict,
)

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=120)]
Instrument = Literal[
    "grant",
    "repayable-contribution",
    "loan",
    "loan-guarantee",
    "tax-credit",
    "tax-deduction",
    "wage-subsidy",
    "equity",
    "insurance",
    "voucher",
    "advice",
]
Kind = Literal["programme", "obligation", "strategy", "tool"]
Confidence = Literal["high", "medium", "low"]
Per = Literal["project", "year", "company", "person", "lifetime"]
Amount = Annotated[Number, Field(ge=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
Rate = Annotated[
    Number, Field(ge=0, le=2, description="Share of the base; above 1 for a loan that may exceed the price.")
]
Partial = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description="A year, a month or a day.")]


class Text(Strict):
    """The same words in French and in English."""

    fr: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Addresses(Strict):
    """Official pages, per language; a language is absent where no official page was read."""

    fr: str | None = None
    en: str | None = None


class Source(Strict):
    """A public page or document that was read."""

    url: str
    title: str | None = Field(default=None, description="Absent when the page shows none.")
    publisher: str
    dated: Partial | None = None
    read: date
    confirmed: date | None = Field(default=None, description="Day on which the provider confirmed it to the team.")
    confirmed_by: str | None = Field(default=None, description="Office that confirmed it; never a person's name.")


class Confirm(Strict):
    """A condition that no attribute expresses: to be confirmed by the provider, never counted as met."""

    text: Text
    source: SourceKey


class Money(Strict):
    """The least and the most that is paid, and what that amount is counted for."""

    at_least: Amount | None = None
    at_most: Amount | None = None
    per: Per | list[Per] | None = None
    unit: str | None = Field(
        default=None, description="What is counted when it is not a project: site, charger, measure…"
    )
    source: SourceKey | None = Field(default=None, description="When it differs from the tier's source.")


class Tier(Strict):
    """A rate and an amount for a case. The first tier whose ``when`` holds applies.

    A tier with words only (``case``) cannot be decided by the engine: the answer is then a range over the tiers, except
    for the last tier, which is the rest.
    """

    when: AllDocument | None = None
    when_is: Literal["enough", "needed"] | None = Field(
        default=None, description="`enough`: others may qualify too; `needed`: the words ask for more."
    )
    case: Text | None = None
    rate_at_most: Rate | None = None
    rate_of_contribution: Number | None = Field(
        default=None, description="A reduced payroll contribution rate, not an aid."
    )
    rate_formula: str | None = None
    amount: Money | None = None
    base: str | None = None
    slice: Annotated[
        dict[Literal["from", "to"], Amount] | None, Field(description="Part of the base the tier is for.")
    ] = None
    weeks_at_most: Number | None = None
    status: Literal["announced"] | None = None
    source: SourceKey


class Ceiling(Strict):
    """A further ceiling on a part or over several parts."""

    parts: list[str] | None = None
    at_most: Amount
    per: Per | list[Per] | None = None
    unit: str | None = None
    years: int | None = None
    across: Id | None = Field(default=None, description="A provider: the ceiling is over all its programmes.")
    weights: dict[Instrument, Share] | None = None
    case: Text | None = None
    source: SourceKey


class Loan(Strict):
    """Terms of money that is paid back: months, and the rest in words."""

    months_at_least: int | None = None
    months_at_most: int | None = None
    months: int | None = None
    interest_only_months_at_most: int | None = None
    interest_free_months_at_most: int | None = None
    interest_free: bool | None = None
    repayment_from_months_after_project: int | None = None
    interest: Text | None = None
    security: Text | None = None
    fees: Text | None = None
    case: Text | None = None
    source: SourceKey


class Guarantee(Strict):
    """Share of a loan or of a loss that is guaranteed."""

    share: Share
    of: str | None = None
    fee_at_least_per_year: Share | None = None
    source: SourceKey


class Fees(Strict):
    """What the company pays for the aid."""

    share_at_least: Share | None = None
    amount: Amount | None = None
    of: str | None = None
    text: Text | None = None
    source: SourceKey


class EmployeeThreshold(Strict):
    """What a threshold adds for each employee, for a year."""

    year: Annotated[int, Field(ge=1900, le=2200)]
    amount: Amount
    source: SourceKey


class Threshold(Strict):
    """What is subtracted from the base first; the sum over the employees applies if it is higher."""

    amount: Amount | None = None
    per: Per | None = None
    unit: str | None = Field(default=None, description="What it is subtracted from, when it is each of several things.")
    or_higher: Text | None = None
    per_employee: list[EmployeeThreshold] | None = None
    source: SourceKey


class ExpensesOver(Strict):
    """The expenses above which nothing counts any more."""

    amount: Amount
    per: Per | list[Per] | None = None
    years: int | None = None
    together_with: list[str] | None = Field(default=None, description="Expenses of other parts, counted together.")
    source: SourceKey


class Counted(Strict):
    """Expenses of which only a share is in the base."""

    expenses: list[str]
    share: Share
    source: SourceKey


class BaseRules(Strict):
    """What a tax measure's base leaves out."""

    less_aid: bool | Literal["unknown"] | None = Field(default=None, description="Aid received is subtracted first.")
    threshold: Threshold | None = None
    expenses_over: ExpensesOver | None = None
    counted: list[Counted] | None = None
    source: SourceKey


class Narrowed(Strict):
    """Categories of which only some expenses count, by a purpose or a kind that an ordinary one need not have.

    An expense is known by its category alone: a safe plan counts none of these, and a reachable plan counts all.
    """

    expenses: Annotated[list[str], Field(min_length=1)]
    to: Annotated[Text, Field(description="What counts: begins with a small letter, without a full stop.")]
    source: SourceKey


class ExpenseDays(Strict):
    """Days between which an expense must be made to count, both included. An absent end is not stated.

    What a source says of the expense itself (acquired, incurred), not of applications, nor of the end of a project.
    """

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    source: SourceKey


class ExpenseLimit(Strict):
    """Expenses that count only up to a share."""

    expenses: list[str]
    share_at_most: Share
    of: str | None = None
    source: SourceKey


class PerUnit(Strict):
    """An amount for each unit (a tonne, a charger)."""

    at_least: Amount | None = None
    at_most: Amount
    unit: str
    source: SourceKey


class WageLimits(Strict):
    """Limits of a wage subsidy."""

    weeks_at_most: Number | None = None
    weekly_hours_at_most: Number | None = None
    hours_at_most: Number | None = None
    hourly_wage_at_most: Amount | dict[str, Amount] | None = None
    persons_at_most: int | None = None
    source: SourceKey | None = None


Moment = Literal["as-claimed", "after-expense", "after-project", "with-tax-return"]


class Payment(Strict):
    """When the money comes, as a source says it.

    ``as-claimed``: claims during the project, by the month or the quarter; ``after-expense``: a refund of what the
    company has paid, the source does not say when; ``after-project``: once the project or the placement is over;
    ``with-tax-return``: after the fiscal year, with the return.
    """

    moment: Moment
    every_months: Annotated[
        int | None, Field(ge=1, le=12, description="How often claims are made during the project; absent = not said.")
    ] = None
    source: SourceKey


class AidPart(Strict):
    """One form of money. Parts add up, except those that share a ``choice``."""

    id: str | None = None
    instrument: Instrument | None = Field(default=None, description="Absent = no source says.")
    alternatives: list[Instrument] | None = Field(default=None, description="Other forms of the same money, not added.")
    choice: str | None = None
    status: Literal["announced"] | None = Field(
        default=None, description="Not confirmed or not law: shown, never planned."
    )
    when: AllDocument | None = Field(default=None, description="The part exists only if these hold.")
    when_is: Literal["enough", "needed"] | None = None
    case: Text | None = None
    case_is: Literal["named"] | None = Field(
        default=None, description="`named`: the words name what the expenses say already, and restrict nothing more."
    )
    expenses: list[str] | None = Field(
        default=None,
        description="Admitted expense categories; absent = not known; [] = the money does not follow expenses.",
    )
    narrowed: list[Narrowed] | None = Field(default=None, description="Of these expenses, only some count.")
    expenses_dated: ExpenseDays | None = Field(
        default=None, description="Only expenses made between these days count; absent = no days are stated."
    )
    base: str | None = Field(default=None, description="What the rate applies to; absent = not said.")
    base_rules: BaseRules | None = None
    tiers: Annotated[list[Tier], Field(min_length=1)]
    ceilings: list[Ceiling] | None = None
    expense_limits: list[ExpenseLimit] | None = None
    per_unit: PerUnit | None = None
    wage_limits: WageLimits | None = None
    loan: Loan | None = None
    guarantee: Guarantee | None = None
    fees: Fees | None = None
    costs_from: str | None = Field(default=None, description="Costs before this moment do not count.")
    refundable: bool | None = None
    paid: Text | None = Field(default=None, description="When the money comes, in words.")
    paid_when: Payment | None = Field(default=None, description="When the money comes; absent = not known.")
    paid_to: Text | None = Field(default=None, description="The money lowers the cost and is not paid to the company.")
    source: SourceKey


class Aid(Strict):
    """What the programme gives: parts, further ceilings, and what stays in words."""

    parts: list[AidPart] = Field(default_factory=list)
    ceilings: list[Ceiling] | None = None
    terms: Text | None = None
    same_money_as: list[Id] | None = Field(
        default=None, description="The same money through another door: never added."
    )


class ShareTier(Strict):
    """A share for a case."""

    when: AllDocument | None = None
    case: Text | None = None
    at_most: Share | None = None
    at_least: Share | None = None
    of: str | None = None
    in_cash: bool | None = None
    in_kind_at_most: Share | None = None
    own_share: Share | None = None
    own_funds_count: bool | None = None
    who: str | None = None
    source: SourceKey


class SameExpense(Strict):
    """Other aid that may not pay for the same expense: all that has every trait given."""

    programmes: list[Id] | None = None
    instruments: list[Instrument] | None = None
    level: Id | None = Field(default=None, description="Level of the provider of the other aid.")
    source: SourceKey


class Stacking(Strict):
    """How this aid combines with other aid. What is absent is not known."""

    government_at_most: list[ShareTier] | None = None
    no_ceiling: Literal[True] | None = Field(
        default=None, description="A source says that the programme sets no ceiling on public aid together."
    )
    private_at_least: list[ShareTier] | None = None
    of: str | None = None
    weights: dict[Instrument, Share] | None = None
    counts: Text | None = None
    counts_from: Text | None = None
    counts_as: Literal["private"] | None = None
    not_with: list[Id] | None = None
    not_with_providers: list[Id] | None = None
    not_on_same_expense: SameExpense | None = None
    rule: Text | None = None
    confidence: Confidence | None = None
    source: SourceKey


class Window(Strict):
    """Days between which applications are taken, both included; an absent end is not known."""

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None


class IntakeCase(Strict):
    """The intake in one case; the first whose ``when`` holds applies."""

    when: AllDocument | None = None
    kind: Literal["continuous", "window", "closed", "suspended", "unknown"]
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    source: SourceKey


class LastSeen(Strict):
    """The newest state that a source gave, when today's is not known."""

    state: str
    day: Partial
    source: SourceKey


class Intake(Strict):
    """When applications are taken."""

    kind: Literal["continuous", "window", "closed", "suspended", "unknown"]
    windows: list[Window] | None = Field(default=None, description="Known windows; for `continuous`, its outer limits.")
    cases: list[IntakeCase] | None = None
    last_seen: LastSeen | None = None
    note: Text | None = None
    source: SourceKey


class Step(Strict):
    """Something to do, in order."""

    text: Text
    requires: Id | None = Field(default=None, description="A programme to have first.")
    met_by: str | None = Field(default=None, description="The yes that shows this requirement to be met already.")
    source: SourceKey


class Duration(Strict):
    """A length of time, in the unit of its source."""

    count: Annotated[int, Field(ge=1, le=1000)]
    unit: Literal["weeks", "months", "business-days"]


class Delay(Strict):
    """A time that the programme takes or allows. Without ``time``, only the order of the two events is known.

    ``decision``: from the application to its answer; ``apply-before-start``, ``approve-before-start``: the least time
    by which the application or its approval comes before the project; ``start-after-approval``,
    ``finish-after-approval``: the most time that the company has; ``claim-after-year``: the most time after the end of
    the fiscal year.
    """

    kind: Literal[
        "decision",
        "apply-before-start",
        "approve-before-start",
        "start-after-approval",
        "finish-after-approval",
        "claim-after-year",
    ]
    time: Duration | None = None
    case: Text | None = None
    source: SourceKey


class Contact(Strict):
    """An office to call; never a person."""

    phone: str | None = None
    email: str | None = None
    note: Text | None = None


class Case(Strict):
    """An example that a funding adviser can read: a profile, the verdict, and the attributes that explain it."""

    says: Text
    given: dict[str, dict[str, object]]
    expect: Literal["eligible", "possible", "ineligible"]
    because: list[str] = Field(default_factory=list)
    day: date | None = Field(default=None, description="The day asked, where the verdict depends on it.")


class ProgrammeDocument(Strict):
    """An aid programme, whole: who may have it, what it gives, how it combines, when, and who says so."""

    id: Id
    replaces: list[Id] | None = Field(default=None, description="Former ids, which redirect here.")
    kind: Kind = "programme"
    name: Text
    name_unverified: list[Literal["fr", "en"]] | None = Field(
        default=None,
        description="Languages whose name is our description, not an official name read in a source.",
    )
    provider: Id
    delivered_by: list[str] | None = None
    url: Addresses
    needs: Annotated[list[str], Field(min_length=1)]
    instrument: Instrument | None = Field(default=None, description="The main one; absent = no source says.")
    summary: Text
    eligibility: EligibilityDocument
    confirm: list[Confirm] | None = None
    expenses: list[str] | None = Field(default=None, description="Admitted expense categories; absent = not known.")
    expenses_excluded: list[str] | None = None
    expenses_excluded_words: list[Text] | None = None
    aid: Aid = Field(default_factory=Aid)
    stacking: Stacking | None = None
    intake: Intake
    steps: list[Step] | None = None
    delays: list[Delay] | None = Field(default=None, description="Times that a source states; absent = not known.")
    contact: Contact | None = None
    sources: Annotated[dict[str, Source], Field(min_length=1)]
    as_of: Partial | None = Field(default=None, description="Newest date for which the facts are known to hold.")
    confidence: Confidence
    background: list[str] | None = Field(
        default=None, description="Fields that rest on general knowledge, not on a source."
    )
    notes: list[Text] | None = Field(default=None, description="Doubts on the facts, in words.")
    cases: list[Case] | None = None


__all__ = ["AllDocument", "ConditionDocument", "Period", "ProgrammeDocument"]
