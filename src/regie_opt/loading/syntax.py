"""What keeps a text from being YAML, in words, at the place where somebody has to look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import Reader, ReaderError

from regie_opt.schema.text import ODD_SPACE, plain

Finder = Callable[[str], int | None]
"""Finds a space that is none in a text that is not in quotes: its place, None where there is none."""

_ODD = ODD_SPACE.pattern
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff]")
_SEPARATORS = str.maketrans("\u0085\u2028\u2029", "   ")
_VERSION = re.compile(r"^(\ufeff?(?:[ \t]*(?:#[^\n]*|%(?!YAML)[^\n]*)?\n)*%YAML[ \t]+1\.)\d+(?=[ \t\r\n#]|$)")
_LAID_OUT = re.compile(rf"^[ ]*({_ODD})|[:\-?,\[{{][ ]*({_ODD})", re.MULTILINE)
"""An odd space where the parser looks for an ordinary one: before a line, after a colon, dash, comma or bracket."""
_OPENING = re.compile(r"(?:^|[:\-,\[{(])[ ]*('(?:[a-z]{1,2}-|[a-z] )[^\n]*)", re.IGNORECASE | re.MULTILINE)
_CLOSED = re.compile(r"(?:[^']|'')*'\s*(?:$|[,\]}:#])")
_NAME = re.compile(r"'[^,\]}#:\n]*?(?=\s*(?:[,\]}:#]|$))")
_APOSTROPHE = re.compile(r"[a-z]{1,2}[- ]", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where."""

    line: int
    column: int
    message: str


def as_read(text: str) -> str:
    """Return a text with every version 1.x of YAML read as 1.2, and separators of lines as spaces; the same length."""
    text = text.translate(_SEPARATORS)
    return _VERSION.sub(lambda found: found[1] + "2".rjust(len(found[0]) - len(found[1]), "0"), text, count=1)


def fault(error: Exception, text: str, reader: Reader) -> Fault:
    """Return what the parser's complaint about a text comes down to."""
    if isinstance(error, ReaderError):
        message = f"found the control character U+{error.character:04X}, allowed: printable text"
        return _at(text, error.position, message)
    mark = (error.problem_mark or error.context_mark) if isinstance(error, MarkedYAMLError) else None
    end = reader.get_mark().index if mark is None else mark.index
    for cause in (_apostrophe_before, _odd_space_before):
        if (found := cause(text, end)) is not None:
            return found
    if not isinstance(error, MarkedYAMLError):
        return _at(text, end, f"not valid YAML: {' '.join(str(error).split())[:80] or type(error).__name__}")
    if "quoted scalar" in str(error.context) and error.context_mark is not None:
        return _at(text, error.context_mark.index, "found a quote that is not closed, allowed: one at both ends")
    return _at(text, end, _in_words(error))


def _in_words(error: MarkedYAMLError) -> str:
    problem = str(error.problem or "")
    if "\\t" in problem:
        return "not valid YAML: found a tab, allowed: spaces"
    if "found another document" in problem:
        return "found a second YAML document (`---`), allowed: one"
    context = f" ({error.context})" if error.context else ""
    return f"not valid YAML: {problem}{context}"


def apostrophe(scalar: ScalarNode) -> str | None:
    """Say so where a text in single quotes is a name with an apostrophe that runs on to one further down."""
    runs_on = scalar.start_mark.line != scalar.end_mark.line
    if scalar.style != "'" or not runs_on or not _APOSTROPHE.match(scalar.value):
        return None
    return _begins_with_apostrophe("'" + re.split(r"[\s,\]}]", scalar.value, maxsplit=1)[0])


def _apostrophe_before(text: str, end: int) -> Fault | None:
    """The first name before the parser's complaint that begins with an apostrophe, which opens a quote."""
    for found in _OPENING.finditer(text, 0):
        if found.start() > end:
            return None
        if not _CLOSED.match(found[1][1:]):
            name = _NAME.match(found[1])
            return _at(text, found.start(1), _begins_with_apostrophe(found[1] if name is None else name[0]))
    return None


def _begins_with_apostrophe(name: str) -> str:
    return f'a name that begins with an apostrophe needs quotes: "{name.strip()[:60]}"'


def _odd_space_before(text: str, end: int) -> Fault | None:
    """The last space that is none, among the layout of the lines up to the parser's complaint."""
    line_end = text.find("\n", end)
    places = [m.start(m.lastindex or 0) for m in _LAID_OUT.finditer(text[: line_end if line_end >= 0 else len(text)])]
    if not places:
        return None
    at = places[-1]
    # The parser complains at most a few lines further on: what it took for text may run on.
    return _at(text, at, odd_space(text[at])) if text.count("\n", at, end) <= 3 else None


def odd_space(character: str) -> str:
    """Name the space that is none."""
    name = "a non-breaking space" if character == "\u00a0" else f"the character {unicodedata.name(character).lower()}"
    return f"found {name} (U+{ord(character):04X}), allowed: ordinary spaces"


def odd_space_in_key(text: str) -> int | None:
    """Find one before a key, or after a colon that so became part of it."""
    found = re.search(rf"^({_ODD})(?<!{_ZERO_WIDTH.pattern})|:({_ODD})", text)
    return None if found is None else found.start(found.lastindex or 0)


def odd_space_in_value(text: str) -> int | None:
    """Find one after a dash or after a key and its colon, which so became part of a text."""
    found = re.match(rf"[-?]({_ODD})|[\w.-]+:({_ODD})", text)
    return None if found is None else found.start(found.lastindex or 0)


def bare(text: str) -> str:
    """Return a text that is not in quotes without what does not show in it and around it."""
    return text if text.isascii() else plain(_ZERO_WIDTH.sub("", text))


def _at(text: str, index: int, message: str) -> Fault:
    before = text[:index]
    return Fault(before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1, message)
