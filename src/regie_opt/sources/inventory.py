"""The inventory of a region from the register: every arrangement is taken, or told why not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from regie_opt.schema.lawful import unlawful
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.strict import KEY_PATTERN, LONGEST_KEY
from regie_opt.schema.text import is_blank
from regie_opt.sources.classify import classify
from regie_opt.sources.country import Country
from regie_opt.sources.doubts import Finding, doubt, outcome
from regie_opt.sources.judgements import Judged, Judgement, Judgements
from regie_opt.sources.members import Taking, in_force, shares_of, taking_part
from regie_opt.sources.register import FORMS, WHOLE, Arrangement
from regie_opt.sources.tree import inline

OLDEST = 1900
"""Year of the oldest arrangement that is believed: the first law on them is of 1950, a few are older."""
ROUNDING = 1.0
"""Percent that shares in the costs may add up to more than the whole."""


@dataclass
class Inventory:
    """Entries of inventory.yaml by key, which of them a rule leaves alone, and the findings."""

    entries: dict[str, CommentedMap] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def put_in_order(self) -> None:
        """Put everything in the order of the register ids, whatever was decided first."""
        self.entries = dict(sorted(self.entries.items(), key=lambda item: str(item[1]["register_id"])))
        self.settled.sort(key=list(self.entries).index)
        self.findings.sort(key=lambda finding: finding.subject)


def make_inventory(country: Country, codes: tuple[str, ...], judgements: Judgements, day: date) -> Inventory:
    """Make the inventory of these municipalities as it is on a day."""
    maker = _Maker(country, frozenset(codes), judgements, day)
    for arrangement in sorted(country.register.arrangements, key=maker.place):
        maker.take(arrangement)
    made = maker.made
    made.put_in_order()
    taken = {f.subject for f in made.findings if f.outcome == "taken"}
    told = [f for f in country.register.findings if f.outcome != "doubt" or f.subject in taken]
    unused = [
        doubt(register_id, entry.key, "judged_unused")
        for register_id, entry in judgements.arrangements.items()
        if register_id not in taken
    ]
    made.findings = [*told, *made.findings, *unused, *maker.uncarried()]
    further = {entry.further.key for entry in judgements.arrangements.values() if entry.further is not None}
    made.settled.sort(key=lambda key: key in further)
    return made


@dataclass
class _Maker:
    country: Country
    codes: frozenset[str]
    judgements: Judgements
    day: date
    made: Inventory = field(default_factory=Inventory)
    statutory: dict[tuple[str, str], str] = field(default_factory=dict)
    """Key of the entry that carries an imposed domain for a member."""

    def place(self, a: Arrangement) -> tuple[bool, int, int, str]:
        """When it is decided on: what a person judged, then the most members, then the newest.

        The first carries an imposed domain; a predecessor that has not ended, or a part of it, stands beside.
        """
        begun = a.start.toordinal() if a.start is not None else 0
        return (a.id not in self.judgements.arrangements, -len(taking_part(self.country, a)), -begun, a.id)

    def take(self, arrangement: Arrangement) -> None:
        taking = taking_part(self.country, arrangement)
        found = self.judgements.arrangements.get(arrangement.id)
        refusal = self._refusal(arrangement, taking)
        if refusal is not None:
            self.made.findings.append(refusal)
            return
        self.made.findings += taking.findings
        entries: list[Judged] = [found or self._classified(arrangement)]
        if isinstance(found, Judgement) and found.further is not None:
            entries.append(found.further)
        for entry in entries:
            self._enter(arrangement, taking, entry, judged=found is not None)
        keys = ", ".join(entry.key for entry in entries)
        self.made.findings.append(outcome(arrangement.id, arrangement.title, "taken", "taken", keys=keys))
        self.made.findings += self._remarks(arrangement)

    def uncarried(self) -> Iterator[Finding]:
        """Yield the imposed domains that no arrangement carries for some of the municipalities."""
        for domain, known in self.country.knowledge.domains.items():
            lacking = [code for code in sorted(self.codes) if (code, domain) not in self.statutory]
            if known.statutory and lacking:
                names = ", ".join(self.country.population.names[code] for code in lacking)
                yield doubt(domain, known.name.nl, "imposed_lacking", count=str(len(lacking)), names=names)

    def _refusal(self, a: Arrangement, taking: Taking) -> Finding | None:
        """Why an arrangement is not taken."""
        if a.end is not None and a.end <= self.day:
            return outcome(a.id, a.title, "lapsed", "lapsed", end=a.end.isoformat())
        if not in_force(a, self.day) and a.start is not None:
            return outcome(a.id, a.title, "future", "future", start=a.start.isoformat())
        if not self.codes & set(taking.municipalities):
            return outcome(a.id, a.title, "elsewhere", "elsewhere")
        if len(taking) < 2:
            return outcome(a.id, a.title, "reported", "alone")
        if not a.id or len(_key(a)) > LONGEST_KEY or not re.fullmatch(KEY_PATTERN, _key(a)):
            return outcome(a.id, a.title, "reported", "unreadable", field="systeemId", found=a.id[:60])
        if a.form not in FORMS:
            return outcome(a.id, a.title, "reported", "no_form", found=a.form)
        return None

    def _remarks(self, a: Arrangement) -> Iterator[Finding]:
        if a.start is None:
            yield doubt(a.id, a.title, "undated")
        elif a.start.year < OLDEST:
            yield doubt(a.id, a.title, "old", start=a.start.isoformat())
        if a.start is not None and a.end is not None and a.end < a.start:
            yield doubt(a.id, a.title, "dates", start=a.start.isoformat(), end=a.end.isoformat())
        after = next((b for b in self.country.register.arrangements if b.id == a.successor), None)
        if after is not None and in_force(after, self.day):
            yield doubt(a.id, a.title, "successor", other=f"{after.title} ({after.id})")

    def _classified(self, a: Arrangement) -> Judged:
        """Judge by rule where no person has; every judgement is a doubt."""
        found = classify(a, self.country.knowledge.classification)
        names = ", ".join(found.candidates or found.domains)
        self.made.findings.append(doubt(a.id, a.title, found.ground, domains=names))
        return Judged(key=_key(a), domains=found.domains, part=found.part)

    def _enter(self, a: Arrangement, taking: Taking, entry: Judged, *, judged: bool) -> None:
        form = form_of(a)
        inside = sorted(self.codes & set(taking.municipalities))
        outside = [m for m in (*taking.municipalities, *taking.others) if m not in inside]
        domains = entry.domains if judged else self._lawful(a, form, entry)
        frozen, beside = entry.frozen, entry.beside or entry.part
        if not judged:
            frozen, beside = self._imposed(a, entry, domains, inside, beside=beside)
        named = next(name for name in (entry.name, a.title, a.short_title, a.body, _key(a)) if not is_blank(name or ""))
        made = CommentedMap(name=named, form=form)
        made["members"] = inline(CommentedSeq(inside))
        made["domains"] = inline(CommentedSeq(domains))
        if (host := self._judged_host(a, form, entry, inside) or self._host(a, form, inside)) is not None:
            made["host"] = host
        if frozen:
            made["frozen"] = True
        if beside and domains != (UNKNOWN,):
            made["beside"] = True
        if outside:
            inhabitants = sum(self.country.population.inhabitants.get(m, 0) for m in outside)
            made["outside"] = inline(CommentedMap(members=len(outside), inhabitants=inhabitants))
        if a.start is not None:
            made["start"] = a.start
        if shares := self._shares(a, inside):
            made["shares"] = inline(CommentedMap(shares))
        if entry.hours is not None:
            made["hours"] = inline(CommentedMap(_plain(entry.hours.model_dump())))
        made["register_id"] = a.id
        if (note := entry.note or (None if judged else self._note(a))) is not None:
            made["note"] = note
        self.made.entries[entry.key] = made
        if (entry.part or entry.settled) and not frozen and domains != (UNKNOWN,):
            self.made.settled.append(entry.key)
        for domain in domains if frozen and not beside else ():
            self.statutory |= {(member, domain): entry.key for member in inside}

    def _shares(self, a: Arrangement, inside: list[str]) -> dict[str, float]:
        """Registered shares in the costs of the members in the region, as parts of one; nothing where one lacks."""
        found = shares_of(self.country, a)
        if not found or len(inside) < 2:
            return {}
        total = sum(found.get(code, 0.0) for code in inside)
        lacking = [code for code in inside if code not in found]
        if lacking or not total:
            self.made.findings.append(doubt(a.id, a.title, "shares_lacking", codes=", ".join(lacking or inside)))
            return {}
        if (whole := sum(found.values())) > WHOLE + ROUNDING:
            self.made.findings.append(doubt(a.id, a.title, "share_total", total=f"{whole:.0f}"))
            return {}
        parts = {code: round(found[code] / total, 6) for code in inside}
        largest = max(inside, key=lambda code: (parts[code], code))
        parts[largest] = round(1 - sum(part for code, part in parts.items() if code != largest), 6)
        self.made.findings.append(doubt(a.id, a.title, "shares", percent=f"{total:.0f}"))
        return parts

    def _note(self, a: Arrangement) -> str | None:
        """The doubts on it, for whoever reads the inventory."""
        told = [f.text("nl") for f in self.made.findings if f.subject == a.id and f.outcome == "doubt"]
        return "Import: " + "; ".join(told) + "." if told else None

    def _lawful(self, a: Arrangement, form: str, entry: Judged) -> tuple[str, ...]:
        """Domains that the form may carry; beside the work it may stand anywhere."""
        knowledge, kept = self.country.knowledge, []
        for domain in entry.domains:
            why = None if domain == UNKNOWN else unlawful(knowledge.forms[form], knowledge.domains[domain])
            if why is None or entry.part:
                kept.append(domain)
            else:
                self.made.findings.append(doubt(a.id, a.title, "unlawful", form=form, domain=domain, why=why))
        return tuple(kept) or (UNKNOWN,)

    def _imposed(
        self, a: Arrangement, entry: Judged, domains: tuple[str, ...], inside: list[str], *, beside: bool
    ) -> tuple[bool, bool]:
        """Whether it is frozen and whether it stands beside: one body carries an imposed domain, others are beside."""
        known = self.country.knowledge.domains
        imposed = [d for d in domains if d != UNKNOWN and known[d].statutory]
        if not imposed:
            if entry.part and domains != (UNKNOWN,):
                self.made.findings.append(doubt(a.id, a.title, "part", domains=", ".join(domains)))
            return False, beside
        self.made.findings.append(doubt(a.id, a.title, "statutory_part", domain=", ".join(imposed)))
        for domain in imposed:
            for member in inside:
                if other := self.statutory.get((member, domain)):
                    name = self.country.population.names[member]
                    self.made.findings.append(
                        doubt(a.id, a.title, "second_statutory", domain=domain, member=name, other=other)
                    )
                    return True, True
        return True, beside

    def _judged_host(self, a: Arrangement, form: str, entry: Judged, inside: list[str]) -> str | None:
        """The host that a person gave, where the form has one and it takes part."""
        if entry.host is None:
            return None
        if self.country.knowledge.forms[form].hosting == "centre" and entry.host in inside:
            return entry.host
        reason = "judged_no_member" if entry.host not in inside else "judged_no_host"
        self.made.findings.append(doubt(a.id, a.title, reason, host=entry.host, form=form))
        return None

    def _host(self, a: Arrangement, form: str, inside: list[str]) -> str | None:
        """The centre of a hosted form: the keeper of the entry where that is a member, else the largest."""
        if self.country.knowledge.forms[form].hosting != "centre":
            return None
        if a.form == "RZM" and "centrum" not in a.title.lower():
            self.made.findings.append(doubt(a.id, a.title, "mandate"))
        keeper = self.country.knowledge.mergers.today(a.keeper) if a.keeper else None
        names, inhabitants = self.country.population.names, self.country.population.inhabitants
        if keeper in inside:
            self.made.findings.append(doubt(a.id, a.title, "host_keeper", host=names[keeper]))
            return keeper
        largest = max(inside, key=lambda code: (inhabitants[code], code))
        reason, details = "host_largest", {"host": names[largest]}
        if keeper is not None:
            reason, details = "host_outside", {"host": names[largest], "keeper": names.get(keeper, a.keeper_name)}
        self.made.findings.append(doubt(a.id, a.title, reason, **details))
        return largest


def form_of(arrangement: Arrangement) -> str:
    """Key of the form; the register lists centre arrangements, which hold a mandate, under RZM."""
    councils = any("raad" in organ for member in arrangement.members for organ in member.organs)
    centre = "Mandaat" in arrangement.powers or "centrum" in arrangement.title.lower()
    return {
        "OL": "ol_gemengd" if councils else "ol_college",
        "BVO": "bvo",
        "GO": "go_raad" if councils else "go_college",
        "RZM": "centrum" if centre else "rzm",
        "CC": "centrum",
    }[arrangement.form]


def _key(arrangement: Arrangement) -> str:
    """Key in the inventory of an arrangement that nobody has judged."""
    return f"roo-{arrangement.id}"


def _plain(hours: dict[str, float]) -> dict[str, float]:
    return {role: int(value) if value == int(value) else value for role, value in hours.items()}
