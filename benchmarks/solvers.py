"""Other solvers: `python -m benchmarks.solvers --inputs DIR [NAME ...] --limit 300 --repeat 3 [--record]`.

regie-opt beside the complete programme in HiGHS, CBC and SCIP, and beside the compact model of a newcomer. One job at a
time, alternating. Seconds are the median of the solve: reading files and building models of others are left out. Who is
stopped, or fails, counts as the limit, is marked `over`, and is not run again; a proof after the limit counts as it is.
It takes hours: with `--keep FILE` runs are kept there, and those that are there are not made again: take
out the lines of `own` after a change of the engine.
"""

import math
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks.contender import Contender, ratio
from benchmarks.inputs import SEVEN
from benchmarks.kept import Kept
from benchmarks.machine import Result, fingerprint, job, machine, markdown, options, publish, say, scenarios

COMPLETE = {"highs": "HiGHS", "cbc": "CBC", "scip": "SCIP"}
"""Who gets the complete programme."""
JOBS = {"own": ("regions",), "compact": ("compact",), **{kind: ("whole_programme", kind) for kind in COMPLETE}}
"""Module of each job, with what it is told before file and limit."""
NAMES = {"own": "regie-opt", **COMPLETE, "compact": "compact model"}
SAME = 1e-6
"""Difference, relative to the value where that is above 1, up to which optima agree."""
GRACE = 120.0
"""Seconds above the limit for reading a programme and for stopping, after which a solver is ended."""
EXPORT_LIMIT = 1800.0
"""Seconds for writing the complete programme, which is not measured."""
HEADERS = ("region", "who", "proven", "seconds", "ratio", "value", "gap, % of the gain", "peak MB")
SUMMARY = ("region", "best of the others", "columns", "rows", "its seconds", "ours", "ratio")
READING = (
    "Ratio: seconds over ours; `>` where the other was stopped, `<` where ours was, `?` where both were. The compact "
    "model proves only that its own objective is solved; its value is that of its plan in the assessment."
)


class Comparison:
    """All contenders on one region."""

    def __init__(self, name: str, file: Path, kinds: Sequence[str], limit: float, kept: Kept) -> None:
        self.name, self.file, self.limit, self.kept = name, file, limit, kept
        self.inputs = fingerprint([file])
        self.all = {kind: Contender(kind, NAMES[kind], limit) for kind in ("own", *kinds)}
        self.own = self.all["own"]
        self.columns = self.rows = ""

    def measure(self, repeat: int) -> None:
        """Run the contenders in turn, and tell each run at once."""
        with tempfile.TemporaryDirectory() as folder:
            programme = Path(folder) / "complete.mps"
            written = self.kept.result(self._of("export", 0), lambda: self._export(programme))
            self.columns, self.rows = (f"{written[key]:,}" if key in written else "" for key in ("columns", "rows"))
            for turn in range(repeat):
                for kind, who in self.all.items():
                    if who.runs and not who.proven:
                        continue
                    who.runs.append(self.kept.result(self._of(kind, turn), partial(self._run, kind, programme)))
                    say(f"{turn + 1}  {'  '.join(self.row(who))}")

    def _of(self, kind: str, turn: int) -> tuple[str, ...]:
        """What a run is of: other inputs, limits, machines or versions are other runs."""
        return (self.name, kind, str(turn), f"{self.limit:g}", self.inputs, machine())

    def _run(self, kind: str, programme: Path) -> Result:
        if kind in COMPLETE and not programme.exists() and "failed" in (done := self._export(programme)):
            return {"failed": f"no programme to solve: {done['failed']}"}
        file = programme if kind in COMPLETE else self.file
        return job(*JOBS[kind], file, self.limit, limit=self.limit, grace=GRACE)

    def _export(self, programme: Path) -> Result:
        """Write the complete programme for those who need it."""
        if not set(self.all) & set(COMPLETE):
            return {}
        done = job("whole_programme", "export", self.file, programme, limit=EXPORT_LIMIT)
        say(f"{self.name}: {done}")
        return done

    def row(self, who: Contender) -> list[str]:
        """What is told of one contender."""
        return [self.name, *who.cells(self.own)]

    @property
    def best(self) -> Contender | None:
        """The quickest with the complete programme."""
        others = [who for kind, who in self.all.items() if kind in COMPLETE]
        return min(others, key=lambda who: (who.seconds, not who.proven), default=None)

    def summary(self) -> list[str]:
        """The quickest of the others beside ours."""
        if self.best is None:
            return [self.name, "nobody", self.columns, self.rows, "", self.own.shown, ""]
        name = self.best.name if self.best.proven else "nobody proved it"
        compared = ratio(self.best, self.own)
        return [self.name, name, self.columns, self.rows, self.best.shown, self.own.shown, compared]

    def disagreements(self) -> list[str]:
        """Proven optima that some plan beats, so that they are none."""
        plans = [(value, who) for who in self.all.values() if (value := who.value) is not None]
        if not plans:
            return []
        most, by = max(plans, key=lambda plan: plan[0])
        return [
            f"{self.name}: {who.name} proved {value:.9f}, but {by.name} has a plan worth {most:.9f}"
            for value, who in plans
            if who.kind != "compact" and who.proven and most - value > SAME * max(1.0, abs(most))
        ]


def last_line(regions: Sequence[Comparison]) -> str:
    """Geometric mean and least of best of the others over ours."""
    ratios = {r.name: r.best.seconds / r.own.seconds for r in regions if r.best is not None}
    if not ratios:
        return ""
    mean = math.exp(sum(math.log(x) for x in ratios.values()) / len(ratios))
    least = min(ratios, key=lambda name: ratios[name])
    stopped = sum(not r.best.proven for r in regions if r.best is not None)
    own = sum(not r.own.proven for r in regions)
    return (
        f"Best of the others over ours: geometric mean {mean:.2f}, least {ratios[least]:.2f} ({least}), over "
        f"{len(ratios)} regions. Not proven within the limit, which then counts: by any of the others in {stopped}, "
        f"by ours in {own}."
    )


def main() -> None:
    """Measure the regions that were asked for."""
    parser = options(__doc__, limit=300.0)
    parser.add_argument("names", nargs="*", help="which regions; none: the seven of `benchmarks.inputs`")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, alternating")
    parser.add_argument("--keep", type=Path, help="file in which runs are kept as they come")
    parser.add_argument("--solvers", default="highs,cbc,scip,compact", help="which, with commas between them")
    given = parser.parse_args()
    kinds = given.solvers.split(",")
    if unknown := sorted(set(kinds) - set(NAMES) | set(kinds) & {"own"}):
        parser.error(f"unknown solver: {', '.join(unknown)}; there are highs, cbc, scip and compact")
    notes = [READING]
    if "scip" in kinds and find_spec("pyscipopt") is None:
        kinds.remove("scip")
        notes.append("SCIP is left out: pyscipopt is not installed (`pip install -e '.[benchmarks]'`).")
        say(notes[-1])
    regions = []
    inputs = scenarios(parser, given, given.names or SEVEN)
    for name, file in inputs.files.items():
        regions.append(Comparison(name, file, kinds, given.limit, Kept(given.keep)))
        regions[-1].measure(given.repeat)
    table = markdown(HEADERS, [r.row(who) for r in regions for who in r.all.values()], words=3)
    summary = markdown(SUMMARY, [r.summary() for r in regions], words=2)
    wrong = [line for r in regions for line in r.disagreements()]
    agreed = "; ".join(wrong) or f"Proven optima agree within {SAME:g}, and no plan beats them."
    text = "\n\n".join([table, *notes, summary, last_line(regions), agreed])
    publish("solvers", text, inputs, recorded=given.record)
    if wrong:
        sys.exit("the proven optima differ:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
