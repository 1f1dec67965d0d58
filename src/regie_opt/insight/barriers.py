"""What law, relations and what exists have against a group doing domains together, in figures."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from regie_opt.schema.explanation import Barrier
from regie_opt.schema.form import Form
from regie_opt.schema.lawful import unlawful
from regie_opt.worth import Worth


def barriers(worth: Worth, members: Sequence[str], domains: Sequence[str]) -> tuple[Barrier, ...]:
    """Vetoes, cells that fixed partnerships hold, and what keeps each form that the law allows from being used."""
    return (*_vetoes(worth, members), *_occupied(worth, members, domains), *_forms(worth, members, domains))


def _vetoes(worth: Worth, members: Sequence[str]) -> Iterator[Barrier]:
    at = worth.region.municipality_index
    for one, other in combinations(members, 2):
        if worth.region.veto[at[one], at[other]]:
            yield Barrier(kind="veto", between=(one, other))


def _occupied(worth: Worth, members: Sequence[str], domains: Sequence[str]) -> Iterator[Barrier]:
    for key, fixed in zip(worth.today.keys, worth.today.fixed, strict=True):
        now = worth.scenario.partnerships[key]
        held = tuple(c for c in members if c in now.members)
        if fixed and not now.beside and held and set(held) != set(members):
            for domain in domains:
                if domain in now.domains:
                    yield Barrier(kind="occupied", between=held, domain=domain, partnership=key)


def _forms(worth: Worth, members: Sequence[str], domains: Sequence[str]) -> Iterator[Barrier]:
    """Per domain what is against each lawful form, where something is against all of them."""
    scenario = worth.scenario
    willing = [c for c in members if scenario.municipalities[c].willing_host]
    for domain in domains:
        found: list[Barrier] = []
        lawful = [k for k, f in scenario.forms.items() if unlawful(f, scenario.domains[domain]) is None]
        if not lawful or scenario.domains[domain].statutory:
            yield Barrier(kind="unlawful", domain=domain)
            continue
        for key in lawful:
            form = scenario.forms[key]
            if form.largest is not None and len(members) > form.largest:
                found.append(Barrier(kind="largest", form=key, domain=domain, found=len(members), needed=form.largest))
            elif (trust := _trust(worth, members, willing or members, form)) < form.least_trust:
                who = tuple(members)
                found.append(
                    Barrier(kind="trust", between=who, form=key, domain=domain, found=trust, needed=form.least_trust)
                )
            elif form.hosting != "none" and not willing:
                found.append(Barrier(kind="host", form=key, domain=domain))
        if len(found) == len(lawful):
            yield from found


def _trust(worth: Worth, members: Sequence[str], hosts: Sequence[str], form: Form) -> float:
    """Trust that a form looks at: of each member in the one host, with the best one; else the mean of all pairs."""
    region, at = worth.region, worth.region.municipality_index
    if form.hosting == "centre":
        of_host = [min((float(region.trust[at[h], at[c]]) for c in members if c != h), default=1.0) for h in hosts]
        return max(of_host, default=1.0)
    pairs = [float(region.trust[at[a], at[b]]) for a, b in combinations(members, 2)]
    return sum(pairs) / len(pairs) if pairs else 1.0
