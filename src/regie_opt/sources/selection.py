"""Which municipalities are asked for: `veiligheidsregio=Drenthe`, another division, a list of codes, or `land=alle`."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from regie_opt.loading.problems import InputError, Problem, hint, one_of, unknown
from regie_opt.schema.text import official_code, plain
from regie_opt.sources.country import Country
from regie_opt.sources.doubts import Finding, doubt
from regie_opt.sources.members import in_force
from regie_opt.sources.statline import Division

CODES, ALL = "codes", ("land", "alle")


@dataclass(frozen=True)
class Selection:
    """The municipalities of a region, by today's code."""

    title: str
    codes: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def select(country: Country, text: str, day: date, title: str | None = None) -> Selection:
    """Find the municipalities; `title` names the region otherwise. Raises InputError with the nearest name."""
    found = _select(country, text, day)
    return found if title is None else replace(found, title=title)


def _select(country: Country, text: str, day: date) -> Selection:
    kind, equals, wanted = (part.strip() for part in text.partition("="))
    if not equals or not wanted:
        raise _refused(text, "allowed: DIVISION=NAME (veiligheidsregio=Drenthe), codes=GM0106,GM0109 or land=alle")
    if kind == CODES:
        return _of_codes(country, text, wanted)
    if (kind, wanted) == ALL:
        known, drawn = country.population.inhabitants, country.boundaries.names
        lacking = [doubt(code, drawn[code], "no_inhabitants") for code in sorted(drawn) if code not in known]
        return Selection("Nederland", tuple(sorted(known)), tuple(lacking))
    divisions, findings = divisions_of(country, day)
    found = next((d for name, d in divisions.items() if same(name, kind)), None)
    if found is None:
        hint_at = "" if country.divisions else " (other divisions: give --regions)"
        raise _refused(text, unknown("division", kind, [*divisions, CODES, ALL[0]]) + hint_at)
    region = next((name for name in found.regions if same(name, wanted)), None)
    if region is None:
        raise _refused(text, unknown(found.name, wanted, found.regions))
    codes = tuple(code for code in found.regions[region] if code in country.population.inhabitants)
    lost = [code for code in found.regions[region] if code not in codes]
    told = [doubt(code, "", "code_unknown", code=code, name=region) for code in lost]
    return Selection(region, codes, (*told, *(f for f in findings if not country.divisions and f.subject in codes)))


def same(one: str, other: str) -> bool:
    """Whether two names are the same but for case, accents, punctuation and a plural."""
    return _plain(one) == _plain(other)


def slug(name: str) -> str:
    """Write a name as a key or folder."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _plain(name: str) -> str:
    return re.sub(r"s$", "", slug(name).replace("-", ""))


def _of_codes(country: Country, text: str, wanted: str) -> Selection:
    known = country.population.inhabitants
    mergers = country.knowledge.mergers
    codes: dict[str, None] = {}
    findings = []
    for code in filter(None, (official_code(part) or plain(part).upper() for part in wanted.split(","))):
        now = mergers.today(code)
        if now not in known:
            where = f"; divided: {mergers.divided[now]}" if now in mergers.divided else hint(now, tuple(known))
            raise _refused(text, f"unknown municipality '{code}'{where}; allowed: codes in the population file")
        if now != code:
            findings.append(doubt(code, "", "merged", old=code, new=now))
        codes[now] = None
    names = ", ".join(country.population.names[code] for code in sorted(codes)[:3])
    title = names if len(codes) <= 3 else f"{names} en {len(codes) - 3} andere"
    return Selection(title, tuple(sorted(codes)), tuple(findings))


def regions_of(country: Country, day: date) -> Mapping[str, Mapping[str, str]]:
    """The official regions that go with trust, by municipality and division; none where it is in two or not told."""
    divisions, _ = divisions_of(country, day)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for key, headings in country.knowledge.classification.in_common.items():
        division = next((d for name, d in divisions.items() if any(same(name, heading) for heading in headings)), None)
        if division is not None:
            times = Counter(code for codes in division.regions.values() for code in codes)
            for region, codes in division.regions.items():
                for code in codes:
                    if times[code] == 1:
                        found[code][key] = region
    return found


def divisions_of(country: Country, day: date) -> tuple[Mapping[str, Division], list[Finding]]:
    """Divisions of the regions file, and those that the register tells where that file does not."""
    found = {division.name: division for division in country.divisions}
    findings: list[Finding] = []
    for key, rule in country.knowledge.classification.divisions.items():
        if any(same(key, name) for name in found):
            continue
        regions: dict[str, set[str]] = defaultdict(set)
        for arrangement in country.register.arrangements:
            name = arrangement.body or arrangement.title
            if not in_force(arrangement, day) or not re.search(rule.title, name, re.I):
                continue
            region = re.sub(rule.drop, "", name, flags=re.I)
            regions[region] |= {country.knowledge.mergers.today(m.code) for m in arrangement.members if m.code}
        found[key] = Division(key, {name: tuple(sorted(codes)) for name, codes in sorted(regions.items())})
        findings += _overlaps(country, found[key])
    return found, findings


def _overlaps(country: Country, division: Division) -> list[Finding]:
    names: dict[str, list[str]] = defaultdict(list)
    for region, codes in division.regions.items():
        for code in codes:
            names[code].append(region)
    return [
        doubt(c, country.population.names.get(c, c), "region_overlap", division=division.name, names=one_of(of))
        for c, of in sorted(names.items())
        if len(of) > 1
    ]


def _refused(text: str, message: str) -> InputError:
    return InputError([Problem(f"--select {text}", (), message)])
