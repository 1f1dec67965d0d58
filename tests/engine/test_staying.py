"""With equal value today's state stays; a proposal is never below today without a reason that is named."""

import pytest

from regie_opt.engine import Obeying, Options, resolve, solve
from regie_opt.engine.solve import Solution
from regie_opt.engine.staying import towards_today
from regie_opt.schema.partnership import Partnership, Relation
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.rules import End, HostCapacity, Largest, LeastTrust, MostPartnerships, Rule
from regie_opt.schema.scenario import Scenario
from regie_opt.worth import Worth, complete_plan, today_plan
from regie_opt.worth.assessment import assessor

from .brute_force import SAME, Plans
from .test_rules import network, region

TAX = Partnership(name="B", form="bvo", members=("a", "b"), domains=("belastingen",))
ICT = Partnership(name="C", form="centrum", members=("b", "c"), domains=("ict",), host="c", contribution=4_000_000)
TABLE = network("a", "b", "c")


def today(partnerships: dict[str, Partnership], **more: object) -> Scenario:
    return region(
        "abc", ["bvo", "centrum", "netwerk"], ["belastingen", "ict", "economie"], partnerships=partnerships, **more
    )


def worthless(scenario: Scenario) -> Scenario:
    """The same where nothing counts."""
    return scenario.model_copy(
        update={"criteria": {k: c.model_copy(update={"weight": 0.0}) for k, c in scenario.criteria.items()}}
    )


def origins(solution: Solution) -> list[str | None]:
    return [q.origin for q in solution.partnerships]


def test_where_nothing_counts_everything_stays():
    scenario = worthless(today({"tax": TAX, "ict": ICT, "table": TABLE}))
    assert solve(scenario, scenario).partnerships == today_plan(scenario)


def test_where_nothing_counts_all_stays_that_no_rule_ends():
    rules: dict[str, Rule] = {"weg": End(kind="end", partnership="tax")}
    scenario = worthless(today({"tax": TAX, "ict": ICT, "table": TABLE}, rules=rules))
    solution = solve(scenario, scenario)
    assert {q.continues for q in solution.partnerships} == {"ict", "table"}
    assert origins(solution) == ["kept", "kept"]


def test_where_nothing_counts_one_that_a_veto_breaks_ends_and_the_rest_stays():
    veto = (Relation(between=("a", "b"), veto=True),)
    scenario = worthless(today({"tax": TAX, "ict": ICT}, relations=veto))
    solution = solve(scenario, scenario)
    assert [q.continues for q in solution.partnerships] == ["ict"]


def test_hosts_stay_where_reciprocity_weighs_nothing():
    now = Partnership(
        name="W", form="wederzijds", members=("a", "b"), domains=("ict", "afval"), hosts={"ict": "b", "afval": "b"}
    )
    scenario = region("ab", ["wederzijds"], ["ict", "afval"], partnerships={"w": now})
    criteria = {**scenario.criteria, "reciprocity": scenario.criteria["reciprocity"].model_copy(update={"weight": 0.0})}
    scenario = scenario.model_copy(update={"criteria": criteria})
    (plan,) = solve(scenario, scenario).partnerships
    assert (plan.origin, plan.hosts) == ("kept", now.hosts)


def test_hosts_stay_in_what_changes_otherwise_where_reciprocity_weighs_nothing():
    now = Partnership(name="W", form="wederzijds", members=("a", "b"), domains=("ict",), hosts={"ict": "b"})
    scenario = region("ab", ["wederzijds"], ["ict", "afval"], partnerships={"w": now})
    criteria = {**scenario.criteria, "reciprocity": scenario.criteria["reciprocity"].model_copy(update={"weight": 0.0})}
    scenario = scenario.model_copy(update={"criteria": criteria})
    plan = today_plan(scenario)[0].model_copy(
        update={"domains": ("ict", "afval"), "hosts": {"ict": "a", "afval": "a"}, "origin": "changed"}
    )
    (found,) = towards_today(Worth(scenario, scenario), (plan,), lambda: False)
    value = [assessor(Worth(scenario, scenario), (q,)).value for q in (plan, found)]
    assert (found.hosts or {})["ict"] == "b"
    assert value[1] >= value[0] - 1e-9


def test_what_gains_is_not_put_back():
    scenario = today({"tax": TAX})
    solution = solve(scenario, scenario)
    best = Plans(scenario, scenario).best()
    assert best is not None
    assert solution.certificate.value == pytest.approx(best.value, abs=SAME)
    assert solution.certificate.value > solution.today.value + SAME
    assert origins(solution) != ["kept"]


def test_solving_again_from_another_plan_ends_at_the_same_state():
    scenario = today({"tax": TAX, "ict": ICT, "table": TABLE})
    first = solve(scenario, scenario)
    again = resolve(first, nothing := worthless(scenario))
    assert again.partnerships == solve(nothing, nothing).partnerships == today_plan(nothing)


def test_no_other_plan_than_today_where_time_runs_out_below_it():
    scenario = today({"tax": TAX.model_copy(update={"contribution": 9_000_000}), "ict": ICT})
    solution = solve(scenario, scenario, Options(time_limit=0.001))
    assert solution.certificate.value >= solution.today.value - SAME


# Today worth more than the plan

DEAR = {"contribution": 30_000_000}
"""So dear to leave that today is always worth more."""


def beaten(scenario: Scenario) -> Solution:
    solution = solve(scenario, scenario)
    assert solution.certificate.status == "optimal"
    assert solution.today.value > solution.certificate.value + SAME
    return solution


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("veto", {"relations": (Relation(between=("b", "c"), veto=True),)}),
        ("rule", {"rules": {"weg": End(kind="end", partnership="ict")}}),
        ("rule", {"rules": {"ruimte": HostCapacity(kind="host_capacity")}}),
        ("rule", {"rules": {"weinig": MostPartnerships(kind="most_partnerships", number=0)}}),
    ],
)
def test_a_plan_below_today_says_what_today_has_against_it(kind: str, more: dict[str, object]):
    scenario = today({"ict": ICT.model_copy(update=DEAR)}, **more)
    (breach,) = beaten(scenario).certificate.today_breaches
    assert breach.kind == kind
    if kind == "veto":
        assert (breach.partnerships, breach.municipalities) == (("ict",), ("b", "c"))
    else:
        assert breach.rule in scenario.rules


def served_twice() -> Scenario:
    """B has its ICT in two partnerships, both too dear to leave."""
    other = Partnership(name="Z", form="centrum", members=("a", "b"), domains=("ict",), host="a", **DEAR)
    return today({"ict": ICT.model_copy(update=DEAR), "zelf": other})


def test_a_domain_twice_goes_on_as_it_is():
    scenario = served_twice()
    solution = solve(scenario, scenario)
    best = Plans(scenario, scenario).best()
    assert best is not None
    assert solution.certificate.status == "optimal"
    assert solution.certificate.today_breaches == ()
    assert solution.certificate.value == pytest.approx(best.value, abs=SAME)
    assert solution.certificate.value >= solution.today.value - SAME
    assert [q.id for q in solution.partnerships if q.origin == "kept"] == ["ict", "zelf"]


def test_a_domain_twice_is_no_plan_once_one_of_the_two_changes():
    """What is doubled goes on exactly as it is, beside one that still does the work; else it is one too many."""
    scenario = served_twice()
    worth = Worth(scenario, scenario)
    more = {"domains": ("belastingen", "ict"), "hosts": {"belastingen": "a", "ict": "a"}, "origin": None}
    changed = [q.model_copy(update=more) if q.id == "zelf" else q for q in today_plan(scenario)]
    plan = complete_plan(scenario, changed)
    told = {(b.kind, b.partnerships, b.domain) for b in Obeying(worth).breaches(plan)}
    assert ("twice", ("ict", "zelf"), "ict") in told


@pytest.mark.parametrize(
    "rule",
    [Largest(kind="largest", members=2), LeastTrust(kind="least_trust", trust=1.0)],
)
def test_rules_on_new_member_sets_are_nothing_against_today(rule: Rule):
    wide = ICT.model_copy(update={"members": ("a", "b", "c"), **DEAR})
    scenario = today({"ict": wide}, rules={"regel": rule})
    solution = solve(scenario, scenario)
    assert solution.certificate.today_breaches == ()
    assert solution.certificate.value >= solution.today.value - SAME


def test_forms_that_became_stricter_are_nothing_against_today():
    """A form's largest and least trust are about member sets that are new, like the rules."""
    scenario = today({"ict": ICT.model_copy(update={"members": ("a", "b", "c"), **DEAR})})
    strict = scenario.forms["centrum"].model_copy(update={"largest": 2, "least_trust": 1.0})
    scenario = scenario.model_copy(update={"forms": {**scenario.forms, "centrum": strict}})
    solution = solve(scenario, scenario)
    assert solution.certificate.today_breaches == ()
    assert solution.certificate.value >= solution.today.value - SAME


def test_a_plan_that_breaks_nothing_has_no_breaches():
    scenario = today({"tax": TAX, "ict": ICT, "table": TABLE})
    obeying = Obeying(Worth(scenario, scenario))
    assert obeying.breaches(solve(scenario, scenario).partnerships) == ()
    alone = PlannedPartnership(id="x", form="bvo", members=("a", "b"), domains=("ict",))
    twice = obeying.breaches((alone, alone.model_copy(update={"id": "y"})))
    assert {breach.kind for breach in twice} == {"twice"}
