"""One's account by its pages: name, devices, consents, data taken away, and erasure that leaves nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection, models
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client

from alliage.hub.days.actions import inviting
from alliage.hub.finder.actions import following
from alliage.hub.finder.models import Alert, AlertRhythm, Following, Milestone, ProjectFile
from alliage.hub.people.actions import consents, duties, forgetting, leaving
from alliage.hub.people.models import (
    AccessEntry,
    AuditEntry,
    Consent,
    Duty,
    Incident,
    Invitation,
    MemberRole,
    Membership,
    Organisation,
    Person,
    SignedIn,
)  # fmt: skip
from alliage.hub.programmes.freshness.models import Confirmation, Correction, Request, Review
from alliage.hub.programmes.models import Programme, Revision
from alliage.hub.questions.actions import ask, digests
from alliage.hub.questions.actions.records import By, note
from alliage.hub.questions.models import Absence, Beat, Digest, Office
from alliage.hub.questions.models import Answer as PublishedAnswer
from alliage.hub.questions.models import Notice as Escalated
from alliage.hub.ui import day
from tests.hub.meetings.rows import known_by_meetings
from tests.hub.people.actors import (
    Actor,
    furnish_finder,
    give_second_factor,
    join,
    make_organisation,
    make_person,
    shown,
    sign_in,
)
from tests.hub.things import known_by_days, make_things

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        (Actor.COLLEAGUE, ["/dossiers/", "/alertes/"]),
        (Actor.OFFICER, ["/dossiers/", "/alertes/", "/equipe/propositions/"]),
        (Actor.TEAM, ["/dossiers/", "/alertes/", "/equipe/"]),
    ],
)
def test_an_account_leads_to_pages_of_the_rooms(actor: Callable[[Actor], Client], who: Actor, pages: list[str]) -> None:
    page = shown(actor(who).get("/compte/"))
    every = ["/dossiers/", "/alertes/", "/equipe/propositions/", "/equipe/"]
    assert [address for address in every if f'href="{address}"' in page.partition("c-organisations")[2]] == pages


def test_name_and_language_are_kept(signed: Client, person: Person) -> None:
    assert signed.post("/compte/", {"name": " Ana \n Roy ", "language": "en"}).status_code == 303
    person.refresh_from_db()
    assert (person.name, person.language) == ("Ana Roy", "en")
    assert "C’est gardé." in shown(signed.get("/compte/"))
    assert "C’est gardé." not in shown(signed.get("/compte/")), "said once"
    assert signed.post("/compte/", {"name": "", "language": "xx"}).status_code == 422


def test_other_devices_are_seen_and_ended(person: Person) -> None:
    here, there, phone = sign_in(person), sign_in(person, device="Chrome, Android"), sign_in(person)
    page = shown(here.get("/compte/"))
    assert "Chrome, Android" in page
    keys = set(SignedIn.objects.values_list("session_key", flat=True))
    assert not [key for key in keys if key in page], "a page shows no key of a session"
    row = SignedIn.objects.get(device="Chrome, Android")
    name = leaving_name(row)
    assert name in page
    assert here.post("/compte/appareils/", {"session": name}).status_code == 303
    assert there.get("/compte/").status_code == 302
    assert phone.get("/compte/").status_code == 200
    assert here.post("/compte/appareils/").status_code == 303
    assert phone.get("/compte/").status_code == 302
    assert here.get("/compte/").status_code == 200


def leaving_name(row: SignedIn) -> str:
    from alliage.hub.people.actions.account import session_id

    return session_id(row)


def test_nobody_ends_the_session_of_another(signed: Client) -> None:
    other = make_person("bob@example.org")
    sign_in(other)
    name = leaving_name(SignedIn.objects.get(person=other))
    signed.post("/compte/appareils/", {"session": name})
    assert SignedIn.objects.filter(person=other).count() == 1


# ----------------------------------------------------------------------------------------------- consents


def test_nothing_is_agreed_to_in_advance(signed: Client, person: Person) -> None:
    page = shown(signed.get("/compte/"))
    assert page.count('name="consent"') == sum(not purpose.officers for purpose in consents.PURPOSES.values())
    assert "checked" not in page
    assert not any(consents.holds(person, purpose) for purpose in consents.PURPOSES)
    assert consents.PURPOSES.keys() == {following.PURPOSE, digests.PURPOSE, inviting.PURPOSE}, (
        "nothing is asked that serves nothing yet"
    )


def test_a_consent_is_given_and_withdrawn_by_the_same_form(signed: Client, person: Person) -> None:
    signed.post("/en/compte/accords/", {"consent": ["alerts"]})
    given = Consent.objects.get()
    assert (given.language, given.version, given.how, given.withdrawn) == ("en", "1", "account", None)
    signed.post("/compte/accords/", {"consent": ["alerts"]})
    assert consents.holds(person, "alerts")
    assert Consent.objects.count() == 1, "what holds is not given again"
    assert signed.post("/compte/accords/", {"consent": ["everything"]}).status_code == 404
    assert consents.holds(person, "alerts")
    signed.post("/compte/accords/")
    assert not consents.holds(person, "alerts")
    assert Consent.objects.get().withdrawn == day.now()


def test_of_two_presses_the_second_waits_for_the_first(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of the person is held before their consents are read: there may be none of these to hold."""
    held, written = [], SQLCompiler.as_sql

    def as_sql(compiler: Any, *args: Any, **more: Any) -> Any:
        if compiler.query.select_for_update:
            held.append(compiler.query.model)
        return written(compiler, *args, **more)

    monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)
    consents.choose(person, frozenset({"alerts"}), language="fr", at=day.now(), how="account")
    assert held[0] is Person


def test_new_words_want_a_new_consent(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    consents.choose(person, frozenset({"alerts"}), language="fr", at=day.now(), how="account")
    newer = consents.Purpose("2", "t", "x")
    monkeypatch.setattr(consents, "PURPOSES", {**consents.PURPOSES, "alerts": newer})
    assert not consents.holds(person, "alerts")
    consents.choose(person, frozenset({"alerts"}), language="fr", at=day.now(), how="account")
    assert consents.holds(person, "alerts")
    assert [c.version for c in Consent.objects.filter(withdrawn=None)] == ["2"]


# ------------------------------------------------------------------------- what names a person, table by table


def test_every_table_that_leads_to_a_person_says_what_becomes_of_it() -> None:
    """A new table with a person is refused here until it says ``personal``."""
    declared = {kept.model for kept in leaving.tables()}
    naming = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if (
            isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField)
            and field.related_model is Person
        )
        or isinstance(field, models.EmailField)
    }
    assert naming <= declared
    assert len(declared) >= 10


def test_what_a_table_says_of_erasure_is_what_its_key_does() -> None:
    for kept in leaving.tables():
        if kept.model is Person:
            continue
        model: Any = kept.model
        for name in kept.personal.owner.split("__"):  # a row may go with one that goes with the person
            field: Any = model._meta.get_field(name)
            does = {models.CASCADE: "deleted", models.SET_NULL: "detached"}[field.remote_field.on_delete]
            assert does == kept.personal.erased, kept.label
            model = field.related_model


MARK = "zqxj"


@pytest.fixture
def known(db: None) -> Person:  # noqa: ARG001 - asked for by name
    """Somebody whom every table knows."""
    person = make_person(f"{MARK}@example.org", name=f"{MARK} Nom")
    team = make_person("team@example.org", duty=Duty.TEAM)
    organisation = make_organisation("atelier-a")
    join(person, organisation, MemberRole.MANAGER)
    join(make_person("bob@example.org"), organisation, MemberRole.COLLEAGUE)
    give_second_factor(person)
    sign_in(person)
    consents.choose(person, frozenset({"alerts"}), language="fr", at=day.now(), how="account")
    at, later = day.now(), day.now() + timedelta(days=14)
    for email, by in ((person.email, team), ("new@example.org", person)):
        Invitation.objects.create(
            organisation=organisation, email=email, role="colleague", token=email, by=by, created=at, expires=later
        )
    ours = ProjectFile.objects.create(
        organisation=organisation, name="f", answers={}, created=at, changed=at, visited=at, saved_by=person
    )
    Milestone.objects.create(file=ours, programme="c3i", kind="asked", day=day.today(), by=person, created=at)
    Following.objects.create(person=person, programme="c3i", since=at)
    Alert.objects.create(person=person, key="k", kind="changed", programme="c3i", created=at)
    AlertRhythm.objects.create(person=person)
    ProjectFile.objects.create(person=person, name=MARK, answers={"w": MARK}, created=at, changed=at, visited=at)
    AccessEntry.objects.create(by=team, about=person, why="person", at=at)
    AccessEntry.objects.create(by=person, about=team, why="person", at=at)
    Incident.objects.create(
        facts="f",
        data_touched="d",
        started=day.today(),
        found=day.today(),
        people=1,
        risk="none",
        by=person,
        created=at,
    )
    make_things(by=person)
    known_by_freshness(person, team)
    known_by_questions(person, organisation)
    known_by_days(person, MARK)
    known_by_meetings(person)
    return person


def known_by_questions(person: Person, organisation: Organisation) -> None:
    """Asked with and without an account; answers, is away, wrote what is published."""
    at, on = day.now(), day.today()
    for asker in (person, person.email):
        ask(text=MARK, language="fr", at=at, asker=asker)
    asked = ask(text="Le taux?", language="fr", at=at)
    note(asked, "taken", by=By("officer", at, person))
    Beat.objects.create(person=person, organisation=organisation)
    Absence.objects.create(person=person, first=on, last=on)
    Digest.objects.create(person=person, week=on)
    Escalated.objects.create(question=asked, kind="escalation", round=1, to=person, created=at)
    Office.objects.create(organisation=organisation, email=person.email, by=person)
    words = {"fr": "?", "en": ""}
    PublishedAnswer.objects.create(
        asked=asked, by=person, question=words, answer=words, original="fr", translation="none", valid_on=on,
        review_by=on, created=at,
    )  # fmt: skip


def known_by_freshness(person: Person, team: Person) -> None:
    """Asked with and without an account, and whoever handled each thing."""
    at = day.now()
    programme = Programme.objects.create(id="c3i")
    revision = Revision.objects.create(
        programme=programme, number=1, document={}, digest="", source="pack", author="", created=at
    )
    what: dict[str, Any] = {"programme": programme, "revision": revision}
    for owner, answered in ((person, at), (None, None)):
        Request.objects.create(
            **what, email=person.email, person=owner, by=team, created=at, expires=at, language="fr", answered=answered
        )
    Confirmation.objects.create(**what, kind="provider", body={"fr": "x", "en": "x"}, day=at.date(), by=person, at=at)
    Review.objects.create(programme=programme, reason="wrong", opened=at, closed=at, by=person)
    Correction.objects.create(
        programme=programme, text="Le taux?", email=person.email, language="fr", by=person, created=at
    )


def test_everybody_is_known_by_every_table(known: Person) -> None:
    """Or the two tests below would prove nothing."""
    taken = leaving.taken(known)
    assert [label for label, rows in taken.items() if not rows] == []


def test_what_is_taken_away_is_all_and_opens_nothing(known: Person) -> None:
    browser = sign_in(known)
    response = browser.get("/compte/donnees/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    text = response.content.decode()
    kept = json.loads(text)["kept"]
    assert set(kept) == {table.label for table in leaving.tables()}
    assert kept["people.Person"][0]["email"] == known.email
    for secret in (known.password, *SignedIn.objects.values_list("session_key", flat=True)):
        assert secret not in text or len(secret) < 8
    for table in leaving.tables():
        for row in kept[table.label]:
            assert not set(table.personal.secret) & set(row)


def test_what_was_sent_with_the_address_before_the_account_is_taken_away_too(known: Person) -> None:
    told = Correction.objects.create(
        programme_id="c3i", text="Avant le compte.", email=known.email.upper(), language="fr", created=day.now()
    )
    kept = json.loads(sign_in(known).get("/compte/donnees/").content)["kept"]
    assert "Avant le compte." in [row["text"] for row in kept["freshness.Correction"]]
    assert {row["person_id"] for row in kept["freshness.Request"]} == {known.pk, None}
    assert known.email in [row["email"] for row in kept["people.Invitation"]]
    assert told.by is None


def test_who_handled_a_correction_does_not_take_away_what_another_wrote(known: Person) -> None:
    Correction.objects.create(
        programme_id="c3i", text="Secret", page="Secret", email="other@example.org", language="fr", by=known,
        answer="Merci", created=day.now(),
    )  # fmt: skip
    text = sign_in(known).get("/compte/donnees/").content.decode()
    assert "Merci" in text
    assert "Secret" not in text
    assert "other@example.org" not in text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ("Votre dossier personnel sera supprimé avec lui.", "1 dossier d’une organisation qui n’a que vous")),
        ("en", ("Your own file will be deleted with it.", "1 file of an organisation that has only you")),
    ],
)
def test_the_letter_about_an_unused_account_says_what_happens_to_its_files(lang: str, said: tuple[str, ...]) -> None:
    person = make_person("ana@example.org", language=lang)
    alone = make_organisation("seule")
    join(person, alone, MemberRole.MANAGER)
    now = day.now()
    for owner in ({"person": person}, {"organisation": alone}):
        ProjectFile.objects.create(name="F", answers={}, created=now, changed=now, visited=now, **owner)
    forgetting.FORGETS["accounts"](now=now + timedelta(days=710))
    (letter,) = mail.outbox
    html = str(letter.alternatives[0][0])
    for words in said:
        assert words in letter.body
        assert words in html
    mail.outbox.clear()
    ProjectFile.objects.all().delete()
    Person.objects.update(warned=None)
    forgetting.FORGETS["accounts"](now=now + timedelta(days=710))
    assert said[0] not in mail.outbox[0].body


def everything() -> dict[str, str]:
    """All that the database holds, as text, table by table."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table of ours
            found[table] = str(cursor.fetchall())
        return found


def test_erasure_leaves_nothing_anywhere(known: Person) -> None:
    id_, browser = known.pk, sign_in(known)
    assert any(MARK in text for text in everything().values())
    assert browser.post("/compte/effacer/", {}).status_code == 422, "a box is ticked first"
    assert browser.post("/compte/effacer/", {"sure": "yes"}).headers["Location"] == "/compte/efface/"
    assert [table for table, text in everything().items() if MARK in text] == []
    for kept in leaving.tables():
        rows = kept.model._default_manager.filter(**{kept.personal.owner: id_})
        assert not rows.exists(), kept.label
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is Person:
                assert not model._default_manager.filter(**{field.name: id_}).exists(), (model, field.name)
    assert Incident.objects.count() == 1, "the register stays, without who wrote it"
    assert AuditEntry.objects.filter(what="account-erased", by=None).count() == 1
    assert browser.get("/compte/").status_code == 302
    assert browser.get("/compte/efface/").status_code == 200


def test_what_they_alone_managed_passes_to_who_came_next(known: Person) -> None:
    page = shown(sign_in(known).get("/compte/effacer/"))
    assert "atelier-a" in page
    leaving.erase(known, at=day.now())
    (left,) = Membership.objects.filter(organisation__slug="atelier-a")
    assert (left.person.email, left.role) == ("bob@example.org", MemberRole.MANAGER)


def test_what_nobody_else_belongs_to_goes_too(ours: Organisation, person: Person) -> None:
    furnish_finder(ours)
    page = shown(sign_in(person).get("/compte/effacer/"))
    assert "atelier-a" in page
    assert "1 dossier disparaît" in page
    leaving.erase(person, at=day.now())
    assert not Organisation.objects.filter(pk=ours.pk).exists()
    assert AuditEntry.objects.get(what="organisation-deleted").data == {"files": 1}


def test_the_last_administrator_names_another_first() -> None:
    alone = make_person("admin@example.org", duty=Duty.ADMINISTRATOR)
    browser = sign_in(alone)
    assert browser.post("/compte/effacer/", {"sure": "yes"}).status_code == 422
    with pytest.raises(duties.LastAdministrator):
        leaving.erase(alone, at=day.now())
    assert Person.objects.filter(pk=alone.pk).exists()
    make_person("next@example.org", duty=Duty.ADMINISTRATOR)
    assert browser.post("/compte/effacer/", {"sure": "yes"}).status_code == 303


def test_taking_and_erasing_want_a_fresh_proof(person: Person) -> None:
    browser = sign_in(person)
    row = SignedIn.objects.get(person=person)
    store = SignedIn.get_session_store_class()(row.session_key)
    store["account_authentication_methods"] = [{"method": "code", "at": day.seconds() - 3_600}]
    store.save()
    for address in ("/compte/donnees/", "/compte/effacer/"):
        assert browser.get(address).headers["Location"].startswith("/compte/verifier/")
    browser.post("/compte/effacer/", {"sure": "yes"})
    assert Person.objects.filter(pk=person.pk).exists()


def test_an_account_that_nobody_uses_is_written_to_then_erased(person: Person) -> None:
    keep = timedelta(days=settings.RETENTION["accounts"])
    seen = person.last_seen
    assert forgetting.FORGETS["accounts"](now=seen + keep - timedelta(days=31)) == 0
    assert not mail.outbox
    assert forgetting.FORGETS["accounts"](now=seen + keep - timedelta(days=30)) == 0
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]
    assert forgetting.FORGETS["accounts"](now=seen + keep - timedelta(days=1)) == 0
    assert len(mail.outbox) == 1
    assert forgetting.FORGETS["accounts"](now=seen + keep) == 1
    assert not Person.objects.filter(pk=person.pk).exists()
    assert not EmailAddress.objects.filter(email="ana@example.org").exists()


@pytest.mark.parametrize("unseen", ["\u200b", " \u2060\n\x00"])
def test_a_name_that_nobody_sees_is_asked_again(signed: Client, person: Person, unseen: str) -> None:
    assert signed.post("/compte/", {"name": unseen, "language": "fr"}).status_code == 422
    person.refresh_from_db()
    assert person.name == "Ana Tremblay"
    assert signed.post("/compte/organisations/", {"organisation": unseen}).status_code == 422
    page = Client().post("/compte/creer/", {"email": "new@example.org", "name": unseen})
    assert page.status_code == 200
    assert not Person.objects.filter(email="new@example.org").exists()
