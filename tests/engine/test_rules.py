"""Rules and solvers in corners that random scenarios seldom reach; each was once answered wrongly."""

import numpy as np
import pytest

from regie_opt.engine import Infeasible, Options, solve
from regie_opt.schema.municipality import Location, Municipality
from regie_opt.schema.partnership import Partnership, Relation
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.rules import BoardHours, End, HostCapacity, Keep, MostChanges, Together, Untouched
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import RoleHours
from regie_opt.worth.assessment import assessor

from .brute_force import MOST_PLANS, SAME, Plans, TooManyPlans
from .instances import instance, model_pack


def region(codes: str, forms: list[str], domains: list[str], **more: object) -> Scenario:
    """Municipalities side by side, alike but for a little."""
    pack = model_pack()
    places = {
        code: Municipality(
            name=code,
            population=20_000 + 1_500 * i,
            location=Location(lon=6 + i / 50, lat=52),
            staff=dict.fromkeys(domains, 10.0 + i),
            host_capacity=6.0,
        )
        for i, code in enumerate(codes)
    }
    update = {
        "domains": {d: pack.domains[d] for d in domains},
        "forms": {f: pack.forms[f] for f in forms},
        "municipalities": places,
        **more,
    }
    return pack.model_copy(update=update)


def network(*members: str, beside: bool = True) -> Partnership:
    return Partnership(name="overleg", form="netwerk", members=members, domains=("economie",), beside=beside)


@pytest.mark.parametrize("form", ["dvo", "centrum", "wederzijds"])
def test_half_a_host_is_no_host(form: str):
    """The relaxation can let both host a half; no plan can. Once looked for ever farther, or found a forbidden plan."""
    rules = {
        "samen": Together(kind="together", members=("a", "b"), domains=("ict",)),
        "ruimte": HostCapacity(kind="host_capacity"),
    }
    # In mutual services everybody hosts something: two municipalities need two domains.
    domains = ["ict", "afval"] if form == "wederzijds" else ["ict"]
    scenario = region("ab", [form], domains, rules=rules)
    with pytest.raises(Infeasible) as caught:
        solve(scenario, scenario, Options(time_limit=20))
    assert set(caught.value.rules) == {"samen", "ruimte"}


def test_a_table_beside_the_work_that_must_end_ends():
    rules = {"weg": End(kind="end", partnership="tafel")}
    scenario = region("abc", ["netwerk"], ["economie"], partnerships={"tafel": network("a", "b", "c")}, rules=rules)
    weights = {k: c.model_copy(update={"weight": float(k == "knowledge")}) for k, c in scenario.criteria.items()}
    scenario = scenario.model_copy(update={"criteria": weights})
    assert all(q.continues != "tafel" for q in solve(scenario, scenario).partnerships)


def test_a_table_cannot_be_kept_and_ended():
    rules = {
        "weg": End(kind="end", partnership="tafel"),
        "blijft": Keep(kind="keep", partnership="tafel"),
    }
    scenario = region("ab", ["netwerk"], ["economie"], partnerships={"tafel": network("a", "b")}, rules=rules)
    with pytest.raises(Infeasible) as caught:
        solve(scenario, scenario)
    assert caught.value.rules == ("weg", "blijft")


@pytest.mark.parametrize(
    "rule", [Untouched(kind="untouched", partnership="samen"), MostChanges(kind="most_changes", number=0)]
)
def test_a_veto_binds_what_stays_as_it_is(rule: Untouched | MostChanges):
    today = {"samen": Partnership(name="ict", form="bvo", members=("a", "b"), domains=("ict",))}
    veto = (Relation(between=("a", "b"), veto=True),)
    scenario = region("ab", ["bvo"], ["ict"], partnerships=today, relations=veto, rules={"vast": rule})
    with pytest.raises(Infeasible) as caught:
        solve(scenario, scenario)
    assert caught.value.rules == ("vast",)


def test_a_partnership_imposed_by_law_can_be_what_brings_them_together():
    today = {"wet": Partnership(name="ict", form="bvo", members=("a", "b"), domains=("ict",), frozen=True)}
    rules = {"samen": Together(kind="together", members=("a", "b"), domains=("ict",))}
    scenario = region("ab", ["bvo"], ["ict"], partnerships=today, rules=rules)
    assert [q.continues for q in solve(scenario, scenario).partnerships] == ["wet"]


def test_without_priced_hours_and_without_partnerships_there_is_a_plan():
    rules = {"uren": BoardHours(kind="board_hours")}
    scenario = region("ab", ["bvo"], ["ict"], rules=rules)
    assert solve(scenario, scenario).certificate.status == "optimal"


def test_no_gain_to_be_had_is_proven_too():
    scenario = region("ab", ["netwerk"], ["ict"])
    found = solve(scenario, scenario).certificate
    assert (found.status, found.gap, found.value) == ("optimal", 0.0, found.alone)


def test_mutual_services_of_which_nobody_knows_the_domains_are_left_alone():
    today = {"oud": Partnership(name="oud", form="wederzijds", members=("a", "b"), domains=("unknown",))}
    scenario = region("abc", ["wederzijds", "bvo"], ["ict"], partnerships=today)
    assert "oud" in [q.continues for q in solve(scenario, scenario).partnerships]


def test_the_host_of_a_table_has_host_hours():
    pack = model_pack()
    dvo = pack.forms["dvo"].model_copy(update={"host_hours": RoleHours(college=25.0)})
    table = Partnership(name="t", form="dvo", members=("a", "b"), domains=("ict",), host="a", beside=True)
    scenario = region("ab", ["dvo"], ["ict"], partnerships={"t": table})
    scenario = scenario.model_copy(
        update={
            "forms": {"dvo": dvo},
            "rules": {"t": Keep(kind="keep", partnership="t")},
            "municipalities": {
                k: v.model_copy(update={"board_hours": 10.0}) for k, v in scenario.municipalities.items()
            },
        }
    )
    solution = solve(scenario, scenario)
    assert solution.assessment.municipalities[0].overload > solution.assessment.municipalities[1].overload + 10


def test_hosts_chosen_for_the_network_obey_board_hours_and_capacities():
    """Where reciprocity weighs nothing, hosts are free, but for what they cost the hosts."""
    compared = 0
    for seed in range(160):
        scenario = with_free_hosts(seed)
        if scenario is None:
            continue
        plans = Plans(scenario, scenario)
        try:
            best = plans.best(MOST_PLANS // 10)
        except TooManyPlans:
            continue
        if best is None:
            continue
        solution = solve(scenario, scenario, Options(time_limit=20))
        assert solution.certificate.status == "optimal", f"seed {seed}"
        assert solution.certificate.value == pytest.approx(best.value, abs=SAME), f"seed {seed}"
        assert plans.book.broken(solution.partnerships) == [], f"seed {seed}"
        compared += 1
    assert compared >= 20


def test_a_better_plan_than_the_start_is_handed_over_and_not_only_reported():
    """HiGHS 1.16 was given a plan to start from, reported a better optimum, and handed back the start."""
    scenario = with_free_hosts(224)
    assert scenario is not None
    assert solve(scenario, scenario, Options(time_limit=20)).certificate.status == "optimal"


def with_free_hosts(seed: int) -> Scenario | None:
    """A random scenario in which hosting costs the college hours, and both hours and capacities are hard."""
    drawn = instance(np.random.default_rng(seed))
    if "wederzijds" not in drawn.forms:
        return None
    mutual = drawn.forms["wederzijds"].model_copy(update={"host_hours": RoleHours(college=12.3)})
    free = {"reciprocity": 0.0, "overload": 0.0, "burden": 0.02}
    criteria = {k: c.model_copy(update={"weight": free.get(k, c.weight)}) for k, c in drawn.criteria.items()}
    places = {
        code: place.model_copy(
            update={"board_hours": 40.0 + (7 * i + seed) % 30, "host_capacity": None if seed % 2 else 10.0}
        )
        for i, (code, place) in enumerate(drawn.municipalities.items())
    }
    rules = {"uren": BoardHours(kind="board_hours"), "ruimte": HostCapacity(kind="host_capacity")}
    update = {"forms": {**drawn.forms, "wederzijds": mutual}, "criteria": criteria, "municipalities": places}
    return drawn.model_copy(update={**update, "rules": rules})


def test_what_continues_a_partnership_of_today_is_one_partnership():
    """Splitting would be spared the exit twice."""
    today = {"oud": Partnership(name="oud", form="bvo", members=("a", "b"), domains=("ict", "hrm"), contribution=5e6)}
    scenario = region("ab", ["bvo"], ["ict", "hrm"], partnerships=today)
    weights = {"burden": 0.0, "transition": 3.0, "partnerships": 0.0}
    criteria = {k: c.model_copy(update={"weight": weights.get(k, c.weight)}) for k, c in scenario.criteria.items()}
    scenario = scenario.model_copy(update={"criteria": criteria})
    plan: tuple[PlannedPartnership, ...] = solve(scenario, scenario).partnerships
    assert [q.continues for q in plan].count("oud") <= 1
    assert len(assessor(Plans(scenario, scenario).worth, plan).placed.bodies) == len(plan)


def test_what_stays_as_it_is_is_called_kept():
    today = {"oud": Partnership(name="oud", form="bvo", members=("a", "b"), domains=("ict", "unknown"))}
    rules = {"vast": Untouched(kind="untouched", partnership="oud")}
    scenario = region("ab", ["bvo"], ["ict"], partnerships=today, rules=rules)
    assert [q.origin for q in solve(scenario, scenario).partnerships] == ["kept"]


def test_a_partnership_of_which_nobody_knows_the_domains_ends_where_a_rule_says_so():
    today = {"oud": Partnership(name="oud", form="bvo", members=("a", "b"), domains=("unknown",))}
    rules = {"weg": End(kind="end", partnership="oud")}
    scenario = region("ab", ["bvo"], ["ict"], partnerships=today, rules=rules)
    try:
        solution = solve(scenario, scenario)
    except Infeasible:
        return  # saying that it cannot be ended is an answer too
    assert all(q.continues != "oud" for q in solution.partnerships)
