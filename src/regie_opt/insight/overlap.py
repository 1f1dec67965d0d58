"""Partnerships that overlap: the same or nested members, and domains that are served twice."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import numpy as np

from regie_opt.insight.today import Network
from regie_opt.schema.overview import Finding
from regie_opt.schema.partnership import UNKNOWN


def identical_sets(network: Network) -> dict[tuple[tuple[str, ...], int], list[int]]:
    """Partnerships by member set: codes, and inhabitants outside, which stand for municipalities outside."""
    groups: dict[tuple[tuple[str, ...], int], list[int]] = defaultdict(list)
    for p, partnership in enumerate(network.partnerships):
        inhabitants = partnership.outside.inhabitants
        if len(partnership.members) > 1 or inhabitants:
            groups[tuple(sorted(partnership.members)), inhabitants].append(p)
    return {members: found for members, found in groups.items() if len(found) > 1}


def identical(network: Network) -> Iterator[Finding]:
    """Groups of partnerships with identical member sets: they could be one."""
    hours, size = network.hours.sum(axis=(1, 2)), network.assessor.placed.bodies.size
    for group in identical_sets(network).values():
        yield Finding(
            kind="identical",
            partnerships=tuple(network.keys[p] for p in group),
            municipalities=network.codes(network.members[group[0]]),
            figures={
                "partnerships": len(group),
                "members": float(min(size[p] for p in group)),
                "hours": float(hours[group].sum()),
            },
            frozen=any(network.partnerships[p].frozen for p in group),
            source="C_ROO",
        )


def nested(network: Network) -> Iterator[Finding]:
    """Pairs in which all members of the one are in the other, and are most of it."""
    members = network.members.astype(np.int64)
    size = members.sum(axis=1)
    within = (members @ members.T) == size[:, None]
    hours = network.hours.sum(axis=(1, 2))
    outside = [p.outside.inhabitants for p in network.partnerships]
    for small, large in np.argwhere(within & (size[:, None] < size) & (size[:, None] > 1)):
        if outside[small] or outside[large]:
            continue
        share = float(size[small] / size[large])
        if share >= network.rules.nested:
            pair = (int(small), int(large))
            yield Finding(
                kind="nested",
                partnerships=tuple(network.keys[p] for p in pair),
                municipalities=network.codes(network.members[small]),
                figures={"share": share, "members": float(size[small]), "hours": float(hours[list(pair)].sum())},
                frozen=any(network.partnerships[p].frozen for p in pair),
                rule="nested",
            )


def served_twice(network: Network) -> Iterator[Finding]:
    """Pairs of partnerships that do the same domain for the same municipalities, tables beside it apart."""
    domains = [set(p.domains) - {UNKNOWN} if not p.beside else set() for p in network.partnerships]
    for a, b in combinations(range(len(network.keys)), 2):
        both = domains[a] & domains[b]
        shared = network.members[a] & network.members[b] if both else None
        if shared is not None and shared.any():
            yield Finding(
                kind="twice",
                partnerships=(network.keys[a], network.keys[b]),
                municipalities=network.codes(shared),
                domains=tuple(d for d in network.region.domains if d in both),
                figures={
                    "municipalities": float(shared.sum()),
                    "hours": float(network.hours[[a, b]][:, shared].sum()),
                },
                frozen=network.partnerships[a].frozen or network.partnerships[b].frozen,
            )
