"""Ctrl-C before there is anything to lose."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

STOPPED = 130
"""What a command ends with that Ctrl-C stopped."""


@contextmanager
def ending_at_once() -> Iterator[None]:
    """Let Ctrl-C end the program here and now, while it is still being put together.

    A library that is half imported would take the interrupt for an error of its own, or show where it was.
    """
    usual = signal.getsignal(signal.SIGINT)
    if usual is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def _end(_number: int, _frame: FrameType | None) -> None:
    with suppress(OSError):
        os.write(2, b"stopped\n")
    os._exit(STOPPED)
