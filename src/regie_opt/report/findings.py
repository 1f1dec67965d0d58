"""Findings in words: per kind a list that says why, on what figures, and by which rule of thumb."""

from collections.abc import Iterable, Iterator, Sequence

from regie_opt.report.naming import Naming
from regie_opt.report.numbers import percent
from regie_opt.report.source_words import sourced, unit_of
from regie_opt.report.table import Section, Text
from regie_opt.report.words import SEPARATOR
from regie_opt.schema.overview import KINDS, Finding

SHOWN = 12
"""Findings of one kind that people get to read; files for programs have all."""
_PERCENTAGES = ("share", "inside", "similarity")
_DECIMALS = {"per_100_hours": 2, "median_per_100_hours": 2, "expected": 1, "deviations": 1, "lift": 2, "given": 1}
_DECIMALS |= {"received": 1, "centrality": 2, "mean": 2, "median": 2, "low": 2, "high": 2, "lowest": 1, "highest": 1}


def finding_sections(findings: Sequence[Finding], naming: Naming, *, complete: bool) -> Iterator[Section]:
    """A section for each kind that there is, in the order of `KINDS`; those that ask most hours first."""
    for kind in KINDS:
        found = [f for f in findings if f.kind == kind]
        if found:
            if kind in ("identical", "nested", "twice"):
                found.sort(key=lambda f: (-f.figures["hours"], f.partnerships))
            shown = found if complete else found[:SHOWN]
            lines = [_why(f, naming) for f in shown]
            if len(found) > len(shown):
                lines.append(naming.words("inv.more", count=len(found) - len(shown)))
            lines += _rules(found, naming)
            yield Text(naming.words(f"kind.{kind}"), tuple(lines), bullets=True)


def _why(finding: Finding, naming: Naming) -> str:
    known = naming.scenario.partnerships
    names = [known[key].name if key in known else key for key in finding.partnerships]
    values: dict[str, object] = {name: _figure(name, value, naming) for name, value in finding.figures.items()}
    if finding.kind == "white_spot":
        for name in ("lowest", "highest"):
            values[f"{name}_share"] = percent(finding.figures[name], 0, naming.language)
    if finding.kind == "other_members":
        values = {"ours": values.pop("here"), "theirs": values.pop("there")}
    values |= {side: _said(finding, said, naming) for side, said in finding.found.items()}
    motive = naming.criterion(finding.motive) if finding.motive else ""
    key = f"why.{finding.kind}" + (f".{finding.rule}" if finding.kind == "white_spot" else "")
    values |= {
        "names": SEPARATOR.join(names),
        "first": names[0] if names else "",
        "second": names[-1] if names else "",
        "places": naming.members(finding.municipalities),
        "domains": naming.domains(finding.domains),
        "motive": motive,
        "bylaw": _bylaw(finding, naming),
    }
    return naming.words(key, **values)


def _bylaw(finding: Finding, naming: Naming) -> str:
    """Whether the law leaves something to decide on."""
    if not finding.frozen:
        return ""
    known = naming.scenario.partnerships
    every = all(known[key].frozen for key in finding.partnerships if key in known)
    return " " + naming.words("inv.bylaw.all" if every else "inv.bylaw")


def _said(finding: Finding, said: Iterable[str], naming: Naming) -> str:
    keys = tuple(said)
    if finding.kind == "other_form":
        return SEPARATOR.join(map(naming.form, keys))
    if finding.kind == "other_domains":
        return naming.domains(keys)
    if finding.kind == "other_members":
        return naming.municipalities(keys) or naming.words("inv.nobody")
    return SEPARATOR.join(keys)


def _figure(name: str, value: float, naming: Naming) -> str | int:
    """A figure as it is written; whole numbers as they are, for the words to go with."""
    if name in _PERCENTAGES:
        return percent(value, 0, naming.language)
    return naming.number(value, _DECIMALS[name]) if name in _DECIMALS else round(value)


def _rules(found: Sequence[Finding], naming: Naming) -> Iterator[str]:
    """The rules of thumb behind a kind, with unit and source."""
    rules = naming.scenario.insight
    for rule in dict.fromkeys(f.rule for f in found if f.rule):
        value = getattr(rules, rule)
        extra = type(rules).model_fields[rule].json_schema_extra if rules else None
        unit = str(extra["unit"]) if isinstance(extra, dict) else ""
        written = (
            naming.number(value, 2) if isinstance(value, float) else SEPARATOR.join(naming.number(v, 2) for v in value)
        )
        source = sourced(next(f.source for f in found if f.rule == rule) or "", naming.language)
        unit = unit_of(unit, naming.language)
        yield naming.words("inv.rule", rule=f"insight.{rule}", value=written, unit=unit, source=source)
