"""The command `import`: a workbook or official files, not a bit of both."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sources.official_files import make

from regie_opt.cli.main import main
from regie_opt.loading import load

SCENARIOS = Path(__file__).parents[2] / "scenarios"
DATA = Path(__file__).parents[3] / "shared" / "data"


def run(*arguments, code=0):
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def test_a_workbook_is_imported_into_a_folder_with_its_name(tmp_path):
    workbook = tmp_path / "regio.xlsx"
    run("export", SCENARIOS / "leerstad" / "scenario.yaml", "--xlsx", workbook)
    run("import", workbook)
    assert load(tmp_path / "regio" / "scenario.yaml").scenario.name == "Leerstad (verzonnen)"
    assert "exists already" in run("import", workbook, code=2).stderr


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    workbook, taken = tmp_path / "regio.xlsx", tmp_path / "taken"
    run("export", SCENARIOS / "leerstad" / "scenario.yaml", "--xlsx", workbook)
    taken.write_text("", encoding="utf-8")
    assert str(taken) in run("import", workbook, taken / "below", code=1).stderr


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data is not at {DATA}")
def test_official_files_are_imported_into_the_folder(tmp_path):
    options = [part for name, path in make(DATA, tmp_path / "files").items() for part in (f"--{name}", path)]
    result = run("import", *options, "--select", "veiligheidsregio=Twente", tmp_path / "twente")
    assert len(load(tmp_path / "twente" / "scenario.yaml").scenario.municipalities) == 14
    assert (tmp_path / "twente" / "import-report.csv").exists()
    assert "Twijfels: " in result.stderr
    assert (tmp_path / "twente" / "register.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give a WORKBOOK"),
        (["a.xlsx", "b", "c"], "give a WORKBOOK"),
        (["zonder"], "has no suffix"),
        (["nergens.xlsx"], "nergens.xlsx"),
        (["--register", "x.xml", "dir"], "missing --iv3, --population, --boundaries, --select"),
        (["--name", "Twente", "a.xlsx"], "missing --register"),
        (
            [*["--register", "a", "--iv3", "b", "--population", "c", "--boundaries", "d", "--select", "e=f"]],
            "give one DIR",
        ),
    ],
)
def test_what_is_missing_is_told(arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert says in run("import", *arguments, code=2).stderr
    assert not [*tmp_path.iterdir()]


def test_a_workbook_that_is_there_is_not_written_over_unless_asked(tmp_path):
    workbook = tmp_path / "regio.xlsx"
    workbook.write_bytes(b"filled in by hand")
    scenario = SCENARIOS / "leerstad" / "scenario.yaml"
    assert "exists already" in run("export", scenario, "--xlsx", workbook, code=2).stderr
    assert workbook.read_bytes() == b"filled in by hand"
    run("export", scenario, "--xlsx", workbook, "--force")
    run("import", workbook)


@pytest.mark.parametrize("arguments", [["init"], ["export", SCENARIOS / "leerstad" / "scenario.yaml"]])
def test_a_workbook_has_a_name_that_excel_opens(arguments, tmp_path):
    assert "allowed: a name that ends in .xlsx" in run(*arguments, "--xlsx", tmp_path / "a.docx", code=2).stderr
    assert not [*tmp_path.iterdir()]
