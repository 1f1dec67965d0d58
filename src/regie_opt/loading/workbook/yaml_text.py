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
        if _is_short(value) or not any(isinstance(item, dict) for item in value):
            sequence.fa.set_flow_style()
        return sequence
    is_day = isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)
    return _day(value) if is_day else value


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _is_short(value: Any) -> bool:
    items = list(value.values()) if isinstance(value, dict) else value
    flat = not any(isinstance(item, dict) for item in items)
    return flat and 0 < len(str(value)) < (70 if isinstance(value, dict) else WIDTH) and not _has_prose(items)


def _has_prose(items: list[Any]) -> bool:
    return any(isinstance(item, str) and " " in item for item in items)
