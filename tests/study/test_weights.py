"""The weight at which an alternative is as good as the best plan: solved again on either side."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from engine.instances import instance

from regie_opt import engine
from regie_opt.loading import load
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.rules import Without
from regie_opt.schema.scenario import Scenario
from regie_opt.study import Solve, Store, Study
from regie_opt.study.contest import Contest, rule_changes
from regie_opt.study.forced import dropped, forced
from regie_opt.study.weights import Weight, weight_changes, weights

REACH = 0.5
SEEDS = range(6000, 6040)


def solved(scenario: Scenario, base: Scenario) -> Outcome:
    return Solve(scenario, base).run()


def contest_of(scenario: Scenario, base: Scenario) -> Contest | None:
    """The best plan, and the best one without its first new partnership; None where there is none or no difference."""
    free = solved(scenario, base)
    work = [q for q in free.partnerships if q.origin in ("new", "changed") and "unknown" not in q.domains]
    if not work:
        return None
    rules = (Without(kind="without", members=work[0].members, form=work[0].form),)
    held = solved(forced(scenario, rules), base)
    if not (held.certificate and free.certificate and free.certificate.value - held.certificate.value > 1e-4):
        return None
    return Contest(scenario, base, rules, engine.Options(), free, held)


@cache
def leerstad() -> Contest:
    """The centre arrangement of Leerstad, which many weights turn."""
    loaded = load(Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml")
    contest = contest_of(loaded.scenario, loaded.base)
    assert contest is not None
    return contest


@cache
def contests() -> tuple[tuple[int, Contest], ...]:
    """Random scenarios with the best plan without its first partnership."""
    drawn = [(seed, instance(np.random.default_rng(seed))) for seed in SEEDS]
    made = [(seed, contest_of(scenario, scenario)) for seed, scenario in drawn]
    found = [(seed, contest) for seed, contest in made if contest is not None]
    return tuple(sorted(found, key=lambda pair: loss(pair[1])))


def loss(contest: Contest) -> float:
    """How much less the alternative is worth."""
    assert contest.free.certificate is not None
    assert contest.held.certificate is not None
    return contest.free.certificate.value - contest.held.certificate.value


def behind(contest: Contest, weight: Weight, at: float) -> float:
    """How much less the alternative is worth at another weight, solved from nothing."""
    both = [solved(weight.at(s, at), contest.base).certificate for s in (contest.scenario, contest.forced)]
    assert both[0] is not None
    assert both[1] is not None
    return both[0].value - both[1].value


def test_at_the_needed_weight_both_are_worth_as_much_and_before_it_they_are_not(tmp_path: Path):
    turned, stays = 0, 0
    with Study(store=Store(tmp_path)) as study:
        for seed, contest in ((0, leerstad()), *contests()[:2]):
            some = weights(contest.scenario, list(contest.scenario.domains))
            for weight, change in zip(some, weight_changes(study, contest, some, REACH), strict=True):
                if change.at is None or change.relative is None:
                    continue
                turned += 1
                assert abs(change.relative) <= REACH + 1e-9
                step = 0.01 * (change.at - weight.now)
                assert behind(contest, weight, change.at) <= 2e-6, f"seed {seed}: {change}"
                # Where a domain's weight bends the value, nearer ones are not ruled out and it says so.
                assert not change.proven or behind(contest, weight, change.at - step) > 0, f"seed {seed}: {change}"
                stays += behind(contest, weight, change.at + step) <= 2e-6
                if change.proven:
                    assert behind(contest, weight, (change.at + weight.now) / 2) > 1e-7, f"seed {seed}: {change}"
    assert turned >= 8
    assert stays >= 0.8 * turned  # beyond it the alternative is the best plan for a while


def test_where_no_change_is_found_none_in_the_range_does_it(tmp_path: Path):
    checked = 0
    rng = np.random.default_rng(0)
    with Study(store=Store(tmp_path)) as study:
        for seed, contest in contests()[-2:]:
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
        for seed, contest in contests()[:8]:
            for change in rule_changes(study, contest, tuple(contest.scenario.rules), ()):
                without = dropped(contest.scenario, change.rules)
                free = solved(without, contest.base)
                held = solved(forced(without, contest.rules), contest.base)
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
