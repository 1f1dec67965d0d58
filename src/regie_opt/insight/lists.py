"""Two inventories of overlapping municipalities compared: what one lists and the other does not, or says otherwise."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from regie_opt.schema.insight import Insight
from regie_opt.schema.overview import Finding
from regie_opt.schema.partnership import UNKNOWN, Partnership
from regie_opt.schema.scenario import Scenario

_NOISE = re.compile(r"\b(gemeenschappelijke|regeling|de|het|van|en|in|voor)\b|[^a-z0-9]+")


@dataclass(frozen=True)
class InventoryList:
    """The partnerships of one scenario, and whose list it is."""

    scenario: Scenario
    municipality: str | None = None

    @property
    def owners(self) -> frozenset[str]:
        """Whose list it is: the one asked for, else the only one in every entry, else every municipality of it."""
        if self.municipality:
            return frozenset({self.municipality})
        entries = [frozenset(p.members) for p in self.scenario.partnerships.values()]
        everywhere = frozenset.intersection(*entries) if len(entries) > 1 else frozenset()
        return everywhere if len(everywhere) == 1 else frozenset(self.scenario.municipalities)

    def entries(self, other: "InventoryList") -> dict[str, Partnership]:
        """Entries that both lists should have: an owner of this one and one of the other are members."""
        return {
            key: p
            for key, p in self.scenario.partnerships.items()
            if self.owners & set(p.members) and other.owners & set(p.members)
        }


def mismatches(here: InventoryList, there: InventoryList, rules: Insight) -> Iterator[Finding]:
    """Differences between two lists; entries are matched by register id, then by name.

    A match on a name that is less than `same_name` alike is reported as doubtful, below `like_name` it is none.
    """
    ours, theirs = here.entries(there), there.entries(here)
    known = set(here.scenario.municipalities) & set(there.scenario.municipalities)
    pairs = _pairs(here, there, rules)
    for key, other, alike in pairs:
        one, two = here.scenario.partnerships[key], there.scenario.partnerships[other]
        if alike < rules.same_name:
            yield Finding(
                kind="doubtful",
                partnerships=(key,),
                municipalities=one.members,
                figures={"similarity": alike},
                found={"here": (one.name,), "there": (two.name,)},
                rule="same_name",
                source=rules.sources.get("same_name"),
            )
        yield from _differences(key, one, two, known)
    matched = {key for key, _, _ in pairs}
    matched_there = {other for _, other, _ in pairs}
    for key, entry in ours.items():
        if key not in matched:
            yield Finding(kind="only_here", partnerships=(key,), municipalities=entry.members)
    for key, entry in theirs.items():
        if key not in matched_there:
            yield Finding(
                kind="only_there",
                partnerships=(key,),
                municipalities=tuple(c for c in entry.members if c in here.scenario.municipalities),
                found={"there": (entry.name,)},
            )


def _pairs(here: InventoryList, there: InventoryList, rules: Insight) -> list[tuple[str, str, float]]:
    """Entries that are one, with how alike their names are (1 where the register id is the same)."""
    ours = here.entries(there)
    left = dict(there.scenario.partnerships)
    pairs: list[tuple[str, str, float]] = []
    for key, one in ours.items():
        same = [other for other, two in left.items() if one.register_id and one.register_id == two.register_id]
        same.sort(key=lambda other: (-similarity(one.name, left[other].name), other))
        if same:
            pairs.append((key, same[0], 1.0))
            del left[same[0]]
    matched = {key for key, _, _ in pairs}
    scored = [
        (similarity(one.name, two.name), key, other)
        for key, one in ours.items()
        for other, two in left.items()
        if key not in matched and not (one.register_id and two.register_id)
    ]
    taken: set[str] = set()
    for alike, key, other in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if alike >= rules.like_name and key not in matched and other not in taken:
            pairs.append((key, other, alike))
            matched.add(key)
            taken.add(other)
    return pairs


def _differences(key: str, one: Partnership, two: Partnership, known: set[str]) -> Iterator[Finding]:
    if one.form != two.form:
        yield Finding(
            kind="other_form",
            partnerships=(key,),
            municipalities=one.members,
            found={"here": (one.form,), "there": (two.form,)},
        )
    if set(one.domains) - {UNKNOWN} != set(two.domains) - {UNKNOWN}:
        yield Finding(
            kind="other_domains",
            partnerships=(key,),
            municipalities=one.members,
            found={"here": one.domains, "there": two.domains},
        )
    here, there = set(one.members) & known, set(two.members) & known
    sizes = (len(one.members) + one.outside.members, len(two.members) + two.outside.members)
    if here != there or sizes[0] != sizes[1]:
        yield Finding(
            kind="other_members",
            partnerships=(key,),
            municipalities=one.members,
            figures={"here": float(sizes[0]), "there": float(sizes[1])},
            found={"here": tuple(sorted(here - there)), "there": tuple(sorted(there - here))},
        )


def similarity(one: str, two: str) -> float:
    """How alike two names are, 0 to 1, without accents, case and the words that every name has."""
    a, b = (_bare(name) for name in (one, two))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(_NOISE.sub(" ", plain).split()) or plain
