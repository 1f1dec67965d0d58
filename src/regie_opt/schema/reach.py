"""Which values of a scenario an uncertain assumption is about: paths with `*`, written out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from regie_opt.schema.uncertainty import Assumption

EVERY = "*"
Place = tuple[str, ...]
"""Keys from the top of a scenario down to one value; numbers of items of a list as text."""


def places(data: Mapping[str, Any], assumption: Assumption) -> Iterator[Place]:
    """Where the values of an assumption are in a scenario; those that nobody wrote only with `unwritten`."""
    domains: Mapping[str, Any] = data["domains"]
    for path in assumption.acts_on:
        for place in _expanded(data, path.split("."), (), unwritten=assumption.unwritten is not None):
            domain = next((key for key in place if key in domains), None)
            task = None if domain is None else domains[domain]["task"]
            if assumption.tasks is None or task in assumption.tasks:
                yield place


def value_at(data: Mapping[str, Any], place: Place) -> Any:
    """The value at a place; None where there is none."""
    value: Any = data
    for key in place:
        value = child(value, key)
    return value


def child(value: Any, key: str) -> Any:
    """One entry of a mapping or item of a list; None where there is none."""
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, Sequence) and not isinstance(value, str) and key.isdecimal() and int(key) < len(value):
        return value[int(key)]
    return None


def stray(data: Mapping[str, Any], path: str, *, unwritten: bool) -> tuple[str, tuple[str, ...]] | None:
    """The first name of a path that is nowhere, and the names that are there; None where all is well."""
    here: list[Any] = [data]
    names = path.split(".")
    for position, name in enumerate(names):
        if not here:
            return None  # an empty section, such as no partnerships at all
        if name == EVERY:
            here = [each for value in here for each in _entries(value).values() if each is not None]
            continue
        found = [child(value, name) for value in here if name in _entries(value)]
        if not found and not (unwritten and position == len(names) - 1):
            return name, tuple(dict.fromkeys(key for value in here for key in _entries(value)))
        here = [value for value in found if value is not None]
    return None


def _expanded(value: Any, names: list[str], above: Place, *, unwritten: bool) -> Iterator[Place]:
    if not names:
        if value is not None:
            yield above
        return
    name, *rest = names
    entries = _entries(value)
    for key in entries if name == EVERY else [name]:
        if key in entries and entries[key] is not None:
            yield from _expanded(entries[key], rest, (*above, key), unwritten=unwritten)
        elif not rest and unwritten and isinstance(value, Mapping):
            yield (*above, key)


def _entries(value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {str(i): item for i, item in enumerate(value)}
    return {}
