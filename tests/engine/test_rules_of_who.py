"""Rules on who is with whom exactly, on random scenarios: the best plan is the best of all plans that obey them."""

from functools import cache

import numpy as np
import pytest

from regie_opt.engine import Infeasible, solve
from regie_opt.schema.partnership import Partnership
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.rules import Alone, Keep, Rule, Together, Without

from .brute_force import MOST_PLANS, SAME, Plans, TooManyPlans
from .instances import instance
from .test_rules import region

SEEDS = range(3000, 3040)
FEW = MOST_PLANS // 30
"""Plans of a random scenario at most, all of which are assessed before there are more rules."""


def new_ones(plan: tuple[PlannedPartnership, ...]) -> list[PlannedPartnership]:
    """Those that something is decided on and that do the work."""
    return [q for q in plan if q.origin != "frozen" and not q.beside and "unknown" not in q.domains]


def with_rule(plans: Plans, rule: Rule) -> Plans:
    """The same scenario with one more rule."""
    return plans.under({**plans.scenario.rules, "extra": rule})


@cache
def listed() -> list[tuple[int, Plans, tuple[PlannedPartnership, ...]]]:
    """Random scenarios with few plans, and the best one of each."""
    found = []
    for seed in SEEDS:
        scenario = instance(np.random.default_rng(seed))
        plans = Plans(scenario, scenario)
        try:
            best = plans.best(FEW, assessed=100)
        except TooManyPlans:
            continue
        if best is not None:
            found.append((seed, plans, solve(scenario, scenario).partnerships))
    return found


def agrees(seed: int, plans: Plans) -> int:
    """Whether solving agrees with listing every plan; counts those with a plan."""
    scenario, most = plans.scenario, plans.most()
    if most is None:
        with pytest.raises(Infeasible):
            solve(scenario, scenario)
        return 0
    found = solve(scenario, scenario)
    assert found.certificate.status == "optimal", f"seed {seed}"
    assert found.certificate.value == pytest.approx(most, abs=SAME), f"seed {seed}"
    assert plans.book.broken(found.partnerships) == [], f"seed {seed}"
    return 1


def test_the_best_plan_without_a_partnership_is_the_best_of_all_others():
    compared = 0
    for seed, plans, plan in listed():
        for q in new_ones(plan)[:2]:
            for form, domains in ((None, None), (q.form, None), (q.form, q.domains[:1])):
                rule = Without(kind="without", members=q.members, form=form, domains=domains)
                compared += agrees(seed, with_rule(plans, rule))
    assert compared >= 40


def test_who_must_do_it_alone_is_in_no_partnership_for_it():
    compared = 0
    for seed, plans, plan in listed():
        for q in new_ones(plan)[:1]:
            for domains in (None, q.domains[:1]):
                rule = Alone(kind="alone", members=q.members[:1], domains=domains)
                compared += agrees(seed, with_rule(plans, rule))
    assert compared >= 10


def test_together_with_anybody_is_not_alone():
    compared = 0
    for seed, plans, plan in listed():
        held = {(c, d) for q in plan if not q.beside for c in q.members for d in q.domains}
        free = [(c, d) for c in plans.scenario.municipalities for d in plans.scenario.domains if (c, d) not in held]
        for code, domain in free[:2]:
            rule = Together(kind="together", members=(code,), domains=(domain,))
            compared += agrees(seed, with_rule(plans, rule))
    assert compared >= 10


def test_who_must_do_it_alone_and_together_is_named():
    rules = {
        "zelf": Alone(kind="alone", members=("a",), domains=("ict",)),
        "samen": Together(kind="together", members=("a", "b"), domains=("ict",)),
    }
    scenario = region("abc", ["bvo"], ["ict"], rules=rules)
    with pytest.raises(Infeasible) as caught:
        solve(scenario, scenario)
    assert caught.value.rules == ("zelf", "samen")


def test_a_partnership_that_must_go_on_and_may_not_be_is_named():
    today = {"oud": Partnership(name="ict", form="bvo", members=("a", "b"), domains=("ict",))}
    rules = {
        "zonder": Without(kind="without", members=("b", "a")),
        "blijft": Keep(kind="keep", partnership="oud"),
    }
    scenario = region("ab", ["bvo"], ["ict"], partnerships=today, rules=rules)
    with pytest.raises(Infeasible) as caught:
        solve(scenario, scenario)
    assert caught.value.rules == ("zonder", "blijft")
