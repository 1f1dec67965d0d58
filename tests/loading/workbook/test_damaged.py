import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from ruamel.yaml import YAML

from regie_opt.cli.main import main

from .damage import CASES

SAID: dict[str, str] = YAML(typ="safe").load(Path(__file__).with_name("said.yaml"))
Change = Callable[[Workbook], object]


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["import", *arguments])
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert not Path("made").exists()
    return result.output


def test_every_damage_has_its_message() -> None:
    assert CASES.keys() == SAID.keys()
    assert len(CASES) >= 25


@pytest.mark.parametrize("name", CASES)
def test_damaged_workbook_is_refused_with_one_message(name: str, changed: Callable[[Change], Path]) -> None:
    changed(CASES[name])
    assert refused("region.xlsx", "made") == SAID[name] + "\n"


def of_text(path: Path) -> None:
    path.write_text("gemeente;inwoners\nNoordwolde;9000\n", encoding="utf-8")


def of_word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")


def of_open_document(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<office:document-content/>")


def of_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("region.yaml", "municipalities: {}")


def of_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))


def of_password(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))


def of_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + bytes(100))


def of_nothing(path: Path) -> None:
    path.write_bytes(b"")


def of_noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 4)


def of_broken_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
        archive.writestr("[Content_Types].xml", "<Types/>")


def of_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(201_000_000))


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (of_text, "found a text file,"),
        (of_word, "found a Word document,"),
        (of_open_document, "found an OpenDocument file,"),
        (of_zip, "found a zip file without a workbook in it,"),
        (of_picture, "found a picture,"),
        (of_password, "found an old .xls file or a file with a password,"),
        (of_pdf, "found a PDF file,"),
        (of_nothing, "found an empty file,"),
        (of_noise, "found no Excel workbook,"),
        (of_broken_parts, "found a damaged Excel workbook"),
        (of_bomb, "found 201 MB once unpacked, allowed: at most 200 MB"),
    ],
)
def test_another_file_under_that_name_is_refused(
    make: Callable[[Path], None], found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path("region.xlsx"))
    said = refused("region.xlsx", "made")
    assert said.startswith(f"region.xlsx: {found}")
    assert said.count("\n") == 1


def test_half_a_workbook_is_refused(leerstad: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("region.xlsx").write_bytes(leerstad[: len(leerstad) // 2])
    assert refused("region.xlsx", "made").startswith("region.xlsx: found no Excel workbook,")


def test_file_that_is_not_there_is_told_with_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("regio.xlsx").touch()
    assert refused("regoi.xlsx", "made") == "regoi.xlsx: file not found; nearest: 'regio.xlsx'\n"


def test_all_problems_are_told_at_once(changed: Callable[[Change], Path]) -> None:
    def change(workbook: Workbook) -> None:
        workbook["Gemeenten"]["D7"] = "=1+1"
        workbook["Inventaris"]["E7"] = "Afvl"
        workbook["Deelname"]["C6"] = "?"

    changed(change)
    assert len(refused("region.xlsx", "made").splitlines()) == 3


def test_a_name_that_is_unknown_in_many_cells_is_told_once(changed: Callable[[Change], Path]) -> None:
    def change(workbook: Workbook) -> None:
        workbook["Gemeenten"]["C7"] = "Veenkerke"

    changed(change)
    (line,) = refused("region.xlsx", "made").splitlines()
    assert line.startswith("region.xlsx, sheet Inventaris, cell N6: unknown municipality 'Veenkerk (verzonnen)';")
    assert line.endswith("(and in 9 more cells)")  # one of them what it wants of taxes


def test_existing_files_are_not_overwritten(changed: Callable[[Change], Path]) -> None:
    changed(lambda workbook: None)
    Path("there").mkdir()
    Path("there/region.yaml").write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(main, ["import", "region.xlsx", "there"])
    assert result.exit_code == 2
    assert result.output.startswith("there/region.yaml: exists already")
    assert [path.name for path in Path("there").iterdir()] == ["region.yaml"]
    assert Path("there/region.yaml").read_text(encoding="utf-8") == "mine"
