"""The distinct plans that a study meets, numbered in the order in which they were met."""

from collections.abc import Iterator, Sequence

from regie_opt.schema.outcome import Outcome
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.tuning import TunedPlan
from regie_opt.study.likeness import Composition, composition, regrouped

Partnerships = tuple[PlannedPartnership, ...]


class Plans:
    """Plans by number; the first is the recommended one."""

    def __init__(self, recommended: Outcome) -> None:
        self.recommended = recommended
        self._plans: list[Partnerships] = []
        self._numbers: dict[Composition, int] = {}
        self._hours: list[float] = []
        self.number(recommended)

    def __len__(self) -> int:
        return len(self._plans)

    def __getitem__(self, number: int) -> Partnerships:
        return self._plans[number - 1]

    def __iter__(self) -> Iterator[int]:
        return iter(range(1, len(self._plans) + 1))

    def number(self, outcome: Outcome) -> int:
        """The number of the plan of an outcome, a new one where it was not met before."""
        found = composition(outcome.partnerships)
        if found in self._numbers:
            return self._numbers[found]
        self._numbers[found] = len(self._plans) + 1
        self._plans.append(outcome.partnerships)
        self._hours.append(hours(outcome))
        return len(self._plans)

    def hours(self, number: int) -> float:
        """Hours per year that a plan asks of the region."""
        return self._hours[number - 1]

    def regrouped(self, number: int) -> list[tuple[str, str]]:
        """Cells in which a plan differs from the recommended one, in order."""
        return sorted(regrouped(self._plans[0], self[number]))

    def described(self, numbers: Sequence[int]) -> tuple[TunedPlan, ...]:
        """Plans as the document has them."""
        return tuple(
            TunedPlan(
                number=number,
                partnerships=self[number],
                hours=self.hours(number),
                regrouped=tuple(self.regrouped(number)),
            )
            for number in numbers
        )


def hours(outcome: Outcome) -> float:
    """Hours per year that the plan of an outcome asks of all municipalities, all roles together."""
    results = outcome.assessment.municipalities if outcome.assessment else ()
    return sum(r.hours.college + r.hours.council + r.hours.officials for r in results)
