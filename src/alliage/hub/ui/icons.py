"""Icons: the drawings of ``static/ui/icons.svg``, by name."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "ui/icons.svg"
OF_STATE = {
    "verdict": {"eligible": "check-circle", "possible": "question-circle", "ineligible": "cross-circle"},
    "intake": {
        "open": "door-open",
        "opens-on": "calendar",
        "closed": "door-closed",
        "suspended": "pause",
        "not-known": "clock",
    },
    "freshness": {"confirmed": "shield", "fresh": "clock", "stale": "warning", "undated": "question-circle"},
    "state": {"met": "check", "failed": "close", "missing": "question-circle"},
}
_FILE = Path(__file__).parent / "static" / SPRITE


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of the drawings, in their order."""
    return tuple(re.findall(r'<symbol id="([a-z0-9-]+)"', _FILE.read_text(encoding="utf-8")))


@lru_cache(maxsize=512)
def icon(name: str, label: str = "", classes: str = "") -> SafeString:
    """A drawing. Without a label, it repeats the word beside it and is hidden from screen readers.

    Raises:
        KeyError: there is no drawing of this name.
    """
    if name not in names():
        raise KeyError(f"No icon {name!r}; there are {', '.join(names())}.")
    role = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" {} width="20" height="20" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        role,
        static(SPRITE),
        name,
    )
