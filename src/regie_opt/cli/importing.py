"""The command that makes a scenario of what a region has: an Excel workbook, or official files."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from regie_opt.cli.unwritten import writing_to
from regie_opt.loading.csv_text import Language
from regie_opt.loading.workbook import import_workbook
from regie_opt.sources import (
    Files,
    Judgements,
    build,
    read_country,
    read_judgements,
    select,
    told,
    write_scenario,
)

Command = TypeVar("Command", bound=Callable[..., Any])

NEEDED = ("register", "iv3", "population", "boundaries", "select")
"""Options without which official files make no scenario."""
FURTHER = ("regions", "judgements", "name", "date", "force")
"""Options that are about official files only."""


def _file(name: str, text: str) -> Callable[[Command], Command]:
    return click.option(f"--{name}", type=click.Path(path_type=Path), metavar="FILE", help=text)


@click.command("import")
@click.argument("places", nargs=-1, type=click.Path(path_type=Path), metavar="[WORKBOOK] [DIR]")
@_file("register", "Export of the government register (ROO): XML.")
@_file("iv3", "Iv3 municipal finance: raw OData as CSV, one report.")
@_file("population", "Inhabitants: StatLine CSV, labelled or TypedDataSet.")
@_file("boundaries", "Boundaries of municipalities: GeoJSON in degrees.")
@_file("regions", "Divisions of the country: StatLine 'Gebieden in Nederland' CSV.")
@_file("judgements", "What you know better: domains, hosts, links by register id (YAML).")
@click.option(
    "--select",
    metavar="DIVISION=NAME",
    help="veiligheidsregio=Drenthe, another division of --regions, codes=GM0106,GM0109 or land=alle.",
)
@click.option("--name", help="Name of the scenario. Default: of the selection.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="In force on this day. Default: of the export.")
@click.option("--force", is_flag=True, help="Write over files that are in DIR.")
@click.option("--lang", "language", type=click.Choice(["nl", "en"]), default="nl", help="Of the doubts.  [default: nl]")
@click.option("--quiet", is_flag=True, help="Do not tell the doubts on the screen.")
def import_command(places: tuple[Path, ...], language: Language, quiet: bool, **official: Any) -> None:
    """Make a scenario from an Excel workbook, or from official files.

    `import WORKBOOK [DIR]` reads a workbook of `init --xlsx` (DIR: its name without .xlsx). Everything that is wrong
    is told at once, with sheet and cell; nothing is written then, and nothing is written over.

    `import --register F --iv3 F --population F --boundaries F --select DIVISION=NAME DIR` builds a region. Every
    arrangement of the register is taken, lapsed, outside the region or reported with the reason; every doubt is in
    DIR/import-report.csv, and what the register says of every member in DIR/register.csv.
    """
    if any(official[name] for name in (*NEEDED, *FURTHER)):
        _from_official_files(places, official, language, quiet=quiet)
    else:
        _from_workbook(places, language, quiet=quiet)


def _from_workbook(places: tuple[Path, ...], language: Language, *, quiet: bool) -> None:
    if not 1 <= len(places) <= 2:
        msg = "give a WORKBOOK and the folder to write to, or the official files (see --help)"
        raise click.UsageError(msg)
    workbook = places[0]
    folder = places[1] if len(places) > 1 else workbook.with_suffix("")
    if folder == workbook:
        msg = f"'{workbook}' has no suffix: give the folder to write to as well"
        raise click.UsageError(msg)
    with writing_to(folder, language):
        loaded = import_workbook(workbook, folder)
    if not quiet:
        for warning in dict.fromkeys(str(warning) for one in loaded for warning in one.warnings):
            click.echo(f"warning: {warning}", err=True)
    _done([folder / file for file in ("scenario.yaml", "region.yaml", "inventory.yaml")])


def _from_official_files(places: tuple[Path, ...], given: dict[str, Any], language: Language, *, quiet: bool) -> None:
    missing = [f"--{name}" for name in NEEDED if not given[name]]
    if missing or len(places) != 1:
        msg = f"missing {', '.join(missing)}" if missing else "give one DIR to write to"
        raise click.UsageError(msg)
    (folder,) = places
    judged = read_judgements(given["judgements"]) if given["judgements"] is not None else Judgements()
    country = read_country(Files(**{field.name: given[field.name] for field in fields(Files)}))
    day: datetime | None = given["date"]
    on = day.date() if day is not None else country.register.of
    if on is None:
        msg = "the export has no date (timestamp): give --date"
        raise click.UsageError(msg)
    selection = select(country, given["select"], on, given["name"])
    built = build(country, selection, judged, on)
    with writing_to(folder, language):
        written = write_scenario(built, folder, language, force=given["force"])
    if not quiet:
        for line in told(built, folder, language):
            click.echo(line, err=True)
    _done(written)


def _done(written: list[Path]) -> None:
    scenario = next(path for path in written if path.name == "scenario.yaml")
    click.echo(f"{', '.join(map(str, written))} written.")
    click.echo(f"Next: regie-opt validate {scenario}, then regie-opt solve {scenario}.")
