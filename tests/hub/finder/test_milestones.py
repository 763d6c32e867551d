"""What became of requests, noted for oneself; deadlines as calendars that tell nothing of the company."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from alliage.hub.finder.models import Milestone, ProjectFile
from alliage.hub.people.models import MemberRole
from tests.hub.finder.follow import ANSWERS, browser_of, made, member, stranger

pytestmark = pytest.mark.django_db
PARI = "pari-cnrc"


@pytest.fixture
def ana() -> Client:
    return browser_of(member("ana@example.org", role=MemberRole.MANAGER), answers=ANSWERS)


def note(client: Client, file: ProjectFile, **fields: str) -> int:
    sent = {"programme": PARI, "kind": "asked", "day": "2026-11-12", "amount": "50 000 $", **fields}
    return int(client.post(f"/dossiers/{file.pk}/demarches/", sent).status_code)


def events(client: Client, address: str) -> list[tuple[str, date, str]]:
    response = client.get(address)
    assert response.headers["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(response.content)
    return [(str(e["uid"]), e["dtstart"].dt, str(e["summary"])) for e in found.walk("VEVENT")]


def test_a_request_is_noted_and_shown_where_the_file_is_open(ana: Client) -> None:
    file = made(ana)
    assert note(ana, file) == 303
    assert note(ana, file, kind="obtained", amount="", day="2026-11-20") == 303
    for address in (f"/dossiers/{file.pk}/", f"/dossiers/{file.pk}/demarches/", f"/trouver/resultats/{PARI}/"):
        page = ana.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert "Demandé le 12 novembre 2026 : 50 000 $" in page
        assert "Obtenu le 20 novembre 2026" in page
    assert "Demandé" not in Client().get(f"/trouver/resultats/{PARI}/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "won"},
        {"day": "hier"},
        {"amount": "beaucoup"},
        {"amount": "9" * 50},
        {"amount": "-5"},
        {"programme": "x"},
    ],
)
def test_what_was_typed_wrong_is_refused_and_given_back(ana: Client, wrong: dict[str, str]) -> None:
    file = made(ana)
    assert note(ana, file, **wrong) == 422
    assert not Milestone.objects.exists()


def test_only_members_note_and_take_away(ana: Client) -> None:
    file, other = made(ana), stranger()
    note(ana, file)
    assert note(other, file) == 404
    id_ = str(Milestone.objects.get().pk)
    theirs = made(browser_of(member("s2@example.org", organisation="atelier-b"), answers=ANSWERS), owner="atelier-b")
    bad = browser_of(member("s2@example.org", organisation="atelier-b"))
    bad.post(f"/dossiers/{theirs.pk}/demarches/", {"do": "remove", "milestone": id_})
    assert Milestone.objects.count() == 1, "the note of another file"
    ana.post(f"/dossiers/{file.pk}/demarches/", {"do": "remove", "milestone": id_})
    assert not Milestone.objects.exists()


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


def test_the_feed_tells_what_closes_within_30_days() -> None:
    atom = Client().get("/nouveautes/atom.xml?on=2027-03-10").content.decode()
    assert "#closes-2027-03-31" in atom
    assert "#closes-2027-03-31" not in Client().get("/nouveautes/atom.xml?on=2027-02-20").content.decode()
