"""A question is kept whole, and has an owner at once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from alliage.hub.people.models import Organisation
from alliage.hub.questions.actions import Origin, Refused, ask
from alliage.hub.questions.actions.asking import LONGEST
from alliage.hub.questions.models import Absence, Office, Question, State
from alliage.hub.questions.queries.waiting import open_of_day, open_of_region
from tests.hub.questions.conftest import MONTREAL, NOW, PROGRAMME, SAGUENAY, officer_of

pytestmark = pytest.mark.django_db
MONEY = {"text": "Mes frais de douane comptent-ils?", "language": "fr", "at": NOW}


def test_a_question_about_a_programme_goes_to_an_officer_of_its_provider_for_that_region(agency: Organisation) -> None:
    officer_of(agency, "paul", regions=(MONTREAL,))
    ana = officer_of(agency, "ana", regions=(SAGUENAY,))
    question = ask(**MONEY, programme=PROGRAMME, region=SAGUENAY, origin=Origin("programme"))
    assert (question.officer, question.organisation_asked, question.state) == (ana, agency, State.ROUTED)
    assert [move.what for move in question.moves.all()] == ["asked", "routed"]


def test_the_least_loaded_of_two_officers_is_chosen_so_that_questions_alternate(agency: Organisation) -> None:
    people = {officer_of(agency, "ana"), officer_of(agency, "paul")}
    asked = [ask(**MONEY, programme=PROGRAMME).officer for _ in range(4)]
    assert set(asked) == people
    assert asked[:2] == asked[2:]


def test_nobody_there_is_the_shared_box_and_without_a_box_the_team(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    Absence.objects.create(person=ana, first=NOW.date(), last=NOW.date())
    assert ask(**MONEY, programme=PROGRAMME).organisation_asked is None, "the team"
    Office.objects.create(organisation=agency, email="info@iq.example")
    to_the_box = ask(**MONEY, programme=PROGRAMME)
    assert (to_the_box.organisation_asked, to_the_box.officer) == (agency, None)


def test_without_a_programme_the_need_chooses_and_without_a_need_the_team(agency: Organisation) -> None:
    officer_of(agency, "all")  # answers for all of its programmes, not for every need in the world
    ana = officer_of(agency, "ana", needs=("export",))
    assert ask(**MONEY, need="export").officer == ana
    assert ask(**MONEY, need="rd").officer is None
    assert ask(**MONEY).officer is None


def test_a_question_of_a_day_goes_to_the_agency_named_and_is_found_again_by_day_and_region(
    agency: Organisation,
) -> None:
    ana = officer_of(agency, "ana")
    question = ask(**MONEY, region=SAGUENAY, origin=Origin("day", "saguenay-2026"), to=agency, due=NOW.date())
    assert (question.officer, question.due) == (ana, NOW.date())
    assert list(open_of_day("saguenay-2026")) == [question] == list(open_of_region(SAGUENAY))


@pytest.mark.parametrize(("text", "why"), [(" \u200b\n", "empty"), ("x" * (LONGEST + 1), "too-long")])
def test_nothing_and_a_whole_file_are_no_question(text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(text=text, language="fr", at=NOW)
    assert refused.value.why == why
    assert not Question.objects.exists()


def test_a_form_sent_twice_asks_once() -> None:
    assert ask(**MONEY, key="k") == ask(**MONEY, key="k")
    assert Question.objects.count() == 1


def test_what_the_pack_does_not_know_is_left_out() -> None:
    question = ask(**MONEY, programme="nothing", need="nothing", region="nothing")
    assert (question.programme, question.need, question.region) == ("", "", "")


def test_no_address_is_kept_without_a_consent() -> None:
    question = ask(**MONEY, asker="Ana@Example.org ")
    assert (question.email, question.agreed) == ("ana@example.org", NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(agreed=None)


def test_whoever_goes_leaves_the_question_to_the_next_never_to_nobody(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    question = ask(**MONEY, programme=PROGRAMME)
    ana.delete()
    question.refresh_from_db()
    assert (question.officer, question.organisation_asked, question.waiting) == (None, agency, True)
