"""The command that reads a workbook."""

from pathlib import Path

import click

from regie_opt.loading.workbook import import_workbook


@click.command("import")
@click.argument("workbook", type=click.Path(path_type=Path), metavar="WORKBOOK")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def import_(workbook: Path, folder: Path) -> None:
    """Make the files of a scenario in DIR from an Excel workbook (see `init --xlsx`).

    Everything that is wrong is told at once, with sheet and cell; nothing is written then. Existing files are
    never overwritten.
    """
    loaded = import_workbook(workbook, folder)
    for warning in dict.fromkeys(str(warning) for one in loaded for warning in one.warnings):
        click.echo(f"warning: {warning}", err=True)
    scenario = loaded[0].files[0]
    click.echo(
        f"{', '.join(str(folder / file) for file in ('scenario.yaml', 'region.yaml', 'inventory.yaml'))} written."
    )
    click.echo(f"Next: regie-opt validate {scenario}, then regie-opt solve {scenario}.")
