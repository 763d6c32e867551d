"""What the forms of the plan send: preferences, a programme to keep or to put aside, a change to try, a name to print.

Nothing here is an answer of the profile. What cannot be read leaves things as they were: a slider is not a question.
"""

from __future__ import annotations

from dataclasses import dataclass

from alliage.hub.finder.dossier import NO_WISH, Wishes
from alliage.hub.finder.forms.data import Sent, one
from alliage.hub.finder.forms.problems import FieldProblem
from alliage.hub.ui.asked import whole_number
from alliage.hub.ui.problems import said
from alliage.papers.printable import too_long, visible

WISHES = ("less_debt", "fewer_files", "sooner")  # the names of the sliders, in the order of the dossier
STEP, MOST = 25, 100
PIN, BAN, FREE = "pin", "ban", "free"
PAPERS = ("pdf", "xlsx", "ics")
COMPANY = "company"
LONGEST_CODE = 120


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked of one programme: keep it, put it aside, or neither any more."""

    programme: str
    do: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper that was asked for, and the name to print on it."""

    form: str
    company: str
    problems: tuple[FieldProblem, ...] = ()


def read_wishes(sent: Sent, *, now: tuple[int, ...]) -> Wishes:
    """The sliders, each at its nearest step; one that says nothing that can be read stays where it was."""
    before = now or NO_WISH
    read = [_slider(one(sent, name), before[at]) for at, name in enumerate(WISHES)]
    return read[0], read[1], read[2]


def _slider(text: str, before: int) -> int:
    at = whole_number(text, digits=len(str(MOST)))
    return before if at is None else min(MOST, (at + STEP // 2) // STEP * STEP)


def read_choice(sent: Sent) -> Choice | None:
    """The programme and what to do with it; ``None`` if that is not said."""
    programme, do = one(sent, "programme"), one(sent, "do")
    return Choice(programme, do) if programme and do in (PIN, BAN, FREE) else None


def read_change(sent: Sent) -> str:
    """The code of the change to try; nothing if it is no code."""
    code = one(sent, "if")
    return code if len(code) <= LONGEST_CODE else ""


def read_paper(sent: Sent) -> Paper:
    """The paper, PDF if it is not said, and the name as it is printed: on one line, without signs that are not seen."""
    form, name = one(sent, "form"), visible(one(sent, COMPANY))
    refused = too_long(name, where=COMPANY)
    problems = tuple(FieldProblem(f"q-{COMPANY}", one.code, said=said(one)["says"]) for one in refused)
    return Paper(form if form in PAPERS else PAPERS[0], name, problems)
