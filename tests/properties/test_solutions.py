"""Properties that every proven plan has, whatever the region."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from engine.instances import instance
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from regie_opt.engine import Infeasible, Solution, solve
from regie_opt.schema.parameters import CRITERIA, CriterionKey
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario

COSTS = ("burden", "overload", "transition", "autonomy", "partnerships")
"""Criteria of which less is better."""
LEAST_WEIGHT = 0.05

few = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def weighed(scenario: Scenario, weights: Mapping[CriterionKey, float]) -> Scenario:
    criteria = {
        key: criterion.model_copy(update={"weight": weights.get(key, criterion.weight)})
        for key, criterion in scenario.criteria.items()
    }
    return scenario.model_copy(update={"criteria": criteria})


def without_ties(scenario: Scenario) -> Scenario:
    """Every criterion counts, so that there is one best plan."""
    return weighed(scenario, {key: max(c.weight, LEAST_WEIGHT) for key, c in scenario.criteria.items()})


scenarios = st.integers(0, 10**6).map(lambda seed: without_ties(instance(np.random.default_rng(seed))))


def proven(scenario: Scenario, base: Scenario) -> Solution:
    """The proven plan; an example of which the rules conflict is left out."""
    try:
        solution = solve(scenario, base)
    except Infeasible:
        assume(False)
    assert solution.certificate.status == "optimal"
    return solution


def amount(solution: Solution, key: CriterionKey) -> float:
    return next(c.amount for c in solution.assessment.criteria if c.key == key)


def told(q: PlannedPartnership, codes: Mapping[str, str]) -> tuple[Any, ...]:
    """A partnership without its number and name, under other codes."""
    hosts = frozenset((d, codes[c]) for d, c in (q.hosts or {}).items())
    return q.form, frozenset(codes[c] for c in q.members), frozenset(q.domains), hosts, q.continues, q.origin, q.beside


def plan_of(solution: Solution, codes: Mapping[str, str] | None = None) -> set[tuple[Any, ...]]:
    same = {c: c for q in solution.partnerships for c in q.members}
    return {told(q, codes or same) for q in solution.partnerships}


@few
@given(scenarios, st.sampled_from(CRITERIA), st.floats(0.2, 5.0))
def test_raising_the_weight_of_a_criterion_never_worsens_its_amount(scenario, key, more):
    before = proven(scenario, scenario)
    after = proven(weighed(scenario, {key: scenario.criteria[key].weight + more}), scenario)
    reference = next(c.reference for c in before.assessment.criteria if c.key == key)
    better = (amount(before, key) - amount(after, key)) * (1 if key in COSTS else -1)
    assert better >= -1e-6 * max(reference, abs(amount(before, key)))


def each_criterion_in_turn(scenario: Scenario) -> None:
    before = proven(scenario, scenario)
    for criterion in before.assessment.criteria:
        after = proven(weighed(scenario, {criterion.key: 2 * criterion.weight}), scenario)
        better = (criterion.amount - amount(after, criterion.key)) * (1 if criterion.key in COSTS else -1)
        assert better >= -1e-6 * max(criterion.reference, abs(criterion.amount))


@settings(few, max_examples=8)
@given(scenarios)
def test_raising_the_weight_of_each_criterion_in_turn_never_worsens_its_amount(scenario):
    each_criterion_in_turn(scenario)


@pytest.mark.slow
@few
@given(scenarios)
def test_raising_the_weight_of_each_criterion_in_turn_never_worsens_its_amount_on_more(scenario):
    each_criterion_in_turn(scenario)


@few
@given(scenarios)
def test_adding_a_rule_never_raises_the_value(scenario):
    assume(scenario.rules)
    ruled = proven(scenario, scenario)
    for name in scenario.rules:
        rules = {n: r for n, r in scenario.rules.items() if n != name}
        freer = proven(scenario.model_copy(update={"rules": rules}), scenario)
        assert freer.certificate.value >= ruled.certificate.value - 1e-6


def renamed(scenario: Scenario, codes: Mapping[str, str], order: list[str]) -> Scenario:
    """The same scenario with other codes and names for its municipalities, in another order."""
    places = {
        codes[c]: scenario.municipalities[c].model_copy(update={"name": f"Nieuwe naam van {codes[c]}"}) for c in order
    }

    def pair(item: Any) -> Any:
        return item.model_copy(update={"between": tuple(codes[c] for c in item.between)})

    def today(p: Any) -> Any:
        return p.model_copy(
            update={
                "members": tuple(sorted(codes[c] for c in p.members)),
                "host": None if p.host is None else codes[p.host],
                "hosts": {d: codes[c] for d, c in p.hosts.items()},
                "shares": {codes[c]: share for c, share in p.shares.items()},
            }
        )

    def rule(r: Any) -> Any:
        members = getattr(r, "members", None)
        return r.model_copy(update={"members": tuple(codes[c] for c in members)}) if isinstance(members, tuple) else r

    return scenario.model_copy(
        update={
            "municipalities": places,
            "borders": tuple(map(pair, reversed(scenario.borders))),
            "relations": tuple(map(pair, scenario.relations)),
            "partnerships": {k: today(p) for k, p in scenario.partnerships.items()},
            "rules": {n: rule(r) for n, r in scenario.rules.items()},
        }
    )


@few
@given(scenarios, st.randoms(use_true_random=False))
def test_new_codes_names_and_order_of_municipalities_change_nothing_else(scenario, random):
    old = list(scenario.municipalities)
    fresh = [f"GM{i:04d}" for i in random.sample(range(10_000), len(old))]
    codes = dict(zip(old, fresh, strict=True))
    order = random.sample(old, len(old))
    before = proven(scenario, scenario)
    other = renamed(scenario, codes, order)
    after = proven(other, other)
    assert after.certificate.value == pytest.approx(before.certificate.value, abs=1e-6)
    assert after.certificate.alone == pytest.approx(before.certificate.alone, abs=1e-9)
    assert plan_of(after) == plan_of(before, codes)


@few
@given(scenarios, st.floats(-2, 2))
def test_the_scale_of_all_weights_together_changes_no_plan(scenario, power):
    factor = 10.0**power
    before = proven(scenario, scenario)
    after = proven(weighed(scenario, {k: factor * c.weight for k, c in scenario.criteria.items()}), scenario)
    assert plan_of(after) == plan_of(before)
    assert after.certificate.value == pytest.approx(factor * before.certificate.value, rel=1e-6, abs=1e-6 * factor)


@few
@given(scenarios)
def test_the_value_is_the_sum_of_what_the_criteria_contribute(scenario):
    found = proven(scenario, scenario).assessment
    total = 0.0
    for c in found.criteria:
        sign = -1 if c.key in COSTS else 1
        assert c.contribution == pytest.approx(sign * c.weight * c.amount / c.reference, abs=1e-9)
        total += c.contribution
    assert found.value == pytest.approx(total, abs=1e-9)
