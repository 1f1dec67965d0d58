"""The columns within a distance of the bound: sets of domains of bodies, and entries of mutual services."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.exchange import Group
from regie_opt.engine.pricing import Pricing, carried_by, hosted
from regie_opt.worth.region import Bools, Floats, Ints

Charge = Callable[[Ints, Bools], Floats]
"""What is added to the reduced costs of sets of domains (c, d) of bodies (c,)."""
MOST_LOOKED_AT = 3_000_000
"""Sets of domains looked at at once at most, where cuts are charged for."""
MOST_BELOW = 500_000
"""Sets of domains among which the lowest are looked for at most."""
MANY_SETS = 20_000
"""Sets of domains of which it pays to drop those that cuts take too far."""


def within(pricing: Pricing, distance: float, most: int, charged: Charge | None = None) -> Bundles | None:
    """Every column with a reduced cost up to `distance`; None when there are more than `most`.

    `charged` says what cuts that are not priced here add to the reduced costs, which is never less than nothing.
    """
    found = _listed(pricing, distance, most, charged)
    if found is None or sum(len(part.reduced) for part in found) > most:
        return None
    return concatenate([part.bundles(pricing.model) for part in found])


def lowest(pricing: Pricing, distance: float, most: int, charged: Charge) -> Bundles | None:
    """The columns with the lowest reduced costs up to `distance`; None when they are too many to look at."""
    found = _listed(pricing, distance, MOST_BELOW, charged)
    if found is None:
        return None
    reduced = np.concatenate([part.reduced for part in found])
    if len(reduced) > most:
        limit = np.partition(reduced, most)[most]
        found = [part.take(part.reduced <= limit) for part in found]
    return concatenate([part.bundles(pricing.model) for part in found])


def _listed(pricing: Pricing, distance: float, most: int, charged: Charge | None) -> "list[_Listed] | None":
    """Sets of domains of bodies and entries of mutual services up to a distance; None if too many to look at."""
    least, _ = pricing.best
    near = np.flatnonzero(least <= distance)
    whole = pricing.model.found.whole[near]
    kept, near = near[whole], near[~whole]
    sets = _sets(pricing, near, distance, most, charged)
    if sets is None:
        return None
    body = np.concatenate([near[sets[0]], kept])
    carried = np.concatenate([sets[1], pricing.model.found.allowed[kept]])
    reduced = pricing.base[body] + np.where(carried, pricing.per_domain[body], 0.0).sum(axis=1)
    parts = [_Listed(body, carried, reduced)]
    for i, group in enumerate(pricing.model.exchange.groups):
        at, reduced = pricing.entries(i, distance)
        g, a = np.nonzero(reduced <= distance)
        if len(g) > most:
            return None
        parts.append(_Listed(group.body[at[g]], carried_by(pricing.model, group, a), reduced[g, a], group, at[g], a))
    if charged is not None:
        parts = [replace(part, reduced=part.reduced + charged(part.body, part.carried)) for part in parts]
    return [part.take(part.reduced <= distance) for part in parts]


def _sets(
    pricing: Pricing, body: Ints, distance: float, most: int, charged: Charge | None
) -> tuple[Ints, Bools] | None:
    """All domain sets of some bodies with a reduced cost up to `distance`: position of the body (c,), set (c, d).

    Domain by domain, the cheapest first: a set is carried on as long as what the domains to come can take off at
    most brings it within the distance. None when there are more than `most`. What is charged grows with a set, so
    where sets are many those that it already takes too far go.
    """
    allowed, anchor = pricing.model.found.allowed[body], pricing.model.found.anchor[body]
    per_domain = np.where(allowed, pricing.per_domain[body], np.inf)
    work, room = pricing.model.room.of_bodies(body)
    order = np.argsort(per_domain, axis=1, kind="stable")
    gains = np.minimum(np.take_along_axis(per_domain, order, axis=1), 0.0)
    rest = np.cumsum(gains[:, ::-1], axis=1)[:, ::-1] - gains
    at = np.arange(len(body))
    total, left = pricing.base[body], room
    chosen = np.zeros((len(body), per_domain.shape[1]), dtype=bool)
    for i in range(per_domain.shape[1]):
        d = order[at, i]
        more, needs = total + per_domain[at, d], work[at, d]
        without = np.flatnonzero(total + rest[at, i] <= distance)
        with_it = np.flatnonzero((more + rest[at, i] <= distance) & (needs <= left))
        if len(without) + len(with_it) > (most if charged is None else MOST_LOOKED_AT):
            return None
        added = chosen[with_it]
        added[np.arange(len(with_it)), d[with_it]] = True
        chosen = np.concatenate([chosen[without], added])
        total = np.concatenate([total[without], more[with_it]])
        left = np.concatenate([left[without], left[with_it] - needs[with_it]])
        at = np.concatenate([at[without], at[with_it]])
        if charged is not None and len(at) > MANY_SETS:
            near = np.flatnonzero(total + charged(body[at], chosen) + rest[at, i] <= distance)
            if len(near) > most:
                return None
            chosen, total, left, at = chosen[near], total[near], left[near], at[near]
    good = np.flatnonzero((chosen & anchor[at]).any(axis=1))
    good = good[np.argsort(at[good], kind="stable")]
    return at[good], chosen[good]


@dataclass(frozen=True)
class _Listed:
    """Columns before they are made."""

    body: Ints
    """(c,)."""
    carried: Bools
    """(c, d)."""
    reduced: Floats
    """(c,)."""
    group: Group | None = None
    """Of mutual services."""
    g: Ints | None = None
    """Index within the group (c,)."""
    a: Ints | None = None
    """Entry of the group (c,)."""

    def take(self, index: Bools) -> "_Listed":
        """Some of them."""
        g, a = (None if x is None else x[index] for x in (self.g, self.a))
        return _Listed(self.body[index], self.carried[index], self.reduced[index], self.group, g, a)

    def bundles(self, model: Model) -> Bundles:
        """The columns."""
        if self.group is None or self.g is None or self.a is None:
            return model.bundles(self.body, self.carried)
        return hosted(model, self.group, self.g, self.a)
