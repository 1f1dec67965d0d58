"""The command `alternatives`: what it prints, writes and refuses."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from regie_opt.cli.main import main

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEERSTAD = str(SCENARIOS / "leerstad" / "scenario.yaml")


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIE_OPT_STORE", str(tmp_path / "store"))


def run(*arguments: object, code: int = 0):
    result = CliRunner().invoke(main, ["alternatives", *map(str, arguments)])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def test_the_report_says_how_plans_differ_what_they_trade_and_what_is_safe():
    text = run(LEERSTAD, "--quiet", "--within", "0.05", "--all", "5").stdout
    for part in (
        "bewezen optimaal",
        "Dit zijn alle 2 plannen",
        "Per gemeente: domeinen anders dan in het beste plan",
        "Wat elk plan ruilt tegen het beste",
        "Gelijk in elk plan dat bijna even goed is (bewezen)",
        "Plan 2: wat anders is dan in het beste",
        "Alle plannen op waarde",
    ):
        assert part in text
    english = run(LEERSTAD, "--quiet", "--within", "0.05", "--lang", "en").stdout
    assert "These are all 2 plans that are nearly as good" in english


def test_where_no_other_plan_is_nearly_as_good_it_says_so():
    text = run(LEERSTAD, "--quiet", "--within", "0.0001", "--lang", "en").stdout
    assert "No other plan is nearly as good: proven" in text
    assert "The same in every plan" not in text


def test_a_reach_of_everything_tells_that_there_are_more():
    text = run(LEERSTAD, "--quiet", "--within", "0.5", "--count", "3", "--lang", "en").stdout
    assert "the 3 plans that differ most from each other" in text
    assert "There are more that are nearly as good" in text
    assert "In how many parts the plans differ" in text


def test_json_and_the_file_are_the_whole_document(tmp_path: Path):
    output = tmp_path / "a.json"
    shown = json.loads(run(LEERSTAD, "--quiet", "--within", "0.05", "--format", "json", "-o", output).stdout)
    assert shown["schema"] == "regie-opt/alternatives/1"
    assert json.loads(output.read_text(encoding="utf-8")) == shown
    assert len(shown["sha256"]) == 64
    assert len(shown["plans"]) == 2


def test_a_plan_of_the_document_can_be_assessed(tmp_path: Path):
    shown = json.loads(run(LEERSTAD, "--quiet", "--within", "0.05", "--format", "json").stdout)
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"partnerships": shown["plans"][1]["partnerships"]}), encoding="utf-8")
    result = CliRunner().invoke(main, ["assess", LEERSTAD, str(plan), "--format", "json", "--quiet"])
    assert json.loads(result.stdout)["value"] == pytest.approx(shown["plans"][1]["value"], abs=1e-9)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--within", "2"), "0<=x<=1"),
        (("--within", "nan"), "not a number"),
        (("--within", "1%"), "'1%' is not a valid"),
        (("--count", "0"), "1<=x<=20"),
        (("--all", "0"), "1<=x<=1000"),
        (("--set", "criteria.burdn.weight=2"), "burden"),
        (("--variant", "nergens"), "nergens"),
    ],
)
def test_wrong_input_is_told_in_one_line(arguments: tuple[str, ...], told: str):
    assert told in run(LEERSTAD, *arguments, code=2).output


def test_rules_that_cannot_hold_end_as_in_solve():
    rules = (
        "--set",
        "rules.blijft={kind: untouched, partnership: afvalschap}",
        "--set",
        "rules.weg={kind: end, partnership: afvalschap}",
    )
    told = run(LEERSTAD, "--quiet", *rules, code=3).output
    assert "'blijft', 'weg'" in told


def test_one_plan_is_not_said_to_be_the_farthest():
    text = run(LEERSTAD, "--quiet", "--lang", "en", "--count", "1").stdout
    assert "Proven: none is farther" not in text
    assert "Proven: none is farther" in run(LEERSTAD, "--quiet", "--lang", "en", "--within", "0.05").stdout


def test_a_list_that_time_cut_short_is_told_and_no_fault():
    text = run(SCENARIOS / "zeeland" / "scenario.yaml", "--quiet", "--lang", "en", "--time-limit", "0.001").stdout
    assert "NOT PROVEN OPTIMAL" in text
