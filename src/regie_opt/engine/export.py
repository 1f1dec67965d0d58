"""The complete programme as a file, so that any other solver can check the optimum.

Body b opens (y), carries domains (x <= y); mutual services choose a host per domain (h) and what is reciprocated
between two members (r <= service either way). Nothing is left to column generation.
"""

from dataclasses import dataclass
from gzip import compress
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pulp
from scipy import sparse

from regie_opt.engine.candidates import candidates, may_host
from regie_opt.engine.columns import Model
from regie_opt.engine.overload import fixed_part
from regie_opt.loading.writing import write_bytes
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.value import Worth

Terms = list[tuple[Any, float]]


@dataclass(frozen=True)
class ExportSummary:
    """What was written: value = constant - objective / scale."""

    columns: int
    rows: int
    constant: float
    scale: float


def export_programme(scenario: Scenario, base: Scenario, path: Path) -> ExportSummary:
    """Write the complete programme of a scenario as MPS, with sign and constant in its first lines.

    What is called FILE.gz is compressed. Raises OSError.
    """
    worth = Worth(scenario, base)
    model = Model.of(worth, candidates(worth.today))
    problem = Complete(model).problem
    constant = sum(c.contribution for c in fixed_part(worth).criteria if c.key != "overload")
    summary = ExportSummary(problem.numVariables(), problem.numConstraints(), constant, model.scale)
    with TemporaryDirectory() as folder:
        plain = Path(folder, "programme.mps")
        problem.writeMPS(str(plain))
        text = plain.read_text(encoding="ascii")
    header = (
        "* regie-opt complete programme: minimise the objective\n"
        f"* value of the plan = constant - objective / scale\n* constant = {constant!r}\n* scale = {model.scale!r}\n"
    )
    raw = (header + text).encode("ascii")
    write_bytes(path, compress(raw, mtime=0) if path.suffix.lower() == ".gz" else raw)
    return summary


def _sum(terms: Terms) -> pulp.LpAffineExpression:
    """Terms added up; PuLP itself keeps only the last of several terms with the same variable."""
    expression = pulp.LpAffineExpression()
    for variable, coefficient in terms:
        expression.addterm(variable, coefficient)
    return expression


def _entries(matrix: sparse.csr_array, row: int) -> list[tuple[int, float]]:
    begin, end = matrix.indptr[row], matrix.indptr[row + 1]
    return list(zip(matrix.indices[begin:end].tolist(), matrix.data[begin:end].tolist(), strict=True))


class Complete:
    """The complete programme in PuLP."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.problem = pulp.LpProblem("complete", pulp.LpMinimize)
        self.objective: Terms = []
        self.cells: list[Terms] = [[] for _ in range(model.cells)]
        self.side: list[Terms] = [[] for _ in model.rows.side]
        self.counts = model.worth.worth_sharing(model.found.bodies)
        self._tables_and_overload()
        base, per_domain = model.costs
        for b in range(len(model.found.bodies)):
            self._body(b, float(base[b]), per_domain[b])
        self.problem += _sum(self.objective)
        for terms in self.cells:
            if len(terms) > 1:
                self.problem += _sum(terms) <= 1
        for row, terms in zip(model.rows.side, self.side, strict=True):
            if np.isfinite(row.upper):
                self.problem += _sum(terms) <= row.upper
            if np.isfinite(row.lower):
                self.problem += _sum(terms) >= row.lower

    def _binary(self, kind: str, *numbers: int) -> Any:
        return pulp.LpVariable(kind + "_".join(str(n) for n in numbers), cat=pulp.LpBinary)

    def _tables_and_overload(self) -> None:
        model = self.model
        tables = model.tables
        for e, cost in zip(tables.index.tolist(), tables.cost.tolist(), strict=True):
            keep = self._binary("t", e)
            self.objective.append((keep, cost))
            for r, row in enumerate(model.rows.side):
                if e in row.tables:
                    self.side[r].append((keep, row.tables[e]))
        for r, row in enumerate(model.rows.side):
            if row.price is not None:
                over = pulp.LpVariable(f"o{r}", lowBound=0)
                self.objective.append((over, row.price * model.scale))
                self.side[r].append((over, -1.0))
                for limit in np.flatnonzero(model.rows.over):
                    self.side[limit].append((over, float(model.rows.over[limit])))

    def _body(self, b: int, base: float, per_domain: Any) -> None:
        model = self.model
        opened = self._binary("y", b)
        self.objective.append((opened, base))
        carries = {
            int(d): opened if model.found.whole[b] else self._binary("x", b, int(d))
            for d in np.flatnonzero(model.found.allowed[b])
        }
        held = model.found.cells(np.array([b]), np.ones((1, len(per_domain)), dtype=bool))[0]
        for d, carried in carries.items():
            self.objective.append((carried, float(per_domain[d])))
            if carried is not opened:
                self.problem += carried - opened <= 0
            for m in np.flatnonzero(held[:, d]):
                self.cells[m * len(per_domain) + d].append((carried, 1.0))
        if not model.found.whole[b]:
            anchors = [carried for d, carried in carries.items() if model.found.anchor[b, d]]
            self.problem += opened - pulp.lpSum(anchors) <= 0
        self._side_rows(b, opened, carries)
        if model.mutual[b]:
            self._hosts(b, opened, carries)

    def _side_rows(self, b: int, opened: Any, carries: dict[int, Any]) -> None:
        rows = self.model.rows
        once, each = _entries(rows.once, b), _entries(rows.each, b)
        for r, value in once:
            self.side[r].append((opened, value))
        for d, carried in carries.items():
            for r, value in (*each, *_entries(rows.per_domain, b * rows.domains + d)):
                self.side[r].append((carried, value))

    def _hosts(self, b: int, opened: Any, carries: dict[int, Any]) -> None:
        """A host per domain among the members, and what each pair does for each other."""
        model, worth = self.model, self.model.worth
        members = [int(m) for m in np.flatnonzero(model.found.bodies.members[b])]
        may = may_host(model.found, np.array([b]), np.array([members]))[0]
        flows: dict[tuple[int, int], Terms] = {(i, j): [] for i in members for j in members if i != j}
        who: dict[int, dict[int, Any]] = {}
        for d, carried in carries.items():
            hosts = {m: self._binary("h", b, d, m) for m, able in zip(members, may[d], strict=True) if able}
            who[d] = hosts
            self.problem += pulp.lpSum(hosts.values()) - carried == 0
            for i, host in hosts.items():
                load = 0.0
                for j in members:
                    if i != j:
                        flows[i, j].append((host, float(worth.served_need[j, d] * self.counts[b, d])))
                        load += float(worth.region.staff[j, d])
                self._hosting(b, i, host, load)
        self._balance(b, members, flows)
        if not model.found.kept[b]:
            self._nobody_idle(b, opened, carries, who)

    def _nobody_idle(self, b: int, opened: Any, carries: dict[int, Any], who: dict[int, dict[int, Any]]) -> None:
        """Every member hosts a domain, unless members, domains and hosts are all as they are today."""
        today, found = self.model.found.today, self.model.found
        idle: Terms = []
        e = int(found.bodies.continues[b])
        if e != NOBODY and (found.bodies.members[b] == today.bodies.members[e]).all():
            now = {int(d): int(today.hosts[e, d]) for d in np.flatnonzero(today.carried[e])}
            if all(now[d] in who.get(d, {}) for d in now):
                as_today = self._binary("z", b)
                idle.append((as_today, 1.0))
                for d, carried in carries.items():
                    self.problem += as_today <= (who[d][now[d]] if d in now else 1 - carried)
        for m in np.flatnonzero(found.bodies.members[b]).tolist():
            hosting = [(hosts[m], 1.0) for hosts in who.values() if m in hosts]
            self.problem += _sum([*hosting, *idle, (opened, -1.0)]) >= 0

    def _hosting(self, b: int, host: int, variable: Any, load: float) -> None:
        for r, row in enumerate(self.model.rows.side):
            if row.subject == host and row.kind == "capacity":
                self.side[r].append((variable, load))
            elif row.subject == host and row.kind == "board_hours" and self.model.host_hours[b]:
                self.side[r].append((variable, float(self.model.host_hours[b])))

    def _balance(self, b: int, members: list[int], flows: dict[tuple[int, int], Terms]) -> None:
        """Reward min(w_ij, w_ji) - imbalance |w_ij - w_ji| = (1 + 2 imbalance) min - imbalance (w_ij + w_ji)."""
        model = self.model
        price = model.worth.coefficients["reciprocity"] * model.scale
        imbalance = self.model.worth.scenario.money.imbalance
        limits = np.flatnonzero(model.rows.gain)
        for i, j in combinations(members, 2):
            both = pulp.LpVariable(f"r{b}_{i}_{j}", lowBound=0)
            self.objective.append((both, -price * (1 + 2 * imbalance)))
            for way in ((i, j), (j, i)):
                self.objective += [(host, price * imbalance * need) for host, need in flows[way]]
                self.problem += _sum([(both, 1.0), *((h, -n) for h, n in flows[way])]) <= 0
            for limit in limits:
                gain = float(model.rows.gain[limit])
                self.side[limit].append((both, gain * (1 + 2 * imbalance)))
                self.side[limit] += [(h, -gain * imbalance * n) for way in ((i, j), (j, i)) for h, n in flows[way]]
