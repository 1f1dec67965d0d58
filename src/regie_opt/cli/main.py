"""The command `regie-opt`: its phases, and how every error ends."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import Any

import click

from regie_opt import __version__
from regie_opt.cli.alternatives import alternatives
from regie_opt.cli.compare import compare
from regie_opt.cli.develop import assess, export, solve
from regie_opt.cli.explain import explain
from regie_opt.cli.explore import init, schema, validate
from regie_opt.cli.importing import import_command
from regie_opt.cli.inventory import inventory
from regie_opt.cli.pareto import pareto
from regie_opt.cli.robust import robust
from regie_opt.cli.tune import tune
from regie_opt.schema.errors import RegieError

PHASES: dict[str, tuple[click.Command, ...]] = {
    "Explore (verkennen): what is there, and is it right": (init, import_command, validate, schema, inventory),
    "Develop (ontwikkelen): who with whom, in which form": (
        solve,
        assess,
        explain,
        compare,
        tune,
        alternatives,
        pareto,
        robust,
        export,
    ),
}


class RegieGroup(click.Group):
    """The group of commands; errors are told in one place, here."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, with `--debug` so that it may also come last on the line."""
        cmd.params.append(_debug_option())
        super().add_command(cmd, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by phase."""
        for phase, commands in PHASES.items():
            rows = [(str(command.name), command.get_short_help_str(80)) for command in commands]
            if rows:
                with formatter.section(phase):
                    formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit codes: 2 wrong input, 3 and 4 no plan (set by the error), 1 anything else."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(130)
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                _silence_stdout()
                ctx.exit(0)
            if ctx.find_root().meta.get(_DEBUG):
                traceback.print_exc()
            elif isinstance(error, RegieError):
                click.echo(str(error), err=True)
            else:
                reason = " ".join(str(error).split()) or "no further explanation"
                hint = "run it again with --debug to see where"
                click.echo(f"error: {type(error).__name__}: {reason} ({hint})", err=True)
            ctx.exit(error.exit_code if isinstance(error, RegieError) else 1)
        return result


_DEBUG = "regie_opt.debug"


def _debug_option() -> click.Option:
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


def _silence_stdout() -> None:
    """Nobody reads on (`| head`): let what is left go nowhere, without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=RegieGroup,
    params=[_debug_option()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="regie-opt")
def main() -> None:
    """Who should cooperate with whom, for which municipal task, in which lawful form.

    Results go to stdout, progress and messages to stderr. Exit codes: 0 done; 2 the input is wrong;
    3 no plan obeys the rules; 4 time ran out without a plan; 1 anything else.
    """


for _commands in PHASES.values():
    for _command in _commands:
        main.add_command(_command)

if __name__ == "__main__":
    main()
