"""What `explain` says of Leerstad, worked out in docs/leerstad.md, and of tiny regions against every plan."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from engine.brute_force import MOST_PLANS, SAME, Plans, TooManyPlans
from engine.instances import instance

from regie_opt import engine
from regie_opt.insight.cells import Cells
from regie_opt.insight.explain import Explainer, Wishes
from regie_opt.insight.gains import Situations
from regie_opt.insight.moves import Moves
from regie_opt.loading import load
from regie_opt.schema.explanation import Explanation, Question
from regie_opt.schema.plan import PlannedPartnership, ScenarioStamp
from regie_opt.schema.rules import Keep, Together, Without
from regie_opt.schema.scenario import Scenario
from regie_opt.study import Store, Study
from regie_opt.worth import assess, today_plan

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"
STAMP = ScenarioStamp(name="", variant=None, sha256="", model="nl")
TRUSTING = "forms.centrum.least_trust=0.1"
"""With it Rietdam could join the centre arrangement, but for its veto."""
FEW = MOST_PLANS // 30
QUICK = Wishes(2, 0.0)


@cache
def leerstad(*sets: str) -> tuple[Scenario, Scenario, tuple[PlannedPartnership, ...]]:
    loaded = load(LEERSTAD, sets=sets)
    return loaded.scenario, loaded.base, engine.solve(loaded.scenario, loaded.base).partnerships


def situations() -> Situations:
    return Situations(*leerstad())


def answer(tmp_path: Path, question: Question, *sets: str, wishes: Wishes = QUICK) -> Explanation:
    scenario, base, _ = leerstad(*sets)
    with Study(store=Store(tmp_path)) as study:
        return Explainer(scenario, base, study, engine.Options(), wishes).explain(question, STAMP)


def named(plan: tuple[PlannedPartnership, ...], key: str) -> PlannedPartnership:
    return next(q for q in plan if q.id == key)


def about(key: str, *sets: str) -> Question:
    q = named(leerstad(*sets)[2], key)
    return Question(about="partnership", partnership=q, domains=q.domains)


# Gains, by hand


def test_the_centre_arrangement_brings_what_the_walk_through_leerstad_works_out():
    gains = situations().gains(named(leerstad()[2], "n1"))
    by_hand = {
        "burden": -0.0766,
        "vulnerability": 0.0126,
        "quality": 0.0082,
        "cost": 0.2381,
        "knowledge": 0.0113,
        "transition": -0.0813,
        "autonomy": -0.0405,
    }
    found = {c.key: c.contribution for c in gains.alone.criteria}
    assert {key: found[key] for key in by_hand} == pytest.approx(by_hand, abs=6e-5)
    assert gains.alone.value == pytest.approx(0.0718, abs=6e-5)
    amounts = {c.key: c.amount for c in gains.alone.criteria}
    assert amounts["burden"] == pytest.approx(638.7, abs=0.1)
    assert amounts["transition"] == pytest.approx(32_000 + 8_640)


def test_the_waste_body_is_worth_less_than_alone_and_kept_for_what_leaving_costs():
    gains = situations().gains(named(leerstad()[2], "afvalschap"))
    assert gains.alone.value == pytest.approx(3.1 - 0.0169, abs=1e-4)
    assert gains.today.value == pytest.approx(0.0, abs=1e-9)
    assert gains.replaces == ("afvalschap",)


def test_against_today_leaves_out_what_the_ict_service_brings_already():
    seen = situations()
    gains = seen.gains(named(leerstad()[2], "ict-dienst"))
    service = seen.gains_of_today("ict-dienst")
    assert gains.replaces == ("ict-dienst",)
    assert gains.today.value == pytest.approx(gains.alone.value - service.alone.value)
    transition = {c.key: c.amount for c in gains.today.criteria}["transition"]
    assert transition == pytest.approx(4_880)  # Noordwolde joins


def test_what_members_pay_is_the_transition_of_the_plan():
    for seed in range(5000, 5020):
        scenario = instance(np.random.default_rng(seed))
        try:
            plan = engine.solve(scenario, scenario).partnerships
        except engine.Infeasible:
            continue
        seen = Situations(scenario, scenario, plan)
        paid = seen.leaving.sum() + sum(seen.setup(q).sum() for q in plan if q.origin != "frozen")
        assert paid == pytest.approx(seen.proposed.amounts["transition"], abs=1e-3), f"seed {seed}"


def test_a_member_pays_hours_and_gets_motives_as_worked_out_by_hand():
    share = next(s for s in situations().members(named(leerstad()[2], "n1")) if s.code == "veenkerk")
    assert share.hours.college == pytest.approx(10.59, abs=0.01)
    assert share.hours.council == pytest.approx(8.32, abs=0.01)
    assert share.hours.officials == pytest.approx(63.51, abs=0.01)
    # Its part of the set-up, and 2.8 fte that move at 800 euro a year.
    assert (share.setup, share.leaving) == (pytest.approx(8_000 + 2_240), 0)


def test_noordwolde_in_taxes_goes_from_hardly_a_person_per_function_to_eight():
    (cell,) = Cells(situations()).of(["noordwolde"], ["belastingen"])
    levels = {level.motive: level for level in cell.levels}
    people = levels["vulnerability"]
    assert (people.alone, people.proposed) == (pytest.approx(0.6193, abs=1e-4), pytest.approx(0.8848, abs=1e-4))
    assert (people.figure_alone, people.figure_proposed) == (pytest.approx(1.8 / 3), pytest.approx(25.6 / 3))
    assert levels["quality"].proposed == pytest.approx(0.7854, abs=1e-4)
    assert levels["knowledge"].figure_proposed == pytest.approx(0.9340 + 0.7995 + 0.8146, abs=1e-3)
    assert (cell.with_today, cell.with_proposed) == ((), "n1")


# The runner-up


def test_the_runner_up_is_the_best_of_all_plans_without_the_partnership(tmp_path: Path):
    compared = 0
    for seed in range(5000, 5025):
        scenario = instance(np.random.default_rng(seed))
        plans = Plans(scenario, scenario)
        try:
            best = plans.best(FEW)
        except TooManyPlans:
            continue
        if best is None:
            continue
        plan = engine.solve(scenario, scenario).partnerships
        work = [
            q for q in plan if q.origin in ("new", "kept", "changed") and not q.beside and "unknown" not in q.domains
        ]
        if not work:
            continue
        q = work[0]
        rule = Without(kind="without", members=q.members, form=q.form, domains=q.domains)
        second = plans.under({**scenario.rules, "zonder": rule}).most()
        with Study(store=Store(tmp_path)) as study:
            explainer = Explainer(scenario, scenario, study, engine.Options(), Wishes(0, 0.0))
            first = explainer.explain(
                Question(about="partnership", partnership=q, domains=q.domains), STAMP
            ).alternatives[0]
        if second is None:
            assert first.solved is None, f"seed {seed}"
            assert first.conflict is not None, f"seed {seed}"
            continue
        assert first.solved is not None, f"seed {seed}"
        assert first.solved.loss == pytest.approx(best.value - second, abs=2 * SAME), f"seed {seed}"
        assert first.solved.proven
        assert sum(c.contribution for c in first.solved.criteria) == pytest.approx(-first.solved.loss, abs=1e-9)
        compared += 1
    assert compared >= 6


def test_local_alternatives_obey_the_rules_and_lose_no_less_than_the_best_plan_of_their_kind():
    scenario, base, plan = leerstad(TRUSTING)
    seen = Situations(scenario, base, plan)
    found = Moves(seen, named(plan, "n1")).all()
    assert {one.kind for one in found} == {"form", "less", "swap"}
    assert all(not {"rietdam", "oosterhei"} <= set(one.members) for one in found)  # the veto
    assert all(len(one.members) <= 4 for one in found)  # the rule `klein`
    for one in found:
        assert one.local is not None
        rule = Together(kind="together", members=one.members, domains=one.domains)
        forced = scenario.model_copy(update={"rules": {**scenario.rules, "samen": rule}})
        best = engine.solve(forced, base).certificate.value
        assert one.local.value <= best + 1e-9


def test_a_local_alternative_is_the_plan_with_one_thing_changed():
    scenario, base, plan = leerstad(TRUSTING)
    found = Moves(Situations(scenario, base, plan), named(plan, "n1")).all()
    swap = next(one for one in found if one.kind == "swap")
    assert (swap.kind, swap.joins, swap.leaves) == ("swap", "rietdam", "oosterhei")
    q = named(plan, "n1")
    other = q.model_copy(update={"members": ("noordwolde", "veenkerk", "rietdam", "leerstad")})
    by_hand = assess(scenario, base, [*(p for p in plan if p.id != "n1"), other])
    assert swap.local is not None
    assert swap.local.value == pytest.approx(by_hand.value)


def test_the_other_form_is_solved_even_where_other_members_lose_less(tmp_path: Path):
    found = answer(tmp_path, about("n1"))
    assert any(one.kind == "form" and one.solved is not None for one in found.alternatives)


# Why not


def test_why_not_with_a_veto_names_it_and_the_rule_behind_it(tmp_path: Path):
    _, _, plan = leerstad(TRUSTING)
    q = named(plan, "n1")
    question = Question(about="why_not", partnership=q, municipality="rietdam", domains=q.domains)
    found = answer(tmp_path, question, TRUSTING, wishes=Wishes(1, 0.5))
    first = found.alternatives[0]
    assert (first.kind, first.conflict, first.solved) == ("join", (), None)
    assert [set(b.between) for b in found.barriers if b.kind == "veto"] == [{"rietdam", "oosterhei"}]
    assert found.turning is not None
    veto, both = found.turning.rules
    assert (veto.rules, veto.possible) == ((), False)
    assert (both.rules, both.possible) == (("klein",), True)


def test_why_not_without_a_veto_says_what_the_region_and_each_municipality_lose(tmp_path: Path):
    sets = ("relations=[]", "rules.klein.members=5", "criteria.quality.weight=0.15")
    q = named(leerstad(*sets)[2], "ict-dienst")
    question = Question(about="why_not", partnership=q, municipality="rietdam", domains=q.domains)
    first = answer(tmp_path, question, *sets).alternatives[0]
    assert first.solved is not None
    assert first.solved.loss > 0
    assert set(first.members) == {*q.members, "rietdam"}
    change = next(c for c in first.changes if c.code == "rietdam")
    assert change.hours["officials"] > 0
    assert change.motives["quality"] > 0


def test_a_partnership_of_today_that_ends_loses_by_going_on(tmp_path: Path):
    scenario, base, _ = leerstad()
    q = next(q for q in today_plan(scenario) if q.id == "klantentafel")
    found = answer(tmp_path, Question(about="ended", partnership=q, domains=q.domains))
    rules = {**scenario.rules, "blijft": Keep(kind="keep", partnership="klantentafel")}
    kept = scenario.model_copy(update={"rules": rules})
    loss = engine.solve(scenario, base).certificate.value - engine.solve(kept, base).certificate.value
    assert found.alternatives[0].solved is not None
    assert found.alternatives[0].solved.loss == pytest.approx(loss, abs=SAME)
    assert [p.continues for p in found.alternatives[0].instead] == ["klantentafel"]


# Municipality and cell


def test_a_municipality_is_told_all_it_is_in_and_what_alone_would_cost(tmp_path: Path):
    found = answer(tmp_path, Question(about="municipality", municipality="noordwolde"))
    assert found.municipality is not None
    assert {q.id for q, _ in found.municipality.partnerships} == {"n1", "ict-dienst", "afvalschap"}
    hours = found.municipality.proposed.hours.college
    assert hours == pytest.approx(sum(share.hours.college for _, share in found.municipality.partnerships))
    assert any(one.kind == "alone" and not one.domains for one in found.alternatives)
    losses = [one.solved.loss for one in found.alternatives if one.solved]
    assert losses == sorted(losses)


def test_a_cell_that_is_alone_is_told_with_whom_it_could_be(tmp_path: Path):
    found = answer(tmp_path, Question(about="cell", municipality="leerstad", domains=("afval",)))
    (one,) = found.alternatives
    assert (one.kind, len(one.instead)) == ("any", 1)
    assert "leerstad" in one.instead[0].members
    assert one.solved is not None
    assert one.solved.loss > 0
