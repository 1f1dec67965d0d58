"""Candidates that could be in a best plan: the others are priced once and dropped.

A body that costs more than all its domains gain never is, nor is a domain that gains a body nothing: leaving it out
obeys every rule that it obeys. Exempt is what a rule asks for, and mutual services, whose domains balance each other.
"""

import numpy as np

from regie_opt.engine.candidates import Candidates
from regie_opt.schema.rules import Keep, Together
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.region import Bools
from regie_opt.worth.value import Worth


def worthwhile(worth: Worth, found: Candidates) -> Candidates:
    """The candidates that could be in a best plan, each with the domains that could."""
    base, per_domain = worth.column_values(found.bodies)
    asked = _asked(worth, found)
    forms = list(worth.scenario.forms.values())
    mutual = np.array([f.hosting == "mutual" for f in forms])[found.bodies.form]
    exempt = mutual | found.kept
    gaining = found.allowed & ((per_domain > 0) | exempt[:, None] | asked)
    # A body that continues a partnership carries one of its domains: perhaps one that gains nothing but is free.
    gaining |= found.anchor & (found.bodies.continues != NOBODY)[:, None]
    most = base + np.where(gaining, np.maximum(per_domain, 0.0), 0.0).sum(axis=1)
    useful = np.asarray((most > 0) | exempt | asked.any(axis=1))
    return Candidates(
        found.today,
        found.sets,
        found.bodies.take(useful),
        gaining[useful],
        (found.anchor & gaining)[useful],
        found.kept[useful],
        found.priced,
    )


def _asked(worth: Worth, found: Candidates) -> Bools:
    """Domains that a rule may ask a body to carry (b, d)."""
    region, bodies = worth.region, found.bodies
    asked = np.zeros_like(found.allowed)
    for rule in worth.scenario.rules.values():
        if isinstance(rule, Together):
            ids = [region.municipality_index[c] for c in rule.members]
            whole = np.flatnonzero(bodies.members[:, ids].all(axis=1))
            asked[np.ix_(whole, np.array([region.domain_index[d] for d in rule.domains]))] = True
        elif isinstance(rule, Keep) and rule.partnership in found.today.index:
            here = np.asarray(bodies.continues == found.today.index[rule.partnership])
            asked |= found.anchor & here[:, None]
    return asked & found.allowed
