"""Which weights matter: what each does when it is halved and when it is doubled, all others as they are."""

from collections.abc import Sequence

from regie_opt.schema.outcome import Outcome
from regie_opt.schema.tuning import Swing, SwungWeight
from regie_opt.study.interval import lead, tolerance
from regie_opt.study.plans import Plans
from regie_opt.study.study import HALF, Study
from regie_opt.study.weighing import Moving

FACTOR = 2.0
"""What weights are divided and multiplied by."""


def swung(moving: Moving) -> tuple[float, float]:
    """The low and the high weight; one that is zero goes to the end of its range."""
    if moving.present == 0:
        return moving.present, moving.high
    return moving.present / FACTOR, moving.present * FACTOR


def tornado(movings: Sequence[Moving], plans: Plans, study: Study) -> tuple[SwungWeight, ...]:
    """The swings, those first in which keeping the recommended plan loses most; new plans are added."""
    points = [(moving, weight) for moving in movings for weight in swung(moving)]
    outcomes = study.results([moving.task(weight) for moving, weight in points], HALF)
    swings = [_swing(m, weight, outcome, plans) for (m, weight), outcome in zip(points, outcomes, strict=True)]
    sides = zip(movings, swings[::2], swings[1::2], strict=True)
    found = [SwungWeight(path=m.name, present=m.present, low=low, high=high) for m, low, high in sides]
    return tuple(sorted(found, key=_matters))


def _swing(moving: Moving, weight: float, outcome: Outcome, plans: Plans) -> Swing:
    kept = moving.value(plans[1], weight)
    if outcome.certificate is None:
        return Swing(weight=weight, plan=1, value=kept, kept=kept, loss=0.0, regrouped=0, gap=None)
    number = plans.number(outcome)
    if lead(moving, plans, weight, number) <= tolerance(outcome):
        number = 1
    value = moving.value(plans[number], weight)
    return Swing(
        weight=weight,
        plan=number,
        value=value,
        kept=kept,
        loss=value - kept,
        regrouped=len(plans.regrouped(number)),
        gap=outcome.certificate.gap,
    )


def _matters(found: SwungWeight) -> tuple[float, int, str]:
    sides = found.low, found.high
    return -max(side.loss for side in sides), -max(side.regrouped for side in sides), found.path
