"""What the tests of studies share."""

import pytest

from regie_opt.study import Solve

from .weighing import weighed


@pytest.fixture
def tasks() -> list[Solve]:
    """Twelve solves."""
    return weighed(12)
