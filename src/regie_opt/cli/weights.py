"""Weights and ranges on the command line: `PATH`, `PATH=LOW:HIGH` and `PATH=LOW:HIGH:STEP`."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import product
from pathlib import Path

import click

from regie_opt.cli.options import Common
from regie_opt.engine import Options
from regie_opt.loading import InputError, Loaded, Problem, load
from regie_opt.schema.changes import value_at, with_values
from regie_opt.schema.scenario import Scenario
from regie_opt.study.sweep import Grid
from regie_opt.study.weighing import Moving

SECTIONS = ("criteria", "domains")
"""Sections whose entries have a weight."""
TIMES = 4.0
"""How many times the present weight the range searched goes up to, where none is given."""
FROM_NOTHING = 1.0
"""The same for a weight that is 0 now: what an average criterion or domain weighs."""
MOST_POINTS = 10_000
"""Points that a grid may have."""


@dataclass(frozen=True)
class Given:
    """A path with a range, as it was written after an option."""

    option: str
    text: str
    path: str
    values: tuple[Decimal, ...]
    """Nothing, low and high, or low, high and step."""

    @classmethod
    def of(cls, option: str, text: str, counts: tuple[int, ...], form: str) -> "Given":
        """Read what was written. Raises click.BadParameter."""
        path, equals, written = text.partition("=")
        parts = written.split(":") if equals else []
        try:
            values = tuple(Decimal(part.strip()) for part in parts)
        except InvalidOperation:
            values = (Decimal("nan"),)
        known = all(value.is_finite() for value in values)
        if not path.strip() or len(values) not in counts or not known:
            msg = f"'{text}' is not of the form {form}, with numbers such as 0.25"
            raise click.BadParameter(msg, param_hint=option)
        if len(values) > 1 and values[0] > values[1]:
            msg = f"'{text}' begins at {values[0]}, above its end {values[1]}"
            raise click.BadParameter(msg, param_hint=option)
        if len(values) > 2 and values[2] <= 0:
            msg = f"'{text}' has the step {values[2]}, allowed: a step above 0"
            raise click.BadParameter(msg, param_hint=option)
        return cls(option, text, path.strip(), values)

    @property
    def weight(self) -> tuple[str, ...] | None:
        """The path of a weight of a criterion or a domain in parts; None for any other value."""
        section, _, rest = self.path.partition(".")
        key, _, last = rest.rpartition(".")
        return (section, key, last) if section in SECTIONS and key and last == "weight" else None

    @property
    def count(self) -> int:
        """Points of a sweep."""
        low, high, step = self.values
        return int((high - low) / step) + 1

    @property
    def points(self) -> list[Decimal]:
        """Values of a sweep, from its low end, as exact as they were written."""
        low, _, step = self.values
        return [low + n * step for n in range(self.count)]

    def checked(self, scenario: Path, common: Common, values: Sequence[Decimal]) -> None:
        """Refuse values that the scenario does not allow at this path. Raises InputError, told at the option."""
        for value in values:
            with_settings(scenario, common, [(self, value)])

    def told_here(self, problem: Problem) -> Problem:
        """A problem of a value at this path as one of this option; any other as it is."""
        if not problem.where.startswith(f"--set {self.path}="):
            return problem
        return Problem(f"{self.option} {self.text}", (), problem.message)


def plain(value: Decimal) -> str:
    """A number as it is written in a file: whole ones without a point."""
    return str(int(value)) if value == value.to_integral_value() else str(float(value))


def with_settings(scenario: Path, common: Common, given: Sequence[tuple[Given, Decimal]]) -> Scenario:
    """The scenario with these values, all of it checked as with `--set`. Raises InputError, told at the options."""
    sets = [f"{one.path}={plain(value)}" for one, value in given]
    try:
        return load(scenario, variant=common.variant, sets=(*common.sets, *sets)).scenario
    except InputError as error:
        problems = error.problems
        for one, _ in given:
            problems = tuple(map(one.told_here, problems))
        raise InputError(problems) from None


def weights(scenario: Path, loaded: Loaded, common: Common, options: Options, given: Sequence[str]) -> Iterator[Moving]:
    """The weights that were named, `PATH` or `PATH=LOW:HIGH`. Raises click.BadParameter and InputError."""
    for text in given:
        one = Given.of("--weight", text, (0, 2), "PATH or PATH=LOW:HIGH")
        path = one.weight
        if path is None:
            msg = f"'{one.path}' is no weight, allowed: criteria.NAME.weight or domains.NAME.weight"
            raise click.BadParameter(msg, param_hint="--weight")
        one.checked(scenario, common, one.values or (Decimal(1),))
        moving = moved(loaded, options, path)
        if one.values:
            low, high = map(float, one.values)
            if not low <= moving.present <= high:
                msg = f"'{text}' leaves out the present weight {moving.present:g}"
                raise click.BadParameter(msg, param_hint="--weight")
            moving = moving.between(low, high)
        yield moving


def moved(loaded: Loaded, options: Options, path: tuple[str, ...], reach: Sequence[float] = ()) -> Moving:
    """A weight over the usual range, or more where it must reach further."""
    present = float(value_at(loaded.scenario, path))
    high = max([TIMES * present or FROM_NOTHING, *reach])
    return Moving(path, 0.0, high, loaded.scenario, loaded.base, options)


def usual(loaded: Loaded, options: Options, *, domains: bool) -> Iterator[Moving]:
    """The weights of criteria that count, and those of domains on which something can be decided."""
    for key, criterion in loaded.scenario.criteria.items():
        if criterion.weight > 0:
            yield moved(loaded, options, ("criteria", key, "weight"))
    for name, domain in loaded.scenario.domains.items():
        if domains and not domain.statutory:
            yield moved(loaded, options, ("domains", name, "weight"))


def grid(scenario: Path, loaded: Loaded, common: Common, options: Options, given: Sequence[str]) -> Grid | None:
    """The grid of all sweeps together; None without any. Raises click.BadParameter and InputError."""
    sweeps = [Given.of("--sweep", text, (3,), "PATH=LOW:HIGH:STEP") for text in given]
    if not sweeps:
        return None
    paths = [one.path for one in sweeps]
    twice = next((path for n, path in enumerate(paths) if path in paths[:n]), None)
    if twice is not None:
        msg = f"'{twice}' is swept twice"
        raise click.BadParameter(msg, param_hint="--sweep")
    count = math.prod(one.count for one in sweeps)
    if count > MOST_POINTS:
        msg = f"a grid of {count:,} points, allowed: at most {MOST_POINTS:,}"
        raise click.BadParameter(msg, param_hint="--sweep")
    for one in sweeps:
        one.checked(scenario, common, (one.points[0], one.points[-1]))
    points = list(product(*(one.points for one in sweeps)))
    moving = None
    if len(sweeps) == 1 and (path := sweeps[0].weight) is not None:
        moving = moved(loaded, options, path).between(float(points[0][0]), float(points[-1][0]))
    return Grid(
        paths=tuple(paths),
        points=tuple(tuple(map(float, point)) for point in points),
        scenarios=tuple(_at(scenario, loaded, common, sweeps, point) for point in points),
        near=loaded.scenario,
        base=loaded.base,
        options=options,
        moving=moving,
    )


def swept(loaded: Loaded, options: Options, given: Sequence[str]) -> Iterator[Moving]:
    """The weights among what is swept, over a range that holds the sweep."""
    for text in given:
        one = Given.of("--sweep", text, (3,), "PATH=LOW:HIGH:STEP")
        if one.weight is not None:
            yield moved(loaded, options, one.weight, [float(one.points[-1])])


def _at(scenario: Path, loaded: Loaded, common: Common, sweeps: Sequence[Given], point: Sequence[Decimal]) -> Scenario:
    """The scenario at a point; more than weights is loaded, with all checks, as `--set` is."""
    paths = [one.weight for one in sweeps]
    known = [path for path in paths if path is not None]
    if len(known) == len(paths):
        values = dict(zip(known, map(float, point), strict=True))
        return loaded.scenario if _is_now(loaded, values) else with_values(loaded.scenario, values)
    return with_settings(scenario, common, list(zip(sweeps, point, strict=True)))


def _is_now(loaded: Loaded, values: dict[tuple[str, ...], float]) -> bool:
    return all(value_at(loaded.scenario, path) == value for path, value in values.items())
