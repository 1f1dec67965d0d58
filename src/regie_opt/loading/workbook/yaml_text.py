"""A file's tree as YAML text, laid out as people write it: short lists and mappings on one line."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from regie_opt.loading.document import Node
from regie_opt.loading.workbook.tree import data_of

WIDTH = 118
"""Characters of a line."""
_WORD = re.compile(r"[A-Za-z0-9_.-]+")


def yaml_text(node: Node, heading: str) -> str:
    """Return the text of a file, with a comment above it."""
    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(
        type(None), lambda made, _: made.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    out = io.StringIO()
    yaml.dump(_laid_out(data_of(node)), out)
    comment = "".join(f"# {line}".rstrip() + "\n" for line in heading.splitlines())
    return f"{comment}\n{out.getvalue()}"


def _laid_out(value: Any) -> Any:
    if isinstance(value, dict):
        mapping = CommentedMap({key: _laid_out(item) for key, item in value.items()})
        if _is_short(value):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq(map(_laid_out, value))
        if _is_short(value):
            sequence.fa.set_flow_style()
        return sequence
    if not isinstance(value, str):
        return value
    return _day(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else value


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _is_short(value: Any) -> bool:
    """Whether a list or mapping goes on one line: a few numbers, codes and keys, nothing that reads as a sentence."""
    words = [*value, *value.values()] if isinstance(value, dict) else value
    is_flat = all(_is_word(word) or (isinstance(word, list) and all(map(_is_word, word))) for word in words)
    return is_flat and 0 < len(str(value)) < (70 if isinstance(value, dict) else 5 * WIDTH)


def _is_word(value: Any) -> bool:
    return _WORD.fullmatch(value) is not None if isinstance(value, str) else not isinstance(value, dict | list)
