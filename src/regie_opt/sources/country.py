"""The official files together, read once: every region of the country can be built from them."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

from regie_opt.schema.domain import Domain
from regie_opt.sources.boundaries import Boundaries, read_boundaries
from regie_opt.sources.finance import Finance, read_finance
from regie_opt.sources.knowledge import Knowledge, read_knowledge
from regie_opt.sources.refusal import refused
from regie_opt.sources.register import Register, read_register
from regie_opt.sources.statline import Division, Population, read_divisions, read_population


@dataclass(frozen=True)
class Files:
    """Paths of the official files."""

    register: Path
    iv3: Path
    population: Path
    boundaries: Path
    regions: Path | None = None


@dataclass(frozen=True)
class Country:
    """What they hold, by today's municipal code."""

    register: Register
    finance: Finance
    population: Population
    boundaries: Boundaries
    divisions: tuple[Division, ...]
    """Of the regions file; none without one."""
    knowledge: Knowledge

    def spending(self, code: str, domain: Domain) -> float:
        """Add up what was reported on a domain, euro a year."""
        fields = self.finance.thousands.get(code, {})
        return 1000 * sum(share * fields.get(field, 0.0) for field, share in domain.task_fields.items())

    @cached_property
    def usual(self) -> dict[str, float]:
        """National median of spending per inhabitant, euro a year, by domain, of which the file tells something."""
        codes = [code for code in self.population.inhabitants if code in self.finance.thousands]
        medians = {
            key: median(self.spending(code, domain) / self.population.inhabitants[code] for code in codes)
            for key, domain in self.knowledge.domains.items()
        }
        return {key: each for key, each in medians.items() if each > 0}

    def national(self, domain: Domain) -> float:
        """National spending per inhabitant, euro a year."""
        inhabitants = self.population.inhabitants
        return sum(self.spending(code, domain) for code in inhabitants) / sum(inhabitants.values())


def read_country(files: Files) -> Country:
    """Read all files. Raises InputError for the first that is wrong."""
    knowledge = read_knowledge()
    today = knowledge.mergers.today
    boundaries = read_boundaries(files.boundaries, today)
    population = read_population(files.population, today, boundaries.names)
    divisions = read_divisions(files.regions, today) if files.regions is not None else ()
    register = read_register(files.register)
    finance = read_finance(files.iv3, today, knowledge.task_fields)
    if finance.thousands.keys().isdisjoint(population.inhabitants):
        some = ", ".join(sorted(population.inhabitants)[:3])
        raise refused(files.iv3, f"found no municipality of the population file, allowed: rows of {some}, ...")
    return Country(register, finance, population, boundaries, divisions, knowledge)
