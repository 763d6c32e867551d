"""What became of requests, noted for oneself and shown where the file is open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alliage.hub.finder.actions import milestones
from alliage.hub.finder.models import Milestone, ProjectFile
from alliage.hub.people.models import MemberRole
from alliage.hub.programmes import actions as programmes
from alliage.hub.ui import day
from tests.hub.finder.follow import ANSWERS, browser_of, made, member, stranger
from tests.hub.people.actors import shown
from tests.hub.programmes.conftest import load, pack

__all__ = ["load", "pack"]  # fixtures

pytestmark = pytest.mark.django_db
PARI = "pari-cnrc"


@pytest.fixture
def ana() -> Client:
    return browser_of(member("ana@example.org", role=MemberRole.MANAGER), answers=ANSWERS)


def note(client: Client, file: ProjectFile, **fields: str) -> int:
    sent = {"programme": PARI, "kind": "asked", "day": "2026-11-12", "amount": "50 000 $", **fields}
    return int(client.post(f"/dossiers/{file.pk}/demarches/", sent).status_code)


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


def test_there_is_a_limit_that_is_said(ana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(milestones, "MOST_MILESTONES", 1)
    file = made(ana)
    assert note(ana, file) == 303
    full = ana.post(f"/dossiers/{file.pk}/demarches/", {"programme": PARI, "kind": "paid", "day": "2026-11-12"})
    assert full.status_code == 422
    assert "Il y a déjà 1 démarches" in full.content.decode()
    assert Milestone.objects.count() == 1


def test_a_programme_that_is_not_there_is_said_at_its_field(ana: Client) -> None:
    file = made(ana)
    page = ana.post(f"/dossiers/{file.pk}/demarches/", {"programme": "x", "kind": "paid", "day": "hier"})
    told = page.content.decode()
    assert "Ce choix n’est pas dans la liste" in told
    assert "Nous n’avons pas compris cette date" in told


def test_what_is_noted_is_on_the_cards_of_whoever_has_the_file_open_and_of_nobody_else(ana: Client) -> None:
    file = made(ana)
    listed = ana.get("/trouver/resultats/?plus=eligible&plus=possible").content.decode()
    shown = next(id_ for id_ in listed.split('id="r-')[1:]).partition('"')[0]
    assert note(ana, file, programme=shown) == 303
    card = ana.get("/trouver/resultats/").content.decode().partition(f'id="r-{shown}"')[2].partition("</article>")[0]
    assert "Demandé le 12 novembre 2026" in card.replace("\N{NO-BREAK SPACE}", " ")
    same = browser_of(member("bob@example.org"), answers=ANSWERS)
    assert "Demandé le" not in same.get("/trouver/resultats/").content.decode(), "bob has not opened the file"
    ana.post(f"/dossiers/{file.pk}/", {"do": "close"})
    assert "Demandé le" not in ana.get("/trouver/resultats/").content.decode()


def test_two_presses_note_a_request_once_and_make_one_file(ana: Client) -> None:
    page = ana.get("/dossiers/").content.decode()
    key = page.partition('name="form_key" value="')[2].partition('"')[0]
    assert len(key) > 15
    places = {ana.post("/dossiers/", {"name": "F", "owner": "", "form_key": key}).headers["Location"] for _ in "ab"}
    file = ProjectFile.objects.get()
    assert places == {f"/dossiers/{file.pk}/"}
    for _press in range(2):
        assert note(ana, file, form_key=key) == 303
    assert Milestone.objects.count() == 1


@pytest.mark.parametrize(("moved_to", "link"), [(None, f"/programmes/{PARI}/historique/"), ("c3i", "/programmes/c3i/")])
def test_after_a_retirement_the_last_name_stays_and_leads_on(
    ana: Client, load: Callable[[], object], moved_to: str | None, link: str
) -> None:
    load()
    file = made(ana)
    assert note(ana, file) == 303
    assert ana.post("/alertes/suivre/", {"programme": PARI}).status_code == 303
    name = "recherche industrielle (PARI"
    programmes.retire(programme_id=PARI, why=programmes.Why(by="x", at=day.now(), reason="fermé"), moved_to=moved_to)
    for address in (f"/dossiers/{file.pk}/", f"/dossiers/{file.pk}/demarches/", "/alertes/"):
        page = shown(ana.get(address))
        assert name in page
        assert f">{PARI}<" not in page
        assert "retiré" in page or "remplacé par" in page
        assert link in page or address == f"/dossiers/{file.pk}/"
    if moved_to:
        assert "Demandé" in shown(ana.get(f"/trouver/resultats/{moved_to}/")), "what is noted of what it replaced"
    assert ana.post("/alertes/suivre/", {"programme": PARI, "do": "stop"}).status_code == 303
    assert name not in shown(ana.get("/alertes/"))
