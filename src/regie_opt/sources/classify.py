"""Which domains an arrangement carries: words of its title, then registered policy areas, else `unknown`."""

from dataclasses import dataclass

from regie_opt.schema.partnership import UNKNOWN
from regie_opt.sources.knowledge import Classification
from regie_opt.sources.register import Arrangement


@dataclass(frozen=True)
class Classified:
    """What was found, and on what ground."""

    domains: tuple[str, ...]
    ground: str
    """Reason of a doubt: by_title, by_area, broad or no_domain."""
    part: bool = False
    candidates: tuple[str, ...] = ()
    """Domains between which nothing could choose."""


def classify(arrangement: Arrangement, rules: Classification) -> Classified:
    """Tell the domains of an arrangement.

    Titles come first: they are specific, while policy areas are often a list of everything a body touches.
    """
    text = f"{arrangement.title} | {arrangement.short_title} | {arrangement.body}".lower()
    for rule in rules.titles:
        if rule.pattern.search(text):
            ground = "no_domain" if rule.domains == (UNKNOWN,) else "by_title"
            return Classified(rule.domains, ground, rule.part)
    found = tuple(dict.fromkeys(rules.areas[area] for area in arrangement.areas if area in rules.areas))
    if not found:
        return Classified((UNKNOWN,), "no_domain")
    if len(found) > rules.most_domains:
        return Classified((UNKNOWN,), "broad", candidates=found)
    return Classified(found, "by_area")
