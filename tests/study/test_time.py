"""A time limit holds for all solves of a study together; what it stopped is not kept, and nothing begins after it."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from regie_opt import engine
from regie_opt.engine import Stopping
from regie_opt.schema.outcome import Outcome
from regie_opt.study import HALF, Processes, Solve, Store, Study, study

from .weighing import weighed

DONE, TOO_LITTLE = Outcome(status="infeasible", conflict=("done",)), Outcome(status="unfinished")


@dataclass
class Clock:
    """A clock that only moves when somebody works."""

    seconds: float = 1000.0

    def monotonic(self) -> float:
        return self.seconds

    time = monotonic


@dataclass(frozen=True)
class Work:
    """A task of so many seconds, which stops when it is told to."""

    number: int
    seconds: float
    clock: Clock = field(compare=False)
    allowed: dict[int, float] = field(compare=False)
    kind = Outcome

    @property
    def key(self) -> str:
        return f"{self.number:064d}"

    def run(self, stopping: Stopping | None = None) -> Outcome:
        assert stopping is not None
        assert stopping.time_limit is not None
        self.allowed[self.number] = stopping.time_limit
        stopping.now, stopping.began = self.clock.monotonic, self.clock.seconds
        self.clock.seconds += min(self.seconds, stopping.time_limit)
        return TOO_LITTLE if stopping() else DONE

    def unfinished(self) -> Outcome:
        return TOO_LITTLE


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(study, "time", clock)
    monkeypatch.setattr(study, "Stopping", lambda limit: Stopping(limit, clock.monotonic))
    return clock


def done(work: list[Work], limit: float, folder: Path, part: float = 1.0) -> list[bool]:
    with Study(store=Store(folder), time_limit=limit) as one:
        return [result is not TOO_LITTLE and result == DONE for result in one.results(work, part)]


def test_solves_share_the_time_and_what_one_leaves_is_for_the_others(clock: Clock, tmp_path: Path) -> None:
    allowed: dict[int, float] = {}
    work = [Work(i, seconds, clock, allowed) for i, seconds in enumerate([1.0, 100.0, 2.0, 100.0])]
    assert done(work, 20.0, tmp_path) == [True, False, True, False]
    assert allowed == pytest.approx({0: 20 / 4, 1: 19 / 3, 2: (19 - 19 / 3) / 2, 3: 19 - 19 / 3 - 2})
    assert clock.seconds == pytest.approx(1020.0)


def test_nothing_begins_when_time_is_over_but_what_comes_first(clock: Clock, tmp_path: Path) -> None:
    allowed: dict[int, float] = {}
    work = [Work(i, 5.0, clock, allowed) for i in range(3)]
    with Study(store=Store(tmp_path), time_limit=1e-9) as one:
        one.results(work[:1])
        clock.seconds += 1
        assert one.results(work[1:]) == [TOO_LITTLE, TOO_LITTLE]
    assert list(allowed) == [0]


def test_what_there_is_no_time_for_goes_to_no_worker(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    run = study._run

    def counted(task: Work, allowance: study.Allowance) -> tuple[Outcome, bool]:
        sent.append(task.number)
        return run(task, allowance)

    monkeypatch.setattr(study, "_run", counted)
    with Study(time_limit=8.0) as one:
        one.results([Work(0, 100.0, clock, {})])
        assert set(one.results([Work(i, 1.0, clock, {}) for i in range(1, 30)])) == {TOO_LITTLE}
    assert sent == [0]


def test_where_more_is_to_come_time_is_left_for_it(clock: Clock, tmp_path: Path) -> None:
    allowed: dict[int, float] = {}
    work = [Work(i, 100.0, clock, allowed) for i in range(3)]
    with Study(store=Store(tmp_path), time_limit=8.0) as one:
        for task in work:
            one.results([task], HALF)
    assert allowed == {0: 4.0, 1: 2.0, 2: 1.0}


def test_what_was_stopped_is_not_kept_and_done_when_there_is_time(clock: Clock, tmp_path: Path) -> None:
    allowed: dict[int, float] = {}
    work = [Work(i, seconds, clock, allowed) for i, seconds in enumerate([1.0, 9.0])]
    assert done(work, 5.0, tmp_path) == [True, False]
    allowed.clear()
    assert done(work, 10.0, tmp_path) == [True, True]
    assert allowed == {1: 10.0}, "the first was kept"
    allowed.clear()
    assert done(work, 1.0, tmp_path) == [True, True]
    assert allowed == {}


def test_what_a_limit_did_not_stop_is_kept_for_those_without_one(tmp_path: Path) -> None:
    tasks = weighed(3)
    with Study(store=Store(tmp_path), time_limit=1000.0) as limited:
        before = limited.results(tasks)
    with Study(store=Store(tmp_path)) as free:
        assert free.results(tasks) == before
        assert free._executor is None, "nothing had to be solved"


def test_the_first_solve_of_a_study_has_a_plan_however_short_the_limit(tmp_path: Path) -> None:
    first, *others = weighed(4)
    with Study(store=Store(tmp_path), time_limit=1e-6) as one:
        (outcome,) = one.results([first])
        assert outcome.partnerships or outcome.status in ("feasible", "optimal")
        assert {found.status for found in one.results(others)} == {"unfinished"}
    assert not list(tmp_path.glob("*/*"))


def test_a_solve_that_starts_from_one_that_was_stopped_is_not_kept() -> None:
    one, two = weighed(2)
    stopped = Stopping(1e-6)
    Solve(one.scenario, one.base, one.options, near=one.scenario).run(stopped)
    assert stopped.told
    whole = Stopping(1000.0)
    Solve(two.scenario, one.base, one.options, near=one.scenario).run(whole)
    assert whole.told
    Solve(two.scenario, one.base, engine.Options(gap=1e-12), near=one.scenario).run(fresh := Stopping(1000.0))
    assert not fresh.told


@pytest.mark.slow
def test_two_workers_keep_the_limit_too(tmp_path: Path) -> None:
    with Study(Processes(2), Store(tmp_path), time_limit=1e-6) as one:
        statuses = [outcome.status for outcome in one.results(weighed(4))]
    assert statuses[0] != "infeasible"
    assert set(statuses[1:]) == {"unfinished"}
