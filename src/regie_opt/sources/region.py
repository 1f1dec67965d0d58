"""A complete region from the official files: municipalities, today's partnerships, and a scenario to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from regie_opt.loading.problems import InputError, Problem, brief, one_of
from regie_opt.sources.boundaries import connected
from regie_opt.sources.checking import checked, taken_from
from regie_opt.sources.country import Country
from regie_opt.sources.doubts import Finding, doubt
from regie_opt.sources.inventory import Inventory, make_inventory
from regie_opt.sources.judgements import Judgements
from regie_opt.sources.registered import Registered, registered
from regie_opt.sources.selection import Selection, regions_of
from regie_opt.sources.tree import inline, written

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
LARGEST = 6
"""Members of a new partnership at most, in the scenario to begin with."""

SCHEMA = "yaml-language-server: $schema=../../schemas/{file}.schema.json"
REGION_CREDIT = (
    "Uitgaven: CBS, Iv3 {kind} {year}, CC BY 4.0, bewerkt. Inwoners: CBS{population}. "
    "Ligging en grenzen: CBS / Kadaster, CC BY 4.0, bewerkt."
)
INVENTORY_CREDIT = "Register van Overheidsorganisaties (ROO), ministerie van BZK / KOOP, CC0, stand {day}. {judged}"
REGION_HEADER = """\
Regio {title}: inwoners, ligging (graden), officiële regio's, uitgaven per domein (euro per jaar), grenzen (km).
Uitgaven: lasten van de {kind} {year} via de taakvelden in models/nl/domains.yaml, afgerond op 1.000 euro
en begrensd op {least} tot {most} maal de landelijke mediaan per inwoner; waar begrensd staat erachter wat gemeld is.
Gemaakt met regie-opt import."""
INVENTORY_HEADER = """\
Samenwerking van vandaag in {title}: elke geldende regeling uit het register met een deelnemer uit de regio.
Niet in het register, dus niet hier: convenanten, contracten, netwerken, rechtspersonen van privaatrecht.
Uren (hours) per deelnemer per jaar; buiten de regio (outside): aantal deelnemers en hun inwoners.
Gemaakt met regie-opt import."""
SCENARIO_HEADER = """\
Scenario {title}: nieuwe samenwerking is aaneengesloten en telt hooguit zes gemeenten; wie werk doet
voor anderen, doet hooguit zoveel als hij zelf heeft.
De regels op `-blijft` laten regelingen ongemoeid die een deel van een domein uitvoeren (afvalverwerking,
een kredietbank, een recreatiegebied) of deel zijn van een opgelegde regeling: over opheffen kan het model
dan niet oordelen.
Gemaakt met regie-opt import."""
VARIANTS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "zuinig": ("Kosten tellen dubbel.", {"criteria.cost.weight": 2}),
    "licht": ("Drukte van bestuur en ambtenaren telt dubbel.", {"criteria.burden.weight": 2}),
    "stappen": (
        "Hooguit drie veranderingen ten opzichte van vandaag.",
        {"rules": {"drie_stappen": {"kind": "most_changes", "number": 3}}},
    ),
    "wederkerig": ("Diensten over en weer tellen zwaar.", {"criteria.reciprocity.weight": 0.5}),
}


@dataclass(frozen=True)
class Built:
    """Files of a scenario by name, and what must be told of them."""

    files: dict[str, str]
    findings: tuple[Finding, ...]
    taken_from: tuple[Finding, ...]
    """Which columns of the files were read."""
    registered: tuple[Registered, ...]
    """What the register says of the arrangements that were taken."""


def build(country: Country, selection: Selection, judgements: Judgements, day: date) -> Built:
    """Build the files of a region as it is on a day. Raises InputError where an official file lacks a municipality."""
    lacking = [code for code in selection.codes if code not in country.boundaries.polygons]
    if lacking:
        message = f"not in the boundaries file: {one_of(lacking)}; allowed: a file with every municipality"
        raise InputError([Problem(f"--select {selection.title}", (), message)])
    findings = [*selection.findings, *checked(country)]
    region = _region(country, selection, judgements, day, findings)
    inventory = make_inventory(country, selection.codes, judgements, day)
    judged = f" {judgements.attribution}" if judgements.attribution else " Domeinen deels afgeleid (import-report.csv)."
    credit = INVENTORY_CREDIT.format(day=_dutch(day), judged=judged.strip())
    partnerships = CommentedMap(attribution=credit, partnerships=CommentedMap(inventory.entries))
    trees = {"region": region, "inventory": partnerships, "scenario": _scenario(selection, inventory)}
    headers = {"region": REGION_HEADER, "inventory": INVENTORY_HEADER, "scenario": SCENARIO_HEADER}
    bounds = {name: f"{times:g}".replace(".", ",") for name, times in country.knowledge.spending.model_dump().items()}
    for name, tree in trees.items():
        text = headers[name].format(
            title=selection.title, kind=country.finance.kind, year=country.finance.year, **bounds
        )
        tree.yaml_set_start_comment(f"{SCHEMA.format(file=name)}\n\n{text}")
    files = {f"{name}.yaml": written(tree) for name, tree in trees.items()}
    taken = {finding.subject for finding in inventory.findings if finding.outcome == "taken"}
    told = (*findings, *inventory.findings)
    return Built(files, told, tuple(taken_from(country)), tuple(registered(country, selection.codes, taken)))


def _region(
    country: Country, selection: Selection, judgements: Judgements, day: date, findings: list[Finding]
) -> CommentedMap:
    regions = regions_of(country, day)
    municipalities = CommentedMap(
        {code: _municipality(country, code, regions.get(code, {}), findings) for code in selection.codes}
    )
    finance, year = country.finance, country.population.year
    credit = REGION_CREDIT.format(kind=finance.kind, year=finance.year, population=f" {year}" if year else "")
    borders = _borders(country, selection, judgements, findings)
    return CommentedMap(attribution=credit, municipalities=municipalities, borders=borders)


def _municipality(country: Country, code: str, regions: Mapping[str, str], findings: list[Finding]) -> CommentedMap:
    name, population = country.population.names[code], country.population.inhabitants[code]
    lon, lat = country.boundaries.centre(code)
    made = CommentedMap(name=name, population=population, location=inline(CommentedMap(lon=lon, lat=lat)))
    if regions:
        made["divisions"] = inline(CommentedMap(regions))
    if code not in country.finance.thousands:
        findings.append(doubt(code, name, "no_spending", year=country.finance.year))
        remark = f"geen uitgaven: niet in het Iv3-bestand van {country.finance.year}; die van het model tellen"
        made.yaml_add_eol_comment(remark, "location")
        return made
    made["spending"] = spending = CommentedMap()
    for key, usual in country.usual.items():
        reported = country.spending(code, country.knowledge.domains[key])
        bounded = country.knowledge.spending.bounded(reported, usual * population)
        spending[key] = round(bounded / 1000) * 1000
        if bounded != reported:
            found = round(reported / 1000) * 1000
            spending.yaml_add_eol_comment(f"gemeld: {found}", key)
            findings.append(doubt(code, name, "bounded", domain=key, found=str(found), taken=str(spending[key])))
    return made


def _borders(country: Country, selection: Selection, judgements: Judgements, findings: list[Finding]) -> CommentedSeq:
    inside = set(selection.codes)
    common = {pair: km for pair, km in country.boundaries.borders.items() if set(pair) <= inside}
    borders = CommentedSeq(_border(pair, round(km, 2)) for pair, km in common.items())
    names = country.population.names
    for a, b in country.boundaries.overlaps(inside):
        findings.append(doubt(f"{a}-{b}", selection.title, "overlap", a=names[a], b=names[b]))
    touching = set(map(frozenset, common))
    named = [link for link in judgements.links if set(link.between) <= inside]
    links = [link for link in named if frozenset(link.between) not in touching]
    for link in named:
        if frozenset(link.between) in touching:
            a, b = link.between
            details = {"a": names[a], "b": names[b], "name": brief(link.name)}
            findings.append(doubt(f"{a}-{b}", selection.title, "judged_link", **details))
    for link in links:
        borders.append(_border(link.between, 0.0))
        borders.yaml_add_eol_comment(f"{brief(link.name)}: geen gedeelde landgrens", len(borders) - 1)
    pairs = [*common, *(link.between for link in links)]
    if len(connected(inside, pairs)) > 1:
        for a, b, km in country.boundaries.crossings(inside, pairs):
            borders.append(_border((a, b), 0.0))
            borders.yaml_add_eol_comment("aangenomen verbinding: geen gedeelde landgrens", len(borders) - 1)
            findings.append(doubt(f"{a}-{b}", selection.title, "link", a=names[a], b=names[b], km=str(km)))
    return borders


def _border(pair: tuple[str, str], km: float) -> CommentedMap:
    return inline(CommentedMap(between=inline(CommentedSeq(pair)), km=km))


def _scenario(selection: Selection, inventory: Inventory) -> CommentedMap:
    rules = {"aaneengesloten": {"kind": "contiguity"}, "omvang": {"kind": "largest", "members": LARGEST}}
    rules["ruimte"] = {"kind": "host_capacity"}
    for key in inventory.settled:
        rules[f"{key}-blijft"] = {"kind": "untouched", "partnership": key}
    variants = {
        name: CommentedMap(description=description, changes=changes)
        for name, (description, changes) in VARIANTS.items()
    }
    count = len(selection.codes)
    what = f"De {count} gemeenten" if count > 1 else "De gemeente"
    return CommentedMap(
        name=selection.title,
        description=f"{what} van {selection.title}, met wat er vandaag in het register staat.",
        model="nl",
        region="region.yaml",
        inventory="inventory.yaml",
        rules=CommentedMap({key: inline(CommentedMap(rule)) for key, rule in rules.items()}),
        variants=CommentedMap(variants),
    )


def _dutch(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
