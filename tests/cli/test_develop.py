"""The develop commands against an engine, a loader and a worth that are stand-ins."""

import json
import os
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from regie_opt import engine
from regie_opt.cli import develop
from regie_opt.cli import progress as progress_module
from regie_opt.cli.progress import progress, solver_silence
from regie_opt.engine import ExportSummary, Progress, Solution
from regie_opt.loading import InputError
from regie_opt.report.words import Words
from regie_opt.schema.plan import Assessment, CheckedAssessment, PlanFile
from regie_opt.schema.scenario import Scenario

_SPEC = spec_from_file_location(
    "region_of_five", Path(__file__).parents[1] / "report" / "conftest.py"
)  # the region that the tests of the reports use
assert _SPEC is not None
assert _SPEC.loader is not None
region = module_from_spec(_SPEC)
_SPEC.loader.exec_module(region)

scenario = region.scenario
partnerships = region.partnerships
certificate = region.certificate
solution = region.solution
today = region.today
proposed = region.proposed


@dataclass
class Calls:
    """What the commands passed on."""

    load: dict[str, Any] | None = None
    options: engine.Options | None = None
    progress: bool | None = None
    assessed: tuple[Any, ...] = ()


@pytest.fixture
def calls(
    monkeypatch: pytest.MonkeyPatch,
    scenario: Scenario,
    solution: Solution,
    today: Assessment,
    proposed: Assessment,
) -> Calls:
    made = Calls()

    def load(path, *, variant=None, sets=()):
        made.load = {"path": path, "variant": variant, "sets": tuple(sets)}
        resolved = scenario.model_copy(update={"variant": variant})
        return SimpleNamespace(scenario=resolved, base=scenario, sha256="abc123", warnings=("regel 3: vreemd",))

    def solve(_scenario, _base, options, report):
        made.options, made.progress = options, report is not None
        if report is not None:
            for second in (0.0, 0.5, 1.9, 2.1, 3.0, 4.5):
                report(Progress("columns", second, 0.4, 0.5, 0.02, 1234))
        return solution

    def judge(_scenario, _base, partnerships):
        made.assessed = (*made.assessed, tuple(partnerships))
        return proposed if "plan" in partnerships else today

    def export_programme(_scenario, _base, path):
        Path(path).write_text("NAME\n", encoding="utf-8")
        return ExportSummary(columns=12345, rows=678, constant=0.1 + 0.2, scale=1000.0)

    monkeypatch.setattr(develop, "load", load)
    monkeypatch.setattr(develop, "load_plan", lambda _path, _scenario: PlanFile(partnerships=()))
    monkeypatch.setattr(develop, "complete_plan", lambda _scenario, _plan: ("plan",))
    monkeypatch.setattr(develop, "today_plan", lambda _scenario: ("today",))
    monkeypatch.setattr(develop, "judge", judge)
    monkeypatch.setattr(engine, "solve", solve)
    monkeypatch.setattr(engine, "Obeying", lambda _worth: SimpleNamespace(breaches=lambda _plan: ()))
    monkeypatch.setattr(engine, "export_programme", export_programme)
    return made


def run(command, *args):
    return CliRunner().invoke(command, [str(arg) for arg in args])


def test_solve_prints_the_report_on_stdout_and_progress_on_stderr(calls):
    result = run(develop.solve, "s.yaml")
    assert result.exit_code == 0, result.output
    assert "Het voorstel" in result.stdout
    assert "Bewezen optimaal" in result.stdout
    assert "kolommen" not in result.stdout
    assert "1.234 kolommen" in result.stderr
    assert "let op: regel 3: vreemd" in result.stderr


def test_progress_outside_a_terminal_is_a_line_every_two_seconds(calls):
    lines = [line for line in run(develop.solve, "s.yaml").stderr.splitlines() if "kolommen" in line]
    assert [line.split(" ")[0] for line in lines] == ["0,0", "2,1", "4,5"]


def test_quiet_leaves_stderr_empty(calls):
    result = run(develop.solve, "s.yaml", "--quiet")
    assert result.stderr == ""
    assert calls.progress is False


def test_progress_in_a_terminal_is_a_live_line(monkeypatch, capsys):
    terminal = progress_module.Console

    monkeypatch.setattr(progress_module, "Console", lambda **given: terminal(**given, force_terminal=True, width=100))
    with progress("en", quiet=False) as report:
        assert report is not None
        report(Progress("columns", 1.25, None, 0.5, None, 0))
    captured = capsys.readouterr()
    assert "bound 0.500000" in captured.err
    assert captured.out == ""


def test_progress_says_only_what_is_known():
    text = progress_module.line(Progress("candidates", 0.25, None, None, None, 0), Words("en"))
    assert text.startswith("0.2 s")
    assert "value" not in text
    assert "gap" not in text
    assert "left" not in text


def test_progress_says_value_bound_gap_and_how_long_it_can_still_take():
    event = Progress("proof", 12.25, 2.5, 2.6, 0.02, 1234, 47.75)
    text = progress_module.line(event, Words("en"))
    assert text == "12.2 s  proof  value 2.500000  bound 2.600000  gap 2.00%  at most 48 s left  1,234 columns"
    assert "nog hooguit 48 s" in progress_module.line(event, Words("nl"))


def test_options_reach_loader_and_engine(calls):
    result = run(
        develop.solve, "s.yaml", "--set", "a.b=1", "--set", "c=2", "--variant", "zuinig", "--solver", "cbc",
        "--gap", "0.01", "--time-limit", "5", "--seed", "7", "--threads", "2", "--lang", "en",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert calls.load == {"path": Path("s.yaml"), "variant": "zuinig", "sets": ("a.b=1", "c=2")}
    assert calls.options == engine.Options(solver="cbc", gap=0.01, time_limit=5.0, seed=7, threads=2)
    assert "The proposal" in result.stdout
    assert "Variant: zuinig" in result.stdout


@pytest.mark.parametrize(
    "wrong",
    [
        ("--gap", "-1"),
        ("--gap", "nan"),
        ("--time-limit", "0"),
        ("--time-limit", "nan"),
        ("--seed", "-1"),
        ("--threads", "0"),
        ("--solver", "gurobi"),
        ("--lang", "fr"),
        ("--format", "xml"),
        ("--set", "no-equals-sign"),
        ("--set", "=2"),
        ("-o", "no/such/folder/plan.json"),
    ],
)
def test_a_wrong_option_value_is_refused_before_anything_is_loaded(calls, wrong):
    result = run(develop.solve, "s.yaml", *wrong)
    assert result.exit_code == 2
    assert wrong[0] in result.stderr
    assert calls.load is None


def test_solve_writes_the_plan_and_still_prints_the_report(calls, tmp_path):
    path = tmp_path / "plan.json"
    result = run(develop.solve, "s.yaml", "-o", path)
    assert "Het voorstel" in result.stdout
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["schema"] == "regie-opt/plan/1"
    assert data["scenario"]["sha256"] == "abc123"
    assert {p["origin"] for p in data["partnerships"]} == {"new", "kept", "changed", "frozen"}


@pytest.mark.parametrize(
    ("name", "begins"),
    [("r.md", "# Vijfstromenland"), ("r.csv", "\ufeffVijfstromenland\n"), ("r.txt", "Vijfstromenland\n==")],
)
def test_the_name_of_the_output_file_chooses_its_format(calls, tmp_path, name, begins):
    path = tmp_path / name
    assert run(develop.solve, "s.yaml", "-o", path).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith(begins)


def test_json_on_stdout_is_the_plan_and_nothing_else(calls):
    result = run(develop.solve, "s.yaml", "--format", "json")
    assert json.loads(result.stdout)["status"] == "optimal"


def test_the_same_run_writes_the_same_bytes(calls, tmp_path):
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    run(develop.solve, "s.yaml", "-o", one)
    run(develop.solve, "s.yaml", "-o", two)
    assert one.read_bytes() == two.read_bytes()


def test_a_file_that_cannot_be_written_is_named_in_one_line(calls, tmp_path, monkeypatch):
    def refuse(_path, _text):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(develop, "write_text", refuse)
    path = tmp_path / "plan.json"
    result = run(develop.solve, "s.yaml", "-o", path, "--quiet")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert str(path) in result.stderr
    assert "Permission denied" in result.stderr


def test_what_a_solver_library_prints_stays_out_of_the_results(capfd):
    with solver_silence():
        os.write(1, b"Running HiGHS")
    os.write(1, b"{}")
    assert capfd.readouterr().out == "{}"


def test_an_output_may_be_a_device(calls):
    assert run(develop.solve, "s.yaml", "-o", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_assess_today_judges_today_only(calls):
    result = run(develop.assess, "s.yaml", "--today", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert calls.assessed == (("today",),)
    assert "Amount" in result.stdout
    assert "proposed" not in result.stdout


def test_assess_puts_a_plan_beside_today(calls):
    result = run(develop.assess, "s.yaml", "plan.json")
    assert result.exit_code == 0, result.output
    assert calls.assessed == (("today",), ("plan",))
    assert "voorstel" in result.stdout


@pytest.mark.parametrize("args", [(), ("plan.json", "--today")])
def test_assess_wants_a_plan_or_today_and_not_both(calls, args):
    result = run(develop.assess, "s.yaml", *args)
    assert result.exit_code == 2
    assert "PLAN or --today" in result.stderr


def test_assess_as_json_is_the_assessment_of_the_plan(calls, proposed):
    result = run(develop.assess, "s.yaml", "plan.json", "--format", "json")
    assert CheckedAssessment.model_validate_json(result.stdout) == CheckedAssessment(**dict(proposed), breaches=())


def test_export_states_size_sign_and_constant_in_full(calls, tmp_path):
    path = tmp_path / "all.mps"
    result = run(develop.export, "s.yaml", "--mps", path, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert path.exists()
    assert "12,345 columns, 678 rows" in result.stdout
    assert "value = 0.30000000000000004 - optimum / 1000.0" in result.stdout


def test_export_as_json_for_programs(calls, tmp_path):
    path = tmp_path / "all.mps"
    data = json.loads(run(develop.export, "s.yaml", "--mps", path, "--format", "json").stdout)
    assert data == {
        "file": str(path),
        "columns": 12345,
        "rows": 678,
        "sense": "minimise",
        "constant": 0.30000000000000004,
        "scale": 1000.0,
    }


@pytest.mark.parametrize("name", ["all.mps.bz2", "all.lp", "all.mps.zip"])
def test_a_programme_has_a_name_of_what_is_written(calls, tmp_path, name):
    result = CliRunner().invoke(develop.export, ["s.yaml", "--mps", str(tmp_path / name)])
    assert isinstance(result.exception, InputError)
    assert "allowed: a name that ends in .mps or .mps.gz" in str(result.exception)
    assert not list(tmp_path.iterdir())


def test_export_needs_a_file(calls):
    assert run(develop.export, "s.yaml").exit_code == 2


@pytest.mark.parametrize(("command", "shown"), [(develop.solve, True), (develop.assess, False)])
def test_solver_options_are_in_the_help_of_what_solves_and_accepted_everywhere(calls, command, shown):
    assert ("--time-limit" in run(command, "--help").stdout) is shown
    assert run(develop.assess, "s.yaml", "--today", "--seed", "1", "--solver", "cbc").exit_code == 0
