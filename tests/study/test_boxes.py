"""The searches between points and in zones find every point of lists of losses, whatever is asked at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import pytest

from regie_opt.study.boxes import Step, between
from regie_opt.study.knee import nondominated
from regie_opt.study.zones import over


@dataclass(frozen=True)
class Plan:
    losses: tuple[float, ...]


@dataclass
class Plans:
    """Plans of which the best within limits is looked up; the others count a little besides."""

    table: np.ndarray
    asked: int = 0

    def ask(self, limits: Sequence[tuple[float, ...]]) -> list[Plan | None]:
        self.asked += len(limits)
        return [self._best(limit) for limit in limits]

    def _best(self, limit: tuple[float, ...]) -> Plan | None:
        fits = (self.table[:, 1:] <= np.array(limit)).all(axis=1)
        if not fits.any():
            return None
        loss = np.where(fits, self.table[:, 0] + 1e-9 * self.table[:, 1:].sum(axis=1), inf)
        return Plan(tuple(self.table[int(np.argmin(loss))].tolist()))

    def frontier(self) -> set[tuple[float, ...]]:
        rows = [tuple(row) for row in self.table.tolist()]
        return {rows[i] for i in nondominated(rows, (1e-6,) * self.table.shape[1])}

    def ends(self) -> tuple[Plan, Plan]:
        low, high = self.ask([(float(self.table[:, 1].min()),), (inf,)])
        assert low is not None
        assert high is not None
        return low, high


def drawn(seed: int, count: int, losses: int) -> Plans:
    rng = np.random.default_rng(seed)
    table = rng.random((count, losses)) * 100
    return Plans(np.round(table) if seed % 2 else table)


@pytest.mark.parametrize("seed", range(40))
def test_every_point_of_two_losses_is_found(seed: int):
    plans = drawn(seed, 60, 2)
    low, high = plans.ends()
    found = between(low, high, plans.ask, Step((1e-6, 1e-6), (1e-6, 1e-6)))
    truth = plans.frontier()
    assert truth <= {plan.losses for plan in found}
    assert plans.asked <= 2 * len(truth) + 12


@pytest.mark.parametrize("seed", range(20))
def test_every_point_of_three_losses_is_found(seed: int):
    plans = drawn(seed, 40, 3)
    least = tuple(plans.table[:, 1:].min(axis=0).tolist())
    found = over((inf, inf), least, plans.ask, Step((1e-6,) * 3, (1e-6,) * 3))
    assert {plan.losses for plan in found} == plans.frontier()


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("resolution", [0.02, 0.1])
def test_with_a_resolution_every_point_has_one_found_that_is_little_worse(seed: int, resolution: float):
    plans = drawn(seed, 400, 2)
    low, high = plans.ends()
    spans = (low.losses[0] - high.losses[0], high.losses[1] - low.losses[1])
    far = tuple(resolution * span for span in spans)
    found = np.array([plan.losses for plan in between(low, high, plans.ask, Step((1e-6, 1e-6), far))])
    for point in plans.frontier():
        assert ((found - np.array(point)) <= np.array(far) + 1e-9).all(axis=1).any()


@pytest.mark.parametrize("seed", range(10))
def test_with_a_resolution_three_losses_are_covered_with_fewer_questions(seed: int):
    exact, coarse = drawn(seed, 200, 3), drawn(seed, 200, 3)
    least = tuple(exact.table[:, 1:].min(axis=0).tolist())
    over((inf, inf), least, exact.ask, Step((1e-6,) * 3, (1e-6,) * 3))
    far = (10.0, 10.0, 10.0)
    found = np.array([p.losses for p in over((inf, inf), least, coarse.ask, Step((1e-6,) * 3, far))])
    for point in coarse.frontier():
        assert ((found - np.array(point)) <= np.array(far) + 1e-9).all(axis=1).any()
    assert coarse.asked < exact.asked
