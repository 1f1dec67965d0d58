"""What taking part today is taken to say of what municipalities want: an assumption that a reader has to know of."""

from regie_opt.report.naming import Naming
from regie_opt.report.table import Section, Text
from regie_opt.schema.plan import RevealedWants
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.region import Region

_MOST_DECIMALS = 2


def revealed_wants(scenario: Scenario) -> RevealedWants | None:
    """How much more and less is taken to be wanted; None where today says nothing, or is not asked."""
    wants = scenario.wants
    if (Region(scenario).revealed == 1).all():
        return None
    return RevealedWants(
        taking_part=wants.taking_part**wants.revealed,
        staying_out=wants.staying_out**wants.revealed,
        revealed=wants.revealed,
    )


def wanted(naming: Naming) -> tuple[Section, ...]:
    """That assumption, and how to do without."""
    found, words = revealed_wants(naming.scenario), naming.words
    if found is None:
        return ()
    taking_part, staying_out, revealed = (
        naming.number(x, _decimals(x)) for x in (found.taking_part, found.staying_out, found.revealed)
    )
    lines = (
        words("wants.revealed", taking_part=taking_part, staying_out=staying_out),
        words("wants.without", revealed=revealed),
    )
    return (Text(words("wants"), lines, bullets=True),)


def _decimals(factor: float) -> int:
    """The fewest that say as much as the most do."""
    return next(n for n in range(_MOST_DECIMALS + 1) if round(factor, n) == round(factor, _MOST_DECIMALS))
