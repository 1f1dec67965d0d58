"""Who does the work of a study: this process, processes of this computer, or the workers of a Dask cluster.

All are executors of `concurrent.futures`, so a study need not know which it has.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from regie_opt.schema.errors import RegieError

T = TypeVar("T")

SECONDS_TO_CONNECT = 10
RETRIES = 3
"""Times that a cluster does a task again whose worker was lost."""


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

    def working(self) -> AbstractContextManager[Executor]:
        """The executor, for as long as a study lasts. Raises `Lost`."""


@dataclass(frozen=True)
class Processes:
    """Processes of this computer; one worker is a thread of this process, which starts at once."""

    workers: int = 1

    @property
    def at_once(self) -> int:
        """One task for each worker, and one ready for whoever is first."""
        return 1 if self.workers == 1 else 2 * self.workers

    @property
    def side_by_side(self) -> int:
        """One task for each worker."""
        return self.workers

    @contextmanager
    def working(self) -> Iterator[Executor]:
        """Start the workers; what they are doing at the end, because an error ends the study, is dropped."""
        executor: Executor
        if self.workers == 1:
            executor = ThreadPoolExecutor(1)
        else:
            # A fork of a process in which solvers have threads may hang.
            fresh = multiprocessing.get_context("spawn")
            executor = _Deaf(self.workers, mp_context=fresh, initializer=_begin)
        try:
            executor.submit(int).result()  # a study begins when somebody is there to work for it
            yield executor
        finally:
            _end(executor)


@dataclass(frozen=True)
class Cluster:
    """Workers of a Dask cluster, which have the same version of regie-opt installed."""

    address: str
    """Of the scheduler, such as tcp://10.0.0.5:8786."""
    at_once: int = 10_000
    """Its scheduler keeps the queue."""

    @property
    def side_by_side(self) -> int:
        """Nobody knows: workers come and go."""
        return self.at_once

    @contextmanager
    def working(self) -> Iterator[Executor]:
        """Connect to the scheduler. Raises `Lost`."""
        try:
            from distributed import Client
        except ImportError:
            msg = "a cluster needs the extra 'cluster': pip install 'regie-opt[cluster]'"
            raise Lost(msg) from None
        try:
            client = Client(self.address, timeout=SECONDS_TO_CONNECT)
        except (OSError, ValueError, TimeoutError) as error:
            msg = f"no scheduler answers at '{self.address}': {error}"
            raise Lost(msg) from None
        try:
            yield client.get_executor(retries=RETRIES)
        finally:
            client.close()


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


def _end(executor: Executor) -> None:
    """Let nobody wait for results that nobody wants."""
    processes = list((getattr(executor, "_processes", None) or {}).values())
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
