"""One line for what cannot be written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from regie_opt.loading.csv_text import Language
from regie_opt.report.words import Words


@contextmanager
def writing_to(path: Path, language: Language) -> Iterator[None]:
    """Say in one line why something cannot be written to a file or folder."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(Words(language)("error.write", path=path, reason=reason)) from error
