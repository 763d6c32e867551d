"""The answer of ``alliage plan`` as plain data: the profile matched and planned, then planned again if asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from time import monotonic
from typing import Any

from alliage.cli.words import Words
from alliage.core.allowance import Countdown
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.financing.answer import financing_as_dict
from alliage.core.financing.failures import worded
from alliage.core.financing.financing import plan_project
from alliage.core.financing.wishes import Wishes
from alliage.core.matching.results import match
from alliage.core.vocabulary.profile import Profile


def planned(
    profile: Profile,
    *,
    catalogue: Catalogue,
    on: date,
    wishes: Wishes,
    suppositions: Sequence[str],
    seconds: int | None,
    words: Words,
) -> dict[str, Any]:
    """All that is said of the financing of a project; within ``seconds``, if so many are given for all of it.

    Raises:
        AlliageError: ``programme-unknown``, a pin or a ban that is no programme; ``plan-…``, an amount that makes no
            project; ``plan-failed``; what is wrong with a supposition.
    """
    time = Countdown(seconds, clock=monotonic) if seconds else None
    with worded():
        financing = plan_project(match(catalogue, profile, on=on), wishes=wishes, seconds=time)
        answer = financing_as_dict(financing, seconds=time)
        if suppositions:
            from alliage.cli.what_if import suppose, supposed_plain

            supposed = suppose(suppositions, financing=financing, words=words)
            answer["what_if"] = supposed_plain(supposed, catalogue=catalogue)
    return answer
