"""Organisations by their pages: made, shared by invitation, left; what belongs to others does not exist."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alliage.hub.finder.models import ProjectFile
from alliage.hub.people.access import NotYours
from alliage.hub.people.actions import directory, leaving, organisations
from alliage.hub.people.models import AuditEntry, Invitation, MemberRole, Membership, Organisation, Person, SignedIn
from alliage.hub.people.queries import mine
from alliage.hub.ui import day
from tests.hub.people.actors import THEIRS, Actor, furnish_finder, join, make_organisation, make_person, shown, sign_in

pytestmark = pytest.mark.django_db
HERE = "/compte/organisations/atelier-a/"


def link_of(letter: Any) -> str:
    """The address of an invitation, without its site."""
    (line,) = [line for line in letter.body.splitlines() if "/invitation/" in line]
    return str(line).removeprefix("http://127.0.0.1:8000")


def invite(browser: Client, email: str, role: str = "colleague") -> Any:
    return browser.post(HERE, {"do": "invite", "email": email, "role": role})


def test_an_organisation_is_made_and_managed_by_who_makes_it(signed: Client) -> None:
    made = signed.post("/compte/organisations/", {"organisation": "  Extrusion   du Fjord "})
    assert made.status_code == 303
    organisation = Organisation.objects.get()
    assert (organisation.slug, organisation.name_fr, organisation.from_pack) == (
        "extrusion-du-fjord",
        "Extrusion du Fjord",
        None,
    )
    assert Membership.objects.get().role == MemberRole.MANAGER
    again = signed.post("/compte/organisations/", {"organisation": "Extrusion du Fjord"})
    assert again.headers["Location"] == "/compte/organisations/extrusion-du-fjord-2/"
    assert "Vous en êtes responsable" in shown(signed.get(again.headers["Location"]))
    assert signed.post("/compte/organisations/", {"organisation": "x" * 500}).status_code == 422


def key_in(page: Any) -> str:
    """The key of its form that makes something."""
    (key,) = re.findall(r'name="form_key" value="([^"]+)"', page.content.decode())
    return str(key)


def test_two_presses_make_one_organisation_and_one_invitation(signed: Client) -> None:
    new = {"organisation": "Fjord", "form_key": key_in(signed.get("/compte/organisations/"))}
    places = {signed.post("/compte/organisations/", new).headers["Location"] for _press in range(2)}
    assert places == {"/compte/organisations/fjord/"}
    assert Organisation.objects.count() == 1
    (where,) = places
    asked = {"do": "invite", "email": "bob@example.org", "role": "colleague", "form_key": key_in(signed.get(where))}
    for _press in range(2):
        assert signed.post(where, asked).headers["Location"] == where
    assert len(mail.outbox) == 1
    assert Invitation.objects.filter(revoked=None).count() == 1


@pytest.mark.usefixtures("ours")
def test_a_colleague_joins_by_the_link_with_the_e_mail_that_received_it(signed: Client) -> None:
    make_person("bob@example.org", name="Bob", language="en")
    assert invite(signed, "Bob@Example.org").status_code == 303
    letter = mail.outbox[0]
    assert letter.subject == "Ana Tremblay invites you: atelier-a"
    link = link_of(letter)
    assert link.startswith("/en/invitation/")
    visitor = Client()
    assert "Sign in with the e-mail" in shown(visitor.get(link))
    assert visitor.post(link).status_code == 200
    other = sign_in(make_person("eve@example.org"))
    assert other.post(link).status_code == 422
    assert not Membership.objects.filter(person__email="eve@example.org").exists()
    bob = sign_in(Person.objects.get(email="bob@example.org"))
    assert bob.post(link).headers["Location"].endswith("/compte/organisations/atelier-a/")
    assert Membership.objects.get(person__email="bob@example.org").role == MemberRole.COLLEAGUE
    assert bob.get(link).status_code == 410, "a link works once"
    assert bob.post(link).status_code == 410


def refused_now(monkeypatch: pytest.MonkeyPatch, do: str) -> None:
    """The invitation ends between the moment when its page looks for it and the moment when it is accepted."""
    found = organisations.opened

    def opened(token: str, *, at: Any) -> Invitation | None:
        kept = found(token, at=at)
        Invitation.objects.update(**{do: at})
        return kept

    monkeypatch.setattr(organisations, "opened", opened)


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("do", ["revoked", "accepted"])
def test_an_invitation_that_ends_while_it_is_accepted_lets_nobody_in(
    signed: Client, monkeypatch: pytest.MonkeyPatch, do: str
) -> None:
    bob = make_person("bob@example.org")
    invite(signed, bob.email)
    link = link_of(mail.outbox[0])
    refused_now(monkeypatch, do)
    page = sign_in(bob).post(link)
    assert page.status_code == 410
    assert "ne vaut plus" in shown(page)
    assert not bob.memberships.exists()


@pytest.mark.usefixtures("ours")
def test_of_a_link_only_a_fingerprint_is_kept(signed: Client) -> None:
    invite(signed, "bob@example.org")
    token = link_of(mail.outbox[0]).rstrip("/").rpartition("/")[2]
    assert token not in str(list(Invitation.objects.values()))


@pytest.mark.usefixtures("ours")
def test_an_invitation_ends_is_cancelled_or_replaced(signed: Client) -> None:
    for _ in range(2):
        invite(signed, "bob@example.org")
    first, second = (link_of(letter) for letter in mail.outbox)
    assert Client().get(first).status_code == 410, "the newer one replaces it"
    waiting = Invitation.objects.get(revoked=None)
    token = second.rstrip("/").rpartition("/")[2]
    assert organisations.opened(token, at=waiting.expires - timedelta(seconds=1)) is not None
    assert organisations.opened(token, at=waiting.expires) is None
    assert signed.post(HERE, {"do": "revoke", "invitation": waiting.pk}).status_code == 303
    assert Client().get(second).status_code == 410
    assert signed.post(HERE, {"do": "revoke", "invitation": waiting.pk}).status_code == 404


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize(
    "sent", [{"email": "x", "role": "colleague"}, {"email": "b@example.org", "role": "officer"}, {}]
)
def test_an_invitation_that_is_wrong_keeps_what_was_typed(signed: Client, sent: Any) -> None:
    page = signed.post(HERE, {"do": "invite", **sent})
    assert page.status_code == 422
    assert f'value="{sent.get("email", "")}"' in shown(page)
    assert not mail.outbox


@pytest.mark.usefixtures("ours")
def test_nobody_is_flooded_with_invitations(signed: Client) -> None:
    said = [invite(signed, "bob@example.org").status_code for _ in range(organisations.MOST_TO_ONE + 2)]
    assert said == [303] * organisations.MOST_TO_ONE + [422] * 2
    assert len(mail.outbox) == organisations.MOST_TO_ONE
    assert Invitation.objects.get(revoked=None).email == "bob@example.org", "the last one still opens"


def test_who_gives_up_a_role_signs_in_again_and_is_told_nothing_false(
    signed: Client, ours: Organisation, person: Person
) -> None:
    join(make_person("bob@example.org"), ours, "manager")
    answer = signed.post(HERE, {"do": "role", "person": str(person.pk), "role": "colleague"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/compte/connexion/")
    assert Membership.objects.get(person=person).role == MemberRole.COLLEAGUE


@pytest.mark.usefixtures("ours")
def test_when_no_letter_can_leave_no_invitation_stays(signed: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1,
    )  # fmt: skip
    page = invite(signed, "bob@example.org")
    assert page.status_code == 422
    assert "Le courriel n’a pas pu partir" in shown(page)
    assert not Invitation.objects.filter(revoked=None).exists()


def test_a_colleague_sees_and_may_leave_but_manages_nothing(ours: Organisation) -> None:
    bob = make_person("bob@example.org")
    join(bob, ours, MemberRole.COLLEAGUE)
    browser = sign_in(bob)
    page = shown(browser.get(HERE))
    assert "ana@example.org" in page
    assert "Envoyer l’invitation" not in page
    for do in ("invite", "remove", "role", "revoke"):
        assert (
            browser.post(HERE, {"do": do, "person": bob.pk, "email": "x@example.org", "role": "manager"}).status_code
            == 404
        )
    assert browser.post(HERE, {"do": "leave"}).headers["Location"] == "/compte/organisations/"
    assert browser.get(HERE).status_code == 404


def test_a_manager_always_remains(signed: Client, ours: Organisation, person: Person) -> None:
    bob = make_person("bob@example.org")
    join(bob, ours, MemberRole.COLLEAGUE)
    for sent in (
        {"do": "leave"},
        {"do": "remove", "person": person.pk},
        {"do": "role", "person": person.pk, "role": "colleague"},
    ):
        assert signed.post(HERE, sent).status_code == 303
        assert Membership.objects.get(person=person).role == MemberRole.MANAGER
    assert "Nommez-en d’abord une autre" in shown(signed.get(HERE))
    signed.post(HERE, {"do": "role", "person": bob.pk, "role": "manager"})
    signed.post(HERE, {"do": "leave"})
    assert [m.person for m in Membership.objects.all()] == [bob]


def test_who_is_removed_is_signed_out_everywhere(signed: Client, ours: Organisation) -> None:
    bob = make_person("bob@example.org")
    join(bob, ours, MemberRole.COLLEAGUE)
    browser = sign_in(bob)
    assert signed.post(HERE, {"do": "remove", "person": bob.pk}).status_code == 303
    assert not SignedIn.objects.filter(person=bob).exists()
    assert browser.get("/compte/").status_code == 302
    assert AuditEntry.objects.filter(what="member-removed", data__person=bob.pk).count() == 1


@pytest.mark.parametrize("do", ["leave", "remove"])
def test_an_organisation_goes_with_the_last_of_its_members_once_they_are_sure(
    signed: Client, person: Person, ours: Organisation, do: str
) -> None:
    furnish_finder(ours)
    sent = {"do": do, "person": str(person.pk)}
    page = signed.post(HERE, sent)
    assert page.status_code == 200
    assert "1 dossier disparaît" in shown(page)
    assert signed.post(HERE, {**sent, "asked": "yes"}).status_code == 422, "a box is ticked first"
    assert ProjectFile.objects.exists()
    asked = dict(re.findall(r'type="(?:hidden|checkbox)" name="(\w+)" value="(\w*)"', shown(page)))
    assert {name: asked[name] for name in ("do", "sure", "asked")} == {"do": do, "sure": "yes", "asked": "yes"}
    assert signed.post(HERE, asked).headers["Location"] == "/compte/organisations/"
    assert not Organisation.objects.filter(pk=ours.pk).exists()
    entry = AuditEntry.objects.get(what="organisation-deleted")
    assert (entry.by, entry.on, entry.data) == (person, f"organisation:{ours.pk}", {"files": 1})


def test_the_team_is_asked_too_before_the_last_member_is_taken_out(person: Person, ours: Organisation) -> None:
    team, here = Actor.TEAM.client(), "/equipe/organisations/atelier-a/"
    sent = {"do": "remove", "person": person.pk}
    assert "Elle n’a aucun dossier" in shown(team.post(here, sent))
    assert ours.memberships.exists()
    gone = team.post(here, {**sent, "asked": "yes", "sure": "yes"})
    assert gone.headers["Location"] == "/equipe/organisations/"
    assert not Organisation.objects.filter(pk=ours.pk).exists()


def test_a_provider_stays_without_members_and_nobody_is_asked(signed: Client, person: Person) -> None:
    join(person, make_organisation("iq", provider="investissement-quebec"), MemberRole.MANAGER)
    assert signed.post("/compte/organisations/iq/", {"do": "leave"}).status_code == 303
    assert Organisation.objects.filter(slug="iq").exists()


def test_a_closed_account_manages_nothing(signed: Client, ours: Organisation, person: Person) -> None:
    closed = make_person("closed@example.org")
    join(closed, ours, MemberRole.MANAGER)
    join(make_person("bob@example.org"), ours, MemberRole.COLLEAGUE)
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    assert [name["fr"] for name in mine.handed_over(person)] == ["atelier-a"]
    for sent in ({"do": "leave"}, {"do": "role", "person": person.pk, "role": "colleague"}):
        signed.post(HERE, sent)
        assert Membership.objects.get(person=person).role == MemberRole.MANAGER
    leaving.erase(person, at=day.now())
    managers = ours.memberships.filter(role=MemberRole.MANAGER).order_by("person__email")
    assert [one.person.email for one in managers] == ["bob@example.org", "closed@example.org"]


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 400, "1.5", "٣"])
def test_a_number_that_is_none_is_told_nothing(signed: Client, number: str) -> None:
    for do in ("remove", "revoke", "role"):
        sent = {"do": do, "person": number, "invitation": number, "role": "colleague"}
        assert signed.post(HERE, sent).status_code == 404


@pytest.mark.usefixtures("ours")
def test_the_organisation_of_others_does_not_exist(signed: Client) -> None:
    theirs = make_organisation(THEIRS)
    bob = make_person("bob@example.org")
    join(bob, theirs, MemberRole.MANAGER)
    for address in (f"/compte/organisations/{THEIRS}/", "/compte/organisations/nowhere/"):
        assert signed.get(address).status_code == signed.post(address, {"do": "leave"}).status_code == 404
    assert signed.post(HERE, {"do": "remove", "person": bob.pk}).status_code == 404
    assert theirs.memberships.count() == 1


def test_only_a_provider_has_officers(person: Person) -> None:
    plain, provider = make_organisation("plain"), make_organisation("iq", provider="investissement-quebec")
    with pytest.raises(NotYours):
        organisations.invite(plain.pk, email="b@example.org", role="officer", by=person, at=day.now(), by_team=True)
    made = organisations.invite(
        provider.pk, email="b@example.org", role="officer", by=person, at=day.now(), by_team=True
    )
    assert made.token


def test_the_team_alone_makes_officers(signed: Client, person: Person) -> None:
    provider = make_organisation("iq", provider="investissement-quebec")
    bob = make_person("bob@example.org")
    join(person, provider, MemberRole.MANAGER)
    join(bob, provider, MemberRole.COLLEAGUE)
    sent = {"do": "role", "person": bob.pk, "role": "officer"}
    assert signed.post("/compte/organisations/iq/", sent).status_code == 404
    assert Membership.objects.get(person=bob).role == MemberRole.COLLEAGUE
    with pytest.raises(NotYours):
        organisations.invite(provider.pk, email="c@example.org", role="officer", by=person, at=day.now())
    assert Actor.TEAM.client().post("/equipe/organisations/iq/", sent).status_code == 303
    assert Membership.objects.get(person=bob).role == MemberRole.OFFICER


def test_the_pack_fills_the_table_and_edits_by_hand_stay() -> None:
    first = directory.load_organisations(at=day.now())
    assert first["added"] == Organisation.objects.count() > 100
    assert directory.load_organisations(at=day.now()) == {"added": 0, "changed": 0}
    alouette = Organisation.objects.get(slug="aluminerie-alouette")
    assert (alouette.region, alouette.kinds, alouette.demo) == ("qc-r09", ["producer"], True)
    assert Organisation.objects.get(provider="bdc").kinds == ["provider"]
    pack_says = dict(alouette.from_pack or {})
    alouette.website = "https://edited.example/"
    alouette.from_pack = {**pack_says, "city": "Ville d’avant", "website": "https://before.example/"}
    alouette.city = "Ville d’avant"
    alouette.save()
    assert directory.load_organisations(at=day.now()) == {"added": 0, "changed": 1}
    alouette.refresh_from_db()
    assert (alouette.city, alouette.website) == (pack_says["city"], "https://edited.example/")
