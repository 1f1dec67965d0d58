"""What size costs: `python -m calibration.curves --data DIR [--record]`.

Spending per inhabitant of all municipalities by size class, and in bodies that do the work together, from the accounts
(Iv3). Least squares on the logarithm, with errors that allow for unequal spread (HC3). It tells whether a cost curve
may be flat; it does not tell what cooperating would save, for small and large municipalities differ in more than size.
"""

import csv
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import chi2

from benchmarks.machine import markdown, record, say
from benchmarks.public import ROOT, Data, domains_of_model
from calibration.pairs import DOES_THE_WORK
from regie_opt.worth.region import Bools, Floats

CLASSES = (
    (0, "under 20,000"),
    (20_000, "20,000 to 50,000"),
    (50_000, "50,000 to 100,000"),
    (100_000, "100,000 and more"),
)
REFERENCE = 1
"""Class that the others are compared with."""
TOGETHER = ("belastingen", "afval")
"""Domains whose bodies carry nearly nothing else, so that spending is told apart."""
PAGE = ROOT / "docs" / "evidence.md"


@dataclass(frozen=True)
class Fit:
    """Differences of the logarithm of spending per inhabitant, and how sure they are."""

    difference: Floats
    """Per term (t,)."""
    covariance: Floats
    """Of the differences (t, t)."""
    count: int

    @property
    def error(self) -> Floats:
        """Standard errors (t,)."""
        errors: Floats = np.sqrt(np.diag(self.covariance))
        return errors

    @property
    def chance_if_flat(self) -> float:
        """How likely differences between the size classes as large as these are where there is none (Wald)."""
        some = self.difference[: len(CLASSES) - 1]
        wald = some @ np.linalg.solve(self.covariance[: len(some), : len(some)], some)
        return float(chi2.sf(wald, len(some)))


def fit(spending: Floats, inhabitants: Floats, together: Bools | None = None) -> Fit:
    """Spending per inhabitant (m,) by size class, and whether it is done together (m,); euro and inhabitants in.

    Municipalities that report nothing are left out.
    """
    some = spending > 0
    size = np.array([sum(n >= least for least, _ in CLASSES) - 1 for n in inhabitants[some]])
    dummies = [(size == k).astype(float) for k in range(len(CLASSES)) if k != REFERENCE]
    if together is not None:
        dummies.append(together[some].astype(float))
    x = np.column_stack([*dummies, np.ones(some.sum())])
    y = np.log(spending[some] / inhabitants[some])
    bread = np.linalg.inv(x.T @ x)
    estimate = bread @ x.T @ y
    leverage = np.einsum("ij,jk,ik->i", x, bread, x)
    residual = (y - x @ estimate) / (1 - leverage)
    covariance = bread @ (x.T * residual**2) @ x @ bread
    return Fit(estimate[:-1], covariance[:-1, :-1], int(some.sum()))


def fits(data: Data, together: Mapping[str, frozenset[str]]) -> dict[str, Fit]:
    """A fit per domain that is decided on."""
    codes = sorted(data.municipalities)
    inhabitants = np.array([data.inhabitants(code) for code in codes], dtype=float)
    found = {}
    for key, domain in domains_of_model().items():
        if not domain.statutory:
            spending = np.array([data.spending(code, domain) for code in codes])
            with_others = np.array([code in together[key] for code in codes]) if key in TOGETHER else None
            found[key] = fit(spending, inhabitants, with_others)
    return found


def table(found: Mapping[str, Fit]) -> str:
    """Differences in per cent with their standard errors."""
    names = [f"{name} (s.e.)" for k, (_, name) in enumerate(CLASSES) if k != REFERENCE]
    rows = []
    for key, one in found.items():
        cells = [f"{np.expm1(d):+.0%} ({e:.0%})" for d, e in zip(one.difference, one.error, strict=True)]
        rows.append([key, str(one.count), *cells, *[""] * (4 - len(cells)), f"{one.chance_if_flat:.2g}"])
    return markdown(["domain", "municipalities", *names, "in a body (s.e.)", "p if flat"], rows)


def read(folder: Path) -> dict[str, Fit]:
    """Fit on the public data in a folder. Raises OSError."""
    data = Data.read(folder)
    with (folder / "domain_labels_checked.csv").open(encoding="utf-8", newline="") as file:
        labels = [row for row in csv.DictReader(file) if row["role"] == DOES_THE_WORK]
    together = {
        key: frozenset(
            member["current_code"]
            for row in labels
            if row["domain"] == key and row["roo_id"] in data.arrangements
            for member in data.members[row["roo_id"]]
        )
        for key in TOGETHER
    }
    return fits(data, together)


def main() -> None:
    """Estimate, and print or write."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the public files")
    parser.add_argument("--record", action="store_true", help="write the table into docs/evidence.md")
    given = parser.parse_args()
    text = table(read(given.data))
    if given.record:
        record("curves", f"```sh\npython -m calibration.curves --data DIR --record\n```\n\n{text}", PAGE)
    else:
        say(text)


if __name__ == "__main__":
    main()
