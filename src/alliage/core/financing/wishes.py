"""What money is worth to a company: the estimates of the pack, and the wishes of the person who plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.financing.case import cents, share
from alliage.core.financing.problem import Cents, Preferences

DEBT = frozenset({"loan", "repayable-contribution", "loan-guarantee"})  # money that is paid back


@dataclass(frozen=True, slots=True)
class Estimates:
    """What a pack says for all plans: estimates of ours, and how money counts where a programme does not say.

    ``public`` says of a level of providers that its money is not government aid (``False``), or not known to be
    (``unknown``). ``weights`` is what a kind of money counts for in a ceiling that does not say; absent: not known.
    ``months_until_claim_paid``: after the period of a claim, where a source says how often claims are made.
    ``pays_nothing``: kinds of aid of which no sum is received. ``full_…``: by how much a wish multiplies.
    """

    advantage: Mapping[str, Fraction]
    per_application: Cents
    monthly_discount: Fraction
    months_until_paid: Mapping[str, int]
    months_until_claim_paid: int | None
    public: Mapping[str, Any]
    weights: Mapping[str, float]
    pays_nothing: frozenset[str]
    full_files: Fraction
    full_sooner: Fraction


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person prefers, each from 0 (as the pack estimates) to 1 (as much as can be); pins and bans by id."""

    less_debt: Fraction = Fraction(0)
    fewer_files: Fraction = Fraction(0)
    sooner: Fraction = Fraction(0)
    pinned: frozenset[str] = field(default_factory=frozenset)
    banned: frozenset[str] = field(default_factory=frozenset)


def estimates_of(catalogue: Catalogue) -> Estimates:
    """The estimates of a pack; where it gives none, money is worth its advantage, and effort nothing."""
    manifest = catalogue.raw["manifest"]
    plan = manifest.get("plan", {})
    wishes = plan.get("wishes", {})
    return Estimates(
        advantage={kind: share(one) for kind, one in manifest["advantage"].items()},
        per_application=cents(plan.get("per_application", 0)),
        monthly_discount=share(plan.get("monthly_discount", 0)),
        months_until_paid=plan.get("months_until_paid", {}),
        months_until_claim_paid=plan.get("months_until_claim_paid"),
        public=plan.get("public", {}),
        weights=plan.get("weights", {}),
        pays_nothing=frozenset(plan.get("pays_nothing", ())),
        full_files=share(wishes.get("fewer_files", 1)),
        full_sooner=share(wishes.get("sooner", 1)),
    )


def preferences_of(catalogue: Catalogue, wishes: Wishes) -> Preferences:
    """The worth of money and the cost of effort, as the wishes change them.

    Less debt takes off the advantage of money that is paid back; fewer files makes each application dearer; sooner
    money makes each month of waiting dearer.
    """
    estimates = estimates_of(catalogue)
    discount = estimates.monthly_discount * (1 + wishes.sooner * (estimates.full_sooner - 1))
    worth = {}
    for kind, advantage in estimates.advantage.items():
        left = 1 - discount * estimates.months_until_paid.get(kind, 0)
        debt = 1 - wishes.less_debt if kind in DEBT else Fraction(1)
        worth[kind] = advantage * max(left, Fraction(0)) * debt
    effort = estimates.per_application * (1 + wishes.fewer_files * (estimates.full_files - 1))
    return Preferences(
        worth=worth,
        per_application=int(effort),
        pinned=frozenset(catalogue.programme(id_).id for id_ in wishes.pinned),
        banned=frozenset(catalogue.programme(id_).id for id_ in wishes.banned),
    )
