"""A scenario that grows value by value, each with the cell it came from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from regie_opt.loading.document import Node, Origin
from regie_opt.loading.problems import Path, Problem
from regie_opt.loading.workbook.paths import LISTS, path_text


@dataclass(frozen=True)
class Fact:
    """What a cell says: the value at a path (an empty mapping says that the entry is there)."""

    path: Path
    value: Any
    at: str = ""
    key_at: str = ""
    """The cell with the key of the row's entry, where that is another one."""
    depth: int = 0
    """Length of the entry's path."""

    def at_depth(self, depth: int) -> str:
        """Return the cell to name for the part of the path up to a depth."""
        return self.key_at if self.key_at and depth <= self.depth else self.at


@dataclass
class _Branch:
    at: str
    entries: dict[str | int, _Branch | Fact] = field(default_factory=dict)


class Growing:
    """The tree of all facts; a second value at the same place is kept out, and is in `problems`."""

    def __init__(self, at: str = "") -> None:
        self.problems: list[Problem] = []
        self._root = _Branch(at)

    def add(self, fact: Fact) -> None:
        """Put a value in its place."""
        here = self._root
        for depth, part in enumerate(fact.path[:-1], 1):
            below = here.entries.setdefault(part, _Branch(fact.at_depth(depth)))
            if isinstance(below, Fact):
                self._twice(fact, below.at)
                return
            here = below
        last = fact.path[-1]
        there = here.entries.get(last)
        if fact.value == {}:
            here.entries.setdefault(last, _Branch(fact.at))
        elif there is not None:
            self._twice(fact, there.at)
        else:
            here.entries[last] = fact

    def has(self, path: Path) -> bool:
        """Whether there is anything at a path."""
        here: _Branch | Fact = self._root
        for part in path:
            if isinstance(here, Fact) or part not in here.entries:
                return False
            here = here.entries[part]
        return bool(path)

    def _twice(self, fact: Fact, first: str) -> None:
        message = f"gives {path_text(fact.path)} a second time (first in {first.partition(', ')[2]}), allowed: once"
        self.problems.append(Problem(fact.at, (), message))

    def tree(self) -> Node:
        """Return all of it as nodes; items of lists that do not follow on are in `problems`."""
        return self._node(self._root, ())

    def _node(self, branch: _Branch | Fact, path: Path) -> Node:
        if isinstance(branch, Fact):
            node = as_node(branch.value, branch.at)
            return replace(node, key=Origin(branch.at_depth(len(branch.path))))
        origin = Origin(branch.at)
        if path and path[0] in LISTS and len(path) in {1, 3} and all(isinstance(key, int) for key in branch.entries):
            items = sorted(branch.entries.items(), key=lambda item: int(item[0]))
            for number, (key, item) in enumerate(items):
                if key != number:
                    message = f"found item {key} of {path_text(path)}, allowed: 0 to {number}"
                    self.problems.append(Problem(item.at, (), message))
            return Node(tuple(self._node(item, (*path, key)) for key, item in items), origin, origin)
        nodes = {str(key): self._node(item, (*path, key)) for key, item in branch.entries.items()}
        return Node(nodes, origin, origin)


def as_node(value: Any, at: str) -> Node:
    """Return a value as a node, with the cell that it came from."""
    origin = Origin(at)
    if isinstance(value, Node):
        return value
    if isinstance(value, dict):
        return Node({key: as_node(item, at) for key, item in value.items()}, origin, origin)
    if isinstance(value, list):
        return Node(tuple(as_node(item, at) for item in value), origin, origin)
    return Node(value, origin, origin)
