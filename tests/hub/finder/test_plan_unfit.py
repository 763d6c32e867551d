"""What the person keeps and cannot have, with the rules in the way; never in silence."""

from alliage.core.allowance import Countdown
from alliage.core.financing.wishes import Wishes
from alliage.core.financing.wording import PlanWords
from alliage.hub.finder.queries.plan_unfit import unfit_of
from tests.core.financing.test_financing import financing
from tests.core.financing.world import part, programme

BOTH = frozenset({"one", "other"})


def told(seconds: float) -> list[str]:
    """The reasons why two programmes that exclude each other are not both kept."""
    excluded = programme("one", part(), stacking={"not_with": ["other"], "source": "page"})
    plans = financing(excluded, programme("other"), wishes=Wishes(pinned=BOTH))
    found = unfit_of(plans, words=PlanWords(plans), time=Countdown(seconds, clock=lambda: 0.0))
    assert found["never"] == ["other"]
    return [reason["text"]["en"] for reason in found["rules"]]


def test_a_programme_that_cannot_be_kept_says_which_rule_is_in_the_way() -> None:
    assert told(60.0) == ["one does not combine with other"]


def test_without_time_to_find_the_rule_it_says_so() -> None:
    assert told(0.0) == ["other: the calculation was stopped before it found the reason"]
