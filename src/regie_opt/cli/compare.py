"""The command that lays scenarios and their variants side by side."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from regie_opt.cli.develop import deliver, warn
from regie_opt.cli.options import Common, common_options
from regie_opt.cli.studying import Workers, engine_options, study_options, studying
from regie_opt.loading import InputError, Loaded, Problem, load_all
from regie_opt.loading.problems import unknown
from regie_opt.report.comparison import comparison_report
from regie_opt.schema.comparison import Comparison
from regie_opt.schema.errors import RegieError
from regie_opt.schema.text import matching
from regie_opt.study.comparison import compare as side_by_side

NAMED = 5
"""Municipalities that a message names before it says how many more there are."""


@click.command()
@click.argument("scenarios", type=click.Path(path_type=Path), metavar="SCENARIO [SCENARIO...]", nargs=-1, required=True)
@study_options
@common_options(solves=True, many_variants=True)
def compare(common: Common, workers: Workers, scenarios: tuple[Path, ...], variants: tuple[str, ...]) -> None:
    """Lay a scenario and its variants side by side, today first.

    Criteria in their own units with the best of each marked, partnerships that are in all plans, in some or in one,
    who changes sides, and hours per municipality. More scenarios may be given, of the same municipalities: all values
    are measured by the references of the first. What was solved before is not solved again.
    """
    files = _chosen(_loaded(scenarios, common), variants)
    _same_municipalities(scenarios, files)
    for file in files:
        warn(file[0], common)
    with studying(common, workers) as study:
        comparison = side_by_side(files, engine_options(common), study)
    first = files[0][0].scenario
    deliver(
        common,
        comparison_report(first, comparison, common.language),
        comparison,
        comparison_report(first, comparison, common.language, complete=True),
    )
    _tell_what_has_no_plan(comparison, files)


class Incomplete(RegieError):
    """Some columns have no plan."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def _loaded(scenarios: Sequence[Path], common: Common) -> list[tuple[Loaded, ...]]:
    """Each scenario with all its variants. Raises InputError with everything that is wrong in any of them."""
    files: list[tuple[Loaded, ...]] = []
    problems: list[Problem] = []
    for number, path in enumerate(scenarios):
        if path.resolve() in {other.resolve() for other in scenarios[:number]}:
            msg = f"'{path}' is given twice"
            raise click.UsageError(msg)
        try:
            files.append(load_all(path, sets=common.sets))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return files


def _chosen(files: list[tuple[Loaded, ...]], variants: tuple[str, ...]) -> list[tuple[Loaded, ...]]:
    """Each scenario with those of its variants that were asked for. Raises InputError."""
    if not variants:
        return files
    known = list(dict.fromkeys(name for file in files for name in file[0].variants))
    meant = {name: matching(name, known) for name in variants}
    problems = [
        Problem("--variant", (), unknown("variant", name, known)) for name, keys in meant.items() if len(keys) != 1
    ]
    if problems:
        raise InputError(problems)
    by_name = [{loaded.scenario.variant: loaded for loaded in file} for file in files]
    return [(found[None], *(found[key] for (key,) in meant.values() if key in found)) for found in by_name]


def _same_municipalities(scenarios: Sequence[Path], files: Sequence[Sequence[Loaded]]) -> None:
    """Refuse what cannot be compared: values are sums over municipalities. Raises InputError."""
    first = files[0][0].scenario.municipalities
    for path, file in zip(scenarios, files, strict=True):
        for loaded in file:
            found = loaded.scenario.municipalities.keys()
            if found == first.keys():
                continue
            name = loaded.scenario.variant
            which = str(path) if name is None else f"{path}: variant '{name}'"
            names = {code: place.name for code, place in {**first, **loaded.scenario.municipalities}.items()}
            differ = [
                f"{word} {_some(names[code] for code in codes)}"
                for word, codes in (("without", first.keys() - found), ("with", found - first.keys()))
                if codes
            ]
            message = (
                f"other municipalities than {scenarios[0]} ({', '.join(differ)}), so that values cannot be compared; "
                "allowed: the same municipalities" + ("" if name is None else ", or other variants with --variants")
            )
            raise InputError([Problem(which, (), message)])


def _some(names: Iterable[str]) -> str:
    """Names in order, and how many more."""
    listed = sorted(names)
    more = f" and {len(listed) - NAMED} more" if len(listed) > NAMED else ""
    return ", ".join(listed[:NAMED]) + more


def _tell_what_has_no_plan(comparison: Comparison, files: Sequence[Sequence[Loaded]]) -> None:
    """End as `solve` would have: 3 where rules conflict, else 4 where time ran out. Raises Incomplete."""
    columns = [column for column in comparison.columns if column.status != "today"]
    lines, codes = [], []
    for column, loaded in zip(columns, (loaded for file in files for loaded in file), strict=True):
        name = f"'{column.variant or column.scenario}'"
        if column.status == "infeasible":
            listed = ", ".join(f"'{rule}'" for rule in column.conflict)
            lines.append(f"{name}: no plan obeys the rules; these cannot all hold: {listed}")
            lines += [f"{loaded.where(('rules', rule))}: '{rule}'" for rule in column.conflict]
            codes.append(3)
        elif column.status == "unfinished":
            lines.append(f"{name}: no plan was found within the time limit")
            codes.append(4)
    if codes:
        raise Incomplete("\n".join(lines), min(codes))
