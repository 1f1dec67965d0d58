"""Scenarios and their variants solved and laid side by side, all by the references of the first scenario's base."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from regie_opt import __version__, engine
from regie_opt.loading import Loaded
from regie_opt.schema.comparison import RUNNING_COST, VALUE, Column, Comparison, Difference, Row
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.parameters import CRITERIA, LESS_IS_BETTER, CriterionKey
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import Assessment, PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.study.likeness import Composition, composition
from regie_opt.study.shared import shared
from regie_opt.study.sides import Grouping, Movements
from regie_opt.study.solving import Solve
from regie_opt.study.study import Study
from regie_opt.worth import assess, today_plan
from regie_opt.worth.value import EURO, UNITS

SAME = 1e-6
"""Part of the largest amount of a row up to which two amounts are alike."""

Compared = Sequence[Sequence[Loaded]]
"""For each scenario file the scenario itself, and then those of its variants that are wanted."""


def compare(scenarios: Compared, options: engine.Options, study: Study) -> Comparison:
    """Solve them and lay them side by side.

    Scenarios have the same municipalities, or their values could not be compared; who asks sees to that.
    """
    entries = _entries(scenarios)
    outcomes = study.results([entry.task(options) for entry in entries])
    return _Beside(entries, outcomes).comparison()


def best(amounts: Mapping[str, float], *, less_is_better: bool) -> tuple[str, ...]:
    """Columns with the best amount; none where all amounts are alike."""
    if not amounts:
        return ()
    slack = SAME * max(abs(amount) for amount in amounts.values())
    if max(amounts.values()) - min(amounts.values()) <= slack:
        return ()
    top = min(amounts.values()) if less_is_better else max(amounts.values())
    return tuple(key for key, amount in amounts.items() if abs(amount - top) <= slack)


@dataclass(frozen=True)
class _Entry:
    """One scenario or variant to solve."""

    key: str
    number: int
    loaded: Loaded
    own: Loaded
    """The scenario that it is a variant of, or itself."""
    first: Loaded
    """The scenario that everything is compared with."""

    def task(self, options: engine.Options) -> Solve:
        """Solve it from where its scenario ended, where only weights differ."""
        return Solve(self.loaded.scenario, self.first.base, options, near=self.own.scenario)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What is not as in the scenario that it is a variant of; in another scenario, not as in the first."""
        than = self.own if self.loaded is not self.own else self.first
        before, after = (_values(loaded) for loaded in (than, self.loaded))
        return tuple(
            Difference(path=path, before=before.get(path), after=after.get(path))
            for path in dict.fromkeys([*before, *after])
            if before.get(path) != after.get(path)
        )


def _entries(scenarios: Compared) -> list[_Entry]:
    first = scenarios[0][0]
    return [
        _Entry(_key(number, loaded.scenario.variant, len(scenarios)), number, loaded, some[0], first)
        for number, some in enumerate(scenarios, start=1)
        for loaded in some
    ]


def _key(number: int, variant: str | None, of: int, name: str = "scenario") -> str:
    key = name if variant is None else f"variant:{variant}"
    return key if of == 1 else f"{number}:{key}"


def _values(loaded: Loaded) -> dict[str, str]:
    named = ("name", "description", "variant")
    return {path: json.dumps(value, ensure_ascii=False) for path, value, _ in loaded.values() if path not in named}


@dataclass(frozen=True)
class _Beside:
    """Entries and what came out, on their way to a document."""

    entries: Sequence[_Entry]
    outcomes: Sequence[Outcome]

    def comparison(self) -> Comparison:
        columns = tuple(self._columns())
        plans = {
            entry.key: (entry.loaded.scenario, outcome.partnerships)
            for entry, outcome in zip(self.entries, self.outcomes, strict=True)
            if outcome.assessment is not None
        }
        first = self.entries[0]
        scenario = first.loaded.scenario
        moved = Movements(
            {key: Grouping(some, today_plan(some)) for key, (some, _) in plans.items()},
            {key: Grouping(some, plan) for key, (some, plan) in plans.items()},
            first.key if first.key in plans else None,
            tuple(dict.fromkeys(domain for entry in self.entries for domain in entry.loaded.scenario.domains)),
            tuple(scenario.municipalities),
        )
        decided = [domain for domain in scenario.domains.values() if not domain.statutory]
        return Comparison(
            columns=columns,
            rows=tuple(self._rows(columns)),
            same=tuple(alike for alike in _same(plans) if len(alike) > 1),
            partnerships=shared(plans),
            cells=len(scenario.municipalities) * len(decided),
            sides=moved.sides(),
            contested=moved.contested(),
            apart=moved.apart(),
            version=__version__,
        )

    @cached_property
    def _today(self) -> Mapping[str, Assessment]:
        """Today's network by the measure of each entry."""
        return {
            entry.key: outcome.today
            or assess(entry.loaded.scenario, entry.first.base, today_plan(entry.loaded.scenario))
            for entry, outcome in zip(self.entries, self.outcomes, strict=True)
        }

    def _columns(self) -> Iterator[Column]:
        """Today of each scenario that sees another today than the first, and then every entry."""
        several = max(entry.number for entry in self.entries)
        first = self._today[self.entries[0].key]
        for entry in self.entries:
            now = self._today[entry.key]
            if entry.loaded is entry.own and (entry is self.entries[0] or not _alike(now, first)):
                key = _key(entry.number, None, several, "today")
                partnerships = today_plan(entry.loaded.scenario)
                yield _column(entry, key, now, Outcome(status="optimal", partnerships=partnerships, assessment=now))
        for entry, outcome in zip(self.entries, self.outcomes, strict=True):
            now = self._today[entry.key]
            found = _column(entry, entry.key, now, outcome)
            other = not _alike(now, first)
            yield found.model_copy(update={"differences": entry.differences, "other_measure": other})

    def _rows(self, columns: Sequence[Column]) -> Iterator[Row]:
        by_key = {column.key: {result.key: result.amount for result in column.criteria} for column in columns}
        for criterion in CRITERIA:
            amounts = {key: found[criterion] for key, found in by_key.items() if criterion in found}
            yield _row(criterion, UNITS[criterion], amounts, less_is_better=criterion in LESS_IS_BETTER)
            if criterion == "cost":
                yield _row(RUNNING_COST, EURO, dict(_euros(columns)), less_is_better=True)
        yield _row(VALUE, "value", dict(self._values(columns)), less_is_better=False)

    def _values(self, columns: Sequence[Column]) -> Iterator[tuple[str, float]]:
        """What each plan is worth in the first scenario, where that knows all that it is made of."""
        first = self.entries[0]
        scenario = first.loaded.scenario
        for column in columns:
            if column.key == first.key and column.value is not None:
                yield column.key, column.value
            elif column.criteria and _known(column.partnerships, scenario):
                yield column.key, assess(scenario, first.loaded.base, column.partnerships).value


def _column(entry: _Entry, key: str, now: Assessment, outcome: Outcome) -> Column:
    scenario, judged, proof = entry.loaded.scenario, outcome.assessment, outcome.certificate
    is_today = judged is now
    return Column(
        key=key,
        number=entry.number,
        scenario=scenario.name,
        variant=scenario.variant,
        description=entry.loaded.description,
        sha256=entry.loaded.sha256,
        status="today" if is_today else outcome.status,
        conflict=outcome.conflict,
        weights={criterion: found.weight for criterion, found in scenario.criteria.items()},
        value=None if judged is None else judged.value,
        today=now.value,
        bound=None if proof is None else proof.bound,
        gap=None if proof is None else proof.gap,
        candidates=None if proof is None else proof.candidates,
        criteria=() if judged is None else judged.criteria,
        municipalities=() if judged is None else judged.municipalities,
        network=None if judged is None else judged.network,
        partnerships=outcome.partnerships,
    )


def _euros(columns: Sequence[Column]) -> Iterator[tuple[str, float]]:
    """Running cost above alone of each column that has a plan."""
    for column in columns:
        for result in column.criteria:
            if result.euro is not None:
                yield column.key, result.euro


def _row(key: CriterionKey | str, unit: str, amounts: dict[str, float], *, less_is_better: bool) -> Row:
    return Row.model_validate(
        {
            "key": key,
            "unit": unit,
            "less_is_better": less_is_better,
            "amounts": amounts,
            "best": best(amounts, less_is_better=less_is_better),
        }
    )


def _alike(one: Assessment, other: Assessment) -> bool:
    """Whether two assessments have the same amounts."""
    return all(
        math.isclose(mine.amount, theirs.amount, rel_tol=SAME, abs_tol=SAME)
        for mine, theirs in zip(one.criteria, other.criteria, strict=True)
    )


def _same(plans: Mapping[str, tuple[Scenario, Sequence[PlannedPartnership]]]) -> list[tuple[str, ...]]:
    """Plans in groups of which all are one and the same plan."""
    groups: dict[Composition, list[str]] = {}
    for key, (_, plan) in plans.items():
        groups.setdefault(composition(plan), []).append(key)
    return [tuple(group) for group in groups.values()]


def _known(plan: Sequence[PlannedPartnership], scenario: Scenario) -> bool:
    """Whether a scenario has all that a plan is made of."""
    return all(
        planned.form in scenario.forms
        and set(planned.members) <= scenario.municipalities.keys()
        and set(planned.domains) <= {*scenario.domains, UNKNOWN}
        and (planned.continues is None or planned.continues in scenario.partnerships)
        for planned in plan
    )
