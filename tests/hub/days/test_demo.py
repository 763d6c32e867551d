"""The invented day: twelve real agencies with their real programmes, and every page and paper says what is invented."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from pypdf import PdfReader

from alliage.hub.days.actions import notices
from alliage.hub.days.models import Day, Notice, Registration, Session
from alliage.hub.ui import day as days
from tests.hub.people.actors import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db: None) -> None:  # noqa: ARG001 - asked for by name
    call_command("load_pack", verbosity=0, stdout=StringIO())


def demo(**options: Any) -> Day:
    call_command("demo_day", stdout=StringIO(), **options)
    return Day.objects.get(town="Saguenay")


def text_of(content: bytes) -> tuple[str, PdfReader]:
    reader = PdfReader(BytesIO(content))
    return " ".join(page.extract_text() for page in reader.pages).replace("\N{NO-BREAK SPACE}", " "), reader


def tagged(reader: PdfReader, lang: str) -> bool:
    root: Any = reader.trailer["/Root"]
    return bool(root["/MarkInfo"]["/Marked"]) and str(root["/Lang"]).startswith(lang)


def test_without_a_catalogue_it_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="load_pack"):
        demo()


@pytest.mark.usefixtures("loaded")
def test_twelve_agencies_and_invented_companies_that_say_so(client: Client) -> None:
    day = demo()
    agencies = Session.objects.filter(day=day, kind="agency").select_related("organisation")
    assert len({one.organisation_id for one in agencies}) == 12
    assert all(one.programmes for one in agencies)
    assert Registration.objects.filter(day=day, demo=True).count() == day.registrations.count() == 24
    assert not day.registrations.filter(created__gt=days.now()).exists(), "nobody registers later than now"
    assert not Notice.objects.exists()
    assert notices.send_due(at=days.now()) == 0
    assert not mail.outbox, "nobody invented is written to"
    for lang, says in (("", "Exemple inventé"), ("/en", "Invented example")):
        for page in ("", "inscription/", "direct/"):
            assert says in shown(client.get(f"{lang}/journees/{day.slug}/{page}"))
        assert says.lower() in shown(client.get(f"{lang}/journees/{day.slug}/ecran/")).lower()
    for slug in (day.slug, Day.objects.exclude(pk=day.pk).get().slug):
        page = shown(client.get(f"/en/journees/{slug}/"))
        assert "Invented address." in page
        assert "inventée" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.usefixtures("loaded")
def test_the_command_says_paths_that_are_so_on_any_port() -> None:
    said = StringIO()
    call_command("demo_day", stdout=said)
    slug = Day.objects.get(town="Saguenay").slug
    assert said.getvalue().split() == [f"/journees/{slug}/", f"/equipe/journees/{slug}/"]


@pytest.mark.usefixtures("loaded")
def test_its_papers_are_tagged_in_both_languages_and_say_what_is_invented(team: Client) -> None:
    day = demo(played=True)
    papers = {
        f"/journees/{day.slug}/offre.pdf": ("Exemple inventé", "Invented example"),
        f"/equipe/journees/{day.slug}/badges.pdf": ("exemple inventé", "invented example"),
        f"/equipe/journees/{day.slug}/bilan.pdf": ("Exemple inventé", "Invented example"),
    }
    for address, (french, english) in papers.items():
        for lang, says in (("fr", french), ("en", english)):
            text, reader = text_of(team.get(address if lang == "fr" else f"/en{address}").content)
            assert says in text, address
            assert tagged(reader, lang), address
    offer, reader = text_of(team.get(f"/journees/{day.slug}/offre.pdf").content)
    for words in (
        "Investissement Québec",
        "présenté aujourd’hui",
        "Seul l’organisme décide",
        "Saguenay–Lac-Saint-Jean",
    ):
        assert words in offer
    assert len(reader.pages) < 25


@pytest.mark.usefixtures("loaded")
def test_played_to_the_end_it_has_its_report(team: Client) -> None:
    day = demo(played=True)
    page = shown(team.get(f"/equipe/journees/{day.slug}/bilan/"))
    for words in ("4 confiées à un responsable", "2 répondues dans la salle", "Ce qui a suivi, après 90 jours"):
        assert words in page
    badges, _ = text_of(team.get(f"/equipe/journees/{day.slug}/badges.pdf").content)
    assert "Alexe Tremblay" in badges
