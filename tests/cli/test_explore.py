import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from regie_opt.cli.main import RegieGroup, main
from regie_opt.loading import load_all
from regie_opt.schema.errors import RegieError

GOOD = Path(__file__).parents[1] / "wrong" / "good"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small good scenario, as the current folder."""
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_valid_scenario_is_summed_up_in_one_line() -> None:
    assert run("validate", "scenario.yaml") == (
        "Proef: valid; 3 municipalities, 4 domains, 5 forms, 4 partnerships (1 frozen), 3 rules, 2 variants\n"
    )


def test_summary_names_the_variant() -> None:
    assert run("validate", "scenario.yaml", "--variant", "licht").startswith("Proef, variant licht: valid;")


def test_summary_for_programs() -> None:
    facts = json.loads(run("validate", "scenario.yaml", "--format", "json"))
    assert facts["municipalities"] == 3
    assert len(facts["sha256"]) == 64


@pytest.mark.parametrize(
    ("chosen", "line"),
    [
        ("table", "municipalities.C3.population"),
        ("csv", "municipalities.C3.population,15000,region.yaml:15:17"),
        ("markdown", "| municipalities.C3.population"),
    ],
)
def test_resolved_values_come_with_their_origin(chosen: str, line: str) -> None:
    lines = run("validate", "scenario.yaml", "--resolved", "--format", chosen).splitlines()
    assert len([found for found in lines if found.startswith(line) and "region.yaml:15:17" in found]) == 1


def test_resolved_values_as_json_go_to_a_file() -> None:
    out = run("validate", "scenario.yaml", "--resolved", "--format", "json", "-o", "all.json")
    assert out == ""
    entries = json.loads(Path("all.json").read_text(encoding="utf-8"))
    assert {"path": "rules.stappen.number", "value": 3, "origin": "scenario.yaml:12:13"} in entries


def test_the_name_of_a_file_says_what_is_written_to_it() -> None:
    run("validate", "scenario.yaml", "-o", "facts.json")
    assert json.loads(Path("facts.json").read_text(encoding="utf-8"))["municipalities"] == 3
    run("validate", "scenario.yaml", "--format", "json", "-o", "facts.csv")
    assert Path("facts.csv").read_text(encoding="utf-8").startswith("item,value\n")
    run("validate", "scenario.yaml", "--format", "json", "-o", "facts")
    assert json.loads(Path("facts").read_text(encoding="utf-8"))["municipalities"] == 3


def test_a_workbook_is_no_output_of_validate() -> None:
    result = CliRunner().invoke(main, ["validate", "scenario.yaml", "-o", "facts.xlsx"])
    assert result.exit_code == 2
    assert "found '.xlsx', allowed: .json" in result.stderr
    assert not Path("facts.xlsx").exists()


def test_file_that_cannot_be_written_is_said_plainly() -> None:
    result = CliRunner().invoke(main, ["validate", "scenario.yaml", "-o", "nowhere/all.txt"])
    assert result.exit_code == 1
    assert result.stderr == "Error: Cannot write nowhere/all.txt: No such file or directory\n"


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("init", "region.yaml/nieuw"), "region.yaml/nieuw"),
        (("init", "--xlsx", "region.yaml/nieuw.xlsx"), "region.yaml/nieuw.xlsx"),
        (("schema", "-o", "region.yaml/all"), "region.yaml/all"),
    ],
)
def test_folder_that_cannot_be_made_is_said_plainly(arguments: tuple[str, ...], path: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: Cannot write {path}: ")
    assert result.stderr.count("\n") == 1


def test_warnings_go_to_stderr(folder: Path) -> None:
    text = (folder / "inventory.yaml").read_text(encoding="utf-8").replace("2016-", "2999-")
    (folder / "inventory.yaml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["validate", "scenario.yaml"])
    assert result.exit_code == 0
    assert result.stderr.startswith("warning: inventory.yaml:14:12: ")
    assert len(result.stderr.splitlines()) == 1


def test_init_writes_a_scenario_that_is_valid() -> None:
    run("init", "nieuw", "--name", 'De "regio": #1')
    names = {path.name for path in Path("nieuw").iterdir()}
    assert names == {"scenario.yaml", "region.yaml", "inventory.yaml", "schemas"}
    loaded = load_all(Path("nieuw/scenario.yaml"))
    assert loaded[0].scenario.name == 'De "regio": #1'
    assert len(loaded[0].scenario.municipalities) == 5
    assert loaded[0].warnings == ()
    for path in Path("nieuw").glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert (path.parent / first.partition("$schema=")[2]).is_file()


def test_init_never_overwrites() -> None:
    before = Path("region.yaml").read_bytes()
    result = CliRunner().invoke(main, ["init", "."])
    assert result.exit_code == 2
    assert "region.yaml: exists already" in result.stderr
    assert Path("region.yaml").read_bytes() == before
    assert not Path("schemas").exists()


def test_schemas_are_listed_printed_and_written() -> None:
    assert "scenario" in run("schema").splitlines()
    assert json.loads(run("schema", "region"))["title"] == "RegionFile"
    run("schema", "-o", "all")
    assert Path("all/plan.schema.json").is_file()
    result = CliRunner().invoke(main, ["schema", "regio"])
    assert result.exit_code == 2


# How errors end


def failing(error: BaseException) -> click.Group:
    group = RegieGroup("regie-opt", params=list(main.params))

    @group.command()
    def fail() -> None:
        raise error

    return group


class NoPlanError(RegieError):
    exit_code = 3


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (NoPlanError("the rules conflict"), 3, "the rules conflict\n"),
        (
            ZeroDivisionError("by\nzero"),
            1,
            "error: ZeroDivisionError: by zero (run it again with --debug to see where)\n",
        ),
        (KeyboardInterrupt(), 130, "stopped\n"),
    ],
)
def test_error_ends_in_one_line_and_its_exit_code(error: BaseException, code: int, said: str) -> None:
    result = CliRunner().invoke(failing(error), ["fail"])
    assert result.exit_code == code
    assert result.stderr == said


@pytest.mark.parametrize("arguments", [["--debug", "fail"], ["fail", "--debug"]])
def test_debug_shows_the_traceback_before_or_after_the_command(arguments: list[str]) -> None:
    result = CliRunner().invoke(failing(ZeroDivisionError("by zero")), arguments)
    assert result.exit_code == 1
    assert "Traceback" in result.stderr


def test_reader_that_stops_reading_is_no_error() -> None:
    command = [sys.executable, "-m", "regie_opt.cli.main", "validate", "scenario.yaml", "--resolved"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_usage_error_is_exit_2() -> None:
    assert CliRunner().invoke(main, ["validate"]).exit_code == 2
    assert CliRunner().invoke(main, ["valdate", "x"]).exit_code == 2
