"""What a question is about, in the words of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from alliage.core.rules.condition import Condition, Leaf
from alliage.hub.people.models import Organisation
from alliage.hub.programmes.queries.contacts import contact_of
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.questions.models import Question
from alliage.hub.questions.queries.places import place_of


def about(*, programme: str, kind: str, point: str, need: str, region: str, speech: Speech) -> Plain:
    """The programme with whom to call, the line of a receipt or the day, the need and the region.

    What is not known is empty.
    """
    found = speech.catalogue.programmes.get(speech.catalogue.redirects.get(programme, programme))
    line = ""
    if found is not None and kind == Question.Kind.RECEIPT:
        line = next((speech.condition(found, one)["words"] for one in _on(found.conditions, point)), "")
    return {
        "programme": found.id if found else "",
        "name": speech.text(found.name) if found else "",
        "provider": speech.text(found.provider.name) if found else "",
        "line": line,
        "plan": kind == Question.Kind.PLAN,
        "day": kind == Question.Kind.DAY,
        "place": place_of(point) if kind == Question.Kind.DAY else None,
        "need": speech.need(need) if need else "",
        "region": place_name(region, speech=speech),
        "contact": contact_of(found.id, speech=speech) if found else {},
    }


def about_question(question: Question, *, speech: Speech) -> Plain:
    """The same, of a question that was asked."""
    return about(
        programme=question.programme,
        kind=question.kind,
        point=question.about,
        need=question.need,
        region=question.region,
        speech=speech,
    )


def programme_name(id_: str, *, speech: Speech) -> str:
    """What a programme is called; nothing if it is not in the catalogue any more."""
    programme = speech.catalogue.programmes.get(speech.catalogue.redirects.get(id_, id_))
    return speech.text(programme.name) if programme else ""


def organisation_name(question: Question, *, speech: Speech) -> str:
    """The office that is to answer; nothing if it is the team."""
    return speech.text(question.organisation_asked.name) if question.organisation_asked else ""


def place_name(code: str, *, speech: Speech) -> str:
    """What a place is called; nothing if it is not in the pack."""
    places = speech.catalogue.vocabulary.places
    return speech.typeset(places.name(code, speech.lang)) if code in places else ""


def regions(speech: Speech) -> list[tuple[str, str]]:
    """The regions, to choose from."""
    places = speech.catalogue.vocabulary.places.places.values()
    return [(place.code, speech.typeset(place.name[speech.lang])) for place in places if place.level == "region"]


def region_of(code: str, *, speech: Speech) -> str:
    """The region of a place; nothing if it is larger than a region, or not in the pack."""
    places = speech.catalogue.vocabulary.places
    line = places.ancestors(code) if code in places else ()
    return next((one for one in line if places.places[one].level == "region"), "")


def needs(speech: Speech) -> list[tuple[str, str]]:
    """The needs, to choose from."""
    vocabulary = speech.catalogue.vocabulary
    values = vocabulary.attributes[vocabulary.roles.needs].values or {}
    return [(id_, speech.capital(speech.need(id_))) for id_ in values]


def owners_of(ids: Iterable[int], *, speech: Speech) -> list[tuple[str, str]]:
    """Organisations, to choose from."""
    return [(one.slug, speech.text(one.name)) for one in Organisation.objects.filter(pk__in=list(ids))]


def choices(pairs: Iterable[tuple[str, str]], *, empty: str = "") -> list[tuple[str, str]]:
    """Options of a list, with one for what is not known."""
    return [("", empty or _("Je ne sais pas")), *pairs]


def _on(conditions: Iterable[Condition], attribute: str) -> Iterator[Condition]:
    """The conditions that ask something of an attribute."""
    for condition in conditions:
        if isinstance(condition, Leaf):
            if condition.attribute == attribute:
                yield condition
        else:
            yield from _on(condition.conditions, attribute)
