"""One value of a scenario, read or set by its path; everything is validated again."""

from collections.abc import Sequence
from typing import Any

from regie_opt.schema.scenario import Scenario


def value_at(scenario: Scenario, path: Sequence[str]) -> Any:
    """The value at a path, such as ("criteria", "burden", "weight"). Raises KeyError where there is none."""
    value: Any = scenario.model_dump(mode="json")
    for segment in path:
        value = value[segment] if isinstance(value, dict) else value[int(segment)]
    return value


def with_values(scenario: Scenario, values: dict[tuple[str, ...], Any]) -> Scenario:
    """The scenario with other values at some paths.

    Raises KeyError where a path leads nowhere, and pydantic's ValidationError where a value is not allowed.
    """
    data = scenario.model_dump(mode="json")
    for path, value in values.items():
        at: Any = data
        for segment in path[:-1]:
            at = at[segment] if isinstance(at, dict) else at[int(segment)]
        if path[-1] not in at:
            raise KeyError(path[-1])
        at[path[-1]] = value
    return Scenario.model_validate(data)
