"""The streams of the program: no reader that leaves, no full disk and no encoding takes a result with it."""

import codecs
import errno
import io
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO, cast

from regie_opt.schema.shown import shown

_CLOSED = {errno.EPIPE} if os.name == "posix" else {errno.EPIPE, errno.EINVAL}
"""What writing to a pipe says that nobody reads any more; on Windows that is another error."""
_ANYTHING = "regie-opt.anything"
"""Name of the way to write what an encoding does not have."""


class Lasting(io.FileIO):
    """A stream that keeps its first error instead of raising it; what comes after goes nowhere."""

    failure: OSError | None = None

    def write(self, data: "bytes | memoryview") -> int:  # type: ignore[override]
        """Write, or forget; a pipe that is full is waited for, also where it was told not to block."""
        try:
            while self.failure is None:
                written: int | None = super().write(data)
                if written is not None:
                    return written
                select.select([], [self], [])
        except OSError as error:
            self.failure = error
        return len(data)

    @property
    def reason(self) -> str | None:
        """Why what was written is lost; None where it is not, or nobody wanted it (`| head`)."""
        if self.failure is None or self.failure.errno in _CLOSED:
            return None
        return self.failure.strerror or str(self.failure)


@contextmanager
def lasting_streams() -> Iterator[Lasting | None]:
    """Make the streams last for as long as a command runs; gives the one that results go to.

    None where results do not go to a stream of the process, as in a test.
    """
    codecs.register_error(_ANYTHING, _replaced)
    _open_what_is_closed()
    before = sys.stdout, sys.stderr
    results = None
    for name in ("stdout", "stderr"):
        lasting = _lasting(name)
        if name == "stdout":
            results = lasting
    try:
        yield results
    finally:
        sys.stdout, sys.stderr = before


def _open_what_is_closed() -> None:
    """Let a closed stdin, stdout or stderr go nowhere: a file that is opened would get its number, and its text."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _lasting(name: str) -> Lasting | None:
    """Replace a stream of the process by one that lasts; any other is only taught to write anything."""
    stream: TextIO | None = getattr(sys, name)
    if stream is not getattr(sys, f"__{name}__") or (os.name == "nt" and stream is not None and stream.isatty()):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ANYTHING)
        return None
    raw = Lasting({"stdout": 1, "stderr": 2}[name], "w", closefd=False)
    by_line = raw.isatty() or name == "stderr"
    # A file or a pipe gets UTF-8, as every file of -o does; a terminal what it says that it can show.
    encoding = stream.encoding if stream is not None and raw.isatty() else "utf-8"
    buffer = cast("io.BufferedWriter", io.BufferedWriter(raw))
    text = io.TextIOWrapper(buffer, encoding=encoding, errors=_ANYTHING, line_buffering=by_line)
    setattr(sys, name, text)
    return raw


def _replaced(error: UnicodeError) -> tuple[bytes, int]:
    """What stands for text that an encoding does not have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = shown(error.object[error.start : error.end])
    return text.encode(error.encoding, "replace"), error.end
