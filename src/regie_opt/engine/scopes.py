"""Scopes: which domains a body may serve at all, apart from law and rules.

A new partnership serves one portfolio, whose domains share an alderman, officials and clients. Some forms bundle what
they like, a whole organisation takes everything, and what is there today keeps what it carries and may add the rest of
its portfolio where it has one.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.worth.region import Bools
from regie_opt.worth.today import Today


@dataclass(frozen=True, eq=False)
class Scopes:
    """The scopes of a scenario. Axis s: portfolios, everything, everything less portfolios, one per body of today."""

    today: Today

    @cached_property
    def _portfolios(self) -> Bools:
        numbers = self.today.region.portfolio
        return np.array([numbers == n for n in range(int(numbers.max()) + 1)], dtype=bool)

    @cached_property
    def _less(self) -> dict[int, Bools]:
        """Per form that is a whole organisation: everything, and that less what it may leave to others (x, d)."""
        region, found = self.today.region, {}
        keys = [domain.portfolio for domain in region.scenario.domains.values()]
        for f, form in enumerate(region.scenario.forms.values()):
            if form.scope == "organisation":
                left = [np.array([key == may for key in keys], dtype=bool) for may in form.may_leave]
                rows = [np.ones(len(keys), dtype=bool)]
                for domains in left:
                    rows += [row & ~domains for row in rows]
                found[f] = np.unique(np.array(rows), axis=0)
        return found

    @cached_property
    def domains(self) -> Bools:
        """Domains of each scope (s, d)."""
        everything = np.ones((1, len(self.today.region.domains)), dtype=bool)
        of_today = [self._of_today(e)[None] for e in range(len(self.today.keys))]
        return np.concatenate([self._portfolios, everything, *self._less.values(), *of_today])

    @cached_property
    def is_organisation(self) -> Bools:
        """Which forms are a whole organisation (f,)."""
        forms = self.today.region.scenario.forms.values()
        return np.array([form.scope == "organisation" for form in forms], dtype=bool)

    @property
    def first_of_today(self) -> int:
        """Index of the scope of the first body of today."""
        return len(self._portfolios) + 1 + sum(map(len, self._less.values()))

    def of_today(self, e: int) -> int:
        """Index of the scope of a body of today."""
        return self.first_of_today + e

    def of_form(self, f: int) -> list[int]:
        """Indices of the scopes that new bodies of a form may have, where law lets it carry any of their domains."""
        region, count = self.today.region, len(self._portfolios)
        scope = region.scenario.forms[region.forms[f]].scope
        if scope == "portfolio":
            return [s for s in range(count) if (self.domains[s] & region.lawful[f]).any()]
        if scope == "bundle":
            return [count]
        before = sum(len(rows) for other, rows in self._less.items() if other < f)
        return [count + 1 + before + x for x in range(len(self._less[f]))]

    def _of_today(self, e: int) -> Bools:
        """What a body of today may carry: everything in a form without portfolios, else its own and the rest of one."""
        region, carried = self.today.region, self.today.carried[e]
        if region.scenario.forms[region.forms[self.today.bodies.form[e]]].scope != "portfolio":
            return np.ones_like(carried)
        portfolios = np.unique(region.portfolio[carried])
        return carried | (region.portfolio == portfolios[0]) if len(portfolios) == 1 else carried
