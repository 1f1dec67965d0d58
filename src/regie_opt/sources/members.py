"""Who takes part in an arrangement, by today's municipality, and whether it is in force."""

from dataclasses import dataclass
from datetime import date

from regie_opt.sources.country import Country
from regie_opt.sources.doubts import Finding, doubt
from regie_opt.sources.register import Arrangement


def in_force(arrangement: Arrangement, day: date) -> bool:
    """Whether it has begun and has not ended."""
    begun = arrangement.start is None or arrangement.start <= day
    return begun and (arrangement.end is None or arrangement.end > day)


@dataclass(frozen=True)
class Taking:
    """Distinct members: municipalities of today by code, others by name."""

    municipalities: tuple[str, ...]
    others: tuple[str, ...]
    findings: tuple[Finding, ...]

    def __len__(self) -> int:
        return len(self.municipalities) + len(self.others)


def taking_part(country: Country, arrangement: Arrangement) -> Taking:
    """Tell the members apart: merged municipalities count once."""
    mergers, known = country.knowledge.mergers, country.population.inhabitants
    codes: set[str] = set()
    others: set[str] = set()
    findings: dict[Finding, None] = {}
    nameless = 0
    for member in arrangement.members:
        if member.code is None:
            nameless += not member.name
            others |= {member.name} - {""}
            continue
        now = mergers.today(member.code)
        if now in known:
            codes.add(now)
            if now != member.code:
                name = f"{member.name} ({member.code})"
                new = f"{country.population.names[now]} ({now})"
                findings[doubt(arrangement.id, arrangement.title, "merged", old=name, new=new)] = None
            continue
        others.add(member.name or now)
        if now in mergers.divided:
            where = mergers.divided[now]
            findings[doubt(arrangement.id, arrangement.title, "divided", code=now, where=where)] = None
        else:
            findings[doubt(arrangement.id, arrangement.title, "code_unknown", code=now, name=member.name)] = None
    if nameless:
        findings[doubt(arrangement.id, arrangement.title, "nameless", count=str(nameless))] = None
    return Taking(tuple(sorted(codes)), tuple(sorted(others)), tuple(findings))


def shares_of(country: Country, arrangement: Arrangement) -> dict[str, float]:
    """Registered shares in the costs, percent, by today's municipality; those of merged ones together."""
    found: dict[str, float] = {}
    for member in arrangement.members:
        if member.code is not None and member.share is not None:
            now = country.knowledge.mergers.today(member.code)
            found[now] = found.get(now, 0.0) + member.share
    return found
