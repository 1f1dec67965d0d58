"""Keys that one part of a file uses of another, as they are written there and as they are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from regie_opt.loading.document import Node
from regie_opt.loading.shape import Shape
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.text import matching, plain

Known = Mapping[str, Iterable[str]]
"""Keys that exist, by section."""

MUNICIPALITIES = "municipalities"

_VALUES: Mapping[str, str] = {
    "members": MUNICIPALITIES,
    "between": MUNICIPALITIES,
    "host": MUNICIPALITIES,
    "hosts": MUNICIPALITIES,
    "domains": "domains",
    "form": "forms",
    "allow": "forms",
    "partnership": "partnerships",
    "continues": "partnerships",
    "more": "subjects",
    "less": "subjects",
}
"""Section of which a field (or each item or entry of it) names a key."""
_KEYS: Mapping[str, str] = {
    "hosts": "domains",
    "shares": MUNICIPALITIES,
    "spending": "domains",
    "staff": "domains",
    "domain_motives": "domains",
    "swing": "subjects",
    "ranges": "subjects",
}
"""Section of which the entries of a field have keys."""


def as_meant(node: Node, shape: Shape | None, known: Known = MappingProxyType({})) -> Node:
    """Return the tree with every reference as text: what YAML took for a number, a truth value or null as it stands.

    Where it is no key of its section in `known` and differs from one in writing only (case, what does not show, or
    the zeros of an official code), it becomes that key; one that may be several stays, for the checks to refuse.
    """
    return _References({section: tuple(keys) for section, keys in known.items()}).node(node, shape, "")


def keys_in(tree: Node) -> Known:
    """Return the keys that the sections of a scenario's tree have."""
    known = {}
    for section in (MUNICIPALITIES, "domains", "forms", "partnerships"):
        there = tree.child(section)
        entries = there.value if there is not None and isinstance(there.value, Mapping) else {}
        known[section] = tuple(key for key, entry in entries.items() if entry.value is not None)
    known["domains"] = (*known["domains"], UNKNOWN)
    return known


def along(shape: Shape | None, path: Iterable[str]) -> Shape | None:
    """Return the shape at a dotted path of the tree, None where there is none."""
    for segment in path:
        is_item = shape is not None and shape.schema.get("type") == "array" and segment.isdecimal()
        shape = None if shape is None else shape.child(int(segment) if is_item else segment)
    return shape


@dataclass(frozen=True)
class _References:
    known: Known

    def node(self, node: Node, shape: Shape | None, field: str) -> Node:
        if shape is None:
            return node
        if isinstance(node.value, Mapping):
            return self._mapping(node, node.value, shape, field)
        if isinstance(node.value, tuple):
            items = tuple(self._item(item, shape.child(n), field) for n, item in enumerate(node.value))
            same = all(map(_is, items, node.value))
            return node if same else replace(node, value=items)
        return self._scalar(node, field) if _is_key(shape) and node.value is not None else node

    def _item(self, item: Node, shape: Shape | None, field: str) -> Node:
        """An item of a list; there null is no entry that is taken out, and `null` may be a key."""
        if item.value is None and item.written and shape is not None and _is_key(shape):
            item = replace(item, value=item.written)
        return self.node(item, shape, field)

    def _mapping(self, node: Node, value: Mapping[str, Node], shape: Shape, field: str) -> Node:
        here = shape.of({key: child.value for key, child in value.items()})
        fields = here.schema.get("properties", {})
        entries: dict[str, Node] = {}
        for key, child in value.items():
            meant = key if fields else self._meant(key, _KEYS.get(field), here.names or ())
            meant = key if meant in value or meant in entries else meant
            entries[meant] = self.node(child, here.child(meant), key if key in fields else field)
        same = list(entries) == list(value) and all(map(_is, entries.values(), value.values()))
        return node if same else replace(node, value=entries)

    def _scalar(self, node: Node, field: str) -> Node:
        given = node.value if isinstance(node.value, str) else node.written
        text = plain(_as_text(node.value) if given is None else given)
        meant = self._meant(text, _VALUES.get(field), ())
        return node if meant == node.value else replace(node, value=meant)

    def _meant(self, text: str, section: str | None, choices: tuple[str, ...]) -> str:
        keys = (*choices, *(self.known.get(section, ()) if section is not None else ()))
        found = matching(text, keys, codes=section == MUNICIPALITIES)
        return found[0] if len(found) == 1 else text


def _is(one: Node, other: Node) -> bool:
    return one is other


def _is_key(shape: Shape) -> bool:
    return "pattern" in shape.schema


def _as_text(value: object) -> str:
    """A number of a spreadsheet as people see it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
