"""A study does each task once, keeps it, and outlives its workers."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest

from regie_opt import engine
from regie_opt.schema.outcome import Outcome
from regie_opt.study import Lost, Processes, Solve, Store, Study, StudyProgress
from regie_opt.study.store import hashed

from .weighing import kept, weighed


@dataclass(frozen=True)
class Fatal:
    """A task that ends the process that does it, until its file is there often enough."""

    folder: str
    number: int
    times: int
    kind = Outcome

    @property
    def key(self) -> str:
        return hashed(self.folder, str(self.number))

    def run(self) -> Outcome:
        ended = len(list(Path(self.folder).glob("ended*")))
        if self.number == 1 and ended < self.times:
            Path(self.folder, f"ended{ended}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Outcome(status="infeasible", conflict=(f"rule{self.number}",))


def test_a_study_gives_what_the_engine_gives(tasks: list[Solve], tmp_path: Path) -> None:
    with Study(store=Store(tmp_path)) as study:
        results = study.results(tasks)
    for task, result in zip(tasks, results, strict=True):
        solution = engine.solve(task.scenario, task.base)
        assert result.status == "optimal"
        assert result.certificate is not None
        assert result.certificate.value == pytest.approx(solution.certificate.value, abs=1e-9)
        assert {(q.form, q.members, q.domains) for q in result.partnerships} == {
            (q.form, q.members, q.domains) for q in solution.partnerships
        }


def test_what_is_kept_is_not_solved_again(tasks: list[Solve], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[StudyProgress] = []
    with Study(store=Store(tmp_path)) as study:
        first = study.results(tasks[:-1])
    solved: list[str] = []
    run = Solve.run
    monkeypatch.setattr(Solve, "run", lambda task: (solved.append(task.key), run(task))[1])
    with Study(store=Store(tmp_path), progress=told.append) as study:
        second = study.results([tasks[-1], *tasks[:-1], tasks[0]])
    assert solved == [tasks[-1].key]
    assert second[1:-1] == first
    assert second[-1] == first[0]
    assert (told[-1].done, told[-1].total, told[-1].kept) == (12, 12, 11)
    assert told[-1].left == 0


def test_two_workers_keep_the_same_bytes_as_one(tasks: list[Solve], tmp_path: Path) -> None:
    for workers in (1, 2):
        with Study(Processes(workers), Store(tmp_path / str(workers))) as study:
            study.results(tasks)
    assert kept(tmp_path / "1") == kept(tmp_path / "2")
    assert len(kept(tmp_path / "1")) == len(tasks)


def test_a_lost_worker_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "ended").mkdir()
    tasks = [Fatal(str(tmp_path / "ended"), i, times=2) for i in range(6)]
    with Study(Processes(2), Store(tmp_path / "store")) as study:
        results = study.results(tasks)
    assert [result.conflict for result in results] == [(f"rule{i}",) for i in range(6)]
    assert len(list((tmp_path / "ended").iterdir())) == 2


def test_a_task_that_ends_every_worker_ends_the_study_in_words(tmp_path: Path) -> None:
    (tmp_path / "ended").mkdir()
    with pytest.raises(Lost, match="workers ended 3 times"), Study(Processes(2)) as study:
        study.results([Fatal(str(tmp_path / "ended"), 1, times=1000)])


def test_a_result_that_cannot_be_read_is_made_again(tasks: list[Solve], tmp_path: Path) -> None:
    with Study(store=Store(tmp_path)) as study:
        before = study.results(tasks[:1])
    (file,) = tmp_path.glob("*/*")
    file.write_text(file.read_text()[:100])
    with Study(store=Store(tmp_path)) as study:
        assert study.results(tasks[:1]) == before
    assert Store(tmp_path).get(tasks[0].key, Outcome) == before[0]


def test_the_key_holds_all_that_an_outcome_follows_from(tasks: list[Solve]) -> None:
    one = tasks[0]
    other = [
        tasks[1],
        Solve(one.scenario, tasks[1].scenario, one.options, one.near),
        Solve(one.scenario, one.base, engine.Options(gap=0.1), one.near),
        Solve(one.scenario, one.base, one.options),
    ]
    assert len({one.key, *(task.key for task in other)}) == 5
    assert weighed(12)[0].key == one.key


def test_a_solve_starts_from_another_only_where_weights_differ() -> None:
    one, two = weighed(2)
    ruled = one.scenario.model_copy(update={"rules": {}})
    assert Solve(one.scenario, one.base, near=two.scenario).start == two.scenario
    assert Solve(one.scenario, one.base, near=ruled).start is None
    assert Solve(one.scenario, one.base, near=one.scenario).start is None


def test_rules_that_conflict_are_an_outcome() -> None:
    one = weighed(1)[0]
    rules = {
        "samen": {"kind": "together", "members": ["rietdam", "oosterhei"], "domains": ["ict"]},
        "apart": {"kind": "apart", "members": ["rietdam", "oosterhei"]},
    }
    scenario = type(one.scenario).model_validate(one.scenario.model_dump(mode="json") | {"rules": rules})
    with Study() as study:
        (result,) = study.results([Solve(scenario, one.base, near=one.scenario)])
    assert result.status == "infeasible"
    assert set(result.conflict) <= {"samen", "apart"}
    assert result.conflict
