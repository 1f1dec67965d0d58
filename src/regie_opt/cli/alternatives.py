"""The command that shows what else is nearly as good as the best plan."""

from dataclasses import replace
from pathlib import Path

import click

from regie_opt import engine
from regie_opt.cli.develop import deliver, load_scenario
from regie_opt.cli.options import Common, common_options, not_nan
from regie_opt.cli.studying import Workers, engine_options, located, study_options, studying
from regie_opt.report.alternatives import alternatives_report
from regie_opt.study.alternatives import FindAlternatives

MOST_COUNT, MOST_LISTED = 20, 1000


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path), metavar="SCENARIO")
@click.option(
    "--within", type=click.FloatRange(min=0, max=1), default=0.002, show_default=True, metavar="SHARE",
    callback=not_nan,
    help="How much less a plan may gain than the best, as a part of the gain over everybody alone: 0.01 is 1 %.",
)  # fmt: skip
@click.option(
    "--count", type=click.IntRange(min=1, max=MOST_COUNT), default=4, show_default=True,
    help="Plans to show, the best included, at most.",
)  # fmt: skip
@click.option(
    "--all", "listed", type=click.IntRange(min=1, max=MOST_LISTED), metavar="N",
    help="List the N best plans too, and say whether these are all that are so good.",
)  # fmt: skip
@common_options(solves=True)
@study_options
def alternatives(
    workers: Workers, common: Common, scenario: Path, within: float, count: int, listed: int | None
) -> None:
    """Find plans nearly as good as the best that differ most from each other, and what they all have in common.

    Where they differ there is something to choose, and each plan is shown with what it trades. Says what is proven
    under these assumptions: that none is farther apart, that these are all, that none of them does a thing otherwise.
    """
    loaded = load_scenario(scenario, common)
    task = FindAlternatives(
        loaded.scenario, loaded.base, engine.Asked(within, count, listed or 0), engine_options(common)
    )
    # One task: processes would only have to start first.
    with studying(common, replace(workers, workers=1)) as study:
        (found,) = study.results([task])
    if found.status == "infeasible":
        raise located(engine.Infeasible(found.conflict), loaded)
    if found.status == "unfinished":
        raise engine.NoPlanInTime("no plan that obeys the rules was found within the time limit")
    document = found.model_copy(update={"sha256": loaded.sha256})
    deliver(common, alternatives_report(loaded.scenario, document, common.language), document)
