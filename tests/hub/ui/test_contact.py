"""Writing to the team: a letter that any mail program opens, whatever the name of the programme."""

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from alliage.hub.ui.contact import LONGEST_SUBJECT, mailto

ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)


@given(subject=ANYTHING, body=ANYTHING)
def test_no_sign_of_a_letter_escapes_from_it(subject: str, body: str) -> None:
    link = mailto("team@example.org", subject=subject, body=body)
    before, _, letter = link.partition("?")
    assert before == "mailto:team@example.org"
    assert letter.isascii()
    assert not set(letter) & set(" <>\"'#?\r\n")
    (first, told), (second, written) = (part.split("=") for part in letter.split("&"))
    assert (first, second) == ("subject", "body")
    assert len(unquote(told)) <= LONGEST_SUBJECT
    assert "\n" not in unquote(told)
    assert unquote(written).split("\r\n") == (body.splitlines() or [""])
