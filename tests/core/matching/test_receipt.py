"""A receipt says, for each condition, its state, the rule in words, the answer used and the source."""

from decimal import Decimal
from typing import Any

import pytest

from alliage.core.matching.aid import Aid, PartAid
from alliage.core.matching.answer import results_as_dict
from alliage.core.matching.receipt import Receipts, source_of, sums, wording
from tests import invented
from tests.invented import results

GIVEN = {"farm.sites": "av-ost", "farm.form": "family", "farm.hands": {"from": 30, "to": 60}, "plan.begun": True}


def told(given: dict[str, Any], id_: str, *, every: bool = False) -> dict[str, Any]:
    found = results_as_dict(results(given), every=every)
    return next(result for result in found["results"] if result["programme"] == id_)


def test_each_condition_has_its_line_in_the_order_of_the_document():
    lines = told(GIVEN, "well-grant")["conditions"]
    assert [(line["state"], line.get("cause"), line["attribute"], line["answer"]) for line in lines] == [
        ("met", None, "farm.sites", "av-ost"),
        ("met", None, "farm.hands", {"from": 30, "to": 60}),
        ("missing", "imprecise", "farm.hands", {"from": 30, "to": 60}),
        ("met", None, "farm.form", "family"),
        ("failed", None, "plan.begun", True),
    ]
    assert lines[4]["words"] == {"fr": "Le chantier n'est pas commencé", "en": "The plan has not begun"}


def test_a_group_has_the_lines_of_its_parts():
    lines = told({"farm.sites": "av-ost", "farm.pasture": 0.1}, "barn-loan")["conditions"]
    any_, not_ = lines[4:]
    assert (any_["group"], any_["state"], any_["cause"]) == ("AnyOf", "missing", "missing")
    assert [part.get("attribute", part.get("group")) for part in any_["parts"]] == ["farm.pasture", "All"]
    assert [part["state"] for part in any_["parts"]] == ["failed", "missing"]
    assert any_["parts"][1]["parts"][0]["answer"] == "unknown"
    assert not_["group"] == "NoneOf"
    assert "attribute" not in any_


def test_a_line_names_its_source():
    lines = told(GIVEN, "well-grant")["conditions"]
    assert lines[0]["source"] == {
        "key": "provider",
        "title": {"fr": "territoire servi par l'organisme", "en": "territory that the provider serves"},
        "publisher": {"fr": "Bourse de la Couronne", "en": "Crown Purse"},
        "url": "https://purse.avelle.example",
    }
    page = lines[1]["source"]
    assert (page["key"], page["title"], page["confirmed"]) == ("page", "Wells", "2026-10-15")
    catalogue = invented.catalogue()
    record = source_of(catalogue.programmes["well-grant"], key="record", catalogue=catalogue)
    assert record == {
        "key": "record",
        "title": {"fr": "une des sources du programme", "en": "one of the programme's sources"},
    }


def test_two_programmes_keep_their_own_sources_under_one_key():
    found = results_as_dict(results({"farm.sites": "av-ost"}), every=True)
    urls = {
        r["programme"]: line["source"]["url"]
        for r in found["results"]
        for line in r["conditions"][1:2]
        if "source" in line
    }
    assert urls["barn-loan"].endswith("/granges")
    assert urls["cider-credit"].endswith("/cider")


def test_an_answer_that_changes_changes_its_line():
    receipts = Receipts(invented.catalogue())
    programme = invented.catalogue().programmes["tithe-rule"]
    for value in (True, False, True):
        found = results({"farm.profit": value})
        match = found.result("tithe-rule").match
        line = receipts.lines(programme, match.findings, found.known.answers)[1]
        assert (line["answer"], line["state"]) == (value, "met" if value else "failed")
    unanswered = results({})
    line = receipts.lines(programme, unanswered.result("tithe-rule").match.findings, {})[1]
    assert (line["answer"], line["state"], line["cause"]) == ("unknown", "missing", "missing")


def test_a_result_carries_all_that_a_person_needs():
    found = told(GIVEN, "well-grant")
    assert found["name"]["en"] == "Well Grant (invented)"
    assert (found["verdict"], found["failed"], found["missing"], found["unsettled"]) == (
        "ineligible",
        ["plan.begun"],
        ["farm.hands"],
        [],
    )
    assert found["provider"] == {
        "id": "crown-purse",
        "name": {"fr": "Bourse de la Couronne", "en": "Crown Purse"},
        "level": "crown",
    }
    assert found["intake"]["state"] == "opens-on"
    assert (found["kind"], found["instrument"], found["needs"]) == ("programme", "grant", ["water"])
    assert found["to_confirm"][0]["text"]["en"] == "Have a water plan."
    assert found["to_confirm"][0]["source"]["key"] == "page"
    assert found["to_confirm"][0]["source"]["title"] == "Wells"
    assert (found["aid"]["at_most"], found["aid"]["parts"][0]["rate_at_most"]) == (30000, 0.6)
    assert found["no_condition_read"] is False
    assert found["freshness"] == {"state": "confirmed", "months": 1}
    assert (found["confidence"], found["as_of"]) == ("high", "2026-02")
    assert found["url"] == {"en": "https://purse.avelle.example/wells"}
    assert found["replaces"] == []
    assert told({}, "wool-prize")["replaces"] == ["old-wool-prize"]
    assert told({}, "open-hand")["no_condition_read"] is True


def test_a_near_miss_says_what_to_do_in_both_languages():
    (miss,) = told(GIVEN, "well-grant")["near_misses"]
    assert (miss["effort"], miss["verdict"]) == (1, "possible")
    assert miss["changes"] == [
        {
            "attribute": "plan.begun",
            "now": True,
            "then": False,
            "how": {"fr": "Demander l'aide avant de commencer", "en": "Apply before you begin"},
            "words": {"fr": "non", "en": "no"},
        }
    ]


def test_the_whole_says_its_day_its_catalogue_and_what_follows():
    given = {"farm.grid": "OS1", "plan.aims": ["schooling"]}
    found = results_as_dict(results(given))
    catalogue = invented.catalogue()
    assert found["on"] == "2026-11-26"
    assert found["catalogue"] == {"id": "invented", "revision": catalogue.revision, "programmes": 10}
    assert found["hidden_by_needs"] == 7
    assert {result["programme"] for result in found["results"]} == {"north-school", "wool-prize", "open-hand"}
    assert found["derived"] == {"farm.sites": {"answer": "av-ost", "from": "farm.grid"}}
    assert found["redirects"] == {"old-wool-prize": "wool-prize"}
    assert found["next_question"]["attribute"] in invented.vocabulary().attributes
    every = results_as_dict(results(given), every=True)
    assert (every["hidden_by_needs"], len(every["results"])) == (0, 10)


def test_without_a_question_there_is_none():
    given = {"farm.sites": "nr-kell", "plan.aims": ["water"]}
    assert results_as_dict(results(given))["next_question"] is None


# --------------------------------------------------------------------------------------- how an amount is found


def money(**facts: Any) -> PartAid:
    """A grant of half of 10,000, with other facts."""
    plain: dict[str, Any] = {"instrument": "grant", "amount_at_most": None, "per": None}
    numbers = {"rate_at_most": "0.5", "at_most": "5000", "base": "10000", **facts}
    return PartAid(**plain, **{name: Decimal(v) if isinstance(v, str) else v for name, v in numbers.items()})


def summed(*parts: PartAid, lang: str = "en") -> list[str]:
    said = sums(Aid(None, Decimal(0), parts), words=wording(invented.catalogue(), lang=lang))
    return [one.replace("\u00a0", " ") for one in said]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (money(), "grant: 50% of €10,000, that is €5,000"),
        (money(at_most="3000"), "grant: 50% of €10,000, capped: €3,000"),
        (money(base="9000", at_most="4500", threshold="1000"),
         "grant: 50% of €9,000 (€10,000 less the threshold of €1,000), that is €4,500"),
        (money(counted=True), "grant: 50% of €10,000 (the share that counts), that is €5,000"),
        (money(rate_at_least="0.2", at_least="2000"),
         "grant: from 20% to 50% of €10,000, that is from €2,000 to €5,000"),
        (money(rate_at_least="0.5", at_least="5000"), "grant: 50% of €10,000, that is €5,000"),
        (money(base="0.05", at_most="0.02"), "grant: 50% of €0.05, that is €0.02"),
    ],
)  # fmt: skip
def test_how_an_amount_is_found_is_said(part: PartAid, expected: str):
    assert summed(part) == [expected]


def test_how_an_amount_is_found_is_said_in_french_too():
    assert summed(money(threshold="1000"), lang="fr") == [
        "subvention : 50 % de 10 000 € (11 000 € moins le seuil de 1 000 €), soit 5 000 €"
    ]


def test_a_part_without_a_form_has_its_sum_too():
    (said,) = summed(PartAid(None, Decimal("0.5"), None, None, Decimal(5), base=Decimal(10)))
    assert said.endswith(": 50% of €10, that is €5")


def test_only_what_a_rate_makes_of_a_known_base_is_worked_out():
    assert summed(money(base=None), money(at_most=None), money(at_most="0"), money(announced=True)) == []
    assert len(summed(money(), money(at_most="3000"))) == 2
