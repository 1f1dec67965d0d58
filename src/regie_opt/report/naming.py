"""What people call the municipalities, domains and forms of a scenario."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from regie_opt.report.inflection import Difference
from regie_opt.report.numbers import Language, number
from regie_opt.report.words import SEPARATOR, Words
from regie_opt.schema.parameters import CriterionKey
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.text import folded, shared


@dataclass(frozen=True)
class Naming:
    """Names of one scenario in one language; lists keep the scenario's order."""

    scenario: Scenario
    words: Words

    @property
    def language(self) -> Language:
        """The language of the words."""
        return self.words.language

    def number(self, value: float, decimals: int = 0, *, signed: bool = False) -> str:
        """Write a number as the language does."""
        return number(value, decimals, self.language, signed=signed)

    def difference(self, value: float, decimals: int = 0) -> Difference:
        """How much more one is than another, as words of more or less in the catalogue tell it."""
        return Difference(value, decimals, self.language)

    def municipality(self, code: str) -> str:
        """Name of a municipality, with its code where two have it; the code alone where the region does not have it."""
        found = self.scenario.municipalities.get(code)
        if found is None:
            return code
        return f"{found.name} ({code})" if folded(found.name) in self._shared else found.name

    @cached_property
    def _shared(self) -> frozenset[str]:
        """Names that more than one municipality has."""
        return shared(place.name for place in self.scenario.municipalities.values())

    def municipalities(self, codes: Iterable[str]) -> str:
        """Names, without the shortcut for all."""
        return SEPARATOR.join(self.municipality(code) for code in _ordered(codes, self.scenario.municipalities))

    def members(self, codes: Iterable[str]) -> str:
        """Names, `all N` for the whole region, or `all N but ...` where that is much shorter."""
        given = set(codes)
        region = self.scenario.municipalities
        missing = region.keys() - given
        if given - region.keys() or len(given) < 3 or len(given) < 4 * len(missing):
            return self.municipalities(given)
        if missing:
            return self.words("everyone.but", count=len(region), names=self.municipalities(missing))
        return self.words("everyone", count=len(region))

    def domain(self, key: str) -> str:
        """Label of a domain."""
        found = self.scenario.domains.get(key)
        if found:
            return found.name.in_language(self.language)
        return self.words("unknown") if key == UNKNOWN else key

    def domains(self, keys: Iterable[str]) -> str:
        """Labels of domains."""
        return SEPARATOR.join(self.domain(key) for key in _ordered(keys, self.scenario.domains))

    def form(self, key: str) -> str:
        """Label of a governance form."""
        found = self.scenario.forms.get(key)
        return found.name.in_language(self.language) if found else key

    def criterion(self, key: CriterionKey) -> str:
        """Label of a criterion."""
        found = self.scenario.criteria.get(key)
        return found.name.in_language(self.language) if found else key


def _ordered(keys: Iterable[str], order: Iterable[str]) -> list[str]:
    given = set(keys)
    known = [key for key in order if key in given]
    return known + sorted(given.difference(known))
