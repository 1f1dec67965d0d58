"""Build the three real regions in `scenarios/` from public data: `build_regions.py --data DIR`.

DIR holds the CSV files described in `docs/sources.md`. What the data does not say (which domain an
arrangement is about) comes from `scenarios/classification.yaml`, written by hand. The output is the same on
every run.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from regie_opt.schema.domain import Domain
from regie_opt.schema.scenario import InventoryFile, ModelFile, RegionFile, ScenarioFile
from regie_opt.schema.strict import Strict

ROOT = Path(__file__).resolve().parents[1]
SCENARIOS = ROOT / "scenarios"
LEAST, MOST = 0.4, 2.5
"""Spending per inhabitant stays within these multiples of the national median: outside is a booking habit."""

Collection = TypeVar("Collection", CommentedMap, CommentedSeq)
Row = Mapping[str, str]
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Link:
    """A fixed crossing between two municipalities whose land does not touch."""

    between: tuple[str, str]
    name: str


@dataclass(frozen=True)
class Place:
    """One region to build."""

    folder: str
    veiligheidsregio: str
    title: str
    links: tuple[Link, ...] = ()


PLACES = (
    Place("zuid-holland-zuid", "Zuid-Holland Zuid", "Zuid-Holland Zuid"),
    Place("twente", "Twente", "Twente"),
    Place("zeeland", "Zeeland", "Zeeland", (Link(("GM0654", "GM0715"), "Westerscheldetunnel"),)),
)

REGION_CREDIT = (
    "Uitgaven: CBS, Iv3 jaarrekening 2023 (45063NED), CC BY 4.0, bewerkt. Inwoners: CBS 2025. "
    "Ligging en grenzen: CBS / Kadaster 2022, CC BY 4.0, bewerkt."
)
INVENTORY_CREDIT = (
    "Register van Overheidsorganisaties (ROO), ministerie van BZK / KOOP, CC0, stand 16 mei 2026. "
    "Domeinen, centrumgemeenten en opmerkingen: oordeel van de makers (scenarios/classification.yaml)."
)
REGION_HEADER = """\
yaml-language-server: $schema=../../schemas/region.schema.json

Regio {title}: inwoners, ligging (graden), uitgaven per domein (euro per jaar), grenzen (km).
Uitgaven: lasten van de jaarrekening 2023 via de taakvelden in models/nl/domains.yaml, afgerond op 1.000 euro
en begrensd op 0,4 tot 2,5 maal de landelijke mediaan per inwoner; waar begrensd staat erachter wat gemeld is.
Gemaakt door scripts/build_regions.py."""
INVENTORY_HEADER = """\
yaml-language-server: $schema=../../schemas/inventory.schema.json

Samenwerking van vandaag in {title}: elke geldende regeling uit het register met een deelnemer uit de regio.
Niet in het register, dus niet hier: convenanten, contracten, netwerken, rechtspersonen van privaatrecht.
Uren (hours) per deelnemer per jaar; buiten de regio (outside): aantal deelnemers en hun inwoners.
Gemaakt door scripts/build_regions.py."""
SCENARIO_HEADER = """\
yaml-language-server: $schema=../../schemas/scenario.schema.json

Scenario {title}: nieuwe samenwerking is aaneengesloten en telt hooguit zes gemeenten.
De regels op `-blijft` laten regelingen ongemoeid die een deel van een domein uitvoeren (afvalverwerking,
een kredietbank, een recreatiegebied) of deel zijn van een opgelegde regeling: over opheffen kan het model
dan niet oordelen.
Gemaakt door scripts/build_regions.py."""
VARIANTS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "zuinig": ("Kosten tellen dubbel.", {"criteria.cost.weight": 2}),
    "licht": ("Drukte van bestuur en ambtenaren telt dubbel.", {"criteria.burden.weight": 1}),
    "stappen": (
        "Hooguit drie veranderingen ten opzichte van vandaag.",
        {"rules": {"drie_stappen": {"kind": "most_changes", "number": 3}}},
    ),
    "wederkerig": ("Diensten over en weer tellen zwaar.", {"criteria.reciprocity.weight": 0.5}),
}


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

    def of_region(self, place: Place) -> list[str]:
        """Codes of its municipalities."""
        rows = self.municipalities.items()
        return sorted(code for code, row in rows if row["veiligheidsregio"] == place.veiligheidsregio)

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


def national(data: Data, domain: Domain) -> float:
    """National spending per inhabitant, euro a year."""
    total = sum(data.spending(code, domain) for code in data.municipalities)
    return total / sum(data.inhabitants(code) for code in data.municipalities)


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
        bounded = min(max(reported, LEAST * usual[key] * population), MOST * usual[key] * population)
        spending[key] = round(bounded / 1000) * 1000
        if bounded != reported:
            spending.yaml_add_eol_comment(f"gemeld: {round(reported / 1000) * 1000}", key)
    location = inline(CommentedMap(lon=round(float(row["lon"]), 4), lat=round(float(row["lat"]), 4)))
    return CommentedMap(name=row["name"], population=population, location=location, spending=spending)


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


def inventory(data: Data, place: Place, judged: Mapping[str, Entry]) -> CommentedMap:
    """Make the inventory file."""
    codes = data.of_region(place)
    ids = data.arrangements_of(codes)
    if missing := [roo_id for roo_id in ids if roo_id not in judged]:
        message = f"classification.yaml says nothing of {', '.join(missing)}"
        raise ValueError(message)
    partnerships = CommentedMap()
    for roo_id in ids:
        entry = judged[roo_id]
        partnerships[entry["key"]] = partnership(data, roo_id, codes, entry)
        if further := entry.get("further"):
            partnerships[further["key"]] = partnership(data, roo_id, codes, further)
    tree = CommentedMap(attribution=INVENTORY_CREDIT, partnerships=partnerships)
    tree.yaml_set_start_comment(INVENTORY_HEADER.format(title=place.title))
    return tree


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


# ---- scenario


def scenario(data: Data, place: Place, judged: Mapping[str, Entry]) -> CommentedMap:
    """Make the scenario file."""
    codes = data.of_region(place)
    entries = [judged[roo_id] for roo_id in data.arrangements_of(codes)]
    rules = CommentedMap(aaneengesloten={"kind": "contiguity"}, omvang={"kind": "largest", "members": 6})
    entries += [entry["further"] for entry in entries if "further" in entry]
    for entry in entries:
        if entry.get("part") or entry.get("settled"):
            rules[f"{entry['key']}-blijft"] = {"kind": "untouched", "partnership": entry["key"]}
    tree = CommentedMap(
        name=place.title,
        description=f"De {len(codes)} gemeenten van {place.title}, met wat er vandaag in het register staat.",
        model="nl",
        region="region.yaml",
        inventory="inventory.yaml",
        rules=CommentedMap({key: inline(CommentedMap(rule)) for key, rule in rules.items()}),
        variants=CommentedMap(
            {
                name: CommentedMap(description=description, changes=changes)
                for name, (description, changes) in VARIANTS.items()
            }
        ),
    )
    tree.yaml_set_start_comment(SCENARIO_HEADER.format(title=place.title))
    return tree


# ---- files


def inline(node: Collection) -> Collection:
    """Write a list or mapping on one line."""
    node.fa.set_flow_style()
    return node


def written(tree: CommentedMap) -> str:
    """Write the tree as YAML."""
    yaml = YAML()
    yaml.width = 118
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    out = StringIO()
    yaml.dump(tree, out)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def build(data: Data) -> dict[Path, str]:
    """Every file by its path inside `scenarios/`; each checked against its schema."""
    domains, judged = domains_of_model(), read_yaml(SCENARIOS / "classification.yaml")
    files: dict[Path, str] = {}
    for place in PLACES:
        folder = Path(place.folder)
        codes = data.of_region(place)
        files[folder / "region.yaml"] = written(region(data, codes, place.title, place.links, domains))
        files[folder / "inventory.yaml"] = written(inventory(data, place, judged))
        files[folder / "scenario.yaml"] = written(scenario(data, place, judged))
    shapes: dict[str, type[Strict]] = {
        "region.yaml": RegionFile,
        "inventory.yaml": InventoryFile,
        "scenario.yaml": ScenarioFile,
    }
    for path, text in files.items():
        shapes[path.name].model_validate(YAML(typ="safe").load(text))
    return files


def main() -> None:
    """Read the data and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the CSV files")
    parser.add_argument("--out", type=Path, default=SCENARIOS, help="folder to write to")
    parser.add_argument("--national", action="store_true", help="only print national spending per inhabitant")
    options = parser.parse_args()
    data = Data.read(options.data)
    if options.national:
        for key, domain in domains_of_model().items():
            mean, middle = national(data, domain), national_median(data, domain)
            print(f"{key:16} {mean:7.1f} euro per inhabitant, median {middle:7.1f}")
        return
    for path, text in build(data).items():
        target = options.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        print(target)


if __name__ == "__main__":
    main()
