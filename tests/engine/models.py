"""A scenario as the engine sees it, with every column that there is."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from regie_opt.engine import Solution, solve
from regie_opt.engine.candidates import candidates
from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.listing import within
from regie_opt.engine.pricing import Duals, Pricing
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.value import Worth

from .brute_force import Listed, listed

EVERYTHING = 1e8
"""Distance from the bound (engine units) within which every column is that may be used at all."""


def feasible(seeds: Iterable[int]) -> list[Listed]:
    return [case for case in map(listed, seeds) if case.plans.any()]


@cache
def solved(case: Listed) -> Solution:
    """What solving it from nothing finds; only where nothing of the engine is replaced."""
    return solve(case.scenario, case.base)


def modelled(scenario: Scenario, base: Scenario) -> Model:
    worth = Worth(scenario, base)
    return Model.of(worth, candidates(worth.today))


def every_column(model: Model) -> Bundles:
    n, d = len(model.worth.region.codes), len(model.worth.region.domains)
    nothing = Duals(np.zeros((n, d)), np.zeros(len(model.rows.side)), np.zeros(0), Cuts.none(n, d))
    columns = within(Pricing(model, nothing), EVERYTHING, 10**6)
    assert columns is not None
    return columns
