"""The command of the develop phase that tries a proposal under other assumptions."""

from collections.abc import Sequence
from pathlib import Path

import click

from regie_opt.cli.develop import deliver, load_scenario
from regie_opt.cli.options import Common, common_options
from regie_opt.cli.studying import Workers, engine_options, study_options, studying
from regie_opt.loading import InputError, Loaded, Problem
from regie_opt.loading.problems import unknown
from regie_opt.report.robust import robust_report
from regie_opt.study import HALF, with_plan
from regie_opt.study.assumed import Impossible
from regie_opt.study.robust import Question, robustness


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path), metavar="SCENARIO")
@click.option(
    "--samples",
    type=click.IntRange(min=2, max=10_000),
    default=50,
    show_default=True,
    help="Samples of the uncertain assumptions; each is a whole solve.",
)
@click.option("--vary", multiple=True, metavar="NAME", help="Vary only this assumption of `uncertainty`. Repeatable.")
@study_options
@common_options(solves=True)
def robust(common: Common, workers: Workers, scenario: Path, samples: int, vary: tuple[str, ...]) -> None:
    """Try the proposal under other assumptions: what stays, which plan found loses least, and which assumptions decide.

    Hours, cost curves, trust, spending, wants and whatever else `uncertainty` of the model names are drawn from their
    ranges (Latin hypercube, by --seed) and solved anew. Results are kept: the same command goes on where it stopped.
    """
    loaded = load_scenario(scenario, common)
    question = _question(loaded, common, samples, vary)
    with studying(common, workers, loaded) as study:
        nominal = with_plan(study.results([question.nominal], HALF)[0])
        outcomes = study.results(question.tasks)
    found = robustness(question, nominal, outcomes, loaded.sha256)
    deliver(
        common,
        robust_report(loaded.scenario, found, common.language),
        found,
        robust_report(loaded.scenario, found, common.language, complete=True),
    )


def _question(loaded: Loaded, common: Common, samples: int, vary: Sequence[str]) -> Question:
    """What is to be solved. Raises InputError where nothing can be varied, or not that."""
    known = loaded.scenario.uncertainty
    if not known:
        message = "holds no assumptions, and there is nothing to vary; allowed: some, as in models/nl/uncertainty.yaml"
        raise InputError([Problem(loaded.where(("uncertainty",)), ("uncertainty",), message)])
    labels = {key: one.name.in_language(common.language) for key, one in known.items()}
    strange = [name for name in vary if name not in known]
    if strange:
        raise InputError([Problem("--vary", (), unknown("assumption", name, known, labels)) for name in strange])
    question = Question(loaded.scenario, loaded.base, samples, common.seed, engine_options(common), vary or None)
    try:
        acting = question.acting
    except Impossible as error:
        path = ("uncertainty", error.key)
        message = f"found a range with {error.draw:g} in it, which no scenario allows: {error}"
        raise InputError([Problem(loaded.where(path), path, message)]) from None
    if not acting:
        message = f"{', '.join(question.idle)} make no difference to this scenario, allowed: some that does"
        raise InputError([Problem(loaded.where(("uncertainty",)), ("uncertainty",), message)])
    return question
