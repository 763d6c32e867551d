"""A link that cannot be guessed: made, opened, deleted, expired; what was withdrawn since is said."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from alliage.hub.finder import visit
from alliage.hub.finder.models import SharedProfile
from alliage.hub.ui import day
from alliage.hub.ui.asked import fingerprint
from tests.hub.answers import answers_of, give
from tests.hub.finder.test_pages import EXTRUSION, text


@pytest.fixture
def link(opened: Callable[[Path], Client]) -> tuple[Client, str, str]:
    """Someone who shared their answers, with the address and the key."""
    client = opened(EXTRUSION)
    response = client.post("/trouver/partager/", follow=True)
    token = re.search(r'value="http://testserver(/p/[^"]+/)"', response.content.decode())
    secret = re.search(r'class="secret">([^<]+)<', response.content.decode())
    assert token
    assert secret
    return client, token[1], secret[1]


def test_nothing_is_kept_before_the_person_asks(opened: Callable[[Path], Client]) -> None:
    said = text(opened(EXTRUSION).get("/trouver/partager/"))
    assert "90 jours" in said
    assert not SharedProfile.objects.exists()


def test_a_link_opens_the_answers_read_only_and_no_robot_lists_it(link: tuple[Client, str, str]) -> None:
    _, address, _ = link
    response = Client().get(address)
    assert response.status_code == 200
    assert response.headers["X-Robots-Tag"] == "noindex"
    said = text(response)
    assert "Résultats partagés" in said
    assert "800 000 $" in said
    assert "answers" not in response.cookies


def test_only_fingerprints_of_the_link_and_of_the_key_are_stored(link: tuple[Client, str, str]) -> None:
    _, address, secret = link
    row = SharedProfile.objects.get()
    token = address.split("/")[2]
    assert len(token) >= 22  # at least 128 bits
    assert token not in str(row.__dict__)
    assert secret not in str(row.__dict__)
    assert row.token == fingerprint(token)


def test_someone_takes_the_answers_as_their_own(link: tuple[Client, str, str]) -> None:
    mine, address, _ = link
    other = Client()
    assert other.post(address).headers["Location"] == "/trouver/resultats/"
    assert answers_of(other)["a"] == answers_of(mine)["a"]
    assert "p" not in answers_of(other), "the key stays with its maker"


def test_only_the_key_deletes(link: tuple[Client, str, str]) -> None:
    _, address, secret = link
    other = Client()
    wrong = other.post(f"{address}supprimer/", {"secret": "nope"})
    assert wrong.status_code == 422
    assert "Cette clé n’ouvre pas ce lien" in text(wrong)
    assert other.post(f"{address}supprimer/", {"secret": secret}).status_code == 200
    assert not SharedProfile.objects.exists()
    assert other.get(address).status_code == 410


def test_a_link_expires_after_ninety_days(link: tuple[Client, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    _, address, _ = link
    later = day.now() + timedelta(days=90, minutes=1)
    monkeypatch.setattr(day, "now", lambda: later)
    response = Client().get(address)
    assert response.status_code == 410
    assert "Ce lien ne mène plus à rien" in text(response)
    call_command("forget_shared")
    assert not SharedProfile.objects.exists()


@pytest.mark.parametrize(("start", "words"), [("", "après 7 jours"), ("/en", "after 7 days")])
def test_how_long_a_link_lives_is_a_setting_and_pages_say_it(
    opened: Callable[[Path], Client], settings: Settings, start: str, words: str
) -> None:
    settings.SHARED_DAYS = 7
    client = opened(EXTRUSION)
    assert words in text(client.get(f"{start}/trouver/partager/"))
    client.post("/trouver/partager/")
    row = SharedProfile.objects.get()
    assert row.expires - row.created == timedelta(days=7)
    assert words in text(client.get(f"{start}/p/nothing/"))


def test_the_nightly_command_deletes_what_expired_and_may_run_again(
    link: tuple[Client, str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, later = link[0], day.now() + timedelta(days=60)
    monkeypatch.setattr(day, "now", lambda: later)
    answered(first, "company.employees", "43")
    first.post("/trouver/partager/")
    monkeypatch.setattr(day, "now", lambda: later + timedelta(days=31))
    for _ in range(2):
        call_command("forget_shared")
        assert SharedProfile.objects.count() == 1
    assert capsys.readouterr().out.split("\n") == ["1 deleted", "0 deleted", ""]


@pytest.mark.parametrize("token", ["x", "x" * 64, "x" * 65, "é", "..", "%00", "a" * 5000])
def test_a_forged_link_gets_a_kind_page(visitor: Client, token: str) -> None:
    for address in (f"/p/{token}/", f"/en/p/{token}/", f"/p/{token}/supprimer/"):
        assert visitor.get(address).status_code in (404, 410)
    assert visitor.get("/p/").status_code == 410


def test_a_programme_withdrawn_since_is_said(link: tuple[Client, str, str]) -> None:
    _, address, _ = link
    row = SharedProfile.objects.get()
    row.programmes = {**row.programmes, "gone": {"fr": "Programme d'hier", "en": "Yesterday's programme"}}
    row.save()
    assert "Programme d’hier" in text(Client().get(address))


def test_answers_of_an_older_catalogue_that_cannot_be_read_are_said(link: tuple[Client, str, str]) -> None:
    _, address, _ = link
    row = SharedProfile.objects.get()
    row.answers["a"]["company.legal_form"] = "guild"
    row.save()
    said = text(Client().get(address))
    assert "Des réponses ne se lisent plus" in said
    assert "Forme juridique" in said


def test_any_row_is_shown_or_refused_kindly(link: tuple[Client, str, str]) -> None:
    _, address, _ = link
    odd: list[Any] = [
        [],
        "x",
        {"a": []},
        {"l": [[1]]},
        {"a": {"company.legal_form": "sole-proprietorship", "company.ccpc": True}},
    ]
    for answers in odd:
        SharedProfile.objects.update(answers=answers)
        assert Client().get(address).status_code == 200


@pytest.mark.parametrize("on", ["2001-01-01", "2031-01-01"])
def test_another_day_changes_nothing_to_when_a_link_ends(
    link: tuple[Client, str, str], monkeypatch: pytest.MonkeyPatch, on: str
) -> None:
    client, address, _ = link
    assert Client().get(f"{address}?on={on}").status_code == 200
    assert "24 février 2027" in text(Client().get(f"{address}?on={on}")), "ninety days from the day it was made"
    answered(client, "company.employees", "43")
    client.post(f"/trouver/partager/?on={on}")
    assert {row.expires for row in SharedProfile.objects.all()} == {day.now() + timedelta(days=90)}
    later = day.now() + timedelta(days=90, minutes=1)
    monkeypatch.setattr(day, "now", lambda: later)
    assert Client().get(f"{address}?on={on}").status_code == 410


def answered(client: Client, name: str, value: str) -> None:
    data = {name: value, f"{name}__here": "1", "then": "results", "do": "answer"}
    assert client.post(f"/trouver/question/{name}/", data).status_code == 303


def test_the_same_answers_have_one_link(link: tuple[Client, str, str]) -> None:
    client, address, _ = link
    client.post("/trouver/filtrer/", {"need": "equipment"})
    assert client.post("/trouver/partager/").status_code == 303
    assert SharedProfile.objects.count() == 1
    assert f"http://testserver{address}" in client.get("/trouver/partager/").content.decode()


def test_a_fourth_link_is_refused_and_no_key_is_lost(link: tuple[Client, str, str]) -> None:
    client, address, secret = link
    for employees in ("43", "44"):
        answered(client, "company.employees", employees)
        assert client.post("/trouver/partager/").status_code == 303
    answered(client, "company.employees", "45")
    refused = client.post("/trouver/partager/")
    assert refused.status_code == 422
    assert "Supprimez d’abord un de vos liens" in text(refused)
    assert secret in refused.content.decode()
    assert SharedProfile.objects.count() == 3
    client.post(f"{address}supprimer/", {"secret": secret})
    assert client.post("/trouver/partager/").status_code == 303
    assert SharedProfile.objects.count() == 3


def test_the_site_makes_so_many_links_a_day(
    link: tuple[Client, str, str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _, _ = link
    settings.SHARED_PER_DAY = 1
    answered(client, "company.employees", "43")
    refused = client.post("/trouver/partager/")
    assert refused.status_code == 422
    assert "Le site ne fait plus de liens aujourd’hui" in text(refused)
    tomorrow = day.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(day, "now", lambda: tomorrow)
    assert client.post("/trouver/partager/").status_code == 303


def test_starting_over_shows_the_links_once_more_and_forgets_them(link: tuple[Client, str, str]) -> None:
    client, address, secret = link
    asked = text(client.get("/trouver/recommencer/"))
    assert address in asked
    assert secret in asked
    assert client.post("/trouver/recommencer/").status_code == 303
    assert answers_of(client) == {}
    assert secret not in client.get("/trouver/partager/").content.decode()
    assert Client().get(address).status_code == 200, "the link was left open, as it was not asked"


def test_starting_over_deletes_the_links_too_if_asked(link: tuple[Client, str, str]) -> None:
    client, address, _ = link
    client.post("/trouver/recommencer/", {"links": "delete"})
    assert answers_of(client) == {}
    assert Client().get(address).status_code == 410


def test_links_alone_are_something_to_forget(link: tuple[Client, str, str]) -> None:
    client, address, _ = link
    give(client, {"p": answers_of(client)["p"]})
    assert address in text(client.get("/trouver/recommencer/"))


def test_answers_that_do_not_fit_beside_ones_own_are_not_taken(
    link: tuple[Client, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, address, _ = link
    monkeypatch.setattr(visit, "LARGEST", 0)
    response = Client().post(address)
    assert response.status_code == 422
    assert "Vos réponses ne tiennent plus ici" in text(response)
