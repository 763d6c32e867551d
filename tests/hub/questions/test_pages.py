"""The pages of questions: asked without an account, followed by a secret link, answered by officers and boxes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from alliage.hub.days.models import Tour
from alliage.hub.people.models import AccessEntry, Consent, NoMore, Organisation, Person
from alliage.hub.questions.actions import ask, moving
from alliage.hub.questions.actions.asking import LONGEST
from alliage.hub.questions.actions.forgetting import FORGETS
from alliage.hub.questions.actions.moving import Said
from alliage.hub.questions.actions.receiving import AN_HOUR, EACH
from alliage.hub.questions.actions.records import officer
from alliage.hub.questions.links import digest_token, office_token, token_of
from alliage.hub.questions.models import Absence, Beat, Move, Office, Question, State
from tests.hub.answers import give
from tests.hub.people.actors import Actor, make_person, shown, sign_in
from tests.hub.people.conftest import ours, person, signed
from tests.hub.questions.conftest import NOW, PROGRAMME, SAGUENAY, after, officer_of
from tests.hub.things import make_day

__all__ = ["ours", "person", "signed"]  # fixtures
pytestmark = pytest.mark.django_db
ASK, INBOX, PRESENCE = "/questions/poser/", "/bureau/questions/", "/bureau/presence/"
TEXT = "Mes frais de douane comptent-ils?"
FIELDS = {"text": TEXT, "need": "", "region": "", "email": "", "programme": PROGRAMME, "de": "programme", "do": "send"}


def post(client: Client, **more: Any) -> HttpResponse:
    return client.post(ASK, {**FIELDS, **more})


def key_in(page: str) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', page)
    assert found
    return found[1]


def asked(**more: Any) -> Question:
    return ask(**{"text": TEXT, "language": "fr", "at": NOW, "programme": PROGRAMME, **more})


@pytest.fixture
def ana(agency: Organisation) -> Person:
    """The officer of the agency."""
    return officer_of(agency, "ana")


@pytest.fixture
def desk(ana: Person) -> Client:
    """Her browser."""
    return sign_in(ana, methods=("code", "mfa"))


# -------------------------------------------------------------------------------------------------- asking


def test_a_question_is_asked_without_an_account_and_leads_to_its_own_page(client: Client, ana: Person) -> None:
    page = shown(client.get(ASK, {"programme": PROGRAMME, "de": "programme"}))
    assert "FRONTIERE" in page
    assert "1 844 474-6367" in page, "whom to call, beside"
    response = post(client, region=SAGUENAY)
    question = Question.objects.get()
    assert response.headers["Location"] == f"/question/{token_of(question)}/"
    assert (question.officer, question.region, question.kind, question.agreed) == (ana, SAGUENAY, "programme", None)
    followed = shown(client.get(response.headers["Location"]))
    assert TEXT in followed
    assert "17 décembre 2026" in followed, "when the organisation is told"
    assert "C’est le seul moyen de revenir" in followed
    assert client.get(response.headers["Location"]).headers["X-Robots-Tag"] == "noindex"


def test_a_line_of_a_receipt_and_a_plan_say_what_the_question_is_about(client: Client) -> None:
    page = shown(client.get(ASK, {"programme": PROGRAMME, "de": "receipt", "point": "company.revenue"}))
    assert "Chiffre d’affaires annuel : au moins 3 000 000 $" in page
    assert 'name="point" value="company.revenue"' in page
    post(client, de="receipt", point="company.revenue")
    assert (Question.objects.get().kind, Question.objects.get().about) == ("receipt", "company.revenue")
    assert "plan de financement" in shown(client.get(ASK, {"de": "plan"}))


def test_pages_of_the_finder_lead_there(client: Client) -> None:
    give(client, {"a": {"company.postal_code": "G7H 1A1", "project.needs": ["tariffs"]}})
    receipt = shown(client.get(f"/trouver/resultats/{PROGRAMME}/"))
    assert f"/questions/poser/?de=receipt&amp;programme={PROGRAMME}&amp;point=company.revenue" in receipt
    assert f"/questions/poser/?de=programme&amp;programme={PROGRAMME}" in shown(client.get(f"/programmes/{PROGRAMME}/"))
    form = shown(client.get(ASK, {"programme": PROGRAMME}))
    assert f'<option value="{SAGUENAY}" selected>' in form, "what the answers of the browser already say"
    assert '<option value="tariffs" selected>' in form


def test_a_question_of_20_000_signs_is_refused_kindly_and_kept_as_it_was_typed(client: Client) -> None:
    long = "Une très longue question. " * 770
    response = post(client, text=long)
    page = shown(response)
    assert response.status_code == 422
    assert "C’est trop long : 20 019 signes, et il en faut 5 000 au plus. Rien n’est perdu" in page
    assert long.strip() in page
    assert not Question.objects.exists()
    assert post(client, text="x" * LONGEST).status_code == 303


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": " \u200b "}, "Écrivez votre question."),
        ({"email": "ana@pme.example"}, "Cochez cette case, ou effacez le courriel."),
        ({"write": "yes"}, "Écrivez le courriel, ou décochez la case."),
        ({"email": "not an address", "write": "yes"}, "Ce courriel ne se lit pas."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client: Client, more: dict[str, str], said: str) -> None:
    response = post(client, region=SAGUENAY, **more)
    page = shown(response)
    assert response.status_code == 422
    assert said in page
    assert f'<option value="{SAGUENAY}" selected>' in page
    assert more.get("text", TEXT).strip() in page
    assert not Question.objects.exists()


def test_an_address_is_kept_with_a_consent(client: Client) -> None:
    post(client, email="Ana@PME.example", write="yes")
    question = Question.objects.get()
    assert (question.email, question.agreed) == ("ana@pme.example", NOW)


def test_a_form_sent_twice_asks_once(client: Client) -> None:
    key = key_in(client.get(ASK).content.decode())
    first, second = post(client, form_key=key), post(client, form_key=key)
    assert first.headers["Location"] == second.headers["Location"]
    assert Question.objects.count() == 1


def test_a_key_that_somebody_else_knows_opens_no_question(client: Client) -> None:
    """Neither given in an address, nor sent with another text."""
    key = key_in(client.get(f"{ASK}?key=fixed-by-another&form_key=fixed-by-another").content.decode())
    assert key != "fixed-by-another"
    theirs = post(client, form_key=key)
    other = post(Client(), form_key=key, text="Une tout autre question?")
    assert other.headers["Location"] != theirs.headers["Location"]
    assert Question.objects.count() == 2


def test_a_robot_that_fills_what_nobody_sees_asks_nothing(client: Client) -> None:
    assert post(client, website="https://spam.example").status_code == 303
    assert not Question.objects.exists()


def test_one_address_asks_so_many_a_day_and_what_was_typed_stays(client: Client) -> None:
    for _ in range(EACH):
        asked(asker="ana@pme.example")
    response = post(client, email="ana@pme.example", write="yes")
    assert response.status_code == 429
    assert TEXT in shown(response)
    assert "Votre question n’est pas encore partie" in shown(response)


def test_visitors_ask_so_many_an_hour_together_and_each_network_address_fewer(client: Client, settings: Any) -> None:
    most = int(settings.ACCOUNT_RATE_LIMITS["questions"].partition("/")[0])
    for _ in range(most):
        assert post(client).status_code == 303
    assert post(client).status_code == 429
    assert client.post(ASK, FIELDS, REMOTE_ADDR="10.1.2.3").status_code == 303
    for _ in range(AN_HOUR - most - 1):
        asked()
    assert client.post(ASK, FIELDS, REMOTE_ADDR="10.1.2.4").status_code == 429


def test_who_has_an_account_asks_for_an_organisation_of_theirs_alone(ours: Organisation, signed: Client) -> None:
    page = shown(signed.get(ASK))
    assert "Écrivez-moi à ana@example.org" in page
    post(signed, owner="atelier-a", write="yes")
    post(signed, owner="atelier-b")
    mine = Question.objects.order_by("pk").first()
    assert mine is not None
    assert (mine.asked_for, mine.agreed) == (ours, NOW)
    assert Question.objects.count() == 1, "an organisation of others is not in the list"
    listed = shown(signed.get("/compte/questions/"))
    assert TEXT in listed
    assert token_of(mine) in listed


# ---------------------------------------------------------------------------------------------- following


def test_who_asked_follows_up_judges_and_takes_back(client: Client, ana: Person) -> None:
    question = asked(asker="x@pme.example")
    mine = f"/question/{token_of(question)}/"
    moving.answer(question.pk, by=officer(NOW, ana), said=Said("Oui, à 50 %."))
    page = shown(client.get(mine))
    assert page.count("Oui, à 50 %.") == 1
    client.post(mine, {"do": "no"})
    assert "Vous avez dit que cela ne suffit pas" in shown(client.get(mine))
    assert client.post(mine, {"do": "add", "text": " "}).status_code == 422
    assert client.post(mine, {"do": "add", "text": "Et le transport?"}).status_code == 303
    question.refresh_from_db()
    assert (question.state, question.officer) == (State.ROUTED, ana)
    client.post(mine, {"do": "withdraw"})
    question.refresh_from_db()
    assert question.state == State.WITHDRAWN
    late = client.post(mine, {"do": "add", "text": "Encore"})
    assert late.status_code == 422
    assert "déjà close" in shown(late)
    assert "Encore" in shown(late)


def test_what_is_missing_in_an_answer_is_never_dropped_in_silence(client: Client, ana: Person) -> None:
    question = asked()
    mine = f"/question/{token_of(question)}/"
    moving.answer(question.pk, by=officer(NOW, ana), said=Said("Oui, à 50 %."))
    long = "x" * (LONGEST + 1)
    refused = client.post(mine, {"do": "no", "text": long})
    assert refused.status_code == 422
    assert "C’est trop long : 5 001 signes" in shown(refused)
    assert long in shown(refused)
    question.refresh_from_db()
    assert (question.state, question.satisfied) == (State.ANSWERED, None)
    assert client.post(mine, {"do": "no", "text": "Et le transport?"}).status_code == 303
    assert [move.why for move in question.moves.filter(what="followed-up")] == ["Et le transport?"]


def test_no_more_letters_forgets_the_address_by_the_page_or_by_the_mail_program(client: Client) -> None:
    for send in (
        lambda token: client.post(f"/question/{token}/", {"do": "quiet"}),
        lambda token: Client(enforce_csrf_checks=True).post(f"/question/arreter/{token}/"),
    ):
        question = asked(asker="x@pme.example")
        assert client.get(f"/question/arreter/{token_of(question)}/").status_code == 200
        question.refresh_from_db()
        assert question.email, "a page that is only opened changes nothing"
        send(token_of(question))
        question.refresh_from_db()
        assert (question.email, question.agreed) == ("", None)


def test_a_link_opens_its_own_question_and_nothing_else(client: Client) -> None:
    question = asked()
    assert client.get(f"/question/{office_token(question)}/").status_code == 410, "of another purpose"
    assert client.get(f"/question/{token_of(question)[:-1]}/").status_code == 410
    assert client.get(f"/question/bureau/{token_of(question)}/").status_code == 410


# ---------------------------------------------------------------------------------------------- answering


def test_an_officer_takes_promises_and_answers(desk: Client) -> None:
    question = asked()
    assert TEXT in shown(desk.get(INBOX))
    page = f"{INBOX}{question.pk}/"
    assert desk.post(page, {"do": "take"}).headers["Location"] == INBOX
    late = desk.post(page, {"do": "promise", "day": NOW.date().isoformat(), "why": "Je vérifie."})
    assert late.status_code == 422
    assert "dans les 60 prochains jours" in shown(late)
    assert "Je vérifie." in shown(late)
    desk.post(page, {"do": "promise", "day": after(5).date().isoformat()})
    question.refresh_from_db()
    assert (question.state, question.due, question.first_taken) == (State.PROMISED, after(5).date(), NOW)
    assert desk.post(page, {"do": "answer", "text": "", "channel": "written"}).status_code == 422
    desk.post(page, {"do": "answer", "text": "Oui.", "channel": "meeting"})
    question.refresh_from_db()
    assert (question.state, question.channel) == (State.ANSWERED, "meeting")
    again = desk.post(page, {"do": "answer", "text": "Autre chose", "channel": "written"})
    assert again.status_code == 422
    assert "déjà close" in shown(again)
    assert "Autre chose" in shown(again), "what was typed is not lost"


def test_what_is_not_for_one_officer_goes_to_another_and_the_reason_stays_among_them(
    desk: Client, agency: Organisation, client: Client
) -> None:
    question = asked()
    bob = officer_of(agency, "bob")
    assert desk.post(f"{INBOX}{question.pk}/", {"do": "decline", "why": " "}).status_code == 422
    desk.post(f"{INBOX}{question.pk}/", {"do": "decline", "why": "Pas ma région."})
    question.refresh_from_db()
    assert (question.officer, question.round) == (bob, 2)
    assert "Pas ma région." in shown(desk.get(f"{INBOX}{question.pk}/"))
    assert "Pas ma région." not in shown(client.get(f"/question/{token_of(question)}/"))
    moving.decline(question.pk, by=officer(NOW, bob), why="Moi non plus.")
    question.refresh_from_db()
    assert (question.officer, question.organisation_asked) == (None, None), "never back to who said no: the team"


def test_two_officers_who_take_at_once_do_not_both_have_it(desk: Client, agency: Organisation) -> None:
    question = asked()
    moving.take(question.pk, by=officer(NOW, officer_of(agency, "bob")))
    response = desk.post(f"{INBOX}{question.pk}/", {"do": "take"})
    assert response.status_code == 422
    assert "Quelqu’un d’autre vient de la prendre." in shown(response)


def test_no_help_and_not_reached_are_ends_with_a_reason(desk: Client, client: Client) -> None:
    for do, said in (("helpless", "ne peut pas vous aider"), ("unreachable", "On a essayé de vous joindre")):
        question = asked()
        desk.post(f"{INBOX}{question.pk}/", {"do": do, "why": "Ce n’est pas au programme."})
        page = shown(client.get(f"/question/{token_of(question)}/"))
        assert said in page
        assert "Ce n’est pas au programme." in page


def test_a_shared_box_answers_by_its_link_until_somebody_else_owns_the_question(
    client: Client, agency: Organisation
) -> None:
    Office.objects.create(organisation=agency, email="info@iq.example")
    question = asked()
    link = f"/question/bureau/{office_token(question)}/"
    assert TEXT in shown(client.get(link))
    client.post(link, {"do": "answer", "text": "Oui.", "channel": "written"})
    question.refresh_from_db()
    assert (question.state, question.officer) == (State.ANSWERED, None)
    assert question.moves.get(what=Move.What.ANSWERED).role == Move.Role.OFFICE
    other = asked()
    link = f"/question/bureau/{office_token(other)}/"
    client.post(link, {"do": "decline", "why": "Ce n’est pas nous."})
    other.refresh_from_db()
    assert (other.organisation_asked, client.get(link).status_code) == (None, 410)


def test_a_shared_box_that_wants_no_more_is_none_and_stays_so(client: Client, agency: Organisation) -> None:
    Office.objects.create(organisation=agency, email="info@iq.example")
    client.post(f"/question/bureau/{office_token(asked())}/", {"do": "stop"})
    assert (Office.objects.count(), NoMore.objects.count()) == (0, 1)
    team = Actor.TEAM.client()
    refused = team.post("/equipe/boites/", {"organisation": "iq", "email": "INFO@iq.example", "language": "fr"})
    assert refused.status_code == 422
    assert "ne plus recevoir de courriel" in shown(refused)
    assert team.post("/equipe/boites/", {"organisation": "iq", "email": "x", "language": "fr"}).status_code == 422
    team.post("/equipe/boites/", {"organisation": "iq", "email": "aide@iq.example", "language": "en"})
    assert Office.objects.get().email == "aide@iq.example"


def test_an_officer_says_subjects_regions_absences_and_whether_to_write(desk: Client, ana: Person) -> None:
    office = Organisation.objects.get(slug="iq").pk
    desk.post(PRESENCE, {"do": "beat", "organisation": office, "needs": ["export"], "regions": [SAGUENAY]})
    assert (Beat.objects.get().needs, Beat.objects.get().regions) == (["export"], [SAGUENAY])
    wrong = desk.post(PRESENCE, {"do": "away", "first": "2026-12-10", "last": "2026-12-01"})
    assert wrong.status_code == 422
    assert 'value="2026-12-10"' in shown(wrong)
    desk.post(PRESENCE, {"do": "away", "first": "2026-12-01", "last": "2026-12-10"})
    assert "du 1er décembre 2026 au 10 décembre 2026" in re.sub(r"<[^>]+>", "", shown(desk.get(PRESENCE)))
    desk.post(PRESENCE, {"do": "back", "absence": Absence.objects.get().pk})
    assert not Absence.objects.exists()
    desk.post(PRESENCE, {"do": "digest", "digest": "yes"})
    assert Consent.objects.get(withdrawn=None).purpose == "questions"
    Client(enforce_csrf_checks=True).post(f"/question/resume/{digest_token(ana)}/")
    assert not Consent.objects.filter(withdrawn=None).exists()
    assert desk.post(PRESENCE, {"do": "beat", "organisation": office, "needs": ["nothing"]}).status_code == 404


# --------------------------------------------------------------------------------------------------- team


def test_the_team_sees_what_is_at_risk_and_gives_it_to_somebody_else_in_one_click(
    ana: Person, agency: Organisation
) -> None:
    question = asked(asker=make_person("x@pme.example"))
    Question.objects.update(at_risk=True)
    bob = officer_of(agency, "bob")
    team = Actor.TEAM.client()
    assert TEXT in shown(team.get("/equipe/questions/"))
    assert "ana" in shown(team.get(f"{INBOX}{question.pk}/")).lower()
    assert AccessEntry.objects.filter(why="question").count() >= 2, "it is written down that the team saw them"
    team.post(f"/equipe/questions/{question.pk}/confier/")
    question.refresh_from_db()
    assert (question.officer, question.at_risk) == (bob, False)
    team.post(f"/equipe/questions/{question.pk}/confier/", {"to": f"{agency.pk}-{ana.pk}"})
    question.refresh_from_db()
    assert question.officer == ana
    assert team.post(f"/equipe/questions/{question.pk}/confier/", {"to": "999-1"}).status_code == 404
    team.post(f"/equipe/questions/{question.pk}/confier/", {"to": "team"})
    team.post(f"{INBOX}{question.pk}/", {"do": "answer", "text": "Oui.", "channel": "written"})
    question.refresh_from_db()
    assert (question.state, question.organisation_asked) == (State.ANSWERED, None)


@pytest.mark.usefixtures("ana")
def test_an_officer_of_another_office_sees_no_such_question() -> None:
    question = asked()
    assert Actor.OTHER_OFFICER.client().get(f"{INBOX}{question.pk}/").status_code == 404


# ------------------------------------------------------------------------------------------------ delays


def answered(number: int, agency: Organisation, ana: Person, *, days: int = 2) -> None:
    for _ in range(number):
        question = asked(at=after(-30), to=agency)
        moving.answer(question.pk, by=officer(after(days - 30), ana), said=Said("Oui."))


def test_delays_are_public_by_organisation_and_hidden_under_five(
    client: Client, agency: Organisation, ana: Person
) -> None:
    answered(4, agency, ana)
    hidden = shown(client.get("/questions/delais/"))
    assert "Pas encore assez de questions" in hidden
    answered(1, agency, ana, days=12)
    page = shown(client.get("/questions/delais/"))
    assert '<th scope="row">iq</th>' in page
    assert "2 jours" in page, "the median"
    assert "80 %, 80 %" in page
    assert ana.name not in page
    assert "trop peu pour le dire" in page, "nobody said whether it answered"
    day = make_day()
    Tour.objects.filter(pk=day.tour_id).update(demo=True)
    Question.objects.update(kind="day", about="day:saguenay")
    assert "Pas encore assez de questions" in shown(client.get("/questions/delais/")), "invented ones count nowhere"


# -------------------------------------------------------------------------------------------- for a time only


def test_words_and_addresses_go_a_year_after_the_end_and_the_count_stays(client: Client, ana: Person) -> None:
    question = asked(asker="x@pme.example")
    moving.answer(question.pk, by=officer(NOW, ana), said=Said("Oui, Monsieur Untel."))
    assert FORGETS["questions"](now=NOW + timedelta(days=364)) == 0
    assert FORGETS["questions"](now=NOW + timedelta(days=365)) == 1
    question.refresh_from_db()
    assert (question.text, question.email, question.person, question.state) == ("", "", None, State.ANSWERED)
    assert not question.moves.exclude(why="").exists()
    assert client.get(f"/question/{token_of(question)}/").status_code == 410
    assert FORGETS["questions"](now=NOW + timedelta(days=400)) == 0


def test_absences_go_two_months_after_their_end(ana: Person) -> None:
    Absence.objects.create(person=ana, first=NOW.date(), last=NOW.date())
    assert FORGETS["absences"](now=after(59)) == 0
    assert FORGETS["absences"](now=after(60)) == 1
