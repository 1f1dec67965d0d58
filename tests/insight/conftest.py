from pathlib import Path

import pytest

from regie_opt.insight.today import Network
from regie_opt.loading import load

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="session")
def network():
    """Today's network of a shipped scenario, with settings."""

    def of(name: str, *sets: str) -> Network:
        loaded = load(SCENARIOS / name / "scenario.yaml", sets=sets)
        return Network(loaded.scenario, loaded.base)

    return of
