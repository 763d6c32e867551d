"""Every page of the ground floor: complete, in its language, nothing inline, no cookie that is not needed."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django import Settings

from alliage.hub.ui import glossary, icons
from tests.hub.ui.pages import ENGLISH, FRENCH, PAGES


class Inspector(HTMLParser):
    """What may not be in a page, and what must be once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inline += [
            f"{tag} {name}" for name in given if name == "style" or name.startswith("on") or name == "hx-on"
        ]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.addresses += [str(given[name]) for name in ("href", "src", "action") if given.get(name)]


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, client: Client) -> str:
    response = client.get(request.param)
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_is_inline(page: str) -> None:
    assert Inspector(page).inline == []


def test_ids_are_unique_and_headings_skip_no_level(page: str) -> None:
    seen = Inspector(page)
    assert len(seen.ids) == len(set(seen.ids))
    assert seen.headings[0] == 1
    assert seen.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(seen.headings, seen.headings[1:], strict=False))


def test_nothing_is_fetched_from_elsewhere(page: str) -> None:
    loaded = re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="([^"]+)"', page)
    assert loaded
    assert all(address.startswith("/") for address in loaded)


def test_a_page_that_holds_no_form_to_post_sets_no_cookie(client: Client) -> None:
    for address in PAGES:
        assert not client.get(address).cookies


@pytest.mark.parametrize("address", FRENCH)
def test_french_is_the_default_whatever_the_browser_prefers(client: Client, address: str) -> None:
    response = client.get(address, headers={"accept-language": "en-US,en;q=0.9"})
    assert response.headers["Content-Language"] == "fr-CA"
    assert b'<html lang="fr-CA">' in response.content
    assert "Accept-Language" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(("french", "english"), list(zip(FRENCH, ENGLISH, strict=True)))
def test_each_language_leads_to_the_same_page_in_the_other(client: Client, french: str, english: str) -> None:
    assert 'hreflang="en" lang="en">English' in client.get(french).content.decode()
    assert f'href="{english}?on=2027-01-01" hreflang="en"' in client.get(f"{french}?on=2027-01-01").content.decode()
    assert f'class="lang-switch" href="{french}"' in client.get(english).content.decode()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    "day",
    [
        "hier",
        "2027-13-01",
        "1850-01-01",
        "2027-1-1",
        "<script>",
        "9" * 5000,
        "",
        "\x01",
        "\u0662\u0660\u0662\u0667-01-01",
    ],
)
def test_a_bad_date_gives_a_kind_notice_and_today(client: Client, address: str, day: str) -> None:
    response = client.get(address, {"on": day})
    assert response.status_code == 200
    text = response.content.decode()
    assert "day-strip" not in text
    assert ("page-notice" in text) == bool(day)
    assert "<script>alert" not in text


def test_another_day_is_said_and_kept_by_links(client: Client) -> None:
    text = client.get("/lexique/", {"on": "2027-12-01"}).content.decode()
    assert "1<sup>er</sup>\u00a0décembre 2027" in text
    assert 'href="/lexique/"' in text
    today = client.get("/lexique/", {"on": "2026-11-26"}).content.decode()
    assert "day-strip" not in today
    assert 'href="/trouver/"' in today
    assert 'href="/trouver/?on=2027-12-01"' in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_glossary_explains_every_word_in_both_languages(client: Client, lang: str) -> None:
    text = client.get("/lexique/" if lang == "fr" else "/en/lexique/").content.decode()
    assert len(glossary.entries()) >= 30
    for key, entry in glossary.entries().items():
        assert set(entry.word) == set(entry.means) == {"fr", "en"}
        assert f'<div id="{key}">' in text


def test_the_glossary_explains_every_kind_of_money_and_verdict() -> None:
    from alliage.hub.ui.words import wording

    phrases = wording("fr").phrases
    assert {*phrases["instruments"], *phrases["verdicts"]} <= set(glossary.entries())
    assert set(glossary.TITLES) == {entry.group for entry in glossary.entries().values()}
    for kind, named in phrases["instruments"].items():
        assert glossary.entries()[kind].word == named, kind


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_definitions_are_in_plain_language(lang: str) -> None:
    for key, entry in glossary.entries().items():
        for sentence in re.split(r"(?<=[.:;])\s", entry.means[lang]):
            assert len(sentence.split()) <= 30, (key, sentence)


def test_every_icon_is_drawn_once_and_shown(client: Client) -> None:
    assert len(icons.names()) == len(set(icons.names()))
    text = client.get("/ui/").content.decode()
    for name in icons.names():
        assert f"#{name}" in text


@pytest.mark.parametrize(
    ("address", "days", "links", "profiles"),
    [
        ("/confidentialite/", "7 jours après", "12 jours, ou", "5 autres profils"),
        ("/en/confidentialite/", "7 days after", "12 days, or", "5 other profiles"),
    ],
)
def test_how_long_things_are_kept_comes_from_the_settings(
    client: Client, settings: Settings, address: str, days: str, links: str, profiles: str
) -> None:
    settings.ANSWERS_COOKIE_AGE, settings.SHARED_DAYS, settings.PROFILES_IN_MEMORY = 7 * 86_400, 12, 5
    settings.DAYS_IN_MEMORY, settings.RETENTION = 3, dict.fromkeys(settings.RETENTION, 999)
    page = client.get(address).content.decode().replace("\u00a0", " ")
    assert days in page
    assert links in page
    assert profiles in page
    assert ("3 dernières dates" if address == "/confidentialite/" else "3 latest dates") in page
    assert ("code postal en font partie" if address == "/confidentialite/" else "postal code are part") in page
    assert not re.search(r"\b(30 (jours|days) a[fp]|90 |64 )", page)
    assert "https://www.cai.gouv.qc.ca/" in page


def test_who_answers_for_the_data_is_named(client: Client, settings: Settings) -> None:
    settings.PRIVACY = {**settings.PRIVACY, "organisation": "Grappe <A>", "name": "B. Roy", "email": "b@example.org"}
    page = client.get("/confidentialite/").content.decode()
    assert "sous la garde de" in page
    assert "Grappe &lt;A&gt;" in page
    assert "mailto:b@example.org" in page
