"""A study of many solves as a process of its own, to be ended at any moment: STORE LOG COUNT WORKERS."""

import sys
from dataclasses import dataclass
from pathlib import Path

from regie_opt.loading import load
from regie_opt.schema.changes import with_values
from regie_opt.schema.outcome import Outcome
from regie_opt.study import Processes, Solve, Store, Study

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"


@dataclass(frozen=True)
class Logged(Solve):
    """A solve that says in a file that it is begun."""

    log: Path = Path()

    def run(self) -> Outcome:
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{self.key}\n")
        return super().run()


def tasks(count: int, log: Path) -> list[Logged]:
    """Leerstad with as many weights of burden."""
    loaded = load(LEERSTAD)
    path = ("criteria", "burden", "weight")
    variants = [with_values(loaded.scenario, {path: 0.1 + i / count}) for i in range(count)]
    return [Logged(variant, loaded.base, near=loaded.scenario, log=log) for variant in variants]


def main(store: Path, log: Path, count: int, workers: int) -> None:
    told = []
    with Study(Processes(workers), Store(store), told.append) as study:
        results = study.results(tasks(count, log))
    # The solver's banner comes before, without a newline.
    print(f"\n{len(results)} results, {sum(r.status == 'optimal' for r in results)} optimal, {told[-1].kept} kept")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
