"""What is done otherwise for many municipalities, on small ones: the same answers."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from regie_opt.engine import (
    Options,
    across,
    large,
    large_plan,
    member_sets,
    neighbourhood,
    relaxation,
    solve,
    strengthen,
)
from regie_opt.engine.bound import repaired
from regie_opt.engine.candidates import candidates
from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.exchange import Group
from regie_opt.engine.listing import within
from regie_opt.engine.parts import put_back
from regie_opt.engine.pricing import Duals, Pricing, reduced_costs
from regie_opt.engine.programme import Settings, obeys, plan_cost
from regie_opt.engine.relaxation import Relaxed, relax
from regie_opt.engine.row_cuts import packing_rows
from regie_opt.engine.solve import Account
from regie_opt.engine.starts import first_plan
from regie_opt.engine.stopping import Stopping
from regie_opt.loading import load
from regie_opt.worth import bodies
from regie_opt.worth.value import Worth

from .models import every_column, feasible, modelled, solved

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SEEDS = range(12)
NEAR = 1e-3
"""Engine units by which prices from the middle may differ."""


def cost_of(model: Model, value: float) -> float:
    """Cost in engine units of a plan of a value."""
    return (Account(model, Stopping(None), lambda _: None).constant - value) * model.scale


def test_bodies_are_worth_the_same_in_parts_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for case in feasible(SEEDS):
        found = candidates(Worth(case.scenario, case.base).today).bodies
        whole = Worth(case.scenario, case.base).column_values(found)
        monkeypatch.setattr(bodies, "MOST_CELLS", 7 * found.members.shape[1])
        again = found.take(np.arange(len(found)))
        assert len(again.parts()) == -(-len(again) // 7) or not len(again)
        for one, other in zip(whole, Worth(case.scenario, case.base).column_values(again), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)
        monkeypatch.undo()


def test_the_rule_says_at_which_number_of_sets_memory_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    limited = 0
    for case in feasible(SEEDS):
        today = Worth(case.scenario, case.base).today
        n, whole = len(today.region.codes), member_sets.member_sets(today)
        monkeypatch.setattr(member_sets, "MOST_CELLS", n * (n + 1))
        fewer = member_sets.member_sets(today)
        monkeypatch.undo()
        known = {row.tobytes() for row in whole.members}
        assert {row.tobytes() for row in fewer.members} <= known
        if len(fewer.members) < len(whole.members):
            limited += 1
            assert f"(more than {n + 1} beyond that size)" in fewer.rule
    assert limited


def test_a_large_programme_is_solved_to_a_valid_bound_and_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    gaps = []
    for case in feasible(SEEDS):
        exact = solved(case)
        monkeypatch.setattr(large, "LARGE", 0)
        inside = solve(case.scenario, case.base, Options(time_limit=20))
        monkeypatch.undo()
        best = exact.certificate.value
        assert inside.certificate.bound >= best - 1e-6
        assert inside.certificate.value <= best + 1e-6
        gaps.append(inside.certificate.gap)
    assert np.median(gaps) < 0.1


def test_the_relaxation_in_parts_is_as_good_as_the_whole_where_one_part_is_the_whole() -> None:
    for case in feasible(SEEDS):
        model = modelled(case.scenario, case.base)
        whole = relax(model, lambda: False, lambda *_: None)
        parts = large.relax_in_parts(model, 1, lambda: False, lambda *_: None)
        best = solved(case).certificate
        assert parts.converged
        assert parts.feasible
        optimum = cost_of(model, best.value)
        assert parts.bound <= optimum + NEAR
        assert parts.bound >= whole.bound - 0.01 * max(1.0, abs(whole.bound))


def test_the_bound_rises_part_by_part_and_no_plan_passes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "WINDOW", 3)
    monkeypatch.setattr(large, "CORE", 2)
    near = []
    for case in feasible(SEEDS):
        model = modelled(case.scenario, case.base)
        optimum = cost_of(model, solve(case.scenario, case.base).certificate.value)
        told: list[float] = []
        relaxed = large.relax_in_parts(model, 1, lambda: False, lambda bound, _, told=told: told.append(bound))
        assert (np.diff(told) >= -1e-9).all()
        assert not relaxed.converged or len(model.worth.region.codes) <= 3
        assert relaxed.bound <= optimum + NEAR
        pricing = Pricing(model, relaxed.duals)
        pricing.settle()
        assert repaired(pricing)[1] == pytest.approx(relaxed.bound, abs=NEAR)
        near.append(optimum - relaxed.bound <= 0.05 * abs(optimum))
    assert np.mean(near) > 0.5


def test_a_large_programme_in_many_parts_is_solved_to_a_valid_bound_and_a_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for case in feasible(SEEDS):
        exact = solved(case)
        monkeypatch.setattr(large, "LARGE", 0)
        monkeypatch.setattr(large, "WINDOW", 3)
        monkeypatch.setattr(large, "CORE", 2)
        parts = solve(case.scenario, case.base, Options(time_limit=20))
        monkeypatch.undo()
        best = exact.certificate.value
        assert parts.certificate.bound >= best - 1e-6
        assert parts.certificate.value <= best + 1e-6


def test_parts_and_windows_at_the_same_time_are_valid_and_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WINDOW", "CORE"):
        monkeypatch.setattr(large, name, 1)
    monkeypatch.setattr(large_plan, "PASSES", ((1, 1),))
    sizes: list[int] = []
    together, turns = large.batches, neighbourhood._turns

    def batches(*args):
        for batch in together(*args):
            sizes.append(len(batch))
            yield batch

    def counted(*args):
        found = list(turns(*args))
        sizes.append(len(found))
        return found

    def merged(model, standing, parts):
        better = merge(model, standing, parts)
        alone = [put_back(model, standing, [part.priced]).bound for part in parts]
        if not len(model.tables):  # tables beside the work are seen by many parts
            gains = [bound - standing.bound for bound in alone]
            all_of_them = put_back(model, standing, [part.priced for part in parts]).bound
            # A price that several parts made dearer is paid once.
            now = standing.duals.cell
            dearer = np.array(
                [
                    np.where(part.priced.part.free[: model.cells].reshape(now.shape), 0, now - part.priced.prices.cell)
                    for part in parts
                ]
            ).clip(0)
            once = (dearer.sum(axis=0) - dearer.max(axis=0)).sum()
            assert all_of_them - standing.bound == pytest.approx(sum(gains) + once, abs=NEAR)
            # Where a part loses, it is left out.
            assert better.bound == pytest.approx(max(all_of_them, standing.bound, *alone), abs=NEAR)
            summed.append(len(parts))
        return better

    merge, summed = large._better, []
    monkeypatch.setattr(large, "_better", merged)
    monkeypatch.setattr(large, "batches", batches)
    monkeypatch.setattr(neighbourhood, "_turns", counted)
    at_once = {"parts": 0, "windows": 0}
    for case in feasible((*SEEDS, 19, 26)):
        model = modelled(case.scenario, case.base)
        optimum = cost_of(model, solve(case.scenario, case.base).certificate.value)
        plans = []
        for _ in range(2):
            sizes.clear()
            relaxed = large.relax_in_parts(model, 2, lambda: False, lambda *_: None)
            at_once["parts"] += sum(size > 1 for size in sizes)
            assert relaxed.bound <= optimum + NEAR
            pricing = Pricing(model, relaxed.duals)
            pricing.settle()
            assert repaired(pricing)[1] == pytest.approx(relaxed.bound, abs=NEAR)
            start = first_plan(model)
            if start is not None:
                sizes.clear()
                settings = Settings("highs", 2, 0)
                plan = large_plan.large_plan(model, relaxed, start, settings, lambda: False, lambda _: None)
                at_once["windows"] += sum(size > 1 for size in sizes)
                assert obeys(model, plan.columns, plan.chosen, plan.kept)
                assert optimum - NEAR <= plan.cost <= start.cost
                plans.append((relaxed.bound, plan.cost))
        assert plans[:1] == plans[1:]
    assert min(at_once.values()) > 0, at_once
    assert max(summed) > 1


@dataclass(frozen=True)
class Step:
    """Cuts across domains before and after some parts were raised, and what that brought."""

    before: int
    after: int
    gain: float


def raised_in_parts(
    monkeypatch: pytest.MonkeyPatch, model: Model, relaxed: Relaxed, columns: Bundles
) -> tuple[float, list[Step]]:
    """The bound that cuts across domains bring to; no column may have a negative reduced cost on the way."""
    start, together, steps = first_plan(model), across._together, []
    assert start is not None

    def checked(model, before, parts):
        better = together(model, before, parts)
        charged = better.across @ better.row_cuts.coefficients(packing_rows(model, columns))
        assert (reduced_costs(model, columns, better.duals) - charged).min() >= -2 * strengthen.NEGATIVE
        steps.append(Step(len(before.across), len(better.across), better.bound(model) - before.bound(model)))
        return better

    with monkeypatch.context() as patched:
        patched.setattr(across, "_together", checked)
        stronger = across.strengthened_in_parts(model, relaxed, start, 1, lambda: False)
    assert stronger.bound >= relaxed.bound
    return stronger.bound, steps


def test_cuts_across_domains_raise_the_bound_and_no_plan_passes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "WINDOW", 3)
    monkeypatch.setattr(large, "CORE", 2)
    none = lambda model, *_: Cuts.none(*model.worth.region.staff.shape)  # noqa: E731
    monkeypatch.setattr(relaxation, "violated", none)
    monkeypatch.setattr(strengthen, "violated_in_domain", none)
    cut = 0
    for case in feasible(range(60)):
        model = modelled(case.scenario, case.base)
        columns = every_column(model)
        if first_plan(model) is None or not len(columns):
            continue
        relaxed = large.relax_in_parts(model, 1, lambda: False, lambda *_: None)
        bound, steps = raised_in_parts(monkeypatch, model, relaxed, columns)
        assert bound <= cost_of(model, solve(case.scenario, case.base).certificate.value) + NEAR
        cut += any(step.after and step.gain > NEAR for step in steps)
    assert cut


@pytest.mark.parametrize("until_raised", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_parts_reckon_with_the_cuts_across_domains_of_others(
    until_raised: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised = False
    for name, window, core in [("zuid-holland-zuid", 4, 2), ("zeeland", 6, 3), ("zeeland", 8, 4)]:
        loaded = load(SCENARIOS / name / "scenario.yaml")
        model = modelled(loaded.scenario, loaded.base)
        best = cost_of(model, solve(loaded.scenario, loaded.base).certificate.value)
        for module in (large, across):
            monkeypatch.setattr(module, "WINDOW", window)
            monkeypatch.setattr(module, "CORE", core)
        relaxed = large.relax_in_parts(model, 1, lambda: False, lambda *_: None)
        columns = within(Pricing(model, relaxed.duals), 3.0, 10**6)
        assert columns is not None
        bound, steps = raised_in_parts(monkeypatch, model, relaxed, columns)
        assert bound <= best + NEAR
        # In how many steps, and in which, follows from the search.
        raised = raised or any(step.gain > NEAR and step.before > 0 for step in steps)
        if raised and until_raised:
            break
    assert raised


def test_windows_with_a_relaxation_of_their_own_keep_to_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(large, "WINDOW", 3)
    monkeypatch.setattr(large, "CORE", 2)
    monkeypatch.setattr(large_plan, "PASSES", ((3, 2),))
    monkeypatch.setattr(large_plan, "FIRST_COLUMNS", 5)
    settings = Settings("highs", 1, 0)
    better = 0
    for case in feasible(SEEDS):
        model = modelled(case.scenario, case.base)
        start = first_plan(model)
        if start is None:
            continue
        relaxed = large.relax_in_parts(model, 1, lambda: False, lambda *_: None)
        told: list[float] = []
        plan = large_plan.large_plan(
            model, relaxed, start, settings, lambda: False, lambda p, told=told: told.append(p.cost)
        )
        assert obeys(model, plan.columns, plan.chosen, plan.kept)
        assert plan.cost == pytest.approx(plan_cost(model, plan.columns, plan.chosen, plan.kept))
        assert (np.diff(told) <= 1e-9).all()
        assert relaxed.bound - NEAR <= plan.cost <= start.cost
        better += plan.cost < start.cost
    assert better


def test_some_candidates_are_priced_as_they_are_among_all() -> None:
    rng = np.random.default_rng(0)
    mutual = 0
    for case in feasible((*SEEDS, 16, 33)):
        model = modelled(case.scenario, case.base)
        shape = model.found.bodies.members.shape[1], model.found.allowed.shape[1]
        duals = Duals(-rng.random(shape), -rng.random(len(model.rows.side)), np.zeros(0), Cuts.none(*shape))
        whole = Pricing(model, duals)
        least = whole.best[0]
        entries = {int(group.body[at]): lowest for group, at, lowest in _lowest(whole)}
        index = np.flatnonzero(rng.random(len(least)) < 0.5)
        part = Pricing(model.only(index), duals)
        np.testing.assert_allclose(part.best[0], least[index])
        assert part.tables == pytest.approx(whole.tables)
        for group, at, lowest in _lowest(part):
            mutual += 1
            assert lowest == pytest.approx(entries[int(index[group.body[at]])])
        sets, set_of = part.model.found.distinct_members
        assert (sets[set_of] == part.model.found.bodies.members).all()
    assert mutual


def _lowest(pricing: Pricing) -> list[tuple[Group, int, float]]:
    """Mutual services that could improve: group, position in it, least reduced cost."""
    groups = zip(pricing.model.exchange.groups, pricing.best_entries, strict=True)
    return [(group, int(g), float(r)) for group, (at, _, lowest) in groups for g, r in zip(at, lowest, strict=True)]
