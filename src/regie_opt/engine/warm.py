"""What one solve leaves for the next: columns, cuts and a plan, to start from when only weights have changed.

Costs are computed anew and everything is priced again, so nothing old is taken on trust: a warm start saves time and
cannot change what is proven.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import highspy
import numpy as np

from regie_opt.engine.again import Again, Kept
from regie_opt.engine.candidates import Candidates
from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.ground import Ground
from regie_opt.engine.overload import has_overload
from regie_opt.engine.pricing import Duals
from regie_opt.engine.programme import Choice
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.row_cuts import RowCuts, unit_rows
from regie_opt.engine.rows import Rows
from regie_opt.engine.side_row import SideRow
from regie_opt.schema.rules import Limit, Rule
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.region import Ints
from regie_opt.worth.value import Worth

WEIGHTS = ("criteria", "variant", "name", "description")
"""Sections of a scenario that leave candidates and rows as they are."""


@dataclass(frozen=True, eq=False)
class Memory:
    """A finished solve, as far as the next one can use it."""

    scenario: Scenario
    base: Scenario
    model: Model
    relaxed: Relaxed
    choice: Choice
    held: tuple[Cuts, RowCuts] | None = None
    """Cuts within and across domains that held the bound of the proof up."""
    ground: Ground | None = None
    """All candidates, where the model is over all of them."""

    def unlike(self, scenario: Scenario) -> str | None:
        """Why a scenario cannot start from this one."""
        return unlike(self.scenario, scenario)

    def again(self, scenario: Scenario) -> Again:
        """What a scenario of which only weights differ can start from."""
        worth = Worth(scenario, self.base)
        only_criteria = self.scenario.domains == scenario.domains
        # Overload that makes no difference has no rows.
        if only_criteria and has_overload(worth) == has_overload(self.model.worth):
            kept = self.kept
            return Again(kept.ground.weighed(scenario), kept)
        ground = Ground.of(worth)
        return Again(ground.weighed(scenario), self._over(ground, mutual=only_criteria))

    @cached_property
    def kept(self) -> Kept:
        """What is kept over all candidates: made when it is first asked for."""
        if self.ground is None:
            return self._over(Ground.of(self.model.worth), mutual=True)
        return Kept(
            self.ground,
            self.relaxed.pool,
            self.relaxed.corner.basis,
            self.relaxed.corner.cuts,
            self.relaxed.duals.times(1 / self.model.scale),
            self.choice.columns.take(self.choice.chosen),
            self.choice.kept,
            self.held,
        )

    def _over(self, ground: Ground, *, mutual: bool) -> Kept:
        """What is kept over the candidates and rows of a ground; mutual services only where wanted.

        Which of their hosts are best changes with the weights of domains.
        """
        corner, pool = self.relaxed.corner, self.relaxed.pool
        plan = self.choice.columns.take(self.choice.chosen)
        row = _positions(self.model.rows, ground.model.rows)
        some = not mutual and bool(self.model.mutual[pool.body].any())
        return Kept(
            ground,
            self._moved(pool, ground.model, mutual=mutual),
            None if some else _moved_basis(corner.basis, row, self.model.cells, len(ground.model.rows.side)),
            corner.cuts,
            _moved_prices(self.relaxed.duals.times(1 / self.model.scale), row, len(ground.model.rows.side)),
            self._moved(plan, ground.model, mutual=mutual),
            self.choice.kept,
            self._moved_cuts(ground.model),
        )

    def _moved(self, columns: Bundles, model: Model, *, mutual: bool) -> Bundles:
        """The same columns over other candidates, all of which are among them."""
        if not mutual:
            columns = columns.take(~self.model.mutual[columns.body])
        body = _position(self.model.found.take(columns.body), model.found)
        return model.bundles(body, columns.carried, columns.hosts, columns.gain)

    def _moved_cuts(self, model: Model) -> tuple[Cuts, RowCuts] | None:
        """The cuts of the proof, with the numbers that their rows have in another model."""
        if self.held is None:
            return None
        cuts, row_cuts = self.held
        names, others = ([_name(m.rows.side[r]) for r in unit_rows(m)] for m in (self.model, model))
        at = [others.index(name) for name in names]
        position = np.concatenate([np.arange(model.cells), model.cells + np.array(at, dtype=np.int64)])
        return cuts, RowCuts(position[row_cuts.rows], row_cuts.shares)


def unlike(before: Scenario, after: Scenario) -> str | None:
    """The first section in which more differs than weights (of criteria or domains) and how far limits go, or None."""
    for section in type(before).model_fields:
        one, other = getattr(before, section), getattr(after, section)
        if section in WEIGHTS or one == other:
            continue
        if section == "rules" and list(one) == list(other):
            one, other = ({name: _anywhere(rule) for name, rule in rules.items()} for rules in (one, other))
        if section == "domains" and list(one) == list(other):
            one = {key: domain.model_copy(update={"weight": 1.0}) for key, domain in one.items()}
            other = {key: domain.model_copy(update={"weight": 1.0}) for key, domain in other.items()}
        if one != other:
            return section
    return None


def _anywhere(rule: Rule) -> Rule:
    """A rule without how far it goes, where it is a limit on a criterion: its row is the same at any bound."""
    if not isinstance(rule, Limit):
        return rule
    at = {side: 0.0 for side in ("at_most", "at_least") if getattr(rule, side) is not None}
    return rule.model_copy(update=at)


def _name(row: SideRow) -> tuple[object, ...]:
    """What tells a side row from every other."""
    return row.kind, row.subject, row.rules


def _positions(some: Rows, among: Rows) -> Ints | None:
    """Index of side rows among others; None where one is not there."""
    others = {_name(row): r for r, row in enumerate(among.side)}
    at = [others.get(_name(row), -1) for row in some.side]
    return None if -1 in at else np.array(at, dtype=np.int64)


def _moved_prices(duals: Duals, row: Ints | None, count: int) -> Duals | None:
    """Prices of other side rows, of which those that are new cost nothing; None where that is not possible."""
    if row is None:
        return None
    side = np.zeros(count)
    side[row] = duals.side
    return replace(duals, side=side)


def _moved_basis(basis: Any, row: Ints | None, cells: int, count: int) -> Any:
    """A basis over other side rows, in which those that are new bind nothing; None where that is not possible."""
    if row is None or basis is None or not basis.valid:
        return None
    before = list(basis.row_status)
    side = [highspy.HighsBasisStatus.kBasic] * count
    for r, at in enumerate(row.tolist()):
        side[at] = before[cells + r]
    moved = highspy.HighsBasis()
    moved.col_status = basis.col_status
    moved.row_status = [*before[:cells], *side, *before[cells + len(row) :]]
    moved.valid = True
    return moved


def _position(some: Candidates, among: Candidates) -> Ints:
    """Index of bodies among others, which all of them are (b,)."""
    names, others = _names(some), _names(among)
    order = np.argsort(others, kind="stable")
    at: Ints = order[np.searchsorted(others, names, sorter=order)]
    return at


def _names(found: Candidates) -> np.ndarray:
    """All that tells each body from every other as one string of bytes (b,)."""
    bodies = found.bodies
    kept = found.kept.astype(np.int64)
    kept[found.doubled] = 2
    numbers = np.stack([bodies.form, bodies.host + 1, bodies.continues + 1, kept, found.scope], axis=1).astype(np.int32)
    rows = np.hstack([np.packbits(bodies.members, axis=1), numbers.view(np.uint8).reshape(len(bodies), 20)])
    return np.ascontiguousarray(rows).view(f"S{rows.shape[1]}").ravel()
