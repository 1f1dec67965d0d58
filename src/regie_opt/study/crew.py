"""Who does the work of a study: this process, or processes of this computer.

All crews are executors of `concurrent.futures`, so a study need not know which it has.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from regie_opt.schema.errors import RegieError
from regie_opt.study.notices import Alone, Tell, to_nobody

T = TypeVar("T")

MOST_ON_WINDOWS = 61
"""Processes that Python can wait for on Windows."""


class Lost(RegieError):
    """The workers are gone, or cannot be reached."""


class Crew(Protocol):
    """Makes the executor that does the work."""

    @property
    def at_once(self) -> int:
        """Tasks that it is given at a time."""

    @property
    def side_by_side(self) -> int:
        """Tasks that it works on at the same time, at most."""

    @property
    def begins_at_once(self) -> bool:
        """Whether a task that is given begins then, and so ends in its time; else somebody has to come for it."""

    def working(self, tell: Tell = to_nobody) -> AbstractContextManager[Executor]:
        """The executor, for as long as a study lasts; what is to be known of it is told. Raises `Lost`."""


@dataclass
class Processes:
    """Processes of this computer; one worker is a thread of this process, which starts at once."""

    workers: int = 1
    begins_at_once: bool = field(default=True, init=False)
    is_alone: bool = field(default=False, init=False)
    """Whether processes could not be started."""

    @property
    def side_by_side(self) -> int:
        """One task for each worker."""
        if self.is_alone:
            return 1
        return min(self.workers, MOST_ON_WINDOWS) if os.name == "nt" else self.workers

    @property
    def at_once(self) -> int:
        """One task for each worker, and one ready for whoever is first."""
        return 1 if self.side_by_side == 1 else 2 * self.side_by_side

    @contextmanager
    def working(self, tell: Tell = to_nobody) -> Iterator[Executor]:
        """Start the workers; what they are doing at the end, because an error ends the study, is dropped."""
        executor = self._started(tell)
        try:
            yield executor
        finally:
            _end(executor)

    def _started(self, tell: Tell) -> Executor:
        """Workers that are there; this process alone where no other can be started, as in many a container."""
        if self.side_by_side > 1:
            try:
                # A fork of a process in which solvers have threads may hang.
                fresh = multiprocessing.get_context("spawn")
                return _ready(_Deaf(self.side_by_side, mp_context=fresh, initializer=_begin))
            except (OSError, ImportError, NotImplementedError, RuntimeError) as error:
                self.is_alone = True
                tell(Alone(" ".join(str(error).split())))
        return _ready(ThreadPoolExecutor(1))


class _Deaf(ProcessPoolExecutor):
    """Processes that never hear Ctrl-C, not even while they start: that is for who asked."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Give a task; that may start a process, which begins with the signals held that are held here."""
        if not hasattr(signal, "pthread_sigmask"):
            return super().submit(fn, *args, **kwargs)
        held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _begin() -> None:
    """Make a process a worker: Ctrl-C is for who asked, and what solvers print goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process as soon as the one that it works for is gone.

    One that is killed tells nobody, and its workers hold both ends of their queue, so they would wait for ever.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _ready(executor: Executor) -> Executor:
    """An executor once somebody is there to work for it: a study begins then. Raises RuntimeError, OSError."""
    try:
        executor.submit(int).result()
    except BaseException:
        _end(executor)
        raise
    return executor


def _end(executor: Executor) -> None:
    """Let nobody wait for results that nobody wants."""
    processes = list((getattr(executor, "_processes", None) or {}).values())
    for process in processes:
        process.kill()
    # A thread cannot be ended. What processes shared is given back when the last of them is known to be gone.
    executor.shutdown(wait=bool(processes), cancel_futures=True)
