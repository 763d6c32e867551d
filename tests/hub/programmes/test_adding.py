"""A programme that the site does not have: what looks like it is shown first, then it is written, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from alliage.hub.people.models import MemberRole
from alliage.hub.programmes import actions
from alliage.hub.programmes.models import Programme, Proposal, Revision
from alliage.hub.programmes.queries.likenesses import free_id
from tests.hub.browser_form import Fields, fields_of, sent
from tests.hub.people.actors import Actor, give_second_factor, join, make_organisation, make_person, shown, sign_in
from tests.hub.programmes.conftest import AT
from tests.hub.programmes.test_editing import accept

pytestmark = pytest.mark.django_db
ADDRESS = "/programmes/nouveau/"
ASKED = {"nom": "Bourse d’essai", "adresse": "https://example.org/bourse", "organisme": "sdc-tcs"}
WHY = {"reason": "Programme annoncé.", "page": "https://example.org/bourse", "read": "2026-11-25"}
FILLED: dict[str, str | list[str] | None] = {
    "name__en": "Trial grant", "summary__fr": "Une bourse.", "summary__en": "A grant.", "needs": ["export"],
}  # fmt: skip


@pytest.fixture
def team(load: Callable[[], Any]) -> Client:
    load()
    return Actor.TEAM.client()


@pytest.fixture
def officer(load: Callable[[], Any]) -> Client:
    load()
    person = make_person("agente@example.org", name="Agente")
    join(person, make_organisation("sdc", provider="sdc-tcs"), MemberRole.OFFICER)
    give_second_factor(person)
    return sign_in(person, methods=("code", "mfa"))


def asked(**changed: str) -> str:
    return f"{ADDRESS}?{urlencode({**ASKED, **changed})}"


def form(client: Client, address: str) -> Fields:
    response = client.get(address)
    assert response.status_code == 200
    return fields_of(response.content.decode(), "redaction")


def post(client: Client, fields: QueryDict, *, do: str) -> Any:
    fields["do"] = do
    return client.post(ADDRESS, fields.urlencode(), content_type="application/x-www-form-urlencoded")


def test_first_its_name_its_page_and_its_provider_are_asked(team: Client) -> None:
    assert "Nom du programme" in shown(team.get(ADDRESS))
    for name, said in (("nom", "Écrivez le nom"), ("adresse", "https://…"), ("organisme", "Choisissez l’organisme")):
        response = team.get(asked(**{name: ""}))
        assert response.status_code == 422
        assert said in shown(response)
        assert all(value in shown(response) for key, value in ASKED.items() if key != name), "what was typed stays"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"nom": "CanExport pour les PME"}, "Son nom est semblable."),
        ({"nom": "canexport  pme"}, "Son nom est semblable."),
        ({"nom": "CanExport SMEs"}, "Son nom est semblable."),
        ({"adresse": "PAGE"}, "Elle cite la même page."),
    ],
)
def test_what_looks_like_it_is_shown_first_and_one_may_go_on(team: Client, changed: dict[str, str], said: str) -> None:
    current = Programme.objects.get(id="canexport-pme").current
    assert current is not None
    page = next(source["url"] for source in current.document["sources"].values())
    same = page.replace("https://", "http://").replace("//www.", "//").rstrip("/") + "/"
    where = asked(**{key: same if value == "PAGE" else value for key, value in changed.items()})
    response = team.get(where)
    assert "CanExport PME" in shown(response)
    assert said in shown(response)
    assert 'id="redaction"' not in shown(response)
    assert 'id="redaction"' in shown(team.get(f"{where}&autre=1"))


def test_what_is_retired_looks_like_it_too(team: Client) -> None:
    actions.retire(programme_id="canexport-pme", why=actions.Why(by="x", at=AT, reason="fermé"))
    assert "elle peut y être remise" in shown(team.get(asked(nom="CanExport PME")))


def test_the_team_adds_a_programme_once(team: Client) -> None:
    fields = sent(form(team, asked()), **FILLED, **WHY)
    assert "La fiche est complète" in shown(post(team, fields.copy(), do="check"))
    for _press in range(2):
        response = post(team, fields.copy(), do="save")
        assert (response.status_code, response.headers["Location"]) == (303, "/programmes/bourse-d-essai/historique/")
    assert Programme.objects.filter(id__startswith="bourse").count() == 1
    revision = Revision.objects.get(programme="bourse-d-essai")
    assert (revision.number, revision.document["url"]) == (1, {"fr": "https://example.org/bourse"})
    assert "Bourse d’essai" in shown(Client().get("/programmes/bourse-d-essai/"))


def test_what_is_missing_is_said_and_nothing_typed_is_lost(team: Client) -> None:
    response = post(team, sent(form(team, asked()), **{**FILLED, "name__en": ""}, **WHY), do="save")
    page = shown(response)
    assert response.status_code == 422
    assert 'id="f-name-en-error"' in page
    assert dict(fields_of(response.content.decode(), "redaction"))["summary.fr"] == "Une bourse."
    again = sent(fields_of(response.content.decode(), "redaction"), name__en="Trial grant")
    assert post(team, again, do="save").headers["Location"] == "/programmes/bourse-d-essai/historique/"


def test_an_officer_proposes_a_programme_of_their_provider_and_the_team_publishes_it(officer: Client) -> None:
    assert "organisme" not in shown(officer.get(asked(organisme="bdc"))) or (
        officer.get(asked(organisme="bdc")).status_code == 422
    )
    fields = sent(form(officer, asked()), **FILLED, **WHY)
    stolen = post(officer, sent(form(officer, asked()), **FILLED, **WHY, provider="bdc"), do="propose")
    assert stolen.status_code == 422
    assert "dont vous répondez" in shown(stolen)
    places = {post(officer, fields.copy(), do="propose").headers["Location"] for _press in range(2)}
    proposal = Proposal.objects.get()
    assert places == {f"/equipe/propositions/{proposal.id}/"}
    assert Client().get("/programmes/bourse-d-essai/").status_code == 404
    (where,) = places
    assert "Bourse d’essai" in shown(officer.get("/equipe/propositions/"))
    other = make_person("autre@example.org")
    join(other, make_organisation("bdc", provider="bdc"), MemberRole.OFFICER)
    give_second_factor(other)
    assert sign_in(other, methods=("code", "mfa")).get(where).status_code == 404
    team = Actor.TEAM.client()
    corrected = sent(fields_of(team.get(f"{where}corriger/").content.decode(), "redaction"), name__fr="Bourse", **WHY)
    corrected["do"] = "propose"
    body, kind = corrected.urlencode(), "application/x-www-form-urlencoded"
    assert team.post(f"{where}corriger/", body, content_type=kind).status_code == 303
    assert accept(team, where).status_code == 303
    assert "Bourse" in shown(Client().get("/programmes/bourse-d-essai/"))
    assert "Publiée" in shown(officer.get(where))


def test_a_proposal_is_not_moved_to_another_organisation_by_an_officer(officer: Client) -> None:
    filled = sent(form(officer, asked()), **FILLED, **WHY)
    where = post(officer, filled, do="propose").headers["Location"] + "corriger/"
    for client in (officer, Actor.TEAM.client()):
        fields = form(client, where)
        page = client.get(where).content.decode()
        offered = page.partition('name="provider"')[2].partition("</select>")[0]
        assert ('value="bdc"' in offered) == (client is not officer)
        moved = sent(fields, provider="bdc", reason="autre", do="propose")
        response = client.post(where, moved.urlencode(), content_type="application/x-www-form-urlencoded")
        assert response.status_code == (422 if client is officer else 303)
    assert Proposal.objects.get().document["provider"] == "bdc", "the team may"


def test_an_id_is_free_and_says_the_name(load: Callable[[], Any]) -> None:
    load()
    assert free_id("Crédit d’impôt à l’innovation") == "credit-d-impot-a-l-innovation"
    assert free_id("canexport-pme") == "canexport-pme-2"
    assert free_id("Nouveau") == "nouveau-2", "the address of the page that adds"
    assert free_id("4 vents") == "programme-4-vents"
    assert free_id("«»") == "programme"
