"""Many variants in one `compare` against as many `solve`s: `python -m benchmarks.study --inputs DIR [--record]`.

The variants have the weights of all criteria that count multiplied by a factor between 1/2 and 2, drawn by a seeded
generator. One side is `compare` with a few workers and an empty store; the other is a call of `solve` for each variant,
one after another, as a script would do it. Both start Python as a user does, run in turn in one go, and must find the
same values, or the command ends with an error. `--variants 6` tries it out.
"""

import json
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.machine import ONE_THREAD, Result, markdown, options, publish, say, scenarios
from benchmarks.public import read_yaml
from regie_opt.loading import load
from regie_opt.schema.scenario import Scenario

REGIONS = ("zuid-holland-zuid",)
VARIANTS, WORKERS, SEED = 100, 2, 1
LARGEST_FACTOR = 2.0
SAME = 1e-6
"""Part of the value within which both sides must agree."""
AIM = 4.0
HEADERS = (
    "region",
    "variants",
    "workers",
    "not proven",
    "solve one by one, s",
    "compare, s",
    "ratio",
    "ratio of processor time",
    "compare again, s",
)


def drawn(scenario: Scenario, count: int, seed: int) -> dict[str, dict[str, float]]:
    """Weights of each variant by path."""
    generator = np.random.default_rng(seed)
    counted = {key: criterion.weight for key, criterion in scenario.criteria.items() if criterion.weight > 0}
    variants = {}
    for n in range(count):
        factors = np.exp(generator.uniform(-math.log(LARGEST_FACTOR), math.log(LARGEST_FACTOR), len(counted)))
        variants[f"v{n:03d}"] = {
            f"criteria.{key}.weight": round(float(weight * factor), 4)
            for (key, weight), factor in zip(counted.items(), factors, strict=True)
        }
    return variants


@dataclass(frozen=True)
class Took:
    """What some commands took."""

    clock: float
    """Seconds that a user waits."""
    processor: float
    """Seconds of all processes together."""


def run(file: Path, limit: float, variants: int, workers: int, seed: int) -> Result:
    """Both sides on one scenario; what they took, and where they do not agree."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "scenario"
        shutil.copytree(file.parent, folder)
        scenario = folder / file.name
        weights = drawn(load(file).scenario, variants, seed)
        named = {name: {"changes": changes} for name, changes in weights.items()}
        # JSON is YAML too, and nobody need read it.
        scenario.write_text(json.dumps({**read_yaml(file), "variants": named}), encoding="utf-8")
        one_by_one, separate = _one_by_one(scenario, list(named), limit)
        together, compared = _compared(scenario, limit, workers)
        again, _ = _compared(scenario, limit, workers)
    found = {column["variant"]: column for column in compared["columns"] if column["variant"]}
    proven = [name for name in named if {separate[name]["status"], found[name]["status"]} == {"optimal"}]
    return {
        "variants": variants,
        "workers": workers,
        "stopped": variants - len(proven),
        "one_by_one": one_by_one,
        "together": together,
        "again": again,
        "differ": [name for name in proven if _differ(separate[name]["value"], found[name]["value"])],
    }


def _one_by_one(scenario: Path, names: list[str], limit: float) -> tuple[Took, dict[str, Result]]:
    plans = {}
    with _timed() as took:
        for name in names:
            file = scenario.with_name("plan.json")
            _regie_opt("solve", scenario, "--variant", name, "--time-limit", limit, "-o", file)
            plans[name] = json.loads(file.read_text(encoding="utf-8"))
    return took[0], plans


def _compared(scenario: Path, limit: float, workers: int) -> tuple[Took, Result]:
    file, store = scenario.with_name("comparison.json"), scenario.parent.parent / "store"
    with _timed() as took:
        _regie_opt("compare", scenario, "--workers", workers, "--time-limit", limit, "--store", store, "-o", file)
    return took[0], json.loads(file.read_text(encoding="utf-8"))


def _regie_opt(*arguments: object) -> None:
    command = [sys.executable, "-m", "regie_opt.cli.main", *map(str, arguments), "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **ONE_THREAD})


@contextmanager
def _timed() -> Iterator[list[Took]]:
    """What the commands inside take; filled in at the end."""
    took: list[Took] = []
    began, spent = time.perf_counter(), _spent()
    yield took
    took.append(Took(time.perf_counter() - began, _spent() - spent))


def _spent() -> float:
    """Processor time of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _differ(one: float, other: float) -> bool:
    return abs(one - other) > SAME * max(1.0, abs(other))


def row(name: str, result: Result) -> list[str]:
    """What is told of one region."""
    one_by_one, together, again = result["one_by_one"], result["together"], result["again"]
    return [
        name,
        f"{result['variants']}",
        f"{result['workers']}",
        f"{result['stopped']}",
        f"{one_by_one.clock:.1f}",
        f"{together.clock:.1f}",
        f"{one_by_one.clock / together.clock:.1f}",
        f"{one_by_one.processor / together.processor:.1f}",
        f"{again.clock:.1f}",
    ]


def summary(results: dict[str, Result]) -> str:
    """The last line: the least ratio, beside the aim."""
    name = min(results, key=lambda name: results[name]["one_by_one"].clock / results[name]["together"].clock)
    ratio = results[name]["one_by_one"].clock / results[name]["together"].clock
    return f"Least ratio: {ratio:.1f} ({name}); the aim is {AIM:g}. Values that both sides prove are the same."


def main() -> None:
    """Measure the regions that were asked for."""
    parser = options(__doc__, limit=60.0)
    parser.add_argument("names", nargs="*", help=f"which regions; none: {', '.join(REGIONS)}")
    parser.add_argument("--variants", type=int, default=VARIANTS)
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    inputs = scenarios(parser, given, given.names or REGIONS)
    results = {}
    for name, file in inputs.files.items():
        results[name] = run(file, given.limit, given.variants, given.workers, given.seed)
        say("  ".join(row(name, results[name])))
    failed = [f"{name}: {', '.join(r['differ'])}" for name, r in results.items() if r["differ"]]
    table = markdown(HEADERS, [row(name, result) for name, result in results.items()])
    publish("study", f"{table}\n\n{summary(results)}", inputs, recorded=given.record and not failed)
    if failed:
        sys.exit(f"Other values on both sides, and not recorded: {'; '.join(failed)}")


if __name__ == "__main__":
    main()
