"""Options and progress of the commands that solve many scenarios."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from regie_opt import engine
from regie_opt.cli.interrupt import STOPPED
from regie_opt.cli.options import Common
from regie_opt.cli.progress import SECONDS_BETWEEN_LINES, solver_silence
from regie_opt.loading import Loaded
from regie_opt.report.numbers import number
from regie_opt.report.words import Words
from regie_opt.study import Cluster, Crew, Lost, Notice, Processes, Store, Study, StudyProgress
from regie_opt.study.cluster import refused
from regie_opt.study.notices import Alone, NoAnswer, NobodyThere, Unkept, WorkersEnded

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Workers:
    """Who does the solves, and where their results are kept."""

    workers: int
    scheduler: str | None
    store: Path | None

    @property
    def crew(self) -> Crew:
        """Processes of this computer, or a cluster."""
        return Processes(self.workers) if self.scheduler is None else Cluster(self.scheduler)


def study_options(command: Callable[Concatenate[Workers, P], R]) -> Callable[P, R]:
    """Give a command the options of a study, as its first argument."""

    @wraps(command)
    def gathered(*args: P.args, **values: P.kwargs) -> R:
        given: dict[str, Any] = {name: values.pop(name) for name in Workers.__dataclass_fields__}
        return command(Workers(**given), *args, **values)

    with_options: Any = gathered
    for option in (
        click.option(
            "--store", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", envvar="REGIE_OPT_STORE",
            help="Folder that keeps results, so that no solve is done twice; by default one of the user.",
        ),
        click.option(
            "--scheduler", metavar="ADDRESS", callback=_scheduler,
            help="Scheduler of a Dask cluster that does the solves, such as tcp://10.0.0.5:8786.",
        ),
        click.option(
            "--workers", type=click.IntRange(min=1, max=256), default=_cores, envvar="REGIE_OPT_WORKERS",
            help="Processes of this computer that solve at the same time; by default as many as it has cores.",
        ),
    ):  # fmt: skip
        with_options = option(with_options)
    return with_options


def _scheduler(_context: click.Context, _parameter: click.Parameter, address: str | None) -> str | None:
    """Refuse what can be no scheduler before anything is read."""
    if address is not None and (reason := refused(address)) is not None:
        raise click.BadParameter(reason)
    return address


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def engine_options(common: Common) -> engine.Options:
    """How the engine solves, from the common options; the time limit is that of the whole command."""
    return engine.Options(solver=common.solver, gap=common.gap, seed=common.seed, threads=common.threads)


def located(conflict: engine.Infeasible, loaded: Loaded) -> engine.Infeasible:
    """Rules that no plan obeys, with the place where each is written."""
    return conflict.at([loaded.where(("rules", name)) for name in conflict.rules])


@contextmanager
def studying(common: Common, workers: Workers, loaded: Loaded | None = None) -> Iterator[Study]:
    """A study that tells its progress, what is kept when Ctrl-C ends it, and where rules that conflict are written."""
    words = Words(common.language)
    notices = _Notices(words)
    store = _store(workers.store, notices)
    with _told(words, quiet=common.quiet) as told, solver_silence():
        try:
            with Study(workers.crew, store, told, common.time_limit, notices) as study:
                try:
                    yield study
                finally:
                    is_kept = study.has_worked and not notices.is_unkept
        except Lost as lost:
            if not is_kept:
                raise
            msg = f"{lost}; what was done is kept: the same command goes on from there"
            raise Lost(msg) from None
        except engine.Infeasible as conflict:
            raise conflict if loaded is None else located(conflict, loaded) from None
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is ending already
            click.echo(words("study.stopped.unkept" if notices.is_unkept else "study.stopped"), err=True)
            sys.stderr.flush()
            os._exit(STOPPED)  # the solve that is going on in a thread would be waited for


def _store(folder: Path | None, told: "_Notices") -> Store | None:
    """The folder that keeps results; one that was asked for and cannot be written is refused before the first solve."""
    store = Store(folder)
    try:
        store.open()
    except OSError as error:
        if folder is None:
            told(Unkept(store.folder, error.strerror or str(error)))
            return None
        msg = f"results cannot be kept in '{folder}': {error.strerror}; allowed: a folder that can be written"
        raise click.BadParameter(msg, param_hint="'--store'") from None
    return store


class _Notices:
    """Lines of what happens to a study, each once; of a cluster without workers as often as it is told."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._said: set[str] = set()
        self.is_unkept = False
        """Whether some result was not kept."""

    def __call__(self, notice: Notice) -> None:
        line = self._line(notice)
        self.is_unkept |= isinstance(notice, Unkept)
        if line not in self._said or isinstance(notice, NobodyThere):
            self._said.add(line)
            click.echo(self._words("warning", text=line), err=True)

    def _line(self, notice: Notice) -> str:
        match notice:
            case Unkept(folder, reason):
                return self._words("study.unkept", folder=folder, reason=reason)
            case Alone(reason):
                return self._words("study.alone", reason=reason)
            case WorkersEnded():
                return self._words("study.workers_ended")
            case NobodyThere(address):
                return self._words("study.nobody", address=address)
            case NoAnswer():
                return self._words("study.no_answer")


@contextmanager
def _told(words: Words, *, quiet: bool) -> Iterator[Callable[[StudyProgress], None] | None]:
    """What a study tells: one live line in a terminal, a plain line now and then elsewhere."""
    if quiet:
        yield None
        return
    console = Console(stderr=True)
    if console.is_terminal:
        spinner = Spinner("dots")
        with Live(spinner, console=console, transient=True):
            yield lambda event: spinner.update(text=Text(_line(event, words), overflow="ellipsis", no_wrap=True))
        return
    shown_at = -SECONDS_BETWEEN_LINES

    def show(event: StudyProgress) -> None:
        nonlocal shown_at
        if event.seconds - shown_at >= SECONDS_BETWEEN_LINES:
            shown_at = event.seconds
            click.echo(_line(event, words), err=True)

    yield show


def _line(event: StudyProgress, words: Words) -> str:
    parts = [words("study.done", done=event.done, total=event.total, kept=event.kept)]
    parts.append(f"{number(event.seconds, 0, words.language)} s")
    if event.left is not None:
        parts.append(words("study.left", seconds=number(event.left, 0, words.language)))
    return "  ".join(parts)
