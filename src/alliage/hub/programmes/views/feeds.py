"""What changes and what closes, as Atom: of every programme, or of some."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import feedgenerator
from django.utils.translation import gettext as _

from alliage.hub.programmes import queries
from alliage.hub.programmes.views.common import day_of, speech_of
from alliage.hub.ui.day import HERE


def atom(
    request: HttpRequest, *, title: str, about: str, link: str, only: Collection[str] | None = None, key: str = ""
) -> HttpResponse:
    """What changed lately and what closes soon (of some: ``only``). ``link``: the page of the same.

    ``key`` tells a feed of some from the public one, by its id: it is no secret.
    """
    speech, on = speech_of(request), day_of(request)
    feed = feedgenerator.Atom1Feed(
        title=title,
        link=request.build_absolute_uri(link),
        description=about,
        language=f"{speech.lang}-CA",
        feed_guid=request.build_absolute_uri(f"{link}#{key}" if key else link),
        feed_url=request.build_absolute_uri(request.path),
    )
    for change in queries.changed_lately(on=on, speech=speech, only=only):
        where = request.build_absolute_uri(change["url"])
        said = "\n".join(line["words"] for line in change["lines"])
        _add(feed, change["name"], where, said, key=change["key"], at=change["at"])
    for item in queries.closing_soon(on=on, speech=speech):
        if only is None or item["id"] in only:
            where, told = request.build_absolute_uri(item["url"]), item["day"] - timedelta(days=queries.CLOSING_DAYS)
            said = _("Ferme le %(day)s") % {"day": speech.day(item["day"])}
            key, at = f"closes-{item['day'].isoformat()}", datetime.combine(told, time(), tzinfo=HERE)
            _add(feed, item["name"], where, said, key=key, at=at)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _add(feed: feedgenerator.SyndicationFeed, title: str, link: str, said: str, *, key: str, at: datetime) -> None:
    feed.add_item(title=title, link=link, description=said, unique_id=f"{link}#{key}", pubdate=at, updateddate=at)
