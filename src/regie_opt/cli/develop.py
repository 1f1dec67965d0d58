"""Commands of the develop phase: which partnerships, in which form, and what is that worth."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click
from pydantic import BaseModel

from regie_opt import engine
from regie_opt.cli.options import SUFFIXES, Common, Format, common_options
from regie_opt.cli.progress import progress, solver_silence
from regie_opt.cli.studying import engine_options, located
from regie_opt.cli.unwritten import writing_to
from regie_opt.loading import InputError, Loaded, Problem, load, load_plan
from regie_opt.loading.workbook import export_workbook
from regie_opt.loading.writing import write_bytes, write_text
from regie_opt.report.assessment import Judged
from regie_opt.report.breach import told
from regie_opt.report.document import assessment_report, export_report, solution_report
from regie_opt.report.files import ExportedProgramme, plan_file, to_json
from regie_opt.report.naming import Naming
from regie_opt.report.render import csv_report, render
from regie_opt.report.table import Section
from regie_opt.report.words import Words
from regie_opt.report.workbook import report_workbook
from regie_opt.schema.plan import CheckedAssessment
from regie_opt.worth import PlanError, Worth, complete_plan, today_plan
from regie_opt.worth import assess as judge

T = TypeVar("T")

WARNINGS = 10
"""Warnings told one by one; `validate` has them all."""

_SCENARIO = click.argument("scenario", type=click.Path(path_type=Path), metavar="SCENARIO")


@click.command()
@_SCENARIO
@common_options(solves=True)
def solve(common: Common, scenario: Path) -> None:
    """Find the best plan: who with whom, for which domain, in which form.

    Prints the proposal, what it changes, what it is worth and how sure that is. With -o plan.json the plan is
    written too. Ctrl-C stops with the best plan so far and its gap.
    """
    loaded = load_scenario(scenario, common)
    options = replace(engine_options(common), time_limit=common.time_limit)
    with progress(common.language, quiet=common.quiet) as report, solver_silence():
        try:
            solution = engine.solve(loaded.scenario, loaded.base, options, report)
        except engine.Infeasible as conflict:
            raise located(conflict, loaded) from None
    deliver(
        common,
        solution_report(loaded.scenario, solution, common.language),
        plan_file(loaded.scenario, loaded.sha256, solution),
    )


@click.command()
@_SCENARIO
@click.argument("plan", type=click.Path(path_type=Path), metavar="[PLAN]", required=False)
@click.option("--today", is_flag=True, help="Assess today's network instead of a plan.")
@click.option("--strict", is_flag=True, help="Refuse a plan that breaks a rule, a veto or the law (exit code 2).")
@common_options(solves=False)
def assess(common: Common, scenario: Path, plan: Path | None, today: bool, strict: bool) -> None:
    """Assess a plan (of solve, or written by hand) or today's network by the criteria of solve.

    What breaks a rule, a veto or the law is assessed too, with a warning that names each.
    """
    if (plan is None) != today:
        msg = "give either a PLAN or --today"
        raise click.UsageError(msg)
    loaded = load_scenario(scenario, common)
    network = today_plan(loaded.scenario)
    now = judge(loaded.scenario, loaded.base, network)
    if plan is None:
        assessed, judged, result = network, Judged(today=now), now
    else:
        assessed = complete_plan(loaded.scenario, load_plan(plan, loaded.scenario).partnerships)
        result = judge(loaded.scenario, loaded.base, assessed)
        judged = Judged(today=now, plan=result)
    found = engine.Obeying(Worth(loaded.scenario, loaded.base)).breaches(assessed)
    naming = Naming(loaded.scenario, Words(common.language))
    lines = [told(breach, assessed, naming) for breach in found]
    if strict and lines:
        raise PlanError("\n".join(naming.words("breach.warning", what=line) for line in lines))
    for line in lines if not common.quiet else ():
        click.echo(naming.words("warning", text=naming.words("breach.warning", what=line)), err=True)
    deliver(
        common,
        assessment_report(loaded.scenario, judged, common.language, assessed, found),
        CheckedAssessment(**dict(result), breaches=found),
    )


@click.command()
@_SCENARIO
@click.option(
    "--mps",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="File to write the complete programme to, so that any other solver can check the optimum.",
)
@click.option(
    "--xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Excel workbook to write the scenario to, with its variants, for `import`.",
)
@click.option("--force", is_flag=True, help="Write over a workbook that is there.")
@common_options(solves=False)
def export(common: Common, scenario: Path, mps: Path | None, xlsx: Path | None, *, force: bool) -> None:
    """Write the complete programme as an MPS file, or the scenario as an Excel workbook."""
    if (mps is None) == (xlsx is None):
        msg = "give either --mps FILE or --xlsx FILE"
        raise click.UsageError(msg)
    if xlsx is not None and (common.variant is not None or common.sets):
        msg = "--xlsx writes the scenario with all its variants; --variant and --set do not go with it"
        raise click.UsageError(msg)
    if xlsx is not None:
        _refuse_workbook(xlsx, force=force)
    if mps is not None:
        _refuse_programme(mps)
    loaded = load_scenario(scenario, common)
    if xlsx is not None:
        workbook = xlsx
        writing(workbook, common, lambda: export_workbook(loaded, workbook, common.language))
        click.echo(Words(common.language)("export.workbook", path=workbook))
    if mps is not None:
        _export_programme(loaded, mps, common)


def _refuse_workbook(file: Path, *, force: bool) -> None:
    """Refuse a name that Excel does not open, and a workbook that somebody may have filled in."""
    if file.suffix.lower() != ".xlsx":
        raise InputError([Problem(f"--xlsx {file}", (), f"found '{file.suffix}', allowed: a name that ends in .xlsx")])
    if file.exists() and not force:
        message = "exists already, allowed: a new file, or --force (nothing was written)"
        raise InputError([Problem(str(file), (), message)])


def _refuse_programme(file: Path) -> None:
    """Refuse a name of another kind of file than is written, which no solver would read."""
    if file.suffix.lower() not in ("", ".mps", ".gz"):
        message = f"found '{file.suffix}', allowed: a name that ends in .mps or .mps.gz"
        raise InputError([Problem(f"--mps {file}", (), message)])


def _export_programme(loaded: Loaded, mps: Path, common: Common) -> None:
    with solver_silence():
        summary = writing(mps, common, lambda: engine.export_programme(loaded.scenario, loaded.base, mps))
    deliver(
        common,
        export_report(loaded.scenario, summary, mps, common.language),
        ExportedProgramme.of(summary, mps),
    )


def load_scenario(scenario: Path, common: Common) -> Loaded:
    """Load a scenario with the common options, and tell what is doubtful."""
    loaded = load(scenario, variant=common.variant, sets=common.sets)
    warn(loaded, common)
    return loaded


def warn(loaded: Loaded, common: Common) -> None:
    """Tell what is doubtful."""
    if not common.quiet:
        words, more = Words(common.language), len(loaded.warnings) - WARNINGS
        for warning in loaded.warnings[:WARNINGS]:
            click.echo(words("warning", text=warning), err=True)
        if more > 0:
            click.echo(words("warning.more", count=more), err=True)


def deliver(
    common: Common, sections: Iterable[Section], document: BaseModel, complete: Iterable[Section] | None = None
) -> None:
    """Write the file that was asked for, then print the report; `complete`, where given, is what CSV and Excel get."""
    sections = tuple(sections)
    tables = sections if complete is None else tuple(complete)

    def text(chosen: Format) -> str:
        if chosen == "json":
            return to_json(document)
        return render(tables if chosen == "csv" else sections, chosen, common.language)

    if common.output is not None:
        output = common.output
        chosen = SUFFIXES.get(output.suffix.lower(), "json")
        if chosen == "xlsx":
            writing(output, common, lambda: write_bytes(output, report_workbook(tables, common.language)))
        else:
            contents = csv_report(tables, common.language) if chosen == "csv" else text(chosen)
            writing(output, common, lambda: write_text(output, contents))
    click.echo(text(common.format), nl=False)


def writing(path: Path, common: Common, write: Callable[[], T]) -> T:
    """Write, or say in one line why that cannot be."""
    with writing_to(path, common.language):
        return write()
