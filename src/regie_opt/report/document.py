"""The whole reports: of a solved plan, of an assessment, and of an exported programme."""

from collections.abc import Sequence
from pathlib import Path

from regie_opt.engine import ExportSummary, Solution
from regie_opt.report import assessment as judgement
from regie_opt.report.assessment import Judged
from regie_opt.report.breach import breaches
from regie_opt.report.certificate import certificate, limits
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import Language
from regie_opt.report.plan import counts, ending, left_alone, proposal
from regie_opt.report.table import Section, Text
from regie_opt.report.wants import wanted
from regie_opt.report.words import Words
from regie_opt.schema.plan import Breach, PlannedPartnership
from regie_opt.schema.scenario import Scenario


def solution_report(scenario: Scenario, solution: Solution, language: Language) -> tuple[Section, ...]:
    """Report of `solve`: the proposal, what it changes, what it is worth, and how sure that is."""
    naming = Naming(scenario, Words(language))
    judged = Judged(solution.today, solution.assessment)
    partnerships = solution.partnerships
    in_short = Text(
        naming.words("headline"),
        (
            naming.words(
                "headline.partnerships",
                count=len(partnerships),
                today=len(scenario.partnerships),
                parts=counts(scenario, partnerships, naming),
            ),
            *judgement.headline(solution.today, solution.assessment, naming),
        ),
        bullets=True,
    )
    return (
        title(naming),
        in_short,
        proposal(partnerships, naming),
        ending(partnerships, naming),
        left_alone(partnerships, naming),
        *wanted(naming),
        judgement.criteria(judged, naming),
        judgement.hours(judged, naming),
        judgement.network(judged, naming),
        certificate(solution.certificate, solution.today.value, naming),
        limits(solution.certificate, naming),
    )


def assessment_report(
    scenario: Scenario,
    judged: Judged,
    language: Language,
    plan: Sequence[PlannedPartnership] = (),
    found: Sequence[Breach] = (),
) -> tuple[Section, ...]:
    """Report of `assess`: criteria, hours and network of today, a plan, or both, and what makes the plan none."""
    naming = Naming(scenario, Words(language))
    return (
        title(naming),
        *breaches(found, plan, naming),
        judgement.criteria(judged, naming),
        judgement.hours(judged, naming),
        judgement.network(judged, naming),
    )


def export_report(scenario: Scenario, summary: ExportSummary, path: Path, language: Language) -> tuple[Section, ...]:
    """Report of `export`: the size of the programme, and how to read its optimum."""
    naming = Naming(scenario, Words(language))
    words = naming.words
    lines = (
        words("export.file", path=path),
        words("export.size", columns=summary.columns, rows=summary.rows),
        # In full: whoever checks the optimum with another solver computes with it.
        words("export.sense", constant=repr(summary.constant), scale=repr(summary.scale)),
    )
    return (Text(words("export"), lines),)


def title(naming: Naming) -> Text:
    """Name, variant, municipalities and domains of the scenario."""
    words, scenario = naming.words, naming.scenario
    lines = [
        words(
            "municipalities",
            count=len(scenario.municipalities),
            inhabitants=sum(m.population for m in scenario.municipalities.values()),
            names=naming.municipalities(scenario.municipalities),
        ),
        words("domains", count=len(scenario.domains), names=naming.domains(scenario.domains)),
    ]
    if scenario.variant:
        lines.insert(0, words("variant", name=scenario.variant))
    return Text(scenario.name, tuple(lines), chapter=True)
