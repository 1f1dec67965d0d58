"""Tables of mutual services: what every assignment of hosts is worth."""

from itertools import product

import numpy as np
import pytest

from regie_opt.engine.exchange import OUT, _gains
from regie_opt.worth.reciprocity import balance


@pytest.mark.parametrize("members", [2, 3, 4])
def test_every_assignment_is_worth_the_balance_of_all_its_service(members: int) -> None:
    need = np.random.default_rng(members).random((5, 3, members)) * 10
    assigned = np.array(list(product(range(OUT, members), repeat=3)))
    gain = _gains(need, assigned, 0.25)
    for a, hosts in enumerate(assigned):
        flows = np.zeros((5, members, members))
        for d, host in enumerate(hosts):
            if host != OUT:
                flows[:, host] += need[:, d]
        flows[:, range(members), range(members)] = 0.0
        np.testing.assert_allclose(gain[:, a], balance(flows, 0.25), atol=1e-12)
