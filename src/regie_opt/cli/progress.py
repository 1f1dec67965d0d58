"""Progress of a solve on stderr: one live line in a terminal, a plain line now and then elsewhere."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from regie_opt.engine import Progress
from regie_opt.report.certificate import gap_decimals
from regie_opt.report.numbers import Language, number, percent
from regie_opt.report.words import Words

SECONDS_BETWEEN_LINES = 2.0

Report = Callable[[Progress], None]


@contextmanager
def progress(language: Language, *, quiet: bool) -> Iterator[Report | None]:
    """Give a function to call with each report of the engine; None where nobody wants to see any."""
    if quiet:
        yield None
        return
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain_lines(Words(language))
        return
    words = Words(language)
    spinner = Spinner("dots")
    with Live(spinner, console=console, transient=True):
        yield lambda event: spinner.update(text=Text(line(event, words), overflow="ellipsis", no_wrap=True))


@contextmanager
def solver_silence() -> Iterator[None]:
    """Keep what solver libraries print by themselves out of the results.

    HiGHS writes a banner to the process's stdout when it is made, before it can be told not to.
    """
    sys.stdout.flush()
    results = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(results, 1)
        os.close(results)
        os.close(nowhere)


def line(event: Progress, words: Words) -> str:
    """One line with what is known so far."""
    language = words.language
    parts = [f"{number(event.seconds, 1, language)} s", words.term("phase", event.phase)]
    if event.value is not None:
        parts.append(words("progress.value", value=number(event.value, 6, language)))
    if event.bound is not None:
        parts.append(words("progress.bound", bound=number(event.bound, 6, language)))
    if event.gap is not None:
        parts.append(words("progress.gap", gap=percent(event.gap, gap_decimals(event.gap), language)))
    if event.left is not None:
        parts.append(words("progress.left", seconds=number(event.left, 0, language)))
    if event.columns:
        parts.append(words("progress.columns", count=event.columns))
    return "  ".join(parts)


def _plain_lines(words: Words) -> Report:
    shown_at = -SECONDS_BETWEEN_LINES

    def show(event: Progress) -> None:
        nonlocal shown_at
        if event.seconds - shown_at >= SECONDS_BETWEEN_LINES:
            shown_at = event.seconds
            click.echo(line(event, words), err=True)

    return show
