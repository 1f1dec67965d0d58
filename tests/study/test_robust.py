"""What samples say of a proposal, checked by fresh assessments, by hand and by brute force."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from engine.brute_force import RuleBook
from engine.instances import instance
from scipy import stats

from regie_opt import engine
from regie_opt.loading import load
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.study import Solve, Store, Study
from regie_opt.study.assumed import assumed
from regie_opt.study.deciding import correlations, interval, noise
from regie_opt.study.keeping import broken
from regie_opt.study.likeness import regrouped
from regie_opt.study.regret import Regrets, distinct
from regie_opt.study.robust import Question, robustness
from regie_opt.study.sampling import draws
from regie_opt.study.staying import pairs, staying
from regie_opt.worth import Worth, assess
from regie_opt.worth.assessment import assessor
from regie_opt.worth.region import Region

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"
SAMPLES = 12


@pytest.fixture(scope="module")
def loaded():
    return load(LEERSTAD)


@pytest.fixture(scope="module")
def question(loaded):
    return Question(loaded.scenario, loaded.base, SAMPLES, seed=5)


@pytest.fixture(scope="module")
def solved(question, tmp_path_factory):
    """The nominal outcome and those of the samples."""
    with Study(store=Store(tmp_path_factory.mktemp("store"))) as study:
        return study.results([question.nominal])[0], study.results(question.tasks)


@pytest.fixture(scope="module")
def found(question, solved):
    return robustness(question, *solved, "sha")


def partnership(form: str, members: str, *domains: str, **more) -> PlannedPartnership:
    return PlannedPartnership(form=form, members=tuple(members.split()), domains=domains, **more)


# Regret


def test_every_regret_is_that_of_a_fresh_assessment(question, solved, found):
    nominal, outcomes = solved
    assert found.counts == {"optimal": SAMPLES, "feasible": 0, "infeasible": 0, "unfinished": 0}
    for s, (sample, outcome) in enumerate(zip(question.drawn, outcomes, strict=True)):
        worths = [assess(sample, question.base, plan.partnerships).value for plan in found.plans]
        allowed = [not RuleBook(Worth(sample, question.base)).broken(plan.partnerships) for plan in found.plans]
        best = outcome.certificate.value
        for plan, worth, is_allowed in zip(found.plans, worths, allowed, strict=True):
            assert plan.values[s] == pytest.approx(worth, abs=1e-12)
            assert (plan.regrets[s] is not None) == is_allowed
            if is_allowed:
                assert plan.regrets[s] == pytest.approx(best - worth, abs=1e-6)
                assert plan.regrets[s] >= 0
        own = found.plans[found.samples[s].plan - 1]
        assert own.regrets[s] == pytest.approx(0, abs=1e-9)
        assert regrouped(own.partnerships, outcome.partnerships) == frozenset()
    assert found.plans[0].partnerships == nominal.partnerships


def test_the_plan_with_the_least_largest_regret_is_found_by_looking_at_all(found):
    def largest(plan):
        """Infinite where it is not allowed in some sample."""
        return max(float("inf") if lost is None else lost for lost in plan.regrets)

    best = min(map(largest, found.plans))
    assert best < float("inf")
    assert largest(found.plans[found.least_regret - 1]) == best


@pytest.mark.parametrize("seed", range(30))
def test_on_any_matrix_the_first_plan_is_out_least_often_and_then_loses_least_at_most(seed):
    rng = np.random.default_rng(seed)
    plans, samples = rng.integers(1, 7), rng.integers(1, 9)
    values, obeys = rng.normal(size=(plans, samples)), rng.random((plans, samples)) < 0.8
    obeys[rng.integers(0, plans, samples), np.arange(samples)] = True
    alone = np.where(rng.random(samples) < 0.2, np.nan, 0.0)
    table = Regrets(values, obeys, alone)
    by_hand = []
    for p in range(plans):
        lost, out = [0.0], 0
        for s in np.flatnonzero(~np.isnan(alone)):
            if obeys[p, s]:
                lost.append(max(values[q, s] for q in range(plans) if obeys[q, s]) - values[p, s])
            else:
                out += 1
        by_hand.append((out, max(lost), len(lost) == 1))
    known = [(out, top) for out, top, nothing in by_hand if not nothing]
    if known:
        out, top, _ = by_hand[table.order[0]]
        assert (out, top) == min(known)


def test_a_plan_that_is_called_otherwise_is_the_same_plan():
    one = (partnership("bvo", "a b", "x", "y", id="p1", name="This"),)
    other = (partnership("bvo", "b a", "y", "x", id="q7", name="That"),)
    going_on = (partnership("bvo", "a b", "x", "y", continues="today"),)
    plans, which = distinct([one, other, going_on, one])
    assert which == (0, 0, 1, 0)
    assert plans == (one, going_on)


# Rules that depend on figures


@cache
def random_case(seed: int) -> tuple[Scenario, tuple[PlannedPartnership, ...]]:
    """A random scenario with its best plan."""
    rng = np.random.default_rng(seed)
    while True:
        scenario = instance(rng)
        try:
            return scenario, engine.solve(scenario, scenario).partnerships
        except engine.Infeasible:
            continue


CASES = (*range(60), 91)
"""In the last one a sample breaks a rule of least trust."""


def judged(seed: int) -> Iterator[tuple[Scenario, tuple[str, ...], list[str]]]:
    """For some samples of a random scenario: the sample, what its plan is told to break, and what it breaks."""
    scenario, plan = random_case(seed)
    for draw in draws(scenario.uncertainty, 6, seed):
        sample = assumed(scenario, draw)
        worth = Worth(sample, scenario)
        yield sample, broken(assessor(worth, plan), plan), RuleBook(worth).broken(plan)


@pytest.mark.parametrize("seed", CASES)
def test_a_plan_breaks_a_rule_in_a_sample_exactly_where_the_rule_book_says_so(seed):
    for _, told, expected in judged(seed):
        assert bool(told) == bool(expected), (told, expected)
        for name in told:
            is_form = name.startswith("forms.")
            assert any("trust of the form" in one if is_form else one == name for one in expected)


def test_trust_of_forms_hours_of_colleges_and_capacity_all_come_up_in_those_scenarios():
    kinds = {
        sample.rules[name].kind if name in sample.rules else "form"
        for seed in CASES
        for sample, told, _ in judged(seed)
        for name in told
    }
    assert kinds == {"form", "board_hours", "host_capacity", "least_trust"}


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_that_is_allowed_is_worth_more_than_a_proven_optimum(seed):
    scenario, plan = random_case(seed)
    question = Question(scenario, scenario, 5, seed)
    outcomes = [task.run() for task in question.tasks]
    plans = [plan, *(one.partnerships for one in outcomes if one.certificate is not None)]
    for sample, outcome in zip(question.drawn, outcomes, strict=True):
        worth = Worth(sample, scenario)
        for other in plans:
            seen = assessor(worth, other)
            if not broken(seen, other):
                assert outcome.status == "optimal"
                assert seen.value <= outcome.certificate.value + 1e-6


# What stays


def test_frequencies_are_counted_by_hand(loaded):
    proposal = [
        partnership("centrum", "noordwolde veenkerk", "ict", "belastingen", hosts={"ict": "veenkerk"}),
        partnership("bvo", "leerstad rietdam", "afval"),
    ]
    plans = [
        proposal,
        [partnership("centrum", "veenkerk noordwolde", "ict", hosts={"ict": "veenkerk"})],
        [partnership("dvo", "veenkerk noordwolde", "ict"), partnership("bvo", "leerstad rietdam", "ict")],
        [partnership("bvo", "leerstad rietdam veenkerk", "afval"), partnership("bvo", "leerstad oosterhei", "ict")],
    ]
    rows = staying(loaded.scenario, proposal, plans)
    assert [(r.form, r.proposed, r.unchanged, r.together, r.any_form) for r in rows[:2]] == [
        ("centrum", True, 1, 2, 3),
        ("bvo", True, 1, 1, 1),
    ]
    others = {(r.form, r.members): (r.together, r.any_form) for r in rows[2:]}
    assert others == {
        ("dvo", ("veenkerk", "noordwolde")): (1, 3),
        ("bvo", ("leerstad", "rietdam")): (1, 1),
        ("bvo", ("leerstad", "rietdam", "veenkerk")): (1, 1),
        ("bvo", ("leerstad", "oosterhei")): (1, 1),
    }
    counted = {(p.domain, *p.municipalities): (p.proposed, p.samples) for p in pairs(loaded.scenario, proposal, plans)}
    assert counted["ict", "noordwolde", "veenkerk"] == (True, 3)
    assert counted["belastingen", "noordwolde", "veenkerk"] == (True, 1)
    assert counted["afval", "leerstad", "rietdam"] == (True, 2)
    assert counted["afval", "rietdam", "veenkerk"] == (False, 1)
    assert counted["ict", "leerstad", "rietdam"] == (False, 1)


def test_tables_beside_the_work_are_not_taken_for_it(loaded):
    proposal = [partnership("netwerk", "leerstad rietdam", "ict")]
    plans = [[partnership("netwerk", "leerstad rietdam", "ict", beside=True)]]
    [row, other] = staying(loaded.scenario, proposal, plans)
    assert (row.together, row.any_form) == (0, 0)
    assert (other.proposed, other.together) == (False, 1)
    assert pairs(loaded.scenario, [], plans) == ()


def test_frequencies_of_a_study_add_up(found, solved):
    _, outcomes = solved
    for row in (row for row in found.partnerships if row.proposed):
        same = [
            any(set(q.members) == set(row.members) and q.form == row.form for q in one.partnerships) for one in outcomes
        ]
        assert row.unchanged <= row.together <= row.any_form
        assert row.together <= sum(same)
        assert row.interval[0] <= row.together / SAMPLES <= row.interval[1]
    for pair in found.pairs:
        together = [
            any(
                pair.domain in q.domains and set(pair.municipalities) <= set(q.members) and not q.beside
                for q in one.partnerships
            )
            for one in outcomes
        ]
        assert pair.samples == sum(together)
    assert sum(len(plan.best_in) for plan in found.plans) == SAMPLES


def test_the_interval_is_wilsons():
    # (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), for 8 of 10
    z, n, p = stats.norm.ppf(0.975), 10, 0.8
    middle, half = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    assert interval(8, 10) == pytest.approx(((middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)))
    assert interval(0, 0) == (0, 1)


# What decides


def test_an_assumption_that_decides_alone_stands_out_and_the_others_do_not():
    rng = np.random.default_rng(0)
    drawn = [{"a": float(a), "b": float(b)} for a, b in rng.random((60, 2))]
    gain = [np.exp(3 * one["a"]) for one in drawn]
    by_key = {c.assumption: c for c in correlations(drawn, {"gain": gain})}
    assert by_key["a"].rho == pytest.approx(1)
    assert abs(by_key["b"].rho) < noise(60, 2)


def test_samples_in_which_a_result_is_unknown_do_not_count():
    drawn = [{"a": float(i)} for i in range(8)]
    [one] = correlations(drawn, {"regret": [0.0, None, 2.0, 3.0, None, 5.0, 6.0, 7.0]})
    assert (one.samples, one.rho) == (6, pytest.approx(1))


def test_a_result_that_does_not_vary_and_too_few_samples_give_no_correlation():
    drawn = [{"a": float(i)} for i in range(8)]
    [still] = correlations(drawn, {"gain": [1 + 1e-13 * (-1) ** i for i in range(8)]})
    [few] = correlations(drawn[:3], {"gain": [1.0, 2.0, 3.0]})
    assert still.rho is None
    assert few.rho is None


def test_one_of_many_idle_assumptions_passes_the_noise_once_in_twenty_studies():
    rng = np.random.default_rng(1)
    samples, assumptions, studies = 20, 10, 400
    passed = 0
    for _ in range(studies):
        ranks = np.array([rng.permutation(samples) for _ in range(assumptions)])
        outcome = np.arange(samples)
        rho = [np.corrcoef(rank, outcome)[0, 1] for rank in ranks]
        passed += max(map(abs, rho)) > noise(samples, assumptions)
    assert 0.02 < passed / studies < 0.09


def test_the_same_order_in_few_samples_may_be_chance():
    drawn = [{"a": float(i)} for i in range(4)]
    [one] = correlations(drawn, {"gain": [1.0, 2.0, 3.0, 4.0]})
    assert one.rho == pytest.approx(1)
    assert one.p == pytest.approx(2 / 24)
    assert noise(4, 23) == 1  # two of the 24 orders of four are as strong, and there are 23 assumptions
    assert noise(7, 23) < 1


# Samples without an answer


def test_samples_without_a_proof_or_a_plan_are_counted_and_left_out_of_frequencies(question, solved):
    nominal, outcomes = solved
    some = list(outcomes)
    some[0] = Outcome(status="infeasible", conflict=("buren",))
    some[1] = Outcome(status="unfinished")
    proof = some[2].certificate.model_copy(update={"status": "feasible", "gap": 0.1})
    some[2] = some[2].model_copy(update={"status": "feasible", "certificate": proof})
    found = robustness(question, nominal, some, "sha")
    assert found.counts == {"optimal": SAMPLES - 3, "feasible": 1, "infeasible": 1, "unfinished": 1}
    assert found.samples[0].conflict == ("buren",)
    assert [one.plan is None for one in found.samples[:3]] == [True, True, False]
    assert all(plan.regrets[s] is None for plan in found.plans for s in (0, 1))
    assert {c.samples for c in found.correlations if c.target == "gain"} == {SAMPLES - 2}
    assert sum(len(plan.best_in) for plan in found.plans) == SAMPLES - 2
    whole = robustness(question, nominal, outcomes, "sha")
    rows = zip(found.partnerships, whole.partnerships, strict=False)
    assert all(one.together <= other.together for one, other in rows if one.proposed)


def test_a_study_in_which_no_sample_has_a_plan_still_says_so(question, solved):
    nothing = [Outcome(status="infeasible", conflict=("buren",))] * SAMPLES
    found = robustness(question, solved[0], nothing, "sha")
    assert found.counts["infeasible"] == SAMPLES
    assert [plan.number for plan in found.plans] == [1]
    assert found.plans[0].largest_regret is None
    assert all(c.rho is None for c in found.correlations)


def test_rules_that_no_plan_obeys_in_some_samples_are_real():
    region = Region(load(LEERSTAD).scenario)
    at = [region.municipality_index[code] for code in ("veenkerk", "oosterhei")]
    sets = [
        "rules.buren=null",
        "rules.samen={kind: together, members: [veenkerk, oosterhei], domains: [ict]}",
        f"rules.vertrouwen={{kind: least_trust, trust: {region.trust[*at]}}}",  # as much as there is between the two
    ]
    loaded = load(LEERSTAD, sets=sets)
    question = Question(loaded.scenario, loaded.base, 10, seed=1, only=("trust",))
    outcomes = [task.run() for task in question.tasks]
    statuses = {one.status for one in outcomes}
    assert statuses == {"infeasible", "optimal"}
    found = robustness(question, question.nominal.run(), outcomes, "sha")
    assert found.counts["infeasible"] + found.counts["optimal"] == 10
    # Trust alone was varied, so whatever is infeasible has less of it than whatever is not.
    low = [one.draws["trust"] for one in found.samples if one.status == "infeasible"]
    rest = [one.draws["trust"] for one in found.samples if one.status == "optimal"]
    assert max(low) < min(rest)


# The question


def test_only_what_was_asked_is_varied(loaded):
    question = Question(loaded.scenario, loaded.base, 4, only=("hours", "scale"))
    assert question.acting == ("hours", "scale")
    assert all(set(draw) == {"hours", "scale"} for draw in question.draws)
    assert question.drawn[0].trust == loaded.scenario.trust


def test_another_range_leaves_the_key_of_what_it_does_not_touch(loaded):
    """Samples carry no ranges: the same draws are the same solve, whatever the ranges they came from."""
    other = load(LEERSTAD, sets=["uncertainty.hours.high=4"])
    keys = {
        Solve(assumed(one.scenario, {"scale": 0.5}), one.base.model_copy(update={"uncertainty": {}})).key
        for one in (loaded, other)
    }
    assert len(keys) == 1


def test_references_are_those_of_the_scenario_as_written(question, found):
    sample = question.drawn[0]
    expected = Worth(question.scenario, question.base).references
    assert Worth(sample, question.tasks[0].base).references == expected
    assert question.tasks[0].options == engine.Options()


def test_pairs_come_in_the_order_of_domains(found, loaded):
    order = list(loaded.scenario.domains)
    at = [order.index(pair.domain) for pair in found.pairs]
    assert at == sorted(at)
    codes = {frozenset(pair) for pair in combinations(loaded.scenario.municipalities, 2)}
    assert {frozenset(pair.municipalities) for pair in found.pairs} <= codes


@pytest.mark.slow
def test_a_real_region_is_solved_to_proof_in_every_sample(tmp_path):
    loaded = load(LEERSTAD.parents[1] / "zuid-holland-zuid" / "scenario.yaml")
    question = Question(loaded.scenario, loaded.base, 6, seed=1)
    with Study(store=Store(tmp_path)) as study:
        [nominal] = study.results([question.nominal])
        outcomes = study.results(question.tasks)
    found = robustness(question, nominal, outcomes, "sha")
    assert found.counts["optimal"] == 6
    assert all(lost is None or lost >= -1e-6 for plan in found.plans for lost in plan.regrets)
