"""Makes files in official format from the public CSV: `python -m tests.sources.official_files --data DIR --out DIR`.

DIR of `--data` holds the files described in docs/sources.md. The register XML follows samples/roo_oo-export.xsd; the
Iv3 file is the raw OData as CSV; population and divisions are StatLine CSV (byte order mark, `;`, padded codes).
"""

import argparse
import csv
import shutil
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree as ET

DATE = "2026-05-16"
VERSION = "2.6.3"
NAMES = {"OL": "Openbaar lichaam", "BVO": "Bedrijfsvoeringsorganisatie", "GO": "Gemeenschappelijk orgaan"}
KINDS = {"gemeente": "gemeente", "provincie": "provincie", "waterschap": "waterschap", "ministerie": "ministerie"}
DIVISIONS = {
    "veiligheidsregio": "Veiligheidsregio's",
    "ggd_regio": "GGD-regio's",
    "province": "Provincies",
    "jeugdzorgregio_2016": "Jeugdzorgregio's",
    "arbeidsmarktregio_2016": "Arbeidsmarktregio's",
    "rmc_regio_2016": "RMC-regio's",
}


def rows(data: Path, name: str) -> list[dict[str, str]]:
    with (data / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def make(data: Path, out: Path) -> dict[str, Path]:
    """Write all of them; gives the path of each by the name of its option."""
    out.mkdir(parents=True, exist_ok=True)
    makers = {"register": register, "iv3": iv3, "population": population, "regions": regions}
    files = {"register": "exportOO.xml", "iv3": "45063NED_UntypedDataSet.csv", "population": "bevolking.csv"}
    files |= {"regions": "gebieden_in_nederland.csv"}
    paths = {name: out / file for name, file in files.items()}
    for name, maker in makers.items():
        maker(data, paths[name])
    paths["boundaries"] = out / "gemeenten.geojson"
    shutil.copyfile(data / "gemeenten.geojson", paths["boundaries"])
    return paths


def register(data: Path, path: Path, version: str = VERSION) -> None:
    space = f"https://organisaties.overheid.nl/static/schema/oo/export/{version}"
    ET.register_namespace("p", space)
    q = f"{{{space}}}"
    root = ET.Element(f"{q}overheidsorganisaties", {f"{q}timestamp": f"{DATE}T04:00:00"})
    organisations(data, q, root)
    members = defaultdict(list)
    for row in rows(data, "partnership_members.csv"):
        members[row["roo_id"]].append(row)
    holder = ET.SubElement(root, f"{q}gemeenschappelijkeRegelingen")
    for row in rows(data, "partnerships.csv"):
        regeling(q, holder, row, members[row["roo_id"]])
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def organisations(data: Path, q: str, root: ET.Element) -> None:
    holder = ET.SubElement(root, f"{q}organisaties")
    for row in rows(data, "gemeenten.csv"):
        place = ET.SubElement(holder, f"{q}organisatie", {f"{q}systeemId": row["roo_id"]})
        text(q, place, "naam", f"Gemeente {row['name']}")
        text(q, ET.SubElement(place, f"{q}types"), "type", "Gemeente")


def regeling(q: str, holder: ET.Element, row: dict[str, str], members: list[dict[str, str]]) -> None:
    e = ET.SubElement(holder, f"{q}regeling", {f"{q}systeemId": row["roo_id"]})
    text(q, e, "titel", row["title"])
    text(q, e, "citeertitel", row["short_title"][:250])
    text(q, ET.SubElement(e, f"{q}types"), "type", "Gemeenschappelijke regeling")
    abbreviation = row["form_abbr"]
    form = ET.SubElement(e, f"{q}samenwerkingsvorm", {f"{q}afkorting": abbreviation})
    form.text = NAMES.get(abbreviation, "'Regeling zonder meer'")
    powers = ET.SubElement(e, f"{q}bevoegdheidsverkrijgingen")
    for power in row["powers"].split("|"):
        text(q, powers, "bevoegdheidsverkrijging", power)
    for name, value in (("regionaalSamenwerkingsorgaan", row["body"]), ("bronhouder", row["keeper"])):
        if value:
            ET.SubElement(e, q + name, keeper(q, value, members)).text = value[:250]
    text(q, e, "taalcode", "nl-NL")
    text(q, e, "registratiehouder", "Ministerie van Binnenlandse Zaken en Koninkrijksrelaties")
    text(q, e, "doel", row["purpose"])
    text(q, e, "datumInwerkingtreding", row["start"])
    text(q, e, "datumUitwerkingtreding", row["end"])
    if row["policy_areas"]:
        areas = ET.SubElement(e, f"{q}beleidsterreinen")
        for area in row["policy_areas"].split("|"):
            text(q, areas, "beleidsterrein", area)
    taking = ET.SubElement(e, f"{q}deelnemendeOrganisaties")
    for member in members:
        deelnemer(q, taking, member)
    for name, value in (("previousVersion", row["previous"]), ("nextVersion", row["next"])):
        if value:
            ET.SubElement(e, q + name, {f"{q}systeemId": value}).text = row["title"][:250]


def keeper(q: str, value: str, members: list[dict[str, str]]) -> dict[str, str]:
    """Attributes of an organisation that is named: its code where it is one of the members."""
    code = next((m["member_code"] for m in members if m["member_name"] == value), "")
    attributes = {f"{q}systeemId": "0"}
    if code.startswith("GM"):
        attributes[f"{q}resourceIdentifierTOOI"] = tooi("gemeente", code)
    return attributes


def deelnemer(q: str, holder: ET.Element, row: dict[str, str]) -> None:
    attributes = {}
    if row["member_code"]:
        attributes[f"{q}resourceIdentifierTOOI"] = tooi(row["member_kind"], row["member_code"])
    e = ET.SubElement(holder, f"{q}deelnemendeOrganisatie", attributes)
    text(q, e, "naam", row["member_name"])
    text(q, e, "toetredingsDatum", row["joined"])
    text(q, e, "verdeelsleutel", row["share"].replace(".", ","))
    if row["bodies"]:
        organs = ET.SubElement(e, f"{q}bestuursorganen")
        full = {
            "college": "College van burgemeester en wethouders",
            "raad": "Gemeenteraad",
            "burgemeester": "Burgemeester",
        }
        for organ in row["bodies"].split("|"):
            text(q, ET.SubElement(organs, f"{q}bestuursorgaan"), "naam", full.get(organ, organ))


def tooi(kind: str, code: str) -> str:
    return f"https://identifier.overheid.nl/tooi/id/{KINDS.get(kind, 'so')}/{code.lower()}"


def text(q: str, parent: ET.Element, name: str, value: str) -> None:
    if value:
        ET.SubElement(parent, q + name).text = value


def iv3(data: Path, path: Path) -> None:
    """Raw OData as CSV: salaries and the other expenditure as two categories, padded."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
        columns = "ID;TaakveldBalanspost;Categorie;Gemeenten;Verslagsoort;k_1ePlaatsing_1;k_2ePlaatsing_2"
        writer.writerow(columns.split(";"))
        count = 0
        for row in rows(data, "iv3_2023_jaarrekening.csv"):
            salaries, spending, income = (int(float(row[k])) for k in ("salarissen", "lasten", "baten"))
            for category, amount in (("L1.1", salaries), ("L3.8", spending - salaries), ("B3.8", income)):
                count += 1
                key = f"{row['taakveld']:<12}", f"{category:<8}", f"{row['code']:<10}"
                writer.writerow((count, *key, "2023X005", "       .", f"{amount:>8}"))


def population(data: Path, path: Path) -> None:
    """TypedDataSet: codes, a period, figures with spaces before them."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(["ID", "RegioS", "Perioden", "TotaleBevolking_1"])
        for index, row in enumerate(rows(data, "gemeenten.csv")):
            writer.writerow([index, f"{row['code']:<10}", "2025JJ00", f"{row['population']:>10}"])
        writer.writerow([400, f"{'GM0738':<10}", "2025JJ00", "         ."])
        writer.writerow([401, f"{'NL01':<10}", "2025JJ00", "  18045532"])


def labelled_population(data: Path, path: Path) -> None:
    """The labelled form: names, quoted and padded, and a decimal comma."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        codes = "Codes en namen van gemeenten"
        writer.writerow(
            ["Regio's", f"{codes}/Code (code)", f"{codes}/Naam (naam)", "Bevolking/Totale bevolking (aantal)"]
        )
        for row in rows(data, "gemeenten.csv"):
            writer.writerow([row["name"], f"{row['code']:<10}", f"{row['name']:<50}", f"{row['population']},0"])


def regions(data: Path, path: Path) -> None:
    """StatLine 'Gebieden in Nederland', labelled."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        codes, where = "Codes en namen van gemeenten", "Lokaliseringen van gemeenten"
        named = [f"{where}/{label}/Naam (naam)" for label in DIVISIONS.values()]
        writer.writerow(["Regio's", f"{codes}/Code (code)", f"{codes}/Naam (naam)", *named])
        for row in rows(data, "gemeenten.csv"):
            own = [row["name"], f"{row['code']:<10}", f"{row['name']:<50}"]
            writer.writerow([*own, *(f"{row[key]:<50}" for key in DIVISIONS)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the CSV files")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    for name, path in make(given.data, given.out).items():
        print(f"--{name} {path}")


if __name__ == "__main__":
    main()
