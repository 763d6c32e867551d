"""The only module of the meetings that talks to the solver, HiGHS. One thread, one seed, no gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, isfinite
from typing import TYPE_CHECKING

from alliage.core.meetings.model import Model

if TYPE_CHECKING:
    import highspy

OPTIONS: Mapping[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-6,
    "presolve": "off",  # quicker on these models; and it was wrong before on others (ERGO-Code/HiGHS#2204)
    "mip_allow_restart": False,
}
CLOSE = 1e-4  # a bound that is so close below a whole number is that number: all worth is whole


@dataclass(frozen=True, slots=True)
class Solution:
    """The columns that are 1, what they are worth, and what no columns are worth more than.

    Without ``found``, the time was over before any columns that keep the rows.
    """

    chosen: frozenset[int]
    worth: int
    bound: int
    found: bool
    seconds: float

    @property
    def proved(self) -> bool:
        """Whether nothing is worth more."""
        return self.found and self.bound <= self.worth


class SolverFailed(RuntimeError):
    """The solver ended in a way that should not happen: a mistake of ours, never of what was given."""


def maximise(model: Model, *, seconds: float | None = None) -> Solution:
    """The columns worth most; with ``seconds``, the best found by then.

    Raises:
        SolverFailed: the solver refused the model, or found it impossible: no model of ours is.
    """
    import highspy  # noqa: PLC0415  # 80 ms, only when a timetable is asked

    most = sum(worth for worth in model.worth if worth > 0)
    if not model.worth:
        return Solution(frozenset(), 0, 0, found=True, seconds=0.0)
    solver = _solver(_program(model, whole=True))
    if seconds is not None:
        solver.setOptionValue("time_limit", max(0.0, seconds))
    solver.run()
    status, info, kinds = solver.getModelStatus(), solver.getInfo(), highspy.HighsModelStatus
    if status not in (kinds.kOptimal, kinds.kTimeLimit):
        raise SolverFailed(str(status))
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solution(frozenset(), 0, most, found=False, seconds=solver.getRunTime())
    chosen = frozenset(column for column, value in enumerate(solver.getSolution().col_value) if value > 0.5)
    worth = sum(model.worth[column] for column in chosen)
    bound = floor(info.mip_dual_bound + CLOSE) if isfinite(info.mip_dual_bound) else most
    return Solution(chosen, worth, max(bound, worth), found=True, seconds=solver.getRunTime())


def prices(model: Model) -> list[float]:
    """What one more unit of each row would be worth, if a yes could be a fraction: the duals of the relaxed model.

    Raises:
        SolverFailed: the solver refused the model.
    """
    import highspy  # noqa: PLC0415  # as above

    if not model.worth:
        return [0.0] * len(model.rows)
    solver = _solver(_program(model, whole=False))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise SolverFailed(str(solver.getModelStatus()))
    return [abs(price) for price in solver.getSolution().row_dual]


def _solver(program: highspy.HighsLp) -> highspy.Highs:
    import highspy  # noqa: PLC0415  # as above

    # Its own constructor turns callbacks on, and that writes a banner on standard output before it can be told not to.
    solver = highspy.Highs.__new__(highspy.Highs)
    super(highspy.Highs, solver).__init__()
    for name, value in OPTIONS.items():
        solver.setOptionValue(name, value)
    solver.passModel(program)
    return solver


def _program(model: Model, *, whole: bool) -> highspy.HighsLp:
    """The model in the solver's form, by rows."""
    import highspy  # noqa: PLC0415  # as above

    program, size = highspy.HighsLp(), len(model.worth)
    program.num_col_, program.sense_ = size, highspy.ObjSense.kMaximize
    program.col_cost_ = [float(worth) for worth in model.worth]
    program.col_lower_, program.col_upper_ = [0.0] * size, [1.0] * size
    program.row_lower_ = [float(row.lower) for row in model.rows]
    program.row_upper_ = [float(row.upper) for row in model.rows]
    if whole:
        program.integrality_ = [highspy.HighsVarType.kInteger] * size
    starts, columns, weights = [0], list[int](), list[float]()
    for row in model.rows:
        columns.extend(row.terms.keys())
        weights.extend(float(weight) for weight in row.terms.values())
        starts.append(len(columns))
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_ = size
    program.num_row_ = matrix.num_row_ = len(model.rows)
    matrix.start_, matrix.index_, matrix.value_ = starts, columns, weights
    return program
