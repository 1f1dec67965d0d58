"""The assessment (beoordeling) of one plan: every criterion in its own unit, and the weighted value."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.schema.parameters import CRITERIA, CriterionKey
from regie_opt.schema.plan import (
    Assessment,
    CriterionResult,
    Flows,
    MunicipalityResult,
    Network,
    PlannedPartnership,
)
from regie_opt.schema.strict import MOTIVES, ROLES, RoleHours
from regie_opt.worth.autonomy import autonomy
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.burden import Hours, by_month, counted_domains, hours, weighted
from regie_opt.worth.motives import alone, beside_gain, euros, main_share, satisfaction
from regie_opt.worth.placed import Placed
from regie_opt.worth.reciprocity import balance, network_reciprocity
from regie_opt.worth.region import Bools, Floats
from regie_opt.worth.transition import transition
from regie_opt.worth.value import UNITS, Worth


@dataclass(frozen=True, eq=False)
class Assessor:
    """The amounts of one plan, computed from the same formulas as candidate columns."""

    worth: Worth
    placed: Placed

    @cached_property
    def asked(self) -> Hours:
        """Hours that each partnership asks of its members and hosts."""
        return hours(self.placed.bodies)

    @cached_property
    def member_hours(self) -> Floats:
        """Hours that each partnership asks of each municipality, by role (p, m, r): formula (4)."""
        placed, asked = self.placed, self.asked
        each = asked.base + asked.per_domain * placed.domain_count[:, None]
        result: Floats = placed.bodies.members[:, :, None] * each[:, None, :]
        for p, named in enumerate(placed.hosts):
            if placed.bodies.host[p] != NOBODY:
                result[p, placed.bodies.host[p]] += asked.host_base[p]
            for host in named.values():
                result[p, host] += asked.host_per_domain[p]
        return result

    @cached_property
    def hours(self) -> Floats:
        """Hours per municipality and role (m, r), summed over partnerships."""
        total: Floats = self.member_hours.sum(axis=0)
        return total

    @cached_property
    def overload(self) -> Floats:
        """College hours above what each municipality has (m,): formula (6)."""
        region = self.worth.region
        college = self.hours[:, ROLES.index("college")]
        return np.maximum(0.0, college - region.board_hours)

    @cached_property
    def satisfaction(self) -> Floats:
        """Satisfaction of every cell (q, m, d): formulas (12) and (14); the best of several partnerships in a cell."""
        placed = self.placed
        region = self.worth.region
        level = alone(region)
        if len(placed.bodies):
            at = placed.main[None]
            reached = np.where(at, satisfaction(placed.bodies), -np.inf).max(axis=1)
            level = np.where(at.any(axis=1), reached, level)
        level = level * main_share(region)[:, None, None]
        if placed.beside.any():
            tables = placed.bodies.take(placed.beside)
            carried = placed.carried[placed.beside].astype(float)
            level = level + beside_gain(tables, carried, placed.today.tables).sum(axis=1)
        return level

    @cached_property
    def reciprocity(self) -> float:
        """Net reciprocated service inside mutual services, weighted fte: formula (15)."""
        mutual = [p for p in range(len(self.placed.bodies)) if self.placed.is_mutual(p)]
        if not mutual:
            return 0.0
        need, counts = self.worth.served_need, self.worth.worth_sharing(self.placed.bodies)
        imbalance = self.worth.scenario.money.imbalance
        return sum(float(balance(self.placed.flows(p, need * counts[p]), imbalance)) for p in mutual)

    @cached_property
    def amounts(self) -> dict[CriterionKey, float]:
        """Every criterion in its own unit; congruence and number of partnerships are formulas (18) and (19)."""
        worth, placed = self.worth, self.placed
        region, carried = worth.region, placed.carried
        hours_base, hours_each = weighted(placed.bodies, self.asked)
        decided = ~worth.today.fixed
        setup, each = transition(placed.bodies)
        moved = setup + (each * carried).sum(axis=1)
        moved = np.where(np.append(worth.today.fixed, False)[placed.bodies.continues], 0.0, moved)
        pairs = placed.bodies.inside * (placed.bodies.inside - 1) / 2
        work = carried & ~placed.beside[:, None]
        amounts: dict[CriterionKey, float] = {
            "burden": float((hours_base + hours_each * counted_domains(region, carried)).sum()),
            "overload": float(self.overload.sum()),
            "reciprocity": self.reciprocity,
            "transition": float(worth.exits[decided].sum() + moved.sum()),
            "autonomy": float((autonomy(placed.bodies) * work).sum()),
            "congruence": float((pairs * np.maximum(work.sum(axis=1) - 1, 0)).sum()),
            "partnerships": float(len(placed.bodies)),
        }
        for q, motive in enumerate(MOTIVES):
            level = self.saved_share if motive == "cost" else self.satisfaction[q]
            amounts[motive] = float(((euros(region) if motive == "cost" else region.want[q]) * level).sum())
        return amounts

    @cached_property
    def saved_share(self) -> Floats:
        """Part of its running cost alone that each cell saves (m, d); below zero where it is dearer."""
        cost = MOTIVES.index("cost")
        saved: Floats = 1 - alone(self.worth.region)[cost] / self.satisfaction[cost]
        return saved

    @cached_property
    def criteria(self) -> tuple[CriterionResult, ...]:
        """Amount, reference, weight and contribution of each criterion: formula (20)."""
        worth = self.worth
        return tuple(
            CriterionResult(
                key=key,
                amount=self.amounts[key],
                unit=UNITS[key],
                reference=worth.references[key],
                weight=worth.weight(key),
                contribution=worth.coefficients[key] * self.amounts[key] + 0.0,
                euro=-float(self.saving.sum()) + 0.0 if key == "cost" else None,
            )
            for key in CRITERIA
        )

    @property
    def value(self) -> float:
        """The weighted value."""
        return sum(self.worth.coefficients[key] * self.amounts[key] for key in CRITERIA)

    @cached_property
    def flows(self) -> Floats:
        """Service between municipalities in all partnerships with hosts, fte (m, m)."""
        need = self.worth.region.staff
        n = len(need)
        return sum((self.placed.flows(p, need) for p in range(len(self.placed.bodies))), np.zeros((n, n)))

    @cached_property
    def saving(self) -> Floats:
        """Running cost that each municipality saves on doing all of it alone (m,), euro per year.

        The criterion `cost` is the same, weighed by how much cost matters in each cell.
        """
        saved: Floats = (self.worth.region.spending * self.saved_share).sum(axis=1)
        return saved

    def municipalities(self) -> tuple[MunicipalityResult, ...]:
        """What the plan means for each municipality."""
        region = self.worth.region
        levels = self.satisfaction
        wanted = region.want.sum(axis=2)
        mean = (region.want * levels).sum(axis=2) / np.where(wanted > 0, wanted, 1.0)
        joined = self.placed.bodies.members.sum(axis=0)
        return tuple(
            MunicipalityResult(
                code=code,
                hours=RoleHours(**{role: float(self.hours[m, r]) for r, role in enumerate(ROLES)}),
                motives={motive: float(mean[q, m]) for q, motive in enumerate(MOTIVES)},
                reciprocity=Flows(given=float(self.flows[m].sum()), received=float(self.flows[:, m].sum())),
                partnerships=int(joined[m]),
                overload=float(self.overload[m]),
                saving=float(self.saving[m]),
            )
            for m, code in enumerate(region.codes)
        )

    def network(self) -> Network:
        """Figures of the network as a whole."""
        return Network(
            reciprocity=network_reciprocity(self.flows),
            congruence=self._jaccard(),
            forms=len(set(self.placed.bodies.form.tolist())),
            hours_by_month=by_month(self.worth.scenario.burden, self.hours.sum(axis=0)),
        )

    def _jaccard(self) -> float:
        """Mean pairwise Jaccard similarity of a municipality's partner sets; 0 where nobody has two."""
        means = [mean for mean in congruence(self.placed.bodies.members) if not np.isnan(mean)]
        return sum(means) / len(means) if means else 0.0

    def result(self) -> Assessment:
        """The assessment."""
        return Assessment(
            value=self.value,
            criteria=self.criteria,
            municipalities=self.municipalities(),
            network=self.network(),
        )


def congruence(members: Bools) -> list[float]:
    """Mean pairwise Jaccard similarity of each municipality's partner sets, (m,) for (p, m); nan where none has two."""
    means = []
    for m in range(members.shape[1]):
        sets = np.delete(members[members[:, m]], m, axis=1)
        sets = sets[sets.any(axis=1)].astype(float)
        both = sets @ sets.T
        size = np.diag(both)
        pairs = (both / (size[:, None] + size - both))[np.triu_indices(len(sets), k=1)]
        means.append(float(pairs.sum() / len(pairs)) if len(pairs) else float("nan"))
    return means


def assessor(worth: Worth, planned: Sequence[PlannedPartnership]) -> Assessor:
    """The amounts of a complete plan (every frozen partnership in it, every key known)."""
    return Assessor(worth, Placed.of(worth.today, planned))
