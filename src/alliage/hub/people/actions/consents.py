"""Consents: what a person agreed to, purpose by purpose, in words that have a version. Withdrawn as easily as given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.access import NotYours
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Consent, Person


@dataclass(frozen=True, slots=True)
class Purpose:
    """What may be agreed to. Who changes the words changes the version: a consent names the words it was given to."""

    version: str
    title: Any
    text: Any


PURPOSES: Mapping[str, Purpose] = {
    "alerts": Purpose(
        "1",
        _("Alertes sur mes dossiers et mes programmes"),
        _("Alliage m’écrit quand un programme que je suis change, ouvre ou va fermer."),
    ),
}


def holds(person: Person, purpose: str) -> bool:
    """Whether a person agrees to something now, in the words of today."""
    version = PURPOSES[purpose].version
    return Consent.objects.filter(person=person, purpose=purpose, version=version, withdrawn=None).exists()


@transaction.atomic
def choose(person: Person, wanted: frozenset[str], *, language: str, at: datetime, how: str) -> None:
    """What a person agrees to from now on: what is wanted and was not is given, what is no longer wanted is withdrawn.

    Raises:
        NotYours: one of them is no purpose of ours.
    """
    if not wanted <= PURPOSES.keys():
        raise NotYours
    Person.objects.select_for_update().get(pk=person.pk)  # of two presses, the second finds what the first one gave
    now_held = {c.purpose: c for c in Consent.objects.select_for_update().filter(person=person, withdrawn=None)}
    for purpose, words in PURPOSES.items():
        held = now_held.get(purpose)
        stays = held is not None and purpose in wanted and held.version == words.version
        if held is not None and not stays:
            Consent.objects.filter(pk=held.pk).update(withdrawn=at)
            audit("consent-withdrawn", by=person, at=at, purpose=purpose)
        if purpose in wanted and not stays:
            Consent.objects.create(
                person=person, purpose=purpose, version=words.version, language=language, given=at, how=how
            )
            audit("consent-given", by=person, at=at, purpose=purpose, version=words.version)
