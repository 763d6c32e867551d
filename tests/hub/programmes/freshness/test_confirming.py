"""A request, its link, its three answers; and what each changes on the pages of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from alliage.core.catalogue.freshness import freshness
from alliage.hub.people.mail import MailNotSent
from alliage.hub.people.models import AuditEntry, MemberRole, NoMore, Person, SentForm
from alliage.hub.programmes import actions, queries
from alliage.hub.programmes.actions import Loaded
from alliage.hub.programmes.freshness.actions import asking, confirming, nightly
from alliage.hub.programmes.freshness.actions.asking import NotAsked, To
from alliage.hub.programmes.freshness.actions.forgetting import FORGETS
from alliage.hub.programmes.freshness.links import request_of, token_of
from alliage.hub.programmes.freshness.models import Confirmation, Request, Review
from alliage.hub.programmes.freshness.views import confirming as view
from alliage.hub.programmes.models import Programme, Revision
from alliage.hub.ui import day
from tests.hub.people.actors import join, make_organisation, make_person, sign_in
from tests.hub.people.test_mail import Box, part, server  # noqa: F401 - a fixture
from tests.hub.programmes.conftest import ON
from tests.hub.programmes.freshness.conftest import C3I, DAY, link_of, provider_of
from tests.hub.programmes.small_pack import SmallPack, with_name

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\u00a0", " ").replace("\u2060", "")
    return " ".join(text.replace("&#x27;", "'").split())


def answer(client: Client, link: str, choice: str, **more: str) -> Any:
    """Answers by the page, as it was shown."""
    page = client.get(link).content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision
    return client.post(link, {"choice": choice, "revision": revision[1], **more})


def test_what_is_right_is_confirmed_and_every_page_says_so(client: Client, link: str) -> None:
    assert answer(client, link, "right").status_code == 303
    row = Confirmation.objects.get()
    assert (row.programme_id, row.day, row.by) == (C3I, ON, None)
    fresh = freshness(queries.current_catalogue().programmes[C3I], on=ON)
    assert (fresh.state, fresh.confirmed, fresh.by) == ("confirmed", ON, row.body["fr"])
    for lang, said in (("", f"Confirmé le 26 novembre 2026 par {row.body['fr']}"), ("/en", "Confirmed on November 26")):
        assert said in words(client.get(f"{lang}/programmes/{C3I}/"))
        assert said in words(client.get(f"{lang}/programmes/?q=c3i"))
    assert row.body["en"] in words(client.get(f"/en/programmes/{C3I}/"))


def test_an_address_is_a_link_as_it_is(client: Client, link: str) -> None:
    page = client.get(link).content.decode()
    links = re.findall(r'<li><a href="(https://[^"]+)" rel="noreferrer">([^<]+)</a></li>', page)
    assert links
    assert all(address == said for address, said in links)
    assert ">Https" not in page


def test_a_receipt_says_it_too(client: Client, link: str) -> None:
    answer(client, link, "right")
    assert "Confirmé le 26 novembre 2026 par" in words(client.get(f"/trouver/resultats/{C3I}/"))


def test_a_scanner_that_opens_the_link_changes_nothing(client: Client, link: str) -> None:
    for method in ("get", "head", "get"):
        assert getattr(client, method)(link).status_code == 200
    assert Request.objects.get().answered is None
    assert not Confirmation.objects.exists()


def test_a_link_serves_once(client: Client, link: str) -> None:
    answer(client, link, "right")
    for again in (client.get(link), client.post(link, {"choice": "gone", "revision": "1"})):
        assert again.status_code == 410
        assert "Il sert une fois" in words(again)
    assert Confirmation.objects.count() == 1
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("late", "status"), [(timedelta(days=30) - timedelta(minutes=1), 200), (timedelta(days=30), 410)]
)
def test_a_link_lives_30_days(
    client: Client, link: str, monkeypatch: pytest.MonkeyPatch, late: timedelta, status: int
) -> None:
    later = day.now() + late
    monkeypatch.setattr(day, "now", lambda: later)
    assert client.get(link).status_code == status


def test_a_link_that_was_taken_back_opens_nothing(client: Client, link: str, team: Person) -> None:
    assert asking.revoke(Request.objects.get().pk, programme_id=C3I, by=team, at=day.now())
    assert client.get(link).status_code == 410
    assert client.post(link, {"choice": "right", "revision": "1"}).status_code == 410
    assert not Confirmation.objects.exists()


def test_a_link_is_of_one_purpose_and_of_one_request(request_: Request) -> None:
    from django.core import signing

    assert request_of(token_of(request_)) == request_
    value = f"{request_.pk}-{request_.nonce}"
    for forged in (
        signing.Signer(salt="another purpose", sep=".").sign(value),
        signing.Signer(key="another key", salt="alliage.freshness.confirmation", sep=".").sign(value),
        token_of(request_)[:-1],
        f"{request_.pk}-x.{token_of(request_).rpartition('.')[2]}",
        "x" * 5_000,
    ):
        assert request_of(forged) is None


def test_what_is_to_correct_is_for_the_team_fact_by_fact(client: Client, desk: Client, link: str) -> None:
    answer(client, link, "wrong", **{"text": "Le taux a changé.", "fact-when": "Jusqu'au 31 mars."})
    review = Review.objects.get()
    assert (review.reason, review.seen["text"], review.seen["facts"]) == (
        "wrong", "Le taux a changé.", {"when": "Jusqu'au 31 mars."},
    )  # fmt: skip
    assert not Confirmation.objects.exists()
    page = words(desk.get(f"/equipe/a-verifier/{C3I}/"))
    assert "Le taux a changé." in page
    assert "Jusqu'au 31 mars." in page
    assert desk.post(f"/equipe/a-verifier/{C3I}/", {"do": "close", "number": review.pk, "outcome": "done"}).url
    review.refresh_from_db()
    assert (review.outcome, bool(review.closed)) == ("done", True)


def test_what_is_no_longer_offered_waits_for_the_team(client: Client, link: str) -> None:
    answer(client, link, "gone", text="Depuis avril.")
    assert Review.objects.get().reason == "gone"
    assert client.get(f"/programmes/{C3I}/").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {}, {"choice": "wrong"}, {"choice": "maybe"}, {"choice": "right", "revision": "x"},
        {"choice": "wrong", "text": "a" * 5_001}, {"choice": "wrong", "text": "\x00"},
    ],
)  # fmt: skip
def test_an_answer_that_says_too_little_is_asked_again(client: Client, link: str, typed: dict[str, str]) -> None:
    current = str(Programme.objects.get(id=C3I).current_id)
    response = client.post(link, {"revision": current, "fact-money": "  ", **typed})
    assert response.status_code == 422
    assert Request.objects.get().answered is None
    assert typed.get("text", "").strip("\x00") in response.content.decode()


def test_a_programme_that_moved_is_shown_again_and_nothing_typed_is_lost(client: Client, link: str) -> None:
    before = str(Programme.objects.get(id=C3I).current_id)
    document = Programme.objects.get(id=C3I).current.document
    actions.edit_programme(
        document=with_name(document, "Le nouveau nom"), why=actions.Why(by="x", reason="y", at=day.now())
    )
    response = client.post(link, {"choice": "wrong", "revision": before, "text": "À revoir"})
    assert response.status_code == 422
    for said in ("La fiche vient de changer", "Le nouveau nom", "À revoir"):
        assert said in words(response)
    assert Request.objects.get().answered is None
    assert answer(client, link, "right").status_code == 303
    assert Confirmation.objects.get().revision_id != int(before)


def test_what_moved_while_it_was_answered_is_shown_with_the_facts_of_its_revision(
    client: Client, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = str(Programme.objects.get(id=C3I).current_id), view.once

    def meanwhile(*args: Any, **named: Any) -> str:
        document = Programme.objects.get(id=C3I).current.document
        why = actions.Why(by="x", reason="y", at=day.now())
        actions.edit_programme(document=with_name(document, "Le nouveau nom"), why=why)
        return real(*args, **named)

    monkeypatch.setattr(view, "once", meanwhile)
    response = client.post(link, {"choice": "right", "revision": before})
    assert response.status_code == 422
    assert "Le nouveau nom" in words(response)
    assert f'name="revision" value="{Programme.objects.get(id=C3I).current_id}"' in response.content.decode()


def test_a_link_that_shuts_while_the_page_is_shown_again_says_so(
    client: Client, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*_args: Any, **_named: Any) -> str:
        Request.objects.update(revoked=day.now())
        raise confirming.FactsMoved

    monkeypatch.setattr(view, "once", meanwhile)
    response = client.post(link, {"choice": "right", "revision": str(Programme.objects.get(id=C3I).current_id)})
    assert response.status_code == 410


def test_a_later_revision_is_not_confirmed_by_what_was_said_before(
    client: Client, desk: Client, link: str, pack: SmallPack, load: Callable[[], Loaded]
) -> None:
    answer(client, link, "right")
    load()
    assert freshness(queries.current_catalogue().programmes[C3I], on=ON).state == "confirmed"
    pack.replace("quebec/c3i", "id: c3i", "id: c3i\nname_unverified: [en]")
    load()
    assert freshness(queries.current_catalogue().programmes[C3I], on=ON).state != "confirmed"
    told = str(Revision.objects.get(programme=C3I, number=2).changes)
    assert "Confirm" not in told, "a confirmation is no change of the document"
    assert "(version précédente)" in words(desk.get(f"/equipe/a-verifier/{C3I}/"))


def test_who_else_was_asked_has_nothing_to_answer_any_more(client: Client, link: str, team: Person) -> None:
    asking.ask(C3I, to=To("other@example.org"), by=team, at=day.now())
    answer(client, link, "right")
    response = client.get(link_of(outbox.outbox[1]))
    assert response.status_code == 410
    assert "quelqu’un a répondu" in words(response)


def test_a_programme_that_left_the_site_is_not_asked_about(
    client: Client, link: str, pack: SmallPack, load: Callable[[], Loaded], team: Person
) -> None:
    pack.drop("quebec/c3i")
    load()
    assert client.get(link).status_code == 410
    for id_ in (C3I, "nothing"):
        with pytest.raises(NotAsked, match="no-programme"):
            asking.ask(id_, to=To("b@example.org"), by=team, at=day.now())


def test_the_registers_name_no_address(client: Client, link: str) -> None:
    answer(client, link, "right")
    assert {entry.what for entry in AuditEntry.objects.all()} == {"confirmation-asked", "programme-right"}
    assert "@" not in "".join(str(entry.data) + entry.on for entry in AuditEntry.objects.all())


# --------------------------------------------------------------------------------------------------- letters


@pytest.mark.parametrize(("lang", "said"), [("fr", "Est-ce exact?"), ("en", "Is this right?")])
@pytest.mark.usefixtures("catalogue")
def test_the_letter_over_smtp(server: Box, team: Person, client: Client, lang: str, said: str) -> None:  # noqa: F811
    asking.ask(C3I, to=To("office@example.org", lang), by=team, at=day.now())
    (letter,) = server.letters
    assert said in letter["Subject"].replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        address = re.search(r"http://127.0.0.1:8000(\S*/confirmer/[^/\s\"]+/)[\s\"]", part(letter, kind))
        assert address
        assert address[1].startswith("/en/") == (lang == "en")
        assert client.get(address[1]).status_code == 200


@pytest.mark.usefixtures("catalogue")
def test_a_letter_of_the_evening_says_the_day_where_the_companies_are(team: Person) -> None:
    evening = datetime(2026, 11, 26, 21, tzinfo=day.HERE)
    asking.ask(C3I, to=To("office@example.org"), by=team, at=evening)
    asking.remind(at=evening + timedelta(days=7))
    letter = outbox.outbox[-1].body.replace("\N{NO-BREAK SPACE}", " ")
    assert "26 novembre 2026" in letter
    assert "26 décembre 2026" in letter


def test_one_press_stops_them(link: str, team: Person) -> None:
    program = Client(enforce_csrf_checks=True)  # a mail program has no cookie
    assert program.get(f"{link}arreter/").status_code == 200
    assert not NoMore.objects.exists()
    assert program.post(f"{link}arreter/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert program.get(link).status_code == 410
    with pytest.raises(NotAsked, match="declined"):
        asking.ask("canexport-pme", to=To("OFFICE@example.org"), by=team, at=day.now() + 90 * DAY)


@pytest.mark.usefixtures("catalogue")
def test_who_wants_no_letter_gets_none_even_once_their_account_and_its_requests_are_gone(officer: Person) -> None:
    for address in (officer.email, "office@example.org"):
        asking.decline(asking.ask(C3I, to=To(address), by=None, at=day.now()), at=day.now())
    officer.delete()
    assert FORGETS["confirmations"](now=day.now() + 730 * DAY) == 1
    assert not Request.objects.exists()
    assert all("@" not in str(row) for row in NoMore.objects.values())
    for address in ("Officer@example.org", "office@example.org"):
        with pytest.raises(NotAsked, match="declined"):
            asking.ask(C3I, to=To(address), by=None, at=day.now())


def test_an_address_is_asked_once_at_a_time(request_: Request, team: Person) -> None:
    with pytest.raises(NotAsked, match="already"):
        asking.ask(C3I, to=To("Office@example.org "), by=team, at=day.now() + DAY)
    asking.ask(C3I, to=To("office@example.org"), by=team, at=request_.expires)
    assert Request.objects.filter(revoked=None).count() == 1


@pytest.mark.usefixtures("catalogue")
def test_a_letter_that_does_not_leave_leaves_nothing(settings: Any, team: Person, desk: Client) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1
    with pytest.raises(MailNotSent):
        asking.ask(C3I, to=To("office@example.org"), by=team, at=day.now())
    assert not Request.objects.exists()
    form = {"do": "address", "email": "office@example.org", "language": "fr"}
    page = desk.post(f"/equipe/a-verifier/{C3I}/", form)
    assert page.status_code == 503
    assert "Le courriel à office@example.org n’a pas pu partir" in words(page)
    assert 'value="office@example.org"' in page.content.decode(), "what was typed is there"


@pytest.mark.usefixtures("catalogue")
def test_two_presses_say_the_same_of_who_could_not_be_asked(desk: Client) -> None:
    asking.decline(asking.ask(C3I, to=To("office@example.org"), by=None, at=day.now()), at=day.now())
    form = {"do": "address", "email": "office@example.org", "language": "fr", "form_key": "k" * 20}
    for _press in range(2):
        page = desk.post(f"/equipe/a-verifier/{C3I}/", form)
        assert (page.status_code, "ne veut plus de ces demandes" in words(page)) == (422, True)
    assert "office" not in str(list(SentForm.objects.values()))


@pytest.mark.usefixtures("catalogue")
def test_a_letter_that_is_refused_stops_no_other(
    officer: Person, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = make_person("second@example.org")
    join(second, make_organisation("mfq2", provider=provider_of(C3I)), MemberRole.OFFICER)
    send = asking.send

    def refusing(name: str, *, to: str, **letter: Any) -> None:
        if to == officer.email:
            raise MailNotSent
        send(name, to=to, **letter)

    monkeypatch.setattr(asking, "send", refusing)
    assert nightly.ask_due(at=day.now() + 400 * DAY) == 1
    assert Request.objects.get().email == second.email
    Request.objects.all().delete()
    page = desk.post(f"/equipe/a-verifier/{C3I}/", {"do": "officers"})
    assert (page.status_code, f"Le courriel à {officer.email} n’a pas pu partir" in words(page)) == (503, True)
    assert Request.objects.get().email == second.email


def test_two_reminders_then_silence_is_told_to_the_team(request_: Request, link: str, client: Client) -> None:
    sent = []
    for days in range(40):
        asking.remind(at=request_.created + days * DAY)
        sent.append(len(outbox.outbox) - 1)
    assert [sent[6], sent[7], sent[13], sent[14], sent[39]] == [0, 1, 1, 2, 2]
    assert link_of(outbox.outbox[2]) == link
    assert "Rappel" in outbox.outbox[1].subject
    assert Review.objects.get().reason == "silent"
    answer(client, link, "right")
    assert Review.objects.get().outcome == "recovered"


def test_who_answered_is_not_reminded(request_: Request, link: str, client: Client) -> None:
    answer(client, link, "wrong", text="Non.")
    assert asking.remind(at=request_.created + 8 * DAY) == 0


def test_nobody_is_reminded_of_a_programme_that_is_retired(request_: Request) -> None:
    actions.retire(programme_id=C3I, why=actions.Why(by="x", reason="y", at=day.now()))
    for days in (8, 15, 22):
        assert asking.remind(at=request_.created + days * DAY) == 0
    assert len(outbox.outbox) == 1
    assert not Review.objects.exists()


def test_what_was_confirmed_holds_once_the_programme_is_restored(client: Client, desk: Client, link: str) -> None:
    answer(client, link, "right")
    for act in (actions.retire, actions.restore):
        act(programme_id=C3I, why=actions.Why(by="x", reason="y", at=day.now()))
    assert freshness(queries.current_catalogue().programmes[C3I], on=ON).state == "confirmed"
    assert "(version précédente)" not in words(desk.get(f"/equipe/a-verifier/{C3I}/"))


@pytest.mark.usefixtures("catalogue")
def test_each_night_officers_are_asked_about_what_is_old(officer: Person) -> None:
    later = day.now() + 400 * DAY
    assert nightly.ask_due(at=later) == 1
    assert Request.objects.get().person == officer
    assert outbox.outbox[0].to == [officer.email]
    assert "/en/confirmer/" in outbox.outbox[0].body
    assert nightly.ask_due(at=later + DAY) == 0


@pytest.mark.usefixtures("catalogue")
def test_an_officer_who_confirms_is_known_by_the_register_alone(officer: Person, client: Client) -> None:
    asking.ask(
        C3I, to=asking.officers(asking.current_catalogue().programmes[C3I].provider.id)[0], by=None, at=day.now()
    )
    answer(client, link_of(outbox.outbox[0]), "right")
    assert Confirmation.objects.get().by == officer
    assert officer.name not in words(client.get(f"/programmes/{C3I}/"))
    officer.delete()
    assert not Request.objects.exists()
    assert Confirmation.objects.get().by is None


def test_who_was_asked_is_forgotten_but_what_they_confirmed_stays(request_: Request, link: str, client: Client) -> None:
    answer(client, link, "right")
    assert FORGETS["confirmations"](now=request_.created + 729 * DAY) == 0
    assert FORGETS["confirmations"](now=request_.created + 730 * DAY) == 1
    assert Confirmation.objects.count() == 1


# -------------------------------------------------------------------------------------------------- the team


@pytest.mark.usefixtures("catalogue")
def test_the_team_asks_revokes_and_verifies(desk: Client, officer: Person) -> None:
    page = f"/equipe/a-verifier/{C3I}/"
    key = re.findall(r'name="form_key" value="([^"]+)"', desk.get(page).content.decode())[0]
    for _press in range(2):
        assert desk.post(page, {"do": "officers", "form_key": key}).status_code == 303
    assert [letter.to for letter in outbox.outbox] == [[officer.email]], "a second press is no second request"
    refused = desk.post(page, {"do": "officers"})
    assert (refused.status_code, "a déjà une demande sans réponse" in words(refused)) == (422, True)
    assert desk.post(page, {"do": "address", "email": "nobody", "language": "fr"}).status_code == 422
    assert desk.post(page, {"do": "revoke", "number": Request.objects.get().pk}).status_code == 303
    assert Request.objects.get().revoked
    source = next(iter(queries.current_catalogue().programmes[C3I].document["sources"]))
    for wrong in ({"source": "x", "day": "2026-11-20"}, {"source": source, "day": "2026-11-27"}, {"source": source}):
        assert desk.post(page, {"do": "verify", **wrong}).status_code == 422
    assert desk.post(page, {"do": "verify", "source": source, "day": "2026-11-25"}).status_code == 303
    programme = queries.current_catalogue().programmes[C3I]
    assert (freshness(programme, on=ON).state, freshness(programme, on=ON).months) == ("fresh", 0)
    assert programme.document["sources"][source]["read"] == "2026-11-25"
    assert "l’équipe" in words(desk.get(page))
    assert desk.post(page, {"do": "nothing"}).status_code == 422
    assert desk.get("/equipe/a-verifier/nothing/").status_code == 404


@pytest.mark.usefixtures("catalogue")
def test_a_source_read_before_its_own_reading_changes_nothing_of_it(desk: Client) -> None:
    """What was confirmed too early took the programme off the site."""
    page, sources = f"/equipe/a-verifier/{C3I}/", current(C3I)["sources"]
    key = next(key for key, source in sources.items() if source.get("dated"))
    early = desk.post(page, {"do": "verify", "source": key, "day": "2020-01-01"})
    assert (early.status_code, "Cette page est datée d’après ce jour" in words(early)) == (422, True)
    assert "2020-01-01" in early.content.decode()
    undated = next(key for key, source in sources.items() if not source.get("dated"))
    for chosen, typed in ((key, sources[key]["dated"]), (undated, "2020-01-01")):
        assert desk.post(page, {"do": "verify", "source": chosen, "day": typed}).status_code == 303
    assert current(C3I)["sources"] == sources
    assert Confirmation.objects.count() == 2


def current(id_: str) -> dict[str, Any]:
    """The document of a programme as the site shows it."""
    return dict(queries.current_catalogue().programmes[id_].document)


def test_a_review_of_another_programme_is_not_closed_from_here(client: Client, link: str, team: Person) -> None:
    answer(client, link, "gone")
    done = confirming.close_review(
        Review.objects.get().pk, programme_id="canexport-pme", outcome="done", by=team, at=day.now()
    )
    assert not done


def test_an_officer_has_no_page_of_the_team(officer: Person) -> None:
    assert sign_in(officer).get("/equipe/a-verifier/").status_code == 404
