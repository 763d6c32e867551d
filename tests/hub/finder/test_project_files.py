"""Project files: kept because asked, shared with colleagues and nobody else, and two who edit at once lose nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from alliage.hub.finder.actions import project_files
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.models import ProjectFile
from alliage.hub.people.actions import leaving
from alliage.hub.people.models import MemberRole, Membership, Person
from alliage.hub.ui import day
from tests.hub.answers import answers_of, give
from tests.hub.finder.follow import ANSWERS, DISAGREE, browser_of, made, member, stranger
from tests.hub.people.actors import shown

pytestmark = pytest.mark.django_db
YEARS = timedelta(days=730)


@pytest.fixture
def ana() -> Client:
    return browser_of(member("ana@example.org", role=MemberRole.MANAGER), answers=ANSWERS)


@pytest.fixture
def bob() -> Client:
    return browser_of(member("bob@example.org"))


def answered(client: Client, **changes: Any) -> None:
    """Change an answer in a browser, by the page of its question."""
    for name, value in changes.items():
        scope, _, short = name.partition("__")
        key = f"{scope}.{short}"
        response = client.post(f"/trouver/question/{key}/", {key: value, "then": "results"})
        assert response.status_code == 303


def at(file: ProjectFile) -> ProjectFile:
    file.refresh_from_db()
    return file


# --------------------------------------------------------------------------------------- kept, because asked


def test_nothing_is_kept_before_it_is_asked(ana: Client) -> None:
    assert "Garder dans un dossier" in ana.get("/trouver/resultats/").content.decode()
    ana.get("/dossiers/")
    assert not ProjectFile.objects.exists()


def test_a_file_keeps_answers_and_wishes_and_a_colleague_opens_them(ana: Client, bob: Client) -> None:
    file = made(ana)
    assert file.answers == {"a": ANSWERS}
    assert "Presse" in bob.get("/dossiers/").content.decode()
    assert bob.post(f"/dossiers/{file.pk}/", {"do": "open"}).headers["Location"] == "/trouver/resultats/"
    assert answers_of(bob)["a"] == ANSWERS
    assert "(enregistré)" in bob.get("/trouver/resultats/").content.decode()


def test_what_is_answered_after_is_in_the_file_only_once_it_is_saved(ana: Client, bob: Client) -> None:
    file = made(ana)
    answered(ana, company__employees="55")
    assert at(file).answers["a"]["company.employees"] == 40
    assert "Enregistrer dans le dossier" in ana.get("/trouver/resultats/").content.decode()
    assert ana.post(f"/dossiers/{file.pk}/", {"do": "save"}).status_code == 303
    assert (at(file).answers["a"]["company.employees"], file.revision) == (55, 2)
    bob.post(f"/dossiers/{file.pk}/", {"do": "open"})
    assert answers_of(bob)["a"]["company.employees"] == 55


def test_ones_own_file_is_closed_to_colleagues(ana: Client, bob: Client) -> None:
    file = made(ana, owner="")
    assert bob.get(f"/dossiers/{file.pk}/").status_code == 404
    assert "Presse" not in bob.get("/dossiers/").content.decode()


@pytest.mark.parametrize("do", ["open", "save", "rename", "delete", "close", "", "x"])
def test_a_stranger_is_told_that_there_is_no_such_file(ana: Client, do: str) -> None:
    file, other = made(ana), stranger()
    assert other.post(f"/dossiers/{file.pk}/", {"do": do, "sure": "yes", "name": "x"}).status_code == 404
    assert other.get(f"/dossiers/{file.pk}/alliage.yaml").status_code == 404
    assert other.post("/dossiers/", {"name": "x", "owner": "atelier-a"}).status_code in (200, 404)
    assert ProjectFile.objects.count() == 1
    assert at(file).name == "Presse"


def test_nobody_keeps_a_file_in_an_organisation_of_others() -> None:
    other = browser_of(member("stranger@example.org", organisation="atelier-b"), answers=ANSWERS)
    assert other.post("/dossiers/", {"name": "x", "owner": "atelier-a"}).status_code == 404
    assert not ProjectFile.objects.exists()


def test_who_leaves_the_organisation_opens_its_files_no_more(ana: Client, bob: Client) -> None:
    file = made(ana)
    bob.post(f"/dossiers/{file.pk}/", {"do": "open"})
    Membership.objects.filter(person__email="bob@example.org").delete()
    assert bob.get(f"/dossiers/{file.pk}/").status_code == 404
    assert "(enregistré)" not in bob.get("/trouver/resultats/").content.decode()


def test_what_was_typed_wrong_is_given_back_with_what_to_do(ana: Client) -> None:
    for name, said in (("", "Donnez un nom"), ("é" * 81, "trop longue")):
        page = ana.post("/dossiers/", {"name": name, "owner": "atelier-a"})
        assert page.status_code == 422
        assert said in page.content.decode()
        assert name in page.content.decode()
    assert not ProjectFile.objects.exists()


def test_there_is_a_limit_that_is_said(ana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project_files, "MOST_FILES", 1)
    made(ana)
    page = ana.post("/dossiers/", {"name": "Autre", "owner": "atelier-a"})
    assert page.status_code == 422
    assert "Il y a déjà 1 dossiers" in page.content.decode()


# ------------------------------------------------------------------------------------------- two who edit at once


def test_of_two_who_edit_at_once_the_second_sees_both_and_nothing_is_lost(ana: Client, bob: Client) -> None:
    file = made(ana)
    bob.post(f"/dossiers/{file.pk}/", {"do": "open"})
    answered(ana, company__employees="55")
    answered(bob, company__employees="66")
    assert ana.post(f"/dossiers/{file.pk}/", {"do": "save"}).status_code == 303
    both = bob.post(f"/dossiers/{file.pk}/", {"do": "save"})
    page = both.content.decode()
    assert both.status_code == 409
    assert "55" in page
    assert "66" in page
    assert "ana" in page, "who saved before is said"
    assert at(file).answers["a"]["company.employees"] == 55
    assert answers_of(bob)["a"]["company.employees"] == 66
    assert bob.post(f"/dossiers/{file.pk}/", {"do": "save", "revision": "2"}).status_code == 303
    assert (at(file).answers["a"]["company.employees"], file.revision) == (66, 3)


def test_budgets_that_differ_by_what_is_given_and_questions_passed_over_are_told(ana: Client, bob: Client) -> None:
    file = made(ana)
    bob.post(f"/dossiers/{file.pk}/", {"do": "open"})
    line = ("equipment", "50000", "")
    file.answers = Dossier(lines=((*line, False),), skipped=("company.employees",)).as_dict()
    file.revision = 2
    file.save()
    give(bob, {**Dossier(lines=((*line, True),)).as_dict(), "d": [file.pk, 1]})
    page = shown(bob.post(f"/dossiers/{file.pk}/", {"do": "save"}))
    assert "Les deux versions" in page
    assert page.count("en nature") == 1
    assert "Questions passées" in page


def test_a_visit_of_a_file_that_is_deleted_meanwhile_is_no_error(ana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    file, real = made(ana), project_files.file_of
    ProjectFile.objects.update(visited=day.now() - timedelta(days=2))

    def meanwhile(*args: Any) -> ProjectFile:
        found = real(*args)
        ProjectFile.objects.all().delete()
        return found

    monkeypatch.setattr(project_files, "file_of", meanwhile)
    assert ana.get(f"/dossiers/{file.pk}/").status_code < 500


def test_a_version_that_moved_again_while_both_were_shown_is_shown_again(ana: Client, bob: Client) -> None:
    file = made(ana)
    bob.post(f"/dossiers/{file.pk}/", {"do": "open"})
    for employees in ("55", "56"):
        answered(ana, company__employees=employees)
        assert ana.post(f"/dossiers/{file.pk}/", {"do": "save"}).status_code == 303
    answered(bob, company__employees="66")
    assert bob.post(f"/dossiers/{file.pk}/", {"do": "save", "revision": "2"}).status_code == 409
    assert at(file).answers["a"]["company.employees"] == 56


def test_saving_what_is_already_there_is_no_new_revision(ana: Client) -> None:
    file = made(ana)
    ana.post(f"/dossiers/{file.pk}/", {"do": "save"})
    assert at(file).revision == 1


def test_answers_that_are_in_no_file_are_not_lost_by_opening_one(ana: Client) -> None:
    file = made(ana)
    answered(ana, company__employees="55")
    asked = ana.post(f"/dossiers/{file.pk}/", {"do": "open"})
    assert asked.status_code == 422
    assert answers_of(ana)["a"]["company.employees"] == 55
    ana.post(f"/dossiers/{file.pk}/", {"do": "open", "sure": "yes"})
    assert answers_of(ana)["a"]["company.employees"] == 40


# ------------------------------------------------------------------------------------- renamed, taken, deleted


def test_a_colleague_renames_and_only_a_manager_deletes_once_confirmed(ana: Client, bob: Client) -> None:
    file = made(ana)
    assert bob.post(f"/dossiers/{file.pk}/", {"do": "rename", "name": " Presse \x00 2 "}).status_code == 303
    assert at(file).name == "Presse 2"
    assert bob.post(f"/dossiers/{file.pk}/", {"do": "rename", "name": ""}).status_code == 422
    assert bob.post(f"/dossiers/{file.pk}/", {"do": "delete", "sure": "yes"}).status_code == 404
    assert ana.post(f"/dossiers/{file.pk}/", {"do": "delete"}).status_code == 422
    assert ProjectFile.objects.exists()
    assert ana.post(f"/dossiers/{file.pk}/", {"do": "delete", "sure": "yes"}).status_code == 303
    assert not ProjectFile.objects.exists()
    assert answers_of(ana)["a"] == ANSWERS, "the answers of the browser stay"


def test_a_file_is_taken_as_the_command_line_reads_it(ana: Client) -> None:
    file = made(ana)
    taken = ana.get(f"/dossiers/{file.pk}/alliage.yaml")
    assert "employees: 40" in taken.content.decode()
    assert f'filename="alliage-{file.pk}.yaml"' in taken.headers["Content-Disposition"]


def test_closing_takes_the_answers_off_the_browser_and_leaves_the_file(ana: Client) -> None:
    file = made(ana)
    assert ana.post(f"/dossiers/{file.pk}/", {"do": "close"}).status_code == 303
    assert answers_of(ana) == {}
    assert at(file).answers == {"a": ANSWERS}


def test_a_share_does_not_tell_that_a_file_is_open(ana: Client) -> None:
    made(ana)
    kept = Dossier.from_dict(answers_of(ana))
    assert kept.file
    assert project_files.kept_of(kept).file == ()


def test_a_file_whose_answers_contradict_each_other_is_shown_renamed_and_deleted(ana: Client) -> None:
    file = made(ana)
    ProjectFile.objects.update(answers={"a": {**ANSWERS, **DISAGREE}})
    page = ana.get(f"/dossiers/{file.pk}/").content.decode()
    assert "<h1>Presse</h1>" in page
    assert "se contredisent" in page
    assert page.count("Nombre d’employés") == 2, "in what the file holds, and among what disagrees"
    assert ana.post(f"/dossiers/{file.pk}/", {"do": "rename", "name": ""}).status_code == 422
    assert "se contredisent" not in ana.get("/trouver/resultats/").content.decode(), "those of the browser agree"
    assert ana.post(f"/dossiers/{file.pk}/", {"do": "rename", "name": "Four"}).status_code == 303
    assert ana.post(f"/dossiers/{file.pk}/", {"do": "delete", "sure": "yes"}).status_code == 303


# ------------------------------------------------------------------------------------------------- for a time


@pytest.mark.parametrize("page", ["", "demarches/", "alliage.yaml"])
def test_to_look_at_any_page_of_a_file_is_a_visit(ana: Client, page: str) -> None:
    file, long_ago = made(ana), day.now() - YEARS
    ProjectFile.objects.update(visited=long_ago, warned=long_ago)
    assert stranger().get(f"/dossiers/{file.pk}/{page}").status_code == 404
    assert at(file).visited == long_ago, "not by who may not open it"
    ana.get(f"/dossiers/{file.pk}/{page}")
    assert (at(file).warned, file.visited > long_ago + YEARS / 2) == (None, True)


def test_a_file_that_nobody_opens_goes_once_its_managers_were_told_and_did_not_come(ana: Client, bob: Client) -> None:
    file, now = made(ana), day.now()
    project_files.forget_unvisited(now=now + YEARS - timedelta(days=31))
    assert outbox.outbox == []
    project_files.forget_unvisited(now=now + YEARS - timedelta(days=29))
    project_files.forget_unvisited(now=now + YEARS - timedelta(days=28))
    assert [letter.to for letter in outbox.outbox] == [["ana@example.org"]]
    assert "« Presse »" in str(outbox.outbox[0].subject).replace("\N{NO-BREAK SPACE}", " ")
    assert f"/dossiers/{file.pk}/" in str(outbox.outbox[0].body)
    assert project_files.forget_unvisited(now=now + YEARS) == 0, "30 days after the letter, not before"
    bob.post(f"/dossiers/{file.pk}/", {"do": "open"})
    assert at(file).warned is None
    project_files.forget_unvisited(now=now + YEARS)
    assert project_files.forget_unvisited(now=now + YEARS + timedelta(days=31)) == 1
    assert not ProjectFile.objects.exists()


def test_erasure_takes_ones_own_files_and_leaves_those_of_the_others(ana: Client, bob: Client) -> None:
    mine, ours = made(ana, owner=""), made(ana, name="Nôtre")
    assert bob.get(f"/dossiers/{ours.pk}/").status_code == 200
    person = Person.objects.get(email="ana@example.org")
    assert [row["name"] for row in leaving.taken(person)["finder.ProjectFile"]] == ["Presse"]
    leaving.erase(person, at=day.now())
    assert not ProjectFile.objects.filter(pk=mine.pk).exists()
    assert at(ours).saved_by is None
