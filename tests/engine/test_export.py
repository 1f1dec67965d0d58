"""The exported programme, solved by solvers that know nothing of the method, has the same value."""

import gzip
import os
import re
import subprocess
from pathlib import Path

import highspy
import pulp
import pytest

from regie_opt.engine import Infeasible, export_programme, solve
from regie_opt.loading import Loaded, load_all
from regie_opt.schema.scenario import Scenario

from .brute_force import SAME, listed

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"
VARIANTS = load_all(LEERSTAD)
CHUNK = 10
SEEDS = range(0, 200, CHUNK)


def stated(path: Path, name: str) -> float:
    found = re.search(rf"^\* {name} = (\S+)$", path.read_text(encoding="ascii"), re.MULTILINE)
    assert found is not None
    return float(found[1])


def exported(scenario: Scenario, base: Scenario, folder: Path) -> Path:
    path = folder / "programme.mps"
    summary = export_programme(scenario, base, path)
    assert stated(path, "constant") == summary.constant
    assert stated(path, "scale") == summary.scale
    return path


def value(path: Path, objective: float | None) -> float | None:
    """Value of a plan by the first lines of the file; None where the solver found none."""
    return None if objective is None else stated(path, "constant") - objective / stated(path, "scale")


def by_highs(path: Path) -> float | None:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    assert status == highspy.HighsModelStatus.kOptimal
    return value(path, solver.getInfo().objective_function_value)


def by_cbc(path: Path) -> float | None:
    answer = path.with_suffix(".txt")
    exact = ["-ratioGap", "0", "-allowableGap", "0", "-integerTolerance", "1e-9", "-primalTolerance", "1e-9"]
    command = [pulp.PULP_CBC_CMD().path, str(path), *exact, "-solve", "-solution", str(answer)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    first = answer.read_text(encoding="utf-8").splitlines()[0]
    if "nfeasible" in first:
        return None
    found = re.search(r"^Optimal.*objective value\s+(\S+)$", first)
    assert found is not None, first
    return value(path, float(found[1]))


@pytest.mark.parametrize("first", SEEDS)
def test_highs_and_cbc_agree_with_the_list_of_all_plans_on_the_exported_programme(first: int, tmp_path: Path):
    for seed in range(first, first + CHUNK):
        case = listed(seed)
        path = exported(case.scenario, case.base, tmp_path)
        expected = None if (most := case.plans.most()) is None else pytest.approx(most, abs=SAME)
        assert by_highs(path) == expected, f"seed {seed}"
        assert by_cbc(path) == expected, f"seed {seed}"


@pytest.mark.parametrize("loaded", VARIANTS, ids=lambda loaded: loaded.scenario.variant or "itself")
def test_highs_and_cbc_agree_with_solve_on_the_exported_programme_of_leerstad(loaded: Loaded, tmp_path: Path):
    path = exported(loaded.scenario, loaded.base, tmp_path)
    try:
        expected = pytest.approx(solve(loaded.scenario, loaded.base).certificate.value, abs=SAME)
    except Infeasible:
        expected = None
    assert by_highs(path) == expected
    assert by_cbc(path) == expected


def test_the_exported_programme_says_how_to_read_its_objective(tmp_path: Path):
    path = exported(VARIANTS[0].scenario, VARIANTS[0].base, tmp_path)
    head = path.read_text(encoding="ascii").splitlines()[:4]
    assert all(line.startswith("* ") for line in head)
    assert any("value of the plan = constant - objective / scale" in line for line in head)


def test_a_programme_is_compressed_where_its_name_says_so(tmp_path: Path):
    case = listed(0)
    plain, compressed = (tmp_path / name for name in ("programme.mps", "programme.mps.gz"))
    for path in (plain, compressed):
        export_programme(case.scenario, case.base, path)
    assert gzip.decompress(compressed.read_bytes()) == plain.read_bytes()


def test_a_programme_has_any_name_that_a_file_may_have(tmp_path: Path):
    case = listed(0)
    path = tmp_path / os.fsdecode(b"c\xe9.mps")
    export_programme(case.scenario, case.base, path)
    assert path.exists()
