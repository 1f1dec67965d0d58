"""The command of the develop phase that shows what weights do: how far each may go before the advice changes."""

from collections.abc import Sequence
from pathlib import Path

import click

from regie_opt import engine
from regie_opt.cli.develop import deliver, load_scenario, writing
from regie_opt.cli.options import Common, common_options
from regie_opt.cli.studying import Workers, engine_options, study_options, studying
from regie_opt.cli.weights import grid, swept, usual, weights
from regie_opt.loading import Loaded
from regie_opt.loading.elicitation import load_elicitation
from regie_opt.report.judgement_template import swings, write_judgements
from regie_opt.report.tune import tuning_report
from regie_opt.report.words import Words
from regie_opt.schema.outcome import Outcome
from regie_opt.study import HALF, with_plan
from regie_opt.study.elicit import elicited
from regie_opt.study.tune import Judged, Question
from regie_opt.study.tune import tune as answer
from regie_opt.study.weighing import Moving


def _new_file(_context: click.Context, _parameter: click.Parameter, path: Path | None) -> Path | None:
    """Refuse to write over a file, before anything is solved."""
    if path is not None and path.exists():
        msg = f"'{path}' exists already, allowed: a new file"
        raise click.BadParameter(msg)
    if path is not None and not path.resolve().parent.is_dir():
        msg = f"the folder of '{path}' does not exist"
        raise click.BadParameter(msg)
    return path


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path), metavar="SCENARIO")
@click.option(
    "--weight",
    "named",
    multiple=True,
    metavar="PATH[=LOW:HIGH]",
    help="Weight to look at, such as domains.belastingen.weight, and the range to search. Repeatable.",
)
@click.option("--domains", is_flag=True, help="Look at the weight of every domain too.")
@click.option(
    "--sweep",
    "sweeps",
    multiple=True,
    metavar="PATH=LOW:HIGH:STEP",
    help="Solve at each of these values, such as domains.belastingen.weight=0:3:0.25; several make a grid.",
)
@click.option(
    "--elicit",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Make weights of the judgements in a .yaml or .xlsx file: swings rated by points, or pairs (AHP).",
)
@click.option(
    "--elicit-template",
    "template",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    callback=_new_file,
    help="Write a .yaml or .xlsx file of judgements to fill in, with ranges of this scenario, and stop.",
)
@study_options
@common_options(solves=True)
def tune(
    common: Common,
    workers: Workers,
    scenario: Path,
    named: tuple[str, ...],
    domains: bool,
    sweeps: tuple[str, ...],
    elicit: Path | None,
    template: Path | None,
) -> None:
    """Show how far each weight may go before the recommended plan changes, and to which plan.

    Without options every criterion (motives are criteria) that counts is looked at: the exact interval in which the
    plan stays optimal, and what halving or doubling the weight does. With --weight, --sweep or --elicit only what
    they name is.
    """  # fmt: skip
    loaded = load_scenario(scenario, common)
    options = engine_options(common)
    file = None if elicit is None else load_elicitation(elicit, loaded.scenario)
    swept_over = grid(scenario, loaded, common, options, sweeps)
    question = Question(
        scenario=loaded.scenario,
        base=loaded.base,
        sha256=loaded.sha256,
        options=options,
        weights=_chosen(scenario, loaded, common, options, named, sweeps, domains=domains, all_of=elicit is None),
        grid=swept_over,
        judged=None if file is None else Judged(str(elicit), elicited(file, loaded.scenario, loaded.base)),
    )
    with studying(common, workers, loaded) as study:
        recommended = with_plan(study.results([question.recommended], HALF)[0])
        if template is not None:
            _write_template(template, loaded, recommended, common)
            return
        found = answer(question, recommended, study)
    deliver(common, tuning_report(loaded.scenario, found, common.language), found)


def _chosen(
    scenario: Path,
    loaded: Loaded,
    common: Common,
    options: engine.Options,
    named: Sequence[str],
    sweeps: Sequence[str],
    *,
    domains: bool,
    all_of: bool,
) -> tuple[Moving, ...]:
    """The weights to look at, each once: those that are named or swept, or else all that count."""
    asked = [*weights(scenario, loaded, common, options, named), *swept(loaded, options, sweeps)]
    if domains or (all_of and not named and not sweeps):
        only = domains and bool(named or sweeps)
        asked += [m for m in usual(loaded, options, domains=domains) if not only or m.path[0] == "domains"]
    return tuple({moving.path: moving for moving in reversed(asked)}.values())[::-1]


def _write_template(path: Path, loaded: Loaded, recommended: Outcome, common: Common) -> None:
    found = list(swings(loaded.scenario, loaded.base, recommended, common.language))
    writing(path, common, lambda: write_judgements(path, found, common.language))
    click.echo(Words(common.language)("tune.template", path=path))
