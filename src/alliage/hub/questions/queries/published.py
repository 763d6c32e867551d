"""Published answers: found by words, one by one, and on the page of their programme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.urls import reverse

from alliage.core.search.text_index import TextIndex
from alliage.core.search.texts import Text
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.programmes.queries.stored import current_shelf
from alliage.hub.questions.models import Answer
from alliage.hub.questions.queries.about import place_name
from alliage.hub.ui.day import keep_on

WEIGHTS = {"question": 4, "answer": 1, "subject": 2}
MOST_ALIKE = 3
ALIKE = 0.34  # share of the words typed that a question must hold to be shown as alike
PAGE_SIZE = 20
MOST_FOUND = 500
OTHER = {"fr": "en", "en": "fr"}


def published() -> Iterable[Answer]:
    """Every published answer, the newest first."""
    return Answer.objects.filter(state=Answer.State.PUBLISHED).select_related("organisation")


def alike(typed: str, *, on: date, speech: Speech, programme: str = "") -> list[Plain]:
    """Published answers to questions like this one: those of the same programme first."""
    found = _index(speech.lang, *_stamp()).search(typed, share=ALIKE, limit=MOST_ALIKE * 4)
    rows = _rows(found)
    rows.sort(key=lambda row: programme not in row.programmes)
    return [line(row, on=on, speech=speech) for row in rows[:MOST_ALIKE]]


def search_page(typed: str, *, programme: str, page: int, on: date, speech: Speech) -> Plain:
    """The answers found by words, or all; of one programme if one is asked."""
    found = _index(speech.lang, *_stamp()).search(typed, limit=MOST_FOUND) if typed.strip() else None
    rows = list(published()) if found is None else _rows(found)
    programme = speech.catalogue.redirects.get(programme, programme)
    if programme in speech.catalogue.programmes:
        rows = [row for row in rows if programme in row.programmes]
    else:
        programme = ""
    shown = Paginator(rows, PAGE_SIZE).get_page(page or 1)
    return {
        "lines": [line(row, on=on, speech=speech) for row in shown],
        "total": shown.paginator.count,
        "typed": typed,
        "programme": programme,
        "name": speech.text(speech.catalogue.programmes[programme].name) if programme else "",
        "page": shown.number,
        "pages": shown.paginator.num_pages,
        "previous": _at(typed, programme, shown.previous_page_number()) if shown.has_previous() else "",
        "next": _at(typed, programme, shown.next_page_number()) if shown.has_next() else "",
    }


def _at(typed: str, programme: str, page: int) -> str:
    kept = {key: value for key, value in (("q", typed), ("programme", programme)) if value}
    return keep_on(f"{reverse('questions:search')}?{urlencode({**kept, 'page': page})}")


def answer_page(number: int, *, on: date, speech: Speech) -> Plain | None:
    """One published answer; ``None`` if there is none."""
    row = Answer.objects.filter(pk=number, state=Answer.State.PUBLISHED).select_related("organisation").first()
    return None if row is None else whole(row, on=on, speech=speech)


def of_programme(programme_id: str, *, on: date, speech: Speech) -> list[Plain]:
    """The published answers about a programme, the newest first."""
    ids = _by_programme(*_stamp()).get(programme_id, ())
    return [line(row, on=on, speech=speech) for row in _rows(ids)] if ids else []


def programme_part(programme_id: str, *, on: date, speech: Speech) -> Plain | None:
    """What the page of a programme shows of them; nothing if there is none."""
    lines = of_programme(programme_id, on=on, speech=speech)
    if not lines:
        return None
    more = len(lines) - MOST_ALIKE
    return {
        "template": "questions/_programme.html",
        "id": programme_id,
        "lines": lines[:MOST_ALIKE],
        "more": max(0, more),
    }


def line(row: Answer, *, on: date, speech: Speech) -> Plain:
    """An answer as a line of a list."""
    lang = speech.lang if row.question.get(speech.lang) else OTHER[speech.lang]
    return {
        "id": row.pk,
        "question": speech.typeset(row.question[lang]),
        "answer": speech.typeset(row.answer[lang]),
        "lang": lang if lang != speech.lang else "",
        "office": speech.text(row.organisation.name) if row.organisation else "",
        "valid_on": row.valid_on,
        "stale": row.review_by < on,
        "programmes": speech.programmes([id_ for id_ in row.programmes if id_ in speech.catalogue.programmes]),
    }


def whole(row: Answer, *, on: date, speech: Speech) -> Plain:
    """All that is shown of an answer."""
    return {
        **line(row, on=on, speech=speech),
        "review_by": row.review_by,
        "sources": row.sources,
        "need": speech.need(row.need) if row.need else "",
        "region": place_name(row.region, speech=speech),
        "translation": row.translation,
        "translated": row.original != speech.lang and bool(row.question.get(speech.lang)),
        "both": all(row.question.get(lang) for lang in OTHER),
    }


def _rows(ids: Iterable[str]) -> list[Answer]:
    order = [int(id_) for id_ in ids]
    rows = Answer.objects.filter(state=Answer.State.PUBLISHED).select_related("organisation").in_bulk(order)
    return [rows[id_] for id_ in order if id_ in rows]


def _stamp() -> tuple[str, str]:
    """What names the exact content of the index: the catalogue (synonyms, names), what is published."""
    rows = Answer.objects.filter(state=Answer.State.PUBLISHED)
    found = rows.aggregate(count=Count("id"), newest=Max("id"), last=Max("decided"))
    return current_shelf().stamp, "{count} {newest} {last}".format(**found)


@lru_cache(maxsize=2)
def _by_programme(_catalogue: str, _published: str) -> Mapping[str, tuple[str, ...]]:
    """The ids of the answers about each programme: a list in a row cannot be searched alike in both databases."""
    found: dict[str, tuple[str, ...]] = {}
    for row in published():
        for id_ in row.programmes:
            found[id_] = (*found.get(id_, ()), str(row.pk))
    return found


@lru_cache(maxsize=4)
def _index(lang: str, _catalogue: str, _published: str) -> TextIndex:
    shelf = current_shelf()
    names = {id_: programme.name for id_, programme in shelf.catalogue.programmes.items()}
    texts = {}
    for row in published():
        subject = {each: " ".join(names[id_][each] for id_ in row.programmes if id_ in names) for each in OTHER}
        fields = {each: (row.question.get(each, ""), row.answer.get(each, ""), subject[each]) for each in OTHER}
        texts[str(row.pk)] = Text(fields, tuple(filter(None, row.question.values())))
    return TextIndex(texts, weights=WEIGHTS, synonyms=shelf.synonyms, lang=lang)
