"""The mixed-integer programme over given columns and cuts, in PuLP.

Columns are numbered; names of people never reach the solver. The status is our own, from the solver's raw status.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np
import pulp
from scipy import sparse

from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.highs import FAILED, Highs
from regie_opt.engine.limits import KINDS, SLACK
from regie_opt.engine.stopping import Stop
from regie_opt.worth.region import Bools, Floats

Solver = Literal["highs", "cbc"]
STRAY = 1e-5
"""Engine units by which the plan that a solver hands back may cost more than the optimum that it reports."""
LEAST_TIME = 0.01
"""Seconds that a solver has at least: it takes none for no limit."""
WHOLE = 1e-5
"""How far from a whole number a value may be that counts as one."""


@dataclass(frozen=True)
class Answer:
    """What a programme's solver found."""

    chosen: Bools | None
    """Columns chosen (c,), or None when it found no plan."""
    tables: Bools | None
    """Tables beside the work that are kept (t,)."""
    cost: float
    """Cost of the plan; infinite without one."""
    bound: float
    """Lower bound on the cost over these columns; infinite when proven that there is no plan."""
    proven: bool


@dataclass(frozen=True)
class Settings:
    """What the solvers are told."""

    solver: Solver
    threads: int
    """Parts of a large programme, or branches of a search (two at most), at once; the solver has one thread."""
    seed: int


@dataclass(frozen=True)
class Choice:
    """Columns and tables chosen, with their cost."""

    columns: Bundles
    chosen: Bools
    kept: Bools
    cost: float


def cheaper(*choices: Choice | None) -> Choice | None:
    """The cheapest of some plans; the first among equals."""
    return min((choice for choice in choices if choice is not None), key=lambda choice: choice.cost, default=None)


def solve_programme(
    model: Model,
    columns: Bundles,
    extra: tuple[sparse.csr_array, Floats],
    *,
    settings: Settings,
    time_limit: float | None,
    stop: Stop,
    absolute_gap: float,
    start: Bools | None = None,
    fixed: Bools | None = None,
    nodes: int | None = None,
) -> Answer:
    """Best plan over the given columns, all side rows included, to within `absolute_gap` (engine units).

    `extra` are cuts: rows over the columns (q, c) and their upper bounds (q,). Columns that are `fixed` are in
    the plan. The search stops after a number of `nodes` (HiGHS only): unlike a time limit, that is the same every time.
    """
    problem, choose, keep = build(model, columns, *extra)
    for c in () if fixed is None else np.flatnonzero(fixed):
        choose[c].lowBound = 1
    chosen, kept, bound, proven = run(
        problem,
        (choose, keep),
        settings=settings,
        time_limit=time_limit,
        stop=stop,
        absolute_gap=absolute_gap,
        start=start,
        nodes=nodes,
    )
    if chosen is None or kept is None:
        return Answer(None, None, np.inf, bound, proven)
    if not obeys(model, columns, chosen, kept):
        return Answer(None, None, np.inf, -np.inf, False)
    cost = plan_cost(model, columns, chosen, kept)
    if proven and start is not None and cost > bound + STRAY:
        # HiGHS 1.16 may report the optimum and yet hand back the plan that it was given to start from
        return solve_programme(
            model,
            columns,
            extra,
            settings=settings,
            time_limit=time_limit,
            stop=stop,
            absolute_gap=absolute_gap,
            fixed=fixed,
            nodes=nodes,
        )
    return Answer(chosen, kept, cost, bound, proven)


def run(
    problem: pulp.LpProblem,
    variables: tuple[list[Any], list[Any]],
    *,
    settings: Settings,
    time_limit: float | None,
    stop: Stop,
    absolute_gap: float,
    start: Bools | None = None,
    nodes: int | None = None,
) -> tuple[Bools | None, Bools | None, float, bool]:
    """Let a solver work on a programme that `build` made, whatever was added to it; one that fails is asked otherwise.

    Gives the columns (c,) and tables (t,) chosen, None without a plan; the bound on the objective; whether it finished.
    """
    choose, keep = variables
    began = time.monotonic()
    for otherwise in (False, True):
        left = None if time_limit is None else max(LEAST_TIME, time_limit - (time.monotonic() - began))
        engine = _engine(settings, left, stop, absolute_gap, (choose, start), nodes, otherwise=otherwise)
        answered = _answered(problem, engine)
        if answered or stop():
            break
    if not answered:
        return None, None, -np.inf, False
    limited = time_limit is not None and time.monotonic() - began >= 0.98 * time_limit
    found = problem.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
    chosen, kept = (_whole(each) if found else None for each in (choose, keep))
    whole = not found or (chosen is not None and kept is not None)
    bound, proven = _bound(problem, engine, whole and not limited)
    return chosen, kept, bound, proven


def _engine(
    settings: Settings,
    left: float | None,
    stop: Stop,
    absolute_gap: float,
    start: tuple[list[Any], Bools | None],
    nodes: int | None,
    *,
    otherwise: bool,
) -> Any:
    """The solver, or what is asked when that does not answer: HiGHS without presolve."""
    if settings.solver == "highs" or otherwise:
        presolve = "off" if otherwise else "choose"
        return Highs(settings.seed, left, stop, absolute_gap, start, nodes, presolve)
    return pulp.PULP_CBC_CMD(
        msg=False,
        threads=1,
        timeLimit=left,
        gapAbs=absolute_gap,
        gapRel=0.0,
        options=[f"randomSeed {settings.seed + 1}", f"randomCbcSeed {settings.seed + 1}"],
    )


def _answered(problem: pulp.LpProblem, engine: Any) -> bool:
    """Solve it; whether the solver came to anything at all."""
    try:
        problem.solve(engine)
    except pulp.PulpSolverError:
        return False
    return not isinstance(engine, Highs) or problem.solverModel.getModelStatus() not in FAILED


def _whole(variables: Sequence[pulp.LpVariable]) -> Bools | None:
    """Which of some variables are one; None where some have no value, or none that is whole."""
    values = [v.value() for v in variables]
    if any(v is None or abs(v - round(v)) >= WHOLE for v in values):
        return None
    return np.array([round(v) == 1 for v in values], dtype=bool)


def no_cuts(columns: Bundles) -> tuple[sparse.csr_array, Floats]:
    """For a programme without cuts."""
    return sparse.csr_array((0, len(columns))), np.zeros(0)


def plan_cost(model: Model, columns: Bundles, chosen: Bools, kept: Bools) -> float:
    """Cost of a choice of columns and tables, overload included; computed here, not taken from the solver."""
    tables = model.tables
    by_columns: Floats = np.asarray(columns.matrix[model.cells :, np.flatnonzero(chosen)].sum(axis=1), float).ravel()
    use = model.rows.used(by_columns, tables.index[kept])
    total = float(columns.cost[chosen].sum() + tables.cost[kept].sum())
    for r, row in enumerate(model.rows.side):
        if row.price is not None:
            total += row.price * model.scale * max(0.0, float(use[r]) - row.upper)
    return total


def obeys(model: Model, columns: Bundles, chosen: Bools, kept: Bools) -> bool:
    """Whether a choice keeps every cell in at most one partnership and every hard side row."""
    use: Floats = np.asarray(columns.matrix[:, np.flatnonzero(chosen)].sum(axis=1), float).ravel()
    if (use[: model.cells] > 1 + 1e-9).any():
        return False
    side = model.rows.used(use[model.cells :], model.tables.index[kept])
    for used, row in zip(side.tolist(), model.rows.side, strict=True):
        slack = SLACK if row.kind in KINDS else 1e-7
        if used < row.lower - 1e-9 or (row.price is None and used > row.upper + slack):
            return False
    return True


def _bound(problem: Any, engine: Any, complete: bool) -> tuple[float, bool]:
    """Lower bound that the solver proved, and whether it finished."""
    if isinstance(engine, Highs):
        raw = problem.solverModel
        status = raw.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return np.inf, True
        if status == highspy.HighsModelStatus.kOptimal:
            integer = any(v.cat == pulp.LpInteger for v in problem.variables())
            info = raw.getInfo()
            return (float(info.mip_dual_bound) if integer else float(info.objective_function_value)), True
        bound = float(raw.getInfo().mip_dual_bound)
        return (bound if np.isfinite(bound) else -np.inf), False
    if problem.sol_status == pulp.LpSolutionOptimal and complete:
        return float(pulp.value(problem.objective) or 0.0), True
    if problem.status == pulp.LpStatusInfeasible and complete:
        return np.inf, True  # the status of the solution tells here whether the relaxation has one
    return -np.inf, False


def build(
    model: Model, columns: Bundles, cuts: sparse.csr_array, upper: Floats
) -> tuple[pulp.LpProblem, list[Any], list[Any]]:
    """The programme: choose columns and tables so that every cell is in at most one, and the side rows hold."""
    problem = pulp.LpProblem("plan", pulp.LpMinimize)
    choose = [pulp.LpVariable(f"c{c:07d}", cat=pulp.LpBinary) for c in range(len(columns))]
    tables = model.tables
    between = zip(tables.least.tolist(), tables.most.tolist(), strict=True)
    keep = [pulp.LpVariable(f"t{t:07d}", low, high, pulp.LpInteger) for t, (low, high) in enumerate(between)]
    overload = {
        r: pulp.LpVariable(f"o{r:07d}", lowBound=0) for r, row in enumerate(model.rows.side) if row.price is not None
    }
    terms = [*zip(choose, columns.cost.tolist(), strict=True), *zip(keep, tables.cost.tolist(), strict=True)]
    terms += [(o, _price(model, r)) for r, o in overload.items()]
    problem += pulp.LpAffineExpression(terms)
    by_row = sparse.csr_array(columns.matrix)
    for cell in range(model.cells):
        at = _row(by_row, cell)
        if len(at) > 1:
            problem += pulp.LpAffineExpression([(choose[c], 1.0) for c, _ in at]) <= 1
    for r, row in enumerate(model.rows.side):
        used = [(choose[c], v) for c, v in _row(by_row, model.cells + r)]
        used += [(keep[t], row.tables[int(e)]) for t, e in enumerate(tables.index) if int(e) in row.tables]
        if r in overload:
            used.append((overload[r], -1.0))
        if row.over:
            used += [(o, row.over) for i, o in overload.items() if model.rows.overloads[i]]
        _add_row(problem, used, row.lower, row.upper)
    for q, most in enumerate(upper.tolist()):
        _add_row(problem, [(choose[c], v) for c, v in _row(cuts, q)], -np.inf, most)
    return problem, choose, keep


def _price(model: Model, r: int) -> float:
    price = model.rows.side[r].price
    return 0.0 if price is None else price * model.scale


def _row(matrix: sparse.csr_array, r: int) -> list[tuple[int, float]]:
    begin, end = matrix.indptr[r], matrix.indptr[r + 1]
    return list(zip(matrix.indices[begin:end].tolist(), matrix.data[begin:end].tolist(), strict=True))


def _add_row(problem: pulp.LpProblem, terms: list[tuple[Any, float]], lower: float, upper: float) -> None:
    expression = pulp.LpAffineExpression(terms)
    if np.isfinite(upper):
        most = sum(max(v, 0.0) for x, v in terms if x.upBound == 1)
        if most > upper or any(x.upBound != 1 for x, _ in terms):
            problem += expression <= upper
    if np.isfinite(lower):
        problem += expression >= lower
