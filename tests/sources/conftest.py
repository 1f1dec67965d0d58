from pathlib import Path

import pytest

from regie_opt.sources import Files, read_country
from sources.official_files import make

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def paths(tmp_path_factory):
    if not DATA.is_dir():
        pytest.skip(f"the public data is not at {DATA}")
    return make(DATA, tmp_path_factory.mktemp("official"))


@pytest.fixture(scope="session")
def country(paths):
    return read_country(Files(**paths))
