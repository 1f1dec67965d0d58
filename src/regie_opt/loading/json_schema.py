"""JSON Schemas of the input and output files, for editors and other programs."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from regie_opt.schema.alternatives import Alternatives
from regie_opt.schema.comparison import Comparison
from regie_opt.schema.elicitation import ElicitationFile
from regie_opt.schema.explanation import Explanation
from regie_opt.schema.overview import Overview
from regie_opt.schema.pareto import Pareto
from regie_opt.schema.plan import CheckedAssessment, Plan, PlanFile
from regie_opt.schema.robustness import Robustness
from regie_opt.schema.scenario import InventoryFile, ModelFile, RegionFile, Scenario, ScenarioFile
from regie_opt.schema.tuning import Tuning

_READ: Mapping[str, type[BaseModel]] = {
    "scenario": ScenarioFile,
    "region": RegionFile,
    "inventory": InventoryFile,
    "model": ModelFile,
    "resolved": Scenario,
    "plan-file": PlanFile,
    "elicitation": ElicitationFile,
}
_WRITTEN: Mapping[str, type[BaseModel]] = {
    "plan": Plan,
    "assessment": CheckedAssessment,
    "overview": Overview,
    "comparison": Comparison,
    "robustness": Robustness,
    "explanation": Explanation,
    "tuning": Tuning,
    "pareto": Pareto,
    "alternatives": Alternatives,
}

_CLASSES = {**_READ, **_WRITTEN}

NAMES: tuple[str, ...] = tuple(_CLASSES)
"""Schemas that there are; `plan` is what `solve` writes, `plan-file` what `assess` reads."""

_COMPLETE = frozenset({"required", "minItems", "minProperties", "default"})
"""What a whole must have, and a part that overrides it need not."""


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) with this name."""
    model = _CLASSES[name]
    mode: Any = "serialization" if name in _WRITTEN else "validation"
    schema = model.model_json_schema(mode=mode)
    if name == "scenario":
        _describe_overrides(schema)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:regie-opt:{name}:1"}
    return {**head, **schema}


def write_schemas(folder: Path, names: Sequence[str] = NAMES) -> list[Path]:
    """Write schemas to NAME.schema.json in the folder. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.schema.json" for name in names]
    for name, path in zip(names, paths, strict=True):
        path.write_text(schema_text(name), encoding="utf-8", newline="\n")
    return paths


@cache
def schema_text(name: str) -> str:
    """Return the schema as the text of its file."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"


def _describe_overrides(schema: dict[str, Any]) -> None:
    """Say what the overriding sections of a scenario file may hold: any part of the real thing."""
    whole = Scenario.model_json_schema()
    definitions = schema["$defs"]
    for name, definition in whole["$defs"].items():
        definitions.setdefault(name, definition)
        definitions[f"{name}Part"] = _part(definition)
    overriding = [name for name, given in schema["properties"].items() if _is_open(given)]
    for name in overriding:
        described = {"description": schema["properties"][name].get("description", "")}
        schema["properties"][name] = {**_part(whole["properties"][name]), **described}
    changes = definitions["Variant"]["properties"]["changes"]
    changes["properties"] = {
        name: _part(given) for name, given in whole["properties"].items() if name not in {"model", "variant"}
    }


def _is_open(given: Mapping[str, Any]) -> bool:
    entries = [given.get("additionalProperties"), *given.get("patternProperties", {}).values()]
    return given.get("type") == "object" and any(entry is True or entry == {} for entry in entries)


def _part(given: Any) -> Any:
    """Return the schema for a part: nothing is required, references go to parts, null removes an entry."""
    if isinstance(given, list):
        return [_part(item) for item in given]
    if not isinstance(given, dict):
        return given
    if "prefixItems" in given or given.get("type") == "array":
        return given  # lists are replaced whole
    part = {key: _part(value) for key, value in given.items() if key not in _COMPLETE}
    if "$ref" in part:
        part["$ref"] += "Part"
    if "discriminator" in part:
        tags = part["discriminator"]["mapping"]
        part["discriminator"] = {
            **part["discriminator"],
            "mapping": {tag: f"{ref}Part" for tag, ref in tags.items()},
        }
        part["anyOf"] = part.pop("oneOf")  # a part without its tag may be a part of several
    for entries in ("properties", "patternProperties"):
        if isinstance(part.get(entries), dict):
            part[entries] = {key: _or_null(value) for key, value in part[entries].items()}
    if isinstance(part.get("additionalProperties"), dict):
        part["additionalProperties"] = _or_null(part["additionalProperties"])
    return part


def _or_null(given: Any) -> Any:
    if not isinstance(given, dict) or any(o.get("type") == "null" for o in given.get("anyOf", [])):
        return given
    description = {"description": given["description"]} if "description" in given else {}
    return {**description, "anyOf": [given, {"type": "null"}]}
