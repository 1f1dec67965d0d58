"""The command that builds a scenario from official files."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

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


def _file(name: str, text: str, *, required: bool = True) -> Callable[[Command], Command]:
    return click.option(f"--{name}", type=click.Path(path_type=Path), required=required, metavar="FILE", help=text)


@click.command("import")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@_file("register", "Export of the government register (ROO): XML.")
@_file("iv3", "Iv3 municipal finance: raw OData as CSV, one report.")
@_file("population", "Inhabitants: StatLine CSV, labelled or TypedDataSet.")
@_file("boundaries", "Boundaries of municipalities: GeoJSON in degrees.")
@_file("regions", "Divisions of the country: StatLine 'Gebieden in Nederland' CSV.", required=False)
@_file("judgements", "What you know better: domains, hosts, links by register id (YAML).", required=False)
@click.option(
    "--select",
    "wanted",
    required=True,
    metavar="DIVISION=NAME",
    help="veiligheidsregio=Drenthe, another division of --regions, codes=GM0106,GM0109 or land=alle.",
)
@click.option("--name", help="Name of the scenario. Default: of the selection.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="In force on this day. Default: of the export.")
@click.option("--force", is_flag=True, help="Write over files that are in DIR.")
@click.option("--lang", "language", type=click.Choice(["nl", "en"]), default="nl", show_default=True)
@click.option("--quiet", is_flag=True, help="Do not tell the doubts on the screen.")
def import_command(
    folder: Path,
    register: Path,
    iv3: Path,
    population: Path,
    boundaries: Path,
    regions: Path | None,
    judgements: Path | None,
    wanted: str,
    name: str | None,
    day: datetime | None,
    force: bool,
    language: str,
    quiet: bool,
) -> None:
    """Build a scenario in DIR from official files.

    Every arrangement of the register is taken, lapsed, outside the region or reported with the reason; every doubt is
    in import-report.csv.
    """
    judged = read_judgements(judgements) if judgements is not None else Judgements()
    country = read_country(Files(register, iv3, population, boundaries, regions))
    on = day.date() if day is not None else country.register.of
    if on is None:
        msg = "the export has no date (timestamp): give --date"
        raise click.UsageError(msg)
    selection = select(country, wanted, on, name)
    built = build(country, selection, judged, on)
    written = write_scenario(built, folder, language, force=force)
    if not quiet:
        for line in told(built, folder, language):
            click.echo(line, err=True)
    click.echo(f"{', '.join(map(str, written))} written.")
    click.echo(f"Next: regie-opt validate {folder / 'scenario.yaml'}.")
