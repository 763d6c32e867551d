"""The key of a form that was sent: the one that its page carried, with all that was typed and by whom.

What is typed is part of it: a page that the browser kept, filled in otherwise and sent again, is another form. How
its lines end is not: a browser sends them otherwise than a script does.
"""

from __future__ import annotations

import json
import re

from django.http import HttpRequest

from alliage.hub.people.access import who
from alliage.hub.ui.asked import FORM_KEY, fingerprint

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


def key_of(request: HttpRequest) -> str:
    """The key of the form of a request; nothing if its page carried none."""
    if not _KEY.fullmatch(request.POST.get(FORM_KEY, "")):
        return ""
    person = who(request).person
    sent = request.POST.lists()
    typed = sorted(
        (name, [_lines(value) for value in values]) for name, values in sent if name != "csrfmiddlewaretoken"
    )
    return fingerprint(json.dumps([person.pk if person else None, request.path, typed]))


def _lines(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n")
