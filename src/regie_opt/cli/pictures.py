"""Pictures of `inventory` on disk, and what may stand in their way."""

from pathlib import Path

import click
from shapely.geometry.base import BaseGeometry

from regie_opt.cli.develop import writing
from regie_opt.cli.options import Common
from regie_opt.insight.today import Network
from regie_opt.report.naming import Naming
from regie_opt.report.words import Words


def draw(common: Common, now: Network, folder: Path, polygons: dict[str, BaseGeometry]) -> None:
    """Write all pictures to the folder; say what is missing where the extra `figures` is not installed."""
    words = Words(common.language)
    try:
        from regie_opt.report.pictures.today import pictures
        from regie_opt.report.pictures.writing import write_pictures
    except ModuleNotFoundError as error:
        raise click.ClickException(words("error.figures", package=error.name)) from None
    specs = pictures(now, Naming(now.scenario, words), polygons)
    written = writing(folder, common, lambda: write_pictures(folder, specs, common.language))
    if not common.quiet:
        names = ", ".join(path.name for path in written)
        click.echo(words("pic.written", folder=folder, names=names), err=True)
