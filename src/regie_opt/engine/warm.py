"""What one solve leaves for the next: columns, cuts, prices and a plan, to start from when only weights have changed.

Costs are computed anew and everything is priced again, so nothing old is taken on trust: a warm start saves time and
cannot change what is proven.
"""

from dataclasses import dataclass, replace

import numpy as np

from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.programme import Choice, obeys, plan_cost
from regie_opt.engine.relaxation import Relaxed, Start
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.bodies import Bodies
from regie_opt.worth.region import Bools, Ints

WEIGHTS = ("criteria", "variant", "name", "description")
"""Sections of a scenario that leave candidates and rows as they are."""


@dataclass(frozen=True)
class Memory:
    """A finished solve, as far as the next one can use it."""

    scenario: Scenario
    base: Scenario
    model: Model
    relaxed: Relaxed
    choice: Choice

    def unlike(self, scenario: Scenario) -> str | None:
        """Why a scenario cannot start from this one: the first section in which more than weights differ."""
        for section in type(scenario).model_fields:
            before, after = getattr(self.scenario, section), getattr(scenario, section)
            if section in WEIGHTS or before == after:
                continue
            if section == "domains" and list(before) == list(after):
                before = {key: domain.model_copy(update={"weight": 1.0}) for key, domain in before.items()}
                after = {key: domain.model_copy(update={"weight": 1.0}) for key, domain in after.items()}
            if before != after:
                return section
        return None

    def start(self, model: Model) -> Start | None:
        """Columns, cuts and prices for the relaxation of another model of the same candidates."""
        before = self.relaxed
        pool = self._found_again(model, before.pool)
        if len(before.duals.side) != len(model.rows.side) or pool is None:
            return None
        ratio = model.scale / self.model.scale
        duals = replace(
            before.duals,
            cell=before.duals.cell * ratio,
            side=before.duals.side * ratio,
            cut=before.duals.cut * ratio,
        )
        return Start(pool, duals)

    def plan(self, model: Model) -> Choice | None:
        """The plan in another model; None where it is none there."""
        columns = self._found_again(model, self.choice.columns.take(self.choice.chosen))
        if columns is None:
            return None
        chosen = np.ones(len(columns), dtype=bool)
        kept = self.choice.kept
        if len(kept) != len(model.tables[0]) or not obeys(model, columns, chosen, kept):
            return None
        return Choice(columns, chosen, kept, plan_cost(model, columns, chosen, kept))

    def _found_again(self, model: Model, columns: Bundles) -> Bundles | None:
        """The same columns among the candidates of another model, less what gains nothing there."""
        body = _position(self.model.found.bodies.take(columns.body), model.found.bodies)
        columns, body = columns.take(body >= 0), body[body >= 0]
        carried = columns.carried & model.found.allowed[body]
        hosts = np.where(carried, columns.hosts, -1)
        plain = (carried & model.found.anchor[body]).any(axis=1) & ~model.mutual[body]
        # Which hosts are best may change with the weights: mutual services are found anew.
        if not plain.any():
            return None
        return model.bundles(body[plain], carried[plain], hosts[plain])


def _position(some: Bodies, among: Bodies) -> Ints:
    """Index of bodies among others, -1 where they are not there (b,)."""
    names, others = _names(some), _names(among)
    if not len(others):
        return np.full(len(names), -1)
    order = np.argsort(others, kind="stable")
    at = np.minimum(np.searchsorted(others, names, sorter=order), len(others) - 1)
    found: Bools = others[order[at]] == names
    return np.where(found, order[at], -1)


def _names(bodies: Bodies) -> np.ndarray:
    """Members, form, host and continuation of each body as one string of bytes (b,)."""
    numbers = np.stack([bodies.form, bodies.host + 1, bodies.continues + 1], axis=1).astype(np.int32)
    rows = np.hstack([np.packbits(bodies.members, axis=1), numbers.view(np.uint8).reshape(len(bodies), 12)])
    return np.ascontiguousarray(rows).view(f"S{rows.shape[1]}").ravel()
