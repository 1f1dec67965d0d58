"""Results kept in a file as they come: a measurement of hours that is interrupted goes on where it was."""

import json
from collections.abc import Callable
from pathlib import Path

from benchmarks.machine import Result


class Kept:
    """Results by what they are of; a line of JSON each, or nowhere without a file."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        lines = file.read_text(encoding="utf-8").splitlines() if file is not None and file.exists() else []
        self.known: dict[tuple[str, ...], Result] = {
            tuple((kept := json.loads(line))["of"]): kept["is"] for line in lines
        }

    def result(self, of: tuple[str, ...], measure: Callable[[], Result]) -> Result:
        """What is kept, or else measured and kept."""
        if of not in self.known:
            self.known[of] = measure()
            if self.file is not None:
                with self.file.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"of": of, "is": self.known[of]}, sort_keys=True) + "\n")
        return self.known[of]
