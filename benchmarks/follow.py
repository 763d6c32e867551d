"""``python -m benchmarks.follow``: one programme changes, and 10,000 project files are decided before and after.

Beside it, the same done by ``alliage.match``, file by file, on some of them; every verdict of these is compared.
"""

from __future__ import annotations

import json
import platform
import statistics
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import alliage
from alliage.core.rules.condition import build_condition
from alliage.core.vocabulary.profile import read_profile
from alliage.core.vocabulary.yaml_files import parse_yaml
from benchmarks.workload import ON, SEED

FILES, SOME, ROUNDS, GOAL = 10_000, 40, 5, 2.0
MANY = 100
CHANGED = ("pari-cnrc", "essor-volet-2", "c3i", "canexport-pme")
EXAMPLES = Path(__file__).parents[1] / "examples"


def files(vocabulary: Any) -> list[str]:
    """Project files as the database holds them: the examples, each with sizes of its own and some answers missing."""
    from alliage.hub.finder.dossier import Dossier

    chance = Random(SEED)
    examples = [
        Dossier.of(read_profile(parse_yaml(file.read_bytes(), name=file.name), vocabulary=vocabulary, name="x"))
        for file in sorted(EXAMPLES.glob("*.yaml"))
    ]
    made = []
    for _ in range(FILES):
        one = chance.choice(examples)
        answers = {name: value for name, value in one.answers.items() if chance.random() < 0.9}
        for name in ("company.employees", "company.revenue"):
            if name in answers:
                answers[name] = chance.randrange(1, 600) * (1 if name.endswith("employees") else 100_000)
        made.append(json.dumps(replace(one, answers=answers).as_dict()))
    return made


def main() -> int:
    """Compares, measures, prints; fails if the goal is missed."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_TZ=True, USE_I18N=False)
        django.setup()
    from alliage.hub.finder.dossier import Dossier
    from alliage.hub.finder.queries.verdicts import verdicts_of

    catalogue = alliage.load_pack()
    vocabulary, kept = catalogue.vocabulary, files(catalogue.vocabulary)
    stricter = build_condition(
        {"attribute": "company.employees", "at_most": 100, "source": "record"}, vocabulary=vocabulary
    )
    took, alone = [], []
    for id_ in CHANGED:
        now = catalogue.programmes[id_]
        versions = [now, replace(now, conditions=(*now.conditions, stricter))]
        for _ in range(ROUNDS):
            start = process_time()
            found = verdicts_of(
                versions, (Dossier.from_dict(json.loads(text)) for text in kept), catalogue=catalogue, on=ON
            )
            took.append(process_time() - start)
        start = process_time()
        for text, verdicts in zip(kept[:SOME], found, strict=False):
            try:
                results = alliage.match(catalogue, Dossier.from_dict(json.loads(text)).profile(vocabulary), on=ON)
            except alliage.AlliageError:  # answers that disagree: these programmes may not ask for them
                continue
            said = results.result(id_).match.verdict
            if verdicts is None or verdicts[0] is not said:
                print(f"{id_}: {verdicts} is not {said} for {text}", file=sys.stderr)
                return 1
        alone.append((process_time() - start) / SOME * FILES * 2)
    at_once = _many(catalogue, kept, stricter)
    mine, theirs = statistics.median(took), statistics.median(alone)
    print(f"{FILES:,} files, one programme before and after: {mine:.2f} s (goal {GOAL} s), slowest {max(took):.2f} s")
    print(f"the same by alliage.match, from {SOME} of them: {theirs:.0f} s, {theirs / mine:.0f} times as long")
    print(f"the same files, {MANY} programmes that a pack changed at once: {at_once:.2f} s")
    print(f"Python {platform.python_version()}, process time, median of {len(took)}")
    return 0 if mine < GOAL else 1


def _many(catalogue: Any, kept: list[str], stricter: Any) -> float:
    """How long many programmes take that changed together, each before and after."""
    from alliage.hub.finder.dossier import Dossier
    from alliage.hub.finder.queries.verdicts import verdicts_of_each

    groups = [
        [now, replace(now, conditions=(*now.conditions, stricter))]
        for now in list(catalogue.programmes.values())[:MANY]
    ]
    start = process_time()
    dossiers = (Dossier.from_dict(json.loads(text)) for text in kept)
    verdicts_of_each(groups, dossiers, catalogue=catalogue, on=ON)
    return process_time() - start


if __name__ == "__main__":
    sys.exit(main())
