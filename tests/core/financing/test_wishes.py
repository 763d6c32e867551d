"""What money is worth: the pack's estimates, and how each wish moves them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from alliage.core.catalogue.catalogue import build_catalogue
from alliage.core.financing.wishes import Wishes, preferences_of
from alliage.core.vocabulary.errors import AlliageError
from tests import invented

CATALOGUE = invented.catalogue()
PLAIN = Wishes()
ALL = Fraction(1)


def worth(wishes: Wishes, instrument: str) -> Fraction:
    return preferences_of(CATALOGUE, wishes).worth[instrument]


def test_money_is_worth_its_advantage_less_what_waiting_takes():
    assert worth(PLAIN, "grant") == Fraction("0.95")  # 1 less 5 months at 1 %
    assert worth(PLAIN, "tax-credit") == Fraction("0.704")  # 0.8 × (1 − 0.12)
    assert worth(PLAIN, "voucher") == 1
    assert preferences_of(CATALOGUE, PLAIN).per_application == 20000


def test_less_debt_takes_off_the_worth_of_what_is_paid_back_only():
    assert worth(replace(PLAIN, less_debt=ALL), "loan") == 0
    assert worth(replace(PLAIN, less_debt=Fraction(1, 2)), "loan") == worth(PLAIN, "loan") / 2
    assert worth(replace(PLAIN, less_debt=ALL), "grant") == worth(PLAIN, "grant")


def test_fewer_files_makes_each_application_dearer():
    assert preferences_of(CATALOGUE, replace(PLAIN, fewer_files=ALL)).per_application == 100000
    assert preferences_of(CATALOGUE, replace(PLAIN, fewer_files=Fraction(1, 2))).per_application == 60000


def test_sooner_money_makes_each_month_of_waiting_dearer():
    assert worth(replace(PLAIN, sooner=ALL), "grant") == Fraction("0.85")  # 5 months at 3 %


def test_waiting_never_makes_money_worth_less_than_nothing():
    slow = {**CATALOGUE.raw["manifest"]["plan"], "months_until_paid": {"grant": 60}}
    manifest = {**CATALOGUE.raw["manifest"], "plan": slow}
    known = build_catalogue({**CATALOGUE.raw, "manifest": manifest}, revision="slow")
    assert preferences_of(known, replace(PLAIN, sooner=ALL)).worth["grant"] == 0


def test_pins_and_bans_take_former_ids_and_refuse_unknown_ones():
    redirect = next(iter(CATALOGUE.redirects), None)
    assert redirect is not None
    assert preferences_of(CATALOGUE, Wishes(pinned=frozenset({redirect}))).pinned == {CATALOGUE.redirects[redirect]}
    with pytest.raises(AlliageError) as refusal:
        preferences_of(CATALOGUE, Wishes(banned=frozenset({"nowhere"})))
    assert refusal.value.problems[0].code == "programme-unknown"


def test_a_pack_without_estimates_lets_money_be_worth_its_advantage():
    manifest = {key: value for key, value in CATALOGUE.raw["manifest"].items() if key != "plan"}
    known = build_catalogue({**CATALOGUE.raw, "manifest": manifest}, revision="plain")
    found = preferences_of(known, replace(PLAIN, sooner=ALL, fewer_files=ALL))
    assert (found.worth["tax-credit"], found.per_application) == (Fraction("0.8"), 0)
