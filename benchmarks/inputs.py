"""Scenarios to measure on, made from public data: `python -m benchmarks.inputs --data DIR --out DIR [NAME ...]`.

DIR holds the files described in `docs/sources.md`. Names: each safety region (`utrecht`, `brabant-zuidoost`, ...),
`nederland`, and `n6` to `n342`: the municipalities nearest to the middle of the country. Every scenario has the
domains of the model pack, its default weights, today's inventory with exit costs, contiguous member sets of up to six
(`--largest`), and a capacity for every host.

They are there to measure the engine, not to advise: outside the three shipped regions the domain of an arrangement is
taken from words in its title, and the capacities are an assumption.
"""

import argparse
import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from benchmarks import public
from regie_opt.schema.domain import Domain
from regie_opt.schema.form import Form
from regie_opt.schema.lawful import unlawful
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.scenario import ModelFile
from regie_opt.sources.tree import inline, written

SEVEN = (
    "zuid-holland-zuid",
    "drenthe",
    "twente",
    "zuid-limburg",
    "hollands-midden",
    "brabant-zuidoost",
    "utrecht",
)
"""The regions on which other solvers are run too."""
SIZES = (6, 10, 14, 18, 21, 26, 52, 104, 342)
CAPACITY_SHARE = 1.0
"""Work for others that a host can do, as a share of its own staff (assumption); the busiest of today has 0.42."""
LARGEST = 6
HINTS = {
    "ict_bedrijfsvoering": "ict",
    "werk_inkomen": "werk_inkomen",
    "omgeving_milieu": "milieu",
    "veiligheid_brandweer": "veiligheid",
    "archief_erfgoed": "archief",
    "belastingen": "belastingen",
    "gezondheid_ggd": "gezondheid",
    "afval_reiniging": "afval",
    "wmo_zorg": "wmo",
    "jeugd": "jeugd",
    "recreatie_natuur": "openbare_ruimte",
    "economie_bedrijventerrein": "economie",
}
"""Domain of each hint from title words; other hints say nothing."""


@dataclass(frozen=True)
class Source:
    """Public data and model pack."""

    data: public.Data
    hints: Mapping[str, str]
    domains: Mapping[str, Domain]
    forms: Mapping[str, Form]
    money: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path) -> "Source":
        """All of it."""
        with (folder / "partnership_domain_hints_INFERRED.csv").open(encoding="utf-8", newline="") as file:
            hints = {row["roo_id"]: row["domain_hint"] for row in csv.DictReader(file)}
        forms = ModelFile.model_validate(public.read_yaml(public.ROOT / "models/nl/forms.yaml")).forms
        money = public.read_yaml(public.ROOT / "models/nl/parameters.yaml")["money"]
        return cls(public.Data.read(folder), hints, public.domains_of_model(), forms, money)

    @cached_property
    def judged(self) -> Mapping[str, public.Entry]:
        """What is known by hand of the arrangements of the shipped regions."""
        return public.read_yaml(public.SCENARIOS / "judgements.yaml")["arrangements"]

    @cached_property
    def places(self) -> dict[str, tuple[str, list[str]]]:
        """Title and municipalities of every scenario that can be made, by name."""
        rows = self.data.municipalities
        found = {}
        for title in sorted({row["veiligheidsregio"] for row in rows.values()}):
            found[slug(title)] = title, sorted(c for c, row in rows.items() if row["veiligheidsregio"] == title)
        found["nederland"] = "Nederland", sorted(rows)
        for size in SIZES:
            found[f"n{size}"] = f"{size} gemeenten rond het midden", self._nearest(size)
        return found

    def _nearest(self, size: int) -> list[str]:
        """The municipalities nearest to the middle of the country that hang together."""
        rows = self.data.municipalities
        codes = sorted(rows)
        place = {c: np.array([float(rows[c]["lon"]) * 0.614, float(rows[c]["lat"])]) for c in codes}
        middle = np.mean(list(place.values()), axis=0)
        first = min(codes, key=lambda c: float(np.linalg.norm(place[c] - middle)))
        order = sorted(codes, key=lambda c: (float(np.linalg.norm(place[c] - place[first])), c))
        touch = self._touching(codes)
        chosen = [first]
        while len(chosen) < size:
            near = {c for pair in touch for c in pair if set(pair) & set(chosen)} - set(chosen)
            chosen.append(next((c for c in order if c in near), next(c for c in order if c not in chosen)))
        return sorted(chosen)

    def _touching(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        inside = set(codes)
        rows = (row for row in self.data.neighbours if row["kind"] in {"border", "point"})
        return [(r["code_a"], r["code_b"]) for r in rows if {r["code_a"], r["code_b"]} <= inside]

    def links(self, codes: list[str]) -> list[public.Link]:
        """Shortest crossings that make one whole of islands and parts."""
        rows = self.data.municipalities
        pairs: list[tuple[str, ...]] = [*self._touching(codes)]
        links = []
        while (reached := public.reached_from(codes[0], pairs)) != set(codes):
            across = [(self._km(a, b), a, b) for a in sorted(reached) for b in codes if b not in reached]
            _, a, b = min(across)
            links.append(public.Link((a, b), f"{rows[a]['name']} - {rows[b]['name']}"))
            pairs.append((a, b))
        return links

    def _km(self, a: str, b: str) -> float:
        rows = self.data.municipalities
        lon, lat = (float(rows[a][k]) - float(rows[b][k]) for k in ("lon", "lat"))
        return float(np.hypot(lon * 0.614 * 111.3, lat * 111.3))


def slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def region(source: Source, title: str, codes: list[str]) -> CommentedMap:
    """Region file, with a capacity for every host."""
    tree = public.region(source.data, codes, title, source.links(codes), source.domains)
    for place in tree["municipalities"].values():
        euro = sum(place["spending"][k] * d.staff_share for k, d in source.domains.items() if not d.statutory)
        place["host_capacity"] = round(CAPACITY_SHARE * euro / source.money["euro_per_fte"], 1)
    return tree


def inventory(source: Source, codes: list[str]) -> CommentedMap:
    """Inventory file: as shipped where a person has judged the arrangement, else by the words of its title."""
    data = source.data
    partnerships = CommentedMap()
    frozen: set[tuple[str, str]] = set()
    for roo_id in sorted(data.arrangements_of(codes), key=lambda r: (r not in source.judged, r)):
        entry = source.judged.get(roo_id) or _guessed(source, roo_id)
        for one in (entry, entry.get("further")):
            if one is not None:
                made = public.partnership(data, roo_id, codes, one)
                _settle(source, made, frozen)
                partnerships[one["key"]] = made
    return CommentedMap(attribution=public.INVENTORY_CREDIT, partnerships=partnerships)


def _guessed(source: Source, roo_id: str) -> public.Entry:
    domain = HINTS.get(source.hints[roo_id], UNKNOWN)
    return {"key": f"roo-{roo_id}", "domains": [domain]}


def _settle(source: Source, made: CommentedMap, frozen: set[tuple[str, str]]) -> None:
    """Keep to what a scenario may hold: lawful domains, hosts that are members, one statutory body per cell."""
    form = source.forms[made["form"]]
    lawful = [d for d in made["domains"] if d != UNKNOWN and unlawful(form, source.domains[d]) is None]
    statutory = [d for d in lawful if source.domains[d].statutory]
    cells = {(m, d) for m in made["members"] for d in lawful}
    made.pop("frozen", None)
    if statutory and not cells & frozen:
        made["frozen"] = True
        frozen |= cells
    elif statutory:
        lawful = []
    made["domains"] = inline(CommentedSeq(lawful or [UNKNOWN]))
    if made.get("beside") and not lawful:
        del made["beside"]
    if form.hosting == "centre" and made.get("host") not in made["members"]:
        population = source.data.inhabitants
        made["host"] = max(made["members"], key=lambda m: (population(m), m))


def scenario(title: str, codes: list[str], largest: int) -> CommentedMap:
    """Scenario file."""
    rules = {
        "aaneengesloten": {"kind": "contiguity"},
        "omvang": {"kind": "largest", "members": largest},
        "capaciteit": {"kind": "host_capacity"},
    }
    description = f"{len(codes)} gemeenten, om het rekenen te meten; geen advies."
    return CommentedMap(
        name=title, description=description, region="region.yaml", inventory="inventory.yaml", rules=rules
    )


def write(source: Source, name: str, out: Path, largest: int = LARGEST) -> Path:
    """Write one scenario and give the path of its scenario file."""
    title, codes = source.places[name]
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "region.yaml": region(source, title, codes),
        "inventory.yaml": inventory(source, codes),
        "scenario.yaml": scenario(title, codes, largest),
    }
    for file, tree in files.items():
        (folder / file).write_text(written(tree), encoding="utf-8")
    return folder / "scenario.yaml"


def main() -> None:
    """Write the scenarios that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="which to make; none: the 25 safety regions and nederland")
    parser.add_argument("--data", type=Path, required=True, help="folder with the CSV files")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--largest", type=int, default=LARGEST, help="largest new partnership, members")
    given = parser.parse_args()
    source = Source.read(given.data)
    sized = {f"n{size}" for size in SIZES}
    for name in given.names or [n for n in source.places if n not in sized]:
        print(write(source, name, given.out, given.largest))


if __name__ == "__main__":
    main()
