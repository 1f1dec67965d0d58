"""A scenario in which uncertain assumptions are other than written."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from regie_opt.loading.shape import shape_of
from regie_opt.schema.reach import Place, places, value_at
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.uncertainty import CURVES, Assumption

WIDE = 10.0
"""A cost curve that gets a slope rises between its last point and this many times the inhabitants."""


class Impossible(ValueError):
    """An assumption that makes the scenario invalid at one end of its range."""

    def __init__(self, key: str, draw: float, reason: str) -> None:
        super().__init__(reason)
        self.key, self.draw = key, draw


def assumed(scenario: Scenario, draws: Mapping[str, float]) -> Scenario:
    """The scenario with drawn assumptions, and without the ranges that they come from.

    What would pass a bound of the schema, such as a share above 1, stays on it. Raises pydantic's ValidationError.
    """
    data = scenario.model_dump(mode="json")
    for key, draw in draws.items():
        assumption = scenario.uncertainty[key]
        for place in list(places(data, assumption)):
            value = value_at(data, place)
            value = assumption.unwritten if value is None else value
            value_at(data, place[:-1])[place[-1]] = _changed(assumption, value, draw, place)
    data["uncertainty"] = {}
    return Scenario.model_validate(data)


def acting(scenario: Scenario) -> tuple[str, ...]:
    """Assumptions that make a difference to this scenario somewhere in their range. Raises `Impossible`."""
    as_written = assumed(scenario, {})
    found = []
    for key, assumption in scenario.uncertainty.items():
        ends = []
        for draw in (assumption.low, assumption.high):
            try:
                ends.append(assumed(scenario, {key: draw}))
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                where = ".".join(map(str, first["loc"]))
                raise Impossible(key, draw, f"{where}: {first['msg']}") from None
        if any(end != as_written for end in ends):
            found.append(key)
    return tuple(found)


def _changed(assumption: Assumption, value: Any, draw: float, place: Place) -> Any:
    if assumption.effect in CURVES:
        return _steeper(value, draw) if assumption.effect == "steepness" else _sloping(value, draw)
    least, most = _bounds(place)
    return min(max(value * draw if assumption.effect == "factor" else value + draw, least), most)


def _steeper(points: list[list[float]], factor: float) -> list[list[float]]:
    return [[inhabitants, 1 + factor * (index - 1)] for inhabitants, index in points]


def _sloping(points: list[list[float]], rise: float) -> list[list[float]]:
    """A curve that goes on from its last point, to rise by a share at `WIDE` times the inhabitants."""
    if rise == 0:
        return points
    inhabitants, index = points[-1]
    return [*points, [inhabitants * WIDE, index * (1 + rise)]]


@cache
def _bounds(place: Place) -> tuple[float, float]:
    """Least and most that the schema allows at a place."""
    shape = shape_of(Scenario)
    for key in place:
        shape = shape.child(key) or shape.child(int(key) if key.isdecimal() else key) or shape
    return float(shape.schema.get("minimum", "-inf")), float(shape.schema.get("maximum", "inf"))
