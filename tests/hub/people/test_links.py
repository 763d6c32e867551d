"""Links of letters: of one purpose, some for a time; those that were sent open what they did, whatever we rewrite."""

from __future__ import annotations

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import signing

from alliage.hub.days import links as of_days
from alliage.hub.finder.actions import following
from alliage.hub.meetings import links as of_meetings
from alliage.hub.meetings.apps import GUEST
from alliage.hub.people.actions import first_link
from alliage.hub.people.links import LONGEST, Purpose, address, new_nonce, read, sign
from alliage.hub.programmes.freshness import links as of_freshness
from alliage.hub.questions import links as of_questions

SEAT, BOX = Purpose("test.seat"), Purpose("test.box", parts=3)
HOUR = Purpose("test.hour", dated=True, life=timedelta(hours=1))
PLAIN = {
    "alliage.days.mine": of_days.MINE,
    "alliage.days.stop": of_days.STOP,
    "alliage.days.follow": of_days.FOLLOW,
    "alliage.days.stop-inviting": of_days.STOP_INVITING,
    "alliage.days.meetings": GUEST,
    "alliage.meetings.desk": of_meetings.DESK,
    "alliage.freshness.confirmation": of_freshness.CONFIRM,
}
OF_THREE = {
    "alliage.questions.mine": of_questions.MINE,
    "alliage.questions.office": of_questions.OFFICE,
    "alliage.questions.digest": of_questions.DIGEST,
}


@pytest.mark.parametrize("purpose", [SEAT, HOUR])
def test_a_link_says_what_it_was_signed_from_even_with_hyphens(purpose: Purpose) -> None:
    assert read(purpose, sign(purpose, 12, "a-b_-c")) == ("12", "a-b_-c")
    assert read(BOX, sign(BOX, 12, 0, "a-b")) == ("12", "0", "a-b")


def test_a_link_that_does_not_expire_is_the_same_each_time() -> None:
    assert sign(SEAT, 1, "n") == sign(SEAT, 1, "n")


@pytest.mark.parametrize("purpose", [SEAT, BOX, HOUR])
def test_what_was_not_signed_for_this_opens_nothing(purpose: Purpose) -> None:
    token = sign(purpose, 1, "n")
    others = [sign(other, 1, "n") for other in (SEAT, BOX, HOUR) if other is not purpose]
    for forged in ("", "nothing", "1-n.x", "1:2:3", "é", "\ud800", token[:-1], "2" + token[1:], *others):
        assert read(purpose, forged) is None, forged


@pytest.mark.parametrize("purpose", [SEAT, HOUR])
def test_a_link_longer_than_any_of_ours_is_not_read(purpose: Purpose) -> None:
    assert read(purpose, sign(purpose, 1, "n" * LONGEST)) is None


def test_a_link_dies_at_the_end_of_its_life(monkeypatch: pytest.MonkeyPatch) -> None:
    token = sign(HOUR, 1, "n")
    made = time.time()
    for later, opens in ((3_500, True), (3_700, False)):
        clock = SimpleNamespace(time=lambda later=later: made + later)
        monkeypatch.setattr(signing, "time", clock)
        assert (read(HOUR, token) is not None) is opens


def test_links_that_were_sent_still_open() -> None:
    """As each room signed them before they shared one way; a salt that moves would shut them all."""
    for salt, purpose in PLAIN.items():
        assert read(purpose, signing.Signer(salt=salt, sep=".").sign("7-a-b")) == ("7", "a-b"), salt
    for salt, purpose in OF_THREE.items():
        assert read(purpose, signing.Signer(salt=salt, sep=".").sign("7-2-a-b")) == ("7", "2", "a-b"), salt
    assert read(following.STOP, signing.dumps(7, salt="alliage.alerts.stop")) == ("7",)
    assert read(first_link.FIRST, signing.dumps([7, 1.25], salt="alliage.first-link")) == ("7", "1.25")


def test_what_makes_a_link_secret_is_never_twice_the_same_and_fits_its_column() -> None:
    made = {new_nonce() for _ in range(100)}
    assert len(made) == 100
    assert max(map(len, made)) <= 40


def test_an_address_is_in_the_language_of_whom_it_is_written_to() -> None:
    assert address("days:days", language="fr").endswith("//127.0.0.1:8000/journees/")
    assert address("days:days", language="en").endswith("/en/journees/")
