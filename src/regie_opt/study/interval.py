"""The weights between which the recommended plan stays optimal, and the plan that takes over on either side.

The value of a plan is linear in a weight, so the best value over all plans is convex and piecewise linear in it: what
the recommended plan lacks on the best is zero at the present weight and grows outwards. The classical parametric search
(Eisner and Severance 1976) finds where it leaves zero: solve at the end of the range, cross the line of the plan found
there with that of the recommended one, solve again at the crossing, until nothing is better there. Every plan that is
known from elsewhere is a line too, so the search begins at the nearest crossing of those.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from regie_opt.engine.solve import LEAST_GAIN, PROVEN
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.tuning import Interval, IntervalEnd
from regie_opt.study.plans import Plans
from regie_opt.study.study import HALF, Study
from regie_opt.study.weighing import Moving


@dataclass
class Search:
    """The search on one side of the present weight."""

    moving: Moving
    end: float
    """Nearest weight known from which another plan is better; the end of the range where none is known."""
    next: int | None = None
    proven: bool = True
    _seen: int = 1
    """Plans of which the crossing is known."""
    _confirmed: set[float] = field(default_factory=set)

    def ask(self, plans: Plans) -> float | None:
        """The weight to solve at; None when the end is found."""
        while self._seen < len(plans):
            self._seen += 1
            for weight in self._checked():
                self._crossed(self._seen, plans, weight)
        open_to_doubt = [w for w in self._checked() if w not in self._confirmed]
        return open_to_doubt[0] if open_to_doubt and self.proven else None

    def told(self, weight: float, outcome: Outcome, plans: Plans) -> None:
        """Take in the best plan at a weight that was asked."""
        if outcome.certificate is None:
            self.proven = False
            return
        number, before = plans.number(outcome), self.end
        if lead(self.moving, plans, weight, number) <= tolerance(outcome):
            self._confirmed.add(weight)
            self.proven = self.proven and outcome.certificate.gap == 0
            return
        self._crossed(number, plans, weight)
        if self.end == before:  # the two are too near to each other to be told apart
            self._confirmed.add(weight)

    @property
    def slack(self) -> float:
        """Value by which another plan may be better between the weights that are checked.

        A plan is worth no more than the recommended one at two weights. In between its value is concave, and above
        its chord by at most a quarter of the distance times how much its slope can change; that of the recommended
        plan is concave too, and so above its own chord.
        """
        return self.moving.bend * abs(self.end - self.moving.present) / 2 / 4

    def result(self) -> IntervalEnd:
        """The end as the document has it."""
        return IntervalEnd(weight=self.end, beyond=self.next is None, proven=self.proven, plan=self.next)

    def _checked(self) -> list[float]:
        """Weights at which nothing may be better: the end, and halfway where that does not follow from it."""
        present = self.moving.present
        if self.end == present:
            return []
        return [self.end] if self.moving.linear else [self.end, (present + self.end) / 2]

    def _crossed(self, number: int, plans: Plans, weight: float) -> None:
        """Bring the end nearer, to where a plan that is better at a weight overtakes."""
        present, slack = self.moving.present, tolerance(plans.recommended)
        found = self.moving.crossing(plans[1], plans[number], present, weight, slack)
        if found is not None and (self.next is None or abs(found - present) < abs(self.end - present)):
            self.end, self.next = found, number


def intervals(movings: Sequence[Moving], plans: Plans, study: Study) -> tuple[Interval, ...]:
    """The interval of each weight; new plans are added to those that are known.

    All sides are searched at the same time, so that all workers have something to do. Nothing is proven where the
    recommended plan is not proven optimal at the present weights.
    """
    proof = plans.recommended.certificate
    proven = proof is not None and proof.gap == 0
    searches = [Search(moving, end) for moving in movings for end in (moving.low, moving.high)]
    while asked := [(s, weight) for s in searches if (weight := s.ask(plans)) is not None]:
        outcomes = study.results([s.moving.task(weight) for s, weight in asked], HALF)
        for (search, weight), outcome in zip(asked, outcomes, strict=True):
            search.told(weight, outcome, plans)
    for search in searches:
        search.proven = search.proven and proven
    sides = zip(movings, searches[::2], searches[1::2], strict=True)
    return tuple(
        Interval(
            path=moving.name,
            present=moving.present,
            linear=moving.linear,
            slack=max(low.slack, high.slack),
            low=low.result(),
            high=high.result(),
        )
        for moving, low, high in sides
    )


def lead(moving: Moving, plans: Plans, weight: float, number: int, over: int = 1) -> float:
    """How much more a plan is worth at a weight than another, the recommended one if none is named."""
    return moving.value(plans[number], weight) - moving.value(plans[over], weight)


def tolerance(outcome: Outcome) -> float:
    """Value within which two plans are equally good: the part of the gain that counts as no gap."""
    assert outcome.certificate is not None
    return PROVEN * max(abs(outcome.certificate.value - outcome.certificate.alone), LEAST_GAIN)
