"""What the measurements tell: moments of a curve, columns of a table, and both sides of pricing."""

from pathlib import Path

import pytest

from regie_opt.engine import Progress

ROOT = Path(__file__).resolve().parents[2]
LEERSTAD = ROOT / "scenarios" / "leerstad" / "scenario.yaml"


def heard(phase: str, *seconds: float) -> list[Progress]:
    return [Progress(phase, s, None, None, None, 0) for s in seconds]


def test_a_curve_has_the_last_report_up_to_each_moment_and_the_end_of_every_phase():
    from benchmarks.country import thinned

    reports = [*heard("candidates", 0.5), *heard("relaxation", 1, 2, 3, 3.9), *heard("proof", 4.1, 7, 9.9, 10)]
    assert [now.seconds for now in thinned(reports, moments=2)] == [0.5, 3.9, 4.1, 10]
    assert [now.seconds for now in thinned(reports, moments=1)] == [0.5, 3.9, 10]
    assert thinned(reports, moments=1000) == reports


def test_a_long_curve_is_thinned_evenly_and_one_without_reports_is_empty():
    from benchmarks.country import thinned

    reports = heard("relaxation", *(i / 10 for i in range(1, 1001)))
    assert [now.seconds for now in thinned(reports, moments=5)] == [20, 40, 60, 80, 100]
    assert thinned([]) == []


def test_a_solve_tells_the_memory_of_every_phase_and_a_curve_that_ends_where_it_ends():
    from benchmarks.columns import row
    from benchmarks.country import run
    from benchmarks.phases import columns

    result = run(LEERSTAD, 30.0)
    assert set(result["peaks"]) == set(result["phases"])
    assert result["curve"][0]["phase"] == next(iter(result["phases"]))
    assert result["curve"][-1]["bound"] >= result["value"] - 1e-6
    told = dict(zip(columns([result]), row(columns([result]), "leerstad", result)[1:], strict=True))
    assert told["relaxation, s"] == f"{result['phases']['relaxation']:.1f}"
    assert told["proven"] == "yes"


def test_a_failure_is_told_in_its_row_and_has_no_figures():
    from benchmarks.columns import row
    from benchmarks.regions import COLUMNS

    told = row(COLUMNS, "drenthe", {"failed": "no plan"})
    assert [cell for cell in told if cell] == ["drenthe", "failed: no plan"]
    assert len(told) == 1 + len(COLUMNS)


def test_the_loop_prices_as_the_engine_does_and_too_few_sets_are_told():
    from benchmarks.pricing import SAME, run

    result = run(LEERSTAD, 30.0, 12.0)
    assert result["sets"] == 12
    assert all(side["apart"] < SAME for side in result["sides"].values())
    assert all(side["sample"] == 12 for side in result["sides"].values())
    assert "failed" in run(LEERSTAD, 30.0, 1000.0)


def test_solving_again_is_compared_weight_by_weight_where_both_sides_are_proven():
    from benchmarks.resolve import HEADERS, differ, ratios, row, summary

    result = {"cold": [(4.0, 3.0), (9.0, 6.0), (2.0, 2.0)], "warm": [(1.0, 1.0), (3.0, 1.0), (1.0, 1.0)], "stopped": 1}
    assert ratios(result) == [4.0, 3.0, 2.0]
    assert row("drenthe", result) == ["drenthe", "4", "1", "4.00", "1.00", "2.0", "3.0", "4.0", "3.0"]
    assert "3.0 times as fast as from nothing (3.0 in processor time)" in summary({"drenthe": result})
    assert len(row("twente", {"cold": [], "warm": [], "stopped": 3})) == len(HEADERS)
    assert row("twente", {"failed": "no plan"})[1] == "failed: no plan"
    assert not differ(2.5, 2.5 + 2e-6)
    assert differ(2.5, 2.5 + 3e-6)


def test_solving_again_is_worth_the_same():
    from benchmarks.resolve import run

    result = run(LEERSTAD, 30.0)
    assert len(result["cold"]) == len(result["warm"]) > 0
    assert result["stopped"] == 0


def grown(size: int, seconds: float, relaxation: float, *, relaxed: bool, proven: bool) -> dict[str, object]:
    return {
        "municipalities": size,
        "seconds": seconds,
        "phases": {"relaxation": relaxation},
        "relaxed": relaxed,
        "proven": proven,
    }


def test_a_line_of_time_against_size_has_the_sizes_that_came_to_their_end():
    from benchmarks.scaling import Line, fit

    line = Line.through([(5, 0.25), (10, 1.0), (20, 4.0)])
    assert (line.level, line.exponent, line.explained) == pytest.approx((1.0, 2.0, 1.0))
    results = {
        f"n{n}": grown(n, float(n**2), float(n) ** 1.5, relaxed=n < 50, proven=n < 25) for n in (5, 10, 20, 40, 80)
    }
    told = [[cell.strip() for cell in line.split("|")[1:-1]] for line in fit(results).splitlines()[2:]]
    assert told[0] == ["the relaxation", "4", "1", "31.62", "1.50", "1.000"]
    assert told[1] == ["all of it", "3", "2", "100.00", "2.00", "1.000"]
    few = fit({"n5": results["n5"], "lost": {"failed": "no plan"}}).splitlines()[2]
    assert [cell.strip() for cell in few.split("|")[1:-1]] == ["the relaxation", "1", "1", "", "", ""]


def test_runs_that_are_kept_are_not_made_again_and_others_are(tmp_path):
    from benchmarks.kept import Kept

    file, made = tmp_path / "runs.jsonl", []

    def measured(kind: str) -> dict[str, object]:
        made.append(kind)
        return {"seconds": 1.5, "value": None}

    first = Kept(file)
    assert first.result(("twente", "own"), lambda: measured("own")) == {"seconds": 1.5, "value": None}
    again = Kept(file)
    assert again.result(("twente", "own"), lambda: measured("own")) == {"seconds": 1.5, "value": None}
    again.result(("twente", "cbc"), lambda: measured("cbc"))
    Kept(None).result(("twente", "own"), lambda: measured("nowhere"))
    assert made == ["own", "cbc", "nowhere"]
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2


def test_a_study_is_measured_on_the_same_weights_every_time_and_tells_its_ratio():
    from benchmarks.study import HEADERS, Took, drawn, row, summary
    from regie_opt.loading import load

    scenario = load(LEERSTAD).scenario
    weights = drawn(scenario, 3, 1, 2.0)
    assert weights == drawn(scenario, 3, 1, 2.0)
    assert weights != drawn(scenario, 3, 2, 2.0)
    assert list(weights) == ["v000", "v001", "v002"]
    for name, weight in ((key, c.weight) for key, c in scenario.criteria.items()):
        found = [variant.get(f"criteria.{name}.weight") for variant in weights.values()]
        assert all(f is None if weight == 0 else weight / 2.001 <= f <= 2.001 * weight for f in found)
    result = {
        "variants": 3,
        "workers": 2,
        "stopped": 0,
        "one_by_one": Took(40.0, 30.0),
        "together": Took(8.0, 15.0),
        "again": Took(1.0, 1.0),
        "differ": [],
    }
    told = dict(zip(HEADERS, row("leerstad", result), strict=True))
    assert (told["ratio"], told["ratio of processor time"]) == ("5.0", "2.0")
    assert summary({"leerstad": result}).startswith("Least ratio: 5.0 (leerstad); the aim is 4.")
