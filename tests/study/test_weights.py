"""The weight at which an alternative is as good as the best plan: solved again on either side."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from engine.instances import instance

from regie_opt import engine
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.rules import Without
from regie_opt.schema.scenario import Scenario
from regie_opt.study import Solve, Store, Study
from regie_opt.study.contest import Contest, rule_changes
from regie_opt.study.weights import Weight, weight_changes, weights

REACH = 0.5
SEEDS = range(6000, 6020)


def solved(scenario: Scenario, base: Scenario) -> Outcome:
    return Solve(scenario, base).run()


@cache
def contests() -> tuple[tuple[int, Contest], ...]:
    """Random scenarios with the best plan without its first partnership."""
    found = []
    for seed in SEEDS:
        scenario = instance(np.random.default_rng(seed))
        free = solved(scenario, scenario)
        work = [q for q in free.partnerships if q.origin in ("new", "changed") and "unknown" not in q.domains]
        if not work:
            continue
        rules = (Without(kind="without", members=work[0].members, form=work[0].form),)
        contest = Contest(scenario, scenario, rules, engine.Options(), free, free)
        held = solved(contest.forced, scenario)
        if held.certificate and free.certificate and free.certificate.value - held.certificate.value > 1e-4:
            found.append((seed, Contest(scenario, scenario, rules, engine.Options(), free, held)))
    return tuple(found)


def behind(contest: Contest, weight: Weight, at: float) -> float:
    """How much less the alternative is worth at another weight, solved from nothing."""
    both = [solved(weight.at(s, at), contest.base).certificate for s in (contest.scenario, contest.forced)]
    assert both[0] is not None
    assert both[1] is not None
    return both[0].value - both[1].value


def test_at_the_needed_weight_both_are_worth_as_much_and_before_it_they_are_not(tmp_path: Path):
    turned = 0
    with Study(store=Store(tmp_path)) as study:
        for seed, contest in contests()[:8]:
            some = weights(contest.scenario, list(contest.scenario.domains))
            for weight, change in zip(some, weight_changes(study, contest, some, REACH), strict=True):
                if change.at is None or change.relative is None:
                    continue
                turned += 1
                assert abs(change.relative) <= REACH + 1e-9
                step = 0.01 * (change.at - weight.now)
                assert behind(contest, weight, change.at) <= 2e-6, f"seed {seed}: {change}"
                assert behind(contest, weight, change.at - step) > 0, f"seed {seed}: {change}"
                if change.proven:
                    assert behind(contest, weight, (change.at + weight.now) / 2) > 1e-7, f"seed {seed}: {change}"
    assert turned >= 8


def test_where_no_change_is_found_none_in_the_range_does_it(tmp_path: Path):
    checked = 0
    rng = np.random.default_rng(0)
    with Study(store=Store(tmp_path)) as study:
        for seed, contest in contests()[:5]:
            some = weights(contest.scenario, [])
            for weight, change in zip(some, weight_changes(study, contest, some, REACH), strict=True):
                if change.at is not None or not change.proven:
                    continue
                for factor in rng.uniform(1 - REACH, 1 + REACH, 2):
                    assert behind(contest, weight, weight.now * factor) > 0, f"seed {seed}: {change}"
                checked += 1
    assert checked >= 8


def test_what_dropping_a_rule_does_is_what_solving_without_it_does(tmp_path: Path):
    checked = 0
    with Study(store=Store(tmp_path)) as study:
        for seed, contest in contests():
            for change in rule_changes(study, contest, tuple(contest.scenario.rules), ()):
                rules = {n: r for n, r in contest.scenario.rules.items() if n not in change.rules}
                without = contest.scenario.model_copy(update={"rules": rules})
                free = solved(without, contest.base)
                held = solved(Contest(without, contest.base, contest.rules, contest.options, free, free).forced,
                              contest.base)  # fmt: skip
                assert free.certificate and held.certificate and contest.free.certificate  # noqa: PT018
                assert change.loss == pytest.approx(contest.free.certificate.value - held.certificate.value, abs=1e-6)
                lost = free.certificate.value - held.certificate.value
                assert change.brings_in == (lost <= 1e-7), f"seed {seed}: {change}"
                checked += 1
    assert checked >= 5


def test_all_weights_are_the_same_whoever_does_the_solves(tmp_path: Path):
    _, contest = contests()[0]
    some = weights(contest.scenario, [])[:3]
    with Study(store=Store(tmp_path / "a")) as one, Study(store=Store(tmp_path / "b")) as other:
        assert weight_changes(one, contest, some, REACH) == weight_changes(other, contest, some, REACH)
