"""The only module that talks to the solver, HiGHS. One thread, one seed, no gap: a model has one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from math import inf, isfinite
from typing import TYPE_CHECKING

from alliage.core.financing.model import Model

if TYPE_CHECKING:
    import highspy

FINEST = 1e-9  # of a thousand dollars: far below a cent
OPTIONS: Mapping[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-7,
    # Of the amounts. A yes or no keeps the usual tolerance, a millionth: finer, the solver calls possible models
    # impossible now and then. ``search`` takes no answer that hangs on it.
    "primal_feasibility_tolerance": FINEST,
    "dual_feasibility_tolerance": FINEST,
    # Its presolve calls a possible model impossible now and then (ERGO-Code/HiGHS#2204): one in about 27,000 of our
    # tests. Without it and the restarts that use it, these models take no longer.
    "presolve": "off",
    "mip_allow_restart": False,
    # Two heuristics that find nothing here that the others do not, and take a third of the time.
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_root_reduced_cost": False,
}


class Status(Enum):
    """How a search ended."""

    PROVED = "proved"
    TIME_OVER = "time-over"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of all the solutions: some columns at a value, the offers used between two numbers, a least worth."""

    fixed: Mapping[int, float] = field(default_factory=dict)
    fewest: float = 0.0
    most: float = inf
    above: float = -inf


@dataclass(frozen=True, slots=True)
class Solution:
    """Values of the columns (none if nothing was found), their worth, and what no solution is worth more than."""

    status: Status
    values: tuple[float, ...]
    worth: float
    bound: float
    seconds: float


class SolverFailed(RuntimeError):
    """The solver ended in a way that should not happen: a mistake of ours, never of what was given."""


def maximise(model: Model, branch: Branch | None = None, *, seconds: float | None = None) -> Solution:
    """The values worth most in a branch. With ``seconds``, the best that was found by then.

    Raises:
        SolverFailed: the solver refused the model.
    """
    import highspy  # noqa: PLC0415  # 80 ms, only when a plan is asked

    solver = _solver(_program(model, branch or Branch(), whole=True))
    if seconds is not None:
        solver.setOptionValue("time_limit", max(0.0, seconds))
    solver.run()
    status, info, kinds = solver.getModelStatus(), solver.getInfo(), highspy.HighsModelStatus
    spent = solver.getRunTime()
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return Solution(Status.IMPOSSIBLE, (), -inf, -inf, spent)
    if status not in (kinds.kOptimal, kinds.kTimeLimit, kinds.kModelEmpty):
        raise SolverFailed(str(status))
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return Solution(
        status=Status.TIME_OVER if status == kinds.kTimeLimit else Status.PROVED,
        values=tuple(solver.getSolution().col_value) if found else (),
        worth=info.objective_function_value if found else -inf,
        bound=info.mip_dual_bound if isfinite(info.mip_dual_bound) else inf,
        seconds=spent,
    )


class Relaxation:
    """A model whose yes and no may be fractions: what a branch can be worth at most, quickly."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._solver = _solver(_program(model, Branch(), whole=False))

    def best(self, branch: Branch, *, seconds: float | None = None) -> Solution:
        """The values worth most in a branch, fractions allowed. If ``seconds`` are over first, nothing is known."""
        solver, model = self._solver, self._model
        for column, value in branch.fixed.items():
            solver.changeColBounds(column, value, value)
        solver.changeRowBounds(model.count, branch.fewest, branch.most)
        begun = solver.getRunTime()  # its clock goes on from run to run
        solver.setOptionValue("time_limit", inf if seconds is None else begun + max(0.0, seconds))
        solver.run()
        solution = self._solution(solver.getRunTime() - begun)
        for column in branch.fixed:  # after the answer was read: a new bound makes the solver forget it
            solver.changeColBounds(column, model.lower[column], model.upper[column])
        return solution

    def _solution(self, seconds: float) -> Solution:
        import highspy  # noqa: PLC0415  # as above

        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Solution(Status.IMPOSSIBLE, (), -inf, -inf, seconds)
        if status != highspy.HighsModelStatus.kOptimal:
            return Solution(Status.TIME_OVER, (), -inf, inf, seconds)
        worth = self._solver.getInfo().objective_function_value
        return Solution(Status.PROVED, tuple(self._solver.getSolution().col_value), worth, worth, seconds)


def refined(model: Model, values: tuple[float, ...]) -> Solution:
    """The best amounts once every yes and no is taken: the solver's small tolerances on them are gone.

    It has no limit of time: little is left to choose, and without it what was found would be lost.
    """
    import highspy  # noqa: PLC0415  # as above

    taken = Branch({column: float(round(values[column])) for column, whole in enumerate(model.whole) if whole})
    solver = _solver(_program(model, taken, whole=False))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return Solution(Status.IMPOSSIBLE, (), -inf, -inf, solver.getRunTime())
    worth = solver.getInfo().objective_function_value
    return Solution(Status.PROVED, tuple(solver.getSolution().col_value), worth, worth, solver.getRunTime())


def _solver(program: highspy.HighsLp) -> highspy.Highs:
    import highspy  # noqa: PLC0415  # as above

    # Its own constructor turns callbacks on, and that writes a banner on standard output before it can be told not to.
    solver = highspy.Highs.__new__(highspy.Highs)
    super(highspy.Highs, solver).__init__()
    for name, value in OPTIONS.items():
        solver.setOptionValue(name, value)
    solver.passModel(program)
    return solver


def _program(model: Model, branch: Branch, *, whole: bool) -> highspy.HighsLp:
    """A branch of the model in the solver's form, by rows. Without ``whole``, a yes or no may be a fraction."""
    import highspy  # noqa: PLC0415  # as above

    program = highspy.HighsLp()
    program.num_col_ = len(model.worth)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = model.worth
    lower, upper = list(model.lower), list(model.upper)
    for column, value in branch.fixed.items():
        lower[column] = upper[column] = value
    program.col_lower_, program.col_upper_ = lower, upper
    lowest, highest = [row.lower for row in model.rows], [row.upper for row in model.rows]
    lowest[model.count], highest[model.count] = branch.fewest, branch.most
    rows = [row.terms for row in model.rows]
    if isfinite(branch.above):
        rows.append({column: worth for column, worth in enumerate(model.worth) if worth})
        lowest.append(branch.above)
        highest.append(inf)
    program.row_lower_, program.row_upper_ = lowest, highest
    kinds = highspy.HighsVarType
    if whole:
        program.integrality_ = [kinds.kInteger if column else kinds.kContinuous for column in model.whole]
    starts, columns, weights = [0], list[int](), list[float]()
    for terms in rows:
        columns.extend(terms.keys())
        weights.extend(terms.values())
        starts.append(len(columns))
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_ = len(model.worth)
    program.num_row_ = matrix.num_row_ = len(rows)
    matrix.start_, matrix.index_, matrix.value_ = starts, columns, weights
    return program
