"""One thing that a check found: where in the tree, and what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from regie_opt.loading.problems import Path
from regie_opt.schema.scenario import Scenario


@dataclass(frozen=True)
class Finding:
    """What is wrong at a path of the tree; with `is_key` it is the last key itself that is wrong."""

    path: Path
    message: str
    is_key: bool = False


Check = Callable[[Scenario], Iterator[Finding]]
