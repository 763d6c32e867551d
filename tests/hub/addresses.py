"""Every address of the site, from its own table: a page that is added is tried without being listed anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

# What stands for each part of an address: the page of something, of something that moved, of nothing.
PARTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "days:tour": {"slug": ("tournee-2027", "nothing")},
    "days:day": {"slug": ("saguenay", "nothing")},
    "days:day-ics": {"slug": ("saguenay", "nothing")},
    "days:offer-pdf": {"slug": ("saguenay", "nothing")},
    "days:register": {"slug": ("saguenay", "nothing")},
    "days:live": {"slug": ("saguenay", "nothing")},
    "days:feed": {"slug": ("saguenay", "nothing")},
    "days:screen": {"slug": ("saguenay", "nothing")},
    "days:screen-feed": {"slug": ("saguenay", "nothing")},
    "days:team-day": {"slug": ("saguenay", "nothing")},
    "days:team-edit": {"slug": ("saguenay", "nothing")},
    "days:team-open": {"slug": ("saguenay", "nothing")},
    "days:team-agenda": {"slug": ("saguenay", "nothing")},
    "days:team-people": {"slug": ("saguenay", "nothing")},
    "days:team-invite": {"slug": ("saguenay", "nothing")},
    "days:team-door": {"slug": ("saguenay", "nothing")},
    "days:team-live": {"slug": ("saguenay", "nothing")},
    "days:team-report": {"slug": ("saguenay", "nothing")},
    "days:badges-pdf": {"slug": ("saguenay", "nothing")},
    "days:report-pdf": {"slug": ("saguenay", "nothing")},
    "meetings:board": {"slug": ("saguenay", "nothing")},
    "meetings:timetable": {"slug": ("saguenay", "nothing")},
    "meetings:changes": {"slug": ("saguenay", "nothing")},
    "meetings:guest": {"token": ("nothing",)},
    "meetings:guest-ics": {"token": ("nothing",)},
    "meetings:desk": {"token": ("nothing",)},
    "meetings:desk-ics": {"token": ("nothing",)},
    "days:mine": {"token": ("nothing",)},
    "days:mine-ics": {"token": ("nothing",)},
    "days:follow": {"token": ("nothing",)},
    "days:stop": {"token": ("nothing",)},
    "days:stop-inviting": {"token": ("nothing",)},
    "days:door": {"token": ("nothing",)},
    "days:door-list": {"token": ("nothing",)},
    "finder:question": {"name": ("company.employees", "project.lines", "company.naics", "company.location", "nothing")},
    "finder:page": {"group": ("company", "project", "nothing")},
    "finder:receipt": {"id_": ("essor-volet-2", "chantier-productivite", "nothing")},
    "finder:shared": {"token": ("nothing",)},
    "finder:unshare": {"token": ("nothing",)},
    "finder:milestones": {"id_": ("1", "999999", "nothing")},
    "finder:file-calendar": {"token": ("nothing",)},
    "finder:file-feed": {"token": ("nothing",)},
    "finder:alerts-stop": {"token": ("nothing",)},
    "finder:project-file": {"id_": ("1", "999999", "nothing")},
    "finder:project-file-yaml": {"id_": ("1", "999999", "nothing")},
    "freshness:confirm": {"token": ("nothing",)},
    "freshness:stop": {"token": ("nothing",)},
    "freshness:correction": {"number": ("1", "nothing")},
    "freshness:check": {"id_": ("essor-volet-2", "nothing")},
    "programmes:detail": {"id_": ("essor-volet-2", "chantier-productivite", "nothing")},
    "questions:answer": {"number": ("1", "999999")},
    "questions:mine": {"token": ("nothing",)},
    "questions:stop": {"token": ("nothing",)},
    "questions:digest-stop": {"token": ("nothing",)},
    "questions:office": {"token": ("nothing",)},
    "questions:question": {"number": ("1", "999", "nothing")},
    "questions:publish": {"number": ("1", "999", "nothing")},
    "questions:reroute": {"number": ("1", "999", "nothing")},
    "questions:decide": {"number": ("1", "999", "nothing")},
    "freshness:correct": {"id_": ("essor-volet-2", "nothing")},
    "people:first-link": {"token": ("nothing",)},
    "people:invitation": {"token": ("nothing",)},
    "people:organisation": {"slug": ("atelier-a", "nothing")},
    "people:team-incident": {"incident_id": ("1", "999999")},
    "people:team-organisation": {"slug": ("atelier-a", "nothing")},
    "people:team-person": {"person_id": ("1", "999999")},
    "programmes:history": {"id_": ("frontiere", "nothing")},
    "programmes:edit": {"id_": ("frontiere", "nothing")},
    "programmes:undo": {"id_": ("frontiere", "nothing")},
    "programmes:retire": {"id_": ("frontiere", "nothing")},
    "programmes:restore": {"id_": ("frontiere", "nothing")},
    "programmes:proposal": {"number": ("1", "999", "nothing")},
    "programmes:proposal-correct": {"number": ("1", "999", "nothing")},
    "programmes:conflict": {"number": ("1", "999", "nothing")},
    "programmes:provider": {"id_": ("investissement-quebec", "nothing")},
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the site: its name, and the name of its part that changes, if any."""

    name: str
    part: str = ""

    def address(self, lang: str, value: str = "") -> str:
        """Where it is, in a language."""
        with translation.override(lang):
            return reverse(self.name, args=[value] if self.part else [])

    def addresses(self, lang: str) -> list[str]:
        """Where it is, for each thing that its part may stand for."""
        return (
            [self.address(lang, value) for value in PARTS[self.name][self.part]] if self.part else [self.address(lang)]
        )


def places() -> list[Place]:
    """Every page."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[Place]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, pattern.namespace or space)
        else:
            yield Place(f"{space}:{pattern.name}" if space else str(pattern.name), *pattern.pattern.converters)
