"""A study: tasks done by a crew, their results kept as they come."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, TypeVar

from pydantic import BaseModel

from regie_opt.engine import Stopping
from regie_opt.study.crew import Crew, Lost, Processes
from regie_opt.study.notices import NoAnswer, Tell, Unkept, WorkersEnded, to_nobody
from regie_opt.study.store import Store

R = TypeVar("R", bound=BaseModel)
R_co = TypeVar("R_co", bound=BaseModel, covariant=True)

MOST_LOSSES = 3
"""Times in a row that a crew may be lost without one result before the study gives up."""


LATE, LATEST = 1.0, 0.1
"""Seconds, and part of the limit, that what begins late may take more than there is."""

HALF = 0.5
"""Part of the time that is left that some tasks may take where others follow from what they give."""


class Task(Protocol[R_co]):
    """Work that can be done anywhere; it goes to the worker as it is."""

    @property
    def kind(self) -> type[R_co]:
        """What comes out."""

    @property
    def key(self) -> str:
        """Hash of all that the result follows from."""

    def run(self, stopping: Stopping | None = None) -> R_co:
        """Do it here and now, by the clock of a study where that has one."""

    def unfinished(self) -> R_co:
        """What comes out where there is no time to do it."""


@dataclass(frozen=True)
class StudyProgress:
    """Where a study is."""

    done: int
    total: int
    kept: int
    """Of those done: found in the store."""
    seconds: float
    left: float | None
    """Seconds that the rest will take, if it is like what was done; None as long as nothing was."""


@dataclass(frozen=True)
class Allowance:
    """The time that a task may take."""

    seconds: float
    """Its share, from when it begins."""
    until: float
    """When the study ends, by the clock on the wall: that is the same for all who work for it."""
    at_any_rate: bool
    """Whether it is done even when time is over by then: what a study does first has a result."""


class Study:
    """Does tasks, those that are in the store at once. A context: the crew works until it is left.

    A time limit holds for all tasks together, from when the crew is there. Those that wait have equal shares of it, and
    what one leaves is for the others. What was stopped by it is not kept: the same study again goes on with that.
    """

    def __init__(
        self,
        crew: Crew | None = None,
        store: Store | None = None,
        progress: Callable[[StudyProgress], None] | None = None,
        time_limit: float | None = None,
        tell: Tell = to_nobody,
    ) -> None:
        self.time_limit = time_limit
        self._clock: Stopping | None = None
        self.crew = crew or Processes()
        self.store = store
        self.progress = progress or (lambda _: None)
        self.tell = tell
        self._open = ExitStack()
        self._executor: Executor | None = None
        self._began = time.monotonic()
        self._done, self._kept, self._total = 0, 0, 0

    def __enter__(self) -> "Study":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)
        self._executor = None

    def results(self, tasks: Sequence[Task[R]], part: float = 1.0) -> list[R]:
        """The result of each task, in their order. Raises `Lost` and whatever a task raises.

        Where more is to come they may take a `part` of the time that is left.
        """
        found = dict(self.as_they_come(tasks, part))
        return [found[task.key] for task in tasks]

    def as_they_come(self, tasks: Sequence[Task[R]], part: float = 1.0) -> Iterator[tuple[str, R]]:
        """Key and result of each distinct task: first what was kept, then what is done, each kept before it is told."""
        distinct = {task.key: task for task in tasks}
        self._total += len(distinct)
        waiting = []
        for task in distinct.values():
            kept = None if self.store is None else self.store.get(task.key, task.kind)
            if kept is None:
                waiting.append(task)
                continue
            self._kept += 1
            self._one_done()
            yield task.key, kept
        yield from self._worked(waiting, part)

    @property
    def has_worked(self) -> bool:
        """Whether it has done some task itself."""
        return self._done > self._kept

    @property
    def is_over(self) -> bool:
        """Whether the time is."""
        return self._clock is not None and self._clock()

    def _worked(self, waiting: list[Task[R]], part: float) -> Iterator[tuple[str, R]]:
        waiting = waiting[::-1]
        given: dict[Future[tuple[R, bool]], Task[R]] = {}
        losses = 0
        while waiting or given:
            try:
                executor = self._at_work()
                while waiting and len(given) < self._at_once and not self.is_over:
                    given[executor.submit(_run, waiting[-1], self._allowance(len(waiting), part))] = waiting[-1]
                    waiting.pop()  # not before it is given: a crew that is lost just then is given it again
                if waiting and self.is_over:
                    yield from self._left_undone(waiting[::-1])
                    waiting.clear()
                    continue
                patience = self._patience
                ready, _ = wait(given, patience, return_when=FIRST_COMPLETED)
                if not ready:
                    for future in given:
                        future.cancel()
                    if patience:
                        self.tell(NoAnswer())
                    yield from self._left_undone([*given.values()])
                    given.clear()
                    continue
                for future in sorted(ready, key=list(given).index):
                    task, (result, is_final) = given[future], future.result()
                    del given[future]
                    losses = 0
                    if is_final:
                        self._keep(task.key, result)
                    self._one_done()
                    yield task.key, result
            except BrokenProcessPool:
                losses += 1
                if losses >= MOST_LOSSES:
                    msg = (
                        f"workers ended {losses} times without a result: too little memory, or stopped from outside; "
                        "fewer workers need less memory"
                    )
                    raise Lost(msg) from None
                self.tell(WorkersEnded())
                waiting += [*given.values()][::-1]
                given.clear()
                self._open.close()  # the next task calls new workers
                self._executor = None

    @property
    def _patience(self) -> float | None:
        """Seconds to wait for the next result, None where what was given ends in time by itself."""
        if self._clock is None or self.time_limit is None or self.crew.begins_at_once:
            return None
        return max(0.0, self.time_limit * (1 + LATEST) + LATE - self._clock.seconds)

    def _left_undone(self, tasks: Sequence[Task[R]]) -> Iterator[tuple[str, R]]:
        """Tasks that there is no time for, or that nobody came for in time."""
        for task in tasks:
            self._one_done()
            yield task.key, task.unfinished()

    def _at_work(self) -> Executor:
        if self._executor is None:
            working: AbstractContextManager[Executor] = self.crew.working(self.tell)
            self._executor = self._open.enter_context(working)
        return self._executor

    @property
    def _at_once(self) -> int:
        """Tasks that are given at a time; the share of one that has to wait would be over before it begins."""
        return self.crew.at_once if self.time_limit is None else self.crew.side_by_side

    def _keep(self, key: str, result: BaseModel) -> None:
        """Keep a result where that can be done: it is a convenience, and what is not kept is told all the same."""
        if self.store is None:
            return
        try:
            self.store.put(key, result)
        except OSError as error:
            self.tell(Unkept(self.store.folder, error.strerror or str(error)))

    def _allowance(self, waiting: int, part: float) -> Allowance | None:
        """What the next of some tasks that wait may take, None without a limit."""
        if self.time_limit is None:
            return None
        first = self._clock is None
        if self._clock is None:
            self._clock = Stopping(self.time_limit)
        left = self.time_limit - self._clock.seconds
        turns = -(-waiting // self.crew.side_by_side)
        return Allowance(part * left / turns, time.time() + left, at_any_rate=first)

    def _one_done(self) -> None:
        self._done += 1
        seconds, worked = time.monotonic() - self._began, self._done - self._kept
        left = seconds / worked * (self._total - self._done) if worked else None
        self.progress(StudyProgress(self._done, self._total, self._kept, seconds, left))


def _run(task: Task[R], allowance: Allowance | None) -> tuple[R, bool]:
    """The result of a task, and whether it is what comes out without a limit too."""
    if allowance is None:
        return task.run(), True
    seconds = min(allowance.seconds, allowance.until - time.time())
    if seconds <= 0 and not allowance.at_any_rate:
        return task.unfinished(), False
    stopping = Stopping(seconds)
    result = task.run(stopping)
    return result, not stopping.told
