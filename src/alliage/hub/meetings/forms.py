"""What is typed about meetings."""

from __future__ import annotations

from datetime import datetime, time

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from alliage.hub.meetings.actions.preparing import MOST_WISHES, Told, When
from alliage.hub.ui.asked import whole_number
from alliage.hub.ui.fields import Clock, Whole


class SettingsForm(forms.Form):
    """What the organiser chooses."""

    minutes = Whole(
        _("Minutes d’une rencontre"), 5, 120, help_=_("20 avec le changement de place : moins de 15 fatigue.")
    )
    change = Whole(_("Minutes pour changer de place"), 0, 60)
    in_a_row = Whole(_("Rencontres de suite, au plus"), 1, 50, help_=_("Ensuite, un bureau a une pause."))
    walk = Whole(_("Minutes pour aller d’une salle à l’autre"), 0, 60)

    def told(self) -> Told:
        """As the action takes it."""
        return Told(**self.cleaned_data)


class WhenForm(forms.Form):
    """« Je ne peux pas avant, après », and at most how many meetings."""

    not_before = Clock(required=False, label=_("Je ne peux pas avant"))
    not_after = Clock(required=False, label=_("Je ne peux pas après"))
    at_most = Whole(_("Rencontres, au plus"), 1, 50, required=False)

    def when(self) -> When:
        """As the action takes it."""
        return When(**self.cleaned_data)


class HappenedForm(forms.Form):
    """What happened on the day. ``who``: ``desk-3``, ``guest-12`` or ``slot-5``."""

    what = forms.ChoiceField(choices=[(kind, kind) for kind in ("off", "late")], required=True)
    who = forms.RegexField(r"^(desk|guest|slot)-\d{1,12}$", required=True)
    at = Clock(required=False, label=_("Heure"))

    def since(self, day: datetime) -> datetime:
        """The moment of the day that was typed; without one, the beginning of the day."""
        clock: time | None = self.cleaned_data["at"]
        return day if clock is None else datetime.combine(day.date(), clock, tzinfo=day.tzinfo)


def wanted(posted: QueryDict) -> list[int]:
    """The desks of a form of wishes in their order, after the button that was pressed.

    Buttons are ``do=add-3``, ``do=up-3``, ``do=down-3``, ``do=out-3``; the order itself is in ``desk``, one for each.
    """
    named = (whole_number(text) for text in posted.getlist("desk")[: 2 * MOST_WISHES])
    order = list(dict.fromkeys(desk for desk in named if desk is not None))
    verb, _sep, typed = posted.get("do", "").partition("-")
    desk = whole_number(typed)
    if desk is None:
        return order
    if verb == "add" and desk not in order:
        return [*order, desk]
    if verb == "out":
        return [one for one in order if one != desk]
    if desk in order and verb in ("up", "down"):
        at = order.index(desk)
        to = max(0, min(len(order) - 1, at + (-1 if verb == "up" else 1)))
        order[at], order[to] = order[to], order[at]
    return order
