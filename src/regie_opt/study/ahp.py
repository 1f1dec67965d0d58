"""Priorities from comparisons two by two (AHP, Saaty 1980), and how far they contradict each other."""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations

import numpy as np

from regie_opt.schema.tuning import TripleError
from regie_opt.worth.region import Floats

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
"""Mean consistency index of random judgements of 1, 2 ... 15 names: Saaty, The Analytic Hierarchy Process (1980)."""
MOST_INCONSISTENT = 0.1
"""Consistency ratio up to which judgements are usable, by the same source."""


@dataclass(frozen=True, eq=False)
class Comparisons:
    """A matrix of comparisons: how many times each of the names is as important as each (n, n)."""

    names: tuple[str, ...]
    times: Floats

    @classmethod
    def of(cls, judged: dict[tuple[str, str], float], names: tuple[str, ...]) -> "Comparisons":
        """From the judgement of every pair, given in either direction."""
        at = {name: i for i, name in enumerate(names)}
        times = np.ones((len(names), len(names)))
        for (more, less), value in judged.items():
            times[at[more], at[less]] = value
            times[at[less], at[more]] = 1 / value
        return cls(names, times)

    @cached_property
    def _principal(self) -> tuple[float, Floats]:
        values, vectors = np.linalg.eig(self.times)
        first = int(np.argmax(values.real))
        vector = np.abs(vectors[:, first].real)
        return float(values[first].real), vector / vector.sum()

    @property
    def priorities(self) -> dict[str, float]:
        """The principal eigenvector, adding up to 1."""
        return dict(zip(self.names, self._principal[1].tolist(), strict=True))

    @property
    def eigenvalue(self) -> float:
        """The principal eigenvalue: the number of names where nothing is contradicted, and more elsewhere."""
        return self._principal[0]

    @property
    def consistency_index(self) -> float:
        """(eigenvalue - n) / (n - 1); never below zero."""
        n = len(self.names)
        return max(0.0, (self.eigenvalue - n) / (n - 1)) if n > 1 else 0.0

    @property
    def random_index(self) -> float:
        """What the index is on average for random judgements of as many names."""
        return RANDOM_INDEX[len(self.names) - 1]

    @property
    def consistency_ratio(self) -> float:
        """The index as a part of the random one; two names cannot contradict each other."""
        return self.consistency_index / self.random_index if self.random_index else 0.0

    @property
    def worst(self) -> TripleError | None:
        """The three names of which one comparison is farthest from what the two others say; None where none is."""
        a = np.log(self.times)
        triples = list(combinations(range(len(self.names)), 3))
        if not triples:
            return None
        error = [abs(a[i, k] - a[i, j] - a[j, k]) for i, j, k in triples]
        most = int(np.argmax(np.round(error, 9)))
        if error[most] < 1e-9:
            return None
        i, j, k = self._outlier(triples[most])
        return TripleError(
            names=(self.names[i], self.names[j], self.names[k]),
            direct=float(self.times[i, k]),
            implied=float(self.times[i, j] * self.times[j, k]),
        )

    def _outlier(self, triple: tuple[int, int, int]) -> tuple[int, int, int]:
        """The triple as i, j, k with that comparison (i, k) the direct one which the priorities contradict most."""
        weight = self._principal[1]

        def off(order: tuple[int, ...]) -> float:
            i, _, k = order
            return abs(float(np.log(self.times[i, k] * weight[k] / weight[i])))

        above = [p for p in permutations(triple) if self.times[p[0], p[2]] >= 1]
        i, j, k = max(above, key=lambda order: round(off(order), 9))
        return i, j, k
