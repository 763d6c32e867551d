"""Public pages of the catalogue, in both languages: every programme, every kind of page, whatever the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.programmes import actions, queries
from alliage.hub.programmes.actions import Loaded
from alliage.hub.programmes.queries import Speech, current_catalogue, current_shelf
from tests.hub.programmes.conftest import AT, ON
from tests.hub.programmes.small_pack import SmallPack, with_name

pytestmark = pytest.mark.django_db
LANGUAGES = {"fr": "", "en": "/en"}
PAGES = (
    "/programmes/",
    "/programmes/?q=presse",
    "/programmes/?q=presse&besoin=equipment&forme=grant&palier=quebec&lieu=qc-r02&ouverture=open&tri=nom&page=2",
    "/programmes/c3i/",
    "/programmes/c3i/corriger/",
    "/organismes/",
    "/organismes/dec-ced/",
    "/offre/",
    "/offre/?lieu=qc-r02&ouverts=oui",
    "/nouveautes/",
    "/nouveautes/atom.xml",
)
# Elsewhere one: which catalogue is current. A programme asks what was published about it.
QUERIES = {"/nouveautes/": 4, "/nouveautes/atom.xml": 3, "/programmes/c3i/": 2}


def text(content: bytes) -> str:
    """A page's words, without its marks."""
    page = re.sub(r"<(script|style|title|head)\b.*?</\1>", " ", content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_programme_has_its_page_in_the_readers_language(client: Client, lang: str) -> None:
    other = "en" if lang == "fr" else "fr"
    speech = {each: Speech(current_shelf(), lang=each) for each in LANGUAGES}
    for programme in current_catalogue().programmes.values():
        answer = client.get(f"{LANGUAGES[lang]}/programmes/{programme.id}/")
        assert answer.status_code == 200, programme.id
        shown = text(answer.content).replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", '"')
        said = programme.document["summary"]
        own, foreign = (" ".join(speech[each].text(said).split()) for each in (lang, other))
        assert own in shown, programme.id
        assert foreign not in shown, programme.id
        for line in programme.document.get("confirm", ()):
            assert " ".join(speech[lang].text(line["text"]).split()) in shown, programme.id


def test_no_code_reaches_a_page_instead_of_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[tuple[str, str]] = set()
    plain = Speech.phrase

    def phrase(self: Speech, section: str, key: str, **filled: object) -> str:
        asked.add((section, key))
        return plain(self, section, key, **filled)

    monkeypatch.setattr(Speech, "phrase", phrase)
    speech = Speech(current_shelf(), lang="fr")
    for id_ in speech.catalogue.programmes:
        queries.programme_page(id_, on=ON, speech=speech)
    phrases = speech.catalogue.raw["phrases"]
    assert [(section, key) for section, key in sorted(asked) if key not in phrases.get(section, {})] == []


@pytest.mark.usefixtures("whole")
def test_a_page_does_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for address in (PAGES[0], "/programmes/c3i/"):  # what a process keeps is made
        client.get(address)
    for address in PAGES:
        for prefix in LANGUAGES.values():
            with django_assert_num_queries(QUERIES.get(address, 1), info=prefix + address):
                assert client.get(prefix + address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_only_reading_methods_are_answered(client: Client, address: str) -> None:
    forms = () if address.endswith("/corriger/") else (client.post,)
    for method in (*forms, client.put, client.delete, client.patch):
        assert method(address).status_code == 405
    assert client.head(address).status_code == 200


def test_a_former_id_leads_for_good_to_the_one_that_replaced_it(client: Client) -> None:
    old, new = next(iter(current_catalogue().redirects.items()))
    answer = client.get(f"/en/programmes/{old}/?on=2027-01-01")
    assert (answer.status_code, answer["Location"]) == (301, f"/en/programmes/{new}/?on=2027-01-01")
    assert client.get(f"/programmes/{old}/corriger/")["Location"] == f"/programmes/{new}/corriger/"


def test_an_unknown_id_is_told_with_the_nearest_ones(client: Client) -> None:
    answer = client.get("/programmes/c3ii/")
    assert answer.status_code == 404
    assert '<a href="/programmes/c3i/">' in answer.content.decode()
    assert client.get("/programmes/%00%F0%9F%92%A9/").status_code == 404
    assert client.get(f"/programmes/{'x' * 5000}/").status_code == 404
    assert client.get("/organismes/dec-cedd/").status_code == 404
    assert "/organismes/dec-ced/" in client.get("/organismes/dec-cedd/").content.decode()


def test_a_retired_programme_says_since_when_and_shows_others(
    client: Client, pack: SmallPack, load: Callable[[], Loaded]
) -> None:
    load()
    pack.drop("federal/pari-cnrc")
    load()
    answer = client.get("/programmes/pari-cnrc/")
    assert answer.status_code == 410
    assert "26 novembre 2026" in text(answer.content).replace("\N{NO-BREAK SPACE}", " ")
    assert "pari-cnrc" not in client.get("/programmes/").content.decode()


def test_a_thing_that_is_not_a_programme_says_so(client: Client) -> None:
    catalogue = current_catalogue()
    for programme in catalogue.programmes.values():
        if programme.kind != "programme":
            assert "n’est pas un programme d’aide" in client.get(f"/programmes/{programme.id}/").content.decode()


def test_each_condition_is_shown_with_its_source(client: Client) -> None:
    page = queries.programme_page("canexport-pme", on=ON, speech=Speech(current_shelf(), lang="fr"))
    assert isinstance(page, dict)
    assert all(line["source"]["words"] for line in page["conditions"])
    shown = client.get("/programmes/canexport-pme/").content.decode()
    for source in page["sources"]:
        assert f'id="source-{source["number"]}"' in shown
    for number in re.findall(r'href="#source-(\d+)"', shown):
        assert f'id="source-{number}"' in shown


def test_what_alone_counts_of_an_expense_is_said(client: Client) -> None:
    shown = client.get("/programmes/c3i/").content.decode().replace("\u00a0", " ")
    assert "Seul ce qui suit compte (logiciels) : un progiciel de gestion" in shown


def test_the_days_of_expenses_are_said(client: Client) -> None:
    shown = client.get("/programmes/c3i/").content.decode().replace("\u00a0", " ")
    assert "Seules comptent les dépenses faites du 1er janvier 2024 au 31 décembre 2029" in shown.replace("’", "'")


def test_the_day_asked_decides_what_is_open(client: Client) -> None:
    assert "Fermé depuis" in client.get("/programmes/canexport-pme/?on=2026-11-26").content.decode()
    spring = client.get("/programmes/canexport-pme/?on=2026-03-01").content.decode()
    assert "Ouvert jusqu’au" in spring
    assert 'href="/organismes/sdc-tcs/?on=2026-03-01"' in spring


def test_what_changed_is_told_in_words(client: Client, pack: SmallPack, load: Callable[[], Loaded]) -> None:
    load()
    assert "Rien n’a changé" in client.get("/nouveautes/").content.decode()
    pack.replace("federal/canexport-pme", "at_most: 500,", "at_most: 400,")
    load()
    for address, words in (("/nouveautes/", "au plus 400"), ("/en/nouveautes/", "at most 400")):
        assert words in text(client.get(address).content)
    assert "au plus 400" in client.get("/nouveautes/atom.xml").content.decode()
    assert "au plus 400" not in text(client.get("/nouveautes/?on=2026-11-01").content), "not yet on that day"


def test_an_edit_with_marks_is_refused_and_signs_are_shown_as_they_are(
    client: Client, load: Callable[[], Loaded]
) -> None:
    load()
    document = current_catalogue().programmes["c3i"].document
    with pytest.raises(AlliageError, match="text-markup"):
        actions.edit_programme(document=with_name(document, "<b>R</b>"), why=actions.Why(by="Équipe", at=AT))
    actions.edit_programme(document=with_name(document, "R & D, 5 < 6"), why=actions.Why(by="Équipe", at=AT))
    for address in ("/programmes/", "/programmes/c3i/", "/nouveautes/"):
        assert "R &amp; D, 5 &lt; 6" in client.get(address).content.decode(), address


def test_the_offer_counts_each_programme_where_it_belongs() -> None:
    speech = Speech(current_shelf(), lang="fr")
    page = queries.offer_page(queries.read_glance({}, speech=speech), on=ON, speech=speech)
    programmes = [p for p in speech.catalogue.programmes.values() if p.kind == "programme"]
    assert page["total"] == len(programmes)
    for at, need in enumerate(page["needs"]):
        cells = [row["cells"][at]["count"] for level in page["levels"] for row in level["rows"]]
        assert need["count"] == sum(cells) == sum(need["id"] in p.needs for p in programmes)


def test_each_cell_of_the_offer_leads_to_as_many_programmes(client: Client) -> None:
    speech = Speech(current_shelf(), lang="fr")
    for typed in ({}, {"lieu": "qc-r02"}, {"ouverts": "oui"}):
        page = queries.offer_page(queries.read_glance(typed, speech=speech), on=ON, speech=speech)
        cells = [cell for level in page["levels"] for row in level["rows"] for cell in row["cells"] if cell["count"]]
        for cell in cells[::25]:
            shown = client.get(cell["url"]).context["found"]
            kinds = [card["kind"] for card in shown["cards"]]
            assert kinds.count("programme") == cell["count"], cell["url"]


def test_the_offer_is_worked_out_once_for_the_same_question(client: Client) -> None:
    speech = Speech(current_shelf(), lang="fr")
    glance = queries.read_glance({}, speech=speech)
    one, again = (queries.offer_page(glance, on=ON, speech=speech) for _ in range(2))
    assert one == again
    assert one["levels"] is again["levels"]
    later = queries.offer_page(glance, on=date(2027, 6, 1), speech=speech)
    english = queries.offer_page(glance, on=ON, speech=Speech(current_shelf(), lang="en"))
    assert len({one["drawn"], later["drawn"], english["drawn"]}) == 3
    assert one["open"] != later["open"]
    assert "Programmes par organisme" in client.get("/offre/").content.decode()
    assert "Programmes par organisme" not in client.get("/en/offre/").content.decode()


def test_the_table_of_the_offer_can_be_read_aloud(client: Client) -> None:
    page = client.get("/offre/").content.decode()
    assert "<caption" in page
    assert page.count('scope="col"') == 13
    assert page.count('scope="row"') == len(current_catalogue().providers)
    assert page.count('scope="rowgroup"') == 6


@pytest.mark.parametrize("address", ["/programmes/?besoin=lune", "/offre/?lieu=lune"])
def test_what_an_address_says_and_nobody_knows_is_named_on_the_page(client: Client, address: str) -> None:
    assert "« lune »" in text(client.get(address).content)
