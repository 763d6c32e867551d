"""What ``meetings --json`` writes, as pydantic models: they make the schema, and tests hold real answers against it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alliage.cli.results_schema import Day, Document

Clock = Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")]
Count = Annotated[int, Field(ge=0)]


class MeetingsProofDocument(Document):
    """How sure it is that no timetable is worth more: ``gap`` 0 is a proof."""

    worth: int = Field(description="Weight of the wishes met, less the prices of the best wishes that are missing.")
    bound: int
    gap: Count
    complete: bool = Field(description="False if the time was over first.")


class MeetingsCountsDocument(Document):
    """The day in numbers; ``short``: companies with less than their fair share. ``waiting`` in minutes."""

    wishes: Count
    meetings: Count
    first_wishes: Count
    companies: Count = Field(description="Those that wished something.")
    without: Count
    short: Count
    waiting: Count
    last: Clock | None


class CompanyMeetingDocument(Document):
    """A meeting as the company sees it; ``rank`` of the wish, from 1."""

    officer: str
    name: str
    room: str | None
    starts: Clock
    ends: Clock
    rank: Count


class MissDocument(Document):
    """A wish that was not met, and why."""

    officer: str
    name: str
    rank: Count
    reason: Literal[
        "officer-absent",
        "company-absent",
        "no-common-slot",
        "officer-full",
        "gave-way",
        "own-limit",
        "room-full",
        "no-place-left",
    ]
    taken: Count = Field(description="Meetings that fill the officer, or the company for `own-limit`.")
    most: Count
    less: Count = Field(description="Of these, those with companies that wished the officer less.")
    fair: Count = Field(description="Of these, those without which the company would miss its fair share.")


class MeetingsCompanyDocument(Document):
    """The receipt of a company."""

    id: str
    name: str
    meetings: list[CompanyMeetingDocument]
    misses: list[MissDocument]
    short: Count
    waiting: Count


class OfficerMeetingDocument(Document):
    """A meeting as the officer sees it."""

    company: str
    name: str
    starts: Clock
    ends: Clock


class MeetingsOfficerDocument(Document):
    """The receipt of an officer."""

    id: str
    name: str
    room: str | None
    meetings: list[OfficerMeetingDocument]
    most: Count
    asked: Count
    missed: Count


class DoublingDocument(Document):
    """What one more adviser beside an officer would add."""

    officer: str
    name: str
    meetings: int
    worth: Count


class MeetingsDocument(Document):
    """The whole answer."""

    date: Day
    title: str
    place: str
    seed: Count
    proof: MeetingsProofDocument
    counts: MeetingsCountsDocument
    companies: list[MeetingsCompanyDocument]
    officers: list[MeetingsOfficerDocument]
    doubling: list[DoublingDocument]
