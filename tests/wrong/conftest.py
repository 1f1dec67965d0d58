import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from regie_opt.cli.main import main

GOOD = Path(__file__).parent / "good"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the good scenario, as the current folder."""
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def refusal(folder: Path) -> Callable[..., list[str]]:
    """What `validate` says of a wrong scenario, by line: problems only, and exit code 2."""

    def validate(*arguments: str) -> list[str]:
        result = CliRunner().invoke(main, ["validate", *(arguments or ("scenario.yaml",))])
        assert result.exit_code == 2, result.output
        assert "Traceback" not in result.output
        assert result.stdout == ""
        return result.stderr.splitlines()

    return validate
