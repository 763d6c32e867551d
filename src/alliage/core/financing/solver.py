"""The only module that talks to the solver, HiGHS. One thread, one seed, no gap: a model has one answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import inf, isfinite
from typing import TYPE_CHECKING

from alliage.core.financing.model import Model

if TYPE_CHECKING:
    import highspy

FINEST = 1e-9  # of a thousand dollars, in the last step: far below a cent
CLOSE = 1e-7


class Status(Enum):
    """How a search ended."""

    PROVED = "proved"
    TIME_OVER = "time-over"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Solution:
    """Values of the columns (none if nothing was found), and what no solution is worth more than."""

    status: Status
    values: tuple[float, ...]
    bound: float


class SolverFailed(RuntimeError):
    """The solver ended in a way that should not happen: a mistake of ours, never of what was given."""


def maximise(model: Model, *, seconds: float | None = None) -> Solution:
    """The values worth most. With ``seconds``, the best that was found by then.

    Raises:
        SolverFailed: the solver refused the model.
    """
    import highspy  # noqa: PLC0415  # 80 ms, only when a plan is asked

    solver = _solver(model, seconds)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    kinds = highspy.HighsModelStatus
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return Solution(Status.IMPOSSIBLE, (), -inf)
    if status not in (kinds.kOptimal, kinds.kTimeLimit, kinds.kModelEmpty):
        raise SolverFailed(str(status))
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = info.mip_dual_bound if isfinite(info.mip_dual_bound) else inf
    values = tuple(solver.getSolution().col_value) if found else ()
    proved = status != kinds.kTimeLimit
    return Solution(Status.PROVED if proved else Status.TIME_OVER, values, bound)


def refined(model: Model, values: tuple[float, ...]) -> tuple[float, ...]:
    """The best amounts once every yes and no is taken: the solver's small tolerances on them are gone."""
    import highspy  # noqa: PLC0415  # as above

    fixed = {column: float(round(values[column])) for column, whole in enumerate(model.whole) if whole}
    solver = _solver(model, None, fixed)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return values
    return tuple(solver.getSolution().col_value)


def _solver(model: Model, seconds: float | None, fixed: dict[int, float] | None = None) -> highspy.Highs:
    import highspy  # noqa: PLC0415  # as above

    # Its own constructor turns callbacks on, and that writes a banner on standard output before it can be told not to.
    solver = highspy.Highs.__new__(highspy.Highs)
    super(highspy.Highs, solver).__init__()
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": CLOSE,
    }
    if fixed is not None:
        options |= {"primal_feasibility_tolerance": FINEST, "dual_feasibility_tolerance": FINEST}
    if seconds is not None:
        options["time_limit"] = max(0.0, seconds)
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_program(model, fixed))
    return solver


def _program(model: Model, fixed: dict[int, float] | None) -> highspy.HighsLp:
    """The model in the solver's form, by rows; with ``fixed``, no whole column is left."""
    import highspy  # noqa: PLC0415  # as above

    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.worth), len(model.rows)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = model.worth
    lower, upper = list(model.lower), list(model.upper)
    for column, value in (fixed or {}).items():
        lower[column] = upper[column] = value
    program.col_lower_, program.col_upper_ = lower, upper
    program.row_lower_ = [row.lower for row in model.rows]
    program.row_upper_ = [row.upper for row in model.rows]
    kinds = highspy.HighsVarType
    if fixed is None:
        program.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in model.whole]
    starts, columns, weights = [0], list[int](), list[float]()
    for row in model.rows:
        columns.extend(row.terms.keys())
        weights.extend(row.terms.values())
        starts.append(len(columns))
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.num_col_, program.a_matrix_.num_row_ = len(model.worth), len(model.rows)
    program.a_matrix_.start_, program.a_matrix_.index_, program.a_matrix_.value_ = starts, columns, weights
    return program
