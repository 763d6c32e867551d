"""Deadlines as calendars: of all programmes, and of one file; they tell nothing of the company."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from alliage.hub.finder.models import ProjectFile
from alliage.hub.people.models import MemberRole
from alliage.hub.programmes import actions as programmes
from alliage.hub.programmes.models import Programme
from alliage.hub.ui import day
from tests.hub.finder.follow import ANSWERS, DISAGREE, browser_of, made, member
from tests.hub.programmes.conftest import load, pack

__all__ = ["load", "pack"]  # fixtures

pytestmark = pytest.mark.django_db
KEPT = "essor-volet-2"  # it closes on a day that is known


@pytest.fixture
def ana() -> Client:
    return browser_of(member("ana@example.org", role=MemberRole.MANAGER), answers=ANSWERS)


def events(client: Client, address: str) -> list[tuple[str, date, str]]:
    response = client.get(address)
    assert response.headers["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(response.content)
    return [(str(e["uid"]), e["dtstart"].dt, str(e["summary"])) for e in found.walk("VEVENT")]


def test_the_calendar_of_all_is_public_and_its_entries_keep_their_names() -> None:
    found = events(Client(), "/nouveautes/echeances.ics")
    assert len(found) > 3
    assert all(day >= date(2026, 11, 26) for _, day, _ in found)
    english = events(Client(), "/en/nouveautes/echeances.ics")
    assert [uid for uid, *_ in found] == [uid for uid, *_ in english]
    assert found[0][2] != english[0][2]


def test_the_calendar_of_a_file_opens_by_its_secret_alone_and_can_be_closed(ana: Client) -> None:
    file = made(ana, name="Zqxj")
    page = ana.post(f"/dossiers/{file.pk}/", {"do": "calendar"}).content.decode()
    address = page.partition('value="http://testserver')[2].partition('"')[0]
    assert address.startswith("/dossiers/calendrier/")
    token = address.split("/")[3]
    assert token not in str(ProjectFile.objects.values()), "only a fingerprint is stored"
    assert set(events(Client(), address)) < set(events(Client(), "/nouveautes/echeances.ics"))
    assert "Zqxj" not in Client().get(address).content.decode()
    again = ana.post(f"/dossiers/{file.pk}/", {"do": "calendar"}).content.decode()
    assert token not in again
    assert Client().get(address).status_code == 410
    newer = again.partition('value="http://testserver')[2].partition('"')[0]
    ana.post(f"/dossiers/{file.pk}/", {"do": "no-calendar"})
    assert Client().get(newer).status_code == 410


def test_the_calendar_of_a_file_whose_answers_contradict_each_other_has_what_it_keeps_alone(ana: Client) -> None:
    file = made(ana)
    page = ana.post(f"/dossiers/{file.pk}/", {"do": "calendar"}).content.decode()
    address = page.partition('value="http://testserver')[2].partition('"')[0]
    assert len(events(Client(), address)) > 1
    ProjectFile.objects.update(answers={"a": {**ANSWERS, **DISAGREE}})
    assert events(Client(), address) == []
    ProjectFile.objects.update(answers={"a": {**ANSWERS, **DISAGREE}, "k": [KEPT]})
    assert len(events(Client(), address)) == 1


def test_the_feed_tells_what_closes_within_30_days() -> None:
    atom = Client().get("/nouveautes/atom.xml?on=2027-03-10").content.decode()
    assert "#closes-2027-03-31" in atom
    assert "#closes-2027-03-31" not in Client().get("/nouveautes/atom.xml?on=2027-02-20").content.decode()


def test_the_feed_of_a_file_opens_by_the_same_secret_and_tells_of_its_programmes_alone(
    ana: Client, load: Callable[[], object]
) -> None:
    load()
    file = made(ana)
    page = ana.post(f"/dossiers/{file.pk}/", {"do": "calendar"}).content.decode()
    address = page.partition('id="feed-url" value="http://testserver')[2].partition('"')[0]
    assert address.endswith("/fil.xml")
    for id_, phone in (("c3i", "1 800 111-1111"), ("canexport-pme", "1 800 222-2222")):
        current = Programme.objects.get(id=id_).current
        assert current is not None
        changed = {**current.document, "contact": {"phone": phone}}
        programmes.edit_programme(document=changed, why=programmes.Why(by="x", at=day.now(), reason="r"))
    ProjectFile.objects.update(answers={"a": {**ANSWERS, **DISAGREE}, "k": ["c3i"]})
    response = Client().get(address)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    told = response.content.decode()
    assert "/programmes/c3i/" in told
    assert "canexport" not in told
    assert "canexport" in Client().get("/nouveautes/atom.xml").content.decode()
    ids = [
        re.search(r"<id>(.*?)</id>", page)[1] for page in (told, Client().get("/nouveautes/atom.xml").content.decode())
    ]  # type: ignore[index]  # each has one
    assert len({*ids}) == 2, "a reader takes two feeds of one id for the same"
    assert address.split("/")[-2] not in ids[0]
    assert Client().get(address.replace("/dossiers/", "/en/dossiers/")).content != response.content
    ana.post(f"/dossiers/{file.pk}/", {"do": "no-calendar"})
    assert Client().get(address).status_code == 410
