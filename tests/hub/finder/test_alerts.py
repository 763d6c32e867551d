"""Alerts: what changed for whom, told once, in their language, by a letter that one click stops."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alliage.hub.finder.actions import alerting, following, writing
from alliage.hub.finder.models import Alert, AlertRhythm, Following, ProjectFile
from alliage.hub.people import mail
from alliage.hub.people.actions import consents, leaving
from alliage.hub.people.models import Membership, Person
from alliage.hub.programmes import actions as programmes
from alliage.hub.programmes.queries import current_catalogue
from alliage.hub.ui import day
from tests.hub.finder.follow import DISAGREE, browser_of, member, stranger
from tests.hub.people.test_mail import Box, part, server
from tests.hub.programmes.conftest import load, pack
from tests.hub.programmes.small_pack import SmallPack

__all__ = ["load", "pack", "server"]  # fixtures
pytestmark = pytest.mark.django_db
PARI = "pari-cnrc"
FITS = {
    "company.legal_form": "corporation", "company.incorporated_in_canada": True, "company.for_profit": True,
    "company.employees": 40, "company.postal_code": "G7H 1A1", "project.needs": ["rd"],
}  # fmt: skip
DAY = timedelta(days=1)


def file_of(person: Person | None = None, **values: Any) -> ProjectFile:
    """A project file."""
    now = day.now()
    owner = {"person": person} if person else {"organisation": Membership.objects.earliest("pk").organisation}
    made: ProjectFile = ProjectFile.objects.create(
        name="Presse", created=now, changed=now, visited=now, **{"answers": {"a": FITS}, **owner, **values}
    )
    return made


def look(after: timedelta = timedelta()) -> int:
    now = day.now() + after
    return alerting.look(on=now.date(), at=now)


def edit(change: Callable[[dict[str, Any]], None], id_: str = PARI) -> None:
    """Change a programme by hand."""
    document = copy.deepcopy(dict(current_catalogue().programmes[id_].document))
    change(document)
    programmes.edit_programme(document=document, why=programmes.Why(by="Équipe", reason="test", at=day.now()))


def most(employees: int) -> Callable[[dict[str, Any]], None]:
    """The programme takes companies of so many persons at most."""

    def change(document: dict[str, Any]) -> None:
        for condition in document["eligibility"]["all"]:
            if "at_most" in condition:
                condition["at_most"] = employees

    return change


def closing(when: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["intake"]["windows"] = [{"to": when}]

    return change


@pytest.fixture
def ana(load: Callable[[], Any]) -> Person:
    """Somebody who agreed to be written to, in a catalogue that was looked at once."""
    load()
    person = member("ana@example.org")
    following.choose(person, by_mail=True, rhythm="weekly", language="fr", at=day.now())
    assert look() == 0, "what was there before is no news"
    return person


# ---------------------------------------------------------------------------------------------- what is told


def test_a_file_that_becomes_eligible_is_told_once_whatever_the_number_of_looks(ana: Person) -> None:
    edit(most(10))
    look()
    Alert.objects.all().delete()
    ours = file_of()
    edit(most(500))
    assert look() == 1
    alert = Alert.objects.get()
    assert (alert.person, alert.kind, alert.programme) == (ana, "eligible", PARI)
    assert alert.data["files"] == [[ours.pk, "ineligible", "eligible"]]
    assert alert.data["lines"], "what changed, in the words of the revision"
    assert look() == 0
    assert look(3 * DAY) == 0


def test_a_file_that_is_eligible_no_more_is_told_as_such(ana: Person) -> None:
    file_of(ana)
    edit(most(10))
    look()
    alert = Alert.objects.get()
    assert (alert.kind, alert.data["files"][0][1:]) == ("worse", ["eligible", "ineligible"])


def test_the_files_are_read_once_however_many_programmes_changed(ana: Person) -> None:
    ours = file_of(ana)
    others = [id_ for id_ in current_catalogue().programmes if id_ != PARI]
    for id_ in others:
        programmes.retire(programme_id=id_, why=programmes.Why(by="Équipe", reason="test", at=day.now()))
    edit(most(10))
    with CaptureQueriesContext(connection) as asked:
        look()
    read = [one for one in asked.captured_queries if 'FROM "finder_projectfile"' in one["sql"]]
    assert len(read) <= 2 <= len(others), "for what changed, and for what closes"
    assert Alert.objects.get(programme=PARI).data["files"] == [[ours.pk, "eligible", "ineligible"]]


def test_a_change_of_words_tells_only_those_who_follow(ana: Person) -> None:
    file_of(ana)
    edit(lambda document: document.update(name={"fr": "Un autre nom", "en": "Another name"}))
    assert look() == 0
    following.follow(ana, PARI, at=day.now())
    edit(lambda document: document.update(name={"fr": "Encore un nom", "en": "One more name"}))
    assert look() == 1
    assert Alert.objects.get().kind == "changed"


def test_nobody_is_told_of_files_of_others(ana: Person) -> None:
    stranger()
    file_of()
    edit(most(10))
    look()
    assert set(Alert.objects.values_list("person", flat=True)) == {ana.pk}


def test_a_programme_for_another_need_is_no_news(ana: Person) -> None:
    file_of(ana, answers={"a": {**FITS, "project.needs": ["equipment"]}})
    edit(most(10))
    assert look() == 0


def test_a_retired_programme_is_told_to_who_could_have_had_it(
    ana: Person, pack: SmallPack, load: Callable[[], Any]
) -> None:
    file_of(ana)
    pack.drop(f"federal/{PARI}")
    load()
    assert look() == 1
    assert Alert.objects.get().kind == "gone"
    page = browser_of(ana).get("/alertes/").content.decode()
    assert "n’est plus offert" in page


def test_who_follows_a_programme_is_told_each_time_that_it_goes_and_comes_back(
    ana: Person, pack: SmallPack, load: Callable[[], Any]
) -> None:
    following.follow(ana, PARI, at=day.now())
    file = pack.file(f"federal/{PARI}")
    content = file.read_text(encoding="utf-8")
    told = []
    for _ in range(2):
        pack.drop(f"federal/{PARI}")
        load()
        told.append((look(), look()))
        file.write_text(content, encoding="utf-8")
        load()
        told.append((look(), look()))
    assert told == [(1, 0)] * 4
    assert [alert.kind for alert in Alert.objects.order_by("pk")] == ["gone", "back", "gone", "back"]
    assert "est de nouveau offert" in browser_of(ana).get("/alertes/").content.decode()


def test_a_programme_that_the_team_retires_and_restores_is_told_as_such(ana: Person) -> None:
    following.follow(ana, PARI, at=day.now())
    why = programmes.Why(by="Équipe", reason="test", at=day.now())
    programmes.retire(programme_id=PARI, why=why)
    look()
    programmes.restore(programme_id=PARI, why=why)
    look()
    assert [alert.kind for alert in Alert.objects.order_by("pk")] == ["gone", "back"]


def test_a_programme_that_is_back_is_told_to_the_files_that_it_fits(ana: Person) -> None:
    file_of(ana)
    why = programmes.Why(by="Équipe", reason="test", at=day.now())
    programmes.retire(programme_id=PARI, why=why)
    look()
    programmes.restore(programme_id=PARI, why=why)
    assert look() == 1
    assert Alert.objects.earliest("-pk").kind == "eligible"


def test_a_deadline_is_told_30_then_7_days_before_and_no_more(ana: Person) -> None:
    following.follow(ana, PARI, at=day.now())
    edit(closing("2027-01-15"))  # 50 days
    look()
    Alert.objects.all().delete()
    told = [look(days * DAY) for days in (10, 19, 20, 21, 30, 42, 43, 44, 50, 51)]
    assert told == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0]


def test_a_deadline_is_told_for_files_that_are_eligible_or_want_it(ana: Person) -> None:
    edit(closing("2026-12-10"))
    look()
    Alert.objects.all().delete()
    file_of(ana, answers={"a": {**FITS, "company.employees": 900}})
    assert look() == 0
    file_of(ana, answers={"a": {**FITS, "company.employees": 900}, "k": [PARI]})
    assert look() == 1


@pytest.mark.parametrize(("chosen", "told"), [({}, 0), ({"k": [PARI]}, 1), ({"k": [PARI], "x": [PARI]}, 0)])
def test_a_deadline_of_what_a_plan_keeps_is_told_though_the_answers_contradict_each_other(
    ana: Person, chosen: dict[str, Any], told: int
) -> None:
    edit(closing("2026-12-10"))
    look()
    file_of(ana, answers={"a": {**FITS, **DISAGREE}, **chosen})
    assert look() == told


def test_the_first_look_of_all_tells_no_change_and_tells_deadlines(load: Callable[[], Any]) -> None:
    load()
    person = member("ana@example.org")
    following.follow(person, PARI, at=day.now())
    edit(closing("2026-12-10"))
    assert look() == 1
    assert Alert.objects.get().kind == "deadline"


def test_a_crash_in_the_middle_of_a_look_loses_and_doubles_nothing(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_of(ana)
    edit(most(10))
    with monkeypatch.context() as broken:
        broken.setattr(alerting, "_remember", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            look()
    assert not Alert.objects.exists()
    assert (look(), look()) == (1, 0)


# --------------------------------------------------------------------------------------------------- letters


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "vous pourriez ne plus être admissible"), ("en", "may no longer be eligible")]
)
def test_a_letter_arrives_in_the_language_of_the_person_and_one_click_stops_them(
    ana: Person, server: Box, lang: str, said: str
) -> None:
    Person.objects.filter(pk=ana.pk).update(language=lang)
    file_of(ana)
    edit(most(10))
    look()
    assert writing.write(now=day.now()) == 1
    (letter,) = server.letters
    for kind in ("plain", "html"):
        body = part(letter, kind)
        assert said in body
        assert "Presse" in body
        assert "http://127.0.0.1:8000/" in body
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = letter["List-Unsubscribe"].strip(" <>").removeprefix("http://127.0.0.1:8000")
    nobody = Client(enforce_csrf_checks=True)
    assert nobody.get(path).status_code == 200
    assert consents.holds(ana, "alerts"), "a program that looks at the link stops nothing"
    assert nobody.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not consents.holds(ana, "alerts")
    assert nobody.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_a_link_of_another_purpose_or_made_elsewhere_stops_nothing(ana: Person) -> None:
    for token in ("nothing", "1:2:3", f"{ana.pk}"):
        assert Client().post(f"/alertes/arreter/{token}/").status_code == 410
    assert consents.holds(ana, "alerts")


def test_nobody_is_written_to_without_having_agreed(ana: Person) -> None:
    following.choose(ana, by_mail=False, rhythm="daily", language="fr", at=day.now())
    file_of(ana)
    edit(most(10))
    look()
    assert writing.write(now=day.now()) == 0
    assert outbox.outbox == []


@pytest.mark.parametrize(("rhythm", "letters"), [("daily", [1, 1, 1]), ("weekly", [1, 0, 1]), ("never", [0, 0, 0])])
def test_a_letter_is_no_more_frequent_than_wanted(ana: Person, rhythm: str, letters: list[int]) -> None:
    following.choose(ana, by_mail=True, rhythm=rhythm, language="fr", at=day.now())
    file_of(ana)
    sent = []
    for n, after in enumerate((0, 1, 7)):
        edit(most(10 if n % 2 == 0 else 500))
        look(after * DAY)
        sent.append(writing.write(now=day.now() + after * DAY))
        assert writing.write(now=day.now() + after * DAY) == 0
    assert sent == letters


def test_what_closes_before_the_next_letter_does_not_wait_for_it(ana: Person) -> None:
    following.follow(ana, PARI, at=day.now())
    edit(lambda document: document.update(name={"fr": "Un nom", "en": "A name"}))
    look()
    assert writing.write(now=day.now()) == 1
    edit(closing("2026-12-01"))
    look(DAY)
    assert writing.write(now=day.now() + DAY) == 1


def test_a_letter_that_the_server_refuses_leaves_at_the_next_run_once(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_of(ana)
    edit(most(10))
    look()

    def refused(*_: Any, **__: Any) -> None:
        raise mail.MailNotSent

    with monkeypatch.context() as broken:
        broken.setattr(mail, "send", refused)
        assert writing.write(now=day.now()) == 0
    assert [writing.write(now=day.now()) for _ in range(3)] == [1, 0, 0]
    assert len(outbox.outbox) == 1


def test_a_process_that_died_while_it_wrote_is_taken_over_an_hour_later(ana: Person) -> None:
    file_of(ana)
    edit(most(10))
    look()
    AlertRhythm.objects.filter(person=ana).update(writing=day.now())
    assert writing.write(now=day.now() + timedelta(minutes=30)) == 0
    assert writing.write(now=day.now() + timedelta(minutes=61)) == 1


# ------------------------------------------------------------------------------------------- pages and erasure


def test_a_programme_is_followed_and_left_by_its_pages(ana: Person) -> None:
    browser = browser_of(ana)
    assert "Suivre" in browser.get(f"/alertes/suivre/?programme={PARI}").content.decode()
    assert browser.post("/alertes/suivre/", {"programme": PARI, "do": "follow"}).status_code == 303
    assert Following.objects.get().programme == PARI
    browser.post("/alertes/suivre/", {"programme": "nothing", "do": "follow"})
    assert Following.objects.count() == 1
    browser.post("/alertes/suivre/", {"programme": PARI, "do": "stop"})
    assert not Following.objects.exists()


def test_who_follows_as_many_as_one_may_follows_one_of_them_again(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST_FOLLOWED", 1)
    for _time in range(2):
        following.follow(ana, PARI, at=day.now())
    with pytest.raises(following.TooManyFollowed):
        following.follow(ana, "c3i", at=day.now())
    assert Following.objects.count() == 1


def test_a_file_that_one_may_open_no_more_is_not_named(ana: Person) -> None:
    file_of()
    edit(most(10))
    look()
    assert "Presse" in browser_of(ana).get("/alertes/").content.decode()
    Membership.objects.filter(person=ana).delete()
    assert "Presse" not in browser_of(ana).get("/alertes/").content.decode()


def test_how_one_is_written_to_is_chosen_and_taken_back(ana: Person) -> None:
    browser = browser_of(ana)
    browser.post("/alertes/", {"rhythm": "daily"})
    assert not consents.holds(ana, "alerts")
    browser.post("/alertes/", {"by_mail": "yes", "rhythm": "daily"})
    assert consents.holds(ana, "alerts")
    assert AlertRhythm.objects.get(person=ana).rhythm == "daily"
    assert browser.post("/alertes/", {"rhythm": "hourly"}).status_code == 404


def test_erasure_leaves_no_alert_and_no_programme_followed(ana: Person) -> None:
    following.follow(ana, PARI, at=day.now())
    file_of(ana)
    edit(most(10))
    look()
    leaving.erase(ana, at=day.now())
    assert [rows.objects.count() for rows in (Alert, Following, AlertRhythm)] == [0, 0, 0]


def test_alerts_go_after_their_time(ana: Person) -> None:
    file_of(ana)
    edit(most(10))
    look()
    assert following.forget_old(now=day.now() + 179 * DAY) == 0
    assert following.forget_old(now=day.now() + 181 * DAY) == 1
