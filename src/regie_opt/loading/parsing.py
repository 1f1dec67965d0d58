"""A YAML (or JSON) text as a tree of nodes, each of which knows its line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ruamel.yaml import YAML
from ruamel.yaml.error import StringMark, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from regie_opt.loading import syntax
from regie_opt.loading.document import Node, Origin, Scalar
from regie_opt.loading.problems import InputError, Problem, brief
from regie_opt.schema.text import forbidden, plain, tidy

DEEPEST = 50
"""Levels of nesting that a file may have; the deepest real one has about ten."""
MOST_NODES = 2_000_000
"""Values that a file may hold with its aliases written out."""

_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(_CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq"))
_MERGE = _CORE + "merge"
_TOO_DEEP = f"nested too deeply, allowed: at most {DEEPEST} levels"


def parse(text: str, source: str, *, at_line: bool = True) -> Node | None:
    """Parse one YAML document; None when it is empty. Raises InputError.

    With `at_line` false every position is `source` itself, as for a `--set`.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # refused here, at its place
    text = syntax.as_read(text)
    try:
        root = yaml.compose(text)
    except RecursionError:
        raise _refused(_origin(source, yaml.reader.get_mark(), at_line=at_line), _TOO_DEEP) from None
    except Exception as error:  # the parser also asserts, and fails in ways of its own, on text that is no YAML
        fault = syntax.fault(error, text, yaml.reader)
        origin = Origin(source, fault.line, fault.column) if at_line else Origin(source)
        raise _refused(origin, fault.message) from None
    return None if root is None else _Builder(yaml, source, at_line).node(root, 0)


class _Builder:
    """Turns ruamel's nodes (in which an alias is the same object again) into ours."""

    def __init__(self, yaml: YAML, source: str, at_line: bool) -> None:
        self.constructor = yaml.constructor
        self.resolver = yaml.resolver
        self.source = source
        self.at_line = at_line
        self.done: dict[int, Node] = {}
        self.open: set[int] = set()
        self.anchors: dict[str, Origin] = {}

    def node(self, given: YamlNode, depth: int) -> Node:
        if (known := self.done.get(id(given))) is not None:
            return known
        origin = self._at(given.start_mark)
        if id(given) in self.open:
            raise _refused(origin, f"the anchor &{given.anchor} contains itself, which has no end")
        if depth > DEEPEST:
            raise _refused(origin, _TOO_DEEP)
        self._once(given, origin)
        tag = str(given.tag)
        if tag not in _PLAIN_TAGS:
            shown = tag.replace(_CORE, "!!")
            raise _refused(origin, f"found the YAML tag {shown}, allowed: plain values without tags")
        self.open.add(id(given))
        if isinstance(given, ScalarNode):
            value, written = self._scalar(given, tag, origin)
            made = Node(value, origin, written=written)
        elif isinstance(given, SequenceNode):
            items = tuple(self.node(item, depth + 1) for item in given.value)
            made = Node(items, origin, size=1 + sum(item.size for item in items))
        elif isinstance(given, MappingNode):
            entries = self._entries(given, depth)
            made = Node(entries, origin, size=1 + sum(entry.size for entry in entries.values()))
        if made.size > MOST_NODES:
            raise _refused(origin, f"more than {MOST_NODES:,} values once its aliases are written out")
        self.open.discard(id(given))
        self.done[id(given)] = made
        return made

    def _once(self, given: YamlNode, origin: Origin) -> None:
        """Refuse an anchor that is set again: an alias would mean one thing above it and another below."""
        if given.anchor is None:
            return
        first = self.anchors.setdefault(given.anchor, origin)
        if first is not origin:
            line = f" (first on line {first.line})" if first.line else ""
            raise _refused(origin, f"found the anchor &{given.anchor} twice{line}, allowed: once")

    def _entries(self, given: MappingNode, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        for key_node, value_node in given.value:
            key_origin = self._at(key_node.start_mark)
            if not isinstance(key_node, ScalarNode):
                raise _refused(key_origin, "found a list or mapping as a key, allowed: text")
            if str(key_node.tag) == _MERGE:
                merged = {**self._merged(value_node, depth, key_origin), **merged}
                continue
            self._refuse_odd_space(key_node, syntax.odd_space_in_key)
            key = plain(self._text(key_node.value, key_origin))  # as written: 0.10 stays '0.10'
            if key in entries:
                first = entries[key].key
                line = f", first on line {first.line}" if first is not None and first.line else ""
                raise _refused(key_origin, f"duplicate key '{brief(key)}'{line}")
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

    def _scalar(self, given: ScalarNode, tag: str, origin: Origin) -> tuple[Scalar, str | None]:
        """Return the value, and how it is written where that is not the value itself."""
        kind, text = tag.removeprefix(_CORE), given.value
        if given.style is None:  # not in quotes
            self._refuse_odd_space(given, syntax.odd_space_in_value)
            bare = syntax.bare(text)
            if kind == "str" and bare != text:  # what does not show does not make text of a number
                kind = str(self.resolver.resolve(ScalarNode, bare, (True, False))).removeprefix(_CORE)
                text = text if kind == "str" else bare
        elif (message := syntax.apostrophe(given)) is not None:
            raise _refused(origin, message)
        if kind in {"str", "timestamp"}:  # a date is read by the schema, which knows where one is allowed
            return self._text(text, origin), None
        construct = getattr(self.constructor, f"construct_yaml_{kind}")
        try:
            value: Scalar = construct(ScalarNode(given.ctag, text, style=given.style))
        except (ValueError, YAMLError, KeyError, IndexError, AttributeError):
            raise _refused(origin, f"found '{text[:40]}', which is no {kind}") from None
        if isinstance(value, int) and abs(value) >= 2**63:
            raise _refused(origin, f"found '{text[:40]}', allowed: whole numbers of up to 18 digits")
        return (float(value) if isinstance(value, float) else value), text

    def _text(self, text: str, origin: Origin) -> str:
        """Return a text as it is kept; refuse what no text may hold, however it is written."""
        if text.isascii() and text.isprintable():
            return tidy(text)
        try:  # join the two halves in which JSON writes characters such as emoji
            text = text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            message = "found half a character (a lone surrogate), allowed: printable text"
            raise _refused(origin, message) from None
        if (found := forbidden(text)) is not None:
            raise _refused(origin, f"found {found}, allowed: printable text")
        return tidy(text)

    def _refuse_odd_space(self, given: ScalarNode, find: syntax.Finder) -> None:
        if given.style is None and not given.value.isascii() and (at := find(given.value)) is not None:
            origin = self._at(given.start_mark)
            if self.at_line:
                origin = replace(origin, column=origin.column + at)
            raise _refused(origin, syntax.odd_space(given.value[at]))

    def _at(self, mark: StringMark) -> Origin:
        return _origin(self.source, mark, at_line=self.at_line)


def _origin(source: str, mark: StringMark, *, at_line: bool) -> Origin:
    return Origin(source, mark.line + 1, mark.column + 1) if at_line else Origin(source)


def _refused(origin: Origin, message: str) -> InputError:
    return InputError([Problem(origin.at, (), message)])
