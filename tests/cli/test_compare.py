"""The command `compare` on Leerstad: what it prints, writes, keeps and refuses."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from processes import other_hash_seed

from regie_opt.cli.main import main

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEERSTAD = SCENARIOS / "leerstad" / "scenario.yaml"
CONFLICT = """
  botsing:
    changes:
      rules:
        weg: {kind: end, partnership: afvalschap}
        blijft: {kind: keep, partnership: afvalschap}
"""
NEW = """
  zuinig:
    changes:
      criteria.cost.weight: 2
"""
TOGETHER = """
  samen:
    changes:
      rules:
        samen: {kind: together, members: [noordwolde, veenkerk], domains: [belastingen]}
"""
SMALLER = """
  zonder:
    changes:
      municipalities.oosterhei: null
      partnerships.klantentafel.members: [noordwolde, veenkerk, rietdam, leerstad]
      borders: [{between: [noordwolde, veenkerk]}, {between: [veenkerk, leerstad]}, {between: [noordwolde, rietdam]}]
      relations: []
"""


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("REGIE_OPT_STORE", str(tmp_path / "store"))


def run(*arguments, code=0):
    result = CliRunner().invoke(main, ["compare", *map(str, arguments), "--workers", "1"])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def copied(folder: Path, more: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    for file in LEERSTAD.parent.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    path = folder / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + more, encoding="utf-8")
    return path


def kept(tmp_path):
    return len(list((tmp_path / "store").rglob("*.json")))


def columns(result):
    return [column["key"] for column in json.loads(result.stdout)["columns"]]


def test_the_report_has_today_first_and_every_chapter():
    text = run(LEERSTAD, "--quiet").stdout
    for part in (
        "Wat er naast elkaar staat",
        "Criteria naast elkaar",
        "Volgens de eigen gewichten",
        "Verbanden in alle plannen",
        "Verbanden in sommige plannen",
        "Verbanden in één plan",
        "Wie wisselt ten opzichte van nu",
        "Wie wisselt t.o.v. scenario",
        "Tussen welke plannen",
        "Waarover de plannen verschillen",
        "Uren per jaar, per gemeente",
    ):
        assert part in text
    header = next(line for line in text.splitlines() if line.startswith("Criterium"))
    assert header.split() == ["Criterium", "Eenheid", "nu", "scenario", "licht", "wederkerig", "een_stap"]


def test_a_second_call_with_one_new_variant_solves_one(tmp_path):
    path = copied(tmp_path / "a")
    run(path, "--quiet")
    assert kept(tmp_path) == 4
    more = run(copied(tmp_path / "a", NEW), "--quiet", "--format", "json")
    assert kept(tmp_path) == 5
    assert columns(more)[-1] == "variant:zuinig"


def test_variants_are_picked_one_by_one_or_with_commas_in_the_order_given(tmp_path):
    for given in (
        ["--variants", "een_stap,licht"],
        ["--variant", "een_stap", "--variant", "licht"],
        ["--variant", "een_stap", "--variants", "licht,een_stap"],
    ):
        found = columns(run(LEERSTAD, "--quiet", "--format", "json", *given))
        assert found == ["today", "scenario", "variant:een_stap", "variant:licht"]
    assert kept(tmp_path) == 3


def test_settings_go_over_every_variant():
    found = json.loads(
        run(LEERSTAD, "--quiet", "--format", "json", "--set", "criteria.autonomy.weight=1", "--variant", "licht").stdout
    )
    assert [column["weights"]["autonomy"] for column in found["columns"]] == [1, 1, 1]


def test_two_scenarios_share_the_references_of_the_first(tmp_path):
    one, two = copied(tmp_path / "a"), copied(tmp_path / "b")
    two.write_text(two.read_text(encoding="utf-8").replace("members: 4", "members: 2"), encoding="utf-8")
    result = run(one, two, "--quiet", "--format", "json", "--variants", "licht")
    assert columns(result) == ["1:today", "1:scenario", "1:variant:licht", "2:scenario", "2:variant:licht"]
    references = [
        {c["key"]: c["reference"] for c in column["criteria"]} for column in json.loads(result.stdout)["columns"]
    ]
    assert all(found == references[0] for found in references)
    text = run(one, two, "--quiet", "--variants", "licht").stdout
    header = next(line for line in text.splitlines() if line.startswith("Criterium"))
    assert "1 scenario" in header
    assert "2 licht" in header


@pytest.mark.parametrize("suffix", ["json", "csv", "md", "txt", "xlsx"])
def test_every_format_is_written_and_the_same_twice(tmp_path, suffix):
    files = [tmp_path / f"{n}.{suffix}" for n in (1, 2)]
    for file in files:
        run(LEERSTAD, "--quiet", "-o", file, "--lang", "en")
    assert files[0].read_bytes() == files[1].read_bytes()
    if suffix == "json":
        assert json.loads(files[0].read_text(encoding="utf-8"))["schema"] == "regie-opt/comparison/1"
    if suffix == "csv":
        rows = list(csv.reader(io.StringIO(files[0].read_text(encoding="utf-8"))))
        assert ["Criterion", "Unit", "today", "scenario", "licht", "wederkerig", "een_stap", "best"] in rows
    if suffix == "md":
        assert "**0.9485**" in files[0].read_text(encoding="utf-8")
    if suffix == "xlsx":
        book = load_workbook(files[0])
        assert book.sheetnames[:3] == ["Report", "What stands side by side", "Criteria side by side"]
        sheet = book["Criteria side by side"]
        assert [cell.value for cell in sheet[3]][2:4] == ["today", "scenario"]
        assert sheet["D4"].value == pytest.approx(1475.780, abs=1e-3)


def test_solve_and_inventory_write_workbooks_too(tmp_path):
    for command, name in (("solve", "plan"), ("inventory", "nu"), ("assess", "nu2")):
        more = ["--today"] if command == "assess" else []
        file = tmp_path / f"{name}.xlsx"
        result = CliRunner().invoke(main, [command, str(LEERSTAD), "--quiet", "-o", str(file), *more])
        assert result.exit_code == 0, result.output
        assert len(load_workbook(file).sheetnames) > 1


def test_rules_that_conflict_are_named_and_the_rest_is_told(tmp_path):
    path = copied(tmp_path / "a", CONFLICT)
    result = run(path, "--quiet", "-o", tmp_path / "c.json", "--lang", "en", code=3)
    assert "no plan: these rules cannot all hold: weg · blijft" in " ".join(result.stdout.split())
    assert "'botsing': no plan obeys the rules; these cannot all hold: 'weg', 'blijft'" in result.stderr
    assert "scenario.yaml:" in result.stderr
    found = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    assert [c["status"] for c in found["columns"]] == ["today", *["optimal"] * 4, "infeasible"]


def test_without_the_conflicting_variant_all_is_well(tmp_path):
    run(copied(tmp_path / "a", CONFLICT), "--quiet", "--variants", "licht")


def test_no_plan_in_time_is_said_and_ends_with_4(tmp_path):
    path = copied(tmp_path / "a", TOGETHER)
    result = run(path, "--quiet", "--time-limit", "1e-9", "--variants", "samen", code=4)
    assert "geen plan gevonden in de tijd" in " ".join(result.stdout.split())
    assert "'samen': no plan was found within the time limit" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([LEERSTAD, "--variants", "lichtt"], "--variant: unknown variant 'lichtt'; nearest: 'licht'"),
        ([LEERSTAD, "--variants", "licht,,een_stap"], "empty name"),
        ([LEERSTAD, "nergens.yaml"], "nergens.yaml: file not found"),
        ([LEERSTAD, LEERSTAD], "is given twice"),
        ([LEERSTAD, SCENARIOS / "zeeland" / "scenario.yaml"], "other municipalities than"),
        ([LEERSTAD, "--set", "criteria.burden.wieght=1"], "wieght"),
        ([LEERSTAD, "-o", "nergens/uit.xlsx"], "does not exist"),
        ([LEERSTAD, "--store", LEERSTAD / "onder"], "'--store': results cannot be kept in"),
        ([LEERSTAD, "-o", "uit.pdf"], "ends with '.pdf'; allowed: .json"),
        ([], "Missing argument"),
    ],
)
def test_wrong_input_gets_one_clear_error(arguments, says, tmp_path):
    result = run(*arguments, "--quiet", code=2)
    assert says in result.stderr
    assert result.stdout == ""
    assert kept(tmp_path) == 0


def test_a_variant_with_other_municipalities_is_refused_by_name_and_can_be_left_out(tmp_path):
    path = copied(tmp_path / "a", SMALLER)
    result = run(path, "--quiet", code=2)
    assert "variant 'zonder': other municipalities than" in result.stderr
    assert "(without Oosterhei (verzonnen))" in result.stderr
    run(path, "--quiet", "--variants", "licht")


def test_bytes_are_the_same_whatever_the_hash_seed_and_workers(tmp_path):
    here = run(LEERSTAD, "--quiet", "--format", "json")
    command = [sys.executable, "-m", "regie_opt.cli.main", "compare", LEERSTAD, "--quiet", "--format", "json"]
    environment = {**os.environ, "PYTHONHASHSEED": other_hash_seed(), "REGIE_OPT_STORE": str(tmp_path / "there")}
    there = subprocess.run([*command, "--workers", "2"], check=True, capture_output=True, env=environment, timeout=120)
    assert here.stdout_bytes == there.stdout
