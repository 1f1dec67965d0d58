"""A scenario's files and its one tree of data: taken together for a workbook, and apart again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from regie_opt.loading.document import Node
from regie_opt.loading.files import read_bytes, read_tree
from regie_opt.loading.load import Loaded, model_tree
from regie_opt.loading.references import along, as_meant
from regie_opt.loading.shape import shape_of
from regie_opt.loading.workbook.tree import NOTHING, data_of, found_at, leaves, same, without_nulls
from regie_opt.schema.domain import Domain
from regie_opt.schema.scenario import Scenario, ScenarioFile

OF_MODEL = ("domains", "forms", "criteria", "motives", "trust", "wants", "burden", "money", "insight", "uncertainty")
"""Sections of the model, of which a scenario says only what it changes."""
_WHOLE = ("municipalities", "borders", "relations", "partnerships", "rules")
_FILES = {"region": ("municipalities", "borders", "relations"), "inventory": ("partnerships",)}
_FIRST = ("name", "description", "model")
FILES = ("scenario.yaml", "region.yaml", "inventory.yaml")


def data_of_scenario(loaded: Loaded, model: Any) -> dict[str, Any]:
    """Return what a scenario's files say, as one tree: the region and inventory whole, of the model the changes."""
    path = loaded.files[0]
    root = data_of(_with_changes_meant(as_meant(_read(path), shape_of(ScenarioFile))))
    whole = without_nulls(data_of(loaded.tree))
    data = {key: root[key] for key in ("name", "description") if root.get(key)} | {"model": loaded.base.model}
    for key in ("region", "inventory"):
        if root.get(key) and (source := data_of(_read(path.parent / root[key])).get("attribution")):
            data[f"{key}_attribution"] = source
    data |= {key: whole[key] for key in _WHOLE if whole.get(key)}
    data |= {key: changes for key in OF_MODEL if (changes := _changes(root.get(key), model.get(key)))}
    variants = {name: _variant(variant) for name, variant in (root.get("variants") or {}).items() if variant}
    return data | ({"variants": variants} if variants else {})


def model_data(name: str, beside: Path) -> dict[str, Any]:
    """Return what a model says, with the weight of each domain. Raises InputError."""
    data: dict[str, Any] = data_of(model_tree(name, beside))
    for domain in data.get("domains", {}).values():
        domain.setdefault("weight", Domain.model_fields["weight"].default)
    return data


def files_of(tree: Node) -> Mapping[str, Node]:
    """Return the tree of each file, by its name."""
    assert isinstance(tree.value, Mapping)
    parts = dict(tree.value)
    files: dict[str, Node] = {}
    for file, sections in _FILES.items():
        entries = {section: parts.pop(section) for section in sections if section in parts}
        source = parts.pop(f"{file}_attribution", None)
        head = {} if source is None else {"attribution": source}
        files[f"{file}.yaml"] = replace(tree, value={**head, **entries})
    named = {file: Node(f"{file}.yaml", tree.origin, tree.origin) for file in _FILES}
    first: dict[str, Node] = {key: parts.pop(key) for key in tuple(parts) if key in _FIRST}
    return {"scenario.yaml": replace(tree, value={**first, **named, **parts}), **files}


def _read(path: Path) -> Node:
    return read_tree(read_bytes(path), path)


def _with_changes_meant(root: Node) -> Node:
    """Return a scenario file's tree with the references in the changes of its variants as they are written."""
    variants = root.child("variants")
    if variants is None or not isinstance(variants.value, Mapping):
        return root
    made: dict[str, Node] = {}
    for name, variant in variants.value.items():
        changes = variant.child("changes")
        if changes is not None and isinstance(changes.value, Mapping) and isinstance(variant.value, Mapping):
            meant = {
                path: as_meant(value, along(shape_of(Scenario), path.split(".")))
                for path, value in changes.value.items()
            }
            variant = replace(variant, value={**variant.value, "changes": replace(changes, value=meant)})
        made[name] = variant
    assert isinstance(root.value, Mapping)
    return replace(root, value={**root.value, "variants": replace(variants, value=made)})


def _variant(variant: Any) -> Any:
    return {key: value for key, value in variant.items() if value is not None}


def _changes(given: Any, shipped: Any) -> Any:
    """Return what differs from the model; what is null takes something out of it."""
    kept: dict[str, Any] = {}
    for path, value in leaves(given or {}):
        there = found_at(shipped, path)
        says_nothing = (there is NOTHING or there is None) if value is None else same(there, value)
        if path and not says_nothing and not (value == {} and isinstance(there, dict)):
            here = kept
            for part in path[:-1]:
                here = here.setdefault(str(part), {})
            here[str(path[-1])] = value
    return kept
