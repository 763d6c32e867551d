"""Pages of the team: what is seen is written down, duties, closing, the registers; and the first administrator."""

from __future__ import annotations

import ast
import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import alliage
from alliage.hub.people.access import NotYours
from alliage.hub.people.actions import duties, first_link
from alliage.hub.people.models import AccessEntry, AuditEntry, Duty, Incident, Person, SignedIn
from alliage.hub.people.queries.words import acts, whys
from alliage.hub.programmes.actions import load_pack
from alliage.hub.programmes.freshness.models import Review
from alliage.hub.programmes.models import Programme, Proposal
from alliage.hub.ui import day
from tests.hub.people.actors import Actor, code_of, give_second_factor, make_organisation, make_person, shown, sign_in
from tests.hub.things import ID, make_things

pytestmark = pytest.mark.django_db
INCIDENT = {
    "facts": "=1+1 un courriel perdu", "data_touched": "noms", "started": "2026-11-20", "found": "2026-11-21",
    "people": "12", "risk": "unknown",
}  # fmt: skip


@pytest.fixture
def team() -> Client:
    return Actor.TEAM.client()


@pytest.fixture
def administrator() -> Client:
    return Actor.ADMINISTRATOR.client()


def test_people_are_found_and_each_sight_is_written_down(team: Client, person: Person) -> None:
    page = shown(team.get("/equipe/personnes/", {"q": "ana@"}))
    assert "ana@example.org" in page
    assert "team@example.org" not in page
    assert team.get(f"/equipe/personnes/{person.pk}/").status_code == 200
    assert [entry.why for entry in AccessEntry.objects.filter(about=person).order_by("pk")] == ["people", "person"]
    assert AccessEntry.objects.filter(about__email="team@example.org").count() == 0, "oneself is nobody else"
    assert "Page de la personne" in shown(team.get("/equipe/consultations/"))
    seen = shown(sign_in(person).get("/compte/"))
    assert "L’équipe les a regardées 2 fois" in seen


def test_the_pages_of_the_catalogue_where_the_team_sees_people_are_written_down(team: Client, person: Person) -> None:
    make_things(by=person)
    pages = {
        "history": f"/programmes/{ID}/historique/",
        "proposals": "/equipe/propositions/",
        "proposal": "/equipe/propositions/1/",
    }
    for why, address in pages.items():
        assert person.name in shown(team.get(address))
        assert AccessEntry.objects.filter(about=person, why=why).count() == 1, "once, however often it names them"
    assert Client().get(pages["history"]).status_code == 200
    assert AccessEntry.objects.count() == len(pages), "nobody is named to a visitor"


@pytest.mark.parametrize("q", ["\x00", "%", "_", "'" * 50, "x" * 10_000])
def test_any_search_is_kind(team: Client, q: str) -> None:
    for address in ("/equipe/personnes/", "/equipe/organisations/"):
        assert team.get(address, {"q": q, "page": "99999999999999999999"}).status_code == 200


def test_a_duty_is_given_by_an_administrator_alone_and_ends_the_sessions(
    team: Client, administrator: Client, person: Person
) -> None:
    theirs = sign_in(person)
    address = f"/equipe/personnes/{person.pk}/"
    assert team.post(address, {"do": "duty", "duty": "team"}).status_code == 404
    assert administrator.post(address, {"do": "duty", "duty": "team"}).status_code == 303
    person.refresh_from_db()
    assert person.duty == Duty.TEAM
    assert theirs.get("/compte/").status_code == 302
    assert administrator.post(address, {"do": "duty", "duty": "king"}).status_code == 404
    entry = AuditEntry.objects.get(what="duty-changed", data__duty="team")
    assert entry.on == f"person:{person.pk}"


def test_a_closed_account_is_out_at_once(team: Client, person: Person) -> None:
    theirs = sign_in(person)
    team.post(f"/equipe/personnes/{person.pk}/", {"do": "close"})
    assert not SignedIn.objects.filter(person=person).exists()
    assert theirs.get("/compte/").status_code == 302
    team.post(f"/equipe/personnes/{person.pk}/", {"do": "open"})
    person.refresh_from_db()
    assert person.is_active


def test_the_team_does_not_close_an_administrator_and_the_last_one_stays(team: Client, administrator: Client) -> None:
    chief = Person.objects.get(duty=Duty.ADMINISTRATOR)
    assert team.post(f"/equipe/personnes/{chief.pk}/", {"do": "close"}).status_code == 404
    for sent in ({"do": "close"}, {"do": "duty", "duty": ""}):
        assert administrator.post(f"/equipe/personnes/{chief.pk}/", sent).status_code == 303
        chief.refresh_from_db()
        assert (chief.duty, chief.is_active) == (Duty.ADMINISTRATOR, True)


def test_the_people_that_a_duty_depends_on_are_held_at_once_in_the_order_of_their_ids(
    person: Person, django_assert_num_queries: Any
) -> None:
    """Or two administrators who act on each other at once would each hold what the other waits for."""
    first, second = (make_person(f"{name}@example.org", duty=Duty.ADMINISTRATOR) for name in ("zoe", "bob"))
    with django_assert_num_queries(1) as asked:
        assert duties.locked(second.pk) == second
    assert 'ORDER BY "people_person"."id" ASC' in asked.captured_queries[0]["sql"]
    assert person.pk < first.pk < second.pk
    with pytest.raises(NotYours):
        duties.locked(second.pk + 1)


def test_the_team_invites_an_officer_of_a_provider(team: Client) -> None:
    make_organisation("iq", provider="investissement-quebec")
    sent = {"do": "invite", "email": "agent@example.org", "role": "officer"}
    assert team.post("/equipe/organisations/iq/", sent).status_code == 303
    make_organisation("plain")
    assert team.post("/equipe/organisations/plain/", sent).status_code == 422
    assert team.get("/equipe/organisations/nowhere/").status_code == 404


def test_without_a_second_factor_the_pages_of_the_team_stay_shut(settings: Any) -> None:
    settings.SECOND_FACTOR = True
    person = Actor.TEAM.person()
    bare = sign_in(person)
    assert bare.get("/equipe/").headers["Location"] == "/compte/second-facteur/?next=%2Fequipe%2F"
    give_second_factor(person)
    assert bare.get("/equipe/").headers["Location"].startswith("/compte/verifier/second-facteur/")
    assert sign_in(person, methods=("code", "mfa")).get("/equipe/").status_code == 200
    assert "Votre rôle le demande" in shown(bare.get("/compte/second-facteur/"))


@pytest.mark.django_db(transaction=True)
def test_who_has_just_set_it_up_is_not_asked_for_it_again(settings: Any) -> None:
    settings.SECOND_FACTOR = True
    person = Actor.TEAM.person()
    here, elsewhere = sign_in(person), sign_in(person)
    found = re.search(r"<code>(\w+)</code>", shown(here.get("/compte/second-facteur/activer/")))
    assert found
    done = here.post("/compte/second-facteur/activer/", {"code": code_of(found[1])})
    assert done.headers["Location"] == "/compte/second-facteur/codes/"
    assert here.get("/equipe/").status_code == 200
    assert elsewhere.get("/compte/").status_code == 302, "sessions that never gave it end"
    assert mail.outbox[-1].subject == "Votre second facteur est en place"


@pytest.mark.parametrize("number", ["9" * 19, "9" * 500])
def test_a_number_that_no_row_can_have_is_no_page(team: Client, number: str) -> None:
    for address in ("personnes", "incidents"):
        assert team.get(f"/equipe/{address}/{number}/").status_code == 404


# ---------------------------------------------------------------------------------------------- incidents


def test_an_incident_is_recorded_completed_and_given_to_the_commission(team: Client) -> None:
    assert team.post("/equipe/incidents/nouveau/", INCIDENT).status_code == 303
    incident = Incident.objects.get()
    assert (incident.people, incident.risk, incident.by.duty if incident.by else "") == (12, "unknown", Duty.TEAM)
    address = f"/equipe/incidents/{incident.pk}/"
    assert "2026-11-20" in shown(team.get(address))
    assert team.post(address, {**INCIDENT, "risk": "serious", "cai_told": "2026-11-22"}).status_code == 303
    incident.refresh_from_db()
    assert (incident.risk, str(incident.cai_told)) == ("serious", "2026-11-22")
    file = team.get("/equipe/incidents/registre.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(file))
    assert row["facts"] == "'=1+1 un courriel perdu", "no spreadsheet takes it for a formula"
    assert row["people"] == "12"


@pytest.mark.parametrize(
    ("field", "value"),
    [("facts", ""), ("started", "hier"), ("people", "-1"), ("people", "1e9"), ("risk", "x"), ("facts", "x" * 20_000)],
)
def test_an_incident_that_is_wrong_is_not_lost(team: Client, field: str, value: str) -> None:
    page = team.post("/equipe/incidents/nouveau/", {**INCIDENT, "data_touched": "des noms", field: value})
    assert page.status_code == 422
    assert "des noms" in shown(page)
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ended", "2026-11-01"),
        ("found", "2026-11-01"),
        ("found", "2027-01-01"),
        ("cai_told", "2027-01-01"),
        ("people_in_quebec", "13"),
    ],
)
def test_an_incident_whose_days_or_numbers_disagree_is_asked_again(team: Client, field: str, value: str) -> None:
    assert INCIDENT["started"] > "2026-11-01"
    assert INCIDENT["people"] == "12"
    page = team.post("/equipe/incidents/nouveau/", {**INCIDENT, field: value})
    assert page.status_code == 422
    assert f'id="id_{field}-error"' in page.content.decode()
    assert not Incident.objects.exists()


# ----------------------------------------------------------------------------------- the first administrator


def test_the_first_administrator_comes_by_a_link_that_works_once(capsys: Any) -> None:
    call_command("administrator", "Chef@example.org")
    link = capsys.readouterr().out.strip().removeprefix("http://127.0.0.1:8000")
    browser = Client()
    assert "Me connecter" in shown(browser.get(link))
    assert browser.get("/compte/").status_code == 302, "looking at it signs nobody in"
    assert browser.post(link).headers["Location"] == "/compte/"
    person = Person.objects.get()
    assert (person.email, person.duty) == ("chef@example.org", Duty.ADMINISTRATOR)
    assert browser.get("/equipe/").status_code == 200
    Person.objects.update(last_seen=day.now() + timedelta(seconds=1))  # the clock of tests stands still
    assert Client().get(link).status_code == 410


def test_a_link_of_another_is_worth_nothing() -> None:
    person = duties.make_administrator("chef@example.org", language="fr", at=day.now())
    link = first_link.first_link(person).removeprefix("http://127.0.0.1:8000")
    token = link.rstrip("/").rpartition("/")[2]
    assert first_link.invited_by(token) == person
    assert first_link.invited_by(token[:-2] + "xx") is None
    Person.objects.update(is_active=False)
    assert Client().post(link).status_code == 410


def test_the_command_refuses_what_is_no_e_mail() -> None:
    with pytest.raises(CommandError, match="is not an e-mail"):
        call_command("administrator", "chef")


def test_who_has_an_account_becomes_an_administrator(capsys: Any) -> None:
    person = make_person("ana@example.org", name="Ana")
    call_command("administrator", "ANA@example.org")
    assert "/compte/premier-lien/" in capsys.readouterr().out
    person.refresh_from_db()
    assert (person.name, person.duty) == ("Ana", Duty.ADMINISTRATOR)


# ----------------------------------------------------------------------------------- the words of the registers

HUB = Path(alliage.__file__).parent / "hub"


def codes_of(name: str, keyword: str = "") -> set[str]:
    """The codes that the hub gives to a call, as its first argument or by keyword."""
    found = set()
    for path in HUB.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == name:
                given = {one.arg: one.value for one in call.keywords}.get(keyword) if keyword else call.args[0]
                found |= {given.value} if isinstance(given, ast.Constant) else set()
    return found


def test_each_code_of_the_registers_has_words_whichever_room_writes_it() -> None:
    written, seen = codes_of("audit"), codes_of("looked_at", "why") | codes_of("seen_by_team", "why")
    assert {"file-created", "review-closed", "joined"} <= written
    assert {"person", "history", "check"} <= seen
    assert sorted(written - acts().keys()) == []
    assert sorted(seen - whys().keys()) == []


def test_what_rooms_write_is_read_in_words_and_can_be_chosen(team: Client) -> None:
    for what in ("file-deleted", "joined"):
        AuditEntry.objects.create(what=what, at=day.now())
    page = shown(team.get("/equipe/journal/", {"quoi": "file-deleted"}))
    assert page.count("Dossier supprimé") == 2, "among the choices, and in the register"
    assert page.count("Entrée dans une organisation") == 1, "among the choices alone"


def test_the_page_of_the_team_says_what_waits(db: None) -> None:  # noqa: ARG001 - asked for by name
    load_pack(by="test", at=day.now())
    team, programme = Actor.TEAM.client(), Programme.objects.exclude(current=None)[0]
    page = shown(team.get("/equipe/"))
    assert page.count("rien n’attend") == 3
    assert "team-waits" not in page
    current = programme.current
    for state in ("open", "open", "scheduled", "refused"):
        Proposal.objects.create(
            programme=programme, base=current, document={}, reason="r", page="p", read=day.today(), created=day.now(),
            state=state,
        )  # fmt: skip
    Review.objects.create(programme=programme, reason="dead", key="a", opened=day.now())
    Review.objects.create(programme=programme, reason="dead", key="b", opened=day.now())
    with CaptureQueriesContext(connection) as asked:
        page = shown(team.get("/equipe/"))
    assert re.search(r">Propositions</a> <span class=\"team-waits\">2 en attente", page)
    assert re.search(r">Fiches à vérifier</a> <span class=\"team-waits\">1 en attente", page)
    counts = [one["sql"] for one in asked if "COUNT(" in one["sql"]]
    assert len(counts) == 4, "one for each page where something waits"
