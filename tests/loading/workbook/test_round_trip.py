import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from processes import other_hash_seed

from regie_opt.cli.main import main
from regie_opt.loading import Loaded, load, load_all
from regie_opt.loading.workbook import export_workbook, import_workbook, write_template
from regie_opt.loading.workbook.kinds import Language

from .conftest import SCENARIOS

REGIONS = ("leerstad", "zuid-holland-zuid", "twente", "zeeland")
GOOD = Path(__file__).parents[2] / "wrong" / "good"


def values(loaded: Loaded) -> dict[str, object]:
    return {path: value for path, value, _ in loaded.values()}


def cells(file: Path) -> dict[tuple[str, str], Any]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in load_workbook(file).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.parametrize(
    ("region", "language"),
    [
        *(("leerstad", "nl"), ("leerstad", "en"), ("zuid-holland-zuid", "nl"), ("twente", "en"), ("zeeland", "nl")),
        pytest.param("zuid-holland-zuid", "en", marks=pytest.mark.slow),
        pytest.param("twente", "nl", marks=pytest.mark.slow),
        pytest.param("zeeland", "en", marks=pytest.mark.slow),
    ],
)
def test_region_comes_back_the_same(region: str, language: Language, tmp_path: Path) -> None:
    before = load_all(SCENARIOS / region / "scenario.yaml")
    export_workbook(before[0], tmp_path / "region.xlsx", language)
    import_workbook(tmp_path / "region.xlsx", tmp_path / "made")
    after = load_all(tmp_path / "made" / "scenario.yaml")
    assert len(after) == len(before) > 1
    for one, other in zip(before, after, strict=True):
        assert other.scenario == one.scenario
        assert values(other) == values(one)
        assert list(other.scenario.municipalities) == list(one.scenario.municipalities)
        assert list(other.scenario.partnerships) == list(one.scenario.partnerships)
        assert list(other.scenario.domains) == list(one.scenario.domains)
        assert list(other.scenario.rules) == list(one.scenario.rules)


@pytest.mark.parametrize("region", REGIONS)
def test_workbook_comes_back_the_same(region: str, tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "region.xlsx", tmp_path / "b" / "region.xlsx"
    for file in (first, second):
        file.parent.mkdir()
    export_workbook(load(SCENARIOS / region / "scenario.yaml"), first, "nl")
    import_workbook(first, tmp_path / "made")
    export_workbook(load(tmp_path / "made" / "scenario.yaml"), second, "nl")
    assert cells(first) == cells(second)
    assert first.read_bytes() == second.read_bytes()


def test_model_of_ones_own_and_what_fits_on_no_sheet(tmp_path: Path) -> None:
    before = load_all(GOOD / "scenario.yaml")
    export_workbook(before[0], tmp_path / "region.xlsx", "en")
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "pack").symlink_to(GOOD / "pack")
    import_workbook(tmp_path / "region.xlsx", tmp_path / "made")
    after = load_all(tmp_path / "made" / "scenario.yaml")
    assert [loaded.scenario for loaded in after] == [loaded.scenario for loaded in before]


def test_other_changes_of_the_model_stand_by_path(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    for file in ("region.yaml", "inventory.yaml"):
        (folder / file).write_text((SCENARIOS / "leerstad" / file).read_text(encoding="utf-8"), encoding="utf-8")
    text = (SCENARIOS / "leerstad" / "scenario.yaml").read_text(encoding="utf-8")
    text = text.replace(
        "  hrm: null\n", "  hrm: null\n  ict: {staff_share: 0.35, name: {en: IT, nl: Automatisering}, weight: 2}\n"
    )
    text += "forms:\n  dvo: {largest: 3, hours: {college: 7}}\nburden: {rate: {college: 101.5}}\n"
    text += "municipalities:\n  veenkerk: {population: 14001}\n"
    text += "insight: {nested: 0.7}\nuncertainty:\n  hours: {high: 3}\n  trust: null\n"
    text += "  own: {name: {nl: Eigen, en: Own}, effect: factor, acts_on: [money.horizon], unit: times,\n"
    text += "        low: 0.5, likely: 1, high: 2, sources: {'*': assumption}}\n"
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    before = load_all(folder / "scenario.yaml")
    export_workbook(before[0], tmp_path / "region.xlsx", "nl")
    written = load_workbook(tmp_path / "region.xlsx")
    paths = {row[1]: row[2] for row in written["Overig"].values if row[1]}
    assert paths["forms.dvo.largest"] == 3
    assert paths["domains.ict.staff_share"] == 0.35
    assert paths["domains.ict.name.en"] == "IT"
    assert paths["uncertainty.hours.high"] == 3
    assert paths["insight.nested"] == 0.7
    assert "domains.ict.name.nl" not in paths, "that stands on the sheet of domains"
    import_workbook(tmp_path / "region.xlsx", tmp_path / "made")
    after = load_all(tmp_path / "made" / "scenario.yaml")
    assert [loaded.scenario for loaded in after] == [loaded.scenario for loaded in before]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_what_looks_like_a_formula_is_text(start: str, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    for file in ("region.yaml", "inventory.yaml", "scenario.yaml"):
        text = (SCENARIOS / "leerstad" / file).read_text(encoding="utf-8")
        text = text.replace("Afvalschap Noordwolde-Rietdam", f'"{start}cmd|calc!A1"')
        text = text.replace("name: Noordwolde (verzonnen)", f'name: "{start}HYPERLINK(1)"')
        (folder / file).write_text(text, encoding="utf-8")
    before = load(folder / "scenario.yaml")
    file = tmp_path / "region.xlsx"
    export_workbook(before, file, "nl")
    found = 0
    for sheet in load_workbook(file).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{sheet.title} {cell.coordinate}"
                if isinstance(cell.value, str) and cell.value.startswith(start):
                    assert cell.quotePrefix
                    found += 1
    assert found >= 8
    assert import_workbook(file, tmp_path / "made")[0].scenario == before.scenario


def test_same_scenario_same_bytes(leerstad: bytes, tmp_path: Path) -> None:
    file = tmp_path / "region.xlsx"
    scenario = SCENARIOS / "leerstad" / "scenario.yaml"
    command = [sys.executable, "-m", "regie_opt.cli.main", "export", str(scenario), "--xlsx", str(file)]
    subprocess.run(command, check=True, capture_output=True, env={"PYTHONHASHSEED": other_hash_seed()})
    assert file.read_bytes() == leerstad


def test_text_that_no_cell_can_hold_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    for file in ("region.yaml", "inventory.yaml", "scenario.yaml"):
        text = (SCENARIOS / "leerstad" / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace("Klantentafel burgerzaken", "a" * 40_000), encoding="utf-8")
    result = CliRunner().invoke(main, ["export", str(folder / "scenario.yaml"), "--xlsx", str(tmp_path / "r.xlsx")])
    assert result.exit_code == 2
    assert "inventory.yaml:25:11: partnerships.klantentafel.name: found a text that no cell can hold" in result.output
    assert not (tmp_path / "r.xlsx").exists()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_template_asks_for_what_is_missing(language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_template(Path("region.xlsx"), language)
    result = CliRunner().invoke(main, ["import", "region.xlsx", "made"])
    assert result.exit_code == 2
    name, municipalities = result.output.splitlines()
    sheet = "Begin" if language == "nl" else "Start"
    assert name.startswith(f"region.xlsx, sheet {sheet}, cell C10: found nothing, allowed: a value for ")
    assert "found no municipality, allowed: a row for each" in municipalities


def test_filled_template_is_a_scenario(tmp_path: Path) -> None:
    file = tmp_path / "region.xlsx"
    write_template(file, "nl", "Mijn regio")
    workbook = load_workbook(file)
    for number, (code, name, population) in enumerate([("A1", "Astad", 60000), ("B2", "Bedorp", 20000)], 6):
        for column, value in zip("BCD", (code, name, population), strict=True):
            workbook["Gemeenten"][f"{column}{number}"] = value
    for column, value in zip("CDE", ("Belastingkantoor", "Bedrijfsvoeringsorganisatie", "Belastingen"), strict=True):
        workbook["Inventaris"][f"{column}6"] = value
    for cell, value in {"B5": "Belastingkantoor", "C2": "Astad", "D2": "Bedorp", "C5": "x", "D5": "x"}.items():
        workbook["Deelname"][cell] = value
    workbook.save(file)
    scenario = import_workbook(file, tmp_path / "made")[0].scenario
    assert scenario.name == "Mijn regio"
    assert scenario.partnerships["belastingkantoor"].members == ("A1", "B2")
    assert len(scenario.domains) == 17


def test_template_does_not_overwrite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("region.xlsx").write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(main, ["init", "--xlsx", "region.xlsx"])
    assert result.exit_code == 2
    assert Path("region.xlsx").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("arguments", [["init"], ["init", "d", "--xlsx", "r.xlsx"], ["export", "s.yaml"]])
def test_commands_ask_for_one_thing(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "give either" in result.output
