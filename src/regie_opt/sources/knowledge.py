"""What the model pack knows for imports: domains, forms, mergers, classification, and bounds on spending."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pydantic import Field
from ruamel.yaml import YAML

from regie_opt.loading.files import find_model
from regie_opt.schema.domain import Domain
from regie_opt.schema.form import Form
from regie_opt.schema.scenario import ModelFile
from regie_opt.schema.strict import Key, Strict


class Merger(Strict):
    """A municipality that merged into another."""

    into: Key
    year: int


class Mergers(Strict):
    """What became of municipalities of before."""

    mergers: dict[Key, Merger]
    divided: dict[Key, str]
    """Divided over several others: which."""

    def today(self, code: str) -> str:
        """Follow a municipal code to that of today."""
        while code in self.mergers:
            code = self.mergers[code].into
        return code


class SpendingBounds(Strict):
    """Multiples of the national median within which reported spending is taken for a choice."""

    least: float = Field(ge=0)
    most: float = Field(gt=0)

    def bounded(self, reported: float, usual: float) -> float:
        """Keep what was reported within the bounds of what is usual."""
        return min(max(reported, self.least * usual), self.most * usual)


class TitleRule(Strict):
    """Domains of titles in which one of these regular expressions is found."""

    words: tuple[str, ...]
    domains: tuple[Key, ...]
    part: bool = False
    """It does part of the domain only."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All expressions as one."""
        return re.compile("|".join(self.words))


class RegisterDivision(Strict):
    """A division of the country that the register tells: who takes part in which arrangement."""

    domain: Key
    title: str
    drop: str


class Classification(Strict):
    """How an arrangement's domains are told from what is registered."""

    most_domains: int = Field(gt=0)
    titles: tuple[TitleRule, ...]
    areas: dict[str, Key]
    divisions: dict[Key, RegisterDivision]
    in_common: dict[Key, tuple[str, ...]]
    """Headings of the divisions of a `Municipality`."""


@dataclass(frozen=True)
class Knowledge:
    """All of it."""

    domains: dict[str, Domain]
    forms: dict[str, Form]
    mergers: Mergers
    classification: Classification
    spending: SpendingBounds

    @cached_property
    def task_fields(self) -> dict[str, tuple[str, ...]]:
        """The domains of every Iv3 task field that the model uses."""
        fields: dict[str, tuple[str, ...]] = {}
        for key, domain in self.domains.items():
            for field in domain.task_fields:
                fields[field] = (*fields.get(field, ()), key)
        return fields


@cache
def read_knowledge(model: str = "nl") -> Knowledge:
    """Read it, once, from a shipped model pack."""
    folder = find_model(model, Path.cwd())
    return Knowledge(
        ModelFile.model_validate(_yaml(folder / "domains.yaml")).domains,
        ModelFile.model_validate(_yaml(folder / "forms.yaml")).forms,
        Mergers.model_validate(_yaml(folder / "official" / "mergers.yaml")),
        Classification.model_validate(_yaml(folder / "official" / "classification.yaml")),
        SpendingBounds.model_validate(_yaml(folder / "official" / "spending.yaml")),
    )


def _yaml(path: Path) -> object:
    return YAML(typ="safe").load(path)
