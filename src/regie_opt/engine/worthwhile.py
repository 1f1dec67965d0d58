"""Candidates that could be in a best plan: the others are priced once and dropped.

A body that costs more than all its domains gain never is, nor is a domain that gains a body nothing: leaving it out
obeys every rule that it obeys. Exempt is what a rule asks for, and what could help to keep a limit on a criterion.
Domains of mutual services balance each other: they are kept, and what could be reciprocated at most counts for their
body.
"""

from dataclasses import dataclass, replace

import numpy as np

from regie_opt.engine.candidates import Candidates
from regie_opt.engine.limits import Helpful
from regie_opt.schema.rules import Keep, Together
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.region import Bools, Floats, Ints
from regie_opt.worth.value import Worth


def worthwhile(worth: Worth, found: Candidates) -> tuple[Candidates, tuple[Floats, Floats]]:
    """The candidates that could be in a best plan, each with the domains that could, and `column_values` of them."""
    base, per_domain = worth.values_of(found.bodies, found.scope, found.allowed)
    useful, gaining = Sieve.of(worth, found).test(worth, (base, per_domain))
    kept = replace(found, allowed=gaining, anchor=found.anchor & gaining).take(useful)
    return kept, (base[useful], per_domain[useful])


@dataclass(frozen=True, eq=False)
class Sieve:
    """What the test of candidates needs besides their values; it does not depend on the weights of criteria."""

    found: Candidates
    asked: Bools
    """Domains that a rule may ask a body to carry (b, d)."""
    reciprocated: Floats
    """Most that could be reciprocated, weighted fte (b,)."""
    exempt: Bools
    """Bodies of which every domain stays (b,)."""
    helpful: Helpful
    """What could help to keep a limit."""

    @classmethod
    def of(cls, worth: Worth, found: Candidates) -> "Sieve":
        """That of some candidates."""
        forms = list(worth.scenario.forms.values())
        mutual = np.array([f.hosting == "mutual" for f in forms])[found.bodies.form]
        reciprocated = np.zeros(len(found.bodies))
        reciprocated[mutual] = _most_reciprocated(worth, found, np.flatnonzero(mutual))
        helpful = Helpful.of(worth, found, mutual, reciprocated)
        return cls(found, _asked(worth, found), reciprocated, mutual | found.whole, helpful)

    def test(self, worth: Worth, values: tuple[Floats, Floats]) -> tuple[Bools, Bools]:
        """Bodies that could be in a best plan (b,), and the domains that could (b, d), given `column_values`."""
        found, (base, per_domain) = self.found, values
        gaining = found.allowed & ((per_domain > 0) | self.exempt[:, None] | self.asked)
        gaining |= self.helpful.domains
        # A body that continues a partnership carries one of its domains: perhaps one that gains nothing but is free.
        gaining |= found.anchor & (found.bodies.continues != NOBODY)[:, None]
        most = base + worth.coefficients["reciprocity"] * self.reciprocated
        most += np.where(gaining, np.maximum(per_domain, 0.0), 0.0).sum(axis=1)
        useful = np.asarray((most > 0) | found.kept | self.asked.any(axis=1) | self.helpful.bodies)
        return useful, gaining


def _most_reciprocated(worth: Worth, found: Candidates, index: Ints) -> Floats:
    """Most that could be reciprocated in some bodies, weighted fte (n,).

    A domain is served for all members but its host, and of two flows the smaller counts: at most half of all service.
    """
    members, need = found.bodies.members[index], worth.served_need
    served = members @ need
    smallest = np.full_like(served, np.inf)
    for m in range(members.shape[1]):
        smallest[members[:, m]] = np.minimum(smallest[members[:, m]], need[m])
    most: Floats = np.where(found.allowed[index], served - smallest, 0.0).sum(axis=1) / 2
    return most


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
