"""What is doubtful of the official files as a whole: sizes, places, task fields without rows, and what was taken."""

from collections.abc import Iterator

from regie_opt.loading import plausible
from regie_opt.loading.plausible import Doubt
from regie_opt.sources.boundaries import doubtful_outlines
from regie_opt.sources.country import Country
from regie_opt.sources.doubts import Finding, doubt, outcome
from regie_opt.sources.finance import AMOUNT


def taken_from(country: Country) -> Iterator[Finding]:
    """Yield which columns of the files were read."""
    population, finance = country.population, country.finance
    column, year = population.column, population.year or "-"
    yield outcome("--population", "", "read", "inhabitants_column", column=column, year=year)
    yield outcome("--iv3", "", "read", "spending_column", column=AMOUNT, kind=finance.kind, year=finance.year)


def checked(country: Country) -> Iterator[Finding]:
    """Yield what must be told of the files, whatever region is taken from them."""
    population = country.population
    for name, count in population.unknown:
        yield doubt(name, "", "name_unknown", count=str(count))
    for code, found in sorted(population.inhabitants.items()):
        if (unlikely := plausible.inhabitants(found)) is not None:
            yield implausible(code, population.names[code], unlikely)
    for unlikely in plausible.same_inhabitants(population.inhabitants.values()):
        yield implausible("--population", "", unlikely)
    for code, unlikely in doubtful_outlines(country.boundaries.polygons):
        yield implausible(code, country.boundaries.names.get(code, code), unlikely)
    yield from _fields(country)


def _fields(country: Country) -> Iterator[Finding]:
    """Yield the model's task fields without a row, and the domains of which nothing is left."""
    for field, domains in sorted(country.knowledge.task_fields.items()):
        if field not in country.finance.fields:
            yield doubt(field, "", "no_field", domains=", ".join(domains))
    for key, domain in country.knowledge.domains.items():
        if key not in country.usual:
            yield doubt(key, domain.name.nl, "no_usual")
        elif (unlikely := plausible.spending({key: country.usual[key]}, _usual_of_model(country), 1)) is not None:
            yield implausible(key, domain.name.nl, unlikely)


def _usual_of_model(country: Country) -> dict[str, float]:
    return {key: domain.spending_per_inhabitant for key, domain in country.knowledge.domains.items()}


def implausible(subject: str, name: str, found: Doubt) -> Finding:
    """Make a finding of what is not plausible."""
    return doubt(subject, name, found.reason, **found.details)
