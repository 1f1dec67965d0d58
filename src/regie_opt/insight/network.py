"""The network as a whole: how alike partner sets are, who is central, which communities there are, who serves whom."""

from collections.abc import Iterator

import networkx as nx
import numpy as np

from regie_opt.insight.today import Network
from regie_opt.schema.overview import Finding
from regie_opt.worth.assessment import congruence
from regie_opt.worth.region import Floats, Ints

MOST_CENTRAL = 3
"""Municipalities named as central."""


def congruences(network: Network) -> Floats:
    """Mean pairwise Jaccard similarity of each municipality's partner sets (m,); nan with fewer than two."""
    return np.array(congruence(network.members), dtype=float)


def partners(network: Network) -> Ints:
    """Distinct partners of each municipality in the region (m,)."""
    count: Ints = (network.together > 0).sum(axis=1)
    return count


def centralities(network: Network) -> Floats:
    """Eigenvector centrality in the co-membership network (m,), 1 for the most central: tied to those well tied."""
    ties = network.together
    if not ties.any():
        return np.zeros(len(ties))
    _, vectors = np.linalg.eigh(ties)
    leading = np.abs(vectors[:, -1])
    scaled: Floats = leading / leading.max()
    return np.round(scaled, 9)


def communities(network: Network) -> list[list[int]]:
    """Groups tied more to each other than chance would have it (Louvain, fixed seed), the largest first."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network.together)))
    rows, columns = np.nonzero(np.triu(network.together))
    graph.add_weighted_edges_from(
        (int(i), int(j), float(network.together[i, j])) for i, j in zip(rows, columns, strict=True)
    )
    found = nx.community.louvain_communities(graph, weight="weight", seed=0)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def patterns(network: Network) -> Iterator[Finding]:
    """Congruence, the most central, communities and services as findings."""
    codes, rules = network.region.codes, network.rules
    alike = congruences(network)
    if np.isfinite(alike).any():
        low, middle, high = rules.congruence
        figures = {"mean": float(np.nanmean(alike)), "low": low, "median": middle, "high": high}
        yield Finding(kind="congruence", figures=figures, rule="congruence")
    central, tied = centralities(network), partners(network)
    for m in sorted(range(len(codes)), key=lambda m: (-central[m], m))[:MOST_CENTRAL]:
        if central[m] > 0:
            figures = {"centrality": float(central[m]), "partners": float(tied[m])}
            yield Finding(kind="central", municipalities=(codes[m],), figures=figures)
    groups = [group for group in communities(network) if len(group) > 1]
    for group in groups if len(groups) > 1 else []:
        ties = network.together[group]
        inside = float(ties[:, group].sum() / ties.sum()) if ties.any() else 0.0
        yield Finding(
            kind="community",
            municipalities=tuple(codes[m] for m in group),
            figures={"municipalities": float(len(group)), "inside": inside},
        )
    yield from services(network)


def services(network: Network) -> Iterator[Finding]:
    """Municipalities that do work for others, or have it done, out of balance; full-time equivalents."""
    flows = network.assessor.flows
    given, received = flows.sum(axis=1), flows.sum(axis=0)
    for m in sorted(range(len(given)), key=lambda m: (-abs(given[m] - received[m]), m)):
        if abs(given[m] - received[m]) >= network.rules.unbalanced:
            yield Finding(
                kind="service",
                municipalities=(network.region.codes[m],),
                figures={"given": float(given[m]), "received": float(received[m])},
                rule="unbalanced",
            )
