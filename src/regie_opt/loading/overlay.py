"""Layers laid over each other: mappings merge, lists and values are replaced, null removes."""

from collections.abc import Mapping
from dataclasses import replace

from regie_opt.loading.document import Node, Origin
from regie_opt.loading.parsing import DEEPEST, parse
from regie_opt.loading.problems import InputError, Path, Problem, dotted, nearest, unknown
from regie_opt.loading.shape import shape_of
from regie_opt.loading.validation import NOUNS
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.text import matching, plain


def overlay(lower: Node | None, upper: Node) -> Node:
    """Lay the upper layer over the lower one."""
    if lower is None or not isinstance(lower.value, Mapping) or not isinstance(upper.value, Mapping):
        return upper
    merged = dict(lower.value)
    for key, child in upper.value.items():
        merged[key] = overlay(merged.get(key), child)
    return replace(upper, value=merged)


def changed(tree: Node, changes: Node) -> tuple[Node, list[Problem]]:
    """Return the tree with changes over it, except those that name an entry which does not exist."""
    kept, problems = without_strays(tree, changes)
    return overlay(tree, kept), problems


def without_strays(
    tree: Node, changes: Node, open_sections: frozenset[str] = frozenset()
) -> tuple[Node, list[Problem]]:
    """Take out incomplete new entries of sections (`domains: {belastinge: {weight: 2}}`): typos."""
    problems: list[Problem] = []
    sections: dict[str, Node] = {}
    assert isinstance(changes.value, Mapping)
    for name, section in changes.value.items():
        sections[name] = section
        if name not in NOUNS or name in open_sections or not isinstance(section.value, Mapping):
            continue
        kept: dict[str, Node] = {}
        for key, entry in section.value.items():
            meant = _meant(tree, name, key) if _is_stray(tree, name, key, entry) else key
            if meant is None:
                problems.append(_stray(tree, name, key, entry))
            else:
                kept[meant] = overlay(kept.get(meant), entry)
        sections[name] = replace(section, value=kept)
    return replace(changes, value=sections), problems


def _is_stray(tree: Node, section: str, key: str, entry: Node) -> bool:
    present = tree.find((section, key))
    if present is not None and present.value is not None:
        return False
    if entry.value is None:
        return True
    shape = shape_of(Scenario).child(section)
    required = () if shape is None or (one := shape.child(key)) is None else one.required
    return isinstance(entry.value, Mapping) and any(
        entry.value[name].value is None if name in entry.value else True for name in required
    )


def _meant(tree: Node, section: str, key: str) -> str | None:
    """Return the entry that a key which is none differs from in writing only."""
    found = matching(key, _present(tree, section), codes=section == "municipalities")
    return found[0] if len(found) == 1 else None


def _present(tree: Node, section: str) -> Mapping[str, Node]:
    there = tree.find((section,))
    entries = there.value if there is not None and isinstance(there.value, Mapping) else {}
    return {name: node for name, node in entries.items() if node.value is not None}


def _stray(tree: Node, section: str, key: str, entry: Node) -> Problem:
    names = _present(tree, section)
    labels = {name: label for name, entry in names.items() if (label := _label(entry)) is not None}
    shape = shape_of(Scenario).child(section)
    one = shape.child(key) if shape is not None else None
    message = unknown(NOUNS[section], key, names, labels)
    if one is not None and entry.value is not None and nearest(key, names, labels) is None:
        message += f"; a new one needs {', '.join(one.required)}"
    return Problem(entry.key_at, (section,), message)


def _label(entry: Node) -> str | None:
    name = entry.child("name")
    return name.value if name is not None and isinstance(name.value, str) else None


def at_path(tree: Node, dotted_path: str, value: Node) -> Node:
    """Place the value at a dotted path, as changes to lay over the tree. Raises InputError.

    A segment is a key or, in a list, a number; keys with a dot in them are recognised where they exist.
    """
    segments = [plain(segment) for segment in dotted_path.split(".")]
    if not all(segments) or len(segments) > DEEPEST:
        message = f"found the path '{dotted_path[:60]}', allowed: at most {DEEPEST} keys with a dot between them"
        raise InputError([Problem(value.key_at, (), message)])
    return _nested(tree, segments, value, ())


def _nested(lower: Node | None, segments: list[str], value: Node, path: Path) -> Node:
    if not segments:
        return value
    key = value.key or value.origin
    if lower is not None and isinstance(lower.value, tuple):
        return _in_list(lower, lower.value, segments, value, path)
    if lower is not None and lower.value is not None and not isinstance(lower.value, Mapping):
        message = f"'{dotted(path)}' is a single value and has no '{segments[0]}'"
        raise InputError([Problem(key.at, path, message)])
    present = lower.value if lower is not None and isinstance(lower.value, Mapping) else {}
    for end in range(len(segments), 0, -1):
        name = ".".join(segments[:end])
        if name in present or end == 1:
            below = _nested(present.get(name), segments[end:], value, (*path, name))
            return Node({name: replace(below, key=key)}, key, key)
    raise AssertionError


def _in_list(lower: Node, items: tuple[Node, ...], segments: list[str], value: Node, path: Path) -> Node:
    at = (value.key or value.origin).at
    if not segments[0].isdecimal() or int(segments[0]) >= len(items):
        allowed = f"0 to {len(items) - 1}" if items else "none (the list is empty)"
        message = f"found '{segments[0]}', allowed: the number of an item of the list, {allowed}"
        raise InputError([Problem(at, path, message)])
    index = int(segments[0])
    item = overlay(items[index], _nested(items[index], segments[1:], value, (*path, index)))
    return replace(lower, value=(*items[:index], item, *items[index + 1 :]))


def setting(text: str) -> tuple[str, Node]:
    """Return the path and the value of a `--set path.to.value=X`. Raises InputError."""
    source = f"--set {text}"
    path, equals, written = text.partition("=")
    if not equals or not path.strip():
        message = f"found '{text}', allowed: path.to.value=X"
        raise InputError([Problem(source, (), message)])
    origin = Origin(source)
    value = parse(written, source, at_line=False) or Node(None, origin)
    return plain(path), replace(value, key=origin)


def marked(node: Node, by: str) -> Node:
    """Mark the node, and all in it, as written by a variant."""
    origin, key = replace(node.origin, by=by), None if node.key is None else replace(node.key, by=by)
    if isinstance(node.value, Mapping):
        entries = {name: marked(child, by) for name, child in node.value.items()}
        return replace(node, value=entries, origin=origin, key=key)
    if isinstance(node.value, tuple):
        return replace(node, value=tuple(marked(item, by) for item in node.value), origin=origin, key=key)
    return replace(node, origin=origin, key=key)
