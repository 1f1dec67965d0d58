"""What is today may go on as it is, and another host is a change."""

from pathlib import Path

import pulp
import pytest

from regie_opt.engine import Infeasible, Obeying, export_programme, solve
from regie_opt.engine.network import network_hosts
from regie_opt.schema.partnership import Partnership
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.rules import HostCapacity, Keep, MostChanges, Untouched
from regie_opt.schema.scenario import Scenario
from regie_opt.worth import PlanError, Worth, complete_plan, today_plan

from .brute_force import SAME, Plans
from .test_rules import region

WORK = ("ict", "afval")
FROZEN_CHANGES = {"stap": MostChanges(kind="most_changes", number=0)}


def mutual(codes: str, hosts: str, **more: object) -> Partnership:
    """Mutual services of today, with the host of each domain."""
    return Partnership(
        name="W",
        form="wederzijds",
        members=tuple(codes),
        domains=WORK,
        hosts=dict(zip(WORK, hosts, strict=True)),
        **more,
    )


def swapping(now: Partnership, codes: str = "abc", unwilling: str = "", **more: object) -> Scenario:
    """A region that gains by reciprocity, with one partnership of today."""
    made = region(codes, ["wederzijds"], list(WORK), partnerships={"w": now}, **more)
    criteria = dict(made.criteria)
    criteria["reciprocity"] = criteria["reciprocity"].model_copy(update={"weight": 3.0})
    criteria["burden"] = criteria["burden"].model_copy(update={"weight": 0.1})
    places = {c: m.model_copy(update={"willing_host": c not in unwilling}) for c, m in made.municipalities.items()}
    return made.model_copy(update={"criteria": criteria, "municipalities": places})


def proven(scenario: Scenario) -> tuple:
    """The plan, which must be the best of all plans."""
    solution = solve(scenario, scenario)
    best = Plans(scenario, scenario).best()
    assert best is not None
    assert solution.certificate.status == "optimal"
    assert solution.certificate.value == pytest.approx(best.value, abs=SAME)
    return solution.partnerships


def test_another_host_is_a_change():
    now = mutual("ab", "bb")
    (free,) = proven(swapping(now))
    assert (free.origin, len(set((free.hosts or {}).values()))) == ("changed", 2)
    (held,) = proven(swapping(now, rules=FROZEN_CHANGES))
    assert (held.origin, held.hosts) == ("kept", {"ict": "b", "afval": "b"})


def test_a_plan_that_moves_a_host_breaks_a_rule_on_changes():
    scenario = swapping(mutual("ab", "bb"), rules=FROZEN_CHANGES)
    moved = today_plan(scenario)[0].model_copy(update={"hosts": {"ict": "a", "afval": "b"}, "origin": None})
    whole = complete_plan(scenario, [moved])
    assert [q.origin for q in whole] == ["changed"]
    assert Obeying(Worth(scenario, scenario)).broken(whole) == ("stap",)


def test_a_centre_at_another_host_is_a_new_one_and_the_old_one_ends():
    """Two changes: a host in a plan by hand that says nothing of today is not taken for today's at another place."""
    now = Partnership(name="C", form="centrum", members=("a", "b"), domains=("ict",), host="a")
    scenario = region("ab", ["centrum"], ["ict"], partnerships={"c": now})
    bare = {"form": "centrum", "members": ("a", "b"), "domains": ("ict",)}
    for number, broken in ((1, ("stap",)), (2, ())):
        rules = {"stap": MostChanges(kind="most_changes", number=number)}
        ruled = scenario.model_copy(update={"rules": rules})
        whole = complete_plan(ruled, [PlannedPartnership(hosts={"ict": "b"}, **bare)])
        assert [q.origin for q in whole] == ["new"]
        assert Obeying(Worth(ruled, ruled)).broken(whole) == broken
    assert [q.origin for q in complete_plan(scenario, [PlannedPartnership(hosts={"ict": "a"}, **bare)])] == ["kept"]


def test_a_frozen_partnership_at_another_host_is_refused():
    scenario = swapping(mutual("ab", "bb", frozen=True))
    moved = today_plan(scenario)[0].model_copy(update={"hosts": {"ict": "a", "afval": "b"}})
    with pytest.raises(PlanError, match="cannot be changed"):
        complete_plan(scenario, [moved])


def test_hosts_chosen_once_more_leave_what_goes_on_as_today():
    scenario = swapping(mutual("ab", "bb"))
    plan = today_plan(scenario)
    assert network_hosts(Worth(scenario, scenario), plan)[0] == plan


def test_hosts_chosen_once_more_stay_with_those_that_may():
    """An unwilling host keeps what it hosts today in what is changed, and gets nothing more."""
    scenario = swapping(mutual("ab", "ba"), unwilling="b", codes="abc")
    wider = today_plan(scenario)[0].model_copy(
        update={"members": ("a", "b", "c"), "hosts": {"ict": "a", "afval": "a"}, "origin": "changed"}
    )
    ((found,), _) = network_hosts(Worth(scenario, scenario), (wider,))
    assert (found.hosts or {})["afval"] != "b"


@pytest.mark.parametrize("unwilling", ["a", "b", "ab"])
@pytest.mark.parametrize("rule", [None, Untouched(kind="untouched", partnership="w"), FROZEN_CHANGES["stap"]])
def test_an_unwilling_host_goes_on_with_what_it_hosts(unwilling: str, rule: object):
    scenario = swapping(mutual("ab", "ba"), codes="ab", unwilling=unwilling, rules={"regel": rule} if rule else {})
    solution = solve(scenario, scenario)
    assert solution.certificate.value >= solution.today.value - SAME
    (plan,) = proven(scenario)
    assert plan.hosts == {"ict": "b", "afval": "a"}


def test_an_unwilling_host_takes_on_nothing():
    scenario = swapping(mutual("ab", "bb"), unwilling="a")
    assert {h for q in proven(scenario) for h in (q.hosts or {}).values()} <= {"b", "c"}


@pytest.mark.parametrize("unwilling", ["", "b"])
def test_an_unwilling_host_of_a_centre_goes_on(unwilling: str):
    now = Partnership(name="C", form="centrum", members=("a", "b"), domains=("ict",), host="b", contribution=3_000_000)
    scenario = region("ab", ["centrum"], ["ict"], partnerships={"c": now})
    places = {c: m.model_copy(update={"willing_host": c not in unwilling}) for c, m in scenario.municipalities.items()}
    scenario = scenario.model_copy(update={"municipalities": places})
    assert [q.origin for q in proven(scenario)] == ["kept"]


def test_mutual_services_of_more_members_than_are_listed_go_on_as_they_are():
    rules = {"blijft": Untouched(kind="untouched", partnership="w")}
    scenario = swapping(mutual("abcde", "ab"), codes="abcde", unwilling="a", rules=rules)
    (plan,) = solve(scenario, scenario).partnerships
    assert (plan.origin, plan.hosts) == ("kept", {"ict": "a", "afval": "b"})
    obeying = Obeying(Worth(scenario, scenario))
    assert not list(obeying.impossible(plan))
    moved = plan.model_copy(update={"hosts": {"ict": "b", "afval": "b"}})
    assert [(b.kind, b.municipalities) for b in obeying.impossible(moved)] == [
        ("members", ()),
        ("idle", ("a", "c", "d", "e")),
    ]


def test_what_is_kept_stays_within_the_capacity_of_its_hosts():
    """A capacity that today's hosts pass cannot hold with a rule that leaves today untouched."""
    rules = {"ruimte": HostCapacity(kind="host_capacity"), "zo": Untouched(kind="untouched", partnership="w")}
    with pytest.raises(Infeasible) as caught:
        solve(scenario := swapping(mutual("ab", "bb"), rules=rules), scenario)
    assert set(caught.value.rules) == {"ruimte", "zo"}


def test_a_kept_partnership_may_move_its_hosts():
    scenario = swapping(mutual("ab", "bb"), rules={"blijft": Keep(kind="keep", partnership="w")})
    (plan,) = proven(scenario)
    assert (plan.continues, plan.origin) == ("w", "changed")


@pytest.mark.parametrize("unwilling", ["", "ab"])
@pytest.mark.parametrize("rule", [Untouched(kind="untouched", partnership="w"), FROZEN_CHANGES["stap"]])
def test_the_exported_programme_holds_hosts_to_today(tmp_path: Path, unwilling: str, rule: object):
    scenario = swapping(mutual("ab", "bb"), unwilling=unwilling, rules={"regel": rule})
    summary = export_programme(scenario, scenario, tmp_path / "all.mps")
    _, problem = pulp.LpProblem.fromMPS(str(tmp_path / "all.mps"))
    problem.solve(pulp.HiGHS(msg=False, threads=1))
    value = summary.constant - pulp.value(problem.objective) / summary.scale
    assert value == pytest.approx(solve(scenario, scenario).certificate.value, abs=SAME)
