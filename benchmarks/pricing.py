"""Exact pricing of a million member sets: `python -m benchmarks.pricing --inputs DIR [--sets 1000000] [--record]`.

The largest-membership rule is taken out and the engine's limit of sets raised, until there are as many connected sets
as asked; the smallest are kept. Each set is one body: a new public body of colleges. The other forms take no new
partnerships and what is decided on today is left out, since a set has a body for every form, host and partnership of
today. No body is dropped beforehand, so all sets are priced in every domain that is decided on.

They are priced at what the relaxation of the scenario as it is ends with: at the prices of its cells, and at those of
its cuts among municipalities as well. The other side prices one set after another in a loop, on a sample.
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.machine import Result, job, markdown, options, publish, scenarios, served
from regie_opt.engine.candidates import Candidates, candidates
from regie_opt.engine.columns import UNIT, Model
from regie_opt.engine.master import TOLERANCE
from regie_opt.engine.pricing import Duals, Pricing
from regie_opt.engine.relaxation import MOST_PER_ROUND, relax
from regie_opt.engine.rows import side_rows
from regie_opt.loading import load
from regie_opt.schema.rules import Largest
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.region import Floats, Ints, Region
from regie_opt.worth.today import Today
from regie_opt.worth.value import Worth

FORM = "ol_college"
"""The form of every body: no host, no limit to its members, any domain."""
ROOM = 2
"""Sets listed at most, as a multiple of those asked for: all of a size are listed or none, and a size has about as many
as all smaller ones together."""
REPEAT = 5
SAMPLE = 2_000
"""Sets that the loop prices."""
SAME = 1e-6
"""Reduced cost (engine units) up to which both sides agree."""
ASKED = 2.0
"""Seconds."""
HEADERS = (
    "prices of",
    "sets",
    "domains each",
    "median, ms",
    "least, ms",
    "greatest, ms",
    "columns found",
    "loop, s",
    "loop / ours",
    "peak MB",
)


def run(file: Path, limit: float, sets: float) -> Result:
    """Milliseconds of both sides at both kinds of prices; the relaxation may take the limit."""
    loaded = load(file)
    worth = Worth(loaded.scenario, loaded.base)
    as_it_is = Model.of(worth, candidates(worth.today))
    duals = prices(as_it_is, limit)
    worth = Worth(lifted(loaded.scenario), loaded.base)
    began = time.perf_counter()
    found = candidates(worth.today, ROOM * int(sets))
    listed = time.perf_counter() - began
    count = len(found.bodies)
    if count < sets:
        return {"failed": f"there are {count:,} sets to price: {found.sets.rule}"}
    found = first(found, int(sets))
    model = Model(worth, found, side_rows(worth, found), worth.column_values(found.bodies))
    cells = Duals(duals.cell, np.zeros(len(model.rows.side)), np.zeros(0), duals.cuts.take(np.zeros(0, dtype=np.int64)))
    among = np.flatnonzero(duals.cuts.host == NOBODY)
    cuts = Duals(cells.cell, cells.side, duals.cut[among], duals.cuts.take(among))
    began = time.perf_counter()
    Pricing(model, cells).improving(MOST_PER_ROUND, TOLERANCE)
    return {
        "listed": listed,
        "ready": time.perf_counter() - began,
        "usual": as_it_is.found.priced / len(as_it_is.found.sets.members),
        "of": count,
        "sets": len(found.bodies),
        "largest": int(found.bodies.inside.max()),
        "domains": float(found.allowed.sum(axis=1).mean()),
        "sides": {"cells": both(model, cells), f"cells and {len(among)} cuts": both(model, cuts)},
    }


def prices(model: Model, limit: float) -> Duals:
    """What the relaxation ends with, or is at when the limit is reached."""
    began = time.perf_counter()
    return relax(model, lambda: time.perf_counter() - began > limit, lambda _bound, _columns: None).duals


def lifted(scenario: Scenario) -> Scenario:
    """The scenario without a largest membership, with new partnerships of one form only."""
    today = Today(Region(scenario))
    fixed = {key for key, is_fixed in zip(today.keys, today.fixed, strict=True) if is_fixed}
    return scenario.model_copy(
        update={
            "rules": {k: r for k, r in scenario.rules.items() if not isinstance(r, Largest)},
            "partnerships": {k: p for k, p in scenario.partnerships.items() if k in fixed},
            "forms": {k: f if k == FORM else f.model_copy(update={"largest": 1}) for k, f in scenario.forms.items()},
        }
    )


def first(found: Candidates, count: int) -> Candidates:
    """The first of the candidates: those of the smallest sets."""
    return found.take(np.arange(count))


def both(model: Model, duals: Duals) -> Result:
    """Milliseconds of exact pricing and of the loop, which must agree."""
    taken = []
    for _ in range(REPEAT):
        began = time.perf_counter()
        pricing = Pricing(model, duals)
        columns = pricing.improving(MOST_PER_ROUND, TOLERANCE)
        taken.append(1000 * (time.perf_counter() - began))
    bodies = len(model.found.bodies)
    sample = np.unique(np.linspace(0, bodies - 1, SAMPLE).astype(np.int64))
    began = time.perf_counter()
    least = loop(model, duals, sample)
    seconds = time.perf_counter() - began
    apart = float(np.abs(least - pricing.best[0][sample]).max())
    return {
        "taken": taken,
        "columns": 0 if columns is None else len(columns),
        "loop": seconds * bodies / len(sample),
        "sample": len(sample),
        "apart": apart,
    }


def loop(model: Model, duals: Duals, sample: Ints) -> Floats:
    """Least reduced cost of some bodies, one after another."""
    base, per_domain = model.costs
    found, cuts = model.found, duals.cuts
    least = np.zeros(len(sample))
    for i, b in enumerate(sample.tolist()):
        members = found.bodies.members[b]
        reduced = per_domain[b] - duals.cell[members].sum(axis=0)
        met = (cuts.among & members).sum(axis=1) // cuts.divisor
        np.subtract.at(reduced, cuts.domain, duals.cut * met)
        gains = reduced[reduced < 0]
        least[i] = base[b] + (gains.sum() if len(gains) else reduced[found.anchor[b]].min())
    return least


def rows(result: Result) -> list[list[str]]:
    """What is told of both kinds of prices."""
    return [
        [
            name,
            f"{result['sets']:,}",
            f"{result['domains']:.0f}",
            *(f"{of(side['taken']):.0f}" for of in (statistics.median, min, max)),
            f"{side['columns']:,}",
            f"{side['loop']:.1f}",
            f"{1000 * side['loop'] / statistics.median(side['taken']):.0f}",
            f"{result['megabytes']:.0f}",
        ]
        for name, side in result["sides"].items()
    ]


def told(result: Result, region: str) -> str:
    """The table, what was done for it, and the answer."""
    sides = list(result["sides"].values())
    slowest = max(statistics.median(side["taken"]) for side in sides) / 1000
    apart = max(side["apart"] for side in sides)
    return "\n\n".join(
        [
            markdown(HEADERS, rows(result)),
            f"The sets are the smallest of {result['of']:,} connected ones in {region}, without its rule on the "
            f"largest membership: those of up to {result['largest']} members. Each is one body, a new public body of "
            "colleges: the other forms take no new partnerships, and today's that are decided on are left out. In the "
            f"scenario as it is there are {result['usual']:.0f} bodies per set. Listing took {result['listed']:.1f} s, "
            f"and costs with a first pricing {result['ready']:.1f} s; that is done once, and is not in the figures, "
            f"which are of {REPEAT} runs. Peak memory is that of all of it.",
            f"The loop prices {sides[0]['sample']:,} sets one after another, with the costs at hand; its seconds are "
            f"extrapolated from those. Its reduced costs differ by {apart:.1g} at most, where all weights together are "
            f"{UNIT:g}.",
            f"{result['sets']:,} sets are priced in {slowest:.2f} s at most, "
            f"{'under' if slowest < ASKED else 'not under'} {ASKED:g} s.",
        ]
    )


def main() -> None:
    """Measure one scenario."""
    if served(run):
        return
    parser = options(__doc__, limit=60.0)
    parser.add_argument("--name", default="utrecht", help="which scenario")
    parser.add_argument("--sets", type=int, default=1_000_000, help="how many member sets")
    given = parser.parse_args()
    inputs = scenarios(parser, given, [given.name])
    result = job("pricing", inputs.files[given.name], given.limit, given.sets, limit=given.limit)
    if "failed" in result:
        sys.exit(f"{given.name}: {result['failed']}")
    publish("pricing", told(result, given.name), inputs, recorded=given.record)
    if any(side["apart"] > SAME for side in result["sides"].values()):
        sys.exit("the two sides differ")


if __name__ == "__main__":
    main()
