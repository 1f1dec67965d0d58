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

from regie_opt.study.crew import Crew, Lost, Processes
from regie_opt.study.store import Store

R = TypeVar("R", bound=BaseModel)
R_co = TypeVar("R_co", bound=BaseModel, covariant=True)

MOST_LOSSES = 3
"""Times in a row that a crew may be lost without one result before the study gives up."""


class Task(Protocol[R_co]):
    """Work that can be done anywhere; it goes to the worker as it is."""

    @property
    def kind(self) -> type[R_co]:
        """What comes out."""

    @property
    def key(self) -> str:
        """Hash of all that the result follows from."""

    def run(self) -> R_co:
        """Do it here and now."""


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


class Study:
    """Does tasks, those that are in the store at once. A context: the crew works until it is left."""

    def __init__(
        self,
        crew: Crew | None = None,
        store: Store | None = None,
        progress: Callable[[StudyProgress], None] | None = None,
    ) -> None:
        self.crew = crew or Processes()
        self.store = store
        self.progress = progress or (lambda _: None)
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

    def results(self, tasks: Sequence[Task[R]]) -> list[R]:
        """The result of each task, in their order. Raises `Lost`, OSError and whatever a task raises."""
        found = dict(self.as_they_come(tasks))
        return [found[task.key] for task in tasks]

    def as_they_come(self, tasks: Sequence[Task[R]]) -> Iterator[tuple[str, R]]:
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
        yield from self._worked(waiting)

    def _worked(self, waiting: list[Task[R]]) -> Iterator[tuple[str, R]]:
        waiting = waiting[::-1]
        given: dict[Future[R], Task[R]] = {}
        losses = 0
        while waiting or given:
            try:
                while waiting and len(given) < self.crew.at_once:
                    given[self._at_work().submit(_run, waiting[-1])] = waiting[-1]
                    waiting.pop()  # not before it is given: a crew that is lost just then is given it again
                ready, _ = wait(given, return_when=FIRST_COMPLETED)
                for future in sorted(ready, key=list(given).index):
                    task, result = given[future], future.result()
                    del given[future]
                    losses = 0
                    if self.store is not None:
                        self.store.put(task.key, result)
                    self._one_done()
                    yield task.key, result
            except BrokenProcessPool:
                losses += 1
                if losses >= MOST_LOSSES:
                    msg = f"workers ended {losses} times without a result: too little memory, or stopped from outside"
                    raise Lost(msg) from None
                waiting += [*given.values()][::-1]
                given.clear()
                self._open.close()  # the next task calls new workers
                self._executor = None

    def _at_work(self) -> Executor:
        if self._executor is None:
            working: AbstractContextManager[Executor] = self.crew.working()
            self._executor = self._open.enter_context(working)
        return self._executor

    def _one_done(self) -> None:
        self._done += 1
        seconds, worked = time.monotonic() - self._began, self._done - self._kept
        left = seconds / worked * (self._total - self._done) if worked else None
        self.progress(StudyProgress(self._done, self._total, self._kept, seconds, left))


def _run(task: Task[R]) -> R:
    return task.run()
