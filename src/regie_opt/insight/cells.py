"""One domain of one municipality: how far each motive is satisfied alone, today and proposed, and what makes it so."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.insight.gains import Situations
from regie_opt.schema.explanation import CellLevels, MotiveLevel
from regie_opt.schema.strict import MOTIVES, MotiveKey
from regie_opt.worth.assessment import Assessor
from regie_opt.worth.motives import alone, main_share
from regie_opt.worth.region import Floats


@dataclass(frozen=True, eq=False)
class Cells:
    """Satisfaction and the figures behind it, for every cell of three situations."""

    situations: Situations

    @cached_property
    def _alone(self) -> Floats:
        region = self.situations.worth.region
        return alone(region) * main_share(region)[:, None, None]

    def of(self, members: Iterable[str], domains: Iterable[str]) -> tuple[CellLevels, ...]:
        """Every one of these domains of every one of these municipalities."""
        known = self.situations.worth.region.domain_index
        wanted = [domain for domain in domains if domain in known]
        return tuple(self._cell(code, domain) for code in members for domain in wanted)

    def _cell(self, code: str, domain: str) -> CellLevels:
        seen, scenario = self.situations, self.situations.scenario
        region = seen.worth.region
        m, d = region.municipality_index[code], region.domain_index[domain]
        now, then = (np.flatnonzero(a.placed.main[:, m, d]) for a in (seen.today, seen.proposed))
        form = None if not len(then) else scenario.forms[seen.plan[int(then[0])].form]
        domain_of = scenario.domains[domain]
        levels = []
        for q, motive in enumerate(MOTIVES):
            figures = (
                self._figure(motive, seen.today, np.zeros(0, dtype=np.int64), m, d),
                self._figure(motive, seen.today, now, m, d),
                self._figure(motive, seen.proposed, then, m, d),
            )
            levels.append(
                MotiveLevel(
                    motive=motive,
                    want=float(region.want[q, m, d]),
                    alone=float(self._alone[q, m, d]),
                    today=float(seen.today.satisfaction[q, m, d]),
                    proposed=float(seen.proposed.satisfaction[q, m, d]),
                    figure_alone=figures[0],
                    figure_today=figures[1],
                    figure_proposed=figures[2],
                )
            )
        return CellLevels(
            municipality=code,
            domain=domain,
            with_today=tuple(seen.worth.today.keys[e] for e in now),
            with_proposed=None if not len(then) else seen.plan[int(then[0])].id,
            realised={} if form is None else {motive: form.realises.get(motive, 0.0) for motive in MOTIVES},
            needed={"quality": domain_of.specialists, "cost": min(index for _, index in domain_of.scale)},
            levels=tuple(levels),
        )

    def _figure(self, motive: MotiveKey, seen: Assessor, at: np.ndarray, m: int, d: int) -> float:
        """What the satisfaction follows from: in the pool with most of it, or of the municipality itself."""
        region = self.situations.worth.region
        bodies = seen.placed.bodies
        domain = list(region.scenario.domains.values())[d]
        staff = [float(bodies.staff[p, d]) for p in at] or [float(region.staff[m, d])]
        served = [float(bodies.inhabitants[p]) for p in at] or [float(region.population[m])]
        if motive == "vulnerability":
            return max(staff) / domain.functions
        if motive == "quality":
            return max(staff) / domain.fte_per_specialist
        if motive == "cost":
            return min(float(region.scale_index(np.array([n]))[0, d]) for n in served)
        if motive == "power":
            return max(served)
        outside = region.scenario.trust.outside
        partners = [bodies.members[p] @ region.trust[m] + bodies.outside_members[p] * outside for p in at]
        return max((float(n) for n in partners), default=0.0)
