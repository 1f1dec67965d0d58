"""What a new partnership may carry, whom it may take in and who hosts it: each against every plan of a small region."""

from itertools import combinations

import pytest

from regie_opt.engine import Obeying, Solution, solve
from regie_opt.schema.partnership import Border, Partnership, Relation
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.rules import Contiguity, Largest, Rule, Together
from regie_opt.schema.scenario import Scenario
from regie_opt.worth import Worth, complete_plan

from .brute_force import SAME, Plans
from .test_rules import region

IN_ROW = tuple(Border(between=(a, b)) for a, b in ("ab", "bc", "cd", "de", "ef"))


def trusted(codes: str, trust: float, **other: float) -> tuple[Relation, ...]:
    """Any two trust each other as much, but for some pairs."""
    return tuple(Relation(between=pair, trust=other.get("".join(pair), trust)) for pair in combinations(codes, 2))


def with_form(scenario: Scenario, key: str, **update: object) -> Scenario:
    form = scenario.forms[key].model_copy(update=update)
    return scenario.model_copy(update={"forms": {**scenario.forms, key: form}})


def asked(codes: str, domains: list[str]) -> dict[str, Rule]:
    return {"samen": Together(kind="together", members=tuple(codes), domains=tuple(domains))}


def proven(scenario: Scenario) -> Solution:
    """The best plan, which must be the best of all plans."""
    solution, best = solve(scenario, scenario), Plans(scenario, scenario).best()
    assert best is not None
    assert solution.certificate.status == "optimal"
    assert solution.certificate.value == pytest.approx(best.value, abs=SAME)
    return solution


def told(scenario: Scenario, **plan: object) -> list[tuple[str, tuple[str, ...]]]:
    """What law and the form have against one partnership, and about whom."""
    (q,) = complete_plan(scenario, [PlannedPartnership(**plan)])
    return [(b.kind, b.municipalities) for b in Obeying(Worth(scenario, scenario)).breaches((q,)) if b.kind != "rule"]


# Trust


@pytest.mark.parametrize(("least", "broken"), [(0.39, []), (0.41, [("trust", ("a", "b", "c"))])])
def test_a_form_asks_for_trust_on_the_mean_of_all_pairs(least: float, broken: list):
    """Pairs of 0.5, 0.5 and 0.2: 0.4 on average, and one pair below what is asked."""
    scenario = region("abc", ["bvo"], ["hrm"], relations=trusted("abc", 0.5, ac=0.2), rules=asked("abc", ["hrm"]))
    scenario = with_form(scenario, "bvo", least_trust=least)
    assert told(scenario, form="bvo", members=("a", "b", "c"), domains=("hrm",)) == broken
    assert Plans(scenario, scenario).any() is not bool(broken)
    if not broken:
        assert [q.members for q in proven(scenario).partnerships] == [("a", "b", "c")]


def test_a_form_with_one_host_asks_for_trust_of_each_in_the_host_alone():
    """A and C hardly trust each other; both trust B enough, so B hosts."""
    scenario = region("abc", ["centrum"], ["hrm"], relations=trusted("abc", 0.5, ac=0.1), rules=asked("abc", ["hrm"]))
    places = {c: m.model_copy(update={"host_capacity": None}) for c, m in scenario.municipalities.items()}
    scenario = with_form(scenario.model_copy(update={"municipalities": places}), "centrum", least_trust=0.45)
    plan = {"form": "centrum", "members": ("a", "b", "c"), "domains": ("hrm",)}
    assert told(scenario, **plan, hosts={"hrm": "a"}) == [("trust", ("c",))]
    assert told(scenario, **plan, hosts={"hrm": "c"}) == [("trust", ("a",))]
    assert told(scenario, **plan, hosts={"hrm": "b"}) == []
    (q,) = proven(scenario).partnerships
    assert q.hosts == {"hrm": "b"}


# Hosts


def test_every_member_of_mutual_services_hosts_a_domain():
    work = ["hrm", "archief"]
    scenario = region("ab", ["wederzijds"], work, relations=trusted("ab", 0.9), rules=asked("ab", work))
    plan = {"form": "wederzijds", "members": ("a", "b"), "domains": tuple(work)}
    assert told(scenario, **plan, hosts={"hrm": "a", "archief": "a"}) == [("idle", ("b",))]
    assert told(scenario, **plan, hosts={"hrm": "a", "archief": "b"}) == []
    (q,) = proven(scenario).partnerships
    assert set((q.hosts or {}).values()) == {"a", "b"}


def test_the_host_is_the_one_with_most_staff_where_autonomy_tells_nobody_apart():
    """Its own staff stays where it is: whoever has least of it at the guests pays least for moving."""
    scenario = region("abc", ["dvo"], ["hrm"], relations=trusted("abc", 0.9), rules=asked("abc", ["hrm"]))
    staff = {"a": 3.0, "b": 9.0, "c": 5.0}
    places = {c: m.model_copy(update={"staff": {"hrm": staff[c]}}) for c, m in scenario.municipalities.items()}
    (q,) = proven(scenario.model_copy(update={"municipalities": places})).partnerships
    assert q.hosts == {"hrm": "b"}


# Members


def growing(more: int) -> Scenario:
    """Six in a row: A and B do tax together, and A, B and some more must."""
    now = Partnership(name="B", form="bvo", members=("a", "b"), domains=("belastingen",))
    return region(
        "abcdef",
        ["bvo"],
        ["belastingen"],
        partnerships={"bel": now},
        borders=IN_ROW,
        relations=trusted("abcdef", 0.9),
        rules={
            "klein": Largest(kind="largest", members=2),
            "gebied": Contiguity(kind="contiguity"),
            **asked("abcdef"[: 2 + more], ["belastingen"]),
        },
    )


@pytest.mark.parametrize("more", [1, 3])
def test_what_is_there_grows_beyond_the_largest_by_up_to_three_that_border_on_it(more: int):
    scenario = growing(more)
    (q,) = proven(scenario).partnerships
    assert q.continues == "bel"
    assert 2 + more <= len(q.members) <= 5
    new = [PlannedPartnership(form="bvo", members=q.members, domains=q.domains, continues=None, origin="new")]
    assert Obeying(Worth(scenario, scenario)).broken(complete_plan(scenario, new)) == ("klein",)


def test_what_is_there_does_not_grow_by_four_nor_by_one_that_does_not_border_on_it():
    for scenario in (growing(4), growing(1).model_copy(update={"borders": IN_ROW[:1] + IN_ROW[2:]})):
        assert not Plans(scenario, scenario).any()
        with pytest.raises(Exception, match="no plan obeys"):
            solve(scenario, scenario)


# Domains


def test_a_new_partnership_carries_one_portfolio_and_a_bundle_what_it_likes():
    scenario = region("ab", ["bvo", "wederzijds"], ["belastingen", "hrm", "archief"], relations=trusted("ab", 0.9))
    pair = {"members": ("a", "b")}
    assert told(scenario, form="bvo", **pair, domains=("belastingen", "hrm")) == [("portfolio", ())]
    assert told(scenario, form="bvo", **pair, domains=("hrm",)) == []
    hosts = {"hrm": "a", "archief": "b"}
    assert told(scenario, form="wederzijds", **pair, domains=tuple(hosts), hosts=hosts) == []


def test_what_is_there_keeps_what_it_carries_and_takes_on_the_rest_of_its_portfolio_only():
    work = ["belastingen", "hrm", "ict", "archief"]
    for now, more, broken in [
        (("hrm",), ("ict",), []),
        (("hrm",), ("archief",), [("portfolio", ())]),
        (("hrm", "archief"), (), []),
        (("hrm", "archief"), ("ict",), [("portfolio", ())]),
    ]:
        there = {"nu": Partnership(name="N", form="bvo", members=("a", "b"), domains=now)}
        scenario = region("ab", ["bvo"], work, relations=trusted("ab", 0.9), partnerships=there)
        plan = {"form": "bvo", "members": ("a", "b"), "domains": (*now, *more), "continues": "nu"}
        assert told(scenario, **plan) == broken


def test_an_organisation_that_leaves_out_a_domain_is_told():
    """It may leave tax to others, and nothing else."""
    work = ["belastingen", "hrm", "ict", "archief"]
    scenario = region("ab", ["organisatie"], work, relations=trusted("ab", 0.9))
    scenario = with_form(scenario, "organisatie", least_domains=2, may_leave=("belastingen",))
    plan = {"form": "organisatie", "members": ("a", "b")}
    assert told(scenario, **plan, domains=tuple(work)) == []
    assert told(scenario, **plan, domains=tuple(work[1:])) == []
    assert told(scenario, **plan, domains=tuple(work[:3])) == [("portfolio", ())]
    fewer = with_form(scenario, "organisatie", least_domains=4)
    assert told(fewer, **plan, domains=tuple(work[1:])) == [("portfolio", ())]
    ruled = scenario.model_copy(update={"rules": asked("ab", ["hrm"])})
    (q,) = proven(ruled).partnerships
    assert set(work[1:]) <= set(q.domains)
