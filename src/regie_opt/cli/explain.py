"""The command of the develop phase that says why: what somebody gains, the runner-up, and what would change it."""

from pathlib import Path

import click

from regie_opt.cli.develop import deliver, load_scenario
from regie_opt.cli.inventory import named
from regie_opt.cli.options import Common, common_options
from regie_opt.cli.studying import Workers, engine_options, study_options, studying
from regie_opt.insight.explain import Explainer, Wishes
from regie_opt.loading import InputError, Loaded, Problem, load_plan
from regie_opt.loading.problems import nearest, one_of, unknown
from regie_opt.report.explanation import explanation_report
from regie_opt.schema.explanation import Question
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership, ScenarioStamp
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.text import matching
from regie_opt.worth import complete_plan, today_plan
from regie_opt.worth.region import Region
from regie_opt.worth.today import Today


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path), metavar="SCENARIO")
@click.option("--partnership", metavar="ID_OR_NAME", help="Partnership of the proposal, or of today: why it ends.")
@click.option("--municipality", metavar="CODE_OR_NAME", help="Municipality; with --domain one cell of it.")
@click.option("--domain", "domains", multiple=True, metavar="KEY_OR_NAME", help="Domain of the question. Repeatable.")
@click.option("--cell", metavar="MUNICIPALITY:DOMAIN", help="One domain of one municipality.")
@click.option("--why-not", metavar="CODE_OR_NAME", help="Municipality that is not in --partnership: why not?")
@click.option("--plan", type=click.Path(path_type=Path), metavar="FILE", help="Plan to explain instead of the best.")
@click.option(
    "--alternatives",
    type=click.IntRange(0, 50),
    default=3,
    show_default=True,
    help="Other members and forms of which the rest of the plan is chosen anew, with proof.",
)
@click.option(
    "--range",
    "reach",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="How far weights are changed to find what would turn the answer, as a share of each; 0: not at all.",
)
@common_options(solves=True)
@study_options
def explain(
    workers: Workers,
    common: Common,
    scenario: Path,
    partnership: str | None,
    municipality: str | None,
    domains: tuple[str, ...],
    cell: str | None,
    why_not: str | None,
    plan: Path | None,
    alternatives: int,
    reach: float,
) -> None:
    """Say why, in numbers: what it gains, what the runner-up is, and what would have to change.

    Ask about a --partnership, a --municipality or a --cell; or why a municipality is not in a partnership:
    --why-not NAME --partnership NAME. Losses that hold the rest of the plan are called local; the others are
    best plans with proof.
    """
    if cell is not None:
        if municipality is not None or domains:
            msg = "--cell names a municipality and a domain: leave --municipality and --domain out"
            raise click.UsageError(msg)
        municipality, colon, one = cell.partition(":")
        if not colon or not one.strip() or not municipality.strip():
            msg = f"'{cell}' is not of the form MUNICIPALITY:DOMAIN"
            raise click.BadParameter(msg, param_hint="'--cell'")
        domains = (one,)
    if (partnership is None) == (municipality is None):
        msg = "ask about one thing: --partnership, --municipality or --cell"
        raise click.UsageError(msg)
    if why_not is not None and partnership is None:
        msg = "--why-not asks about a partnership: give --partnership too"
        raise click.UsageError(msg)
    loaded = load_scenario(scenario, common)
    asked = tuple(dict.fromkeys(_domain(loaded.scenario, given) for given in domains))
    code = (
        None if municipality is None else named(loaded.scenario, municipality, "--cell" if cell else "--municipality")
    )
    outsider = None if why_not is None else named(loaded.scenario, why_not, "--why-not")
    given = None if plan is None else complete_plan(loaded.scenario, load_plan(plan, loaded.scenario).partnerships)
    wishes = Wishes(alternatives, reach)
    with studying(common, workers, loaded) as study:
        explainer = Explainer(loaded.scenario, loaded.base, study, engine_options(common), wishes, given)
        proposed = explainer.situations.plan
        if code is not None:
            question = _about_municipality(loaded.scenario, proposed, code, asked)
        else:
            question = _about_partnership(loaded.scenario, proposed, partnership or "", outsider, asked)
        found = explainer.explain(question, _stamp(loaded))
    deliver(common, explanation_report(loaded.scenario, found, common.language), found)


def _stamp(loaded: Loaded) -> ScenarioStamp:
    scenario = loaded.scenario
    return ScenarioStamp(name=scenario.name, variant=scenario.variant, sha256=loaded.sha256, model=scenario.model)


def _domain(scenario: Scenario, given: str) -> str:
    """Key of a domain given by key or name in either language. Raises InputError with the nearest."""
    for key, domain in scenario.domains.items():
        if matching(given, (key, domain.name.nl, domain.name.en)):
            return key
    labels = {key: domain.name.nl for key, domain in scenario.domains.items()}
    raise InputError([Problem("--domain", (), unknown("domain", given, scenario.domains, labels))])


def _about_municipality(
    scenario: Scenario, plan: tuple[PlannedPartnership, ...], code: str, domains: tuple[str, ...]
) -> Question:
    if len(domains) > 1:
        msg = "a cell is one domain: give --domain once"
        raise click.UsageError(msg)
    if not domains:
        return Question(about="municipality", municipality=code)
    holder = next((q for q in plan if not q.beside and code in q.members and domains[0] in q.domains), None)
    fixed = scenario.domains[domains[0]].statutory or (holder is not None and _is_fixed(scenario, holder))
    return Question(about="cell", municipality=code, domains=domains, fixed=fixed)


def _about_partnership(
    scenario: Scenario,
    plan: tuple[PlannedPartnership, ...],
    given: str,
    outsider: str | None,
    asked: tuple[str, ...],
) -> Question:
    q, ends = _partnership(scenario, plan, given)
    work = tuple(domain for domain in q.domains if domain != UNKNOWN)
    for domain in asked:
        if domain not in work:
            message = f"'{q.name}' does not carry '{domain}', allowed: {one_of(work)}"
            raise InputError([Problem("--domain", (), message)])
    about = asked or work
    fixed = _is_fixed(scenario, q)
    if outsider is None:
        return Question(about="ended" if ends else "partnership", partnership=q, domains=about, fixed=fixed)
    if outsider in q.members:
        message = f"{scenario.municipalities[outsider].name} is a member of '{q.name}', allowed: one that is not"
        raise InputError([Problem("--why-not", (), message)])
    if not about:
        message = f"nobody recorded what '{q.name}' does, allowed: a partnership with known domains"
        raise InputError([Problem("--partnership", (), message)])
    return Question(about="why_not", partnership=q, municipality=outsider, domains=about, fixed=fixed or q.beside)


def _partnership(
    scenario: Scenario, plan: tuple[PlannedPartnership, ...], given: str
) -> tuple[PlannedPartnership, bool]:
    """A partnership of the plan by id or name, or one of today that ends. Raises InputError with the nearest."""
    going_on = {q.continues for q in plan}
    ending = [q for q in today_plan(scenario) if q.id not in going_on]
    for some, ends in ((plan, False), (ending, True)):
        for q in some:
            before = scenario.partnerships.get(q.continues or "")
            if matching(given, (q.id, q.name, *((before.name,) if before else ()))):
                return q, ends
    labels = {q.id: q.name for q in (*plan, *ending)}
    near = nearest(given, labels, labels)
    hint = f"; nearest: '{near}' ({labels[near]})" if near else ""
    listed = one_of(f"{key} ({name})" for key, name in labels.items())
    raise InputError([Problem("--partnership", (), f"unknown partnership '{given}'{hint}; allowed: {listed}")])


def _is_fixed(scenario: Scenario, q: PlannedPartnership) -> bool:
    today = Today(Region(scenario))
    return q.continues is not None and bool(today.fixed[today.index[q.continues]])
