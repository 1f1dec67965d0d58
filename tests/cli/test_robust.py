"""The command `robust` on a small region: what it prints, writes, keeps and refuses."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from processes import other_hash_seed

from regie_opt.cli.main import main
from regie_opt.schema.robustness import Robustness

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEERSTAD = SCENARIOS / "leerstad" / "scenario.yaml"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store")


def run(store, *arguments, code=0, scenario=LEERSTAD):
    command = ["robust", str(scenario), "--samples", "8", "--store", str(store), *map(str, arguments)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def test_the_report_tells_what_stays_what_is_safest_and_what_decides(store):
    text = run(store, "--quiet").stdout
    for part in (
        "8 steekproeven van 23 onzekere aannames",
        "8 bewezen optimaal",
        "Wat blijft van het voorstel",
        "De gevonden voorstellen",
        "Welke aannames beslissen",
        "Wat dit niet zegt",
    ):
        assert part in text
    assert max(map(len, text.splitlines())) <= 120


def test_the_report_is_there_in_english_too(store):
    text = run(store, "--quiet", "--lang", "en").stdout
    assert "8 samples of 23 uncertain assumptions (Latin hypercube, seed 0)" in text
    assert "A share of samples is no probability" in text
    assert max(map(len, text.splitlines())) <= 120


def test_json_is_the_whole_study(store, tmp_path):
    found = Robustness.model_validate_json(run(store, "--quiet", "--format", "json").stdout)
    assert len(found.samples) == 8
    assert found.plans[0].number == 1
    run(store, "--quiet", "-o", tmp_path / "r.json")
    written = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert written["schema"] == "regie-opt/robustness/1"
    assert Robustness.model_validate(written) == found


def test_csv_has_every_sample_with_every_draw_and_every_regret(store, tmp_path):
    run(store, "--quiet", "--lang", "en", "-o", tmp_path / "r.csv")
    found = Robustness.model_validate_json(run(store, "--quiet", "--format", "json").stdout)
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    at = rows.index(["All samples"])
    header, body = rows[at + 1], rows[at + 2 : at + 10]
    assert [int(row[0]) for row in body] == list(range(1, 9))
    for sample, row in zip(found.samples, body, strict=True):
        drawn = dict(zip(header, row, strict=True))
        for key, value in sample.draws.items():
            assert float(drawn[key]) == pytest.approx(value)
    at = rows.index(["Every plan in every sample"])
    regrets = rows[at + 2 : at + 2 + 8 * len(found.plans)]
    expected = [lost for plan in found.plans for lost in plan.regrets]
    assert [None if row[3] == "" else pytest.approx(float(row[3]), abs=1e-9) for row in regrets] == expected


def test_progress_is_told_and_a_second_run_solves_nothing(store):
    first = run(store, "--lang", "en")
    assert "1 of 1 solve (kept:" in first.stderr
    files = {file: file.stat().st_mtime_ns for file in Path(store).glob("*/*.json")}
    second = run(store, "--lang", "en")
    assert second.stdout == first.stdout
    assert {file: file.stat().st_mtime_ns for file in Path(store).glob("*/*.json")} == files


def test_another_seed_gives_other_samples(store):
    one, two = (
        Robustness.model_validate_json(run(store, "--quiet", "--seed", seed, "--format", "json").stdout)
        for seed in (0, 1)
    )
    assert one.samples[0].draws != two.samples[0].draws
    assert one.value == pytest.approx(two.value)


def test_only_some_assumptions_may_be_varied(store):
    text = run(store, "--quiet", "--vary", "hours", "--vary", "trust", "--format", "json").stdout
    found = Robustness.model_validate_json(text)
    assert [one.key for one in found.assumptions] == ["hours", "trust"]


def test_workers_and_hash_seeds_change_nothing(tmp_path):
    arguments = ["robust", str(LEERSTAD), "--samples", "6", "--quiet", "--format", "json"]
    here = CliRunner().invoke(main, [*arguments, "--workers", "1", "--store", str(tmp_path / "here")])
    command = [sys.executable, "-m", "regie_opt.cli.main", *arguments, "--workers", "2", "--store", tmp_path / "there"]
    environment = {**os.environ, "PYTHONHASHSEED": other_hash_seed()}
    there = subprocess.run(command, check=True, capture_output=True, env=environment, timeout=300)
    written = [here.stdout_bytes, there.stdout]
    assert len(written[0]) > 10_000
    assert written[0] == written[1]
    assert b'"seconds"' not in written[0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--samples", "0"], "0 is not in the range 2<=x<=10000"),
        (["--samples", "many"], "'many' is not a valid integer"),
        (["--vary", "hour"], "unknown assumption 'hour'; nearest: 'hours'"),
        (["--vary", "Uren per samenwerkingsverban"], "nearest: 'hours' (Uren per samenwerkingsverband)"),
        (["--set", "uncertainty.hours.low=3"], "found low 3, likely 1, high 2; allowed: likely from low to high"),
        (["--set", "uncertainty.huors.low=3"], "unknown assumption 'huors'; nearest: 'hours'"),
        (["--set", "uncertainty.hours.acts_on=[forms.*.hour.*]"], "unknown name 'hour'; nearest: 'hours'"),
        (["--set", "uncertainty.realised.high=5", "--vary", "realised"], None),
        (["--set", "uncertainty.horizon={low: 0, scale: linear}"], "--set uncertainty.horizon"),
        (["--set", "uncertainty=null"], "holds no assumptions"),
        (["--set", "uncertainty.back_office.acts_on=[domains.afval.scale]", "--vary", "back_office"], "no difference"),
    ],
)
def test_wrong_input_gets_one_clear_error(arguments, says, store):
    if says is None:  # a share above 1 stays on 1: allowed
        run(store, "--quiet", *arguments)
        return
    result = run(store, "--quiet", *arguments, code=2)
    assert says in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("section", "at", "says"),
    [
        ("uncertainty:\n  hours: {low: 4}\n", "scenario.yaml:{line}:3", "found low 4, likely 1, high 2"),
        ("uncertainty:\n  huors: {low: 0.1}\n", "scenario.yaml:{line}:3", "nearest: 'hours'"),
        ("uncertainty:\n  hours: {lowest: 0.1}\n", "scenario.yaml:{line}:11", "nearest: 'low'"),
        ("uncertainty:\n  hours: {scale: logg}\n", "scenario.yaml:{line}:18", "nearest: 'log'"),
    ],
)
def test_a_wrong_range_in_a_scenario_file_is_told_by_line_and_column(section, at, says, tmp_path, store):
    for path in LEERSTAD.parent.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    scenario = tmp_path / "scenario.yaml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text + section, encoding="utf-8")
    result = run(store, "--quiet", code=2, scenario=scenario)
    assert at.format(line=text.count("\n") + 2) in result.stderr
    assert says in result.stderr


def test_a_range_may_be_overridden_in_a_scenario_and_an_assumption_taken_out(store):
    text = run(
        store, "--quiet", "--set", "uncertainty.hours.high=4", "--set", "uncertainty.trust=null", "--format", "json"
    ).stdout
    found = Robustness.model_validate_json(text)
    by_key = {one.key: one for one in found.assumptions}
    assert by_key["hours"].high == 4
    assert "trust" not in by_key


def test_rules_that_no_plan_obeys_end_with_their_names(store):
    sets = ["rules.samen={kind: together, members: [rietdam, oosterhei], domains: [ict]}"]
    result = run(store, "--quiet", "--set", sets[0], code=3)
    assert "samen" in result.stderr
