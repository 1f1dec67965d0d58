"""A scenario from its files: read, laid over each other, validated and checked, with all problems at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel

from regie_opt.loading.checks import Finding, doubtful_amounts, doubts, faults
from regie_opt.loading.document import Node, Origin
from regie_opt.loading.files import find_model, model_files, read_bytes, read_tree
from regie_opt.loading.overlay import at_path, changed, marked, overlay, setting, without_strays
from regie_opt.loading.problems import InputError, Problem, brief, distinct, dotted, unknown
from regie_opt.loading.problems import Path as TreePath
from regie_opt.loading.references import as_meant, keys_in
from regie_opt.loading.shape import shape_of
from regie_opt.loading.validation import validate
from regie_opt.schema.scenario import InventoryFile, ModelFile, RegionFile, Scenario, ScenarioFile
from regie_opt.schema.text import matching

DEFAULT = Origin("default")
"""Origin of what nobody wrote down: the schema's default."""

LONGEST_PLACE = 240
"""Characters of a place that a message shows, from its end."""
_SECTIONS = frozenset(Scenario.model_fields) - {"name", "description", "model", "variant"}


@dataclass(frozen=True)
class Loaded:
    """A resolved scenario, with what it came from."""

    scenario: Scenario
    """Resolved with variant and `--set`."""
    base: Scenario
    """Resolved without them: the references of the value come from it."""
    variants: tuple[str, ...]
    """Names of the scenario file's variants."""
    sha256: str
    """Of all inputs: every file's contents in a fixed order, the variant and the settings; not the paths."""
    files: tuple[Path, ...]
    warnings: tuple[Problem, ...] = ()
    """What is doubtful, though allowed."""
    description: str = ""
    """What the variant says of itself, or without one the scenario."""
    tree: Node = field(default=Node({}, DEFAULT), repr=False)

    def where(self, path: TreePath) -> str:
        """Say where a value was written: `file:line:column`, `--set ...` or `default`."""
        node = self.tree.find(path)
        return node.at if node is not None else DEFAULT.at

    def values(self) -> Iterator[tuple[str, object, str]]:
        """Yield every resolved value: dotted path, value (a list of plain values is one), origin."""
        for path, value in _leaves(self.scenario.model_dump(mode="json"), ()):
            node = self.tree.find(path)
            unwritten = Origin("--variant") if path == ("variant",) and value is not None else DEFAULT
            yield dotted(path), value, str(node.origin if node is not None else unwritten)


def load(path: Path, *, variant: str | None = None, sets: Sequence[str] = ()) -> Loaded:
    """Load a scenario file and all that it names; `variant` and `sets` go over it in that order.

    Raises InputError with everything that is wrong.
    """
    inputs = _read(path)
    base, problems, _ = _resolved(inputs.tree)
    told = _Told([*inputs.problems, *problems])
    try:
        return _loaded(inputs, base, told, variant, sets)
    except InputError as error:
        told.add(error.problems, variant)
    raise InputError(distinct(told.problems))


def load_all(
    path: Path, *, sets: Sequence[str] = (), unwritten: Mapping[Path, Node] | None = None
) -> tuple[Loaded, ...]:
    """Load the scenario itself and then each of its variants; the files are read once.

    `unwritten` holds the trees of files that do not exist yet. Raises InputError with everything that is wrong in
    any of them.
    """
    inputs = _read(path, unwritten or {})
    base, problems, _ = _resolved(inputs.tree)
    told = _Told([*inputs.problems, *problems])
    loaded = []
    for variant in (None, *inputs.variants):
        try:
            loaded.append(_loaded(inputs, base, told, variant, sets))
        except InputError as error:
            told.add(error.problems, variant)
    if told.problems:
        raise InputError(distinct(told.problems))
    return tuple(loaded)


def model_tree(name: str, beside: Path) -> Node:
    """Return what a model pack says: a shipped one by name, or one relative to the scenario file `beside`.

    Raises InputError.
    """
    tree = Node({}, DEFAULT)
    for file in model_files(find_model(name, beside)):
        tree = overlay(tree, _only_sections(read_tree(read_bytes(file), file)))
    return tree


@dataclass(frozen=True)
class _Inputs:
    """The files of a scenario, read and laid over each other, without any variant."""

    tree: Node
    variants: Mapping[str, Node]
    contents: tuple[tuple[Path, bytes], ...]
    problems: tuple[Problem, ...]


class _Reader:
    """Reads files one after the other and keeps what is wrong with them."""

    def __init__(self, unwritten: Mapping[Path, Node]) -> None:
        self.unwritten = unwritten
        self.contents: list[tuple[Path, bytes]] = []
        self.problems: list[Problem] = []
        self.broken = False

    def read(self, path: Path, model: type[BaseModel], named_at: Callable[[Problem], Problem]) -> Node | None:
        """Read and validate a file's tree; `named_at` points a missing file to where it is mentioned."""
        if (unwritten := self.unwritten.get(path)) is not None:
            self.contents.append((path, b""))
            self.problems += validate(unwritten, model)[1]
            return unwritten
        try:
            raw = read_bytes(path)
        except InputError as error:
            self.broken = True
            self.problems += map(named_at, error.problems)
            return None
        self.contents.append((path, raw))
        try:
            node = read_tree(raw, path)
        except InputError as error:
            self.broken = True
            self.problems += error.problems
            return None
        self.problems += validate(node, model)[1]
        return node


def _read(path: Path, unwritten: Mapping[Path, Node] = MappingProxyType({})) -> _Inputs:
    reader = _Reader(unwritten)
    root = reader.read(path, ScenarioFile, lambda problem: problem)
    if root is None:
        raise InputError(reader.problems)
    root = as_meant(root, shape_of(ScenarioFile))
    model = root.child("model") or Node("nl", DEFAULT)
    tree = Node({"model": model}, model.origin)
    for part in _sections(reader, root, model, path):
        tree = overlay(tree, part)
    # What no file holds should have come from the model: say so there.
    tree = replace(tree, origin=root.origin if model.origin == DEFAULT else model.origin)
    if reader.broken:
        raise InputError(distinct(reader.problems))
    own, strays = without_strays(tree, _own_sections(root, tree), frozenset({"rules"}))
    told = {problem.where for problem in reader.problems}
    reader.problems += [stray for stray in strays if stray.where not in told]
    variants = root.child("variants")
    named = variants.value if variants is not None and isinstance(variants.value, Mapping) else {}
    return _Inputs(_meant(overlay(tree, own)), named, tuple(reader.contents), tuple(reader.problems))


def _sections(reader: _Reader, root: Node, model: Node, path: Path) -> Iterator[Node]:
    """Yield what the model pack, the region and the inventory say, in that order."""
    if isinstance(model.value, str):
        try:
            pack = model_files(find_model(model.value, path))
        except InputError as error:
            pack = []
            reader.broken = True
            where = model.at if model.origin != DEFAULT else f"{path}:1:1"
            reader.problems += [Problem(where, ("model",), problem.message) for problem in error.problems]
        for file in pack:
            if (part := reader.read(file, ModelFile, lambda problem: problem)) is not None:
                yield _only_sections(part)
    kinds: tuple[tuple[str, type[BaseModel]], ...] = (("region", RegionFile), ("inventory", InventoryFile))
    for key, file_class in kinds:
        named = root.child(key)
        if named is None or not isinstance(named.value, str):
            reader.broken = reader.broken or key == "region"
            continue
        if (part := reader.read(path.parent / named.value, file_class, _named_by(named, key))) is not None:
            yield _only_sections(part)


def _named_by(node: Node, key: str) -> Callable[[Problem], Problem]:
    # The place is a file name, which may be as long as what was found.
    return lambda problem: Problem(
        node.at, (key,), f"found '{brief(str(node.value))}' ({problem.where[-LONGEST_PLACE:]}): {problem.message}"
    )


def _only_sections(part: Node) -> Node:
    """Return the part of a file that belongs to the tree, without what it says about itself."""
    assert isinstance(part.value, Mapping)
    return replace(part, value={key: child for key, child in part.value.items() if key in _SECTIONS})


def _own_sections(root: Node, tree: Node) -> Node:
    """Return what the scenario file itself says; its relations come after the region's."""
    assert isinstance(root.value, Mapping)
    ruled = _SECTIONS & ScenarioFile.model_fields.keys() | {"name", "description"}
    own = {key: child for key, child in root.value.items() if key in ruled}
    below, above = tree.child("relations"), own.get("relations")
    if above is not None and isinstance(above.value, tuple):
        first = below.value if below is not None and isinstance(below.value, tuple) else ()
        own["relations"] = replace(above, value=(*first, *above.value))
    return Node(own, tree.origin)


def _meant(tree: Node) -> Node:
    """Return the tree with every reference as the key that it stands for."""
    return as_meant(tree, shape_of(Scenario), keys_in(tree))


def _resolved(tree: Node) -> tuple[Scenario | None, list[Problem], list[Problem]]:
    """Return the scenario that a tree is, what keeps it from being one, and what is doubtful."""
    scenario, problems = validate(tree, Scenario)
    if scenario is None:
        return None, problems, []
    problems = [_placed(finding, tree) for finding in faults(scenario)]
    if problems:
        return None, problems, []
    return scenario, [], [_placed(finding, tree) for finding in doubts(scenario)]


def _placed(finding: Finding, tree: Node) -> Problem:
    nodes = tuple(tree.walk(finding.path))
    is_whole = len(nodes) == len(finding.path) + 1
    at = nodes[-1].key_at if finding.is_key or not is_whole else nodes[-1].at
    path = finding.path[:-1] if finding.is_key else finding.path
    return Problem(at, path, finding.message)


def _loaded(inputs: _Inputs, base: Scenario | None, told: _Told, variant: str | None, sets: Sequence[str]) -> Loaded:
    """Return the scenario with a variant and settings. Raises InputError, also for what was told before."""
    variant = _key_of(inputs.variants, variant)
    tree, problems = _with_variant(inputs, variant)
    for text in sets:
        try:
            path, value = setting(text)
            tree, more = _set(tree, path, value)
        except InputError as error:
            more = list(error.problems)
        problems += more
    tree = _meant(tree)
    scenario, more, warnings = _resolved(tree)
    problems += more
    if problems or told.problems or scenario is None or base is None:
        raise InputError(problems)
    warnings += doubtful_amounts(tree, inputs.contents)
    return Loaded(
        scenario=scenario.model_copy(update={"variant": variant}),
        base=base,
        variants=tuple(inputs.variants),
        sha256=_fingerprint((raw for _, raw in inputs.contents), variant, sets),
        files=tuple(path for path, _ in inputs.contents),
        warnings=tuple(distinct(warnings)),
        description=_description(inputs.variants[variant]) if variant is not None else scenario.description,
        tree=tree,
    )


def _description(variant: Node) -> str:
    said = variant.child("description")
    return said.value.strip() if said is not None and isinstance(said.value, str) else ""


def _set(tree: Node, path: str, value: Node) -> tuple[Node, list[Problem]]:
    section = path.partition(".")[0]
    allowed = _SECTIONS | {"name", "description"}
    if section not in allowed:
        at = value.key_at
        return tree, [Problem(at, (), unknown("section", section, allowed))]
    return changed(tree, at_path(tree, path, value))


def _with_variant(inputs: _Inputs, variant: str | None) -> tuple[Node, list[Problem]]:
    """Return the tree with a variant's ancestors and then the variant itself over it."""
    tree, problems = inputs.tree, list[Problem]()
    for name in reversed(_lineage(inputs.variants, variant)):
        changes = inputs.variants[name].child("changes")
        if changes is None or not isinstance(changes.value, Mapping):
            continue  # reported with the file
        for path, value in marked(changes, f"variant {name}").value.items():  # type: ignore[union-attr]
            try:
                tree, more = _set(tree, path, value)
            except InputError as error:
                more = list(error.problems)
            problems += more
    return tree, problems


def _key_of(variants: Mapping[str, Node], name: str | None) -> str | None:
    """Return the variant that a name stands for; a name that no variant has as it is."""
    found = () if name is None else matching(name, variants)
    return found[0] if len(found) == 1 else name


def _lineage(variants: Mapping[str, Node], variant: str | None) -> list[str]:
    """List the variant, its parent, its parent's parent and so on. Raises InputError on a circle."""
    names: list[str] = []
    where, path, name = f"--variant {variant}", tuple[str | int, ...](), variant
    while name is not None:
        if name not in variants:
            raise InputError([Problem(where, path, unknown("variant", name, variants))])
        if name in names:
            raise InputError([_circle(variants, names[names.index(name) :])])
        names.append(name)
        parent = variants[name].child("parent")
        path = ("variants", name, "parent")
        where = parent.at if parent is not None else ""
        name = _key_of(variants, parent.value) if parent is not None and isinstance(parent.value, str) else None
    return names


def _circle(variants: Mapping[str, Node], names: list[str]) -> Problem:
    """Return the problem of a circle of parents: the same one wherever it was entered."""
    start = names.index(min(names))
    circle = [*names[start:], *names[:start], names[start]]
    path = ("variants", circle[0], "parent")
    parent = variants[circle[0]].child("parent") or variants[circle[0]]
    message = f"found a circle of parents ({' -> '.join(circle)}), allowed: a parent that does not lead back"
    return Problem(parent.at, path, message)


class _Told:
    """The problems told so far; those of a variant are told with its name, and once, without what follows."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        self._known = {(problem.where, problem.message) for problem in self.problems}
        self._sections = {problem.path[:1] for problem in self.problems}

    def add(self, problems: Iterable[Problem], variant: str | None) -> None:
        """Add the problems of the scenario with a variant (or, without one, with `--set`)."""
        for problem in problems:
            key = (problem.where, "" if problem.where.startswith("--set ") else problem.message)
            follows = variant is not None and (problem.path[:1] in self._sections or () in self._sections)
            if key in self._known or follows:
                continue
            self._known.add(key)
            is_own = variant is None or problem.where.startswith("--") or problem.path[:1] == ("variants",)
            message = problem.message if is_own else f"{problem.message} (in variant '{variant}')"
            self.problems.append(replace(problem, message=message))


def _fingerprint(contents: Iterable[bytes], variant: str | None, sets: Sequence[str]) -> str:
    digest = sha256()
    for raw in contents:
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    digest.update(json.dumps([variant, list(sets)]).encode())
    return digest.hexdigest()


def _leaves(value: object, path: TreePath) -> Iterator[tuple[TreePath, object]]:
    if isinstance(value, dict) and value:
        for key, child in value.items():
            yield from _leaves(child, (*path, key))
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    else:
        yield path, value
