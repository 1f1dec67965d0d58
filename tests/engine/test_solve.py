"""What the certificate says holds: the objective is the assessment, the bound is a bound, stopping leaves a plan."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from regie_opt.engine import Infeasible, NoPlanInTime, Options, Progress, Solution, solve
from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.programme import plan_cost
from regie_opt.engine.relaxation import Relaxed, relax
from regie_opt.engine.solve import Account
from regie_opt.engine.stopping import Stopping
from regie_opt.loading import Loaded, load, load_all
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.rules import Untouched
from regie_opt.worth import assess, today_plan
from regie_opt.worth.value import Worth

from .brute_force import SAME, RuleBook, Whole
from .instances import instance
from .models import every_column, feasible, modelled

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEERSTAD = SCENARIOS / "leerstad" / "scenario.yaml"
Key = tuple[str, frozenset[str], frozenset[str], tuple[tuple[str, str], ...], str | None, bool]


# The objective is the assessment


def key(q: PlannedPartnership, doubled: set[str | None]) -> Key:
    hosts = tuple(sorted((q.hosts or {}).items()))
    return q.form, frozenset(q.members), frozenset(q.domains), hosts, q.continues, q.continues in doubled


def column_keys(model: Model, columns: Bundles) -> dict[Key, int]:
    """Where each partnership is among the columns."""
    region, bodies = model.worth.region, model.found.bodies
    keys: dict[Key, int] = {}
    for c, b in enumerate(columns.body.tolist()):
        domains = [region.domains[d] for d in np.flatnonzero(columns.carried[c])]
        single = int(bodies.host[b])
        hosts = {d: single if single >= 0 else int(columns.hosts[c, region.domain_index[d]]) for d in domains}
        named = tuple(sorted((d, region.codes[h]) for d, h in hosts.items() if h >= 0))
        members = frozenset(region.codes[m] for m in np.flatnonzero(bodies.members[b]))
        e = int(bodies.continues[b])
        continues = model.found.today.keys[e] if e >= 0 else None
        doubled = b in model.found.doubled
        keys[region.forms[int(bodies.form[b])], members, frozenset(domains), named, continues, doubled] = c
    return keys


def cost_of(
    model: Model, columns: Bundles, keys: dict[Key, int], plan: Whole, doubled: set[str | None]
) -> float | None:
    """Cost of a plan as the engine's columns have it; None when it needs hosts that are not worth a column.

    Some partnerships of today are doubled: they go on beside others that do the work of some of their cells.
    """
    fixed = {k for k, f in zip(model.found.today.keys, model.found.today.fixed, strict=True) if f}
    chosen = np.zeros(len(columns), dtype=bool)
    tables: set[str] = set()
    for q in plan.partnerships:
        if q.continues in fixed:
            continue
        if q.beside:
            assert q.continues is not None
            tables.add(q.continues)
        elif key(q, doubled) not in keys:
            return None
        else:
            chosen[keys[key(q, doubled)]] = True
    index = model.tables.index
    kept = np.array([model.found.today.keys[e] in tables for e in index], dtype=bool)
    return plan_cost(model, columns, chosen, kept)


def test_the_cost_of_columns_is_the_assessed_value_of_every_plan():
    compared = beside = 0
    for case in feasible(range(50)):
        model = modelled(case.scenario, case.base)
        account = Account(model, Stopping(None), lambda _: None)
        columns = every_column(model)
        keys = column_keys(model, columns)
        for number, parts in enumerate(case.plans.chosen()):
            plan = case.plans.whole(parts)
            if number % (1 + case.plans.number // 50) or not case.plans.obeys(plan):
                continue
            doubled = {p.planned.continues for p in parts if p.needs}
            cost = cost_of(model, columns, keys, plan, doubled)
            if cost is not None:
                compared += 1
                beside += bool(doubled)
                assert account.value(cost) == pytest.approx(case.plans.assessed(plan), abs=SAME)
    assert compared > 500
    assert beside >= 5


@pytest.mark.parametrize("loaded", load_all(LEERSTAD), ids=lambda loaded: loaded.scenario.variant or "itself")
def test_the_certificate_holds_the_value_that_assess_gives(loaded: Loaded):
    solution = solve(loaded.scenario, loaded.base)
    again = assess(loaded.scenario, loaded.base, solution.partnerships)
    assert solution.certificate.status == "optimal"
    assert solution.certificate.value == pytest.approx(again.value, abs=SAME)
    assert solution.assessment.criteria == again.criteria
    assert RuleBook(Worth(loaded.scenario, loaded.base)).broken(solution.partnerships) == []


# Solvers


def test_cbc_proves_the_same_value_as_highs():
    for case in feasible(range(26)):
        by_cbc = solve(case.scenario, case.base, Options(solver="cbc"))
        assert by_cbc.certificate.status == "optimal"
        assert by_cbc.certificate.value == pytest.approx(case.best.value, abs=SAME)


def test_another_seed_proves_the_same_value():
    for case in feasible(range(10)):
        solution = solve(case.scenario, case.base, Options(seed=17))
        assert solution.certificate.value == pytest.approx(case.best.value, abs=SAME)


# Stopping early


def is_honest(solution: Solution, best: float) -> None:
    """Whether value, bound and gap leave room for the best plan there is."""
    found = solution.certificate
    assert found.value <= best + SAME
    assert found.bound >= best - SAME
    gain = abs(found.value - found.alone)
    assert found.gap >= (best - found.value - SAME) / gain if gain > 0 else True
    if found.status == "optimal":
        assert found.value == pytest.approx(best, abs=SAME)


@pytest.mark.parametrize("seconds", [1e-6, 0.005, 0.02])
def test_a_tiny_time_limit_leaves_a_plan_that_obeys_the_rules_and_an_honest_gap(seconds: float):
    planned = 0
    for case in feasible(range(40)):
        try:
            solution = solve(case.scenario, case.base, Options(time_limit=seconds))
        except NoPlanInTime:
            continue
        planned += 1
        is_honest(solution, case.best.value)
        assert case.plans.book.broken(solution.partnerships) == []
    assert planned >= 20


def test_no_plan_in_time_is_not_called_a_conflict():
    for case in feasible(range(40, 80)):
        try:
            solve(case.scenario, case.base, Options(time_limit=1e-6))
        except NoPlanInTime:
            pass
        except Infeasible as conflict:
            pytest.fail(f"there is a plan, yet {conflict}")


def test_a_gap_that_is_allowed_stops_early_and_is_kept():
    for case in feasible(range(30)):
        solution = solve(case.scenario, case.base, Options(gap=0.5))
        is_honest(solution, case.best.value)
        assert solution.certificate.gap <= 0.5


def test_a_time_limit_on_a_real_region_leaves_a_plan_and_a_gap():
    twente = load(SCENARIOS / "twente" / "scenario.yaml")
    solution = solve(twente.scenario, twente.base, Options(time_limit=1.0))
    found = solution.certificate
    assert found.bound >= found.value - SAME
    assert (found.status == "optimal") == (found.gap == 0.0)
    again = assess(twente.scenario, twente.base, solution.partnerships)
    assert found.value == pytest.approx(again.value, abs=SAME)
    assert RuleBook(Worth(twente.scenario, twente.base)).broken(solution.partnerships) == []


def interrupted(folder: Path) -> tuple[int, float, dict, str]:
    """Ctrl-C at the first word of progress: exit code, seconds it took to end, the plan, and what was told."""
    out = folder / "plan.json"
    command = [sys.executable, "-m", "regie_opt.cli.main", "solve", str(SCENARIOS / "twente" / "scenario.yaml")]
    process = subprocess.Popen([*command, "-o", str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        assert any(re.match(r"[0-9]+,[0-9] s ", line) for line in process.stderr)
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        _, told = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    took = time.monotonic() - began
    return process.returncode, took, json.loads(out.read_text(encoding="utf-8")), told


def test_ctrl_c_ends_a_real_solve_soon_with_a_plan_and_a_gap(tmp_path: Path):
    code, took, plan, told = interrupted(tmp_path)
    assert code == 0, told
    assert took < 60
    assert plan["partnerships"]
    assert plan["status"] in ("optimal", "feasible")
    assert (plan["gap"] == 0) == (plan["status"] == "optimal")
    assert plan["bound"] >= plan["value"] - SAME


# The bound is the dual


def relaxed(model: Model) -> Relaxed:
    return relax(model, lambda: False, lambda _bound, _columns: None)


def is_dual_feasible(model: Model, found: Relaxed) -> None:
    """Whether no column of all there are has a negative reduced cost, computed from its own coefficients."""
    columns = every_column(model)
    price = np.concatenate([found.duals.cell.ravel(), found.duals.side])
    reduced = columns.cost - columns.matrix.T @ price
    reduced = reduced - found.cuts.coefficients(model, columns).T @ found.duals.cut
    assert reduced.min(initial=0.0) >= -1e-6
    for r, row in enumerate(model.rows.side):
        if row.price is not None:
            assert row.price * model.scale + found.duals.side[r] >= -1e-6
    assert (found.duals.cell <= 1e-9).all()
    assert (found.duals.cut <= 1e-9).all()


def dual_objective(model: Model, found: Relaxed) -> float:
    side = found.duals.side
    rows = model.rows.side
    limits = [row.lower if y > 0 else row.upper for y, row in zip(side, rows, strict=True)]
    held = sum(float(y * limit) for y, limit in zip(side, limits, strict=True) if abs(y) > 1e-12)
    index, cost = model.tables.index, model.tables.cost
    tables = [
        cost[i] - sum(row.tables.get(int(e), 0.0) * side[r] for r, row in enumerate(rows)) for i, e in enumerate(index)
    ]
    cuts = float(found.duals.cut @ found.cuts.upper)
    return float(found.duals.cell.sum()) + held + cuts + sum(min(0.0, float(t)) for t in tables)


@pytest.mark.parametrize("loaded", load_all(LEERSTAD), ids=lambda loaded: loaded.scenario.variant or "itself")
def test_the_bound_of_leerstad_is_the_value_of_a_feasible_dual(loaded: Loaded):
    model = modelled(loaded.scenario, loaded.base)
    found = relaxed(model)
    assert found.converged
    is_dual_feasible(model, found)
    assert dual_objective(model, found) == pytest.approx(found.bound, abs=1e-4)


def test_the_bound_of_random_scenarios_is_the_value_of_a_feasible_dual():
    for case in feasible(range(60)):
        model = modelled(case.scenario, case.base)
        found = relaxed(model)
        assert found.converged
        assert found.feasible
        is_dual_feasible(model, found)
        assert dual_objective(model, found) == pytest.approx(found.bound, abs=1e-4)


# What listing all plans leaves out


def test_untouched_mutual_services_keep_their_hosts():
    broken = []
    for seed in range(400):
        scenario = instance(np.random.default_rng(seed))
        hosted = [k for k, p in scenario.partnerships.items() if p.hosts and not p.frozen and not p.beside]
        if not hosted:
            continue
        rules = {"stays": Untouched(kind="untouched", partnership=hosted[0])}
        scenario = scenario.model_copy(update={"rules": rules})
        try:
            solution = solve(scenario, scenario)
        except Infeasible:
            continue
        now = next(q for q in today_plan(scenario) if q.id == hosted[0])
        after = next(q for q in solution.partnerships if q.continues == hosted[0])
        if after.hosts != now.hosts:
            broken.append(seed)
    assert broken == []


def test_progress_tells_at_most_how_long_it_still_takes_where_there_is_a_limit():
    loaded = load(LEERSTAD)
    heard: list[Progress] = []
    solve(loaded.scenario, loaded.base, Options(time_limit=30.0), heard.append)
    assert heard
    assert all(now.left == pytest.approx(30.0 - now.seconds, abs=0.1) for now in heard)
    heard.clear()
    solve(loaded.scenario, loaded.base, Options(), heard.append)
    assert {now.left for now in heard} == {None}
