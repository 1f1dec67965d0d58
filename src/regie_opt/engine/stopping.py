"""When to stop: the clock, or Ctrl-C. Both leave the best plan so far and its honest gap."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

Stop = Callable[[], bool]
"""Whether to stop."""


@dataclass
class _Heard:
    """What all parts of one piece of work share."""

    interrupted_at: float | None = None
    """Seconds after the beginning at which the user pressed Ctrl-C."""
    told: bool = False
    """Whether anybody who asked was told to stop."""
    listening: bool = False


class Stopping:
    """Asked often; true once the time is up or the user has pressed Ctrl-C.

    One clock is handed down through all that a command does: what takes a part of the time gets a part of the clock.
    """

    def __init__(self, time_limit: float | None, now: Callable[[], float] = time.monotonic) -> None:
        self.time_limit, self.now = time_limit, now
        self.began = now()
        self._heard = _Heard()

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return self.now() - self.began

    @property
    def left(self) -> float | None:
        """Seconds left, None without a limit; never quite zero, which a solver takes for no limit."""
        return None if self.time_limit is None else max(0.01, self.time_limit - self.seconds)

    @property
    def interrupted(self) -> bool:
        """Whether the user has pressed Ctrl-C."""
        return self._heard.interrupted_at is not None

    @property
    def told(self) -> bool:
        """Whether anything was told to stop: what came out may be less than it would be without a limit."""
        return self._heard.told

    @property
    def end(self) -> float | None:
        """Seconds after the beginning at which it is over, or was; None where that is not known."""
        ends = [end for end in (self.time_limit, self._heard.interrupted_at) if end is not None]
        return min(ends, default=None)

    def __call__(self) -> bool:
        """Whether to stop."""
        over = self.interrupted or (self.time_limit is not None and self.seconds >= self.time_limit)
        self._heard.told |= over
        return over

    def tell(self) -> None:
        """Remember that something was told to stop, here or before."""
        self._heard.told = True

    def share(self, part: float) -> "Stopping":
        """The same clock for something that may take a part of the time only, from the beginning."""
        if self.time_limit is None:
            return self
        shared = Stopping(part * self.time_limit, self.now)
        shared.began, shared._heard = self.began, self._heard
        return shared

    def last(self, patience: float) -> "Last":
        """The clock of one last, short search, which is done even when time is over."""
        return Last(self, patience)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the first Ctrl-C as a request to stop; the second one ends the process as usual."""
        before = signal.getsignal(signal.SIGINT)
        elsewhere = threading.current_thread() is not threading.main_thread() or before is signal.SIG_IGN
        if elsewhere or self._heard.listening:
            yield  # someone else decides when to stop
            return

        def on_interrupt(_signal: int, _frame: FrameType | None) -> None:
            self.interrupt()
            signal.signal(signal.SIGINT, before)

        signal.signal(signal.SIGINT, on_interrupt)
        self._heard.listening = True
        try:
            yield
        finally:
            self._heard.listening = False
            signal.signal(signal.SIGINT, before)

    def interrupt(self) -> None:
        """Stop now, as after Ctrl-C."""
        self._heard.interrupted_at = self.seconds


class Last:
    """The clock of one last, short search: some seconds more than there are, and than there were when it began."""

    def __init__(self, stopping: Stopping, patience: float) -> None:
        self.stopping, self.patience, self.began = stopping, patience, stopping.seconds

    @property
    def left(self) -> float | None:
        """Seconds left, None where there is no end to them; never quite zero."""
        end = self.stopping.end
        return None if end is None else max(0.01, max(end, self.began) + self.patience - self.stopping.seconds)

    def __call__(self) -> bool:
        """Whether to stop."""
        end = self.stopping.end
        return end is not None and self.stopping.seconds >= max(end, self.began) + self.patience
