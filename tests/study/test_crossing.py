"""The nearest point where one convex value catches up with another: against looking everywhere."""

import numpy as np
import pytest

from regie_opt.study.crossing import SAME, Crossing, Sample

Lines = np.ndarray
"""Value at 0 and slope of each line (n, 2)."""


def best(lines: Lines, at: float) -> Sample:
    values = lines[:, 0] + lines[:, 1] * at
    i = int(np.argmax(values))
    return Sample(float(values[i]), float(values[i]), float(lines[i, 1]))


def search(free: Lines, forced: Lines, end: float) -> tuple[Crossing, int]:
    """The finished search, and how many solves it took."""
    crossing = Crossing(end, {0.0: best(free, 0.0)}, {0.0: best(forced, 0.0)})
    solves = 0
    while not crossing.is_done:
        wanted = crossing.wanted()
        for at in wanted.free:
            crossing.free[at] = best(free, at)
        for at in wanted.forced:
            crossing.forced[at] = best(forced, at)
        solves += len(wanted.free) + len(wanted.forced)
    return crossing, solves


def nearest(free: Lines, forced: Lines, end: float) -> float | None:
    """The same by working out every place where two lines meet."""
    points = [0.0, end]
    for a in free:
        points += [(a[0] - b[0]) / (b[1] - a[1]) for b in forced if b[1] != a[1]]
    for at in sorted(p for p in points if 0 <= p <= end):
        if best(free, at).value - best(forced, at).value <= 1e-9:
            return at
    return None


def drawn(seed: int) -> tuple[Lines, Lines]:
    rng = np.random.default_rng(seed)
    forced = np.column_stack([rng.uniform(0, 1, 6), rng.uniform(-2, 2, 6)])
    others = np.column_stack([rng.uniform(0, 1.4, 6), rng.uniform(-2, 2, 6)])
    return np.vstack([forced, others]), forced


def test_the_nearest_crossing_is_found_and_proven_or_none_is():
    found = 0
    for seed in range(400):
        free, forced = drawn(seed)
        crossing, _ = search(free, forced, 1.0)
        expected = nearest(free, forced, 1.0)
        assert crossing.is_proven, f"seed {seed}"
        if expected is None:
            assert crossing.at is None, f"seed {seed}"
        else:
            assert crossing.at == pytest.approx(expected, abs=1e-4), f"seed {seed}"
            assert best(free, crossing.at).value - best(forced, crossing.at).value <= SAME
            found += expected > 0
    assert found >= 80


def test_few_solves_are_needed():
    counts = [search(*drawn(seed), 1.0)[1] for seed in range(400)]
    assert np.mean(counts) < 7
    assert max(counts) <= 25


def test_a_crossing_that_touches_and_parts_again_is_not_passed_over():
    """At 0.5 both are worth 0.5; before and beyond, free is worth more."""
    free = np.array([[1.0, -1.0], [0.5, 0.0], [0.0, 1.0]])
    forced = np.array([[0.5, 0.0]])
    crossing, _ = search(free, forced, 1.0)
    assert (crossing.at, crossing.is_proven) == (pytest.approx(0.5, abs=1e-5), True)


def test_what_is_not_proven_at_the_points_is_not_called_proven():
    crossing = Crossing(1.0, {0.0: Sample(1.0, 1.0, 0.0)}, {0.0: Sample(0.5, 1.2, 0.0)})
    crossing.forced[1.0] = Sample(0.5, 1.2, 0.0)
    while not crossing.is_done:
        for at in crossing.wanted().free:
            crossing.free[at] = Sample(1.0, 1.0, 0.0)
    assert (crossing.at, crossing.is_proven) == (None, False)


def test_without_convexity_a_crossing_is_one_but_none_is_ruled_out():
    free, forced = np.array([[1.0, 0.0]]), np.array([[0.5, 1.0]])
    crossing = Crossing(1.0, {0.0: best(free, 0.0)}, {0.0: best(forced, 0.0)}, is_convex=False)
    while not crossing.is_done:
        wanted = crossing.wanted()
        crossing.free.update({at: best(free, at) for at in wanted.free})
        crossing.forced.update({at: best(forced, at) for at in wanted.forced})
    assert (crossing.at, crossing.is_proven) == (pytest.approx(0.5, abs=1e-5), False)


def test_a_solve_that_gives_nothing_ends_the_search_without_an_answer():
    crossing = Crossing(1.0, {}, {})
    crossing.give_up()
    assert (crossing.is_done, crossing.at, crossing.is_proven) == (True, None, False)
