"""What a plan is worth and what it asks: criteria, hours and network, one plan or today beside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from regie_opt.report import money
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import change, percent, readable_decimals
from regie_opt.report.table import Cell, Quantity, Table, Text
from regie_opt.report.words import SEPARATOR
from regie_opt.schema.parameters import CRITERIA
from regie_opt.schema.plan import Assessment, CriterionResult, MunicipalityResult, Network
from regie_opt.schema.strict import ROLES, Role

CONTRIBUTION_DECIMALS = 4
_SEASON = slice(3, 7)  # April to July, when the budgets of all partnerships reach the councils


@dataclass(frozen=True)
class Judged:
    """Assessments side by side: today, a plan, or both; at least one."""

    today: Assessment | None = None
    plan: Assessment | None = None

    def __post_init__(self) -> None:
        if not self.all:
            msg = "nothing to report: neither today nor a plan"
            raise ValueError(msg)

    @property
    def all(self) -> tuple[Assessment, ...]:
        """Those there are, today first."""
        return tuple(a for a in (self.today, self.plan) if a is not None)

    @property
    def names(self) -> tuple[str, ...]:
        """Word keys of those there are."""
        return tuple(k for k, a in (("today", self.today), ("plan", self.plan)) if a is not None)

    @property
    def compared(self) -> bool:
        """Whether there is a difference to show."""
        return len(self.all) == 2


def criteria(judged: Judged, naming: Naming) -> Table:
    """Per criterion the amount in its own unit and the contribution, and the total value."""
    words = naming.words
    results = [{result.key: result for result in assessment.criteria} for assessment in judged.all]
    rows = [
        row
        for key in CRITERIA
        if all(key in result for result in results)
        for row in _criterion([result[key] for result in results], naming)
    ]
    values = _with_difference([assessment.value for assessment in judged.all], CONTRIBUTION_DECIMALS)
    blank = ("",) * (2 + len(values))
    columns = [*judged.names, "difference"] if judged.compared else list(judged.names)
    return Table(
        words("criteria.compared" if judged.compared else "criteria"),
        (
            words("criterion"),
            words("unit"),
            words("weight"),
            *(words("amount", when=words(column)) for column in columns),
            *(words("contribution", when=words(column)) for column in columns),
        ),
        (*rows, (words("value"), *blank, *values)),
        (words("criteria.note"), words("criteria.cells"), money.note(naming)),
        footers=1,
    )


def hours(judged: Judged, naming: Naming) -> Table:
    """Per municipality its hours by role; totals, and the busiest month below."""
    words = naming.words
    by_code = [{result.code: result for result in assessment.municipalities} for assessment in judged.all]
    codes = [code for code in naming.scenario.municipalities if all(code in results for results in by_code)]
    measures: list[tuple[str, Callable[[MunicipalityResult], float]]] = [
        *((role, _hours_of(role)) for role in ROLES),
        ("total", total_hours),
        ("partnerships", lambda result: result.partnerships),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            naming.municipality(code),
            *(Quantity(measure(results[code])) for _, measure in measures for results in by_code),
        )
        for code in codes
    ]
    sums = [
        Quantity(sum(measure(results[code]) for code in codes)) if key != "partnerships" else ""
        for key, measure in measures
        for results in by_code
    ]
    headers = [words(key, when=words(name)) for key, _ in measures for name in judged.names]
    notes = [*_overloads(judged, naming), *_peaks(judged, naming), _euros(judged, naming)]
    return Table(
        words("hours"),
        (words("municipality"), *headers),
        (*rows, (words("region"), *sums)),
        tuple(notes),
        footers=1,
    )


def network(judged: Judged, naming: Naming) -> Text:
    """One line per plan on the network as a whole, and what other hosts could do for it."""
    words = naming.words
    lines = []
    for name, assessment in zip(judged.names, judged.all, strict=True):
        found = assessment.network
        lines.append(
            words(
                "network.line",
                when=words(f"network.{name}"),
                reciprocity=percent(found.reciprocity, 0, naming.language),
                congruence=naming.number(found.congruence, 2),
                forms=found.forms,
            )
        )
        attainable = found.reciprocity_attainable
        if attainable is not None and found.hosts_attainable:
            hosts = [
                words("hosted", host=naming.municipality(host), domains=naming.domain(domain))
                for chosen in found.hosts_attainable.values()
                for domain, host in chosen.items()
            ]
            lines.append(
                words(
                    "network.attainable",
                    reciprocity=percent(attainable, 0, naming.language),
                    names=SEPARATOR.join(hosts),
                )
            )
    return Text(words("network"), tuple(lines))


def headline(today: Assessment, plan: Assessment, naming: Naming) -> tuple[str, ...]:
    """Value, hours and running cost, each in a sentence."""
    words = naming.words
    before, after = (sum(map(total_hours, a.municipalities)) for a in (today, plan))
    then, now = (money.running_cost(a.criteria) for a in (plan, today))
    cost = () if then is None or now is None else (words("headline.cost", euro=naming.difference(then - now)),)
    return (
        words(
            "headline.value",
            today=naming.number(today.value, CONTRIBUTION_DECIMALS),
            plan=naming.number(plan.value, CONTRIBUTION_DECIMALS),
            difference=naming.number(plan.value - today.value, CONTRIBUTION_DECIMALS, signed=True),
        ),
        words(
            "headline.hours",
            today=naming.number(before),
            plan=naming.number(after),
            change=change(before, after, naming.language) or naming.number(after - before, signed=True),
        ),
        *cost,
    )


def total_hours(result: MunicipalityResult) -> float:
    """Hours of all roles together."""
    return sum(float(getattr(result.hours, role)) for role in ROLES)


def region_months(net: Network) -> tuple[float, ...]:
    """Hours of the region in January to December, all roles together."""
    return tuple(sum(month) for month in zip(*net.hours_by_month.values(), strict=True))


def _criterion(results: Sequence[CriterionResult], naming: Naming) -> Iterator[tuple[Cell, ...]]:
    """Its row, and below that of cost one with the euros."""
    amounts = [result.amount for result in results]
    contributions = _with_difference([result.contribution for result in results], CONTRIBUTION_DECIMALS)
    yield (
        naming.criterion(results[0].key),
        naming.words.term("unit", results[0].unit),
        Quantity(results[-1].weight, 2),
        *_with_difference(amounts, readable_decimals(*amounts)),
        *contributions,
    )
    euros = [result.euro for result in results if result.euro is not None]
    if len(euros) == len(results):
        cells = _with_difference(euros, 0, signed=True)
        yield (money.heading(naming), money.unit(naming), "", *cells, *("" for _ in contributions))


def _with_difference(values: Sequence[float], decimals: int, *, signed: bool = False) -> list[Quantity]:
    cells = [Quantity(value, decimals, signed) for value in values]
    if len(values) == 2:
        cells.append(Quantity(values[1] - values[0], decimals, signed=True))
    return cells


def _hours_of(role: Role) -> Callable[[MunicipalityResult], float]:
    return lambda result: float(getattr(result.hours, role))


def _overloads(judged: Judged, naming: Naming) -> list[str]:
    words, lines = naming.words, []
    for key, assessment in (("overload", judged.today), ("overload.plan", judged.plan)):
        over = [result for result in assessment.municipalities if result.overload > 0.5] if assessment else []
        if over:
            names = [
                words(
                    "overload.one",
                    name=naming.municipality(result.code),
                    hours=round(result.overload),
                )
                for result in over
            ]
            lines.append(words(key, names=SEPARATOR.join(names)))
    return lines


def _peaks(judged: Judged, naming: Naming) -> list[str]:
    lines = []
    for key, assessment in (("peak", judged.today), ("peak.plan", judged.plan)):
        months = region_months(assessment.network) if assessment else ()
        if sum(months) > 0:
            season = sum(months[_SEASON])
            lines.append(
                naming.words(
                    key,
                    month=naming.words(f"month.{months.index(max(months)) + 1}"),
                    hours=round(max(months)),
                    season=round(season),
                    share=percent(season / sum(months), 0, naming.language),
                )
            )
    return lines


def _euros(judged: Judged, naming: Naming) -> str:
    rate = naming.scenario.burden.rate
    euros = {
        name: naming.number(
            sum(getattr(result.hours, role) * getattr(rate, role) for result in a.municipalities for role in ROLES)
        )
        for name, a in zip(judged.names, judged.all, strict=True)
    }
    key = "euros.compared" if judged.compared else "euros" if judged.plan is None else "euros.plan"
    return naming.words(key, **euros)
