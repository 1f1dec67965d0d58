"""Amounts whose very writing is doubtful: in YAML `contribution: 500.000` is the number 500."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from regie_opt.loading.document import Node, Origin
from regie_opt.loading.plausible import thousands
from regie_opt.loading.problems import Path as TreePath
from regie_opt.loading.problems import Problem

_NUMBER = re.compile(r"(?:&\S+\s+)?([\d.]+)(?![^\s,}\]])")
_EACH = None
"""Any key or index."""
_AMOUNTS: tuple[tuple[str | int | None, ...], ...] = (
    ("municipalities", _EACH, "spending", _EACH),
    ("municipalities", _EACH, "board_hours"),
    ("partnerships", _EACH, "contribution"),
    ("partnerships", _EACH, "hours", _EACH),
    ("forms", _EACH, "setup"),
    ("domains", _EACH, "power_mass"),
    ("domains", _EACH, "scale", _EACH, 0),
    ("money", "euro_per_fte"),
    ("burden", "board_hours"),
)
"""Paths of euros, hours and inhabitants, of which nobody writes three decimals."""


def doubtful_amounts(tree: Node, contents: Sequence[tuple[Path, bytes]]) -> Iterator[Problem]:
    """Yield the amounts that are written with exactly three decimals, at their line; `contents` are the files read."""
    lines = {str(path): raw.decode("utf-8-sig", "replace").splitlines() for path, raw in contents}
    for pattern in _AMOUNTS:
        for path, node in _at(tree, pattern, ()):
            if isinstance(node.value, float) and (doubt := thousands(_text(node.origin, lines))) is not None:
                yield Problem(node.at, path, doubt.text("en"))


def _at(node: Node, pattern: Sequence[str | int | None], path: TreePath) -> Iterator[tuple[TreePath, Node]]:
    """Yield what stands at the paths of a pattern."""
    if not pattern:
        yield path, node
        return
    for key in _keys(node) if pattern[0] is _EACH else (pattern[0],):
        if key is not None and (child := node.child(key)) is not None:
            yield from _at(child, pattern[1:], (*path, key))


def _keys(node: Node) -> Iterable[str | int]:
    if isinstance(node.value, tuple):
        return range(len(node.value))
    return node.value if isinstance(node.value, Mapping) else ()


def _text(origin: Origin, contents: Mapping[str, Sequence[str]]) -> str:
    """The number as it stands in its file, or in `--set PATH=NUMBER`."""
    if not origin.line:
        return origin.source.partition("=")[2].strip() if origin.source.startswith("--set ") else ""
    lines = contents.get(origin.source, ())
    rest = lines[origin.line - 1][origin.column - 1 :] if origin.line <= len(lines) else ""
    found = _NUMBER.match(rest)
    return found[1] if found is not None else ""
