"""Texts and names in a workbook as people and programs leave them there."""

import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from regie_opt.cli.main import main
from regie_opt.loading import InputError, load
from regie_opt.loading.workbook import import_workbook
from regie_opt.schema.scenario import Scenario

from .conftest import SCENARIOS

Change = Callable[[Workbook], object]
VEENKERK = "Veenkerk (verzonnen)"


@pytest.fixture(scope="module")
def same() -> Scenario:
    return load(SCENARIOS / "leerstad" / "scenario.yaml").scenario


def everywhere_but_at_its_place(workbook: Workbook, name: str) -> None:
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if sheet.title != "Gemeenten" and cell.value == VEENKERK:
                    cell.value = name


@pytest.mark.parametrize(
    "written",
    [
        unicodedata.normalize("NFD", VEENKERK.upper()),
        f"\ufeff{VEENKERK}\u200b",
        "Veen\u00adkerk (verzonnen)",
        "Veenkerk\u00a0(verzonnen)",
    ],
)
def test_a_name_is_found_however_it_is_written(written: str, changed: Callable[[Change], Path], same: Scenario) -> None:
    found = import_workbook(changed(lambda workbook: everywhere_but_at_its_place(workbook, written)), Path("made"))
    assert found[0].scenario == same


def test_a_cell_that_shows_nothing_is_empty(changed: Callable[[Change], Path], same: Scenario) -> None:
    def change(workbook: Workbook) -> None:
        workbook["Deelname"]["P40"] = "\u200b"

    assert import_workbook(changed(change), Path("made"))[0].scenario == same


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        import_workbook(path, Path("made"))
    return str(caught.value)


@pytest.mark.parametrize("written", ["Leer_x001B_stad", "Leer\u0092stad", "Leer_x0000_"])
def test_a_control_character_is_refused_at_its_cell(written: str, changed: Callable[[Change], Path]) -> None:
    def change(workbook: Workbook) -> None:
        workbook["Gemeenten"]["C6"] = written

    said = refusal(changed(change))
    assert said.startswith("region.xlsx, sheet Gemeenten, cell C6: found the control character U+00")


def test_a_line_end_of_windows_in_a_cell_is_a_line_end(changed: Callable[[Change], Path]) -> None:
    def change(workbook: Workbook) -> None:
        workbook["Begin"]["C11"] = "een_x000D_\ntwee"

    assert import_workbook(changed(change), Path("made"))[0].scenario.description == "een\ntwee"


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)


def test_the_strict_form_is_refused_by_its_name(changed: Callable[[Change], Path]) -> None:
    path = changed(lambda workbook: None)
    usual, strict = b"http://schemas.openxmlformats.org/spreadsheetml/2006", b"http://purl.oclc.org/ooxml/spreadsheetml"
    rewritten(path, "xl/workbook.xml", lambda raw: raw.replace(usual, strict))
    assert refusal(path) == (
        "region.xlsx: found a workbook in the strict form of Open XML, allowed: save it as Excel Workbook (.xlsx)"
    )


def test_a_binary_workbook_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "region.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01")
    assert "found a binary workbook (.xlsb), allowed: save it as Excel Workbook (.xlsx)" in refusal(path)


def test_a_name_on_the_command_line_is_found_however_it_is_written() -> None:
    path = str(SCENARIOS / "leerstad" / "scenario.yaml")
    result = CliRunner().invoke(
        main, ["inventory", path, "--quiet", "--municipality", "veen\u00adkerk\u00a0(VERZONNEN)"]
    )
    assert result.exit_code == 0, result.output
