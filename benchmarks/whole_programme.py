"""The engine beside the same programme handed whole to HiGHS and to CBC, in one run, one job at a time.

    python benchmarks/whole_programme.py scenarios/zuid-holland-zuid/scenario.yaml --limit 300 --repeat 3

Every job is a process of its own: seconds are wall time of the solve (loading and, for the others, reading the file
left out), memory is the peak of the process. A solver stopped at the limit counts as the limit, and is marked.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import highspy
import pulp

from regie_opt.engine import Options, export_programme, solve
from regie_opt.loading import load

SAME = 1e-6
"""Value within which the optima must agree."""


def run_engine(scenario: Path, limit: float) -> dict[str, Any]:
    loaded = load(scenario)
    began = time.perf_counter()
    solution = solve(loaded.scenario, loaded.base, Options(time_limit=limit))
    proof = solution.certificate
    return {
        "seconds": time.perf_counter() - began,
        "value": proof.value,
        "proven": proof.status == "optimal",
        "gap": proof.gap,
        "candidates": proof.candidates.count,
    }


def header(path: Path) -> tuple[float, float]:
    """Constant and scale from the first lines of an exported programme."""
    lines = path.read_text(encoding="ascii").splitlines()[:4]
    found = {line.split()[1]: float(line.split("=")[1]) for line in lines if line.startswith(("* constant", "* scale"))}
    return found["constant"], found["scale"]


def run_highs(path: Path, limit: float) -> dict[str, Any]:
    constant, scale = header(path)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", limit)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-6)
    solver.readModel(str(path))
    began = time.perf_counter()
    solver.run()
    seconds = time.perf_counter() - began
    info = solver.getInfo()
    return {
        "seconds": seconds,
        "value": constant - info.objective_function_value / scale,
        "proven": solver.getModelStatus() == highspy.HighsModelStatus.kOptimal,
    }


def run_cbc(path: Path, limit: float) -> dict[str, Any]:
    constant, scale = header(path)
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.txt"
        command = [pulp.PULP_CBC_CMD().path, str(path), "-sec", str(limit), "-ratio", "0", "-allow", "1e-6"]
        began = time.perf_counter()
        subprocess.run([*command, "-threads", "1", "-solve", "-solution", str(answer)], capture_output=True, check=True)
        seconds = time.perf_counter() - began
        first = answer.read_text(encoding="ascii").splitlines()[0]
    return {
        "seconds": seconds,
        "value": constant - float(first.split("objective value")[1]) / scale,
        "proven": first.startswith("Optimal"),
    }


def job(kind: str, path: Path, limit: float) -> dict[str, Any]:
    """Run one job in a process of its own."""
    command = [sys.executable, __file__, str(path), "--limit", str(limit), "--job", kind]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario", type=Path, nargs="+")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds per job")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, alternating")
    parser.add_argument("--job", choices=("engine", "highs", "cbc"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.job:
        run = {"engine": run_engine, "highs": run_highs, "cbc": run_cbc}[given.job]
        result = run(given.scenario[0], given.limit)
        whom = resource.RUSAGE_CHILDREN if given.job == "cbc" else resource.RUSAGE_SELF
        print(json.dumps({**result, "megabytes": resource.getrusage(whom).ru_maxrss / 1024}))
        return
    packages = ", ".join(f"{name} {version(name)}" for name in ("regie-opt", "highspy", "pulp", "numpy"))
    print(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"{packages}; one thread each, median of {given.repeat}, limit {given.limit:.0f} s\n"
    )
    print("| scenario | who | seconds | ratio | peak MB | value | proven |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for scenario in given.scenario:
        compare(scenario, given.limit, given.repeat)


def compare(scenario: Path, limit: float, repeat: int) -> None:
    """Run the three in turn and print a row for each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.mps"
        loaded = load(scenario)
        summary = export_programme(loaded.scenario, loaded.base, path)
        runs: dict[str, list[dict[str, Any]]] = {"engine": [], "highs": [], "cbc": []}
        for _ in range(repeat):
            for kind, results in runs.items():
                results.append(job(kind, scenario if kind == "engine" else path, limit))
    own = statistics.median(r["seconds"] for r in runs["engine"])
    names = {"engine": "regie-opt", "highs": "HiGHS, whole", "cbc": "CBC, whole"}
    for kind, results in runs.items():
        seconds = statistics.median(r["seconds"] for r in results)
        proven = all(r["proven"] for r in results)
        memory = max(r["megabytes"] for r in results)
        ratio = f"{'' if proven else 'over '}{seconds / own:.1f}" if kind != "engine" else "1"
        value = f"{results[0]['value']:.6f}"
        print(
            f"| {scenario.parent.name} | {names[kind]} | {seconds:.1f} | {ratio} | {memory:.0f} | {value} | {proven} |"
        )
    print(f"\n{scenario.parent.name}: the whole programme has {summary.columns} columns and {summary.rows} rows.\n")
    values = [r["value"] for results in runs.values() for r in results if r["proven"]]
    if max(values) - min(values) > SAME:
        sys.exit(f"the proven optima differ: {values}")


if __name__ == "__main__":
    main()
