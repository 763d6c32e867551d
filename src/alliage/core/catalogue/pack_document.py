"""The written form of a pack's other parts: manifest, attributes, derivations, places, providers, expenses."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from alliage.core.catalogue.document import Id, Instrument, Share, Text
from alliage.core.rules.document import Number, Strict

AttributeId = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z][a-z0-9_]*$")]


class RolesDocument(Strict):
    """Which attributes play the parts that the engine knows by role."""

    needs: AttributeId
    territory: AttributeId
    cost: AttributeId
    lines: AttributeId
    eligible_cost: AttributeId | None = None
    persons: AttributeId | None = None
    employees: AttributeId | None = None
    duration: AttributeId | None = None
    started: AttributeId | None = None
    one_per_line: AttributeId | None = None
    received: AttributeId | None = None
    private_share: AttributeId | None = None


class WishesDocument(Strict):
    """How much a wish changes at most."""

    fewer_files: Annotated[Number, Field(ge=1, description="What one application costs more, at most.")] = 1
    sooner: Annotated[Number, Field(ge=1, description="What a month of waiting costs more, at most.")] = 1


class PlanDocument(Strict):
    """What a financing plan needs beside the programmes: estimates of ours, except what counts as public aid."""

    per_application: Annotated[Number, Field(ge=0, description="What one application costs, in the pack's currency.")]
    monthly_discount: Annotated[Number, Field(ge=0, le=0.1, description="What money loses for a month of waiting.")]
    months_until_paid: dict[Instrument, Annotated[int, Field(ge=0, le=60)]] = Field(default_factory=dict)
    months_until_claim_paid: Annotated[
        int | None,
        Field(ge=0, le=60, description="After the period of a claim, where a source says how often claims are made."),
    ] = None
    pays_nothing: list[Instrument] = Field(
        default_factory=list,
        description="Kinds of aid of which no sum is received, such as a guarantee: never a source of funds.",
    )
    wishes: WishesDocument = Field(default_factory=WishesDocument)
    public: dict[Id, Literal[False, "unknown"]] = Field(
        default_factory=dict,
        description="Levels of providers whose money is not public aid, or not known to be; the others' is.",
    )
    weights: dict[Instrument, Share] = Field(
        default_factory=dict,
        description="What a kind of money counts for where a programme does not say; absent = not known.",
    )
    note: Text | None = None


class Manifest(Strict):
    """What a pack is."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Text
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    roles: RolesDocument
    zone: str | None = Field(default=None, description="The time zone whose day is today, such as America/Toronto.")
    levels: dict[Id, Text] = Field(description="Levels of providers, from the widest.")
    advantage: dict[Instrument, Share] = Field(
        description="Worth of one unit of money by instrument: an estimate of ours."
    )
    advantage_paid_to_others: Share = Field(
        default=1, description="What is left of it when the money is paid to others."
    )
    advantage_note: Text | None = None
    plan: PlanDocument | None = None
    main_expenses: dict[str, list[str]] = Field(
        default_factory=dict,
        description="The expenses that a need is mostly made of: used to order, an estimate of ours.",
    )


class GroupDocument(Strict):
    """A page of the questionnaire."""

    id: Id
    name: Text


class ChangeDocument(Strict):
    """How a company may honestly change an answer."""

    effort: Annotated[int, Field(ge=1, le=3)]
    how: Text


class SaysDocument(Strict):
    """The two sentences of a flag."""

    yes: Text
    no: Text


class AttributeDocument(Strict):
    """One thing that a rule may ask."""

    id: AttributeId
    type: Literal["flag", "count", "money", "share", "date", "choice", "choices", "code", "place"]
    group: Id
    label: Text
    question: Text
    help: Text | None = None
    unit: Text | None = None
    unit_one: Annotated[Text | None, Field(description="The unit of one thing, where it differs.")] = None
    limits: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None
    values: dict[str, Text] | None = None
    says: SaysDocument | None = None
    several: bool = False
    codes: Annotated[str | None, Field(description="The pack's table of codes (a CSV file's name).")] = None
    pattern: Annotated[str | None, Field(description="The form of a code that has no table, a regular expression.")] = (
        None
    )
    example: str | None = None
    suggest: AttributeId | None = None
    change: ChangeDocument | None = None
    filter: bool = False


class AttributesFile(Strict):
    """``attributes.yaml``."""

    groups: list[GroupDocument]
    attributes: list[AttributeDocument]


class ImplicationDocument(Strict):
    """If the condition surely holds, these attributes have these answers."""

    if_: dict[str, Any] = Field(alias="if")
    then: dict[AttributeId, Any]


class BoundDocument(Strict):
    """``lower`` is never above ``upper``."""

    lower: AttributeId
    upper: AttributeId


class TableDocument(Strict):
    """A code gives a place, by its longest known prefix in a file of the pack."""

    from_: AttributeId = Field(alias="from")
    to: AttributeId
    file: str


class DerivationsFile(Strict):
    """``derivations.yaml``."""

    implications: list[ImplicationDocument] = Field(default_factory=list)
    bounds: list[BoundDocument] = Field(default_factory=list)
    tables: list[TableDocument] = Field(default_factory=list)


class PlaceSetDocument(Strict):
    """A named set of territories; inside ``perhaps`` and outside ``places``, a rule on it is not settled."""

    id: Id
    name: Text
    places: list[str]
    perhaps: list[str] = Field(default_factory=list)
    source_note: Text | None = None


class ProviderDocument(Strict):
    """An organisation that gives aid, and the territory it serves."""

    id: Id
    name: Text
    level: Id
    serves: Annotated[list[str], Field(min_length=1)]
    url: str | None = None
    note: Text | None = None


class ExpenseDocument(Strict):
    """A category of expenses."""

    id: Id
    name: Text
    help: Text | None = None


class PlaceSets(RootModel[list[PlaceSetDocument]]):
    """``place_sets.yaml``."""


class Providers(RootModel[list[ProviderDocument]]):
    """``providers.yaml``."""


class CompanyDocument(Strict):
    """An invented company on which a change of a programme is tried: in a few words, and its answers."""

    id: Id
    says: Text
    given: dict[str, dict[str, object]]


class Companies(RootModel[list[CompanyDocument]]):
    """``companies.yaml``."""


class Expenses(RootModel[list[ExpenseDocument]]):
    """``expenses.yaml``."""


class Synonyms(RootModel[list[Annotated[list[str], Field(min_length=2)]]]):
    """``synonyms.yaml``."""


class CodeWords(RootModel[dict[str, dict[str, Annotated[list[str], Field(min_length=1)]]]]):
    """``code_words.yaml``: by table, words that people type for a code beside those of its title."""
