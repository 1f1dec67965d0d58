"""Whether every uncertain assumption is about values that are there, and that its effect can change."""

from collections.abc import Iterator

from regie_opt.loading.checks.finding import Check, Finding
from regie_opt.loading.problems import Path, unknown
from regie_opt.schema.reach import places, stray, value_at
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.uncertainty import CURVES


def _misplaced(scenario: Scenario) -> Iterator[Finding]:
    """Yield where a path leads nowhere, or to something else than a number (or a cost curve), and a message."""
    if not scenario.uncertainty:
        return
    data = scenario.model_dump(mode="json")
    for key, assumption in scenario.uncertainty.items():
        path: Path = ("uncertainty", key, "acts_on")
        for i, written in enumerate(assumption.acts_on):
            lost = stray(data, written, unwritten=assumption.unwritten is not None)
            if lost is not None:
                yield Finding((*path, i), f"found '{written}': {unknown('name', *lost)}")
        curve = assumption.effect in CURVES
        wanted = "a cost curve" if curve else "a number"
        for place in places(data, assumption):
            value = value_at(data, place)
            if value is not None and not (_is_curve(value) if curve else _is_number(value)):
                message = f"found {'.'.join(place)}, allowed with the effect {assumption.effect}: {wanted}"
                yield Finding(path, message)
                break


def _is_curve(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(point, list) and len(point) == 2 for point in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


CHECKS: tuple[Check, ...] = (_misplaced,)
