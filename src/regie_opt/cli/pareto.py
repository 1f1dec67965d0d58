"""The command that shows what there is to choose from between two or three objectives."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from regie_opt.cli.develop import deliver, load_scenario
from regie_opt.cli.options import Common, common_options, not_nan
from regie_opt.cli.pictures import draw
from regie_opt.cli.studying import Workers, engine_options, study_options, studying
from regie_opt.loading import InputError, Problem
from regie_opt.loading.problems import unknown
from regie_opt.report.naming import Naming
from regie_opt.report.pareto import pareto_report
from regie_opt.schema.pareto import Pareto
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.text import folded
from regie_opt.study.objectives import UnknownObjective, objectives
from regie_opt.study.pareto import pareto as search

COARSEST = 0.5


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path), metavar="SCENARIO")
@click.option(
    "--criteria",
    required=True,
    metavar="KEY,KEY[,KEY]",
    help="Two or three criteria, such as burden,quality; or one of them `value` (all others, weighed) or `motives`.",
)
@click.option(
    "--resolution",
    type=click.FloatRange(min=0, max=COARSEST),
    default=0.01,
    show_default=True,
    callback=not_nan,
    help="Part of the range of each criterion within which plans are not told apart; 0 finds every plan.",
)
@click.option("--figures", type=click.Path(path_type=Path), metavar="DIR", help="Folder to write a picture to.")
@common_options(solves=True)
@study_options
def pareto(
    workers: Workers, common: Common, scenario: Path, criteria: str, resolution: float, figures: Path | None
) -> None:
    """Show all plans that no plan beats in one criterion without losing in another.

    The frontier of two or three criteria, each plan in its own units, with the knee, and today beside it: which plans
    beat it in everything, and by how much. Only the criteria that are named count.
    """
    loaded = load_scenario(scenario, common)
    keys = [folded(key) for key in criteria.split(",")]
    _check(loaded.scenario, keys)
    with studying(common, workers, loaded) as study:
        result = search(
            study,
            loaded.scenario,
            loaded.base,
            keys,
            sha256=loaded.sha256,
            resolution=resolution,
            options=engine_options(common),
        )
    if figures is not None:
        draw(common, loaded.scenario, figures, lambda naming: _picture(result, naming))
    deliver(
        common,
        pareto_report(loaded.scenario, result, common.language),
        result,
        pareto_report(loaded.scenario, result, common.language, complete=True),
    )


def _check(scenario: Scenario, keys: list[str]) -> None:
    """Refuse what is no two or three objectives. Raises InputError."""
    try:
        objectives(scenario, keys)
    except UnknownObjective as error:
        labels = {str(key): criterion.name.nl for key, criterion in scenario.criteria.items()}
        message = unknown("criterion", error.key, error.allowed, labels)
        raise InputError([Problem("--criteria", (), message)]) from None
    except ValueError as error:
        raise InputError([Problem("--criteria", (), str(error))]) from None


def _picture(result: Pareto, naming: Naming) -> Mapping[str, Any]:
    """The picture of the frontier; it needs an extra, so it is asked for here."""
    from regie_opt.report.pictures.frontier import frontier

    return {"frontier": frontier(result, naming)}
