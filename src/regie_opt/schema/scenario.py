"""A scenario: a model, a region, an inventory, weights and rules, and the files that hold them.

A scenario is one tree, built from layers, later ones winning: model pack, region file, inventory file,
scenario file, variants, `--set`. Any layer may override any value; an entry of a mapping set to null is removed.
The file classes say which part of the tree each file holds, the class `Scenario` what the whole must be.
"""

from typing import Any

from pydantic import Field

from regie_opt.schema.domain import Domain
from regie_opt.schema.form import Form
from regie_opt.schema.insight import Insight
from regie_opt.schema.municipality import Municipality
from regie_opt.schema.parameters import Burden, Criterion, CriterionKey, Money, Motives, Trust, Wants
from regie_opt.schema.partnership import Border, Partnership, Relation
from regie_opt.schema.rules import Rule
from regie_opt.schema.strict import Key, Strict
from regie_opt.schema.uncertainty import Assumption


class Scenario(Strict):
    """The resolved scenario: everything that worth and engine need."""

    name: str = Field(min_length=1)
    description: str = ""
    model: str
    """Name of the model pack (`nl`), or a path to one."""
    variant: str | None = None
    """Name of the variant this is, or null for the scenario itself."""
    domains: dict[Key, Domain] = Field(min_length=1)
    forms: dict[Key, Form] = Field(min_length=1)
    criteria: dict[CriterionKey, Criterion]
    motives: Motives
    trust: Trust
    wants: Wants
    burden: Burden
    money: Money
    insight: Insight | None = None
    """National figures and rules of thumb of `inventory`; a model pack may do without."""
    uncertainty: dict[Key, Assumption] = {}
    """What is uncertain, and how far: what `robust` varies."""
    sources: dict[Key, str]
    municipalities: dict[Key, Municipality] = Field(min_length=1)
    borders: tuple[Border, ...] = ()
    relations: tuple[Relation, ...] = ()
    partnerships: dict[Key, Partnership] = {}
    rules: dict[Key, Rule] = {}


class Variant(Strict):
    """Named changes to a scenario."""

    description: str = ""
    parent: Key | None = None
    """Variant that this one starts from."""
    changes: dict[str, Any]
    """What is different: nested as in the scenario, or by dotted path (`criteria.burden.weight: 2`)."""


class ModelFile(Strict):
    """A file of a model pack; together they hold every section."""

    domains: dict[Key, Domain] = {}
    forms: dict[Key, Form] = {}
    criteria: dict[CriterionKey, Criterion] = {}
    motives: Motives | None = None
    trust: Trust | None = None
    wants: Wants | None = None
    burden: Burden | None = None
    money: Money | None = None
    insight: Insight | None = None
    uncertainty: dict[Key, Assumption] = {}
    sources: dict[Key, str] = {}


class RegionFile(Strict):
    """The municipalities of a region."""

    attribution: str = ""
    """Where the figures come from."""
    municipalities: dict[Key, Municipality] = Field(min_length=1)
    borders: tuple[Border, ...] = ()
    relations: tuple[Relation, ...] = ()


class InventoryFile(Strict):
    """The partnerships of today."""

    attribution: str = ""
    """Where the entries come from."""
    partnerships: dict[Key, Partnership] = {}


class ScenarioFile(Strict):
    """The file that a user runs; sections of the tree in it override the files that it names."""

    name: str = Field(min_length=1)
    description: str = ""
    model: str = "nl"
    """Name of a shipped model pack, or the path of a folder with one, relative to this file."""
    region: str
    """Path of the region file, relative to this file."""
    inventory: str | None = None
    """Path of the inventory file, relative to this file."""
    relations: tuple[Relation, ...] = ()
    rules: dict[Key, Rule] = {}
    variants: dict[Key, Variant] = {}
    domains: dict[Key, Any] = {}
    """Overrides of the model's domains, such as `belastingen: {weight: 2}`."""
    forms: dict[Key, Any] = {}
    """Overrides of the model's forms."""
    criteria: dict[CriterionKey, Any] = {}
    """Overrides of the model's criteria, such as `burden: {weight: 2}`."""
    motives: dict[str, Any] = {}
    """Overrides of the model's motive parameters."""
    trust: dict[str, Any] = {}
    """Overrides of the model's trust prior."""
    wants: dict[str, Any] = {}
    """Overrides of what taking part today says about wants, such as `revealed: 0`."""
    burden: dict[str, Any] = {}
    """Overrides of the model's burden parameters."""
    money: dict[str, Any] = {}
    """Overrides of the model's money parameters."""
    insight: dict[str, Any] = {}
    """Overrides of the figures and rules of thumb of `inventory`."""
    uncertainty: dict[Key, Any] = {}
    """Overrides of what `robust` varies, such as `hours: {high: 3}`; null takes an assumption out."""
    municipalities: dict[Key, Any] = {}
    """Overrides of the region's municipalities."""
    partnerships: dict[Key, Any] = {}
    """Overrides of the inventory's partnerships."""
