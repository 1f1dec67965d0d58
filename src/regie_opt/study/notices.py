"""What happens to a study that whoever asked for it should know, though it goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Unkept:
    """Results are not kept in their folder."""

    folder: Path
    reason: str


@dataclass(frozen=True)
class Alone:
    """Processes cannot be started, so this one does the work by itself."""

    reason: str


@dataclass(frozen=True)
class WorkersEnded:
    """Worker processes ended in the middle of their work, which others do again."""


@dataclass(frozen=True)
class NobodyThere:
    """A cluster has no workers, and is waited for."""

    address: str


@dataclass(frozen=True)
class NoAnswer:
    """Time was over before a cluster had an answer."""


Notice = Unkept | Alone | WorkersEnded | NobodyThere | NoAnswer
Tell = Callable[[Notice], None]


def to_nobody(_notice: Notice) -> None:
    """Tell a notice to nobody."""
