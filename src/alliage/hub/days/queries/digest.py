"""The answers of a day, as its page and its letter say them."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator

from alliage.hub.days.models import Day, LiveQuestion
from alliage.hub.questions.models import Question

LONGEST = 600  # signs of a question with its answer
Live = LiveQuestion.State


def digest_of(day: Day) -> dict[str, Any]:
    """What was answered, in the room or since, and how many questions still wait."""
    rows = list(day.live_questions.exclude(state__in=(Live.REFUSED, Live.MERGED)))
    handed = [row.question for row in rows if row.question and row.state != Live.ANSWERED]  # each counts once
    since = Question.objects.filter(pk__in=handed, answered__isnull=False).count()
    answered = [row for row in rows if row.state == Live.ANSWERED]
    return {
        "answered": len(answered) + since,
        "open": len(rows) - len(answered) - since,
        # what was answered in writing is the asker's, until it is published
        "items": [Truncator(f"{row.text} – {row.answer}").chars(LONGEST) for row in answered if row.answer],
    }
