"""Every path of the engine, forced on instances of which all plans are listed: none changes what is proven."""

from itertools import combinations

import numpy as np
import pulp
import pytest
from scipy import sparse

from regie_opt.engine import (
    Infeasible,
    Options,
    branching,
    incumbent,
    kernel,
    listing,
    master,
    proof,
    relaxation,
    row_cuts,
    solve,
    strengthen,
    tighten,
)
from regie_opt.engine.bound import repaired
from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import Cuts, violated, violated_cliques
from regie_opt.engine.diving import dive
from regie_opt.engine.highs import Highs
from regie_opt.engine.neighbourhood import Neighbourhoods, improved
from regie_opt.engine.pricing import Duals, Pricing
from regie_opt.engine.programme import Choice, Settings, obeys
from regie_opt.engine.relaxation import relax
from regie_opt.engine.room import FITS, Room
from regie_opt.engine.starts import first_plan
from regie_opt.engine.strengthen import Root, strengthened
from regie_opt.schema.rules import HostCapacity
from regie_opt.schema.scenario import Scenario

from .brute_force import SAME, Listed
from .instances import instance
from .models import every_column, feasible

SEEDS = range(60)
TORN_SEEDS = (*range(60), 75, 158, 267, 269, 289)
"""With some of which the relaxation is torn, so that there is something to branch on."""
HIGHS = Settings("highs", 1, 0)
TOLERANCE = 1e-5
"""Engine units."""


def optimum(case: Listed) -> tuple[Model, Choice]:
    return optimum_of(case.scenario, case.base)


def optimum_of(scenario: Scenario, base: Scenario) -> tuple[Model, Choice]:
    memory = solve(scenario, base).memory
    assert memory is not None
    return memory.model, memory.choice


def finds_the_best(case: Listed, threads: int = 1) -> None:
    assert case.best is not None
    certificate = solve(case.scenario, case.base, Options(threads=threads)).certificate
    assert (certificate.status, certificate.gap) == ("optimal", 0.0)
    assert certificate.value == pytest.approx(case.best.value, abs=SAME)


def forced_search(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Start from everybody alone or today, with a small first kernel, and no cuts across domains before it."""
    called: list[str] = []

    def counted(name, function):
        def inner(*args, **kwargs):
            called.append(name)
            return function(*args, **kwargs)

        return inner

    monkeypatch.setattr(proof, "relaxed_plan", lambda model, relaxed, distance, best, *_: best)

    def small_first(root, done, farthest):
        with monkeypatch.context() as first:
            if not done:
                first.setattr(proof, "MOST_COLUMNS", 2)
            found = stage(root, done, farthest)
        return found or stage(root, done, farthest)

    stage = proof._stage
    monkeypatch.setattr(proof, "_stage", small_first)
    monkeypatch.setattr(proof, "FIRST_DISTANCE", 1e-6)
    monkeypatch.setattr(proof, "strengthened", lambda root, *_: root)
    monkeypatch.setattr(proof, "near_plan", lambda model, root, best, *_: best)
    monkeypatch.setattr(proof, "dive", counted("dive", dive))
    monkeypatch.setattr(proof, "tighten", counted("stage", proof.tighten))
    monkeypatch.setattr(incumbent, "solve_programme", counted("kernel", incumbent.solve_programme))
    return called


def test_a_bad_first_plan_and_a_small_first_kernel_lead_to_the_best(monkeypatch):
    called = forced_search(monkeypatch)
    for case in feasible(SEEDS):
        finds_the_best(case)
    assert {"stage", "kernel"} <= set(called)


def test_cuts_across_domains_over_everything_find_the_best(monkeypatch):
    """With few columns listed at first, those that cuts across domains are charged for must be priced."""
    raised: list[bool] = []

    def counted(root, *args):
        stronger = strengthened(root, *args)
        raised.append(stronger.bound > root.bound + TOLERANCE)
        return stronger

    monkeypatch.setattr(proof, "relaxed_plan", lambda model, relaxed, distance, best, *_: best)
    monkeypatch.setattr(relaxation, "violated", lambda model, *_: Cuts.none(*model.worth.region.staff.shape))
    monkeypatch.setattr(proof, "EASY", 0)
    monkeypatch.setattr(strengthen, "MOST_LISTED", 3)
    monkeypatch.setattr(strengthen, "MOST_MISSING", 2)
    monkeypatch.setattr(strengthen, "violated_in_domain", lambda model, *_: Cuts.none(*model.worth.region.staff.shape))
    monkeypatch.setattr(kernel, "MOST_AT_FIRST", 3)
    monkeypatch.setattr(kernel, "MOST_INSIDE", 6)
    monkeypatch.setattr(listing, "MANY_SETS", 1)
    monkeypatch.setattr(proof, "strengthened", counted)
    for case in feasible(SEEDS):
        finds_the_best(case)
    assert any(raised), len(raised)


def test_branching_on_every_kernel_finds_the_best(monkeypatch):
    asked: list[branching.Question | None] = []

    def question(*args):
        asked.append(ask(*args))
        return asked[-1]

    ask = branching._question
    monkeypatch.setattr(branching, "_question", question)
    monkeypatch.setattr(branching, "SMALL", 1)
    monkeypatch.setattr(branching, "MOST_PARTS", 30)
    monkeypatch.setattr(branching, "TORN", 1e-6)
    monkeypatch.setattr(proof, "relaxed_plan", lambda model, relaxed, distance, best, *_: best)
    monkeypatch.setattr(relaxation, "violated", lambda model, *_: Cuts.none(*model.worth.region.staff.shape))
    monkeypatch.setattr(tighten, "MOST_ROUNDS", 1)
    monkeypatch.setattr(tighten, "violated", lambda *_: row_cuts.RowCuts.none())
    for cuts in ("violated_in_domain", "violated_cliques"):
        monkeypatch.setattr(tighten, cuts, lambda model, *_: Cuts.none(*model.worth.region.staff.shape))
    monkeypatch.setattr(proof, "strengthened", lambda root, *_: root)
    monkeypatch.setattr(proof, "EASY", 10**6)
    monkeypatch.setattr(proof, "near_plan", lambda model, root, best, *_: best)
    for case in feasible(TORN_SEEDS):
        finds_the_best(case, threads=2)
    assert sum(q is not None for q in asked) > 10, asked


def test_near_bodies_priced_first_find_the_best(monkeypatch):
    monkeypatch.setattr(relaxation, "FEW", 3)
    made = []
    only = Model.only
    monkeypatch.setattr(Model, "only", lambda model, index: made.append(len(index)) or only(model, index))
    for case in feasible(SEEDS):
        finds_the_best(case)
    assert len(made) > len(SEEDS) / 2


def test_a_master_of_a_few_columns_with_smoothed_prices_finds_the_best(monkeypatch):
    monkeypatch.setattr(relaxation, "MOST_PER_ROUND", 2)
    monkeypatch.setattr(master, "POOL", 1)
    monkeypatch.setattr(relaxation, "SMOOTHING", 0.9)
    monkeypatch.setattr(kernel, "MOST_ENTERING", 1)
    monkeypatch.setattr(relaxation, "violated", lambda model, *_: Cuts.none(*model.worth.region.staff.shape))
    for case in feasible(SEEDS):
        finds_the_best(case)


def test_repaired_prices_of_anything_are_feasible_and_bound_every_plan():
    rng = np.random.default_rng(7)
    for case in feasible(range(40)):
        assert case.best is not None
        model, best = optimum(case)
        columns = every_column(model)
        n, d = model.found.bodies.members.shape[1], model.found.allowed.shape[1]
        for size in (0.0, 10.0, 1000.0):
            side = np.where(np.isfinite(model.rows.upper), -size * rng.random(len(model.rows.side)), 0.0)
            for r, row in enumerate(model.rows.side):
                if row.price is not None:
                    side[r] = max(side[r], -row.price * model.scale)
            duals = Duals(-size * rng.random((n, d)), side, np.zeros(0), Cuts.none(n, d))
            feasible_duals, bound = repaired(Pricing(model, duals))
            price = np.concatenate([feasible_duals.cell.ravel(), feasible_duals.side])
            assert (columns.cost - price @ columns.matrix).min(initial=0.0) >= -1e-6
            assert (feasible_duals.cell <= duals.cell + 1e-12).all()
            assert bound <= best.cost + TOLERANCE


def test_dives_and_neighbourhoods_give_plans_that_obey_and_are_no_better_than_the_best():
    plans, rng = 0, np.random.default_rng(5)
    for case in feasible(SEEDS):
        model, best = optimum(case)
        relaxed = relax(model, lambda: False, lambda *_: None)
        start = first_plan(model)
        dived = dive(model, relaxed, lambda: False)
        parts = Neighbourhoods.around(model, 3, 1).and_also(Neighbourhoods.by_domain(model, 1, rng))
        searched = start and improved(model, relaxed.duals, start, parts, relaxed.pool, HIGHS, lambda: False)
        for found in (dived, searched):
            if found is not None:
                plans += 1
                assert obeys(model, found.columns, found.chosen, found.kept)
                assert found.cost >= best.cost - TOLERANCE
        if start is not None and searched is not None:
            assert searched.cost <= start.cost + TOLERANCE
    assert plans > len(SEEDS)


def crowded(seed: int) -> Scenario:
    """An instance in which every host has little room, for any domains, so that covers and cliques of hosts arise."""
    scenario = instance(np.random.default_rng(seed))
    places = {
        code: place.model_copy(update={"willing_host": True, "host_capacity": 6.0 + 3 * (seed % 7)})
        for code, place in scenario.municipalities.items()
    }
    domains = {key: domain.model_copy(update={"portfolio": None}) for key, domain in scenario.domains.items()}
    rules = {"room": HostCapacity(kind="host_capacity")}
    return scenario.model_copy(update={"municipalities": places, "domains": domains, "rules": rules})


def test_no_cut_cuts_off_a_plan():
    """Cuts that random points break, among municipalities and on hosts, hold for random plans and for the best one."""
    kinds = {"among": 0, "cover": 0, "clique": 0}
    for seed in range(40):
        scenario = crowded(seed)
        try:
            solution = solve(scenario, scenario)
        except Infeasible:  # what is imposed by law is more than there is room for
            continue
        assert solution.memory is not None
        model, best = solution.memory.model, solution.memory.choice
        columns = every_column(model)
        if not len(columns):
            continue
        plans = random_plans(model, columns, seed)
        rng = np.random.default_rng(seed)
        for _ in range(5):
            weights = rng.random(len(columns)) * (rng.random(len(columns)) < 0.5)
            cuts = violated(model, columns, weights).and_also(violated_cliques(model, columns, weights))
            kinds["among"] += int((cuts.host < 0).sum())
            kinds["cover"] += int(((cuts.host >= 0) & (cuts.domain < 0)).sum())
            kinds["clique"] += int(((cuts.host >= 0) & (cuts.domain >= 0)).sum())
            used = cuts.coefficients(model, columns)
            assert (used @ plans <= cuts.upper[:, None] + 1e-9).all(), f"seed {seed}"
            at_best = cuts.coefficients(model, best.columns) @ best.chosen
            assert (at_best <= cuts.upper + 1e-9).all(), f"seed {seed}"
    assert min(kinds.values()) > 20, kinds


def test_no_cut_over_rows_cuts_off_a_plan_and_each_charges_what_it_weighs():
    wide = 0
    for seed in range(40):
        scenario = crowded(seed)
        try:
            model, best = optimum_of(scenario, scenario)
        except Infeasible:
            continue
        columns = every_column(model)
        if not len(columns):
            continue
        plans, rows = random_plans(model, columns, seed), row_cuts.packing_rows(model, columns)
        rng = np.random.default_rng(seed)
        for _ in range(5):
            weights = rng.random(len(columns)) * (rng.random(len(columns)) < 0.3)
            cuts = row_cuts.violated(rows, weights, columns.carried.shape[1])
            wide += int(((cuts.shares > 0).sum(axis=1) > 3).sum())
            used = cuts.coefficients(rows)
            assert (used @ plans <= cuts.upper[:, None] + 1e-9).all(), f"seed {seed}"
            at_best = cuts.coefficients(row_cuts.packing_rows(model, best.columns)) @ best.chosen
            assert (at_best <= cuts.upper + 1e-9).all(), f"seed {seed}"
            price = -rng.random(len(cuts))
            charge = cuts.charged(model, price, columns.body, columns.carried)
            assert charge == pytest.approx(-price @ used.toarray(), abs=1e-9)
    assert wide > 20


def test_no_cut_over_domains_of_one_municipality_cuts_off_a_plan():
    """Many domains: of random partnerships of three municipalities, plans take some that share no cell."""
    municipalities, domains, of_one = 3, 9, 0
    for seed in range(30):
        rng = np.random.default_rng(seed)
        members, carried = rng.random((80, municipalities)) < 0.6, rng.random((80, domains)) < 0.6
        dense = (members[:, :, None] & carried[:, None, :]).reshape(80, -1).T
        packing = sparse.csr_array(dense.astype(float))
        cuts = row_cuts.violated(packing, rng.random(80) * (rng.random(80) < 0.2), domains)
        used = cuts.shares > 0
        first = cuts.rows[:, :1]
        alone = np.where(used, cuts.rows // domains == first // domains, True).all(axis=1)
        of_one += int((alone & (used.sum(axis=1) > 5)).sum())
        coefficients = cuts.coefficients(packing).toarray()
        for _ in range(50):
            taken, free = np.zeros(80), np.ones(len(dense), dtype=bool)
            for c in rng.permutation(80):
                if free[dense[:, c]].all():
                    taken[c] = 1.0
                    free &= ~dense[:, c]
            assert (coefficients @ taken <= cuts.upper + 1e-9).all(), f"seed {seed}"
    assert of_one > 20


def test_a_strengthened_bound_holds_and_lists_what_is_within_a_distance(monkeypatch):
    monkeypatch.setattr(relaxation, "violated", lambda model, *_: Cuts.none(*model.worth.region.staff.shape))
    raised = 0
    for case in feasible(SEEDS):
        model, best = optimum(case)
        relaxed = relax(model, lambda: False, lambda *_: None)
        before = Root.of(model, relaxed)
        root = strengthened(before, (relaxed.cuts, row_cuts.RowCuts.none()), 1.0, lambda: False)
        assert before.bound <= root.bound <= best.cost + TOLERANCE
        raised += root.bound > before.bound + TOLERANCE
        columns = every_column(model)
        reduced = root.reduced(columns)
        assert reduced.min(initial=0.0) >= -1e-5
        for distance in (0.5, 20.0):
            near = root.within(distance, 10**6)
            assert near is not None
            assert len(near) == (reduced <= distance).sum()
    assert raised > 0


def random_plans(model: Model, columns: Bundles, seed: int) -> np.ndarray:
    """Plans made by taking columns in random order as long as the rows hold (c, plan)."""
    rng = np.random.default_rng(seed)
    upper = np.concatenate(
        [np.ones(model.cells), [np.inf if r.price is not None else r.upper for r in model.rows.side]]
    )
    dense = columns.matrix.toarray()
    plans = np.zeros((len(columns), 30))
    for p in range(30):
        used = np.zeros(len(upper))
        for c in rng.permutation(len(columns)):
            if (used + dense[:, c] <= upper + 1e-9).all():
                used += dense[:, c]
                plans[c, p] = 1.0
    return plans


def test_the_best_domains_that_a_host_has_room_for_are_the_best_of_all_sets():
    rng = np.random.default_rng(3)
    for size in (1, 4, 7):
        work = rng.random((30, size)) * 10
        room = Room(np.arange(30), work, rng.random(30) * 12)
        reduced = rng.normal(size=(30, size)) * 5
        anchor = rng.random((30, size)) < 0.5
        least, take = room.best(np.arange(30), reduced, anchor)
        bound = room.bound(np.arange(30), reduced)
        for i in range(30):
            sets = [list(s) for k in range(1, size + 1) for s in combinations(range(size), k)]
            fit = [s for s in sets if work[i, s].sum() <= room.limit[i] + FITS and anchor[i, s].any()]
            expected = min((float(reduced[i, s].sum()) for s in fit), default=np.inf)
            assert least[i] == pytest.approx(expected, abs=1e-9)
            assert bound[i] <= expected + 1e-9
            assert room._searched(i, reduced[i], anchor[i])[0] == pytest.approx(expected, abs=1e-6)
            if np.isfinite(expected):
                assert reduced[i, take[i]].sum() == pytest.approx(expected, abs=1e-9)


def test_a_search_that_has_had_its_nodes_ends_with_the_plan_that_it_has():
    rng = np.random.default_rng(1)
    work, gain = rng.integers(50, 150, (8, 60)).tolist(), rng.integers(50, 150, 60).tolist()
    problem = pulp.LpProblem("knapsacks", pulp.LpMaximize)
    take = [pulp.LpVariable(f"x{i}", cat="Binary") for i in range(60)]
    problem += pulp.lpDot(gain, take)
    for row in work:
        problem += pulp.lpDot(row, take) <= sum(row) // 3
    problem.solve(Highs(HIGHS.seed, None, lambda: False, 1e-6, (take, None), 20))
    assert problem.sol_status == pulp.LpSolutionIntegerFeasible
    assert 20 <= problem.solverModel.getInfo().mip_node_count < 100
