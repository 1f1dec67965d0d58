"""The complete programme, as `export_programme` writes it, handed to HiGHS, CBC and SCIP.

Each runner gives: seconds of the solve, reading the file left out; `value` of its plan, or None without one; `missing`,
how far above that its bound still is, in value, None where the solver does not say; whether it is `proven`; and `said`,
how the solver itself calls the way it ended.
"""

import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import highspy
import pulp

from benchmarks.machine import Result, answer, asked_job
from regie_opt.engine import export_programme
from regie_opt.loading import load

HEADER_LINES = 4
"""Lines of an exported programme that say what it is."""
CLOSE = 1e-6
"""Absolute gap at which a solver may stop, in units of the objective (the weights together are 1e4)."""
CBC_COUNTS_TWICE = 2
"""CBC counts the time before its search twice: told so many times the limit, it stops no sooner than the limit."""
NO_BOUND = 1e20
"""What solvers call infinite."""


def run_export(scenario: Path, programme: Path) -> Result:
    """Write the programme of a scenario."""
    loaded = load(scenario)
    began = time.perf_counter()
    summary = export_programme(loaded.scenario, loaded.base, programme)
    return {"seconds": time.perf_counter() - began, "columns": summary.columns, "rows": summary.rows}


@dataclass(frozen=True)
class Ending:
    """What a solver ended with, in units of the objective."""

    seconds: float
    said: str
    proven: bool
    objective: float | None
    bound: float | None


def in_value(programme: Path, ending: Ending) -> Result:
    """What a runner gives, in value instead of objective, by the constant and scale in the programme's first lines."""
    with programme.open(encoding="ascii") as file:
        lines = [next(file) for _ in range(HEADER_LINES)]
    told = {line.split()[1]: float(line.split("=")[1]) for line in lines if re.match(r"\* (constant|scale) =", line)}
    value = missing = None
    if ending.objective is not None:
        value = told["constant"] - ending.objective / told["scale"]
        if ending.bound is not None and abs(ending.bound) < NO_BOUND:
            missing = max(0.0, ending.objective - ending.bound) / told["scale"]
    return {"seconds": ending.seconds, "value": value, "missing": missing, "proven": ending.proven, "said": ending.said}


def run_highs(programme: Path, limit: float) -> Result:
    """HiGHS, by its Python interface."""
    solver = highs(limit)
    solver.readModel(str(programme))
    began = time.perf_counter()
    solver.run()
    seconds = time.perf_counter() - began
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    status = solver.getModelStatus()
    ending = Ending(
        seconds,
        solver.modelStatusToString(status),
        status == highspy.HighsModelStatus.kOptimal,
        info.objective_function_value if found else None,
        info.mip_dual_bound,
    )
    return in_value(programme, ending)


def highs(limit: float) -> Any:
    """HiGHS as it is measured: one thread, to proof."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    options = {"output_flag": False, "threads": 1, "time_limit": limit, "mip_rel_gap": 0.0, "mip_abs_gap": CLOSE}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver


def run_cbc(programme: Path, limit: float) -> Result:
    """CBC, the binary that comes with PuLP; its log says what the solve took, without reading the file."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.txt"
        time_limit = f"-timeMode elapsed -sec {CBC_COUNTS_TWICE * limit} -threads 1".split()
        options = f"-ratio 0 -allow {CLOSE} -solve -solution".split()
        command = [pulp.PULP_CBC_CMD().path, str(programme), *time_limit, *options, str(plan)]
        began = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - began
        first = plan.read_text(encoding="ascii").split("\n", 1)[0] if plan.exists() else "no answer"
    said, _, number = first.partition(" - objective value")
    proven = said.startswith("Optimal")
    # CBC names the value of the relaxation where it has no plan.
    found = proven or (number and "infeasible" not in said.lower() and "no integer solution" not in said)
    solve = _number(done.stdout, r"Total time .*Wallclock seconds\):\s*")
    objective = float(number) if found else None
    ending = Ending(
        seconds if solve is None else solve,
        said,
        proven,
        objective,
        objective if proven else _number(done.stdout, r"Lower bound:\s*"),
    )
    return in_value(programme, ending)


def _number(log: str, before: str) -> float | None:
    """The last number in a log after some words."""
    found = re.findall(before + r"(-?[\d.]+(?:e[+-]?\d+)?)", log)
    return float(found[-1]) if found else None


def run_scip(programme: Path, limit: float) -> Result:
    """SCIP, by its Python interface, which need not be there."""
    solver = import_module("pyscipopt").Model()
    solver.hideOutput()
    solver.readProblem(str(programme))
    settings = {"limits/time": limit, "limits/gap": 0.0, "limits/absgap": CLOSE, "parallel/maxnthreads": 1}
    solver.setParams(settings)
    began = time.perf_counter()
    solver.optimize()
    seconds = time.perf_counter() - began
    status = solver.getStatus()
    objective = solver.getObjVal() if solver.getNSols() else None
    return in_value(programme, Ending(seconds, status, status == "optimal", objective, solver.getDualbound()))


RUNNERS: Mapping[str, Callable[[Path, float], Result]] = {"highs": run_highs, "cbc": run_cbc, "scip": run_scip}


def main() -> None:
    """Run one job: `export SCENARIO FILE`, or a solver's name, `FILE` and the limit in seconds."""
    asked = asked_job()
    if asked is None:
        raise SystemExit("this is the work of `python -m benchmarks.solvers`")
    kind, first, second = asked
    answer(run_export(Path(first), Path(second)) if kind == "export" else RUNNERS[kind](Path(first), float(second)))


if __name__ == "__main__":
    main()
