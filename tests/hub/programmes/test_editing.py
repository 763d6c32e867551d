"""The form of a programme: sent untouched it changes nothing; what is typed is read, said, checked, and never lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import alliage
from alliage.core.vocabulary.errors import Problem
from alliage.hub.people.models import MemberRole, Person
from alliage.hub.programmes import actions, queries
from alliage.hub.programmes.forms.page import WhyTyped, as_typed, read_page
from alliage.hub.programmes.forms.reading import as_json
from alliage.hub.programmes.models import Conflict, Programme, Proposal, Revision
from alliage.hub.programmes.queries.editing import Draft, editor_page
from alliage.hub.programmes.queries.form_words import said_in_form
from alliage.hub.programmes.queries.stored import Shelf
from alliage.hub.programmes.views.common import said_why
from alliage.hub.programmes.views.desk import MOST_FIELDS
from tests.hub.browser_form import Fields, fields_of, sent
from tests.hub.people.actors import Actor, give_second_factor, join, make_organisation, make_person, shown, sign_in
from tests.hub.programmes.conftest import AT, ON
from tests.hub.programmes.small_pack import SmallPack, with_name
from tests.hub.test_fuzz import NASTY, kind

pytestmark = pytest.mark.django_db
ID = "canexport-pme"
ADDRESS = f"/programmes/{ID}/modifier/"
WHY = {"reason": "La page officielle a changé.", "page": "https://www.canada.ca/", "read": "2026-11-25"}
SHELF = Shelf("tests", alliage.load_pack())


@pytest.fixture
def team(load: Callable[[], Any]) -> Client:
    load()
    return Actor.TEAM.client()


@pytest.fixture
def officer(load: Callable[[], Any]) -> Client:
    """An officer of the provider of the programme."""
    if not Programme.objects.exists():
        load()
    person = make_person("agente@example.org", name="Agente")
    current = Programme.objects.get(id=ID).current
    assert current is not None
    join(person, make_organisation("sdc", provider=current.document["provider"]), MemberRole.OFFICER)
    give_second_factor(person)
    return sign_in(person, methods=("code", "mfa"))


def opened(client: Client, address: str = ADDRESS) -> Fields:
    response = client.get(address)
    assert response.status_code == 200
    return fields_of(response.content.decode(), "redaction")


def post(client: Client, fields: QueryDict, *, do: str = "save", address: str = ADDRESS) -> Any:
    fields["do"] = do
    return client.post(address, fields.urlencode(), content_type="application/x-www-form-urlencoded")


def accept(client: Client, where: str, **typed: str) -> Any:
    """Accept what the page shows."""
    return client.post(where, {"do": "accept", "version": version_of(client.get(where)), **typed})


def version_of(page: Any) -> str:
    found = re.search(r'name="version" value="(\w+)"', page.content.decode())
    assert found
    return found[1]


def document() -> dict[str, Any]:
    current = Programme.objects.get(id=ID).current
    assert current is not None
    found: dict[str, Any] = current.document
    return found


def drawn(document_: dict[str, Any]) -> str:
    """The form of a document, without a site around it."""
    typed = as_typed(document_)
    context = {
        "page": editor_page(Draft(document_), shelf=SHELF, on=ON), "json": typed.json, "json_wrong": "",
        "json_attrs": {}, "why": said_why(WhyTyped()), "wrong": False, "saving": False, "checked": False, "changes": [],
        "clashes": [],
        "kept": [], "ours": "", "theirs": "", "base": 1, "action": "/", "back": "/", "proposes": False,
        "new": False, "id": document_["id"], "origin": "", "unchanged": False, "version": "", "may_propose": True,
    }  # fmt: skip
    return render_to_string("programmes/_edit_form.html", context)


REAL = [
    {key: value for key, value in found.items() if key != "file"}
    for found in SHELF.catalogue.raw["programmes"].values()
]


# -------------------------------------------------------------------------------------------- untouched, whole


@pytest.mark.parametrize(
    ("found", "lang"),
    [(found, ("fr", "en")[at % 2]) for at, found in enumerate(REAL[::12])],  # a drawn page takes a second
    ids=lambda value: value if isinstance(value, str) else value["id"],
)
def test_sent_untouched_it_is_the_same_document(found: dict[str, Any], lang: str) -> None:
    with translation.override(lang):
        fields = fields_of(drawn(found), "redaction")
        typed = read_page(sent(fields), id_=found["id"], before={}, catalogue=SHELF.catalogue)
    assert typed.readable
    assert typed.document == found
    assert len(fields) < settings_limit(), "Django refuses a form that has more fields"


def settings_limit() -> int:
    from django.conf import settings as site

    limit = site.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert limit is not None
    return limit


@pytest.mark.long
def test_every_programme_sent_untouched_is_the_same_document() -> None:
    for found in REAL:
        fields = fields_of(drawn(found), "redaction")
        assert len(fields) <= 373, "the largest is another one now: see LARGEST"
        assert read_page(sent(fields), id_=found["id"], before={}, catalogue=SHELF.catalogue).document == found


# ------------------------------------------------------------------------------------------------------ saving


def test_the_team_publishes_with_a_reason_and_a_source(team: Client) -> None:
    response = post(team, sent(opened(team), name__fr="Nom officiel", name__en="Official name", **WHY))
    assert (response.status_code, response.headers["Location"]) == (303, f"/programmes/{ID}/historique/")
    revision = Revision.objects.get(programme=ID, number=2)
    assert (revision.reason, revision.page, revision.read) == (WHY["reason"], WHY["page"], date(2026, 11, 25))
    assert revision.person is not None
    assert (revision.author, revision.source) == ("", "hand")
    page = team.get(f"/programmes/{ID}/").content.decode()
    assert "Nom officiel" in page
    history = team.get(response.headers["Location"]).content.decode()
    assert "La page officielle a changé." in history
    assert "team" in history, "the team sees who"
    everyone = Client().get(response.headers["Location"]).content.decode()
    assert "La page officielle a changé." in everyone
    assert "l’équipe" in everyone
    assert str(revision.person) not in everyone, "nobody else does"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("reason", ""),
        ("reason", "x" * 3_000),
        ("page", "le site"),
        ("page", ""),
        ("read", "hier"),
        ("read", "2026-12-25"),
    ],
)
def test_without_a_reason_or_a_source_nothing_is_saved_and_nothing_is_lost(team: Client, key: str, value: str) -> None:
    response = post(team, sent(opened(team), name__fr="Nom officiel", **{**WHY, key: value}))
    assert response.status_code == 422
    assert f'id="f-why-{key}-error"' in response.content.decode()
    assert Revision.objects.filter(programme=ID).count() == 1
    again = dict(fields_of(response.content.decode(), "redaction"))
    assert again["name.fr"] == "Nom officiel"
    assert again[key] == value


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("aid.parts.0.tiers.0.rate_at_most", "la moitié", "pourcentage"),
        ("aid.parts.0.tiers.0.amount.at_most", "beaucoup", "nombre"),
        ("intake.windows.0.from", "demain", "date"),
        ("as_of", "cette année", "année"),
        ("provider", "personne", "liste"),
        ("name.en", "", "manque"),
        ("sources.0.url", "canada", "adresse"),
        ("eligibility.all.0.source", "s99", "liste"),
    ],
)
def test_each_mistake_is_said_beside_its_field_and_stays_typed(team: Client, name: str, typed: str, said: str) -> None:
    fields = sent(opened(team), **WHY)
    fields[name] = typed
    if name.startswith("intake.windows"):
        fields["intake.windows.0.at"] = ""
    response = post(team, fields)
    page = response.content.decode()
    assert response.status_code == 422
    id_ = "f-" + name.replace(".", "-").replace("_", "-")
    assert f'id="{id_}-error"' in page, [line for line in page.splitlines() if "field-error" in line]
    assert f'href="#{id_}"' in page
    assert dict(fields_of(page, "redaction")).get(name, "") == typed
    assert Revision.objects.filter(programme=ID).count() == 1
    assert said in page


def test_what_is_missing_is_said_in_the_words_of_the_form(team: Client) -> None:
    page = shown(post(team, sent(opened(team), needs=[], name__en="", **WHY)))
    assert "Cochez, choisissez ou écrivez; un texte s’écrit en français et en anglais." in page
    assert "Ajoutez le champ" not in page
    short = said_in_form(Problem("list-too-short", "x::needs"))
    assert (short["says"], short["do"].split(",")[0]) == ("Il en faut au moins un.", "Cochez une case")


def test_looking_asks_no_reason_and_says_what_changes(team: Client) -> None:
    response = post(team, sent(opened(team), confidence="low"), do="check")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Tout se lit" in page
    assert "Confiance" in page or "confiance" in page
    assert Revision.objects.filter(programme=ID).count() == 1


def test_a_mistake_while_one_types_is_said_and_no_error_of_the_page(team: Client) -> None:
    """htmx would put a page of status 422 in the place of the whole form, and what is being typed would be gone."""
    response = post(team, sent(opened(team), as_of="bientôt"), do="")
    assert response.status_code == 200
    assert "Voici ce qui est à corriger" in response.content.decode()


# -------------------------------------------------------------------------------------------------- conditions


def new_row(fields: Fields) -> str:
    """The name of the empty row of conditions."""
    rows = [name.removesuffix(".at") for name, value in fields if name.endswith(".at") and not value]
    return next(name for name in rows if name.startswith("eligibility.all.") and ".of." not in name)


def checked(client: Client, fields: QueryDict) -> tuple[str, Fields]:
    response = post(client, fields, do="check")
    page = response.content.decode()
    return page, fields_of(page, "redaction")


def test_a_condition_is_built_from_a_question_a_comparison_and_a_value(team: Client) -> None:
    fields = opened(team)
    row = new_row(fields)
    page, fields = checked(team, sent(fields, **{f"{row}.attribute": "company.us_export_share", f"{row}.source": "s1"}))
    assert "Condition à compléter" in page
    assert (f"{row}.for", "company.us_export_share") in fields
    page, fields = checked(team, sent(fields, **{f"{row}.operator": "at_least", f"{row}.value": "25 %"}))
    assert "25\N{NO-BREAK SPACE}%" in page
    assert "at least 25%" in page, "in both languages"
    assert post(team, sent(fields, **WHY)).status_code == 303
    assert document()["eligibility"]["all"][-1] == {
        "attribute": "company.us_export_share", "at_least": 0.25, "source": "s1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "read"),
    [
        ("company.profitable", "is", "no", False),
        ("company.employees", "below", "1 250", 1250),
        ("company.revenue", "more_than", "2 500 000,50 $", 2500000.5),
        ("company.value_chain", "any_of", ["transformer"], ["transformer"]),
        ("company.location", "not_within", "Saguenay\nca-on", ["qc-mun-94068", "ca-on"]),
        ("company.naics", "starts_with", "331, 332", ["331", "332"]),
    ],
)
def test_each_kind_of_question_reads_its_values(
    team: Client, attribute: str, operator: str, value: Any, read: Any
) -> None:
    fields = opened(team)
    row = new_row(fields)
    typed = {
        f"{row}.attribute": attribute, f"{row}.for": attribute, f"{row}.operator": operator, f"{row}.value": value,
        f"{row}.source": "record",
    }  # fmt: skip
    assert post(team, sent(fields, **typed, **WHY)).status_code == 303
    last = document()["eligibility"]["all"][-1]
    assert last["attribute"] == attribute
    assert last[operator] == read or attribute == "company.location"
    if attribute == "company.location":
        assert last[operator][1] == "ca-on"
        assert SHELF.catalogue.vocabulary.places.name(last[operator][0], "fr") == "Saguenay"


def test_a_group_is_built_taken_apart_and_its_word_changed(team: Client) -> None:
    fields = opened(team)
    row = new_row(fields)
    _page, fields = checked(team, sent(fields, **{f"{row}.group": "any"}))
    inner = f"{row}.of.0"
    chosen = {f"{inner}.attribute": "company.profitable", f"{inner}.for": "company.profitable", f"{inner}.value": "yes"}
    _page, fields = checked(team, sent(fields, **{**chosen, f"{inner}.source": "record"}))
    page, fields = checked(team, sent(fields, **{f"{row}.group": "not"}))
    assert "Aucune de ces situations" in page
    assert post(team, sent(fields, **WHY)).status_code == 303
    assert document()["eligibility"]["all"][-1] == {
        "not": [{"attribute": "company.profitable", "is": True, "source": "record"}]
    }
    fields = opened(team)
    at = f"eligibility.all.{len(document()['eligibility']['all']) - 1}"
    assert post(team, sent(fields, **{f"{at}.drop": "1"}, **WHY)).status_code == 303
    assert all("not" not in one for one in document()["eligibility"]["all"])


def test_what_the_form_cannot_show_is_kept(team: Client) -> None:
    """A group in a group, a dated rule: only their JSON changes them."""
    before = document()
    leaf = {"attribute": "company.profitable", "is": True, "source": "record"}
    deep = {"any": [leaf, {"all": [leaf, {"attribute": "company.for_profit", "is": True, "source": "record"}]}]}
    dated = {"attribute": "company.revenue", "at_least": 5, "source": "record", "holds": {"to": "2027-01-01"}}
    changed = {**before, "eligibility": {"all": [*before["eligibility"]["all"], deep, dated]}}
    actions.edit_programme(document=changed, why=actions.Why(by="x", at=AT))
    fields = opened(team)
    last = f"eligibility.all.{len(changed['eligibility']['all']) - 1}"
    assert post(team, sent(fields, confidence="low", **{f"{last}.value": "7"}, **WHY)).status_code == 303
    after = document()
    assert after["eligibility"]["all"][-2] == deep
    assert after["eligibility"]["all"][-1] == {**dated, "at_least": 7}
    assert {**after, "confidence": before["confidence"], "eligibility": 0} == {**before, "eligibility": 0}


def test_the_page_says_who_would_pass(team: Client) -> None:
    page = team.get(ADDRESS).content.decode()
    assert "Qui passerait" in page
    assert "Profilés du Fjord" in page
    fields = opened(team)
    row = new_row(fields)
    typed = {f"{row}.attribute": "company.employees", f"{row}.for": "company.employees", f"{row}.operator": "at_least"}
    page, _fields = checked(team, sent(fields, **typed, **{f"{row}.value": "400", f"{row}.source": "record"}))
    assert page.count("verdict-ineligible") > 6
    assert "au moins 400" in page


# ------------------------------------------------------------------------------------------------- rows, JSON


def test_rows_are_added_changed_and_taken_away(team: Client) -> None:
    before = document()
    fields = opened(team)
    count = len(before.get("confirm", []))
    added = {
        f"confirm.{count}.text.fr": "Un plan est demandé.", f"confirm.{count}.text.en": "A plan is asked.",
        f"confirm.{count}.source": "record",
    }  # fmt: skip
    _page, fields = checked(team, sent(fields, **added))
    sources = len(before["sources"])
    page_of = {f"sources.{sources}.url": "https://example.org/a", f"sources.{sources}.publisher": "Canada"}
    _page, fields = checked(team, sent(fields, **page_of, **{f"sources.{sources}.read": "2026-11-20"}))
    key = next(value for name, value in fields if name == f"sources.{sources}.at")
    assert post(team, sent(fields, **{f"confirm.{count}.source": key}, **WHY)).status_code == 303
    assert document()["confirm"][-1] == {
        "text": {"fr": "Un plan est demandé.", "en": "A plan is asked."}, "source": key,
    }  # fmt: skip
    assert document()["sources"][key]["url"] == "https://example.org/a"
    fields = opened(team)
    assert post(team, sent(fields, **{f"confirm.{count}.drop": "1"}, **WHY)).status_code == 303
    assert document().get("confirm") == before.get("confirm")


def test_an_expert_changes_the_json_and_the_form_at_once(team: Client) -> None:
    fields = opened(team)
    written = json.loads(dict(fields)["json"])
    written["delivered_by"] = ["Service des délégués"]
    assert post(team, sent(fields, confidence="low", json=as_json(written), **WHY)).status_code == 303
    assert (document()["confidence"], document()["delivered_by"]) == ("low", ["Service des délégués"])


def test_the_form_and_the_json_that_disagree_are_both_kept(team: Client) -> None:
    fields = opened(team)
    written = as_json({**json.loads(dict(fields)["json"]), "confidence": "medium"})
    response = post(team, sent(fields, confidence="low", json=written, **WHY))
    assert response.status_code == 422
    again = dict(fields_of(response.content.decode(), "redaction"))
    assert again["confidence"] == "low"
    assert json.loads(again["json"])["confidence"] == "medium"
    assert document()["confidence"] == "high"


@pytest.mark.parametrize(
    "typed",
    [
        "{", "[]", '{"id": "c3i"}', "NaN", '{"name": 1}', "[" * 5_000, '{"eligibility": []}', r'{"id": "\ud800"}',
        r'{"as_of": "\u0000"}',
    ],
)  # fmt: skip
def test_json_that_is_wrong_is_said_and_stays_typed(team: Client, typed: str) -> None:
    response = post(team, sent(opened(team), json=typed, **WHY))
    assert response.status_code == 422
    again = dict(fields_of(response.content.decode(), "redaction"))
    assert again["json"].strip() == typed or json.loads(again["json"])
    assert document()["confidence"] == "high"


# ----------------------------------------------------------------------------------------- two editors at once


def test_who_saves_second_is_told_once_that_both_changes_are_there(team: Client) -> None:
    fields = opened(team)
    actions.edit_programme(document=with_name(document(), "Un autre nom"), why=actions.Why(by="x", at=AT))
    saved = post(team, sent(fields, contact__phone="514 555-0199", **WHY))
    assert saved.status_code == 303
    assert "les deux changements y sont" in shown(team.get(saved.headers["Location"]))
    assert "les deux changements y sont" not in shown(team.get(saved.headers["Location"]))
    assert document()["name"]["fr"] == "Un autre nom"


def test_two_editors_of_different_places_both_stay(team: Client) -> None:
    first, second = opened(team), opened(team)
    assert post(team, sent(first, confidence="low", **WHY)).status_code == 303
    assert post(team, sent(second, name__fr="Autre", **WHY)).status_code == 303
    assert (document()["confidence"], document()["name"]["fr"]) == ("low", "Autre")


def test_two_editors_of_the_same_place_choose_and_lose_nothing(team: Client) -> None:
    first, second = opened(team), opened(team)
    assert post(team, sent(first, name__fr="Un", **WHY)).status_code == 303
    response = post(team, sent(second, name__fr="Deux", as_of="2026-11", **WHY))
    page = response.content.decode()
    assert response.status_code == 422
    assert "choisissez" in page
    assert document()["name"]["fr"] == "Un"
    fields = fields_of(page, "redaction")
    assert dict(fields)["name.fr"] == "Deux"
    assert post(team, sent(fields, **{"keep:name": "theirs"})).status_code == 303
    assert (document()["name"]["fr"], document()["as_of"]) == ("Deux", "2026-11")


def test_what_was_typed_stays_when_the_programme_was_retired_meanwhile(team: Client) -> None:
    fields = opened(team)
    why = actions.Why(by="x", at=AT, reason="fermé")
    actions.retire(programme_id=ID, why=why)
    response = post(team, sent(fields, name__fr="Tapé longtemps", **WHY))
    page = response.content.decode()
    assert response.status_code == 409
    assert "retirée du catalogue pendant que vous écriviez" in page
    again = fields_of(page, "redaction")
    assert (dict(again)["name.fr"], dict(again)["reason"]) == ("Tapé longtemps", WHY["reason"])
    assert post(team, sent(again), do="check").status_code == 200
    actions.restore(programme_id=ID, why=why)
    assert post(team, sent(again)).status_code == 303
    assert document()["name"]["fr"] == "Tapé longtemps"


# -------------------------------------------------------------------------------------- officers and proposals


def test_an_officer_proposes_the_team_corrects_and_accepts(officer: Client) -> None:
    team = Actor.TEAM.client()
    response = post(officer, sent(opened(officer), name__fr="NOM OFFICIEL", **WHY))
    where = response.headers["Location"]
    assert (response.status_code, where) == (303, f"/equipe/propositions/{Proposal.objects.get().id}/")
    assert document()["name"]["fr"] != "NOM OFFICIEL", "nothing is published"
    assert "Agente" in team.get("/equipe/propositions/").content.decode()
    assert "À décider" in officer.get(where).content.decode()
    assert team.post(where, {"do": "comment", "reason": "Sans majuscules?"}).status_code == 303
    corrected = sent(opened(team, where + "corriger/"), name__fr="Nom officiel", reason="majuscules retirées")
    assert post(team, corrected, address=where + "corriger/").status_code == 303
    assert accept(team, where).status_code == 303
    assert document()["name"]["fr"] == "Nom officiel"
    revision = Revision.objects.get(programme=ID, number=2)
    assert str(revision.person) == "Agente"
    page = officer.get(where).content.decode()
    assert "Publiée" in page
    assert "Sans majuscules?" in page
    assert "l’organisme, relu par l’équipe" in Client().get(f"/programmes/{ID}/historique/").content.decode()


def test_a_proposal_of_the_team_is_not_told_as_the_providers(officer: Client, team: Client) -> None:
    assert officer is not team
    where = post(team, sent(opened(team), name__fr="De l’équipe", **WHY), do="propose").headers["Location"]
    assert accept(team, where).status_code == 303
    history = Client().get(f"/programmes/{ID}/historique/").content.decode()
    assert "l’organisme, relu par l’équipe" not in history
    assert "par l’équipe" in history


def test_officers_read_the_team_and_nobody_reads_an_address_for_a_name(officer: Client) -> None:
    team = Actor.TEAM.client()  # without a name
    Person.objects.filter(email="agente@example.org").update(name="")
    where = post(officer, sent(opened(officer), name__fr="Autre", **WHY)).headers["Location"]
    assert team.post(where, {"do": "comment", "reason": "Vu"}).status_code == 303
    assert team.post(where, {"do": "refuse", "reason": "Non"}).status_code == 303
    for client in (officer, team):
        pages = shown(client.get(where)) + shown(client.get("/equipe/propositions/"))
        assert "@example.org" not in pages.replace(who_signs_in(client), "")
        assert "compte sans nom" in pages
        assert ("<dd>l’équipe, " in pages) == (client is officer)


def who_signs_in(client: Client) -> str:
    """What the top of each page calls who reads it."""
    return str(Person.objects.get(pk=client.session["_auth_user_id"]).email)


def test_an_officer_withdraws_what_they_proposed_and_decides_nothing(officer: Client) -> None:
    where = post(officer, sent(opened(officer), confidence="low", **WHY)).headers["Location"]
    for do in ("accept", "refuse"):
        assert officer.post(where, {"do": do, "reason": "x"}).status_code == 404
    assert Actor.TEAM.client().post(where, {"do": "withdraw", "reason": "x"}).status_code == 404
    assert officer.post(where, {"do": "withdraw", "reason": "erreur"}).status_code == 303
    assert Proposal.objects.get().state == "withdrawn"


def test_what_was_typed_stays_when_the_proposal_was_decided_meanwhile(officer: Client) -> None:
    where = post(officer, sent(opened(officer), confidence="low", **WHY)).headers["Location"]
    fields = opened(officer, where + "corriger/")
    assert Actor.TEAM.client().post(where, {"do": "refuse", "reason": "non"}).status_code == 303
    response = post(officer, sent(fields, name__fr="Tapé longtemps", **WHY), address=where + "corriger/")
    page = response.content.decode()
    assert response.status_code == 409
    assert "La proposition a été décidée pendant que vous écriviez" in page
    assert dict(fields_of(page, "redaction"))["name.fr"] == "Tapé longtemps"
    assert officer.get(where + "corriger/").status_code == 303


def test_a_proposal_is_refused_with_a_reason(officer: Client) -> None:
    where = post(officer, sent(opened(officer), confidence="low", **WHY)).headers["Location"]
    team = Actor.TEAM.client()
    assert team.post(where, {"do": "refuse", "reason": ""}).status_code == 422
    assert team.post(where, {"do": "refuse", "reason": "la page dit autre chose"}).status_code == 303
    assert "la page dit autre chose" in officer.get(where).content.decode()


def test_a_proposal_waits_for_its_day(officer: Client) -> None:
    where = post(officer, sent(opened(officer), confidence="low", **WHY)).headers["Location"]
    team = Actor.TEAM.client()
    assert accept(team, where, publish_on="bientôt").status_code == 422
    day = ON + timedelta(days=5)
    assert accept(team, where, publish_on=day.isoformat()).status_code == 303
    assert document()["confidence"] == "high"
    assert "à publier le" in officer.get(where).content.decode()


def test_a_proposal_whose_programme_moved_asks_the_team(officer: Client) -> None:
    where = post(officer, sent(opened(officer), name__fr="Proposé", **WHY)).headers["Location"]
    actions.edit_programme(document=with_name(document(), "Autre"), why=actions.Why(by="x", at=AT))
    team = Actor.TEAM.client()
    response = accept(team, where)
    assert response.status_code == 422
    assert "Autre" in response.content.decode()
    assert "Proposé" in response.content.decode()
    assert accept(team, where, **{"keep:name": "theirs"}).status_code == 303
    assert document()["name"]["fr"] == "Proposé"


# --------------------------------------------------------------------------------- history, retire, conflicts


def test_the_team_undoes_a_revision(team: Client) -> None:
    before = document()["confidence"]
    post(team, sent(opened(team), confidence="low", **WHY))
    address = f"/programmes/{ID}/annuler/"
    assert "révision 2" in team.get(f"{address}?revision=2").content.decode()
    assert team.post(address, {"revision": "2"}).status_code == 422
    assert team.post(address, {"revision": "2", "reason": "erreur"}).status_code == 303
    assert document()["confidence"] == before
    assert team.post(address, {"revision": "1", "reason": "erreur"}).status_code == 422


def test_the_team_retires_and_restores(team: Client) -> None:
    address = f"/programmes/{ID}/retirer/"
    assert team.post(address, {"reason": "Le programme est fermé.", "moved_to": "nothing"}).status_code == 422
    assert team.post(address, {"reason": "Le programme est fermé."}).status_code == 303
    gone = Client().get(f"/programmes/{ID}/")
    assert gone.status_code == 410
    assert "Le programme est fermé." in gone.content.decode()
    assert "Le programme est fermé." in team.get("/equipe/conflits/").content.decode()
    assert team.get(ADDRESS).headers["Location"] == f"/programmes/{ID}/historique/"
    assert Client().get(f"/programmes/{ID}/historique/").status_code == 200
    assert team.post(f"/programmes/{ID}/remettre/", {"reason": "rouvert"}).status_code == 303
    assert Client().get(f"/programmes/{ID}/").status_code == 200


def test_the_day_of_a_retirement_is_words_and_not_markup(team: Client) -> None:
    assert team.post(f"/programmes/{ID}/retirer/", {"reason": "fermé"}).status_code == 303
    page = team.get(f"/programmes/{ID}/historique/").content.decode()
    assert "Retirée du catalogue le 26" in page
    assert "&lt;time" not in page


def test_a_retired_address_leads_to_what_replaces_it(team: Client) -> None:
    assert team.post(f"/programmes/{ID}/retirer/", {"reason": "remplacé", "moved_to": "c3i"}).status_code == 303
    assert Client().get(f"/programmes/{ID}/").headers["Location"] == "/programmes/c3i/"


def test_a_conflict_is_settled_on_its_page(team: Client, pack: SmallPack, load: Callable[[], Any]) -> None:
    actions.edit_programme(document=with_name(document(), "Corrigé"), why=actions.Why(by="x", at=AT))
    pack.replace("federal/canexport-pme", "fr: CanExport PME", "fr: CanExport, autrement")
    load()
    page = team.get("/equipe/conflits/").content.decode()
    address = next(part for part in page.split('"') if part.startswith("/equipe/conflits/") and part[-2].isdigit())
    assert "CanExport, autrement" in team.get(address).content.decode()
    assert team.post(address, {"whole": "", "reason": "relu"}).status_code == 422
    for silent in ({"keep:name": "theirs", "whole": ""}, {"keep:name": "theirs", "whole": "theirs"}):
        page = team.post(address, silent)
        assert page.status_code == 422, "a conflict is settled with a reason"
        assert 'name="keep:name" value="theirs" checked' in page.content.decode()
    assert team.post(address, {"keep:name": "theirs", "whole": "", "reason": "relu"}).status_code == 303
    assert document()["name"]["fr"] == "CanExport, autrement"
    assert team.get(address).status_code == 303


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("contact.phone", "À qui parler · Téléphone"),
        ("name", "Nom et résumé · Nom"),
        ("aid.parts[0].tiers[1].rate_at_most", "Forme d’aide 1 · Cas 2 · Taux, au plus"),
        ("intake.windows[0].to", "Période 1 · Au"),
        ("eligibility.all[2]", "Conditions 3"),
        ("aid.parts[1].when.all[0]", "Forme d’aide 2 · Condition 1"),
        ("sources.s3.read", "Source s3 · Lue le"),
        ("aid.parts[0].same_money_as", "Aide · Volet de l’aide · 1 · Même argent que"),
    ],
)
def test_a_place_where_one_chooses_is_called_as_in_the_form(place: str, said: str) -> None:
    clash = {"place": place, "base": None, "ours": "a", "theirs": "b"}
    assert queries.clash_rows([clash], shelf=SHELF, chosen={})[0]["name"] == said


def choices(page: Any) -> dict[str, str]:
    """What a page sends of the choices between two versions, sent as it is."""
    fields = re.findall(r'type="(\w+)" name="(keep:[^"]+)" value="(\w+)"( checked)?', page.content.decode())
    return {name: value for kind, name, value, checked in fields if checked or kind == "hidden"}


def renamed(document_: dict[str, Any], name: str, summary: str) -> dict[str, Any]:
    """Changed at two places."""
    return {**with_name(document_, name), "summary": {"fr": summary, "en": summary}}


@pytest.fixture
def twice(officer: Client) -> str:
    """A proposal, where revisions 1 and 2 differ at two places, as do it and the programme; its address."""
    document_ = renamed(document(), "Proposé", "Un résumé proposé.")
    first = actions.propose(document=document_, base=1, why=actions.Why(by="x", at=AT, reason="r", page="p", read=ON))
    for number in (1, 2):
        actions.edit_programme(
            document=renamed(document(), f"Autre {number}", f"Résumé {number}."), why=actions.Why(by="x", at=AT)
        )
    assert officer
    return f"/equipe/propositions/{first.id}/"


@pytest.mark.parametrize("undoing", [True, False])
def test_what_was_chosen_outlives_a_missing_reason_and_a_missing_choice(twice: str, *, undoing: bool) -> None:
    team = Actor.TEAM.client()
    address, asked = (f"/programmes/{ID}/annuler/", {"revision": "2"}) if undoing else (twice, {"do": "refuse"})
    one = {"keep:name": "theirs"}
    both = {**one, "keep:summary": "ours"}
    silent = team.post(address, {**asked, **both})
    assert (silent.status_code, choices(silent)) == (422, both)
    accept = {**asked, "reason": "relu", **({} if undoing else {"do": "accept", "version": version_of(silent)})}
    partly = team.post(address, {**accept, **one})
    assert (partly.status_code, choices(partly)) == (422, one)
    assert 'name="keep:summary"' in partly.content.decode(), "the other is asked"
    assert 'name="keep:name" value="theirs" checked' in partly.content.decode()
    assert team.post(address, {**accept, **both}).status_code == 303
    assert document()["summary"]["fr"] == "Résumé 2."
    assert not document()["name"]["fr"].startswith("Autre")


def test_a_dropped_programme_is_not_settled_by_an_unknown_choice(
    team: Client, pack: SmallPack, load: Callable[[], Any]
) -> None:
    actions.edit_programme(document=with_name(document(), "Corrigé"), why=actions.Why(by="x", at=AT))
    pack.drop("federal/canexport-pme")
    load()
    address = f"/equipe/conflits/{Conflict.objects.get().id}/"
    for choice in ("", "both"):
        response = team.post(address, {"whole": choice, "reason": "Mon mot"})
        assert response.status_code == 422
        assert "Choisissez" in response.content.decode()
        assert "Mon mot" in response.content.decode()
    assert Conflict.objects.filter(settled=None).exists()
    assert team.post(address, {"whole": "ours", "reason": "Mon mot"}).status_code == 303


# ------------------------------------------------------------------------------------------------- anything


@pytest.fixture(scope="module")
def whole_form() -> Fields:
    return fields_of(drawn(next(found for found in REAL if found["id"] == ID)), "redaction")


@pytest.fixture
def tireless(things: None) -> Client:  # noqa: ARG001 - asked for by name
    """Someone of the team who sends forms again and again."""
    return Actor.TEAM.client()


VALUES = st.one_of(
    st.sampled_from(NASTY[:-1]), st.text(max_size=40), st.sampled_from(["leaf", "any", "yes", "s1", "="])
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data(), do=st.sampled_from(["save", "check", ""]), added=st.dictionaries(st.text(max_size=12), VALUES))
def test_whatever_is_sent_is_answered_kindly(
    tireless: Client, whole_form: Fields, data: Any, do: str, added: Any
) -> None:
    """Any field of the whole form may hold anything, be missing or come twice."""
    changed = data.draw(st.dictionaries(st.sampled_from([name for name, _ in whole_form]), VALUES, max_size=8))
    gone = data.draw(st.sets(st.sampled_from([name for name, _ in whole_form]), max_size=4))
    fields = sent([(name, value) for name, value in whole_form if name not in gone], **WHY)
    for name, value in {**changed, **added}.items():
        fields.appendlist(name, value)
    body = "&".join(raw_pair(name, value) for name, values in fields.lists() for value in values)
    response = tireless.post(
        "/programmes/frontiere/modifier/", f"{body}&do={do}", content_type="application/x-www-form-urlencoded"
    )
    assert kind(response)
    assert response.status_code in (200, 303, 400, 413, 422)


def raw_pair(name: str, value: str) -> str:
    from urllib.parse import quote

    return f"{quote(name.encode('utf-8', 'surrogatepass'))}={quote(value.encode('utf-8', 'surrogatepass'))}"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_whatever_json_is_behind_the_form_it_is_answered_kindly(
    tireless: Client, whole_form: Fields, data: Any
) -> None:
    wrong = st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=5)),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
        max_leaves=6,
    )
    broken = dict(REAL[0])
    for key in data.draw(st.sets(st.sampled_from(sorted(broken)), max_size=5)):
        broken[key] = data.draw(wrong)
    where = data.draw(st.sampled_from(["behind", "json"]))
    fields = sent(whole_form, **{where: json.dumps(broken)}, **WHY)
    fields["do"] = data.draw(st.sampled_from(["check", "save"]))
    response = tireless.post(
        "/programmes/frontiere/modifier/", fields.urlencode(), content_type="application/x-www-form-urlencoded"
    )
    assert kind(response)
    assert response.status_code in (200, 303, 422)


# ------------------------------------------------------------------------------------------------ folded, found


def folds(page: str) -> dict[str, bool]:
    """Whether each part of the form is open."""
    found = re.findall(
        r'<details class="edit-fold"( open)?>.*?<div class="edit-section" id="([a-z-]+)">', page, re.DOTALL
    )
    return {name: bool(is_open) for is_open, name in found}


def test_the_form_is_folded_and_says_what_each_part_holds(team: Client) -> None:
    page = shown(team.get(ADDRESS))
    assert set(folds(page).values()) == {False}
    contents = page[page.index("edit-toc") : page.index("</nav>", page.index("edit-toc"))]
    assert contents.index("La date limite") < contents.index("Un montant") < contents.index("Le nom")
    assert f"Conditions : {len(document()['eligibility']['all'])}" in contents
    assert {name for name, is_open in folds(shown(team.get(f"{ADDRESS}?partie=depot"))).items() if is_open} == {"depot"}


def test_what_is_wrong_or_changed_is_open_and_the_rest_is_folded(team: Client) -> None:
    page = shown(post(team, sent(opened(team), contact__phone="514 555-0199", as_of="bientôt"), do="check"))
    assert {name for name, is_open in folds(page).items() if is_open} == {"noms", "contact"}
    assert "modifié" in page
    assert "à corriger" in page
    rows = re.findall(r'<details class="edit-row"( open)?', page)
    assert "" in rows
    assert " open" not in rows, "no row has changed"
    page = shown(post(team, sent(opened(team), sources__0__publisher="Autre"), do="check"))
    assert re.findall(r'<details class="edit-row"( open)?', page).count(" open") == 1


def test_a_programme_is_proposed_by_the_team_to_the_team(team: Client) -> None:
    response = post(team, sent(opened(team), confidence="low", **WHY), do="propose")
    assert response.headers["Location"] == f"/equipe/propositions/{Proposal.objects.get().id}/"
    assert document()["confidence"] == "high"


# ------------------------------------------------------------------------------------- for whom alone a part is


def test_a_part_holds_only_if_conditions_hold_built_as_those_of_the_programme(team: Client) -> None:
    part, tier = "aid.parts.0.when.all.0", "aid.parts.0.tiers.0.when.all.0"
    choose = {f"{part}.attribute": "company.profitable", f"{tier}.attribute": "company.employees"}
    page, fields = checked(team, sent(opened(team), **choose))
    assert page.count("Condition à compléter") == 2
    fill = {f"{part}.value": "yes", f"{part}.source": "record", f"{tier}.operator": "below", f"{tier}.value": "50"}
    page, fields = checked(team, sent(fields, **fill, **{f"{tier}.source": "record"}))
    assert "moins de" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert post(team, sent(fields, **WHY)).status_code == 303
    written = document()["aid"]["parts"][0]
    assert written["when"] == {"all": [{"attribute": "company.profitable", "is": True, "source": "record"}]}
    assert written["tiers"][0]["when"] == {"all": [{"attribute": "company.employees", "below": 50, "source": "record"}]}
    assert post(team, sent(opened(team), **{f"{part}.drop": "1"}, **WHY)).status_code == 303
    assert "when" not in document()["aid"]["parts"][0]
    assert "when" in document()["aid"]["parts"][0]["tiers"][0]


def test_a_condition_of_a_tier_that_is_wrong_is_said_beside_its_field(team: Client) -> None:
    tier = "aid.parts.0.tiers.0.when.all.0"
    typed = {f"{tier}.attribute": "company.employees", f"{tier}.for": "company.employees", f"{tier}.value": "beaucoup"}
    response = post(team, sent(opened(team), **typed, **WHY))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="f-aid-parts-0-tiers-0-when-all-0-value-error"' in page
    assert dict(fields_of(page, "redaction"))[f"{tier}.value"] == "beaucoup"
    assert folds(page)["argent"]


# --------------------------------------------------------------------------------------- races, and double presses


def test_what_was_not_seen_is_not_accepted(officer: Client) -> None:
    where = post(officer, sent(opened(officer), name__fr="Vu", **WHY)).headers["Location"]
    team = Actor.TEAM.client()
    seen = version_of(team.get(where))
    assert correct(officer, where, name__fr="Jamais vu").status_code == 303
    for version in (seen, ""):
        response = team.post(where, {"do": "accept", "reason": "Mon mot", "publish_on": "", "version": version})
        page = shown(response)
        assert response.status_code == 409
        assert "a été corrigée depuis que vous l’avez ouverte" in page
        assert "Jamais vu" in page
        assert "Mon mot</textarea>" in page
    assert Proposal.objects.get().state == "open"
    assert team.post(where, {"do": "accept", "version": version_of(response)}).status_code == 303
    assert document()["name"]["fr"] == "Jamais vu"


def correct(client: Client, where: str, **typed: str) -> Any:
    return post(client, corrected(client, where, **typed), address=where + "corriger/")


def corrected(client: Client, where: str, **typed: str) -> QueryDict:
    """The form of a correction, filled in and not sent yet."""
    return sent(opened(client, where + "corriger/"), reason="corrigé", **typed)


def test_two_people_who_correct_one_proposal_lose_nothing(officer: Client) -> None:
    where = post(officer, sent(opened(officer), name__fr="Proposé", **WHY)).headers["Location"]
    team = Actor.TEAM.client()
    late, clashing = corrected(team, where, summary__fr="De l’équipe"), corrected(team, where, name__fr="De l’équipe")
    assert correct(officer, where, name__fr="De l’agente").status_code == 303
    assert post(team, late, address=where + "corriger/").status_code == 303
    now = Proposal.objects.get().document
    assert (now["name"]["fr"], now["summary"]["fr"]) == ("De l’agente", "De l’équipe")
    response = post(team, clashing, address=where + "corriger/")
    assert response.status_code == 422
    assert "Ce qui est proposé maintenant" in shown(response)
    assert Proposal.objects.get().document["name"]["fr"] == "De l’agente"
    again = sent(fields_of(response.content.decode(), "redaction"), reason="la mienne")
    assert again["name.fr"] == "De l’équipe", "what was typed stays"
    again["keep:name.fr" if "keep:name.fr" in response.content.decode() else "keep:name"] = "theirs"
    assert post(team, again, address=where + "corriger/").status_code == 303
    now = Proposal.objects.get().document
    assert (now["name"]["fr"], now["summary"]["fr"]) == ("De l’équipe", "De l’équipe")


def test_two_presses_make_one_proposal_and_one_comment(officer: Client) -> None:
    fields = sent(opened(officer), name__fr="Deux fois", **WHY)
    places = {post(officer, fields.copy()).headers["Location"] for _press in range(2)}
    assert len(places) == Proposal.objects.count() == 1
    (where,) = places
    key = re.findall(r'name="form_key" value="([^"]+)"', officer.get(where).content.decode())[0]
    for text in ("Bonjour", "Bonjour", "Autre chose"):
        assert officer.post(where, {"do": "comment", "reason": text, "form_key": key}).status_code == 303
    assert list(Proposal.objects.get().comments.values_list("text", flat=True)) == ["Bonjour", "Autre chose"]
    team = Actor.TEAM.client()
    key = re.findall(r'name="form_key" value="([^"]+)"', team.get(where).content.decode())[0]
    seen = version_of(team.get(where))
    for _press in range(2):
        assert team.post(where, {"do": "accept", "version": seen, "form_key": key}).status_code == 303
    assert Revision.objects.filter(programme=ID).count() == 2
    assert accept(team, where).status_code == 422, "it is decided, for who did not decide it"


def test_the_check_while_one_types_saves_nothing_whatever_button_it_carries(team: Client) -> None:
    fields = sent(opened(team), name__fr="Autre nom", **WHY)
    for do in ("save", "propose"):
        fields["do"] = do
        kind_ = "application/x-www-form-urlencoded"
        response = team.post(ADDRESS, fields.urlencode(), content_type=kind_, headers={"HX-Request": "true"})
        assert response.status_code == 200
        assert 'id="en-direct"' in response.content.decode()
    assert (Revision.objects.count(), Proposal.objects.count()) == (Programme.objects.count(), 0)


def test_two_presses_retire_once(team: Client) -> None:
    address = f"/programmes/{ID}/retirer/"
    key = re.findall(r'name="form_key" value="([^"]+)"', team.get(address).content.decode())[0]
    for _press in range(2):
        assert team.post(address, {"reason": "fermé", "form_key": key}).status_code == 303
    assert Revision.objects.filter(programme=ID, event="retired").count() == 1


def test_a_proposal_that_changes_nothing_is_refused_kindly(officer: Client) -> None:
    response = post(officer, sent(opened(officer), **WHY))
    assert response.status_code == 422
    assert "Il n’y a rien à proposer" in shown(response)
    assert dict(fields_of(response.content.decode(), "redaction"))["reason"] == WHY["reason"]
    assert not Proposal.objects.exists()


def test_what_was_typed_stays_when_the_programme_is_retired_between_the_reading_and_the_writing(
    team: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = sent(opened(team), name__fr="Tapé longtemps", **WHY)
    edit = actions.edit_programme

    def late(**given: Any) -> Any:
        monkeypatch.setattr(actions, "edit_programme", edit)
        actions.retire(programme_id=ID, why=actions.Why(by="x", at=AT, reason="fermé"))
        return edit(**given)

    monkeypatch.setattr(actions, "edit_programme", late)
    response = post(team, fields)
    assert response.status_code == 409
    assert "retirée du catalogue pendant que vous écriviez" in shown(response)
    assert dict(fields_of(response.content.decode(), "redaction"))["name.fr"] == "Tapé longtemps"
    # The transaction of the form is one with what the other did here: both were taken back together.
    assert document()["name"]["fr"] != "Tapé longtemps"


# ------------------------------------------------------------------------------------------------- large forms


LARGEST = "fonds-ecoleader-entreprise"  # 373 fields; `test_every_programme_sent_untouched…` would tell of a larger one


def enlarged(found: dict[str, Any], times: int) -> dict[str, Any]:
    """A document with each list so many times as long."""
    aid = found["aid"]
    bigger = {**found, "aid": {**aid, "parts": aid["parts"] * times}}
    for key in ("confirm", "steps"):
        if key in found:
            bigger[key] = found[key] * times
    return {**bigger, "eligibility": {"all": found["eligibility"]["all"] * times}}


def test_a_programme_more_than_three_times_the_largest_is_sent_whole(team: Client) -> None:
    largest = next(found for found in REAL if found["id"] == LARGEST)
    fields = fields_of(drawn(enlarged(largest, 5)), "redaction")
    assert max(settings_limit(), 3 * 373) < len(fields) < MOST_FIELDS / 2, "elsewhere, Django refuses as much"
    typed = sent(fields, json=None, reason="Ce qui est tapé reste.")
    response = post(team, typed, do="check")
    assert response.status_code == 200
    assert "Ce qui est tapé reste." in shown(response)


def test_a_large_form_is_read_without_nul(team: Client) -> None:
    response = post(team, sent(opened(team), reason="Ce qui\0 est tapé"), do="check")
    assert response.status_code == 200
    assert "\0" not in response.content.decode()
    assert "Ce qui est tapé" in shown(response)


def test_beyond_that_the_answer_is_kind_and_a_page_that_checks_stays(team: Client) -> None:
    body = "&".join(f"x{number}=1" for number in range(MOST_FIELDS + 1))
    kind_ = "application/x-www-form-urlencoded"
    response = team.post(ADDRESS, body, content_type=kind_)
    assert response.status_code == 413
    assert "trop long" in shown(response)
    live = team.post(ADDRESS, body, content_type=kind_, headers={"HX-Request": "true"})
    assert (live.status_code, live.headers["HX-Reswap"]) == (413, "none")


def test_a_large_form_wants_its_key_and_a_session(team: Client) -> None:
    many = "&".join(f"x{number}=1" for number in range(2_000))
    kind_ = "application/x-www-form-urlencoded"
    team.handler.enforce_csrf_checks = True
    assert team.post(ADDRESS, many, content_type=kind_).status_code == 403
    lost = Client().post(ADDRESS, f"reason=Une+heure&{many}", content_type=kind_)
    assert lost.status_code == 403
    assert "Une heure" in lost.content.decode(), "what was typed is kept while one signs in again"
