"""The list of commands is there at once, and what a command needs is imported when it is asked for."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from regie_opt.cli.main import PHASES, main

HEAVY = (
    "altair", "distributed", "highspy", "networkx", "numpy", "openpyxl", "platformdirs", "pulp", "pydantic", "rich",
    "ruamel", "scipy", "shapely", "tabulate", "vl_convert",
)  # fmt: skip


def imported(*arguments: str) -> set[str]:
    """Modules that a process holds when it ends that was asked for this."""
    script = (
        "import atexit, json, sys; from regie_opt.__main__ import main; "
        "atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr)); main()"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr))


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"]])
def test_help_and_version_import_no_library_that_solves_reads_or_draws(arguments):
    names = {name.partition(".")[0] for name in imported(*arguments)}
    assert names.isdisjoint(HEAVY)


def test_the_list_says_of_each_command_what_the_command_says_of_itself():
    context = click.Context(main)
    for entries in PHASES.values():
        for name, entry in entries.items():
            command = main.get_command(context, name)
            assert command is not None
            assert command.name == name
            assert entry.says == command.get_short_help_str(80)


def test_commands_are_listed_in_the_order_of_the_phases():
    names = [name for entries in PHASES.values() for name in entries]
    assert main.list_commands(click.Context(main)) == names
    shown = main.get_help(click.Context(main))
    assert [
        line.split()[0] for line in shown.splitlines() if line.startswith("  ") and line.split()[0] in names
    ] == names


@pytest.mark.parametrize("module", ["regie_opt.__main__", pytest.param("regie_opt.cli.main", marks=pytest.mark.slow)])
def test_a_script_that_only_calls_the_program_is_not_run_again_by_its_workers(module, tmp_path):
    """One without `if __name__ == "__main__"` would start the study anew in each of them."""
    scenario = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"
    script = tmp_path / "launch"
    script.write_text(f"import sys\nfrom {module} import main\nsys.exit(main())\n", encoding="utf-8")
    command = [sys.executable, script, "compare", scenario, "--quiet", "--workers", "2", "--store", tmp_path / "s"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Leerstad")
