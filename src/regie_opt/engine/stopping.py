"""When to stop: the clock, or Ctrl-C. Both leave the best plan so far and its honest gap."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

Stop = Callable[[], bool]
"""Whether to stop."""


class Stopping:
    """Asked often; true once the time is up or the user has pressed Ctrl-C."""

    def __init__(self, time_limit: float | None) -> None:
        self.began = time.monotonic()
        self.time_limit = time_limit
        self.interrupted = False

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float | None:
        """Seconds left, None without a limit; never quite zero, which a solver takes for no limit."""
        return None if self.time_limit is None else max(0.01, self.time_limit - self.seconds)

    def __call__(self) -> bool:
        """Whether to stop."""
        return self.interrupted or (self.time_limit is not None and self.seconds >= self.time_limit)

    def share(self, part: float) -> Callable[[], bool]:
        """Whether to stop something that may take part of the time only."""
        return lambda: self() or (self.time_limit is not None and self.seconds >= part * self.time_limit)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the first Ctrl-C as a request to stop; the second one ends the process as usual."""
        before = signal.getsignal(signal.SIGINT)
        if threading.current_thread() is not threading.main_thread() or before is signal.SIG_IGN:
            yield  # someone else decides when to stop
            return

        def on_interrupt(_signal: int, _frame: FrameType | None) -> None:
            self.interrupted = True
            signal.signal(signal.SIGINT, before)

        signal.signal(signal.SIGINT, on_interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
