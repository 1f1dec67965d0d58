"""A tree of values, each of which knows where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regie_opt.loading.problems import Path as TreePath

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written; `by` names the variant that wrote it there."""

    source: str
    line: int = 0
    column: int = 0
    by: str = ""

    @property
    def at(self) -> str:
        """`file:line:column`, or `--set ...`."""
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source

    def __str__(self) -> str:
        return f"{self.by} ({self.source}:{self.line})" if self.by else self.at


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its origin; `key` is the origin of the key that it stands under."""

    value: Scalar | Mapping[str, Node] | tuple[Node, ...]
    origin: Origin
    key: Origin | None = None
    size: int = 1
    """Values in it, itself included."""
    written: str | None = None
    """The text of a number, truth value or null, as it stands in the file: 0034, 1e5."""

    @property
    def at(self) -> str:
        """Position to name in a message: a scalar's own, of a mapping or list the key above it."""
        if self.key is not None and isinstance(self.value, Mapping | tuple):
            return self.key.at
        return self.origin.at

    @property
    def key_at(self) -> str:
        """Position of the key, where it has one."""
        return (self.key or self.origin).at

    def child(self, segment: str | int) -> Node | None:
        """Return the node under a key or at an index, None where there is none."""
        if isinstance(self.value, Mapping):
            return self.value.get(str(segment))
        if isinstance(self.value, tuple) and isinstance(segment, int) and 0 <= segment < len(self.value):
            return self.value[segment]
        return None

    def walk(self, path: TreePath) -> Iterator[Node]:
        """Yield this node and those along the path, as far as they exist."""
        node: Node | None = self
        yield self
        for segment in path:
            node = node.child(segment) if node is not None else None
            if node is None:
                return
            yield node

    def find(self, path: TreePath) -> Node | None:
        """Return the node at the path, None where there is none."""
        nodes = tuple(self.walk(path))
        return nodes[-1] if len(nodes) == len(path) + 1 else None


def plain(node: Node) -> object:
    """Return the node as plain data; an entry of a mapping that is null counts as not there."""
    if isinstance(node.value, Mapping):
        return {key: plain(child) for key, child in node.value.items() if child.value is not None}
    if isinstance(node.value, tuple):
        return [plain(child) for child in node.value]
    return node.value
