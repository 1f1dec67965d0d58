"""The command of the explore phase that shows what there is today, and what stands out in it."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from shapely.geometry.base import BaseGeometry

from regie_opt.cli.develop import deliver, load_scenario
from regie_opt.cli.options import Common, common_options
from regie_opt.cli.pictures import draw
from regie_opt.loading import InputError, Problem, load
from regie_opt.loading.problems import hint, one_of
from regie_opt.report.inventory import overview_report
from regie_opt.report.naming import Naming
from regie_opt.report.table import Text
from regie_opt.report.words import Words
from regie_opt.schema.overview import Finding
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.text import matching
from regie_opt.sources.boundaries import doubtful_outlines, read_polygons

if TYPE_CHECKING:
    from regie_opt.insight.today import Network


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path), metavar="SCENARIO")
@click.option("--municipality", metavar="CODE_OR_NAME", help="Show one municipality instead of the region.")
@click.option("--compare", type=click.Path(path_type=Path), metavar="SCENARIO", help="Compare with another list.")
@click.option("--compare-municipality", metavar="CODE_OR_NAME", help="Whose list the other one is.")
@click.option(
    "--figures", type=click.Path(path_type=Path), metavar="DIR", help="Folder to write pictures of the region to."
)
@click.option("--boundaries", type=click.Path(path_type=Path), metavar="GEOJSON", help="Polygons for the map.")
@common_options(solves=False)
def inventory(
    common: Common,
    scenario: Path,
    municipality: str | None,
    compare: Path | None,
    compare_municipality: str | None,
    figures: Path | None,
    boundaries: Path | None,
) -> None:
    """Show today's cooperation: what it asks and yields, and where it can be better.

    Every partnership with hours by role, contribution and yield; totals per municipality, person and month; beside
    national figures; and the patterns in it, each with its reason and rule of thumb. With --compare two lists are
    laid beside each other; with --figures pictures are written as SVG, PNG and HTML.
    """
    if boundaries is not None and figures is None:
        msg = "--boundaries is for the map: give --figures DIR too"
        raise click.UsageError(msg)
    if compare_municipality is not None and compare is None:
        msg = "--compare-municipality says whose list the other is: give --compare SCENARIO too"
        raise click.UsageError(msg)
    from regie_opt.insight.lists import InventoryList, mismatches  # networkx takes a while to load
    from regie_opt.insight.overview import overview
    from regie_opt.insight.today import Network

    loaded = load_scenario(scenario, common)
    polygons = {} if boundaries is None else read_polygons(boundaries, loaded.scenario.municipalities)
    if not common.quiet:
        words = Words(common.language)
        for place, doubt in doubtful_outlines(polygons):
            said = f"{boundaries}: {place}: {doubt.text(common.language)}"
            click.echo(words("warning", text=said), err=True)
    code = None if municipality is None else named(loaded.scenario, municipality)
    now = Network(loaded.scenario, loaded.base)
    result = overview(now, loaded.sha256, code)
    note = None
    if compare is not None:
        other = load(compare).scenario
        if not set(other.municipalities) & set(loaded.scenario.municipalities):
            message = "has no municipality of this scenario, allowed: a list of some of the same municipalities"
            raise InputError([Problem(f"--compare {compare}", (), message)])
        whose = None if compare_municipality is None else named(other, compare_municipality, "--compare-municipality")
        here, there = InventoryList(loaded.scenario, code), InventoryList(other, whose)
        differences = tuple(mismatches(here, there, now.rules))
        result = result.model_copy(update={"compared_with": other.name, "findings": (*result.findings, *differences)})
        note = _compared(
            Words(common.language), (here.scenario, here.owners), (there.scenario, there.owners), differences
        )
    if figures is not None:
        draw(common, now.scenario, figures, lambda naming: _pictures(now, naming, polygons))
    deliver(
        common,
        overview_report(loaded.scenario, result, common.language, note),
        result,
        overview_report(loaded.scenario, result, common.language, note, complete=True),
    )


def _pictures(now: "Network", naming: Naming, polygons: dict[str, BaseGeometry]) -> Mapping[str, Any]:
    """The pictures of today's network; they need an extra, so it is asked for here."""
    from regie_opt.report.pictures.today import pictures

    return pictures(now, naming, polygons)


def named(scenario: Scenario, given: str, option: str = "--municipality") -> str:
    """Code of a municipality given by code or name. Raises InputError with the nearest."""
    labels = {code: place.name for code, place in scenario.municipalities.items()}
    found = matching(given, labels, codes=True) or [c for c, label in labels.items() if matching(given, (label,))]
    if not found:
        allowed = f"{one_of(labels.values())}, or their codes"
        message = f"unknown municipality '{given}'{hint(given, tuple(labels), labels)}; allowed: {allowed}"
        raise InputError([Problem(option, (), message)])
    if len(found) > 1:
        message = f"found '{given}', which may be {' or '.join(found)}, allowed: one of these codes"
        raise InputError([Problem(option, (), message)])
    return found[0]


def _compared(
    words: Words,
    here: tuple[Scenario, Collection[str]],
    there: tuple[Scenario, Collection[str]],
    found: Sequence[Finding],
) -> Text:
    """Whose lists were laid beside each other, and how."""
    ours, theirs = (Naming(scenario, words).members(owners) for scenario, owners in (here, there))
    lines = [words("inv.compared.how", ours=ours, theirs=theirs)]
    if not found:
        lines.append(words("inv.compared.same"))
    return Text(words("inv.compared", name=there[0].name), tuple(lines))
