"""Cuts as rows: which are the same."""

import numpy as np

from regie_opt.engine.cuts import Cuts


def test_cuts_that_are_there_twice_are_kept_once_where_they_come_first():
    among = np.array([[True, True, True, False], [False, True, True, True]])
    in_domain = Cuts.in_domain(1, among, np.array([2, 2]), 3)
    on_host = Cuts.on_host(2, np.array([-1]), np.array([[4.0, np.inf, 2.5]]), 4)
    cuts = on_host.and_also(in_domain).and_also(on_host).and_also(in_domain.take(np.array([1, 0])))
    once = cuts.distinct()
    assert len(cuts) == 6
    assert len(once) == 3
    assert once.host.tolist() == [2, -1, -1]
    assert (once.among[1:] == among).all()
    assert len(Cuts.none(4, 3).distinct()) == 0
