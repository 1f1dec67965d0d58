"""Rules held against a plan that no solve has made: as each rule's docstring says it, on random plans."""

from collections import Counter
from itertools import islice

import numpy as np

from regie_opt.engine import Obeying, solve
from regie_opt.engine.conflict import Infeasible

from .brute_force import Plans
from .instances import instance

NATURE = (
    "lawful",
    "statutory",
    "veto",
    "largest of the form",
    "trust of the form",
    "portfolio",
    "part of an organisation",
    "idle host",
    "mutual services",
)


def some_plans(seed: int) -> tuple[Plans, list]:
    """Plans of a random scenario, whether or not they obey its rules."""
    scenario = instance(np.random.default_rng(seed))
    plans = Plans(scenario, scenario)
    free = plans.obeying([])
    rng = np.random.default_rng(seed)
    found = [free.whole(parts).partnerships for parts in islice(free.chosen(), 400)]
    return plans, [found[i] for i in rng.choice(len(found), size=min(8, len(found)), replace=False)]


def test_the_rules_that_a_plan_breaks_are_named():
    seen: dict[str, int] = {}
    for seed in range(4000, 4060):
        plans, found = some_plans(seed)
        obeying = Obeying(plans.worth)
        rules = plans.scenario.rules
        for plan in found:
            told = [name for name in plans.book.broken(plan) if name in rules]
            assert set(obeying.broken(plan)) == set(told), f"seed {seed}"
            for name in told:
                seen[rules[name].kind] = seen.get(rules[name].kind, 0) + 1
    assert {"contiguity", "largest", "distance", "forms", "apart", "together", "keep", "end", "untouched"} <= set(seen)
    assert {"board_hours", "host_capacity", "most_partnerships", "most_changes", "least_trust"} <= set(seen)


def test_what_law_vetoes_and_the_form_forbid_is_impossible():
    compared: Counter[str] = Counter()
    for seed in range(4000, 4040):
        scenario = instance(np.random.default_rng(seed))
        plans = Plans(scenario, scenario)
        obeying = Obeying(plans.worth)
        for q in islice(plans._imaginable(), 0, 4000, 7):
            reason = plans.book.impossible(q)
            if reason is None and plans.book.partial(q):
                reason = "part of an organisation"
            if reason is None or reason in NATURE:
                assert bool(list(obeying.impossible(q))) == (reason is not None), f"seed {seed}: {q}"
                compared[reason or "possible"] += 1
    assert compared.keys() >= {"possible", *NATURE} - {"lawful", "statutory", "mutual services"}, compared


def test_a_plan_of_solve_breaks_no_rule():
    for seed in range(4000, 4030):
        scenario = instance(np.random.default_rng(seed))
        try:
            plan = solve(scenario, scenario).partnerships
        except Infeasible:
            continue
        assert Obeying(Plans(scenario, scenario).worth).broken(plan) == (), f"seed {seed}"
