"""A YAML (or JSON) text as a tree of nodes, each of which knows its line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode
from ruamel.yaml.reader import ReaderError

from regie_opt.loading.problems import InputError, Problem
from regie_opt.loading.problems import Path as TreePath

DEEPEST = 50
"""Levels of nesting that a file may have; the deepest real one has about ten."""
MOST_NODES = 2_000_000
"""Values that a file may hold with its aliases written out."""

_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(_CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq"))
_MERGE = _CORE + "merge"

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written; `by` names the variant that wrote it there."""

    source: str
    line: int = 0
    column: int = 0
    by: str = ""

    @property
    def at(self) -> str:
        """`file:line:column`, or `--set ...`."""
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source

    def __str__(self) -> str:
        return f"{self.by} ({self.source}:{self.line})" if self.by else self.at


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its origin; `key` is the origin of the key that it stands under."""

    value: Scalar | Mapping[str, Node] | tuple[Node, ...]
    origin: Origin
    key: Origin | None = None
    size: int = 1
    """Values in it, itself included."""

    @property
    def at(self) -> str:
        """Position to name in a message: a scalar's own, of a mapping or list the key above it."""
        if self.key is not None and isinstance(self.value, Mapping | tuple):
            return self.key.at
        return self.origin.at

    @property
    def key_at(self) -> str:
        """Position of the key, where it has one."""
        return (self.key or self.origin).at

    def child(self, segment: str | int) -> Node | None:
        """Return the node under a key or at an index, None where there is none."""
        if isinstance(self.value, Mapping):
            return self.value.get(str(segment))
        if isinstance(self.value, tuple) and isinstance(segment, int) and 0 <= segment < len(self.value):
            return self.value[segment]
        return None

    def walk(self, path: TreePath) -> Iterator[Node]:
        """Yield this node and those along the path, as far as they exist."""
        node: Node | None = self
        yield self
        for segment in path:
            node = node.child(segment) if node is not None else None
            if node is None:
                return
            yield node

    def find(self, path: TreePath) -> Node | None:
        """Return the node at the path, None where there is none."""
        nodes = tuple(self.walk(path))
        return nodes[-1] if len(nodes) == len(path) + 1 else None


def plain(node: Node) -> object:
    """Return the node as plain data; an entry of a mapping that is null counts as not there."""
    if isinstance(node.value, Mapping):
        return {key: plain(child) for key, child in node.value.items() if child.value is not None}
    if isinstance(node.value, tuple):
        return [plain(child) for child in node.value]
    return node.value


def parse(text: str, source: str, *, at_line: bool = True) -> Node | None:
    """Parse one YAML document; None when it is empty. Raises InputError.

    With `at_line` false every position is `source` itself, as for a `--set`.
    """
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _refused(_origin(source, mark, at_line=at_line), _in_words(error)) from None
    except ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, error.position - (before.rfind("\n") + 1) + 1
        origin = Origin(source, line, column) if at_line else Origin(source)
        message = f"found the control character U+{error.character:04X}, allowed: printable text"
        raise _refused(origin, message) from None
    except RecursionError:
        origin = _origin(source, yaml.reader.get_mark(), at_line=at_line)
        raise _refused(origin, _TOO_DEEP) from None
    except (YAMLError, ValueError) as error:
        first_line = str(error).partition("\n")[0]
        raise _refused(Origin(source, 1 if at_line else 0, 1), f"not valid YAML: {first_line}") from None
    return None if root is None else _Builder(yaml, source, at_line).node(root, 0)


_TOO_DEEP = f"nested too deeply, allowed: at most {DEEPEST} levels"


class _Builder:
    """Turns ruamel's nodes (in which an alias is the same object again) into ours."""

    def __init__(self, yaml: YAML, source: str, at_line: bool) -> None:
        self.constructor = yaml.constructor
        self.source = source
        self.at_line = at_line
        self.done: dict[int, Node] = {}
        self.open: set[int] = set()

    def node(self, given: YamlNode, depth: int) -> Node:
        if (known := self.done.get(id(given))) is not None:
            return known
        origin = _origin(self.source, given.start_mark, at_line=self.at_line)
        if id(given) in self.open:
            raise _refused(origin, f"the anchor &{given.anchor} contains itself, which has no end")
        if depth > DEEPEST:
            raise _refused(origin, _TOO_DEEP)
        tag = str(given.tag)
        if tag not in _PLAIN_TAGS:
            shown = tag.replace(_CORE, "!!")
            raise _refused(origin, f"found the YAML tag {shown}, allowed: plain values without tags")
        self.open.add(id(given))
        if isinstance(given, ScalarNode):
            made = Node(self._scalar(given, tag, origin), origin)
        elif isinstance(given, SequenceNode):
            items = tuple(self.node(item, depth + 1) for item in given.value)
            made = Node(items, origin, size=1 + sum(item.size for item in items))
        else:
            assert isinstance(given, MappingNode)
            entries = self._entries(given, depth)
            made = Node(entries, origin, size=1 + sum(entry.size for entry in entries.values()))
        if made.size > MOST_NODES:
            raise _refused(origin, f"more than {MOST_NODES:,} values once its aliases are written out")
        self.open.discard(id(given))
        self.done[id(given)] = made
        return made

    def _entries(self, given: MappingNode, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        for key_node, value_node in given.value:
            key_origin = _origin(self.source, key_node.start_mark, at_line=self.at_line)
            if not isinstance(key_node, ScalarNode):
                raise _refused(key_origin, "found a list or mapping as a key, allowed: text")
            if str(key_node.tag) == _MERGE:
                merged = {**self._merged(value_node, depth, key_origin), **merged}
                continue
            key = _joined_surrogates(key_node.value, key_origin)  # as written: 0.10 stays '0.10'
            if key in entries:
                first = entries[key].key
                line = f", first on line {first.line}" if first is not None and first.line else ""
                raise _refused(key_origin, f"duplicate key '{key}'{line}")
            entries[key] = replace(self.node(value_node, depth + 1), key=key_origin)
        return {**merged, **entries}

    def _merged(self, given: YamlNode, depth: int, origin: Origin) -> dict[str, Node]:
        """Return the entries that `<<: *anchor` or `<<: [*a, *b]` brings in; the first of a list wins."""
        node = self.node(given, depth + 1)
        sources = node.value if isinstance(node.value, tuple) else (node,)
        entries: dict[str, Node] = {}
        for source in reversed(sources):
            if not isinstance(source.value, Mapping):
                raise _refused(origin, "`<<` must be followed by a mapping, or by a list of mappings")
            entries |= source.value
        return entries

    def _scalar(self, given: ScalarNode, tag: str, origin: Origin) -> Scalar:
        kind = tag.removeprefix(_CORE)
        if kind in {"str", "timestamp"}:  # a date is read by the schema, which knows where one is allowed
            return _joined_surrogates(given.value, origin)
        construct = getattr(self.constructor, f"construct_yaml_{kind}")
        try:
            value: Scalar = construct(given)
        except (ValueError, YAMLError, KeyError):
            raise _refused(origin, f"found '{given.value[:40]}', which is no {kind}") from None
        if isinstance(value, int) and abs(value) >= 2**63:
            raise _refused(origin, f"found '{given.value[:40]}', allowed: whole numbers of up to 18 digits")
        return float(value) if isinstance(value, float) else value


def _joined_surrogates(text: str, origin: Origin) -> str:
    """Join the two halves in which JSON writes characters such as emoji; refuse half a character."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16") if not text.isascii() else text
    except UnicodeDecodeError:
        raise _refused(origin, "found half a character (a lone surrogate), allowed: printable text") from None


def _origin(source: str, mark: StringMark | None, *, at_line: bool) -> Origin:
    if not at_line:
        return Origin(source)
    return Origin(source, mark.line + 1, mark.column + 1) if mark is not None else Origin(source, 1, 1)


def _in_words(error: MarkedYAMLError) -> str:
    problem = str(error.problem or "")
    if "\\t" in problem:
        return "not valid YAML: found a tab, allowed: spaces"
    if "found another document" in problem:
        return "found a second YAML document (`---`), allowed: one"
    context = f" ({error.context})" if error.context else ""
    return f"not valid YAML: {problem}{context}"


def _refused(origin: Origin, message: str) -> InputError:
    return InputError([Problem(origin.at, (), message)])
