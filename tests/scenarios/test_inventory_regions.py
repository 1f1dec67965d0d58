"""`inventory` on the whole country, made from public data."""

from pathlib import Path

import pytest

from benchmarks import inputs
from regie_opt.insight.overview import overview
from regie_opt.insight.today import Network
from regie_opt.loading import load
from regie_opt.report.inventory import overview_report
from regie_opt.report.render import render

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data is not at {DATA}")


@pytest.fixture
def overview_of(tmp_path):
    source = inputs.Source.read(DATA)

    def of(name):
        loaded = load(inputs.write(source, name, tmp_path))
        found = overview(Network(loaded.scenario, loaded.base), loaded.sha256)
        assert render(overview_report(loaded.scenario, found, "nl"), "table", "nl")
        return found

    return of


def test_the_counts_of_the_register_come_out_for_the_country(overview_of):
    found = overview_of("nederland")
    counts = [place.formal for place in found.municipalities]
    # the register: 4 to 19, mean 9.3; the Dienst Gezondheid & Jeugd is split, which counts once more for ten of them
    assert (min(counts), max(counts)) == (4, 19)
    assert sum(counts) / 342 == pytest.approx(3187 / 342 + 10 / 342, abs=0.005)
    figures = {r.key: r for r in found.references}
    assert figures["members"].here == pytest.approx(6, abs=0.5)
    assert figures["partners"].here == pytest.approx(26.1, abs=0.05)
    assert figures["congruence"].here == pytest.approx(0.43, abs=0.005)
    same = {key for f in found.findings if f.kind == "identical" for key in f.partnerships}
    assert len(same) == 148 + 1
