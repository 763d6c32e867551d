"""What the page of the plan reads in an answer: rounded on the honest side, most useful first, nothing lost."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from alliage.core.vocabulary.yaml_files import read_yaml
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.plan_changes import Trial
from alliage.hub.finder.queries.plan_page import ASK, LATE, NOTHING, READY, plan_page
from alliage.hub.finder.queries.plan_whys import comparison, whys_page
from alliage.hub.finder.queries.voice import Voice, voice
from alliage.hub.programmes.queries import Shelf
from tests.papers.conftest import guaranteed, nothing, short_of_money, stopped, too_late

SAMPLE = read_yaml(Path("tests/papers/sample.yaml"))
RULE = {"code": "not-with", "text": {"fr": "Pas avec un prêt.", "en": "Not with a loan."}, "source": None}
UNDO = {"fr": "Ne plus y tenir.", "en": "To undo: no longer keep it."}
UNFIT = [
    {"programme": id_, "name": {"fr": id_, "en": id_}, "never": never, "reasons": [RULE], "unpin": [id_], "undo": UNDO}
    for id_, never in (("c3i", True), ("canexport-pme", False))
]


@pytest.fixture
def french(shelf: Shelf) -> Voice:
    return voice(shelf, "fr")


@pytest.fixture
def answer() -> dict[str, Any]:
    """An answer to change at will."""
    return copy.deepcopy(SAMPLE)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_ten_seconds(answer: dict[str, Any], french: Voice) -> None:
    answer["safe"]["total"] = 332300.99
    page = plan_page(answer, Dossier(), voice=french)
    assert page.state == READY
    assert page.headline
    assert spaced(page.headline.aid) == "332 300 $", "aid is never said larger than it is"
    assert spaced(page.headline.own) == "467 701 $", "nor what is left to pay smaller"
    assert spaced(page.headline.share) == "40 %"
    assert spaced(page.headline.repaid) == "213 000 $"
    assert spaced(page.headline.most) == "399 500 $"
    assert page.headline.points == 3
    assert page.headline.no_ceiling == 2
    assert page.headline.proof.startswith("Preuve")
    assert page.bridge
    assert spaced(page.bridge.amount) == "99 300 $"


def test_the_private_money_that_is_missing_is_said_beside_own_funds(answer: dict[str, Any], french: Voice) -> None:
    page = plan_page(short_of_money(answer), Dossier(), voice=french)
    assert page.headline
    assert page.bridge
    assert "il manquerait 167 700,50 $" in spaced(page.headline.private)
    assert (spaced(page.bridge.in_hand), spaced(page.bridge.amount)) == ("300 000 $", "267 001 $")
    answer["safe"]["private"], answer["cash"]["in_hand"] = None, None
    page = plan_page(answer, Dossier(), voice=french)
    assert page.headline
    assert page.bridge
    assert (page.headline.private, page.bridge.in_hand) == ("", "")


def test_the_plan_that_time_stopped_says_what_may_be_left(answer: dict[str, Any], french: Voice) -> None:
    proved = answer["safe"]["proof"]
    page = plan_page(stopped(answer), Dossier(), voice=french)
    assert page.headline
    assert ("3 001 $" in spaced(page.headline.proof), page.headline.proved) == (True, False)
    answer["reachable"]["proof"], answer["safe"]["proof"] = answer["safe"]["proof"], proved
    page = plan_page(answer, Dossier(), voice=french)
    assert page.headline
    assert page.headline.proved, "the plan that is shown is proved"


def test_no_plan_found_in_time_is_not_said_to_be_none(answer: dict[str, Any], french: Voice) -> None:
    page = plan_page(too_late(answer), Dossier(), voice=french)
    assert page.state == LATE
    assert not page.empty, "nobody knows that there is no plan"
    assert page.headline
    assert "avant qu’un plan soit trouvé" in page.headline.proof


def test_without_expenses_the_budget_is_asked(answer: dict[str, Any], french: Voice) -> None:
    assert plan_page(None, Dossier(), voice=french).state == ASK
    answer["project"]["lines"] = []
    assert plan_page(answer, Dossier(), voice=french).state == ASK


def test_with_nothing_sure_the_reachable_plan_is_drawn_and_said(answer: dict[str, Any], french: Voice) -> None:
    answer["safe"] |= {"total": 0, "worth": 0, "programmes": [], "binding": [], "own_funds": 800000.5}
    answer["safe"]["sources"] = [one for one in answer["safe"]["sources"] if one["programme"] is None]
    page = plan_page(answer, Dossier(), voice=french)
    assert page.state == READY
    assert not page.safe
    assert page.chart
    assert page.chart.sources[0].programme == "c3i"
    assert page.headline
    assert page.headline.aid == ""
    assert page.empty
    assert page.first
    assert page.first.id == answer["confirmations"][0]["programme"]
    assert [row.id for row in page.others] == ["c3i"]


def test_with_nothing_at_all_no_plan_is_drawn(answer: dict[str, Any], french: Voice) -> None:
    for end in ("safe", "reachable"):
        answer[end] |= {"total": 0, "worth": 0, "programmes": [], "binding": [], "sources": []}
    assert plan_page(answer, Dossier(), voice=french).state == NOTHING


def test_programmes_come_by_amount_with_what_they_pay(answer: dict[str, Any], french: Voice) -> None:
    page = plan_page(answer, Dossier(pinned=("mfor",)), voice=french)
    assert [row.id for row in page.rows] == ["essor-volet-2", "c3i", "essor-volet-1c", "mfor"]
    assert [row.pinned for row in page.rows] == [False, False, False, True]
    piece = page.rows[0].pieces[0]
    assert (spaced(piece.rate), piece.family) == ("30 %", "debt")
    assert piece.lines == "machines et équipement, bâtiment et aménagement"
    assert spaced(piece.working).endswith("= 710 000 $) × 30 % = 213 000 $")
    assert spaced(page.rows[3].intake_words) == "Ouvre le 11 janvier 2027, jusqu’au 26 février 2027"


def test_confirmations_that_pay_come_first_and_the_others_are_apart(answer: dict[str, Any], french: Voice) -> None:
    page = plan_page(answer, Dossier(), voice=french)
    assert [spaced(one.money) for one in page.confirmations] == ["37 200 $", "30 000 $"]
    assert [one.id for one in page.together] == ["fli-fjord"]
    answer["confirmations"][0] |= {"money": -500, "provider": {**answer["confirmations"][0]["provider"]}}
    answer["confirmations"][0]["contact"] = {"note": answer["confirmations"][0]["provider"]["name"]}
    first = plan_page(answer, Dossier(), voice=french).confirmations[0]
    assert (first.money, first.note) == ("", ""), "less money that is worth more; nobody is named twice"


def test_what_there_was_no_time_to_compute_is_not_said_to_add_nothing(answer: dict[str, Any], french: Voice) -> None:
    answer["confirmations"][2] |= {"worth": None, "money": None}
    page = plan_page(answer, Dossier(), voice=french)
    assert (page.confirmations[2].no_time, page.together) == (True, ())
    said = render_to_string("finder/_plan_call.html", {"one": page.confirmations[2]})
    assert "non calculé dans le temps donné" in said
    assert "seulement" not in said


def test_a_limit_says_what_it_would_give_in_money_or_in_points(answer: dict[str, Any], said: Voice) -> None:
    by, caps, base = plan_page(answer, Dossier(), voice=said).limits
    assert by.by == {"fr": "1 point de pourcentage", "en": "1 percentage point"}[said.lang] or by.by
    assert spaced(caps.by) == {"fr": "1 000 $", "en": "$1,000"}[said.lang]
    assert (base.by, base.worth) == ("", "")


def test_what_cannot_enter_is_by_reason(answer: dict[str, Any], french: Voice) -> None:
    closed = answer["cannot_enter"][0]
    answer["cannot_enter"].append({**closed, "programme": "b", "name": {"fr": "Aide B", "en": "Aid B"}})
    first, second = plan_page(answer, Dossier(), voice=french).cannot
    assert first.reason == "Le dépôt des demandes est fermé."
    assert [one.name for one in first.programmes] == ["Aide B", "Technoclimat"]
    assert len(second.programmes) == 1


def test_a_pin_that_does_not_fit_is_named_with_its_rules(answer: dict[str, Any], french: Voice) -> None:
    page = plan_page(answer | {"unfit": UNFIT}, Dossier(pinned=("c3i",)), voice=french)
    assert page.unfit
    assert [one.id for one in page.unfit.never] == ["c3i"]
    assert [one.id for one in page.unfit.later] == ["canexport-pme"]
    for lost in (*page.unfit.never, *page.unfit.later):
        assert [rule.text for rule in lost.rules] == ["Pas avec un prêt."]
        assert (lost.undo, [one.id for one in lost.unpin]) == (UNDO["fr"], [lost.id])


def test_a_programme_that_is_gone_is_not_shown_among_the_wishes(french: Voice) -> None:
    wished = plan_page(None, Dossier(pinned=("gone",), banned=("c3i", "nothing")), voice=french).wished
    assert wished.pinned == ()
    assert [one.id for one in wished.banned] == ["c3i"]


def test_the_nearest_plan_is_the_first_reason_to_hesitate(answer: dict[str, Any], french: Voice) -> None:
    nearer = {
        **answer["left_out"][1],
        "programme": "nearer",
        "with_it": {"worth": 154000, "difference": -748, "total": 9},
    }
    page = whys_page([*answer["left_out"], nearer], answer["cannot_enter"], Dossier(), voice=french)
    assert [one.id for one in page.left_out] == ["nearer", "bdc-equipement"]
    assert spaced(page.left_out[1].less) == "1 500 $"
    assert [one.id for one in page.not_yet] == ["canexport-pme"]
    assert len(page.cannot) == 2


def test_a_change_is_shown_beside_the_plan_of_now(answer: dict[str, Any], french: Voice) -> None:
    then = copy.deepcopy(answer)
    then["safe"]["total"] += 8000.5
    then["safe"]["programmes"] = [*answer["reachable"]["programmes"], {**answer["safe"]["programmes"][0]}]
    page = comparison(answer, Trial("Si tout coûtait plus", then, begun=True), voice=french)
    assert page.begun
    assert (page.words, page.sign, spaced(page.difference)) == ("Si tout coûtait plus", "more", "8 000 $")
    assert [one.id for one in page.leave] == ["essor-volet-1c", "mfor"]
    assert page.enter == ()
    assert [one.name for one in page.figures] == ["cost", "total", "own_funds", "reachable"]
    assert comparison(answer, Trial("", answer), voice=french).sign == "same"
    unsure = {**answer, "safe": {**answer["safe"], "total": 0}}
    assert comparison(unsure, Trial("", unsure), voice=french).aid == ""


def test_a_plan_that_was_not_found_in_time_is_not_compared(answer: dict[str, Any], french: Voice) -> None:
    late = too_late(copy.deepcopy(answer))
    for page in (
        comparison(answer, Trial("x", late), voice=french),
        comparison(late, Trial("x", answer), voice=french),
    ):
        assert (page.sign, page.figures, page.enter, page.leave) == ("late", (), (), ())
        said = render_to_string("finder/_plan_if.html", {"page": page})
        assert "avant qu’un plan soit trouvé" in said
        assert "<table" not in said


def test_a_reachable_plan_that_was_not_found_in_time_is_no_figure(answer: dict[str, Any], french: Voice) -> None:
    late = {**answer, "reachable": too_late(copy.deepcopy(answer))["reachable"]}
    page = comparison(answer, Trial("x", late), voice=french)
    assert (page.sign, [one.name for one in page.figures]) == ("same", ["cost", "total", "own_funds"])


def test_a_guarantee_is_a_row_and_no_source_of_money(answer: dict[str, Any], french: Voice) -> None:
    before = plan_page(answer, Dossier(), voice=french)
    page = plan_page(guaranteed(answer), Dossier(), voice=french)
    assert page.chart == before.chart
    assert page.headline
    assert before.headline
    assert (page.headline.aid, page.headline.own) == (before.headline.aid, before.headline.own)
    assert (page.headline.payers, spaced(page.headline.guaranteed)) == (4, "45 000 $")
    row = page.rows[-1]
    assert (row.id, row.amount) == ("fli", "")
    assert "ce n’est pas une somme reçue" in row.pieces[0].note


def test_a_plan_that_only_guarantees_is_drawn_as_it_is(answer: dict[str, Any], french: Voice) -> None:
    fli = guaranteed(answer)["safe"]["programmes"][-1]
    answer = nothing(answer)
    answer["safe"] |= {"programmes": [fli], "guaranteed": 45_000, "vouched": 60_000}
    page = plan_page(answer, Dossier(), voice=french)
    assert (page.state, page.safe) == (READY, True)
    assert page.headline
    assert (page.headline.aid, page.headline.more, page.headline.payers) == ("", "", 0)
