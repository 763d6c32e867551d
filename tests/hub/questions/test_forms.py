"""What is refused in the forms of questions is said in our words, never in those of Django."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django import forms

from alliage.hub.questions.forms import (
    AnswersFor,
    Ask,
    Away,
    Because,
    Box,
    Decide,
    Merge,
    More,
    Promise,
    Publish,
    Reply,
)

ON = date(2026, 11, 26)
LIST = [("a", "A"), ("b", "B")]
Made = Callable[[dict[str, object]], forms.Form]
FORMS: dict[str, Made] = {
    "ask": lambda sent: Ask(sent, needs=LIST, regions=LIST, owners=LIST),
    "reply": Reply,
    "because": Because,
    "more": More,
    "promise": lambda sent: Promise(sent, on=ON, most=timedelta(days=60)),
    "merge": lambda sent: Merge(sent, others=LIST),
    "away": Away,
    "answers-for": lambda sent: AnswersFor(sent, needs=LIST, regions=LIST),
    "box": Box,
    "publish": lambda sent: Publish(sent, places=LIST, on=ON),
    "decide": Decide,
}
LONG, BAD_MAIL, LONG_MAIL = "x" * 9_000, "not an address", f"{'x' * 300}@pme.example"


def told(made: Made, value: str) -> Iterator[str]:
    """All that is said when every field holds this."""
    names = made({}).fields
    form = made({name: [value] if isinstance(names[name], forms.MultipleChoiceField) else value for name in names})
    for errors in form.errors.values():
        yield from (str(error) for error in errors)


@pytest.mark.parametrize("name", FORMS)
def test_what_is_refused_is_said_in_our_words(name: str) -> None:
    said = {one for value in ("", LONG, BAD_MAIL, LONG_MAIL) for one in told(FORMS[name], value)}
    assert said, "something is refused"
    for one in said:
        assert not one.startswith(("Ce champ", "Saisissez", "Sélectionnez", "Assurez-vous", "Entrez")), one


def test_a_long_text_is_not_cut_by_the_browser() -> None:
    """A limit in the page would drop the end of what is pasted, in silence."""
    texts = [
        field for made in FORMS.values() for field in made({}).fields.values() if type(field.widget) is forms.Textarea
    ]
    assert texts
    assert all(getattr(field, "max_length", None) is None for field in texts)
