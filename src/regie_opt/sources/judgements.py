"""What a person knows better than the register: domains, hosts, notes, and fixed crossings, from a YAML file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from regie_opt.loading.files import read_bytes, read_tree
from regie_opt.loading.problems import InputError, Problem, distinct, unknown
from regie_opt.loading.problems import Path as TreePath
from regie_opt.loading.references import as_meant
from regie_opt.loading.shape import shape_of
from regie_opt.loading.validation import validate
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.strict import Key, RoleHours, Strict
from regie_opt.schema.text import official_code
from regie_opt.sources.knowledge import read_knowledge

OfficialCode = Annotated[Key, AfterValidator(lambda code: official_code(code) or code)]
"""A code of Statistics Netherlands, with or without its letters and zeros."""


class Judged(Strict):
    """What is known of one entry of the inventory."""

    key: Key
    """Its key in inventory.yaml."""
    domains: tuple[Key, ...] = Field(min_length=1)
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
    labels = {key: domain.name.nl for key, domain in read_knowledge().domains.items()}
    root = as_meant(read_tree(read_bytes(path), path), shape_of(Judgements), {"domains": (*labels, UNKNOWN)})
    judged, problems = validate(root, Judgements)
    for found_at, message in () if judged is None else _faults(judged, labels):
        problems.append(Problem(list(root.walk(found_at))[-1].at, found_at, message))
    if judged is None or problems:
        raise InputError(distinct(problems))
    return judged


def _faults(judged: Judgements, labels: dict[str, str]) -> Iterator[tuple[TreePath, str]]:
    """Yield domains that do not exist, and what is there twice."""
    keys: dict[str, str] = {}
    for path, entry in _entries(judged):
        if entry.key in keys:
            yield (*path, "key"), f"found '{entry.key}', the key of {keys[entry.key]} too, allowed: one of its own"
        keys.setdefault(entry.key, str(path[1]))
        for n, domain in enumerate(entry.domains):
            if domain not in labels and domain != UNKNOWN:
                yield (*path, "domains", n), unknown("domain", domain, (*labels, UNKNOWN), labels)
            elif domain in entry.domains[:n]:
                yield (*path, "domains", n), f"found domain '{domain}' twice, allowed: once"
    linked: set[frozenset[str]] = set()
    for n, link in enumerate(judged.links):
        pair = frozenset(link.between)
        if len(pair) == 1:
            yield ("links", n, "between"), f"found '{link.between[0]}' twice, allowed: two municipalities"
        elif pair in linked:
            yield ("links", n, "between"), f"found {' and '.join(link.between)} twice, allowed: once"
        linked.add(pair)


def _entries(judged: Judgements) -> Iterator[tuple[TreePath, Judged]]:
    for number, entry in judged.arrangements.items():
        yield ("arrangements", number), entry
        if entry.further is not None:
            yield ("arrangements", number, "further"), entry.further
