"""Reading the catalogue: what each page shows, as plain data in the language asked."""

from alliage.hub.programmes.queries.cards import card, cards
from alliage.hub.programmes.queries.checking import problems_of
from alliage.hub.programmes.queries.clashes import clash_rows
from alliage.hub.programmes.queries.detail import Missing, programme_page
from alliage.hub.programmes.queries.history import Known, history_page, known, other_programmes, retired_page
from alliage.hub.programmes.queries.news import CLOSING_DAYS, changed_lately, closing_soon, news_page
from alliage.hub.programmes.queries.offer import offer_page, read_glance
from alliage.hub.programmes.queries.parts import parts_of_rooms
from alliage.hub.programmes.queries.proposals import (
    asked,
    conflict_page,
    conflicts_page,
    proposal_page,
    proposals_page,
)
from alliage.hub.programmes.queries.providers import like_provider, provider_page, providers_page
from alliage.hub.programmes.queries.published import Published, published
from alliage.hub.programmes.queries.searching import read_search, search_page
from alliage.hub.programmes.queries.speaking import Speech
from alliage.hub.programmes.queries.stored import Shelf, current_catalogue, current_shelf
from alliage.hub.programmes.queries.telling import changes_of

__all__ = [
    "CLOSING_DAYS",
    "Known",
    "Missing",
    "Published",
    "Shelf",
    "Speech",
    "asked",
    "card",
    "cards",
    "changed_lately",
    "changes_of",
    "clash_rows",
    "closing_soon",
    "conflict_page",
    "conflicts_page",
    "current_catalogue",
    "current_shelf",
    "history_page",
    "known",
    "like_provider",
    "news_page",
    "offer_page",
    "other_programmes",
    "parts_of_rooms",
    "problems_of",
    "programme_page",
    "proposal_page",
    "proposals_page",
    "provider_page",
    "providers_page",
    "published",
    "read_glance",
    "read_search",
    "retired_page",
    "search_page",
]
