"""Alliage: from a company's answers to explained verdicts on every aid programme of a cluster.

>>> from datetime import date
>>> import alliage
>>> catalogue = alliage.load_pack()
>>> profile = alliage.read_profile(
...     {"company": {"postal_code": "G7H 1A1", "employees": 42}, "project": {"needs": ["equipment"]}},
...     vocabulary=catalogue.vocabulary,
... )
>>> results = alliage.match(catalogue, profile, on=date(2026, 11, 26))
>>> results.result("canexport-pme").match.verdict
<Verdict.POSSIBLE: 'possible'>

The names below are the public surface. They are imported when first used, so that ``import alliage`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliage.__about__ import __version__

if TYPE_CHECKING:
    from alliage.core.catalogue.catalogue import Catalogue
    from alliage.core.catalogue.check import pack_problems
    from alliage.core.catalogue.diff import diff
    from alliage.core.financing.answer import financing_as_dict
    from alliage.core.financing.financing import Financing, plan_project
    from alliage.core.financing.plan import Plan
    from alliage.core.financing.what_ifs import if_answered, if_cost, if_waiting
    from alliage.core.financing.wishes import Wishes
    from alliage.core.matching.answer import results_as_dict
    from alliage.core.matching.near_misses import near_misses
    from alliage.core.matching.next_question import next_question
    from alliage.core.matching.receipt import Receipts
    from alliage.core.matching.results import Result, Results, match
    from alliage.core.matching.verdict import Verdict
    from alliage.core.search.search import SearchIndex
    from alliage.core.vocabulary.errors import AlliageError, Problem
    from alliage.core.vocabulary.profile import Profile, read_profile

DEFAULT_PACK = "quebec_aluminium"
PACKS = Path(__file__).parent / "packs"
COMMON = PACKS / "common"

_HOMES = {
    "AlliageError": "alliage.core.vocabulary.errors",
    "Catalogue": "alliage.core.catalogue.catalogue",
    "Financing": "alliage.core.financing.financing",
    "Plan": "alliage.core.financing.plan",
    "Problem": "alliage.core.vocabulary.errors",
    "Profile": "alliage.core.vocabulary.profile",
    "Receipts": "alliage.core.matching.receipt",
    "Result": "alliage.core.matching.results",
    "Results": "alliage.core.matching.results",
    "SearchIndex": "alliage.core.search.search",
    "Verdict": "alliage.core.matching.verdict",
    "Wishes": "alliage.core.financing.wishes",
    "diff": "alliage.core.catalogue.diff",
    "financing_as_dict": "alliage.core.financing.answer",
    "if_answered": "alliage.core.financing.what_ifs",
    "if_cost": "alliage.core.financing.what_ifs",
    "if_waiting": "alliage.core.financing.what_ifs",
    "match": "alliage.core.matching.results",
    "near_misses": "alliage.core.matching.near_misses",
    "next_question": "alliage.core.matching.next_question",
    "pack_problems": "alliage.core.catalogue.check",
    "plan_project": "alliage.core.financing.financing",
    "read_profile": "alliage.core.vocabulary.profile",
    "results_as_dict": "alliage.core.matching.answer",
}

__all__ = [
    "AlliageError",
    "Catalogue",
    "Financing",
    "Plan",
    "Problem",
    "Profile",
    "Receipts",
    "Result",
    "Results",
    "SearchIndex",
    "Verdict",
    "Wishes",
    "__version__",
    "diff",
    "financing_as_dict",
    "if_answered",
    "if_cost",
    "if_waiting",
    "load_pack",
    "match",
    "near_misses",
    "next_question",
    "pack_problems",
    "plan_project",
    "read_profile",
    "results_as_dict",
]


def load_pack(pack: str | Path = DEFAULT_PACK, *, cache: Path | None = None) -> Catalogue:
    """The catalogue of a pack: one that comes with Alliage, by its name, or any folder.

    ``cache`` is a folder in which to keep the pack compiled: the next load is quick, and no answer changes.

    Raises:
        AlliageError: every mistake found in the pack; nothing is half-loaded.
    """
    from alliage.core.catalogue.compiled import load

    return load(pack_folder(pack), common=COMMON, cache=cache)


def pack_folder(pack: str | Path = DEFAULT_PACK) -> Path:
    """The folder of a pack: that of a pack that comes with Alliage if its name is known, else the path itself."""
    named = PACKS / pack
    return named if isinstance(pack, str) and pack.isidentifier() and named.is_dir() else Path(pack)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'alliage' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
