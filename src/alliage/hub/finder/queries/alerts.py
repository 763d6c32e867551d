"""Alerts in words, for the page and for the letters; and what a person follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from alliage.hub.finder.models import Alert, AlertRhythm, Following, ProjectFile
from alliage.hub.finder.queries.voice import Voice, voice
from alliage.hub.people import mail
from alliage.hub.people.actions import consents
from alliage.hub.people.models import Person
from alliage.hub.programmes.queries import current_shelf
from alliage.hub.programmes.queries.naming import Named, named

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Told:
    """An alert in words."""

    title: str
    name: str
    url: str
    whole_url: str
    lines: tuple[str, ...]  # what changed, in the words of the revisions
    files: tuple[str, ...]  # what it does to each file
    created: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """A programme that is followed."""

    programme: Named
    url: str


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """All that the page of alerts shows."""

    alerts: tuple[Told, ...]
    followed: tuple[Followed, ...]
    by_mail: bool
    rhythm: str


def alerts_page(person: Person, *, lang: str) -> AlertsPage:
    """The latest alerts of a person, what they follow, and how they are written to."""
    rows = list(Alert.objects.filter(person=person)[:MOST_SHOWN])
    rhythm = AlertRhythm.objects.filter(person=person).first()
    return AlertsPage(
        alerts=tuple(told(rows, person=person, lang=lang)),
        followed=tuple(_followed(person, voice(current_shelf(), lang))),
        by_mail=consents.holds(person, "alerts"),
        rhythm=rhythm.rhythm if rhythm else AlertRhythm.Rhythm.WEEKLY,
    )


def follows(person: Person | None, programme: str) -> bool:
    """Whether a person follows a programme."""
    return person is not None and Following.objects.filter(person=person, programme=programme).exists()


def told(alerts: Sequence[Alert], *, person: Person, lang: str) -> list[Told]:
    """Alerts in words. A file is named only if the person may still open it."""
    speaks = voice(current_shelf(), lang)
    names = _file_names(alerts, person)
    return [_told(alert, names, speaks) for alert in alerts]


def _file_names(alerts: Iterable[Alert], person: Person) -> dict[int, str]:
    ids = {file for alert in alerts for file, _before, _after in alert.data.get("files", ())}
    mine = Q(person=person) | Q(organisation__memberships__person=person)
    return dict(ProjectFile.objects.filter(mine, pk__in=ids).values_list("pk", "name"))


def _told(alert: Alert, names: dict[int, str], speaks: Voice) -> Told:
    programme = speaks.catalogue.programmes.get(alert.programme)
    name = speaks.text(programme.name if programme else alert.data["name"])
    url = reverse("programmes:detail", args=[alert.programme])
    files = [(names[file], before, after) for file, before, after in alert.data.get("files", ()) if file in names]
    return Told(
        title=speaks.typeset(_title(alert, name, speaks)),
        name=name,
        url=url,
        whole_url=mail.whole_url(url),
        lines=tuple(speaks.text(line) for line in alert.data.get("lines", ())),
        files=tuple(speaks.typeset(_file(*file, speaks=speaks)) for file in files),
        created=alert.created,
    )


def _title(alert: Alert, name: str, speaks: Voice) -> str:
    said: dict[str, Any] = {"name": name}
    if alert.kind == Alert.Kind.DEADLINE:
        said["day"] = speaks.day(date.fromisoformat(alert.data["closes"]))
        return _("« %(name)s » ferme le %(day)s") % said
    if alert.kind == Alert.Kind.GONE:
        return _("« %(name)s » n’est plus offert") % said
    if alert.kind == Alert.Kind.BACK:
        return _("« %(name)s » est de nouveau offert") % said
    if alert.kind == Alert.Kind.ELIGIBLE:
        return _("Vous pourriez maintenant être admissible à « %(name)s »") % said
    if alert.kind == Alert.Kind.WORSE:
        return _("« %(name)s » a changé : vous pourriez ne plus être admissible") % said
    return _("« %(name)s » a changé") % said


def _file(name: str, before: str, after: str, *, speaks: Voice) -> str:
    """What a change does to one file: its verdict before and after."""
    said = {"file": name, "before": _verdict(before, speaks), "after": _verdict(after, speaks)}
    if not before and not after:
        return _("Dossier « %(file)s »") % said
    if not before:
        return _("Dossier « %(file)s » : %(after)s") % said
    if not after:
        return _("Dossier « %(file)s » : %(before)s auparavant") % said
    return _("Dossier « %(file)s » : %(before)s auparavant, %(after)s maintenant") % said


def _verdict(code: str, speaks: Voice) -> str:
    return speaks.phrase("verdicts", code) if code else ""


def _followed(person: Person, speaks: Voice) -> list[Followed]:
    ids = list(Following.objects.filter(person=person).values_list("programme", flat=True))
    names = named(ids, speech=speaks)
    return [Followed(names[id_], reverse("programmes:detail", args=[id_])) for id_ in ids]
