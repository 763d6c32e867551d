"""``python -m benchmarks``: compare all answers, then measure, then write the table in ``docs/performance.md``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from benchmarks import agreement, hub, meetings, plans, real_plans, report
from benchmarks.lowered import Test, lowered_rule
from benchmarks.measure import measure, our_tasks, peer_task
from benchmarks.ours import Ours, cost_of_index, cpu_seconds, new_index
from benchmarks.peers import Peer
from benchmarks.peers.node import NodePeer, node_peers
from benchmarks.peers.zen import zen_peers
from benchmarks.real_catalogue import RealReceipts
from benchmarks.startup import imports_numpy, measure_startup
from benchmarks.workload import build_workload, shape

PUBLICODES = "publicodes"
MANY, SOME, FEW = 200, 20, 2  # companies in a round, for the quick, the slow and the very slow
WARM = 3_000  # companies seen before any time is taken


def main() -> int:
    """One run."""
    options = _options()
    ours = Ours(build_workload())
    peers: list[Peer] = [*zen_peers(_tests(ours)), *node_peers(_tests(ours), ours.workload)]
    try:
        return _run(ours, peers, options) or hub.main() or plans.main() or real_plans.main() or meetings.main()
    except agreement.DisagreementError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        for peer in peers:
            if isinstance(peer, NodePeer):
                peer.close()


def _run(ours: Ours, peers: list[Peer], options: argparse.Namespace) -> int:
    real = RealReceipts()
    compared = dict(_compare(ours, peers, real))
    print("All answers agree:", ", ".join(f"{name} {count:,}" for name, count in compared.items()))
    warm = ours.workload.companies(WARM, seed=2)
    for company in warm:
        ours.index.decide(company.partial)
    tasks = our_tasks(ours, many=MANY)
    for peer in peers:
        three = peer.name == PUBLICODES
        tasks.append(peer_task(peer, ours, companies=FEW if three else SOME, three_valued=three))
    report.show(
        report.Measured(
            seconds=measure(tasks, ours, rounds=options.rounds),
            compared=compared,
            versions={peer.name: peer.version for peer in peers},
            shape=shape(ours.workload),
            answers=agreement.shape_of_answers(ours, warm[:100]),
            cold=_cold(ours),
            cost=cost_of_index(ours.workload, [company.partial for company in warm[:2_000]]),
            receipts=report.median([time for _ in range(options.rounds) for time in real.draw_all()]),
            size=real.size(),
            startup=measure_startup(repeats=2 * options.rounds + 1),
            numpy=imports_numpy(),
        ),
        write=not options.no_write,
    )
    return 0


def _compare(ours: Ours, peers: list[Peer], real: RealReceipts) -> Iterator[tuple[str, int]]:
    companies = agreement.companies_for(ours.workload, MANY)
    yield "value index", agreement.check_ours(ours, companies[: MANY // 2])
    for peer in peers:
        three = peer.name == PUBLICODES
        drawn = companies[: 2 * FEW] if three else companies
        yield peer.name, agreement.check_peer(peer, ours, drawn, three_valued=three)
    agreement.check_receipts(real)


def _cold(ours: Ours) -> float:
    """The first decision of a new index, which has seen no answer."""
    times = []
    for company in ours.workload.companies(SOME, seed=3):
        index = new_index(ours.workload)
        times.append(cpu_seconds(lambda index=index, company=company: index.decide(company.partial)))  # type: ignore[misc]  # bound now
    return report.median(times)


def _tests(ours: Ours) -> list[Test]:
    return [lowered_rule(rule) for rule in ours.rules]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how many times each thing is measured")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
