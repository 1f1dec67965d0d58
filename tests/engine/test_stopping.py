"""The clock and Ctrl-C: heard wherever somebody asks, with the best plan so far, an honest gap and nothing lost."""

import os
import signal
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from regie_opt.engine import Asked, NoPlanInTime, Options, Progress, Stopping, alternatives, incumbent, resolve, solve
from regie_opt.engine import near as nearby
from regie_opt.loading import load
from regie_opt.worth import assess

from .brute_force import Listed, RuleBook
from .models import feasible, modelled

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SAME = 1e-6
MOST_ASKS_LEFT = 100
"""Times that a solve may ask after it was told to stop: each of its steps asks once or twice."""


@dataclass
class Clock:
    """A clock that tells what it is set to."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Counted(Stopping):
    """Ctrl-C at the n-th time that somebody asks whether to stop."""

    number: int
    asked: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        super().__init__(None)

    def __call__(self) -> bool:
        if self.asked == self.number:
            self.interrupt()
        self.asked += 1
        return super().__call__()


# The clock itself


def test_time_is_over_at_the_limit_and_parts_of_it_before() -> None:
    clock = Clock(100.0)
    stopping = Stopping(10.0, clock)
    half = stopping.share(0.5)
    assert not stopping()
    clock.seconds = 104.9
    assert (half(), stopping.told) == (False, False)
    clock.seconds = 105.0
    assert (half(), stopping(), stopping.told) == (True, False, True)
    assert stopping.left == pytest.approx(5.0)
    clock.seconds = 110.0
    assert stopping()
    assert stopping.left == pytest.approx(0.01)


def test_ctrl_c_is_heard_by_every_part() -> None:
    stopping = Stopping(10.0, Clock())
    half = stopping.share(0.5)
    half.interrupt()
    assert stopping.interrupted
    assert stopping()
    assert stopping.share(0.9)()


def test_a_last_search_has_some_seconds_more_than_there_are() -> None:
    clock = Clock()
    stopping = Stopping(10.0, clock)
    early = stopping.last(1.0)
    assert early.left == pytest.approx(11.0)
    clock.seconds = 30.0
    late = stopping.last(1.0)
    assert (early(), late()) == (True, False)
    assert late.left == pytest.approx(1.0)
    clock.seconds = 31.0
    assert late()


def test_a_last_search_ends_soon_after_ctrl_c() -> None:
    clock = Clock()
    stopping = Stopping(None, clock)
    last = stopping.last(1.0)
    clock.seconds = 50.0
    assert (last(), last.left) == (False, None)
    stopping.interrupt()
    assert (last(), last.left) == (False, pytest.approx(1.0))
    clock.seconds = 51.0
    assert last()


def test_the_second_ctrl_c_ends_at_once_and_what_was_there_before_is_there_again() -> None:
    before = signal.getsignal(signal.SIGINT)
    stopping = Stopping(None)
    with stopping.listening():
        os.kill(os.getpid(), signal.SIGINT)
        assert stopping()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_work_within_work_hears_the_same_ctrl_c() -> None:
    stopping = Stopping(10.0)
    with stopping.listening(), stopping.share(0.5).listening():
        os.kill(os.getpid(), signal.SIGINT)
    assert stopping()


def test_in_another_thread_ctrl_c_is_left_to_who_asked() -> None:
    before, seen = signal.getsignal(signal.SIGINT), []

    def listen() -> None:
        with Stopping(None).listening():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()
    assert seen == [before]


# Ctrl-C at any moment


def honest(found: object, case: Listed) -> None:
    certificate = found.certificate  # type: ignore[attr-defined]
    assert certificate.value <= case.best.value + SAME
    assert certificate.bound >= case.best.value - SAME
    assert case.plans.book.broken(found.partnerships) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", [0, 1, 2, 4, 7, 12, 20])
def test_ctrl_c_at_any_moment_leaves_a_plan_and_an_honest_gap_soon(number: int) -> None:
    planned = 0
    for case in feasible(range(20)):
        stopping = Counted(number)
        try:
            found = solve(case.scenario, case.base, stopping=stopping)
        except NoPlanInTime:
            continue
        planned += 1
        honest(found, case)
        assert stopping.asked <= number + MOST_ASKS_LEFT
        if not stopping.told:
            assert found.certificate.status == "optimal"
    assert planned >= 10


@pytest.mark.parametrize("number", [0, 2, 6])
def test_ctrl_c_in_a_solve_that_starts_from_another(number: int) -> None:
    for case in feasible(range(6)):
        before = solve(case.scenario, case.base)
        honest(resolve(before, case.scenario, stopping=Counted(number)), case)


@pytest.mark.parametrize("number", [0, 1, 3, 8, 15, 30, 60])
def test_ctrl_c_in_a_search_for_alternatives_keeps_what_was_found_and_proves_no_more(number: int) -> None:
    for case in feasible(range(6)):
        stopping = Counted(number)
        try:
            found = alternatives(case.scenario, case.base, Asked(0.3, 4, 6), stopping=stopping)
        except NoPlanInTime:
            continue
        honest(found.solution, case)
        assert found.different
        for plan in (*(d.choice for d in found.different), *found.listed):
            assert case.plans.book.broken(found.judged(plan)[0]) == []
        assert stopping.asked <= number + 3 * MOST_ASKS_LEFT


@pytest.mark.parametrize("phase", ["candidates", "relaxation", "proof"])
def test_ctrl_c_in_each_phase_of_a_region_leaves_a_plan(phase: str) -> None:
    region = load(SCENARIOS / "zuid-holland-zuid" / "scenario.yaml")
    heard: list[str] = []

    def press(progress: Progress) -> None:
        if progress.phase == phase and phase not in heard:
            os.kill(os.getpid(), signal.SIGINT)
        heard.append(progress.phase)

    found = solve(region.scenario, region.base, progress=press)
    assert phase in heard
    assert found.certificate.bound >= found.certificate.value - SAME
    assert found.certificate.value == pytest.approx(
        assess(region.scenario, region.base, found.partnerships).value, abs=SAME
    )
    assert RuleBook(modelled(region.scenario, region.base).worth).broken(found.partnerships) == []


# The last, short search


@pytest.mark.parametrize("rounds", [2, 6])
def test_what_a_relaxation_has_found_by_the_end_of_time_becomes_a_plan(
    rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A third and more of what a finished solve gains (0.46), where today's network would else be all that there is."""
    monkeypatch.setattr(incumbent, "LAST_PATIENCE", 600.0)
    loaded = load(SCENARIOS / "twente" / "scenario.yaml", variant="wederkerig")
    clock, heard = Clock(), [0]

    def tick(progress: Progress) -> None:
        heard[0] += progress.phase == "relaxation"
        clock.seconds = 100.0 * (heard[0] > rounds)

    found = solve(loaded.scenario, loaded.base, progress=tick, stopping=Stopping(50.0, clock))
    assert found.certificate.status == "feasible"
    assert found.certificate.value > found.today.value + 0.15


def test_without_patience_the_work_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incumbent, "LAST_PATIENCE", 0.0)
    loaded = load(SCENARIOS / "twente" / "scenario.yaml")
    clock, heard = Clock(), [0]

    def tick(progress: Progress) -> None:
        heard[0] += progress.phase == "relaxation"
        clock.seconds = 100.0 * (heard[0] > 2)

    found = solve(loaded.scenario, loaded.base, progress=tick, stopping=Stopping(50.0, clock))
    assert found.certificate.value == pytest.approx(found.today.value, abs=0.05)


# Alternatives under a limit


@pytest.mark.parametrize("rounds", [0, 2])
def test_alternatives_of_a_region_without_time_are_a_plan_and_nothing_proven(
    rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearby, "FEW", 400)
    zeeland = load(SCENARIOS / "zeeland" / "scenario.yaml")
    clock, heard = Clock(), [0]

    def tick(progress: Progress) -> None:
        heard[0] += progress.phase == "relaxation"
        clock.seconds = 100.0 * (heard[0] > rounds)

    stopping = Stopping(50.0, clock)
    found = alternatives(zeeland.scenario, zeeland.base, Asked(0.002, 4, 5), Options(), tick, stopping)
    assert not found.near.complete
    assert not found.all_different
    assert not found.all_listed
    assert not any(what.proven for what in found.common)
    assert len(found.near.columns) >= int(found.near.best.chosen.sum()) > 0


def test_columns_near_a_plan_that_are_too_many_hold_that_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the list is cut off: the plan that others are compared with is among them."""
    incomplete = 0
    for most in (0, 3):
        monkeypatch.setattr(nearby, "MOST_LISTED", most)
        for case in feasible(range(12)):
            found = alternatives(case.scenario, case.base, Asked(0.5, 3))
            incomplete += not found.near.complete
            plan = found.near.best
            assert found.judged(plan)[1].value == pytest.approx(case.best.value, abs=SAME)
            for other in found.different:
                assert case.plans.book.broken(found.judged(other.choice)[0]) == []
    assert incomplete > 5
