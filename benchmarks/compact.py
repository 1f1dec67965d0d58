"""The compact model that a newcomer would write, in PuLP, valued by the project's own assessment.

A partnership is a slot that may be used: who is in it (z), what it carries (v), and their product, who does what in it
(x). Each partnership of today that is decided on is a slot. For new ones each domain has one form, the lawful one with
the least burden at five members: a slot for every host, or half as many as municipalities where there is no host. A
cell is in one slot. Members hang together by a flow over borders; size, trust and capacities are rows. Motives are
levels of a slot, read from curves (`slots`); they reach a member by a big-M row, and so do hours.

Left out: other forms; mutual services; more work than today for a partnership of today; trust that differs from pair
to pair in burden and power; overload and congruence; rules other than those of `benchmarks.inputs`. Tables beside the
work are decided beforehand. Nothing tells the solver that slots are alike.
"""

import tempfile
import time
from collections import defaultdict
from pathlib import Path

import highspy

from benchmarks.compact_model import UNIT, Compact
from benchmarks.machine import Result, served
from benchmarks.whole_programme import highs
from regie_opt.loading import load
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.worth import assess, complete_plan, today_plan
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.value import Worth


def run(file: Path, limit: float) -> Result:
    """Build it, solve it with HiGHS, and have its plan assessed; `missing` and `proven` are of its own objective."""
    loaded = load(file)
    scenario, base = loaded.scenario, loaded.base
    model = Compact(Worth(scenario, base))
    solver = highs(limit)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "compact.mps"
        model.problem.writeMPS(str(path))
        solver.readModel(str(path))
    began = time.perf_counter()
    solver.run()
    seconds = time.perf_counter() - began
    info, status = solver.getInfo(), solver.getModelStatus()
    value = missing = None
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        chosen = dict(zip(solver.getLp().col_names_, solver.getSolution().col_value, strict=True))
        plan = complete_plan(scenario, [*worthwhile_tables(scenario, base), *planned(model, chosen)])
        value = assess(scenario, base, plan).value
        missing = max(0.0, info.objective_function_value - info.mip_dual_bound) / UNIT
    return {
        "seconds": seconds,
        "value": value,
        "missing": missing,
        "proven": status == highspy.HighsModelStatus.kOptimal,
        "said": solver.modelStatusToString(status),
        "columns": model.problem.numVariables(),
        "rows": model.problem.numConstraints(),
    }


def planned(model: Compact, chosen: dict[str, float]) -> list[PlannedPartnership]:
    """The slots that are used as partnerships; new ones alike but for their domains are one."""
    region = model.region
    bundles: dict[tuple[int, int, int, tuple[str, ...]], list[str]] = defaultdict(list)
    for part in model.parts:
        if chosen[part.used.name] > 0.5:
            inside = tuple(region.codes[i] for i, z in enumerate(part.members) if chosen[z.name] > 0.5)
            key = (part.slot.continues, part.slot.form, part.slot.host, inside)
            bundles[key] += [region.domains[d] for d, v in part.carries.items() if chosen[v.name] > 0.5]
    return [
        PlannedPartnership(
            form=region.forms[form],
            hosts=None if host == NOBODY else dict.fromkeys(domains, region.codes[host]),
            members=members,
            domains=tuple(domains),
            origin="new" if continues == NOBODY else None,
            continues=None if continues == NOBODY else model.worth.today.keys[continues],
        )
        for (continues, form, host, members), domains in bundles.items()
    ]


def worthwhile_tables(scenario: Scenario, base: Scenario) -> list[PlannedPartnership]:
    """Tables beside the work that are worth keeping, each by itself: what one adds does not depend on the others."""

    def value(kept: list[PlannedPartnership]) -> float:
        return assess(scenario, base, complete_plan(scenario, kept)).value

    ended = value([])
    return [q for q in today_plan(scenario) if q.beside and value([q]) > ended]


def main() -> None:
    """Run one job: the scenario file and the limit in seconds."""
    if not served(run):
        raise SystemExit("this is the work of `python -m benchmarks.solvers`")


if __name__ == "__main__":
    main()
