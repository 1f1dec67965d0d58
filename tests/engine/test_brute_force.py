"""The proven optimum is the best of all plans, and a conflict is a smallest one: against listing every plan."""

from itertools import combinations

import numpy as np
import pytest

from regie_opt.engine import Infeasible, solve
from regie_opt.worth import today_plan
from regie_opt.worth.value import Worth

from .brute_force import MOST_PLANS, SAME, Listed, Plans, listed
from .instances import instance, model_pack

CHUNK = 10
DEFAULT = range(0, 200, CHUNK)
MORE = range(1000, 2000, CHUNK)


def agrees(seed: int, *, all_assessed: bool = False) -> None:
    case = listed(seed)
    best = case.plans.best() if all_assessed else case.best
    if best is None:
        with pytest.raises(Infeasible) as caught:
            solve(case.scenario, case.base)
        is_smallest_conflict(seed, case, caught.value.rules)
        return
    solution = solve(case.scenario, case.base)
    certificate = solution.certificate
    found = certificate.status, certificate.gap
    assert found == ("optimal", 0.0), f"seed {seed}: {found}"
    difference = certificate.value - best.value
    assert abs(difference) <= SAME, f"seed {seed}: {difference:+.9f} against the best of {case.plans.number} plans"
    assert case.plans.book.broken(solution.partnerships) == [], f"seed {seed}"
    assert abs(solution.assessment.value - certificate.value) <= SAME, f"seed {seed}"
    assert certificate.bound >= certificate.value - SAME, f"seed {seed}"
    against = case.plans.book.broken(today_plan(case.scenario))
    assert bool(certificate.today_breaches) == bool(against), f"seed {seed}: {against}"
    assert certificate.today_breaches or certificate.value >= solution.today.value - SAME, f"seed {seed}"


def is_smallest_conflict(seed: int, case: Listed, named: tuple[str, ...]) -> None:
    assert named, f"seed {seed}"
    assert not case.plans.obeying(named).any(), f"seed {seed}: {named} can all hold"
    for name in named:
        rest = [n for n in named if n != name]
        assert case.plans.obeying(rest).any(), f"seed {seed}: {named} conflict without {name} too"
    for size in range(1, len(named)):
        for fewer in combinations(case.scenario.rules, size):
            assert case.plans.obeying(fewer).any(), f"seed {seed}: {fewer} conflict already, not only {named}"


@pytest.mark.parametrize("first", DEFAULT)
def test_solve_finds_the_best_of_all_plans_or_a_smallest_conflict(first: int):
    for seed in range(first, first + CHUNK):
        agrees(seed)


@pytest.mark.slow
@pytest.mark.parametrize("first", [*DEFAULT, *MORE])
def test_solve_finds_the_best_of_all_plans_or_a_smallest_conflict_on_many_more(first: int):
    for seed in range(first, first + CHUNK):
        agrees(seed, all_assessed=True)
        listed.cache_clear()


def test_as_many_plans_are_listed_as_counted():
    for seed in range(4000, 4100):
        scenario = instance(np.random.default_rng(seed))
        plans = Plans(scenario, scenario)
        if (counted := plans.count()) <= MOST_PLANS:
            listed_plans = sum(1 for _ in plans.chosen())
            is_doubled = any(part.needs for part in plans.parts)
            assert listed_plans <= counted if is_doubled else listed_plans == counted, f"seed {seed}"


def test_random_scenarios_hold_everything_a_scenario_can_hold():
    drawn = [instance(np.random.default_rng(seed)) for seed in range(200)]
    forms = {key for scenario in drawn for key in scenario.forms}
    rules = {rule.kind for scenario in drawn for rule in scenario.rules.values()}
    today = [p for scenario in drawn for p in scenario.partnerships.values()]
    assert forms == set(model_pack().forms)
    assert len(rules) == 14
    assert all(any(what) for what in zip(*((p.frozen, p.beside, p.outside.members > 0) for p in today), strict=True))
    assert any(p.domains == ("unknown",) for p in today)
    assert any(p.hours for p in today)
    assert any(p.hosts for p in today)
    assert {form.scope for scenario in drawn for form in scenario.forms.values()} == {
        "portfolio",
        "bundle",
        "organisation",
    }
    assert any(form.may_leave for scenario in drawn for form in scenario.forms.values())
    assert sum(len({d.portfolio for d in scenario.domains.values()}) > 1 for scenario in drawn) >= 20
    assert sum(bool(Worth(scenario, scenario).today.doubles.any()) for scenario in drawn) >= 20


def test_random_scenarios_are_hard_enough_to_tell_a_wrong_engine():
    numbers, bests, hostings = [], [], set()
    for case in map(listed, range(200)):
        if case.best is not None:
            best = case.best.plan
            numbers.append(case.plans.number)
            bests.append(best)
            hostings |= {case.scenario.forms[q.form].hosting for q in best}
    assert 100 <= len(bests) < 195
    assert sum(number >= 50 for number in numbers) >= 55
    assert sum(any(q.continues is None for q in best) for best in bests) >= 60
    assert hostings == {"none", "centre", "mutual"}
