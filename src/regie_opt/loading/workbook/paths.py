"""The path of a value, as a text in a cell: `domains.ict.weight`; a key with a dot in it stands in quotes."""

import json
import re

from regie_opt.loading.problems import Path
from regie_opt.loading.workbook.names import Refused

_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[^."]+')
_PLAIN = re.compile(r'[^.\s"]+')
LISTS = frozenset({"borders", "relations"})
"""Sections that are lists: their entries have numbers for keys."""


def path_text(path: Path) -> str:
    """Write a path."""
    return ".".join(str(part) if _PLAIN.fullmatch(str(part)) else json.dumps(part) for part in path)


def path_of(text: str) -> Path:
    """Read a path. Raises Refused."""
    parts = _PART.findall(text)
    if not parts or ".".join(parts) != text:
        message = f"found the path '{text[:60]}', allowed: keys with a dot between them, such as domains.ict.weight"
        raise Refused(message)
    path: list[str | int] = [_unquoted(part) for part in parts]
    if path[0] in LISTS and len(path) > 1 and str(path[1]).isdecimal():
        path[1] = int(path[1])
    return tuple(path)


def _unquoted(part: str) -> str:
    if not part.startswith('"'):
        return part.strip()
    try:
        return str(json.loads(part))
    except ValueError:
        message = f"found {part[:60]} in a path, allowed: text between double quotes"
        raise Refused(message) from None
