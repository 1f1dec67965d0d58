"""Reads the public data as CSV (docs/sources.md) and makes region and inventory trees of it, to measure on."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from regie_opt.schema.domain import Domain
from regie_opt.schema.scenario import ModelFile
from regie_opt.sources.knowledge import read_knowledge
from regie_opt.sources.tree import inline

ROOT = Path(__file__).resolve().parents[1]
SCENARIOS = ROOT / "scenarios"
BOUNDS = read_knowledge().spending

Row = Mapping[str, str]
Entry = Mapping[str, Any]


DIVISIONS = {
    "province": "province",
    "safety": "veiligheidsregio",
    "youth": "jeugdzorgregio_2016",
    "labour_market": "arbeidsmarktregio_2016",
    "rmc": "rmc_regio_2016",
}
"""Official divisions that two municipalities may share: column of the data by key of the region file."""


@dataclass(frozen=True)
class Link:
    """A fixed crossing between two municipalities whose land does not touch."""

    between: tuple[str, str]
    name: str


REGION_CREDIT = (
    "Uitgaven: CBS, Iv3 jaarrekening 2023 (45063NED), CC BY 4.0, bewerkt. Inwoners: CBS 2025. "
    "Ligging en grenzen: CBS / Kadaster 2022, CC BY 4.0, bewerkt."
)
INVENTORY_CREDIT = (
    "Register van Overheidsorganisaties (ROO), ministerie van BZK / KOOP, CC0, stand 16 mei 2026. "
    "Domeinen, centrumgemeenten en opmerkingen: oordeel van de makers (scenarios/judgements.yaml)."
)
REGION_HEADER = """\
yaml-language-server: $schema=../../schemas/region.schema.json

Regio {title}: inwoners, ligging (graden), officiële regio's, uitgaven per domein (euro per jaar), grenzen (km).
Uitgaven: lasten van de jaarrekening 2023 via de taakvelden in models/nl/domains.yaml, afgerond op 1.000 euro
en begrensd op 0,4 tot 2,5 maal de landelijke mediaan per inwoner; waar begrensd staat erachter wat gemeld is.
Gemaakt met python -m benchmarks.inputs, om op te meten."""


@dataclass(frozen=True)
class Data:
    """The public data."""

    municipalities: dict[str, Row]
    neighbours: list[Row]
    arrangements: dict[str, Row]
    members: dict[str, list[Row]]
    thousands: dict[str, dict[str, float]]
    """Spending by municipality and Iv3 task field, thousands of euro."""

    @classmethod
    def read(cls, folder: Path) -> "Data":
        """All of it."""
        members: dict[str, list[Row]] = defaultdict(list)
        for row in _rows(folder / "partnership_members.csv"):
            members[row["roo_id"]].append(row)
        thousands: dict[str, dict[str, float]] = defaultdict(dict)
        for row in _rows(folder / "iv3_2023_jaarrekening.csv"):
            thousands[row["code"]][row["taakveld"]] = float(row["lasten"])
        return cls(
            {row["code"]: row for row in _rows(folder / "gemeenten.csv")},
            list(_rows(folder / "adjacency.csv")),
            {row["roo_id"]: row for row in _rows(folder / "partnerships.csv") if row["active"] == "1"},
            members,
            thousands,
        )

    def inhabitants(self, code: str) -> int:
        """Inhabitants of a municipality."""
        return int(self.municipalities[code]["population"])

    def spending(self, code: str, domain: Domain) -> float:
        """Add up what was reported on a domain, euro a year."""
        fields = self.thousands[code]
        return 1000 * sum(share * fields.get(field, 0.0) for field, share in domain.task_fields.items())

    def arrangements_of(self, codes: list[str]) -> list[str]:
        """Register ids of active arrangements of two or more, with at least one of these in it."""
        return sorted(
            roo_id
            for roo_id in self.arrangements
            if any(row["current_code"] in codes for row in self.members[roo_id])
            and len(_distinct(self.members[roo_id])) > 1
        )


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _distinct(members: list[Row]) -> list[str]:
    """Members once each: merged municipalities by today's code, others by name."""
    return sorted({row["current_code"] or row["member_name"] for row in members})


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file."""
    contents: dict[str, Any] = YAML(typ="safe").load(path)
    return contents


def domains_of_model() -> dict[str, Domain]:
    """Read the domains of the Dutch model pack."""
    return ModelFile.model_validate(read_yaml(ROOT / "models/nl/domains.yaml")).domains


def national_median(data: Data, domain: Domain) -> float:
    """Median over municipalities of spending per inhabitant, euro a year."""
    return median(data.spending(c, domain) / data.inhabitants(c) for c in data.municipalities)


# ---- region


def region(
    data: Data, codes: list[str], title: str, links: Iterable[Link], domains: Mapping[str, Domain]
) -> CommentedMap:
    """Make the region file."""
    usual = {key: national_median(data, domain) for key, domain in domains.items()}
    municipalities = CommentedMap({code: _municipality(data, code, domains, usual) for code in codes})
    borders = _borders(data, codes, title, links)
    tree = CommentedMap(attribution=REGION_CREDIT, municipalities=municipalities, borders=borders)
    tree.yaml_set_start_comment(REGION_HEADER.format(title=title))
    return tree


def _municipality(data: Data, code: str, domains: Mapping[str, Domain], usual: Mapping[str, float]) -> CommentedMap:
    row, population = data.municipalities[code], data.inhabitants(code)
    spending = CommentedMap()
    for key, domain in domains.items():
        reported = data.spending(code, domain)
        bounded = BOUNDS.bounded(reported, usual[key] * population)
        spending[key] = round(bounded / 1000) * 1000
        if bounded != reported:
            spending.yaml_add_eol_comment(f"gemeld: {round(reported / 1000) * 1000}", key)
    location = inline(CommentedMap(lon=round(float(row["lon"]), 4), lat=round(float(row["lat"]), 4)))
    divisions = inline(CommentedMap({key: row[heading] for key, heading in DIVISIONS.items()}))
    return CommentedMap(
        name=row["name"], population=population, location=location, divisions=divisions, spending=spending
    )


def _borders(data: Data, codes: list[str], title: str, links: Iterable[Link]) -> CommentedSeq:
    borders = CommentedSeq()
    for row in data.neighbours:
        pair = (row["code_a"], row["code_b"])
        if row["kind"] in {"border", "point"} and set(pair) <= set(codes):
            borders.append(_border(pair, float(row["border_km"])))
    for link in links:
        borders.append(_border(link.between, 0.0))
        borders.yaml_add_eol_comment(f"{link.name}: geen gedeelde landgrens", len(borders) - 1)
    _require_connected(codes, [tuple(b["between"]) for b in borders], title)
    return borders


def _border(pair: tuple[str, str], km: float) -> CommentedMap:
    return inline(CommentedMap(between=inline(CommentedSeq(pair)), km=km))


def reached_from(first: str, pairs: Iterable[tuple[str, ...]]) -> set[str]:
    """Municipalities that can be reached from one over these pairs."""
    reached, pairs = {first}, list(pairs)
    while more := {c for pair in pairs if reached & set(pair) for c in pair} - reached:
        reached |= more
    return reached


def _require_connected(codes: list[str], pairs: list[tuple[str, ...]], title: str) -> None:
    reached = reached_from(codes[0], pairs)
    if reached != set(codes):
        message = f"{title} is not connected: {sorted(set(codes) - reached)} need a link"
        raise ValueError(message)


# ---- inventory


def partnership(data: Data, roo_id: str, codes: list[str], entry: Entry) -> CommentedMap:
    """Make one partnership of the inventory."""
    row, members = data.arrangements[roo_id], data.members[roo_id]
    inside = sorted({m["current_code"] for m in members} & set(codes))
    outside = [m for m in _distinct(members) if m not in inside]
    made = CommentedMap(name=entry.get("name", row["title"]), form=form_of(row, members))
    made["members"] = inline(CommentedSeq(inside))
    made["domains"] = inline(CommentedSeq(entry["domains"]))
    if "host" in entry:
        made["host"] = entry["host"]
    if entry.get("frozen"):
        made["frozen"] = True
    if entry.get("beside") or entry.get("part"):
        made["beside"] = True
    if outside:
        inhabitants = sum(data.inhabitants(m) for m in outside if m in data.municipalities)
        made["outside"] = inline(CommentedMap(members=len(outside), inhabitants=inhabitants))
    if row["start"]:
        made["start"] = date.fromisoformat(row["start"])
    if "hours" in entry:
        made["hours"] = inline(CommentedMap(entry["hours"]))
    made["register_id"] = roo_id
    if "note" in entry:
        made["note"] = entry["note"]
    return made


def form_of(arrangement: Row, members: list[Row]) -> str:
    """Key of the form; the register lists centre arrangements, which hold a mandate, under RZM."""
    councils = any("raad" in row["bodies"].split("|") for row in members)
    centre = "Mandaat" in arrangement["powers"] or "centrum" in arrangement["title"].lower()
    return {
        "OL": "ol_gemengd" if councils else "ol_college",
        "BVO": "bvo",
        "GO": "go_raad" if councils else "go_college",
        "RZM": "centrum" if centre else "rzm",
    }[arrangement["form_abbr"]]
