"""Whatever is done to an official file: it is refused in the product's own words, or every odd figure is told.

10,000 changes of each kind of file are in the slow suite, a hundredth of them in the default one. A trial is the kind
and a number, so `trial("iv3", 4711, folder)` is that one again.
"""

import math
from datetime import date

import pytest
from ruamel.yaml import YAML
from spoiling import changed

from regie_opt.loading import InputError, load_all
from regie_opt.sources import Judgements, build, read_country, select, write_scenario
from sources import small
from sources.mutations import CHANGES

DAY = date(2026, 5, 16)
QUICK, ALL, SHARDS = 100, 10_000, 20
LOADED = 100
"""Every so many trials the whole scenario is loaded too, which takes a second."""
FOUND: tuple[tuple[str, int], ...] = (("register", 460), ("register", 2500), ("register", 2900), ("boundaries", 174))
"""Trials that once showed a fault."""


def trial(kind: str, seed: int, folder) -> str:
    """Import with one file changed; return what was done to it."""
    contents, done = changed(kind, small.TEXTS[kind](), seed, CHANGES)
    files = small.write(folder, **{kind: contents})
    try:
        read = read_country(files)
        day = read.register.of or DAY
        built = build(read, select(read, "codes=GM0654,GM0664,GM0687,GM0717", day), Judgements(), day)
    except InputError as error:
        refusal = error
    else:
        refusal = None
    if refusal is not None:
        assert len(refusal.problems) >= 1
        assert all(problem.where and problem.message for problem in refusal.problems)
        return done
    told = {(finding.subject, finding.reason) for finding in built.findings}
    of_all = {reason for _, reason in told}
    region = YAML(typ="safe", pure=True).load(built.files["region.yaml"])
    domains = read.knowledge.domains
    for code, place in region["municipalities"].items():
        people, at = place["population"], place["location"]
        assert people > 0
        assert 900 <= people <= 1_000_000 or told & {(code, "few_inhabitants"), (code, "many_inhabitants")}, people
        assert math.isfinite(at["lon"])
        assert math.isfinite(at["lat"])
        inside = 3.2 <= at["lon"] <= 7.3 and 50.7 <= at["lat"] <= 53.6
        assert inside or (code, "wide") in told, at
        assert place.get("spending") or (code, "no_spending") in told or "no_usual" in of_all
        for key, euro in place.get("spending", {}).items():
            assert math.isfinite(euro)
            part = euro / people / domains[key].spending_per_inhabitant
            assert 1 / 30 / 2.5 <= part <= 30 * 2.5 or told & {(key, "spending"), (code, "few_inhabitants")}, (
                key,
                euro,
            )
    same = [place["population"] for place in region["municipalities"].values()]
    assert max(map(same.count, same)) < 3 or "same_inhabitants" in of_all
    for border in region["borders"]:
        assert math.isfinite(border["km"])
    for name in ("inventory.yaml", "scenario.yaml"):
        assert YAML(typ="safe", pure=True).load(built.files[name])
    if seed % LOADED == 0:
        out = folder / f"{kind}-{seed}"
        write_scenario(built, out, "nl")
        assert load_all(out / "scenario.yaml")
    return done


@pytest.mark.parametrize(("kind", "seed"), FOUND)
def test_a_change_that_once_showed_a_fault_shows_none(kind, seed, tmp_path):
    trial(kind, seed, tmp_path)


@pytest.mark.parametrize("kind", CHANGES)
def test_a_changed_file_is_refused_in_words_or_told(kind, tmp_path):
    done = {trial(kind, seed, tmp_path) for seed in range(QUICK)}
    assert len(done) > len(CHANGES[kind])


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("kind", CHANGES)
def test_ten_thousand_changed_files_are_refused_in_words_or_told(kind, shard, tmp_path):
    for seed in range(shard, ALL, SHARDS):
        trial(kind, seed, tmp_path)
