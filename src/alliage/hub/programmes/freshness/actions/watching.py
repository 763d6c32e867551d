"""The watch of links: what each address that programmes cite answers, and the reviews that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from alliage.hub.programmes.freshness import network
from alliage.hub.programmes.freshness.models import Link, Review
from alliage.hub.programmes.freshness.pages_read import became_home, read, says_gone
from alliage.hub.programmes.models import Programme
from alliage.hub.programmes.queries.stored import current_catalogue
from alliage.hub.ui.asked import fingerprint
from alliage.hub.ui.day import local_day

AGAIN = timedelta(days=7)
AGAIN_FAILING = timedelta(hours=20)  # the next night
A_NIGHT = 300  # addresses
_TO_ROBOTS = frozenset({401, 403, 429, 451})  # an answer to robots: people may well see the page
_WRONG = (Link.State.DEAD, Link.State.SOFT_404, Link.State.HOME)


def watch(*, at: datetime, most: int = A_NIGHT) -> dict[str, int]:
    """Look at the addresses that are due; how many, and how many reviews it opened."""
    cited = addresses()
    visitor, opened = network.Visitor(), 0
    due = list(_due(cited, at=at))[:most]
    for key in due:
        url, programmes = cited[key]
        answer = visitor.ask(url)
        opened += _kept(key, url, programmes, answer, at=at)
    _close_replaced(cited, at=at)
    return {"looked": len(due), "opened": opened}


def addresses() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each address that programmes cite, by its fingerprint, with the programmes that do."""
    found: dict[str, dict[str, None]] = {}
    for programme in current_catalogue().programmes.values():
        document = programme.document
        for url in (*(source["url"] for source in document["sources"].values()), *document["url"].values()):
            if url:
                found.setdefault(url, {})[programme.id] = None
    return {fingerprint(url): (url, tuple(ids)) for url, ids in found.items()}


def _due(cited: Mapping[str, object], *, at: datetime) -> Iterator[str]:
    """Those never looked at, then the oldest; one that fails is looked at the next night."""
    known = Link.objects.in_bulk(list(cited))
    yield from (key for key in cited if key not in known)
    for link in sorted(known.values(), key=lambda link: link.checked):
        if link.checked + (AGAIN_FAILING if link.failing_since else AGAIN) <= at:
            yield link.key


@transaction.atomic
def _kept(key: str, url: str, programmes: tuple[str, ...], answer: network.Answer, *, at: datetime) -> int:
    """What an address answered, and its reviews opened or closed; how many were opened."""
    link = Link.objects.select_for_update().filter(key=key).first() or Link(key=key, url=url)
    state, words = _state(url, answer)
    said = str(answer.status) if answer.status else answer.error
    failing = state is Link.State.DEAD
    since = (link.failing_since or local_day(at)) if failing else None
    twice = failing and since is not None and since < local_day(at)
    changed = bool(words and link.words and words != link.words)
    link.state, link.said, link.checked, link.failing_since = state, said, at, since
    link.words = words or link.words
    link.save()
    if state is Link.State.OK:
        _recovered(key, at=at)
    wrong = [state.value] if state in _WRONG and (twice or not failing) else []
    wrong += [Review.Reason.CHANGED.value] if changed else []
    return sum(_open(programmes, reason, key, {"url": url, "said": said}, at=at) for reason in wrong)


def _state(url: str, answer: network.Answer) -> tuple[Link.State, str]:
    """How an address is, and the fingerprint of its words if it is a page that is there."""
    if answer.status in _TO_ROBOTS or answer.error in ("private", "scheme"):
        return Link.State.REFUSED, ""
    if not answer.status or answer.status >= 400:
        return Link.State.DEAD, ""
    if became_home(url, answer.url):
        return Link.State.HOME, ""
    if "html" not in answer.kind:
        return Link.State.OK, ""
    words, titles = read(answer.body, answer.kind)
    if says_gone(titles):
        return Link.State.SOFT_404, ""
    return Link.State.OK, fingerprint(words) if words else ""


def _open(programmes: tuple[str, ...], reason: str, key: str, seen: dict[str, str], *, at: datetime) -> int:
    opened = 0
    for programme_id in Programme.objects.filter(id__in=programmes, retired=None).values_list("id", flat=True):
        _row, made = Review.objects.get_or_create(
            programme_id=programme_id, reason=reason, key=key, closed=None, defaults={"seen": seen, "opened": at}
        )
        opened += made
    return opened


def _close_replaced(cited: Mapping[str, tuple[str, tuple[str, ...]]], *, at: datetime) -> None:
    """An address that its programme no longer cites needs no review. Of a programme that is off the site, they stay."""
    pairs = {(id_, key) for key, (_url, programmes) in cited.items() for id_ in programmes}
    known = {id_ for id_, _key in pairs}
    waiting = Review.objects.filter(closed=None, reason__in=[*(state.value for state in _WRONG), Review.Reason.CHANGED])
    rows = waiting.values_list("pk", "programme_id", "key")
    gone = [pk for pk, id_, key in rows if id_ in known and (id_, key) not in pairs]
    Review.objects.filter(pk__in=gone, closed=None).update(closed=at, outcome="replaced")


def _recovered(key: str, *, at: datetime) -> None:
    """What answers again needs no review; what changed still does."""
    rows = Review.objects.filter(key=key, reason__in=[state.value for state in _WRONG], closed=None)
    rows.update(closed=at, outcome="recovered")
