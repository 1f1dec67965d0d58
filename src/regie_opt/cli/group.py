"""The group of commands: each is imported when it is asked for, and its errors are told in one place."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

import click

from regie_opt.cli.interrupt import STOPPED, ending_at_once
from regie_opt.cli.streams import lasting_streams
from regie_opt.schema.errors import RegieError

_DEBUG = "regie_opt.debug"


class Entry(NamedTuple):
    """A command by where it is, and what the list of commands says of it."""

    module: str
    attribute: str
    says: str


class RegieGroup(click.Group):
    """Commands by phase."""

    def __init__(self, *args: Any, phases: Mapping[str, Mapping[str, Entry]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phases = phases or {}

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, with `--debug` so that it may also come last on the line."""
        cmd.params.append(debug_option())
        super().add_command(cmd, name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the phases."""
        return list(dict.fromkeys([*(name for entries in self.phases.values() for name in entries), *self.commands]))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command; what it needs is imported now."""
        entry = next((entries[cmd_name] for entries in self.phases.values() if cmd_name in entries), None)
        if entry is not None and cmd_name not in self.commands:
            with ending_at_once():
                self.add_command(getattr(import_module(entry.module), entry.attribute), cmd_name)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by phase."""
        for phase, entries in self.phases.items():
            with formatter.section(phase):
                formatter.write_dl([(name, entry.says) for name, entry in entries.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command and end the program; what could not be printed is told."""
        _name_the_program(self)
        with lasting_streams() as results:
            try:
                return super().main(*args, **kwargs)
            except SystemExit as ended:
                sys.stdout.flush()
                if ended.code or results is None or results.reason is None:
                    raise
                click.echo(f"error: the results cannot be printed: {results.reason}", err=True)
                raise SystemExit(1) from None

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the line of options."""
        with ending_at_once():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit codes: 2 wrong input, 3 and 4 no plan (set by the error), 1 anything else."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(STOPPED)
        except Exception as error:
            if ctx.find_root().meta.get(_DEBUG):
                traceback.print_exc()
            elif isinstance(error, RegieError):
                click.echo(str(error), err=True)
            else:
                reason = " ".join(str(error).split()) or "no further explanation"
                hint = "run it again with --debug to see where"
                click.echo(f"error: {type(error).__name__}: {reason} ({hint})", err=True)
            ctx.exit(error.exit_code if isinstance(error, RegieError) else 1)


def debug_option() -> click.Option:
    """The option `--debug`, of the group and of each command."""

    def remember(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value:
            ctx.find_root().meta[_DEBUG] = True

    return click.Option(
        ["--debug"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=remember,
        help="Show the traceback of an error.",
    )


def _name_the_program(group: click.Group) -> None:
    """Tell `multiprocessing` that a script which only calls the group is the package.

    Worker processes import the script that began, and one without `if __name__ == "__main__"` would run it again.
    """
    script, package = sys.modules["__main__"], sys.modules.get("regie_opt.__main__")
    called = getattr(script, "main", None)
    if script.__spec__ is None and called is not None and called in (group, getattr(package, "main", None)):
        script.__spec__ = find_spec("regie_opt.__main__")
