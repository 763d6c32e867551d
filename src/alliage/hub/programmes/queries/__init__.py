"""Reading the catalogue: what each page shows, as plain data in the language asked."""

from alliage.hub.programmes.queries.cards import card, cards
from alliage.hub.programmes.queries.detail import Missing, programme_page
from alliage.hub.programmes.queries.news import CLOSING_DAYS, changed_lately, closing_soon, news_page
from alliage.hub.programmes.queries.offer import offer_page, read_glance
from alliage.hub.programmes.queries.providers import like_provider, provider_page, providers_page
from alliage.hub.programmes.queries.published import Published, published
from alliage.hub.programmes.queries.searching import read_search, search_page
from alliage.hub.programmes.queries.speaking import Speech
from alliage.hub.programmes.queries.stored import Shelf, current_catalogue, current_shelf

__all__ = [
    "CLOSING_DAYS",
    "Missing",
    "Published",
    "Shelf",
    "Speech",
    "card",
    "cards",
    "changed_lately",
    "closing_soon",
    "current_catalogue",
    "current_shelf",
    "like_provider",
    "news_page",
    "offer_page",
    "programme_page",
    "provider_page",
    "providers_page",
    "published",
    "read_glance",
    "read_search",
    "search_page",
]
