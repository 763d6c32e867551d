"""Before any time is taken: every engine gives the answers of the interpreter, or the run stops."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.lowered import plain_fields
from benchmarks.ours import Ours
from benchmarks.peers import Peer
from benchmarks.real_catalogue import RealReceipts
from benchmarks.workload import Company, Workload


class DisagreementError(Exception):
    """Two engines that do not say the same."""


def check_ours(ours: Ours, companies: Sequence[Company]) -> int:
    """Compare the index with the interpreter: verdicts, states of all conditions, next question.

    Returns how many verdicts were compared.
    """
    for at, company in enumerate(companies):
        for answers in (company.partial, company.complete):
            _same("value index", at, ours.verdicts(answers), ours.interpreted(answers))
        _same("explanations", at, ours.explained(company.partial), ours.interpreted_states(company.partial))
        few = dict(list(company.partial.items())[: at % 25])
        for answers in (company.partial, few):
            _same("next question", at, ours.question(answers), ours.slow_question(answers))
    return 2 * len(companies) * len(ours.rules)


def check_peer(peer: Peer, ours: Ours, companies: Sequence[Company], *, three_valued: bool) -> int:
    """Compare a peer with the interpreter. Returns how many verdicts were compared."""
    answers = [company.complete for company in companies]
    if three_valued:
        answers += [company.partial for company in companies]
    vocabulary = ours.workload.vocabulary
    found = peer.decide([plain_fields(known, vocabulary) for known in answers]).verdicts
    for at, (known, verdicts) in enumerate(zip(answers, found, strict=True)):
        _same(peer.name, at, verdicts, ours.interpreted(known))
    return len(answers) * len(ours.rules)


def check_receipts(real: RealReceipts) -> None:
    """Compare the receipts of the real catalogue."""
    _same("receipts", 0, real.disagreements(), 0)


def shape_of_answers(ours: Ours, companies: Sequence[Company]) -> str:
    """How the verdicts of partial companies are shared, in words."""
    letters = "".join(ours.verdicts(company.partial) for company in companies)
    shares = {letter: 100 * letters.count(letter) / len(letters) for letter in "TF?"}
    return f"{shares['T']:.1f} % true, {shares['F']:.1f} % false, {shares['?']:.1f} % unknown"


def companies_for(workload: Workload, count: int) -> list[Company]:
    """Companies that are used for nothing else."""
    return workload.companies(count, seed=1)


def _same(name: str, at: int, found: object, expected: object) -> None:
    if found != expected:
        raise DisagreementError(f"{name} disagrees with the interpreter on company {at}")
