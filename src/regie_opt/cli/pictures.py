"""Pictures on disk, and what may stand in their way."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from regie_opt.cli.develop import writing
from regie_opt.cli.options import Common
from regie_opt.report.naming import Naming
from regie_opt.report.words import Words
from regie_opt.schema.scenario import Scenario


def draw(common: Common, scenario: Scenario, folder: Path, make: Callable[[Naming], Mapping[str, Any]]) -> None:
    """Write the pictures that `make` gives; say what is missing where the extra `figures` is not installed."""
    words = Words(common.language)
    try:
        from regie_opt.report.pictures.writing import write_pictures

        specs = make(Naming(scenario, words))
    except ModuleNotFoundError as error:
        raise click.ClickException(words("error.figures", package=error.name)) from None
    written = writing(folder, common, lambda: write_pictures(folder, specs, common.language))
    if not common.quiet:
        names = ", ".join(path.name for path in written)
        click.echo(words("pic.written", folder=folder, names=names), err=True)
