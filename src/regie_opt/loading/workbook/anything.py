"""Cells of the sheets for every other value: a path, and any value, in YAML where it is no number."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from regie_opt.loading.numbers import fits_in_a_cell
from regie_opt.loading.parsing import parse
from regie_opt.loading.problems import InputError
from regie_opt.loading.workbook.kinds import Book, CellValue, Found, is_plain
from regie_opt.loading.workbook.names import Refused
from regie_opt.loading.workbook.paths import path_of, path_text
from regie_opt.loading.workbook.tree import data_of, same

_PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Anything:
    """Any value: a number, true or false, null, text, or a list or mapping in YAML on one line."""

    choices: str | None = None

    def written(self, value: Any, book: Book) -> CellValue:
        """Write a number or truth value as itself, all else as text that reads back the same."""
        if isinstance(value, bool) or (isinstance(value, int | float) and fits_in_a_cell(value)):
            return value
        if isinstance(value, str) and value and is_plain(value) and _reads_back(value, value):
            return value
        text = _flow(value)
        if not is_plain(text):
            text = json.dumps(value).replace("_x", "\\u005fx")
        return text if is_plain(text) else None

    def read(self, found: Found, book: Book) -> object:
        """Read a value. Raises Refused."""
        if isinstance(found, datetime):
            return found.date().isoformat()
        return _in_yaml(found) if isinstance(found, str) else found


@dataclass(frozen=True)
class PathText:
    """The path of a value."""

    choices: str | None = None

    def written(self, value: Any, book: Book) -> CellValue:
        """Write the path."""
        return path_text(value)

    def read(self, found: Found, book: Book) -> object:
        """Read the path. Raises Refused."""
        return path_of(str(found))


def _in_yaml(text: str) -> Any:
    try:
        node = parse(text, "", at_line=False)
    except InputError as error:
        message = f"found '{text[:60]}': {error.problems[0].message}"
        raise Refused(message) from None
    return text if node is None else data_of(node)


def _reads_back(text: str, value: Any) -> bool:
    try:
        return same(_in_yaml(text), value)
    except Refused:
        return False


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        entries = (f"{key if _PLAIN_KEY.fullmatch(key) else json.dumps(key)}: {_flow(v)}" for key, v in value.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str):
        is_word = _PLAIN_WORD.fullmatch(value) and _reads_back(value, value)
        return value if is_word else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)
