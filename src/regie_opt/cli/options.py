"""Options that the commands share, checked and gathered in one object."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, get_args

import click

from regie_opt.report.numbers import Language

P = ParamSpec("P")
R = TypeVar("R")

Format = Literal["table", "json", "csv", "markdown"]
FileFormat = Format | Literal["xlsx"]
"""What can be written to a file; a workbook is nothing to print."""
Solver = Literal["highs", "cbc"]

SUFFIXES: dict[str, FileFormat] = {
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "table",
    ".xlsx": "xlsx",
}
"""The format that the name of an output file asks for."""


@dataclass(frozen=True)
class Common:
    """The values of the common options."""

    sets: tuple[str, ...]
    variant: str | None
    output: Path | None
    format: Format
    language: Language
    quiet: bool
    solver: Solver
    gap: float
    time_limit: float | None
    seed: int
    threads: int


def common_options(
    *, solves: bool, many_variants: bool = False
) -> Callable[[Callable[Concatenate[Common, P], R]], Callable[P, R]]:
    """Give a command the common options, as its first argument.

    A command that does not solve accepts the solver options too, so that one line of options serves every
    command, but does not show them in its help. One with `many_variants` gets the names of `--variant` as its
    argument `variants`, and is given no `Common.variant`.
    """

    def decorate(command: Callable[Concatenate[Common, P], R]) -> Callable[P, R]:
        @wraps(command)
        def gathered(*args: P.args, **values: P.kwargs) -> R:
            if many_variants:
                values["variant"] = None
            given: dict[str, Any] = {name: values.pop(name) for name in Common.__dataclass_fields__}
            common = Common(**given)
            return command(common, *args, **values)

        with_options: Any = gathered
        for option in reversed(_options(solves, many_variants)):
            with_options = option(with_options)
        return with_options

    return decorate


def _options(solves: bool, many_variants: bool) -> list[Callable[[Any], Any]]:
    return [
        click.option(
            "--set", "sets", multiple=True, metavar="PATH=VALUE", callback=_paths,
            help="Override a value of the scenario, such as criteria.burden.weight=2. Repeatable.",
        ),
        _many_variants() if many_variants
        else click.option("--variant", metavar="NAME", help="Variant of the scenario to run."),
        click.option(
            "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
            callback=_place, help="File to write as well: .json, .csv, .md, .txt or .xlsx (Excel).",
        ),
        click.option(
            "--format", type=click.Choice(get_args(Format)), default="table", show_default=True,
            help="How results are printed.",
        ),
        click.option(
            "--lang", "language", type=click.Choice(get_args(Language)), default="nl", show_default=True,
            help="Language of the results.",
        ),
        click.option("--quiet", is_flag=True, help="Show no progress."),
        click.option(
            "--solver", type=click.Choice(get_args(Solver)), default="highs", show_default=True,
            hidden=not solves, help="Solver of the mixed-integer programme.",
        ),
        click.option(
            "--gap", type=click.FloatRange(min=0), default=0.0, show_default=True,
            hidden=not solves, callback=not_nan,
            help="Stop at this part of the gain over everybody alone: 0.01 is 1 %, 0 is proven.",
        ),
        click.option(
            "--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", hidden=not solves,
            callback=not_nan,
            help="Stop after this many seconds of work, loading not counted, with the best so far and its gap.",
        ),
        click.option(
            "--seed", type=click.IntRange(min=0, max=2**31 - 1), default=0, show_default=True,
            hidden=not solves, help="Seed of the solver.",
        ),
        click.option(
            "--threads", type=click.IntRange(min=1, max=64), default=1, show_default=True, hidden=not solves,
            help="Parts of a large scenario, or branches of a search (two at most), worked on at the same time.",
        ),
    ]  # fmt: skip


def _many_variants() -> Callable[[Any], Any]:
    return click.option(
        "--variant",
        "--variants",
        "variants",
        multiple=True,
        metavar="NAME[,NAME...]",
        callback=_names,
        help="Variants to take along; by default all. Repeatable.",
    )


def _names(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Names given one by one or with commas, each once."""
    names = [name.strip() for value in values for name in value.split(",")]
    if not all(names):
        msg = f"found an empty name in '{','.join(values)}'"
        raise click.BadParameter(msg)
    return tuple(dict.fromkeys(names))


def _paths(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        path, equals, _ = value.partition("=")
        if not equals or not path.strip():
            msg = f"'{value}' is not of the form path.to.value=X"
            raise click.BadParameter(msg)
    return values


def _place(_context: click.Context, _parameter: click.Parameter, path: Path | None) -> Path | None:
    """Refuse a file that cannot be written now, not after a minute of solving; a name without an ending is JSON."""
    if path is None:
        return None
    if not path.resolve().parent.is_dir():
        msg = f"the folder of '{path}' does not exist"
        raise click.BadParameter(msg)
    if path.suffix and path.suffix.lower() not in SUFFIXES:
        msg = f"'{path}' ends with '{path.suffix}'; allowed: {', '.join(SUFFIXES)}"
        raise click.BadParameter(msg)
    return path


def not_nan(_context: click.Context, _parameter: click.Parameter, value: float | None) -> float | None:
    """Refuse what is a float to Python but no number: no comparison with a range fails on it."""
    if value is not None and math.isnan(value):
        msg = "'nan' is not a number"
        raise click.BadParameter(msg)
    return value
