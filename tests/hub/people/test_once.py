"""A form that is sent twice is done once, and says the second time what it did the first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from alliage.hub.people.actions.forgetting import FORGETS
from alliage.hub.people.actions.once import once, was_sent
from alliage.hub.people.form_key import key_of
from alliage.hub.people.models import SentForm
from alliage.hub.ui import day
from tests.hub.people.actors import make_person

pytestmark = pytest.mark.django_db


def test_the_same_key_does_it_once_and_says_the_same() -> None:
    done: list[int] = []

    def do() -> str:
        done.append(1)
        return f"thing {len(done)}"

    assert [once("k", at=day.now(), do=do) for _ in range(3)] == ["thing 1"] * 3
    assert once("other", at=day.now(), do=do) == "thing 2"
    assert [once("", at=day.now(), do=do) for _ in range(2)] == ["thing 3", "thing 4"], "without a key, each time"
    assert (was_sent("k"), was_sent("never"), was_sent("")) == (True, False, False)


def test_what_failed_may_be_sent_again() -> None:
    def fail() -> str:
        SentForm.objects.create(key="beside", at=day.now())
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        once("k", at=day.now(), do=fail)
    assert not SentForm.objects.exists(), "neither the key nor what was half done"
    assert once("k", at=day.now(), do=lambda: "done") == "done"


def test_keys_are_forgotten() -> None:
    once("old", at=day.now() - timedelta(days=3), do=str)
    once("new", at=day.now(), do=str)
    assert FORGETS["sent-forms"](now=day.now()) == 1
    assert SentForm.objects.get().key == "new"


def test_a_key_is_of_its_page_its_person_and_what_was_typed(rf: object) -> None:
    def key(text: str = "a", *, path: str = "/x/", shown: str = "k" * 22, by: object = None) -> str:
        request = rf.post(path, {"form_key": shown, "text": text, "csrfmiddlewaretoken": shown})  # type: ignore[attr-defined]
        request.user = by
        return key_of(request)

    first = key()
    person = make_person("ana@example.org")
    assert first == key()
    others = [key("b"), key(path="/y/"), key(shown="z" * 22), key(by=person)]
    assert len({first, *others}) == 5
    assert key("a\r\nb") == key("a\nb"), "a browser ends lines otherwise than a script"
    assert [key(shown="short"), key(shown="<script>" * 4)] == ["", ""]


def test_each_page_carries_a_key_of_its_own(client: Client) -> None:
    def shown() -> str:
        page = client.get("/programmes/c3i/corriger/").content.decode()
        return page.partition('name="form_key" value="')[2].partition('"')[0]

    assert len(shown()) >= 16
    assert shown() != shown()
