"""From a tree of nodes to a schema object, or to problems in plain words at the right line and column."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from regie_opt.loading.document import Node, plain
from regie_opt.loading.problems import Path, Problem, brief, hint, nearest, unknown
from regie_opt.loading.references import as_meant
from regie_opt.loading.shape import Shape, found, shape_of

NOUNS: Mapping[str, str] = {
    "domains": "domain",
    "forms": "form",
    "criteria": "criterion",
    "municipalities": "municipality",
    "partnerships": "partnership",
    "rules": "rule",
    "variants": "variant",
    "sources": "source",
    "uncertainty": "assumption",
}
"""What one entry of a section is called."""

SMALLEST, LARGEST = 1e-18, 1e18
"""Sizes of a number that is not 0: no figure about municipalities comes near, and what is made of them stays finite."""

Model = TypeVar("Model", bound=BaseModel)


def validate(root: Node, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Return the tree as an object of the schema class, or None, with all that is wrong with it."""
    shape = shape_of(model)
    root = as_meant(root, shape)
    problems = list(_odd_values(root, shape, ()))
    data = plain(root)
    made: Model | None = None
    try:
        # JSON mode: strict about text and numbers, yet takes lists for tuples and text for dates.
        made = model.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        told = [_problem(detail, root, data, shape) for detail in _without_echoes(details)]
        places = {(problem.where, problem.path) for problem in told}
        problems = [problem for problem in problems if (problem.where, problem.path) not in places] + told
    return (None if problems else made), problems


def _without_echoes(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what only follows from a misspelt key: what is under it, and the right one missing."""
    keys = [detail["loc"][:-1] for detail in details if detail["loc"][-1:] == ("[key]",)]
    missing: dict[tuple[int | str, ...], list[str]] = {}
    for detail in details:
        if detail["type"] == "missing":
            missing.setdefault(detail["loc"][:-1], []).append(str(detail["loc"][-1]))
    echoes = {
        (*detail["loc"][:-1], nearest(str(detail["loc"][-1]), missing.get(detail["loc"][:-1], ())))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    return [
        detail
        for detail in details
        if not (detail["type"] == "missing" and detail["loc"] in echoes)
        and (detail["loc"][-1:] == ("[key]",) or not any(detail["loc"][: len(key)] == key for key in keys))
    ]


def _problem(detail: ErrorDetails, root: Node, data: object, shape: Shape) -> Problem:
    path, at, is_key = _follow(detail["loc"], data, shape)
    kind = detail["type"]
    parent = root.find(path[:-1]) or root
    node = root.find(path)
    if is_key:
        where = node.key_at if node is not None else parent.key_at
        return Problem(where, path[:-1], _key_message(path, root, data, shape))
    if kind == "extra_forbidden":
        where = node.key_at if node is not None else parent.key_at
        return Problem(where, path[:-1], _unknown_key(path, data, shape))
    if kind in {"union_tag_not_found", "union_tag_invalid"} and at is not None and at.tag is not None:
        path, tag_node = (*path, at.tag), root.find((*path, at.tag))
        value = tag_node.value if tag_node is not None else None
        where = tag_node.at if tag_node is not None else (node or parent).key_at
        return Problem(where, path, _found_allowed(value, at.choices, ", ".join(at.choices)))
    if kind == "value_error":
        where = (node or parent).at
        return Problem(where, path, str(detail.get("ctx", {}).get("error", detail["msg"])))
    if kind == "missing" and path and isinstance(path[-1], int):  # a list that is too short
        return _of_list(path[:-1], parent, shape, data)
    if kind == "missing":
        where = node.key_at if node is not None else parent.key_at  # a node here is one that was set to null
        return Problem(where, path, f"missing; allowed: {at.describe() if at else 'a value'}")
    where = node.at if node is not None else parent.at
    if at is None:
        return Problem(where, path, f"found {found(detail['input'])}: {detail['msg']}")
    return Problem(where, path, _found_allowed(detail["input"], at.choices, at.describe()))


def _of_list(path: Path, node: Node, shape: Shape, data: object) -> Problem:
    here = shape
    for segment in path:
        here = (here.child(segment) or here).of(data := _entry(data, segment))
    return Problem(node.at, path, _found_allowed(data, (), here.describe()))


def _found_allowed(value: object, choices: tuple[str, ...], allowed: str) -> str:
    near = hint(value, choices) if isinstance(value, str) and choices else ""
    quotes = " (put it in quotes)" if allowed.startswith("text") and isinstance(value, int | float) else ""
    return f"found {found(value)}, allowed: {allowed}{quotes}{near}"


def _unknown_key(path: Path, data: object, shape: Shape) -> str:
    here = shape
    for segment in path[:-1]:
        here = (here.child(segment) or here).of(data := _entry(data, segment))
    noun = "section" if len(path) == 1 else NOUNS.get(str(path[-2]), "key") if len(path) == 2 else "key"
    return unknown(noun, str(path[-1]), here.names or ())


def _key_message(path: Path, root: Node, data: object, shape: Shape) -> str:
    here = shape
    for segment in path[:-1]:
        here = (here.child(segment) or here).of(data := _entry(data, segment))
    if here.names is not None:
        return _unknown_key(path, plain(root), shape)
    allowed = "at most 64 letters, digits, `_`, `.` and `-`, a letter or digit first"
    return f"found the key '{brief(str(path[-1]))}', allowed: {allowed}"


def _follow(loc: tuple[int | str, ...], data: object, shape: Shape) -> tuple[Path, Shape | None, bool]:
    """Return the tree's path for pydantic's location, which also has tags of unions and a mark for keys."""
    path: list[str | int] = []
    here: Shape | None = shape
    for segment in loc:
        if segment == "[key]":
            return tuple(path), here, True
        if here is not None and here.tag is not None and isinstance(data, Mapping):
            here = here.of(data)  # the segment is the tag: no level of the tree
            continue
        path.append(segment)
        here = here.child(segment) if here is not None else None
        data = _entry(data, segment)
    return tuple(path), here, False


def _entry(data: object, segment: str | int) -> object:
    if isinstance(data, Mapping):
        return data.get(segment)
    if isinstance(data, list) and isinstance(segment, int) and segment < len(data):
        return data[segment]
    return None


def _odd_values(node: Node, shape: Shape | None, path: Path) -> Iterator[Problem]:
    """Yield what the schema cannot see, where it does not ignore it.

    A key that is set to null (and so removed) though the schema has no such key is a typo. A number that is so large,
    or so near 0, makes figures without end.
    """
    if shape is None:
        return
    if isinstance(node.value, tuple):
        for index, item in enumerate(node.value):
            yield from _odd_values(item, shape.child(index), (*path, index))
    elif isinstance(node.value, int | float) and _is_extreme(node.value):
        allowed = f"0, or a number from {SMALLEST:g} to {LARGEST:g} in size"
        yield Problem(node.at, path, f"found {node.value:g}, allowed: {allowed}")
    elif isinstance(node.value, Mapping):
        here = shape.of({key: child.value for key, child in node.value.items()})
        for key, child in node.value.items():
            if child.value is None and here.names is not None and key not in here.names:
                noun = "section" if not path else NOUNS.get(str(path[-1]), "key") if len(path) == 1 else "key"
                yield Problem(child.key_at, path, unknown(noun, key, here.names))
            elif child.value is not None:
                yield from _odd_values(child, here.child(key), (*path, key))


def _is_extreme(value: float) -> bool:
    return value != 0 and math.isfinite(value) and not SMALLEST <= abs(value) <= LARGEST
