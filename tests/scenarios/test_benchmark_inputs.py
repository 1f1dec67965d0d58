"""The scenarios that are measured on are made from public data and are all valid."""

import itertools
from pathlib import Path

import pytest

from benchmarks import inputs
from regie_opt.loading import load
from regie_opt.schema.rules import HostCapacity

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data is not at {DATA}")


def test_all_25_safety_regions_can_be_measured_on_and_hold_every_municipality_once(tmp_path):
    source = inputs.Source.read(DATA)
    regions = [name for name in source.places if source.places[name][0] in veiligheidsregios(source)]
    assert len(regions) == 25
    assert set(inputs.SEVEN) <= set(regions)
    seen: list[str] = []
    for name in regions:
        scenario = load(inputs.write(source, name, tmp_path)).scenario
        seen += scenario.municipalities
        assert sum(not d.statutory for d in scenario.domains.values()) >= 12
        assert any(isinstance(rule, HostCapacity) for rule in scenario.rules.values())
        assert all(place.host_capacity for place in scenario.municipalities.values())
        assert any(not p.frozen and p.domains != ("unknown",) for p in scenario.partnerships.values())
    assert sorted(seen) == sorted(source.data.municipalities)


def veiligheidsregios(source) -> set[str]:
    return {row["veiligheidsregio"] for row in source.data.municipalities.values()}


def test_sized_scenarios_hang_together_and_grow():
    source = inputs.Source.read(DATA)
    chosen = [set(source.places[f"n{size}"][1]) for size in inputs.SIZES]
    assert [len(codes) for codes in chosen] == list(inputs.SIZES)
    assert all(small < large for small, large in itertools.pairwise(chosen))
