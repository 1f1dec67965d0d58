"""A scenario as plain data: mappings, lists and values, in which null stands for an entry that is removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from regie_opt.loading.document import Node
from regie_opt.loading.problems import Path

_SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What the schema takes for space; Python takes a few control characters for space as well."""

NOTHING: Any = object()
"""What `found_at` returns where there is nothing."""


def data_of(node: Node) -> Any:
    """Return what a node holds, nulls included; text without spaces around it, as the schema takes it."""
    if isinstance(node.value, Mapping):
        return {key: data_of(child) for key, child in node.value.items()}
    if isinstance(node.value, tuple):
        return [data_of(child) for child in node.value]
    return node.value.strip(_SPACES) if isinstance(node.value, str) else node.value


def without_nulls(data: Any) -> Any:
    """Leave out the entries that are null."""
    if isinstance(data, dict):
        return {key: without_nulls(child) for key, child in data.items() if child is not None}
    return [without_nulls(item) for item in data] if isinstance(data, list) else data


def found_at(data: Any, path: Path) -> Any:
    """Return what stands at a path, NOTHING where nothing does."""
    for part in path:
        is_there = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if not is_there:
            return NOTHING
        data = data[part]
    return data


def leaves(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value with its path; a list without mappings is one value, and so is an empty mapping."""
    if isinstance(data, dict) and data:
        for key, child in data.items():
            yield from leaves(child, (*path, key))
    elif isinstance(data, list) and any(isinstance(item, dict) for item in data):
        for index, item in enumerate(data):
            yield from leaves(item, (*path, index))
    else:
        yield path, data


def missing_from(there: Any, data: Any) -> Iterator[tuple[Path, Any]]:
    """Yield the values of `data` that `there` does not hold at the same path."""
    for path, value in leaves(data):
        found = found_at(there, path)
        if value == {} and isinstance(found, dict):
            continue
        if not same(found, value):
            yield path, value


def same(first: Any, second: Any) -> bool:
    """Whether two values are equal, and both or neither of them true or false."""
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(same(first[key], second[key]) for key in first)
    return isinstance(first, bool) == isinstance(second, bool) and bool(first == second)
