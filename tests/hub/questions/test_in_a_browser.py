"""Questions in a real Chromium: asked, answered, told, published, found; and what is said when nobody answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from alliage.hub.people.models import MemberRole, Organisation, Person
from alliage.hub.questions.actions.ticking import tick
from alliage.hub.questions.models import Question
from alliage.hub.ui import day
from tests.browser import barriers
from tests.hub.people.actors import give_second_factor, join, make_organisation, make_person, sign_in
from tests.hub.questions.conftest import NOW, PROGRAMME, PROVIDER, after, officer_of
from tests.hub.questions.test_publishing import published

pytestmark = pytest.mark.django_db(transaction=True)
Come = Callable[..., Page]
TEXT = "Le loyer d’un entrepôt aux États-Unis compte-t-il?"


@pytest.fixture
def come(browser: Browser, live_server: Any) -> Iterator[Come]:
    """A browser of somebody who is signed in, or of nobody."""
    contexts = []

    def come_(person: Person | None = None, *, script: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=live_server.url, bypass_csp=True, locale="fr-CA",
            java_script_enabled=script,
        )  # fmt: skip
        if person:
            give_second_factor(person)
            key = sign_in(person, methods=("code", "mfa")).cookies["session"].value
            context.add_cookies([{"name": "session", "value": key, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield come_
    for context in contexts:
        context.close()


@pytest.fixture
def ana(db: None) -> Person:  # noqa: ARG001 - asked for by name
    """The officer of the agency."""
    agency = make_organisation("iq", provider=PROVIDER)
    Organisation.objects.filter(pk=agency.pk).update(name_fr="Investissement Québec", name_en="Investissement Québec")
    join(make_person("chef@iq.example"), agency, MemberRole.MANAGER)
    return officer_of(agency, "ana")


@pytest.fixture
def moves_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Another day comes: the clock of questions runs."""

    def move(now: datetime) -> None:
        monkeypatch.setattr(day, "now", lambda: now)
        tick(now=now)

    return move


def sound(page: Page) -> None:
    """No barrier, and nothing wider than a narrow screen."""
    assert barriers(page) == []
    size = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    assert size is not None
    page.set_viewport_size(size)


def send(page: Page, *, text: str = TEXT) -> None:
    """From the page of a programme to the page of one's own question."""
    page.goto(f"/programmes/{PROGRAMME}/")
    page.get_by_role("link", name="Poser une question").click()
    page.get_by_label("Votre question").fill(text)
    page.get_by_label("Courriel").fill("luc@pme.example")
    page.get_by_label(re.compile("^J’accepte")).check()
    page.get_by_role("button", name="Envoyer ma question").click()
    page.wait_for_url("**/question/**")


def letter(to: str) -> str:
    """The last letter to somebody, as it is read."""
    body = next(str(message.body) for message in reversed(mail.outbox) if message.to == [to])
    return body.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


def link_in(text: str, page: str) -> str:
    found = re.search(rf"https?://[^/]+(/{page}\S+)", text)
    assert found, text
    return found[1]


def reply(desk: Page) -> None:
    """The officer opens the letter, and answers."""
    desk.goto(link_in(letter("ana@iq.example"), "bureau/questions"))
    expect(desk.get_by_text(TEXT)).to_be_visible()
    sound(desk)
    desk.get_by_label("Votre réponse").fill("Oui, s’il sert à vos ventes, jusqu’à 12 mois.")
    desk.get_by_role("button", name="Répondre à l’entreprise").click()


def judge(luc: Page) -> None:
    """Who asked reads the letter, and says that it is enough."""
    told = letter("luc@pme.example")
    assert "Investissement Québec vous répond :" in told
    assert "jusqu’à 12 mois" in told
    luc.goto(link_in(told, "question"))
    luc.get_by_role("button", name="Oui").click()
    expect(luc.get_by_text("Vous avez dit que cela répond à votre question.")).to_be_visible()
    sound(luc)


def publish(desk: Page, boss: Page) -> None:
    """The officer rewrites it for everyone, the team accepts."""
    desk.get_by_role("link", name=TEXT).click()
    desk.get_by_role("link", name="Publier cette réponse").click()
    desk.get_by_label("La question, en français").fill("La location d’un entrepôt à l’étranger compte-t-elle?")
    sound(desk)
    desk.get_by_role("button", name="Proposer à l’équipe").click()
    boss.goto("/equipe/reponses/")
    boss.get_by_role("link", name="La location d’un entrepôt").click()
    sound(boss)
    boss.get_by_role("button", name="Publier").click()


def test_from_a_question_to_its_published_answer(come: Come, ana: Person, moves_to: Callable[[datetime], None]) -> None:
    luc, desk = come(), come(ana)
    send(luc)
    sound(luc)
    expect(luc.get_by_text("Confiée à Investissement Québec")).to_be_visible()
    moves_to(after(1))
    reply(desk)
    moves_to(after(1, hour=11))
    judge(luc)
    publish(desk, come(make_person("boss@example.org", duty="team")))

    other = come(width=360)
    other.goto("/questions/")
    other.get_by_label("Quelques mots de votre question").fill("entreposage entrepots location")
    expect(other.get_by_role("heading", name=re.compile("1 réponse"))).to_be_visible()
    other.get_by_role("link", name="La location d’un entrepôt").click()
    expect(other.get_by_text("jusqu’à 12 mois")).to_be_visible()
    assert "luc@pme" not in other.content()
    assert TEXT not in other.content()
    sound(other)


def test_what_is_alike_is_shown_while_one_types_and_without_script_before_it_leaves(come: Come, ana: Person) -> None:
    published(ana)
    typing = come()
    typing.goto("/questions/poser/")
    typing.get_by_label("Votre question").press_sequentially("Nos frais de douane", delay=5)
    expect(typing.get_by_role("heading", name="Déjà répondu?")).to_be_visible()
    expect(typing.get_by_label("Votre question")).to_have_value("Nos frais de douane")
    sound(typing)
    typing.get_by_role("button", name="Envoyer ma question").click()
    expect(typing.get_by_role("heading", name="Votre question", exact=True)).to_be_visible()
    plain = come(script=False)
    plain.goto("/questions/poser/")
    plain.get_by_label("Votre question").fill("Nos frais de douane sont-ils admis?")
    plain.get_by_role("button", name="Envoyer ma question").click()
    expect(plain.get_by_text("Votre question n’est pas encore partie")).to_be_visible()
    plain.get_by_role("button", name="Envoyer ma question quand même").click()
    expect(plain.get_by_role("heading", name="Votre question", exact=True)).to_be_visible()


@pytest.mark.usefixtures("ana")
def test_nobody_answers_and_the_company_is_told_which_day_comes_next(
    come: Come, moves_to: Callable[[datetime], None], settings: Any
) -> None:
    settings.TEAM_EMAIL = "equipe@grappe.example"
    luc = come()
    send(luc)
    expect(luc.get_by_text("17 décembre 2026")).to_be_visible()
    moves_to(NOW)
    moves_to(after(9))
    assert "L’entreprise attend." in letter("ana@iq.example")
    told = letter("luc@pme.example")
    assert "Sans réponse le 17 décembre 2026, nous écrivons à l’organisme lui-même" in told
    moves_to(after(21))
    escalated = letter("chef@iq.example")
    boss = come(make_person("boss@example.org", duty="team"))
    boss.goto("/equipe/questions/")
    expect(boss.get_by_text("à risque", exact=True)).to_be_visible()
    sound(boss)
    office = come()
    office.goto(link_in(escalated, "question/bureau"))
    sound(office)
    office.get_by_text("Promettre une réponse pour un jour").click()
    office.get_by_label("Réponse promise pour le").fill("2026-12-24")
    office.get_by_role("button", name="Promettre").click()
    luc.reload()
    expect(luc.get_by_text("Une réponse vous est promise pour le 24 décembre 2026.")).to_be_visible()
    assert Question.objects.get().due == datetime(2026, 12, 24).date()  # noqa: DTZ001 - a day
