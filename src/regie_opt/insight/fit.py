"""Whether burden, size and motives fit: little yield, too many partnerships, white spots, revealed motives."""

from collections.abc import Iterator

import numpy as np

from regie_opt.insight.today import Network
from regie_opt.schema.overview import Finding
from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.motives import alone
from regie_opt.worth.region import Bools, Floats


def poor(network: Network) -> Iterator[Finding]:
    """Partnerships that ask much and yield little per hour; those of which nobody knows the domain are left out."""
    hours = network.hours.sum(axis=(1, 2))
    worth = network.worth.sum(axis=1)
    known = network.assessor.placed.carried.any(axis=1) & (hours > 0)
    if not known.any():
        return
    rate = np.where(known, worth / np.where(hours > 0, hours, 1.0), np.nan)
    usual, mean = float(np.nanmedian(rate)), float(hours.mean())
    rules = network.rules
    at = known & (hours >= rules.heavy * mean) & (rate <= rules.poor * usual)
    for p in sorted(np.flatnonzero(at), key=lambda p: (float(rate[p]), p)):
        yield Finding(
            kind="poor",
            partnerships=(network.keys[p],),
            municipalities=network.codes(network.members[p]),
            figures={
                "hours": float(hours[p]),
                "mean_hours": mean,
                "per_100_hours": float(100 * rate[p]),
                "median_per_100_hours": 100 * usual,
            },
            frozen=network.partnerships[p].frozen,
            rule="poor",
        )


def excess(network: Network) -> Iterator[Finding]:
    """Municipalities in far more formal partnerships than their size predicts."""
    rules = network.rules
    count = network.members[network.formal].sum(axis=0)
    doublings = np.log2(network.region.population / 50_000)
    expected = rules.arrangements_expected + rules.arrangements_per_doubling * doublings
    above = (count - expected) / rules.arrangements_spread
    for m in np.flatnonzero(above >= rules.excess):
        yield Finding(
            kind="excess",
            municipalities=(network.region.codes[m],),
            figures={"formal": float(count[m]), "expected": float(expected[m]), "deviations": float(above[m])},
            rule="excess",
        )


def shared_cells(network: Network) -> Bools:
    """Cells whose work is in a partnership (m, d)."""
    return np.asarray(network.assessor.placed.main.any(axis=0))


def free_domains(network: Network) -> Bools:
    """Domains that are decided on (d,)."""
    return np.array([not domain.statutory for domain in network.scenario.domains.values()], dtype=bool)


def white_spots(network: Network) -> Iterator[Finding]:
    """Domains that municipalities do alone though their team, or their scale, is small; a finding per domain."""
    region, rules = network.region, network.rules
    team = region.staff / region.of_domains("functions")
    cheapest = np.array([min(index for _, index in d.scale) for d in network.scenario.domains.values()])
    loss = region.scale_index(region.population) / cheapest - 1
    open_cells = ~shared_cells(network) & free_domains(network)
    reasons: tuple[tuple[str, Bools, Floats], ...] = (
        ("thin_team", team < rules.thin_team, team),
        ("scale_loss", loss >= rules.scale_loss, loss),
    )
    for d, domain in enumerate(region.domains):
        for rule, holds, level in reasons:
            at = open_cells[:, d] & holds[:, d]
            if at.any():
                yield Finding(
                    kind="white_spot",
                    municipalities=network.codes(at),
                    domains=(domain,),
                    figures={
                        "municipalities": float(at.sum()),
                        "lowest": float(level[at, d].min()),
                        "highest": float(level[at, d].max()),
                    },
                    rule=rule,
                )


def motives(network: Network) -> Iterator[Finding]:
    """Motives that show in what is shared: at stake and unmet more in shared cells than in free cells as a whole."""
    region, free = network.region, free_domains(network)
    shared = shared_cells(network) & free
    unmet = region.want * (1 - alone(region))
    for q, motive in enumerate(MOTIVES):
        everywhere = float(unmet[q][:, free].mean()) if free.any() else 0.0
        if not shared.any() or everywhere <= 0:
            continue
        lift = float(unmet[q][shared].mean()) / everywhere
        if lift >= network.rules.revealed:
            yield Finding(
                kind="motive",
                motive=motive,
                figures={"lift": lift, "cells": float(shared.sum())},
                rule="revealed",
            )
