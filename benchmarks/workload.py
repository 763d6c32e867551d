"""The workload: 1,000 made-up rules on 25 attributes, and companies that leave some answers out. Seeded, no real data.

The NAICS codes come from the pack's table; everything else is drawn. See ``docs/performance.md`` for its shape.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

import alliage
from alliage.core.rules.condition import AnyOf, Condition, Leaf, NoneOf, leaves
from alliage.core.vocabulary.answers import Answer, Answers, Listed, Possible, Span
from alliage.core.vocabulary.vocabulary import Vocabulary, build_vocabulary

ON = date(2026, 11, 26)
SEED = 20261126

RULES = 1_000
POOL = 600
HIGHEST = 9_999  # numbers are drawn between 0 and this
SHARE_ANY, SHARE_NOT, SHARE_MISSING = 0.40, 0.20, 0.15
REUSE = 0.55  # exponent of Zipf's law: half of the pool is used some 6 times or less, the most used some 130 times

NUMBERS = [f"company.n{at}" for at in range(12)]
CATEGORIES = {f"company.c{at}": [f"c{at}v{value}" for value in range(size)] for at, size in enumerate((6, 9, 14))}
CHOICES = {f"company.m{at}": [f"m{at}v{value}" for value in range(size)] for at, size in enumerate((6, 8))}
FLAGS = [f"company.f{at}" for at in range(7)]
CODE = "company.naics"

# How many distinct conditions of the pool are about each kind of attribute; numbers take what is left.
DISTINCT = {"code": 50, "choice": 75, "choices": 45, "flag": 14}


@dataclass(frozen=True)
class Company:
    """One company: its answers, all of them and with some left out."""

    complete: Answers
    partial: Answers


@dataclass(frozen=True)
class Workload:
    """The rules, and the attributes that they ask about."""

    vocabulary: Vocabulary
    rules: list[tuple[Condition, ...]]
    codes: list[str]

    def companies(self, count: int, *, seed: int) -> list[Company]:
        """Companies drawn independently of each other."""
        random = Random(seed)
        return [self._company(random) for _ in range(count)]

    def _company(self, random: Random) -> Company:
        complete: Answers = {name: self._answer(name, random) for name in self.vocabulary.attributes}
        partial = {name: answer for name, answer in complete.items() if random.random() >= SHARE_MISSING}
        return Company(complete, partial)

    def _answer(self, name: str, random: Random) -> Answer:
        if name in CHOICES:
            chosen = frozenset(value for value in CHOICES[name] if random.random() < 0.4)
            return Possible(frozenset({chosen}))
        if name in CATEGORIES:
            return Possible(frozenset({random.choice(CATEGORIES[name])}))
        if name in FLAGS:
            return Possible(frozenset({random.random() < 0.5}))
        if name == CODE:
            return Listed((frozenset({random.choice(self.codes)}),))
        value = random.randint(0, HIGHEST)
        return Span(value, value)


def build_workload(seed: int = SEED) -> Workload:
    """The same workload for the same seed."""
    random = Random(seed)
    codes = naics_codes()
    pool = _pool(random, codes)
    weights = [(rank + 1) ** -REUSE for rank in range(len(pool))]
    rules = [_rule(random, pool, weights) for _ in range(RULES)]
    return Workload(_vocabulary(codes), rules, codes)


def naics_codes() -> list[str]:
    """The six-digit codes of the pack's table."""
    with (alliage.pack_folder() / "naics.csv").open(encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file) if len(row["code"]) == 6 and row["code"].isdigit()]


def shape(workload: Workload) -> Mapping[str, float]:
    """What was drawn, to be read beside the figures."""
    uses: dict[Leaf, int] = {}
    for rule in workload.rules:
        for leaf in (leaf for condition in rule for leaf in leaves(condition)):
            uses[leaf] = uses.get(leaf, 0) + 1
    counts = sorted(uses.values())
    return {
        "rules": len(workload.rules),
        "conditions a rule": sum(counts) / len(workload.rules),
        "distinct conditions": len(counts),
        "median use": counts[len(counts) // 2],
        "most used": counts[-1],
        "rules with any": sum(any(isinstance(c, AnyOf) for c in rule) for rule in workload.rules),
        "rules with not": sum(any(isinstance(c, NoneOf) for c in rule) for rule in workload.rules),
    }


# ------------------------------------------------------------------------------------------------- the rules


def _rule(random: Random, pool: list[Leaf], weights: list[float]) -> tuple[Condition, ...]:
    """Three to six single conditions, then perhaps an `any` group of two to four, and a `not` of one or two."""
    single = random.randint(3, 6)
    in_any = random.randint(2, 4) if random.random() < SHARE_ANY else 0
    in_not = random.randint(1, 2) if random.random() < SHARE_NOT else 0
    drawn = _distinct(random, pool, weights, count=single + in_any + in_not)
    rule: list[Condition] = list(drawn[:single])
    if in_any:
        rule.append(AnyOf(tuple(drawn[single : single + in_any])))
    if in_not:
        rule.append(NoneOf(tuple(drawn[single + in_any :])))
    return tuple(rule)


def _distinct(random: Random, pool: list[Leaf], weights: list[float], *, count: int) -> list[Leaf]:
    drawn: dict[int, Leaf] = {}
    while len(drawn) < count:
        (at,) = random.choices(range(len(pool)), weights)
        drawn[at] = pool[at]
    return list(drawn.values())


def _pool(random: Random, codes: list[str]) -> list[Leaf]:
    """Distinct conditions, in the order in which rules favour them."""
    drawn: dict[Leaf, None] = {}
    for name in FLAGS:
        drawn |= {Leaf(name, "is", operand=wanted, source="s"): None for wanted in (True, False)}
    _fill(drawn, DISTINCT["code"], lambda: _code_leaf(random, codes))
    _fill(drawn, DISTINCT["choice"], lambda: _choice_leaf(random))
    _fill(drawn, DISTINCT["choices"], lambda: _choices_leaf(random))
    _fill(drawn, POOL - len(drawn), lambda: _number_leaf(random))
    pool = list(drawn)
    random.shuffle(pool)
    return pool


def _fill(drawn: dict[Leaf, None], count: int, draw: Any) -> None:
    wanted = len(drawn) + count
    while len(drawn) < wanted:
        drawn[draw()] = None


def _number_leaf(random: Random) -> Leaf:
    operator = random.choice(["at_least", "at_most", "more_than", "below"])
    share = random.uniform(0.25, 0.95)  # of the companies that it turns away
    upward = operator in ("at_least", "more_than")
    limit = int(HIGHEST * (share if upward else 1 - share))
    return Leaf(random.choice(NUMBERS), operator, limit, "s")


def _code_leaf(random: Random, codes: list[str]) -> Leaf:
    prefixes = {random.choice(codes)[: random.randint(2, 4)] for _ in range(random.randint(1, 6))}
    operator = random.choice(["starts_with", "not_starts_with", "not_starts_with"])
    return Leaf(CODE, operator, tuple(sorted(prefixes)), "s")


def _choice_leaf(random: Random) -> Leaf:
    name = random.choice(list(CATEGORIES))
    some = random.sample(CATEGORIES[name], random.randint(2, len(CATEGORIES[name]) // 2))
    return Leaf(name, random.choice(["one_of", "none_of"]), tuple(sorted(some)), "s")


def _choices_leaf(random: Random) -> Leaf:
    name = random.choice(list(CHOICES))
    operator = random.choice(["any_of", "any_of", "all_of", "none_of"])
    most = 2 if operator != "any_of" else 4
    return Leaf(name, operator, tuple(sorted(random.sample(CHOICES[name], random.randint(1, most)))), "s")


# -------------------------------------------------------------------------------------------- the vocabulary


def _vocabulary(codes: list[str]) -> Vocabulary:
    return build_vocabulary(
        {
            "attributes": {"groups": [{"id": "all", "name": _text("all")}], "attributes": list(_attributes())},
            "places": [],
            "place_sets": [],
            "codes": {"naics": [{"code": code} for code in codes]},
            "expenses": [],
            "manifest": {
                "roles": {"needs": CODE, "territory": CODE, "cost": NUMBERS[0], "lines": "company.lines"},
                "currency": "XXX",
            },
            "derivations": {},
        }
    )


def _attributes() -> Iterator[dict[str, Any]]:
    for name in NUMBERS:
        yield _attribute(name, "count")
    for name, values in CATEGORIES.items():
        yield _attribute(name, "choice", values={value: _text(value) for value in values})
    yield _attribute(CODE, "code", codes="naics")
    for name, values in CHOICES.items():
        yield _attribute(name, "choices", values={value: _text(value) for value in values})
    for name in FLAGS:
        yield _attribute(name, "flag")


def _attribute(name: str, type_: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": type_, "group": "all", "label": _text(name), "question": _text(name), **more}


def _text(word: str) -> dict[str, str]:
    return {"fr": word, "en": word}
