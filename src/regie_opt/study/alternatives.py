"""Plans nearly as good as the best that differ most from each other, as one task."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property

import numpy as np

from regie_opt import engine
from regie_opt.engine.arrangement import Arrangement
from regie_opt.engine.common import Common
from regie_opt.schema.alternatives import AlternativePlan, Alternatives, CommonMove, ListedPlan
from regie_opt.schema.scenario import Scenario
from regie_opt.study.store import hashed


@dataclass(frozen=True)
class FindAlternatives:
    """Solve a scenario, and look for what else is nearly as good."""

    scenario: Scenario
    base: Scenario
    asked: engine.Asked
    options: engine.Options = field(default_factory=engine.Options)

    kind = Alternatives

    @cached_property
    def key(self) -> str:
        """Hash of all that the result follows from."""
        options = json.dumps(["alternatives", asdict(self.asked), asdict(self.options)], sort_keys=True)
        return hashed(self.scenario, self.base, options)

    def unfinished(self) -> Alternatives:
        """The document where time ran out before any plan was found."""
        return Alternatives(
            scenario=self.scenario.name,
            variant=self.scenario.variant,
            within=self.asked.within,
            status="unfinished",
        )

    def run(self, stopping: engine.Stopping | None = None) -> Alternatives:
        """Do it here and now; only the engine's own faults are raised."""
        name, variant, within = self.scenario.name, self.scenario.variant, self.asked.within
        try:
            found = engine.alternatives(self.scenario, self.base, self.asked, self.options, stopping=stopping)
        except engine.Infeasible as conflict:
            return Alternatives(
                scenario=name, variant=variant, within=within, status="infeasible", conflict=conflict.rules
            )
        except engine.NoPlanInTime:
            return self.unfinished()
        return _Document(found).whole(self.scenario, within)


@dataclass(frozen=True)
class _Document:
    """Turns what the engine found into what people and programs read."""

    found: engine.Alternatives

    def whole(self, scenario: Scenario, within: float) -> Alternatives:
        """All of it."""
        found, proof = self.found, self.found.solution.certificate
        arrangements = [d.arrangement for d in found.different]
        return Alternatives(
            scenario=scenario.name,
            variant=scenario.variant,
            within=within,
            status=proof.status,
            value=proof.value,
            bound=proof.bound,
            gap=proof.gap,
            alone=proof.alone,
            rule=proof.candidates.rule,
            cells=len(found.search.groups.open_cells),
            tables=len(found.near.model.tables),
            columns=len(found.near.columns),
            complete=found.near.complete,
            plans=tuple(self._plan(d) for d in found.different),
            distances=tuple(tuple(a.distance(b) for b in arrangements) for a in arrangements),
            all_plans=found.all_different,
            more_plans=found.more_different,
            listed=tuple(self._listed()),
            in_order=bool(found.listed) and found.in_order,
            all_listed=bool(found.listed) and found.all_listed,
            common=tuple(self._common()),
        )

    @cached_property
    def _best(self) -> Arrangement:
        return self.found.search.best.arrangement

    def _loss(self, value: float) -> float:
        proof = self.found.solution.certificate
        gain = abs(proof.value - proof.alone)
        return (proof.value - value) / gain if gain > 0 else 0.0

    def _plan(self, different: engine.Different) -> AlternativePlan:
        plan, assessment = self.found.judged(different.choice)
        model = self.found.near.model
        cells, tables = self._best.unlike(different.arrangement)
        count = cells.reshape(len(model.worth.region.codes), -1).sum(axis=1)
        keys = [model.found.today.keys[e] for e in model.tables.index[tables].tolist()]
        return AlternativePlan(
            value=assessment.value,
            loss=self._loss(assessment.value),
            differs=self._best.distance(different.arrangement),
            by_municipality={model.worth.region.codes[m]: int(count[m]) for m in np.flatnonzero(count).tolist()},
            tables=tuple(keys),
            apart=different.apart,
            most_apart=different.most,
            criteria=assessment.criteria,
            partnerships=plan,
        )

    def _listed(self) -> Iterable[ListedPlan]:
        for choice in self.found.listed:
            plan, assessment = self.found.judged(choice)
            yield ListedPlan(
                value=assessment.value,
                loss=self._loss(assessment.value),
                differs=self._best.distance(self.found.search.arrangement(choice)),
                partnerships=plan,
            )

    def _common(self) -> Iterable[CommonMove]:
        """What is in common: domains in which it is the same taken together, and who does the same domains alone."""
        region, today = self.found.near.model.worth.region, self.found.near.model.found.today
        domains: dict[Common, list[int]] = {}
        for common in self.found.common:
            of = domains.setdefault(replace(common, domain=None), [])
            if common.domain is not None:
                of.append(common.domain)
        moves: dict[tuple[Common, tuple[int, ...]], list[int]] = {}
        for common, of in domains.items():
            alike = replace(common, members=()) if common.kind == "alone" else common
            moves.setdefault((alike, tuple(of)), []).extend(common.members)
        for (common, at), members in moves.items():
            yield CommonMove(
                kind=common.kind,
                domains=tuple(region.domains[d] for d in at),
                members=tuple(region.codes[m] for m in members),
                form=None if common.form is None else region.forms[common.form],
                partnership=None if common.partnership is None else today.keys[common.partnership],
                proven=common.proven,
            )
