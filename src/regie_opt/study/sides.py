"""Who changes sides: in which cells a municipality has other partners, from one plan to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from regie_opt.schema.comparison import Apart, Contested, Sides
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.study.likeness import Cell


@dataclass(frozen=True)
class Grouping:
    """Who does what with whom in one plan of a scenario."""

    scenario: Scenario
    plan: Sequence[PlannedPartnership]

    @cached_property
    def partners(self) -> Mapping[Cell, frozenset[str]]:
        """Who does each cell together; partners outside the region are one, called after the partnership.

        Tables beside the work do not count. Today several partnerships may share a cell: then all their members do.
        """
        region = self.scenario
        found = {(code, domain): frozenset({code}) for code in region.municipalities for domain in region.domains}
        for planned in self.plan:
            if planned.beside:
                continue
            now = region.partnerships.get(planned.continues) if planned.continues else None
            away = {f"outside:{planned.continues}"} if now and now.outside.members else set[str]()
            together = frozenset({*planned.members, *away})
            for domain in planned.domains:
                if domain != UNKNOWN:
                    for code in planned.members:
                        found[code, domain] |= together
        return found

    def other(self, than: "Grouping") -> frozenset[Cell]:
        """Cells that both have, with other partners."""
        mine, theirs = self.partners, than.partners
        return frozenset(cell for cell in mine.keys() & theirs.keys() if mine[cell] != theirs[cell])


@dataclass(frozen=True)
class Movements:
    """Plans beside today and beside each other."""

    today: Mapping[str, Grouping]
    """Today's network in the scenario of each plan."""
    plans: Mapping[str, Grouping]
    scenario: str | None
    """Key of the plan of the first scenario; None where that has none."""
    domains: tuple[str, ...]
    municipalities: tuple[str, ...]

    def sides(self) -> tuple[Sides, ...]:
        """Per municipality its cells with other partners."""
        from_today = {key: plan.other(self.today[key]) for key, plan in self.plans.items()}
        beside = self.plans.get(self.scenario or "")
        from_scenario = {} if beside is None else {key: plan.other(beside) for key, plan in self.plans.items()}
        contested = self._contested
        return tuple(
            Sides(
                code=code,
                from_today={key: _count(cells, code) for key, cells in from_today.items()},
                from_scenario={
                    key: _count(cells, code) for key, cells in from_scenario.items() if key != self.scenario
                },
                contested=_count(contested, code),
            )
            for code in self.municipalities
        )

    def contested(self) -> tuple[Contested, ...]:
        """The domains in which plans differ: for whom, and which plans are alike."""
        found = []
        for domain in self.domains:
            who = tuple(code for code in self.municipalities if (code, domain) in self._contested)
            if who:
                found.append(Contested(domain=domain, municipalities=who, camps=self._camps(domain)))
        return tuple(found)

    def apart(self) -> tuple[Apart, ...]:
        """Each two plans, with the number of cells in which they differ."""
        keys = list(self.plans)
        return tuple(
            Apart(one=one, other=other, cells=len(self.plans[one].other(self.plans[other])))
            for i, one in enumerate(keys)
            for other in keys[i + 1 :]
        )

    @cached_property
    def _contested(self) -> frozenset[Cell]:
        groupings = list(self.plans.values())
        return frozenset(cell for one, other in pairwise(groupings) for cell in one.other(other))

    def _camps(self, domain: str) -> tuple[tuple[str, ...], ...]:
        camps: dict[tuple[frozenset[str] | None, ...], list[str]] = {}
        for key, grouping in self.plans.items():
            alike = tuple(grouping.partners.get((code, domain)) for code in self.municipalities)
            camps.setdefault(alike, []).append(key)
        return tuple(map(tuple, camps.values()))


def _count(cells: frozenset[Cell], code: str) -> int:
    return sum(cell[0] == code for cell in cells)
