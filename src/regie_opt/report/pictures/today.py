"""The pictures of today's network by name, from arrays that insight made."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from regie_opt.insight.network import communities
from regie_opt.insight.order import seriation
from regie_opt.insight.today import Network
from regie_opt.report.naming import Naming
from regie_opt.report.pictures.blocks import blocks
from regie_opt.report.pictures.calendar import calendar
from regie_opt.report.pictures.domains import domain_maps
from regie_opt.report.pictures.map import LABELLED, Ground, group_name, ties_map
from regie_opt.report.pictures.matrix import Cells, matrix
from regie_opt.worth.burden import by_month

ROWS = 150
"""Partnerships that a matrix can name."""


def pictures(now: Network, naming: Naming, polygons: Mapping[str, BaseGeometry]) -> dict[str, dict[str, Any]]:
    """Specifications of the matrix, the calendar and, where places are known, the maps."""
    keys, codes = now.keys, now.region.codes
    columns = [codes[m] for m in seriation(now.members.T)]
    rows = [keys[p] for p in seriation(now.members)]
    burden = now.scenario.burden
    hours = now.hours.sum(axis=0)
    busiest = sorted(range(len(codes)), key=lambda m: (-hours[m].sum(), m))
    found = {
        "calendar": calendar(
            naming, by_month(burden, hours.sum(axis=0)), {codes[m]: by_month(burden, hours[m]) for m in busiest}
        )
    }
    group = {codes[m]: i for i, members in enumerate(communities(now), start=1) for m in members}
    if keys and len(rows) <= ROWS and len(columns) <= LABELLED:
        found["matrix"] = matrix(naming, rows, columns)
    elif keys:
        found["matrix"] = _blocks(now, naming, columns, group)
    ground = Ground(naming, polygons)
    if len(ground.codes) > 1:
        found["map"] = ties_map(ground, group, _ties(now, set(ground.codes)))
        if polygons and len(ground.codes) <= LABELLED:
            found["domains"] = domain_maps(ground)
    return found


def _blocks(now: Network, naming: Naming, columns: list[str], group: Mapping[str, int]) -> dict[str, Any]:
    """The matrix of many: groups from left to right, partnerships by where their members stand on average."""
    numbers = dict.fromkeys(group[code] for code in columns)
    grouped = [(group_name(naming, group, n), [code for code in columns if group[code] == n]) for n in numbers]
    place = {code: i for i, code in enumerate(code for _, codes in grouped for code in codes)}
    rank = np.array([place[code] for code in now.region.codes])
    size = now.members.sum(axis=1)
    middle = (now.members * rank).sum(axis=1) / np.maximum(size, 1)
    rows = [now.keys[p] for p in sorted(range(len(now.keys)), key=lambda p: (middle[p], size[p], p))]
    return blocks(naming, Cells.of(naming, rows, list(place)), grouped)


def _ties(now: Network, known: set[str]) -> list[tuple[str, str, int]]:
    """Pairs with the number of partnerships that they share, without those of over half of the region."""
    some = now.members[2 * now.members.sum(axis=1) <= now.members.shape[1]].astype(np.int64)
    shared = np.triu(some.T @ some, k=1)
    codes = now.region.codes
    return [
        (codes[i], codes[j], int(shared[i, j])) for i, j in np.argwhere(shared > 0) if {codes[i], codes[j]} <= known
    ]
