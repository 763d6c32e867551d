"""A plan as a file to download."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse

from alliage import papers
from alliage.hub.finder.forms.plan import Paper

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
NAMES = {"fr": "plan-de-financement", "en": "financing-plan"}


def attached(answer: Mapping[str, Any], asked: Paper, *, lang: str) -> HttpResponse:
    """The paper that was asked for, with the company's name if one was given."""
    write: Callable[..., bytes] = getattr(papers, asked.form)
    made = write({**answer, **({"company": asked.company} if asked.company else {})}, lang=lang)
    response = HttpResponse(made, content_type=TYPES[asked.form])
    response.headers["Content-Disposition"] = f'attachment; filename="{NAMES[lang]}.{asked.form}"'
    return response
