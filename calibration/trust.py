"""Estimates trust: `python -m calibration.trust --data DIR [--record]`.

Trust between two municipalities is read as the chance that, where both cooperate in a domain, they do so together. It
is estimated by logistic regression on pairs of the open regions, from what is known of every two municipalities: how
far apart they are, whether they border, how many official divisions they share, and which partnerships they share in
other domains. Then it is held against the regions that were kept apart, and by leaving out regions and provinces.
"""

import csv
import re
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.machine import markdown, record, say
from benchmarks.public import ROOT, Data
from calibration.held_out import held_out
from calibration.logistic import auc, fitted, resampled
from calibration.pairs import DOMAINS, TERMS, Pairs, Register, pairs
from regie_opt.sources.knowledge import read_knowledge
from regie_opt.worth.region import Bools, Floats

PAGE = ROOT / "docs" / "evidence.md"
SEED = 20261129
DRAWS = 400
"""Resamples of regions."""
INTERVAL = (0.025, 0.975)
PARAMETERS = ROOT / "models" / "nl" / "parameters.yaml"
NAMES = ("constant", "distance", "border", "division", "known")
"""Of the terms, in the model."""
DISTANCE, BORDER, DIVISIONS, KNOWN = (TERMS.index(term) for term in TERMS[1:])
MODELS: Mapping[str, tuple[int, ...]] = {
    "distance": (0, DISTANCE),
    "distance and border": (0, DISTANCE, BORDER),
    "without what is known": (0, DISTANCE, BORDER, DIVISIONS),
    "trust": (0, DISTANCE, BORDER, DIVISIONS, KNOWN),
}
"""Columns of the features that each model looks at."""


@dataclass(frozen=True)
class Estimate:
    """Coefficients of one model (t,), with their standard errors."""

    terms: tuple[int, ...]
    value: Floats
    error: Floats

    @classmethod
    def of(cls, found: Pairs, terms: tuple[int, ...], draws: int = DRAWS) -> "Estimate":
        """Fit on the open regions, with errors by resampling those."""
        open_, at = found.is_open, list(terms)
        features, together = found.features[open_][:, at], found.together[open_]
        again = resampled(features, together, found.region[open_], draws, SEED)
        return cls(terms, fitted(features, together), again.std(axis=0, ddof=1))

    def score(self, found: Pairs) -> Floats:
        """What ranks pairs (p,): higher where they are likelier together."""
        result: Floats = found.features[:, list(self.terms)] @ self.value
        return result


def read(folder: Path) -> Pairs:
    """Make the pairs of the public data in a folder. Raises OSError."""
    with (folder / "domain_labels_checked.csv").open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    data = Data.read(folder)
    return pairs(data, Register.of(data, labels, read_knowledge()))


def interval(score: Floats, found: Pairs, rows: Bools, draws: int = DRAWS) -> tuple[float, float]:
    """Interval of the AUC on some rows, by resampling the regions that they lie in."""
    names, at = np.unique(found.region[rows], return_inverse=True)
    at = at.reshape(-1, 2)
    rng, some = np.random.default_rng(SEED), []
    for _ in range(draws):
        times = np.bincount(rng.integers(len(names), size=len(names)), minlength=len(names))
        count = np.where(at[:, 0] == at[:, 1], times[at[:, 0]], times[at[:, 0]] * times[at[:, 1]])
        again = np.repeat(np.flatnonzero(rows), count)
        some.append(auc(score[again], found.together[again]))
    low, high = np.nanquantile(some, INTERVAL)
    return float(low), float(high)


def left_out(found: Pairs, terms: tuple[int, ...], group: np.ndarray) -> float:
    """AUC where every pair is scored by fits on open regions that never saw its group (p, 2): its region or province.

    A pair across two groups has the mean of two scores.
    """
    score, times = np.zeros(len(found.together)), np.zeros(len(found.together))
    for name in np.unique(group):
        touching = (group == name).any(axis=1)
        apart = found.is_open & ~touching
        value = fitted(found.features[apart][:, list(terms)], found.together[apart])
        score[touching] += found.features[touching][:, list(terms)] @ value
        times[touching] += 1
    return auc(score / times, found.together)


def into_model(text: str, estimate: Estimate) -> str:
    """The model's parameters with what was estimated, and its errors as source. Raises ValueError without its place."""
    begin = text.index("\ntrust:\n")
    end = text.index("\n\n", begin)
    section = text[begin:end]
    for name, value, error in zip(NAMES, estimate.value, estimate.error, strict=True):
        section, times = re.subn(rf"(?m)^  {name}: \S+$", f"  {name}: {value:.2f}", section)
        pattern, told = rf'(?m)^    {name}: "estimated \(standard error [\d.]+\)', f"(standard error {error:.2f})"
        section, again = re.subn(pattern, f'    {name}: "estimated {told}', section)
        if (times, again) != (1, 1):
            raise ValueError(f"found {times} values and {again} sources of trust.{name}, allowed: one of each")
    return text[:begin] + section + text[end:]


def report(found: Pairs, estimates: Mapping[str, Estimate], draws: int = DRAWS) -> str:
    """What was estimated, and what it is worth where it was not fitted."""
    kept = held_out(map(str, np.unique(found.region)))
    return "\n\n".join(
        [
            f"{len(found.together):,} pairs of municipalities that both cooperate in one of {len(DOMAINS)} domains, "
            f"within 40 km; {found.together.mean():.0%} of them together. Kept apart, by the hash of their names: "
            f"{', '.join(kept)}. Fitted on {found.is_open.sum():,} pairs of the other regions; "
            f"{found.is_held_out.sum():,} lie in those kept apart; the rest lies across, and is in neither.",
            _coefficients(estimates),
            _ranked(found, estimates, draws),
            _by_domain(found, estimates),
        ]
    )


def _coefficients(estimates: Mapping[str, Estimate]) -> str:
    rows = []
    for name, estimate in estimates.items():
        cells = dict.fromkeys(range(len(TERMS)), "")
        cells |= {
            term: f"{value:+.2f} ({error:.2f})"
            for term, value, error in zip(estimate.terms, estimate.value, estimate.error, strict=True)
        }
        rows.append([name, *cells.values()])
    return "Log odds of being together, standard error by resampling regions:\n\n" + markdown(["model", *TERMS], rows)


def _ranked(found: Pairs, estimates: Mapping[str, Estimate], draws: int) -> str:
    rows = []
    for name, estimate in estimates.items():
        score, kept = estimate.score(found), found.is_held_out
        low, high = interval(score, found, kept, draws)
        cells = [auc(score[some], found.together[some]) for some in (found.is_open, kept)]
        apart = [left_out(found, estimate.terms, group) for group in (found.region, found.province)]
        found_in = [f"{cell:.3f}" for cell in cells]
        rows.append([name, *found_in, f"{low:.3f}-{high:.3f}", *(f"{cell:.3f}" for cell in apart)])
    headers = ["model", "fitted on", "kept apart", "95 % of resamples", "regions left out", "provinces left out"]
    explained = (
        "Chance that a pair that is together ranks above one that is not (AUC). *Kept apart* is on pairs inside the "
        "regions named above, which no fit saw; its interval is of resamples of those regions. *Left out* is on all "
        "pairs, each scored by a fit on open regions without its own region or province."
    )
    return f"{explained}\n\n" + markdown(headers, rows)


def _by_domain(found: Pairs, estimates: Mapping[str, Estimate]) -> str:
    rows = []
    for d, domain in enumerate(DOMAINS):
        here = found.is_held_out & (found.domain == d)
        cells = [auc(estimate.score(found)[here], found.together[here]) for estimate in estimates.values()]
        rows.append([domain, f"{here.sum():,}", *("-" if np.isnan(cell) else f"{cell:.3f}" for cell in cells)])
    return "The same by domain, in the regions kept apart:\n\n" + markdown(["domain", "pairs", *estimates], rows)


def main(say: Callable[[str], None] = say) -> None:
    """Estimate, and print what was found."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data")
    parser.add_argument("--record", action="store_true", help="also write it to docs/evidence.md and into the model")
    given = parser.parse_args()
    command = "python -m calibration.trust --data DIR" + (" --record" if given.record else "")
    found = read(given.data)
    estimates = {name: Estimate.of(found, terms) for name, terms in MODELS.items()}
    section = f"```sh\n{command}\n```\n\n{report(found, estimates)}"
    say(section)
    if given.record:
        record("trust", section, PAGE)
        text = PARAMETERS.read_text(encoding="utf-8")
        PARAMETERS.write_text(into_model(text, estimates["trust"]), encoding="utf-8")


if __name__ == "__main__":
    main()
