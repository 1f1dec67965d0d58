"""Amounts and weights out of all proportion: what is proven is right, and what arithmetic cannot tell is said so."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regie_opt.engine import Infeasible, Options, solve
from regie_opt.engine.candidates import candidates
from regie_opt.engine.columns import Model
from regie_opt.engine.conflict import has_plan, smallest_conflict
from regie_opt.engine.relaxation import impossible, relax
from regie_opt.engine.stopping import Stopping
from regie_opt.schema.partnership import Partnership
from regie_opt.schema.rules import Contiguity, Largest, MostChanges, Together
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.value import Worth

from .brute_force import MOST_PLANS, Plans, TooManyPlans
from .instances import instance, model_pack
from .test_rules import region

MAGNITUDES = st.floats(-6, 6)
OF_MUNICIPALITY, OF_PARTNERSHIP = ("board_hours", "host_capacity", "population"), ("contribution",)
RELATIVE = 1e-6
"""What the certificate calls proven: a part of what is gained, or of an ordinary sum of weights."""


def scaled(scenario: Scenario, what: str, factor: float) -> Scenario:
    """A scenario with one kind of amount so many times as large."""
    if what in OF_MUNICIPALITY:
        places = scenario.municipalities
        update = {
            key: one.model_copy(update={what: kind(getattr(one, what) * factor)})
            for key, one in places.items()
            for kind in [(lambda x: max(1, round(x))) if what == "population" else float]
            if getattr(one, what) is not None
        }
        return scenario.model_copy(update={"municipalities": {**places, **update}})
    if what in OF_PARTNERSHIP:
        today = scenario.partnerships
        given = {key: one.contribution for key, one in today.items() if one.contribution is not None}
        update = {key: today[key].model_copy(update={what: euro * factor}) for key, euro in given.items()}
        return scenario.model_copy(update={"partnerships": {**today, **update}})
    criterion = scenario.criteria[what]
    heavier = criterion.model_copy(update={"weight": criterion.weight * factor})
    return scenario.model_copy(update={"criteria": {**scenario.criteria, what: heavier}})


def is_honest(scenario: Scenario) -> str:
    """Hold a solve against every plan; say how it ended."""
    try:
        best = Plans(scenario, scenario).best(MOST_PLANS // 30, assessed=100)
    except TooManyPlans:
        return "too many"
    try:
        found = solve(scenario, scenario, Options(conflicts=False)).certificate
    except Infeasible:
        assert best is None
        return "infeasible"
    assert best is not None
    weights = [one.weight for one in scenario.criteria.values()]
    # The sum over all plans rounds as well.
    slack = (
        RELATIVE * sum(sorted(weights)[: len(weights) // 2 + 1]) * 4 + 1e-12 * sum(weights) + 1e-11 * abs(best.value)
    )
    assert found.value <= best.value + slack
    assert found.bound >= best.value - slack
    assert (found.status == "optimal") == (found.gap == 0.0)
    if found.status == "optimal":
        assert found.value >= best.value - slack
    return found.status


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.integers(20_000, 20_400),
    st.sampled_from([*OF_MUNICIPALITY, *OF_PARTNERSHIP, "overload", "transition", "burden", "quality", "autonomy"]),
    MAGNITUDES,
)
def test_a_claim_is_true_over_twelve_orders_of_magnitude(seed, what, magnitude):
    is_honest(scaled(instance(np.random.default_rng(seed)), what, 10.0**magnitude))


@pytest.mark.slow
@settings(max_examples=3_000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.integers(30_000, 60_000),
    st.lists(
        st.tuples(
            st.sampled_from(
                [*OF_MUNICIPALITY, *OF_PARTNERSHIP, "overload", "transition", "burden", "quality", "autonomy", "cost"]
            ),
            MAGNITUDES,
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_a_claim_is_true_over_twelve_orders_of_magnitude_of_several_amounts(seed, changes):
    scenario = instance(np.random.default_rng(seed))
    for what, magnitude in changes:
        scenario = scaled(scenario, what, 10.0**magnitude)
    is_honest(scenario)


def of_today(contribution: float, hours: float | None = None) -> Scenario:
    """Three municipalities, one service contract that may cost next to nothing, and two that must be together."""
    today = {
        "symbolisch": Partnership(
            name="s", form="dvo", members=("a", "b"), domains=("ict",), host="b", contribution=contribution
        )
    }
    scenario = region("abc", ["dvo", "ol_college"], ["ict", "afval"], partnerships=today)
    rules = {"samen": Together(kind="together", members=("b", "c"), domains=("afval",))}
    return scenario.model_copy(update={"rules": rules})


@pytest.mark.parametrize("euro", [0.1, 1.0, 10.0, 100.0, 1e3, 1e5, 1e8])
def test_a_symbolic_contribution_makes_no_rule_impossible(euro):
    assert is_honest(of_today(euro)) == "optimal"


@pytest.mark.parametrize("hours", [1e-6, 0.01, 1.0, 1e3])
def test_a_network_that_is_a_plan_is_one_however_few_hours_a_college_has(hours):
    today = {"dienst": Partnership(name="d", form="ol_college", members=("a", "b"), domains=("afval",))}
    scenario = region("ab", ["ol_college"], ["afval"], partnerships=today)
    places = {key: one.model_copy(update={"board_hours": hours}) for key, one in scenario.municipalities.items()}
    rules = {"een_stap": MostChanges(kind="most_changes", number=0)}
    scenario = scenario.model_copy(update={"municipalities": places, "rules": rules})
    assert is_honest(scenario) == "optimal"


@pytest.mark.parametrize("key", ["overload", "transition", "burden", "autonomy", "partnerships"])
@pytest.mark.parametrize("weight", [1e-9, 1e3, 1e6, 1e9, 1e12])
def test_a_weight_out_of_proportion_is_proven_rightly_or_not_at_all(key, weight):
    for seed in (3, 11, 20):
        scenario = instance(np.random.default_rng(seed))
        criterion = scenario.criteria[key].model_copy(update={"weight": weight})
        is_honest(scenario.model_copy(update={"criteria": {**scenario.criteria, key: criterion}}))


def chain(length: int, largest: int) -> Scenario:
    """Municipalities in a row, each bordering the next, of which the ends must be together."""
    codes = [f"g{i:02d}" for i in range(length)]
    pack = model_pack()
    place = next(iter(pack.municipalities.values()))
    borders = tuple({"between": pair} for pair in pairwise(codes))
    rules = {
        "buren": Contiguity(kind="contiguity"),
        "klein": Largest(kind="largest", members=largest),
        "samen": Together(kind="together", members=(codes[0], codes[-1]), domains=("economie",)),
    }
    changed = pack.model_copy(
        update={
            "domains": {"economie": pack.domains["economie"]},
            "forms": {"netwerk": pack.forms["netwerk"]},
            "municipalities": {code: place.model_copy(update={"name": code}) for code in codes},
            "rules": rules,
        }
    )
    return Scenario.model_validate({**changed.model_dump(), "borders": borders})


def test_a_conflict_is_looked_for_among_all_member_sets(monkeypatch):
    """The one set that holds both ends is the largest there is, and not among the few that are looked at first."""
    monkeypatch.setattr("regie_opt.engine.conflict.FEW_SETS", 10)
    scenario = chain(7, 7)
    assert has_plan(scenario, scenario, list(scenario.rules), Stopping(None)) is True
    plan = solve(scenario, scenario).partnerships
    assert any(len(q.members) == 7 for q in plan)


def test_a_conflict_among_all_member_sets_is_told_by_its_rules(monkeypatch):
    monkeypatch.setattr("regie_opt.engine.conflict.FEW_SETS", 10)
    scenario = chain(7, 6)
    with pytest.raises(Infeasible) as caught:
        solve(scenario, scenario)
    assert set(caught.value.rules) == {"buren", "klein", "samen"}
    assert caught.value.among is None


def test_where_not_all_member_sets_could_be_looked_at_that_is_said(monkeypatch):
    monkeypatch.setattr("regie_opt.engine.member_sets.MOST_SETS", 12)
    scenario = chain(7, 6)
    with pytest.raises(Infeasible, match="among those looked at"):
        solve(scenario, scenario)


def test_the_search_for_a_conflict_hears_the_clock():
    now = iter(range(1_000_000))
    stopping = Stopping(3.0, lambda: float(next(now)))
    scenario = chain(7, 6)
    assert set(smallest_conflict(scenario, scenario, stopping)) == {"buren", "klein", "samen"}
    assert next(now) < 200
    assert has_plan(scenario, scenario, ["samen"], stopping) is None


def test_a_relaxation_claims_nothing_from_what_breaking_a_rule_costs(monkeypatch):
    """Whatever that costs at first: all of it is settled where nothing else counts."""
    scenario = of_today(1.0)
    model = Model.of(worth := Worth(scenario, scenario), candidates(worth.today))
    with monkeypatch.context() as cheap:
        cheap.setattr("regie_opt.engine.master.FIRST_MOST", 1e-3)
        assert relax(model, lambda: False, lambda *_: None).feasible
    assert not impossible(model, None, lambda: False)
    found = candidates(worth.today)
    nobody = replace(found.take(np.zeros(0, dtype=np.int64)), priced=0)
    assert impossible(Model.of(worth, nobody), None, lambda: False)
