import shutil
from pathlib import Path

import pytest

GOOD = Path(__file__).parents[1] / "wrong" / "good"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small good scenario, as the current folder."""
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def scenario(folder: Path) -> Path:
    return Path("scenario.yaml")
