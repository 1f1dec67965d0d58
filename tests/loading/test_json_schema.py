import json
from pathlib import Path

import pytest

from regie_opt.loading.json_schema import NAMES, json_schema, schema_text

SCHEMAS = Path(__file__).parents[2] / "schemas"


@pytest.mark.parametrize("name", NAMES)
def test_published_schema_is_current(name: str) -> None:
    published = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(name), "run: regie-opt schema -o schemas"


@pytest.mark.parametrize("name", NAMES)
def test_schema_says_what_it_is_and_every_reference_leads_somewhere(name: str) -> None:
    schema = json_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:regie-opt:{name}:1"
    references = {part.split('"')[0] for part in json.dumps(schema).split('"$ref": "#/$defs/')[1:]}
    assert references <= schema.get("$defs", {}).keys()


def test_overrides_in_a_scenario_file_may_be_partial_and_null() -> None:
    schema = json_schema("scenario")
    (entry,) = schema["properties"]["domains"]["patternProperties"].values()
    assert entry["anyOf"][0]["$ref"] == "#/$defs/DomainPart"
    part = schema["$defs"]["DomainPart"]
    assert "weight" in part["properties"]
    assert "required" not in part
    assert part["additionalProperties"] is False
    assert "required" in schema["$defs"]["Partnership"]
    assert "municipalities" in schema["$defs"]["Variant"]["properties"]["changes"]["properties"]
