"""Arrangements of the government register (Register van Overheidsorganisaties), from its XML export.

The export is read as a stream. Its namespace ends in a version that changes, so names are taken without it; what the
elements mean is in the official schema (oo-export.xsd). A document type or entity is refused.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from regie_opt.sources.doubts import Finding, doubt, outcome
from regie_opt.sources.refusal import refused, require_file

ROOT = "overheidsorganisaties"
ARRANGEMENTS = frozenset({"gemeenschappelijkeRegelingen", "gemeenschappelijkeRegelingenGrensoverschrijdend"})
FORMS = ("OL", "BVO", "GO", "RZM", "CC")
WHOLE = 100.0
"""Percent that all shares in the costs are of."""
_TOOI_MUNICIPALITY = re.compile(r"/id/gemeente/(gm\d{4})$", re.IGNORECASE)
_SHARE = re.compile(r"\d+(,\d*)?|,\d+")


@dataclass(frozen=True)
class Member:
    """A public body that takes part."""

    name: str
    code: str | None
    """Municipal code (`GM0106`) of the time of registration; None for other bodies."""
    organs: tuple[str, ...]
    """Which of its organs take part, lower case, as registered."""
    joined: date | None
    share: float | None
    """Registered share in the costs (verdeelsleutel), percent."""


@dataclass(frozen=True)
class Arrangement:
    """One arrangement (gemeenschappelijke regeling) of the register."""

    id: str
    title: str
    short_title: str
    form: str
    """Abbreviation of the register: OL, BVO, GO, RZM or CC."""
    powers: tuple[str, ...]
    body: str
    keeper: str | None
    """Municipal code of the organisation that keeps the entry (bronhouder), if it is a municipality."""
    keeper_name: str
    purpose: str
    start: date | None
    end: date | None
    areas: tuple[str, ...]
    """Registered policy areas."""
    members: tuple[Member, ...]
    successor: str | None
    """Register id of the next version."""


@dataclass(frozen=True)
class Register:
    """What an export holds."""

    of: date | None
    """Day of the export."""
    arrangements: tuple[Arrangement, ...]
    findings: tuple[Finding, ...]


def read_register(path: Path) -> Register:
    """Read an export. Raises InputError when it is no export, is not well formed, or is hostile."""
    require_file(path)
    arrangements: dict[str, Arrangement] = {}
    findings: list[Finding] = []
    day: date | None = None
    try:
        for element, container in _items(path):
            if container is None:
                day = _day(_attribute(element, "timestamp")[:10])
            elif container in ARRANGEMENTS:
                found = _Reader(element, findings).arrangement()
                if found.id in arrangements:
                    findings.append(outcome(found.id, found.title, "reported", "twice"))
                arrangements.setdefault(found.id, found)
    except DefusedXmlException:
        message = "found a document type (DTD) or entity, allowed: plain XML as the register exports it"
        raise refused(path, message) from None
    except ParseError as error:
        line, column = error.position
        raise refused(path, f"is not well-formed XML: {str(error).split(':')[0]}", line, column + 1) from None
    except (LookupError, ValueError) as error:
        raise refused(path, f"cannot be read as XML: {error}", 1) from None
    if not arrangements:
        raise refused(path, "found no 'regeling', allowed: the export with gemeenschappelijkeRegelingen")
    return Register(day, tuple(arrangements.values()), tuple(findings))


def _items(path: Path) -> Iterator[tuple[Element, str | None]]:
    """Yield the root when it opens, then every item of a container with the container's name; nothing is kept."""
    open_elements: list[Element] = []
    with path.open("rb") as file:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                open_elements.append(element)
                if len(open_elements) == 1:
                    if _local(element.tag) != ROOT:
                        raise refused(path, f"found <{_local(element.tag)}>, allowed: <{ROOT}>", 1)
                    yield element, None
                continue
            open_elements.pop()
            if len(open_elements) == 2:
                yield element, _local(open_elements[-1].tag)
                open_elements[-1].remove(element)


class _Reader:
    """Reads one `regeling`; what cannot be read becomes a finding."""

    def __init__(self, element: Element, findings: list[Finding]) -> None:
        self.element = element
        self.findings = findings
        self.id = _attribute(element, "systeemId")
        self.title = _text(element, "titel")

    def arrangement(self) -> Arrangement:
        e = self.element
        form = next(iter(_children(e, "samenwerkingsvorm")), None)
        keeper = next(iter(_children(e, "bronhouder")), None)
        after = next(iter(_children(e, "nextVersion")), None)
        return Arrangement(
            id=self.id,
            title=self.title,
            short_title=_text(e, "citeertitel"),
            form=_attribute(form, "afkorting") if form is not None else "",
            powers=tuple(_content(p) for p in _inside(e, "bevoegdheidsverkrijgingen")),
            body=_text(e, "regionaalSamenwerkingsorgaan"),
            keeper=_municipality(keeper) if keeper is not None else None,
            keeper_name=_content(keeper) if keeper is not None else "",
            purpose=_text(e, "doel"),
            start=self._date(e, "datumInwerkingtreding"),
            end=self._date(e, "datumUitwerkingtreding"),
            areas=tuple(filter(None, (_named(area) for area in _inside(e, "beleidsterreinen")))),
            members=tuple(self._member(m) for m in _inside(e, "deelnemendeOrganisaties")),
            successor=_attribute(after, "systeemId") if after is not None else None,
        )

    def _member(self, element: Element) -> Member:
        return Member(
            name=_named(element),
            code=_municipality(element),
            organs=tuple(_named(organ).lower() for organ in _inside(element, "bestuursorganen")),
            joined=self._date(element, "toetredingsDatum"),
            share=self._share(_text(element, "verdeelsleutel")),
        )

    def _date(self, element: Element, name: str) -> date | None:
        text = _text(element, name)
        found = _day(text[:10])
        if text and found is None:
            self._unreadable(name, text)
        return found

    def _share(self, text: str) -> float | None:
        if not text:
            return None
        share = float(text.replace(",", ".")) if _SHARE.fullmatch(text) else math.inf
        if share > WHOLE:
            self._unreadable("verdeelsleutel", text)
            return None
        return share

    def _unreadable(self, field: str, found: str) -> None:
        self.findings.append(doubt(self.id, self.title, "unreadable", field=field, found=found[:40]))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if _local(child.tag) == name]


def _inside(element: Element, name: str) -> list[Element]:
    return [child for group in _children(element, name) for child in group]


def _content(element: Element) -> str:
    return " ".join((element.text or "").split())


def _text(element: Element, name: str) -> str:
    return next((_content(child) for child in _children(element, name)), "")


def _named(element: Element) -> str:
    """Name of an element that holds it as `naam` or as its own text."""
    return _text(element, "naam") or _content(element)


def _municipality(element: Element) -> str | None:
    found = _TOOI_MUNICIPALITY.search(_attribute(element, "resourceIdentifierTOOI"))
    return found[1].upper() if found else None
