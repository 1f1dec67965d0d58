"""What a person knows better than the register: domains, hosts, notes, and fixed crossings, from a YAML file."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from regie_opt.loading.files import read_bytes, read_tree
from regie_opt.loading.problems import InputError
from regie_opt.loading.validation import validate
from regie_opt.schema.strict import Key, RoleHours, Strict
from regie_opt.schema.text import official_code

OfficialCode = Annotated[Key, AfterValidator(lambda code: official_code(code) or code)]
"""A code of Statistics Netherlands, with or without its letters and zeros."""


class Judged(Strict):
    """What is known of one entry of the inventory."""

    key: Key
    """Its key in inventory.yaml."""
    domains: tuple[Key, ...]
    name: str | None = None
    frozen: bool = False
    """Imposed by law."""
    beside: bool = False
    """Stands next to whoever does the work."""
    part: bool = False
    """Does part of the domain only: `beside` and `settled`."""
    settled: bool = False
    """The scenario gets a rule that leaves it alone."""
    host: OfficialCode | None = None
    hours: RoleHours | None = None
    note: str | None = None


class Judgement(Judged):
    """What is known of one arrangement."""

    further: Judged | None = None
    """A second entry of the same arrangement, to keep an imposed part apart from a free part."""


class Link(Strict):
    """A fixed crossing between two municipalities whose land does not touch."""

    between: tuple[OfficialCode, OfficialCode]
    name: str


class Judgements(Strict):
    """A file of judgements: by register id, and the crossings."""

    attribution: str = ""
    links: tuple[Link, ...] = ()
    arrangements: dict[str, Judgement] = {}


def read_judgements(path: Path) -> Judgements:
    """Read the file. Raises InputError with line and column of everything that is wrong."""
    node = read_tree(read_bytes(path), path)
    judged, problems = validate(node, Judgements)
    if judged is None or problems:
        raise InputError(problems)
    return judged
