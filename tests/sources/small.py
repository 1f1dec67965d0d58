"""Small files in official format to change: four municipalities of Zeeland, rounded figures, three arrangements.

They need no data beside the repository, and one import of them takes a fraction of a second.
"""

import json
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from regie_opt.sources import Files
from regie_opt.sources.knowledge import read_knowledge

PLACES = {
    "GM0654": ("Borsele", 23127, (3.6, 51.3)),
    "GM0664": ("Goes", 40125, (3.8, 51.3)),
    "GM0687": ("Middelburg", 50167, (3.6, 51.5)),
    "GM0717": ("Veere", 21944, (3.8, 51.5)),
}
"""Name, inhabitants, and the south-west corner of a square of a fifth of a degree."""
SIDE = 0.2
ARRANGEMENTS = (
    ("101", "Gemeenschappelijke regeling Belastingkantoor", "OL", "2011-07-01", tuple(PLACES)),
    ("102", "Veiligheidsregio Zeeland", "OL", "2010-10-01", tuple(PLACES)),
    ("103", "Centrumregeling Beschermd wonen", "RZM", "2015-01-01", ("GM0664", "GM0687")),
    ("104", "Gemeenschappelijke regeling Havenschap", "GO", "1999-01-01", ("GM0654", "GM0687")),
)
HEADER = "ID;TaakveldBalanspost;Categorie;Gemeenten;Verslagsoort;k_1ePlaatsing_1;k_2ePlaatsing_2"
SPACE = "https://organisaties.overheid.nl/static/schema/oo/export/2.6.3"
TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/"


@cache
def register() -> str:
    """The register; one arrangement has shares in the costs."""
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<overheidsorganisaties xmlns={quoteattr(SPACE)} '
             'timestamp="2026-05-16T04:00:00"><gemeenschappelijkeRegelingen>']  # fmt: skip
    for number, title, form, start, members in ARRANGEMENTS:
        lines.append(f'<regeling systeemId="{number}"><titel>{escape(title)}</titel>')
        lines.append(f'<samenwerkingsvorm afkorting="{form}">vorm</samenwerkingsvorm>')
        lines.append(f"<datumInwerkingtreding>{start}</datumInwerkingtreding><deelnemendeOrganisaties>")
        for code in members:
            share = f"<verdeelsleutel>{100 // len(members)},0</verdeelsleutel>" if number == "101" else ""
            lines.append(
                f'<deelnemendeOrganisatie resourceIdentifierTOOI="{TOOI}{code.lower()}">'
                f"<naam>Gemeente {PLACES[code][0]}</naam>{share}</deelnemendeOrganisatie>"
            )
        lines.append("</deelnemendeOrganisaties></regeling>")
    return "\n".join([*lines, "</gemeenschappelijkeRegelingen></overheidsorganisaties>\n"])


@cache
def iv3() -> str:
    """Spending that is what the model has for every domain, in two categories of expenditure and one of income."""
    knowledge = read_knowledge()
    lines = [HEADER]
    for code, (_, inhabitants, _) in PLACES.items():
        for field, domains in knowledge.task_fields.items():
            shares = [(knowledge.domains[key], knowledge.domains[key].task_fields) for key in domains]
            each = shares[0][0].spending_per_inhabitant / len(shares[0][1]) / shares[0][1][field]
            thousands = round(each * inhabitants / 1000)
            for category, amount in (("L1.1", thousands // 3), ("L3.8", thousands - thousands // 3), ("B3.8", 7)):
                lines.append(f"{len(lines)};{field:<12};{category:<8};{code:<10};2023X005;       .;{amount:>8}")
    return "\n".join(lines) + "\n"


@cache
def population() -> str:
    lines = ["ID;RegioS;Perioden;TotaleBevolking_1"]
    lines += [f"{n};{code:<10};2025JJ00;{count:>10}" for n, (code, (_, count, _)) in enumerate(PLACES.items())]
    return "\n".join([*lines, "9;NL01      ;2025JJ00;  18045532\n"])


@cache
def boundaries() -> str:
    features = []
    for code, (name, _, (west, south)) in PLACES.items():
        east, north = round(west + SIDE, 4), round(south + SIDE, 4)
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"statcode": code, "statnaam": name}, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": features}, indent=1)


TEXTS = {"register": register, "iv3": iv3, "population": population, "boundaries": boundaries}


def write(folder: Path, **changed: str | bytes) -> Files:
    """Write the files, some of them as given; gives their paths."""
    paths = {name: folder / f"{name}.txt" for name in TEXTS}
    for name, path in paths.items():
        contents = changed.get(name)
        raw = TEXTS[name]() if contents is None else contents
        path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return Files(**paths)
