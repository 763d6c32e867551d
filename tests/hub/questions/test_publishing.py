"""Answers for everyone: rewritten, accepted, found again by who asks the same, and the source of a condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alliage.hub.finder.models import Alert
from alliage.hub.people.models import Organisation, Person
from alliage.hub.programmes import actions as programmes
from alliage.hub.programmes.models import Programme, Proposal
from alliage.hub.programmes.queries import Speech, current_catalogue, current_shelf
from alliage.hub.questions.actions import ask, moving, publishing
from alliage.hub.questions.actions.moving import Said
from alliage.hub.questions.actions.publishing import Draft
from alliage.hub.questions.actions.records import Refused, officer, team
from alliage.hub.questions.actions.ticking import tick
from alliage.hub.questions.models import Answer, Question
from alliage.hub.questions.queries.settling import settled_by
from tests.hub.browser_form import fields_of, sent
from tests.hub.finder.test_alerts import PARI, file_of, look
from tests.hub.people.actors import Actor, make_organisation, make_person, shown, sign_in
from tests.hub.programmes.conftest import load, pack
from tests.hub.questions.conftest import NOW, PROGRAMME, officer_of

__all__ = ["load", "pack"]  # fixtures
pytestmark = pytest.mark.django_db
DRAFT = Draft(
    question={"fr": "Les frais de douane comptent-ils?", "en": "Do customs duties count?"},
    answer={"fr": "Oui, à 50 %.", "en": "Yes, at 50%."},
    original="fr",
    translation="read",
    programmes=(PROGRAMME,),
    sources=("https://www.quebec.ca/tarifs",),
    valid_on=NOW.date(),
    review_by=NOW.date() + timedelta(days=365),
)
FORM = {
    "original": "fr", "question_fr": "Les frais de douane comptent-ils?", "answer_fr": "Oui, à 50 %.",
    "question_en": "", "answer_en": "", "translation": "none", "sources": "https://www.quebec.ca/tarifs",
    "valid_on": "2026-11-26", "review_by": "2027-11-26", "settles": "",
}  # fmt: skip


@pytest.fixture
def ana(agency: Organisation) -> Person:
    return officer_of(agency, "ana")


def replied(ana: Person, programme: str = PROGRAMME, **more: Any) -> Question:
    """A question that was answered."""
    asked = ask(text="Nous, Untel inc. de Saguenay: la douane?", language="fr", at=NOW, programme=programme, **more)
    return moving.answer(asked.pk, by=officer(NOW, ana), said=Said("Oui, à 50 %."))


def published(ana: Person, draft: Draft = DRAFT, programme: str = PROGRAMME) -> Answer:
    row = publishing.propose_answer(replied(ana, programme).pk, draft=draft, by=officer(NOW, ana))
    boss = make_person("boss@example.org", duty="team")
    return publishing.decide(row.pk, state="published", draft=draft, why="", by=team(NOW, boss))


def test_an_officer_rewrites_the_team_accepts_and_everyone_finds_it(client: Client, ana: Person) -> None:
    question, desk = replied(ana), sign_in(ana, methods=("code", "mfa"))
    form = shown(desk.get(f"/bureau/questions/{question.pk}/publier/"))
    assert "Oui, à 50 %." in form, "the answer is there to begin with"
    assert "Untel" not in form.partition("<aside")[0], "the question is to be rewritten"
    assert desk.post(f"/bureau/questions/{question.pk}/publier/", FORM).status_code == 303
    answer = Answer.objects.get()
    assert client.get(f"/questions/{answer.pk}/").status_code == 404, "not before the team"
    boss = Actor.TEAM.client()
    assert "Untel" in shown(boss.get(f"/equipe/reponses/{answer.pk}/")), "beside what was typed"
    assert boss.post(f"/equipe/reponses/{answer.pk}/", {**FORM, "do": "published", "why": ""}).status_code == 303
    page = shown(client.get(f"/questions/{answer.pk}/"))
    assert "Oui, à 50 %." in page
    assert "26 novembre 2027" in page
    for secret in ("Untel", "Ana", "ana@"):
        assert secret not in page
    assert "Les frais de douane" in shown(client.get("/questions/", {"q": "douanes"}))
    assert "Les frais de douane" in shown(client.get("/en/questions/", {"q": "frais"}))
    assert "Questions déjà répondues" in shown(client.get(f"/programmes/{PROGRAMME}/"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"question_fr": ""}, "Écrivez-la dans sa première langue."),
        ({"answer_en": "Yes."}, "dites si elle est relue"),
        ({"translation": "read"}, "à traduire toutes les deux"),
        ({"sources": "javascript:alert(1)"}, "Ce n’est pas une adresse"),
        ({"valid_on": "2026-12-25"}, "Cette date n’est pas encore venue."),
        ({"review_by": "2026-11-26"}, "À relire après le jour"),
        ({"valid_on": "0001-01-01"}, "dix ans au plus"),
        ({"review_by": "9999-12-31"}, "dans trois ans au plus"),
        ({"question_fr": "x" * 401}, "C’est trop long : 401 signes, et il en faut 400 au plus"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(ana: Person, more: dict[str, str], said: str) -> None:
    desk = sign_in(ana, methods=("code", "mfa"))
    response = desk.post(f"/bureau/questions/{replied(ana).pk}/publier/", {**FORM, **more})
    assert response.status_code == 422
    assert said in shown(response)
    assert "Oui, à 50 %." in shown(response)
    assert not Answer.objects.exists()


def test_alike_questions_are_shown_while_one_types_and_before_one_sends(client: Client, ana: Person) -> None:
    published(ana)
    typed = {"text": "Bonjour, est-ce que nos frais de douannes sont admis?", "de": "open"}
    looked = shown(client.post("/questions/poser/", {**typed, "do": "look"}))
    assert "Les frais de douane comptent-ils?" in looked
    assert typed["text"] in looked
    assert 'name="looked" value="yes"' in looked
    first = client.post("/questions/poser/", {**typed, "do": "send"})
    assert first.status_code == 200
    assert "Votre question n’est pas encore partie" in shown(first)
    assert Question.objects.filter(text=typed["text"]).count() == 0
    assert client.post("/questions/poser/", {**typed, "do": "send", "looked": "yes"}).status_code == 303
    english = shown(client.post("/en/questions/poser/", {"text": "Are customs dutys eligible?", "do": "look"}))
    assert "Do customs duties count?" in english


def test_nothing_alike_asks_for_no_second_step(client: Client, ana: Person) -> None:
    published(ana)
    sent = client.post("/questions/poser/", {"text": "Quel est le taux du fonds vert?", "do": "send"})
    assert sent.status_code == 303


def test_an_answer_past_its_review_says_so(client: Client, ana: Person) -> None:
    answer = published(ana)
    assert "À relire" not in shown(client.get(f"/questions/{answer.pk}/", {"on": "2027-11-26"})).partition("<aside")[0]
    assert "devait être relue avant" in shown(client.get(f"/questions/{answer.pk}/", {"on": "2027-11-27"}))


def test_one_living_answer_of_each_question(ana: Person) -> None:
    question = replied(ana)
    first = publishing.propose_answer(question.pk, draft=DRAFT, by=officer(NOW, ana))
    again = publishing.propose_answer(question.pk, draft=replace(DRAFT, translation="draft"), by=officer(NOW, ana))
    assert first.pk == again.pk
    boss = team(NOW, make_person("boss@example.org", duty="team"))
    publishing.decide(first.pk, state="published", draft=DRAFT, why="", by=boss)
    with pytest.raises(Refused):
        publishing.propose_answer(question.pk, draft=DRAFT, by=officer(NOW, ana))
    with pytest.raises(Refused):
        publishing.decide(first.pk, state="withdrawn", draft=DRAFT, why=" ", by=boss)
    publishing.decide(first.pk, state="withdrawn", draft=DRAFT, why="Dépassée.", by=boss)
    assert publishing.propose_answer(question.pk, draft=DRAFT, by=officer(NOW, ana)).pk != first.pk


def test_what_is_withdrawn_is_found_no_more(client: Client, ana: Person) -> None:
    answer = published(ana)
    boss = Actor.TEAM.client()
    boss.post(f"/equipe/reponses/{answer.pk}/", {**FORM, "do": "withdrawn", "why": "Dépassée."})
    assert client.get(f"/questions/{answer.pk}/").status_code == 404
    assert "Les frais de douane" not in shown(client.get("/questions/", {"q": "douane"}))


def test_a_published_answer_becomes_the_source_of_its_condition_and_those_it_concerns_are_told(
    load: Callable[[], Any],
) -> None:
    load()
    office = make_organisation("cnrc", provider="cnrc")
    provider = officer_of(office, "eve")
    file_of(make_person("luc@pme.example"))
    look()
    question = replied(provider, PARI, asker="pme@pme.example")
    draft = replace(DRAFT, programmes=(PARI,), settles=place_of("company.employees"))
    row = publishing.propose_answer(question.pk, draft=draft, by=officer(NOW, provider))
    boss = make_person("boss@example.org", duty="team")
    publishing.decide(row.pk, state="published", draft=draft, why="", by=team(NOW, boss))
    browser = sign_in(boss, methods=("code", "mfa"))
    page = shown(browser.get(f"/equipe/reponses/{row.pk}/"))
    assert "Elle règle une condition" in page
    response = browser.post(f"/equipe/reponses/{row.pk}/", {"do": "settle"})
    proposal = Proposal.objects.get()
    assert response.headers["Location"] == f"/equipe/propositions/{proposal.pk}/"
    assert proposal.person == boss
    again = browser.post(f"/equipe/reponses/{row.pk}/", {"do": "settle"})
    assert again.status_code == 422, "proposed once"
    document = dict(proposal.document)
    for condition in document["eligibility"]["all"]:  # the team corrects it: the answer changes the limit too
        if condition.get("attribute") == "company.employees":
            assert condition["source"] == f"answer-{row.pk}"
            condition["at_most"] = 10
    why = programmes.Why(by="", person=boss.pk, at=NOW, reason="La réponse le dit.", page="", read=NOW.date())
    programmes.correct_proposal(proposal=proposal.pk, document=document, base=proposal.base.number, why=why)
    programmes.accept_proposal(proposal=proposal.pk, why=why)
    sources = current_catalogue().programmes[PARI].document["sources"]
    assert sources[f"answer-{row.pk}"]["url"] == DRAFT.sources[0]
    tick(now=NOW)
    told = [message.subject for message in mail.outbox if message.to == ["pme@pme.example"]]
    assert told == ["Une réponse à votre question", "Votre question a changé la fiche d’un programme"]
    assert "La fiche du programme a changé" in shown(browser.get(f"/bureau/questions/{question.pk}/"))
    look(timedelta(hours=1))
    assert Alert.objects.filter(person__email="luc@pme.example", programme=PARI).exists(), "the match was run again"


def place_of(attribute: str) -> str:
    """The condition of a programme as its form offers it."""
    conditions = current_catalogue().programmes[PARI].document["eligibility"]["all"]
    at = next(at for at, one in enumerate(conditions) if one.get("attribute") == attribute)
    offered = settled_by(PARI, speech=Speech(current_shelf(), lang="fr"))
    return next(chosen for chosen, _ in offered if chosen.startswith(f"eligibility.all.{at}#"))


def test_a_condition_that_moved_since_it_was_chosen_is_not_given_the_source(load: Callable[[], Any]) -> None:
    load()
    draft = replace(DRAFT, programmes=(PARI,), settles=place_of("company.employees"))
    boss = make_person("boss@example.org", duty="team")
    provider = officer_of(make_organisation("cnrc", provider="cnrc"), "eve")
    row = publishing.propose_answer(replied(provider, PARI).pk, draft=draft, by=officer(NOW, provider))
    publishing.decide(row.pk, state="published", draft=draft, why="", by=team(NOW, boss))
    current = Programme.objects.get(pk=PARI).current
    assert current is not None
    conditions = current.document["eligibility"]["all"]
    document = {**current.document, "eligibility": {"all": [*conditions[1:], conditions[0]]}}
    why = programmes.Why(by="", person=boss.pk, at=NOW, reason="Ordre.", page="", read=NOW.date())
    programmes.edit_programme(document=document, why=why, base=current.number)
    browser = sign_in(boss, methods=("code", "mfa"))
    refused = browser.post(f"/equipe/reponses/{row.pk}/", {"do": "settle"})
    assert refused.status_code == 422
    assert "La condition choisie n’est plus la même" in shown(refused)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("uses", [True, False])
def test_an_answer_becomes_a_condition_by_the_form_which_has_it_as_a_source(
    load: Callable[[], Any], *, uses: bool
) -> None:
    load()
    provider = officer_of(make_organisation("cnrc", provider="cnrc"), "eve")
    row = published(provider, replace(DRAFT, programmes=(PARI,)), programme=PARI)
    browser = Actor.TEAM.client()
    address = f"/programmes/{PARI}/modifier/?origine=answer:{row.pk}"
    assert address in shown(browser.get(f"/equipe/reponses/{row.pk}/"))
    page = browser.get(address)
    assert "Oui, à 50 %." in shown(page), "what was answered is at hand"
    fields = fields_of(page.content.decode(), "redaction")
    source = next(name for name, _ in fields if name.startswith("eligibility") and name.endswith("source"))
    typed = {source: f"answer-{row.pk}"} if uses else {"contact.phone": "514 555-0199"}
    form = sent(fields, do="propose", **typed).urlencode()
    response = browser.post(address, form, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 303
    proposal = Proposal.objects.get()
    row.refresh_from_db()
    assert (row.proposal, proposal.origin, proposal.page) == (proposal, f"answer:{row.pk}", DRAFT.sources[0])
    assert "Les frais de douane" in proposal.reason
    assert (f"answer-{row.pk}" in proposal.document["sources"]) == uses, "a source that nothing names is left out"


def test_the_reason_of_an_edit_comes_with_the_address(things: None) -> None:  # noqa: ARG001 - for what it makes
    page = shown(
        Actor.TEAM.client().get(
            "/programmes/frontiere/modifier/", {"reason": "Une réponse", "page": "https://x.example/"}
        )
    )
    assert "Une réponse" in page
    assert 'value="https://x.example/"' in page
