import numpy as np
import pytest
from traps.regions import REAL, changed, region

from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.worth import today_plan
from regie_opt.worth.assessment import assessor
from regie_opt.worth.bodies import NOBODY, Bodies
from regie_opt.worth.value import Worth, references

from .small import TREE, assessed, plan, small, today


def test_references_grow_with_the_number_of_municipalities():
    found = Worth(small(), small()).references
    # 100,000 euro for each of three.
    assert found["transition"] == found["cost"] == 300000
    # The same in hours of officials at 60 euro; an hour of the college weighs two of those.
    assert found["burden"] == 5000
    assert found["overload"] == 2500
    # A cell for each.
    for motive in ("vulnerability", "quality", "knowledge", "power", "autonomy"):
        assert found[motive] == 3
    # Ten full-time equivalents for each.
    assert found["reciprocity"] == 30
    # Three pairs, three further domains.
    assert found["congruence"] == 9
    assert found["partnerships"] == 3


def test_references_depend_on_nothing_that_anybody_has_or_wants():
    inventory = {"x": today("body", ["aa", "bee"], ["tax"], contribution=100000)}
    rich = {**TREE["municipalities"], "aa": {"name": "Aa", "population": 90000, "motives": {"cost": 3}, "autonomy": 2}}
    other = small(partnerships=inventory, municipalities=rich, burden={"board_hours": 7})
    assert Worth(other, other).references == Worth(small(), small()).references


def test_with_equal_weights_a_euro_is_a_euro():
    """Hours of officials at their rate, what moving costs, and what the work costs: alike for the value."""
    worth = Worth(small(), small())
    of_an_hour = worth.coefficients["burden"] / worth.scenario.burden.rate.officials
    assert of_an_hour == pytest.approx(worth.coefficients["transition"])
    assert worth.coefficients["cost"] == pytest.approx(-worth.coefficients["transition"])


def test_references_stay_those_of_the_base_in_a_variant():
    base = small(partnerships={"x": today("body", ["aa", "bee"], ["tax"])})
    variant = small(burden={"role_weight": {"college": 9, "council": 9, "officials": 9}}, money={"account": 5})
    assert Worth(variant, base).references == references(Worth(base, base).region)
    assert Worth(variant, variant).references["burden"] != Worth(base, base).references["burden"]


def test_value_is_the_sum_of_sign_times_weight_times_amount_over_reference():
    scenario = changed(small(), {"criteria.burden.weight": 3.0, "criteria.cost.weight": 0.5})
    result = assessed(scenario, plan("body", "aa bee", "tax")).result()
    by_key = {c.key: c for c in result.criteria}
    assert by_key["burden"].contribution == pytest.approx(-3 * 632.16 / 5000)
    # Two times 180,000 euro, of which the index goes from 1.25 to 1.17.
    assert by_key["cost"].amount == pytest.approx(23040)
    assert by_key["cost"].contribution == pytest.approx(0.5 * 23040 / 300000)
    assert result.value == pytest.approx(sum(c.contribution for c in result.criteria))


def test_a_criterion_that_the_model_leaves_out_does_not_count():
    scenario = small()
    left = {key: c for key, c in scenario.criteria.items() if key != "burden"}
    scenario = scenario.model_copy(update={"criteria": left})
    result = assessed(scenario, plan("body", "aa bee", "tax")).result()
    assert next(c for c in result.criteria if c.key == "burden").contribution == 0


def random_plan(worth: Worth, seed: int) -> tuple[Bodies, np.ndarray, list[PlannedPartnership]]:
    """Bodies of any form and size with domains that leave every cell to one of them."""
    draw = np.random.default_rng(seed)
    region, scenario = worth.region, worth.scenario
    taken = worth.today.occupied.copy()
    open_keys = [e for e, key in enumerate(worth.today.keys) if not worth.today.fixed[e] and not worth.today.beside[e]]
    forms_today = worth.today.bodies.form[open_keys]
    continued: set[int] = set()
    rows, carried, planned = [], [], []
    for _ in range(8):
        members = np.zeros(len(region.codes), dtype=bool)
        members[draw.choice(len(region.codes), draw.integers(2, 7), replace=False)] = True
        form = int(draw.choice(forms_today if draw.random() < 0.5 else len(region.forms)))
        domains = (draw.random(len(region.domains)) < 0.5) & ~taken[members].any(axis=0)
        if not domains.any():
            continue
        taken |= members[:, None] & domains
        codes = [region.codes[m] for m in np.flatnonzero(members)]
        keys = [region.domains[d] for d in np.flatnonzero(domains)]
        hosting = scenario.forms[region.forms[form]].hosting
        one = str(draw.choice(codes))
        hosts = {d: one if hosting == "centre" else str(draw.choice(codes)) for d in keys}
        same = [
            e
            for e in open_keys
            if e not in continued and scenario.partnerships[worth.today.keys[e]].form == region.forms[form]
        ]
        continues = int(draw.choice(same)) if same else NOBODY
        continued.add(continues)
        host = region.municipality_index[one] if hosting == "centre" else NOBODY
        rows.append((members, form, host, continues))
        carried.append(domains)
        planned.append(
            PlannedPartnership(
                form=region.forms[form],
                members=tuple(codes),
                domains=tuple(keys),
                hosts=hosts if hosting != "none" else None,
                continues=None if continues == NOBODY else worth.today.keys[continues],
            )
        )
    members, form, host, continues = (np.array(column) for column in zip(*rows, strict=True))
    return Bodies(region, members, form, host, continues), np.array(carried), planned


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("seed", range(8))
def test_what_columns_are_worth_is_what_the_assessment_of_their_plan_gains(name, seed):
    base = region(name)
    first = next(iter(base.domains))
    weights = {f"criteria.{key}.weight": 0.3 + 0.1 * i for i, key in enumerate(base.criteria)}
    scenario = changed(base, {**weights, f"domains.{first}.weight": 2.5, "money.horizon": 3.0})
    worth = Worth(scenario, base)
    fixed = [q for q, f in zip(today_plan(scenario), worth.today.fixed, strict=True) if f]
    bodies, carried, planned = random_plan(worth, seed)
    assert planned
    empty, full = assessor(worth, fixed), assessor(worth, [*fixed, *planned])
    base_value, per_domain = worth.column_values(bodies)
    columns = base_value.sum() + (per_domain * carried).sum()
    beyond = sum(
        worth.coefficients[key] * (full.amounts[key] - empty.amounts[key]) for key in ("reciprocity", "overload")
    )
    assert full.value - empty.value == pytest.approx(columns + beyond, abs=1e-9)


@pytest.mark.parametrize("name", REAL)
def test_the_references_are_above_zero_in_every_region(name):
    found = references(Worth(region(name), region(name)).region)
    assert min(found.values()) > 0


@pytest.mark.parametrize("name", REAL)
def test_staying_as_today_costs_nothing(name):
    scenario = region(name)
    now = assessor(Worth(scenario, scenario), today_plan(scenario))
    assert now.amounts["transition"] == pytest.approx(0, abs=1e-6)
    assert any(d == UNKNOWN for p in scenario.partnerships.values() for d in p.domains)


def test_amounts_weighed_by_the_coefficients_are_the_value_at_any_weights():
    scenario = small(partnerships={"x": today("body", ["aa", "bee"], ["tax"])})
    other = changed(scenario, {"criteria.burden.weight": 3.0, "criteria.cost.weight": 0.0})
    worth = Worth(scenario, scenario)
    bodies = worth.today.bodies
    again = worth.reweighed(other)
    assert again.region is worth.region
    anew = Worth(other, scenario)
    expected = anew.column_values(anew.today.bodies)
    for value, same in zip(again.valued(worth.amounts(bodies)), expected, strict=True):
        np.testing.assert_allclose(value, same)


def test_bodies_that_may_carry_few_domains_are_priced_in_those_alone():
    """In each scope the same as all of them in all domains; nothing elsewhere."""
    scenario = small(partnerships={"x": today("body", ["aa", "bee"], ["tax"])})
    worth = Worth(scenario, scenario)
    region, rng = worth.region, np.random.default_rng(1)
    members = rng.random((40, len(region.codes))) < 0.7
    continues = np.where(rng.random(40) < 0.3, 0, NOBODY)
    made = Bodies(region, members, rng.integers(len(region.forms), size=40), np.full(40, NOBODY), continues)
    scope = rng.integers(3, size=40)
    scopes = np.array([[True, False, False, True], [False, True, True, False], [True, True, True, True]])
    base, per_domain = worth.values_of(made, scope, scopes[scope])
    expected = worth.column_values(made)
    assert base == pytest.approx(expected[0], abs=1e-15)
    assert per_domain == pytest.approx(np.where(scopes[scope], expected[1], 0.0), abs=1e-15)
