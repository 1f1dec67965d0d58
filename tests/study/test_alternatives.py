"""The document of `alternatives`: kept, the same every time, and what it says of plans that do not obey."""

from pathlib import Path

import pytest

from regie_opt.engine import Asked, Options
from regie_opt.loading import load
from regie_opt.schema.alternatives import Alternatives
from regie_opt.study import Store, Study
from regie_opt.study.alternatives import FindAlternatives
from regie_opt.study.likeness import groups
from regie_opt.worth import assess

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"


def find(within: float, count: int = 4, listed: int = 0, sets: tuple[str, ...] = ()) -> FindAlternatives:
    loaded = load(LEERSTAD, sets=sets)
    return FindAlternatives(loaded.scenario, loaded.base, Asked(within, count, listed), Options())


def found(within: float, count: int = 4, listed: int = 0) -> Alternatives:
    return find(within, count, listed).run()


def test_within_five_per_cent_of_the_gain_leerstad_has_one_other_plan():
    result = found(0.05, listed=10)
    best, other = result.plans
    assert result.all_plans
    assert result.all_listed
    assert [plan.value for plan in result.listed] == [best.value, other.value]
    assert 0 < other.loss <= 0.05
    assert other.loss == pytest.approx((best.value - other.value) / (result.value - result.alone))
    assert result.distances == ((0, other.differs), (other.differs, 0))
    assert sum(other.by_municipality.values()) + len(other.tables) == other.differs


def test_plans_are_worth_what_the_assessment_says():
    loaded = load(LEERSTAD)
    for plan in found(0.3).plans:
        judged = assess(loaded.scenario, loaded.base, plan.partnerships)
        assert judged.value == pytest.approx(plan.value, abs=1e-9)
        assert judged.criteria == plan.criteria


def test_every_plan_makes_every_safe_move():
    result = found(0.15, count=12)
    assert len(result.plans) == 9
    assert result.all_plans
    assert any(move.proven for move in result.common)
    for move in result.common:
        for plan in result.plans:
            cells = groups(plan.partnerships)
            if move.kind == "alone":
                assert not any((m, d) in cells for m in move.members for d in move.domains)
            elif move.kind == "group":
                assert {(cells[m, d].form, cells[m, d].members) for m in move.members for d in move.domains} == {
                    (move.form, tuple(sorted(move.members)))
                }
            elif move.kind == "together":
                assert all(set(move.members) <= set(cells[m, d].members) for m in move.members for d in move.domains)
            else:
                there = any(q.continues == move.partnership and q.beside for q in plan.partnerships)
                assert there == (move.kind == "table_kept")


def test_a_wider_reach_leaves_fewer_safe_moves():
    def moves(result: Alternatives) -> set[tuple[str, str]]:
        return {
            (c.kind, c.form, m, d) for c in result.common if c.kind == "alone" for m in c.members for d in c.domains
        }

    near, far = found(0.05), found(1.0)
    assert far.complete
    assert moves(far) < moves(near)


def test_what_was_found_is_kept_and_the_same_every_time(tmp_path: Path):
    task = find(0.05)
    with Study(store=Store(tmp_path)) as study:
        (first,) = study.results([task])
    assert Store(tmp_path).get(task.key, Alternatives) == first
    assert find(0.05).run().model_dump_json() == first.model_dump_json()
    assert find(0.06).key != task.key


def test_rules_that_cannot_all_hold_are_named():
    rule = "rules.x={kind: together, members: [A, B, C, D, E], domains: [ict]}"
    codes = list(load(LEERSTAD).scenario.municipalities)
    rule = rule.replace("A, B, C, D, E", ", ".join(codes))
    result = find(0.05, sets=(rule,)).run()
    assert result.status == "infeasible"
    assert "x" in result.conflict
