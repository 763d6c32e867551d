"""What changes the catalogue: each action is one transaction, and none speaks HTTP."""

from alliage.hub.programmes.actions.conflicts import settle_conflict
from alliage.hub.programmes.actions.editing import add_programme, edit_programme, redirect, restore, retire, undo
from alliage.hub.programmes.actions.loading import Loaded, load_pack
from alliage.hub.programmes.actions.proposing import (
    PublishedDue,
    accept_proposal,
    comment_proposal,
    correct_proposal,
    propose,
    propose_new,
    publish_due,
    refuse_proposal,
    withdraw_proposal,
)
from alliage.hub.programmes.actions.records import RETIRED, TAKEN, Closed, Moved, Rewritten, Unchanged, Why, Written

__all__ = [
    "RETIRED",
    "TAKEN",
    "Closed",
    "Loaded",
    "Moved",
    "PublishedDue",
    "Rewritten",
    "Unchanged",
    "Why",
    "Written",
    "accept_proposal",
    "add_programme",
    "comment_proposal",
    "correct_proposal",
    "edit_programme",
    "load_pack",
    "propose",
    "propose_new",
    "publish_due",
    "redirect",
    "refuse_proposal",
    "restore",
    "retire",
    "settle_conflict",
    "undo",
    "withdraw_proposal",
]
