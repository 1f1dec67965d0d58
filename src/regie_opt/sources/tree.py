"""YAML files as people would write them: comments, short lists on one line, keys in order."""

from io import StringIO
from typing import TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

Collection = TypeVar("Collection", CommentedMap, CommentedSeq)


def inline(node: Collection) -> Collection:
    """Write a list or mapping on one line."""
    node.fa.set_flow_style()
    return node


def written(tree: CommentedMap) -> str:
    """Write the tree as YAML."""
    yaml = YAML()
    yaml.width = 118
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    yaml.representer.ignore_aliases = lambda _value: True
    out = StringIO()
    yaml.dump(tree, out)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())
