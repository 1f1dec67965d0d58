"""The command `pareto` on the made-up region, and what it refuses."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regie_opt.cli.main import main

SCENARIO = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


def run(store: Path, *options: str, scenario: Path = SCENARIO) -> Result:
    arguments = ["pareto", str(scenario), "--quiet", "--store", str(store), *options]
    return CliRunner().invoke(main, arguments)


def document(store: Path, *options: str) -> dict:
    result = run(store, "--format", "json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_frontier_of_leerstad_beats_today(store):
    found = document(store, "--criteria", "burden,value", "--resolution", "0.02")
    assert found["schema"] == "regie-opt/pareto/1"
    assert found["proven"]
    assert [o["key"] for o in found["objectives"]] == ["value", "burden"]
    assert "burden" not in found["objectives"][0]["weights"]
    amounts = [(p["amounts"]["burden"], p["amounts"]["value"]) for p in found["points"]]
    assert amounts == sorted(amounts)
    assert [v for _, v in amounts] == sorted(v for _, v in amounts)
    now = found["today"]["amounts"]
    ahead = [i for i, (b, v) in enumerate(amounts) if b <= now["burden"] and v >= now["value"]]
    assert found["today"]["dominated_by"] == ahead != []
    first = found["points"][ahead[0]]
    assert first["ahead_of_today"]["burden"] == pytest.approx(now["burden"] - amounts[ahead[0]][0])
    assert first["ahead_of_today"]["value"] == pytest.approx(amounts[ahead[0]][1] - now["value"])


@pytest.mark.slow
def test_two_workers_write_the_same_bytes(store, tmp_path):
    options = ("--criteria", "burden,value", "--resolution", "0.2", "--format", "json")
    alone = run(store, *options)
    again = run(tmp_path, *options, "--workers", "2")
    assert (alone.exit_code, again.exit_code) == (0, 0)
    assert alone.stdout == again.stdout


def test_the_report_names_the_knee_and_what_beats_today_in_both_languages(store):
    options = ("--criteria", "burden,value", "--resolution", "0.02")
    dutch, english = run(store, *options).stdout, run(store, *options, "--lang", "en").stdout
    assert "overtreft nu" in dutch
    assert "beats today" in english
    assert "Het plan in de knik" in dutch
    assert all(len(line) <= 120 for line in (dutch + english).splitlines())


def test_three_criteria_are_compared_with_the_nearest_plan(store):
    found = document(store, "--criteria", "burden,quality,transition", "--resolution", "0.5")
    assert [o["key"] for o in found["objectives"]] == ["burden", "quality", "transition"]
    assert found["objectives"][0]["weights"] == {"burden": 1.0}
    assert all(p["neighbour"] is not None for p in found["points"]) or len(found["points"]) == 1


def test_csv_has_every_criterion_of_every_plan(store):
    text = run(store, "--criteria", "burden,value", "--resolution", "0.2", "--lang", "en", "--format", "csv").stdout
    assert "All criteria by plan" in text


def test_a_picture_is_drawn(store, tmp_path):
    pytest.importorskip("altair")
    result = run(store, "--criteria", "burden,value", "--resolution", "0.2", "--figures", str(tmp_path / "pics"))
    assert result.exit_code == 0
    assert {p.name for p in (tmp_path / "pics").iterdir()} == {"frontier.svg", "frontier.png", "frontier.html"}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("burden,qualty", "nearest: 'quality'"),
        ("burden", "found 1, allowed: two or three criteria"),
        ("burden,quality,cost,power", "found 4, allowed: two or three criteria"),
        ("burden,burden", "found 'burden' twice"),
        ("value,motives", "found 'value' and 'motives', allowed: at most one of them"),
        ("", "unknown criterion ''"),
    ],
)
def test_what_is_no_two_or_three_criteria_is_refused(store, given, says):
    result = run(store, "--criteria", given)
    assert result.exit_code == 2
    assert says in result.output
    assert "--criteria" in result.output


def test_a_sum_in_which_nothing_counts_is_refused(store):
    weights = [f"criteria.{key}.weight=0" for key in ("vulnerability", "quality", "cost", "knowledge", "power")]
    sets = [part for weight in weights for part in ("--set", weight)]
    result = run(store, "--criteria", "burden,motives", *sets)
    assert result.exit_code == 2
    assert "every weight is 0" in result.output


@pytest.mark.parametrize("given", ["-0.1", "0.9", "nan", "fine"])
def test_a_resolution_is_a_part_of_the_range(store, given):
    assert run(store, "--criteria", "burden,value", "--resolution", given).exit_code == 2


def test_rules_that_leave_no_plan_are_named_and_limits_of_the_search_are_not(store, tmp_path):
    for file in SCENARIO.parent.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    text = (tmp_path / "scenario.yaml").read_text(encoding="utf-8")
    text = text.replace("rules:\n", "rules:\n  druk: {kind: limit, criterion: burden, at_most: -1}\n", 1)
    (tmp_path / "scenario.yaml").write_text(text, encoding="utf-8")
    result = run(store, "--criteria", "burden,value", scenario=tmp_path / "scenario.yaml")
    assert result.exit_code == 3
    assert "cannot all hold: 'druk'" in result.output
    assert "limit." not in result.output
