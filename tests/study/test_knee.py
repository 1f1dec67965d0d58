"""Where a frontier bends and who beats whom, worked out by hand."""

import pytest

from regie_opt.study.knee import dominates, knee, nearest, nondominated

SAME = (1e-6, 1e-6)


def test_the_knee_is_farthest_below_the_line_between_the_ends():
    # In parts of the ranges: (0, 1), (0.2, 0.3), (0.6, 0.25), (1, 0); the line is x + y = 1.
    found = knee([(10, 200), (12, 130), (16, 125), (20, 100)])
    assert found is not None
    assert found.place == 1
    assert found.distance == pytest.approx((1 - 0.2 - 0.3) / 2**0.5)


def test_a_straight_or_hollow_frontier_has_no_knee():
    assert knee([(0, 2), (1, 1), (2, 0)]) is None
    assert knee([(0, 10), (9, 9), (10, 0)]) is None


def test_two_points_have_no_knee():
    assert knee([(0, 1), (1, 0)]) is None
    assert knee([(0, 1)]) is None


def test_the_knee_of_three_is_farthest_below_the_plane_through_the_ends():
    # The ends are (0, 1, 1), (1, 0, 1) and (1, 1, 0): the plane is x + y + z = 2.
    found = knee([(0, 4, 30), (5, 0, 30), (5, 4, 0), (2, 2, 15), (1, 1, 6)])
    assert found is not None
    assert found.place == 4
    assert found.distance == pytest.approx((2 - 1 / 5 - 1 / 4 - 6 / 30) / 3**0.5)


def test_ends_of_three_that_are_one_point_span_no_plane():
    assert knee([(0, 0, 1), (1, 1, 0), (0.5, 0.6, 0.4), (0.6, 0.5, 0.4)]) is None


def test_one_beats_another_when_better_in_something_and_worse_in_nothing():
    assert dominates((1, 2), (1, 3), SAME)
    assert dominates((1 + 1e-9, 2), (1, 3), SAME)
    assert not dominates((1, 2), (1, 2), SAME)
    assert not dominates((0, 4), (1, 3), SAME)
    assert not dominates((1, 2 - 1e-9), (1, 2), SAME)


def test_of_points_that_are_the_same_the_first_is_kept():
    assert nondominated([(2, 2), (1, 3), (2, 2), (2, 3), (3, 1), (1, 3 + 1e-9)], SAME) == [0, 1, 4]


def test_the_nearest_is_nearest_in_parts_of_the_ranges():
    points = [(0.0, 1000.0), (0.1, 900.0), (1.0, 990.0), (0.2, 0.0)]
    assert nearest(points, 0) == 1
    assert nearest(points, 2) == 1
    assert nearest([(1.0, 1.0)], 0) is None
