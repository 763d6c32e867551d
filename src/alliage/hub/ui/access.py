"""Who may open a page, said on its view. The ground floor has pages for anyone; ``people.access`` has the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

PUBLIC = "public"


def public(view: View) -> View:
    """A page for anyone."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # read by the table of access, and by its test
    return view
