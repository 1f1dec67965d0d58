from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from regie_opt.loading import load
from regie_opt.loading.workbook import export_workbook

SCENARIOS = Path(__file__).parents[3] / "scenarios"
Change = Callable[[Workbook], object]


@pytest.fixture(scope="session")
def leerstad(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of Leerstad, in Dutch."""
    file = tmp_path_factory.mktemp("leerstad") / "region.xlsx"
    export_workbook(load(SCENARIOS / "leerstad" / "scenario.yaml"), file, "nl")
    return file.read_bytes()


@pytest.fixture
def changed(leerstad: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Change], Path]:
    """Make region.xlsx in the current folder: the workbook of Leerstad with a change."""
    monkeypatch.chdir(tmp_path)

    def make(change: Change) -> Path:
        workbook = load_workbook(BytesIO(leerstad))
        change(workbook)
        workbook.save("region.xlsx")
        return Path("region.xlsx")

    return make
