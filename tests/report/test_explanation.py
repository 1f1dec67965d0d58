"""The words of `explain`: every kind of alternative, barrier, motive and situation has them."""

from typing import get_args

from regie_opt.report.words import WORDS
from regie_opt.schema.explanation import Barrier, Kind
from regie_opt.schema.strict import MOTIVES, ROLES


def test_every_kind_of_alternative_and_barrier_has_words():
    assert all(f"exp.kind.{kind}" in WORDS for kind in get_args(Kind))
    kinds = get_args(Barrier.model_fields["kind"].annotation)
    assert kinds
    assert all(f"exp.barrier.{kind}" in WORDS for kind in kinds)


def test_every_motive_has_a_reason_and_every_role_a_column():
    assert all(f"exp.because.{motive}" in WORDS for motive in MOTIVES)
    assert all(f"exp.{role}" in WORDS and f"exp.total.{role}" in WORDS for role in ROLES)


def test_every_verdict_has_words_for_a_loss_a_tie_and_a_better_plan():
    for family in ("exp.runner", "exp.why_not", "exp.ended"):
        assert f"{family}.tied" in WORDS
        assert f"{family}.better" in WORDS
    assert "exp.why_not.loss" in WORDS
    assert "exp.ended.loss" in WORDS
