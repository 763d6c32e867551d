"""Times, taken in turns, so that all meet the same hour: in each round every task runs on companies drawn for it."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.lowered import plain_fields
from benchmarks.ours import Ours, cpu_seconds
from benchmarks.peers import Peer
from benchmarks.workload import SEED, Company

Seconds = Mapping[str, float]


@dataclass(frozen=True)
class Task:
    """Something to time: the CPU seconds of all the companies given; ``companies`` is how many it takes in a round."""

    name: str
    run: Callable[[Sequence[Company]], float]
    companies: int


def our_tasks(ours: Ours, *, many: int) -> list[Task]:
    """Alliage's own."""
    index = ours.index

    def over(work: Callable[[Company], object]) -> Callable[[Sequence[Company]], float]:
        return lambda companies: cpu_seconds(lambda: [work(company) for company in companies])

    return [
        Task("decide, partial", over(lambda company: index.decide(company.partial)), many),
        Task("decide, complete", over(lambda company: index.decide(company.complete)), many),
        Task("explain", over(lambda company: index.explain(company.partial)), many),
        Task("question", over(lambda company: ours.question(company.partial)), many),
        Task("question, nothing known", over(lambda _: ours.question({})), many // 10),
        Task("decide, nothing known", over(lambda _: index.decide({})), many),
        Task("interpreter", over(lambda company: ours.interpreted(company.partial)), 10),
        Task("question from results", over(lambda company: ours.slow_question(company.partial)), 3),
    ]


def peer_task(peer: Peer, ours: Ours, *, companies: int, three_valued: bool) -> Task:
    """A peer's: complete companies for those that know no third value."""

    def run(drawn: Sequence[Company]) -> float:
        known = [company.partial if three_valued else company.complete for company in drawn]
        return peer.decide([plain_fields(answers, ours.workload.vocabulary) for answers in known]).seconds

    return Task(peer.name, run, companies)


def measure(tasks: Sequence[Task], ours: Ours, *, rounds: int) -> Seconds:
    """The median over the rounds of the seconds that one company takes, for each task."""
    times: dict[str, list[float]] = {task.name: [] for task in tasks}
    random = Random(SEED)
    most = max(task.companies for task in tasks)
    for number in range(rounds):
        companies = ours.workload.companies(most, seed=1_000 + number)
        for task in random.sample(tasks, len(tasks)):
            gc.collect()
            drawn = companies[: task.companies]
            times[task.name].append(task.run(drawn) / len(drawn))
    return {name: statistics.median(found) for name, found in times.items()}
