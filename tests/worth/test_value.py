import numpy as np
import pytest
from traps.regions import REAL, changed, region

from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.worth import today_plan
from regie_opt.worth.assessment import assessor
from regie_opt.worth.bodies import NOBODY, Bodies
from regie_opt.worth.value import Worth, references

from .small import as_it_is, assessed, plan, small, today


def test_references_come_from_today_and_all_cells():
    inventory = {
        "x": today("body", ["aa", "bee"], ["tax"], contribution=100000),
        "y": today("body", ["aa", "bee", "cee"], ["safety"], frozen=True),
    }
    scenario = small(partnerships=inventory)
    worth = Worth(scenario, scenario)
    found = worth.references
    assert found["burden"] == pytest.approx(as_it_is(scenario).amounts["burden"])
    assert found["overload"] == 300
    # Three municipalities, relevance 1 in tax, hr (weight 2) and safety.
    assert found["vulnerability"] == 12
    assert found["quality"] == 6
    # Relevance 0.5 x (1 + 2 + 1) and 1 in economy.
    assert found["knowledge"] == 9
    # Mutual services are lawful in hr only: (1 + 1 + 4) fte x weight 2.
    assert found["reciprocity"] == 12
    # Leaving costs half of a yearly contribution per year; the imposed one is not decided on.
    assert found["transition"] == pytest.approx(50000)
    # Three municipalities that mind 1, domain weights 1 + 2 + 1 + 1.
    assert found["autonomy"] == 15
    # Three pairs, three further domains.
    assert found["congruence"] == 9
    assert found["partnerships"] == 2


def test_references_without_an_inventory_are_still_there():
    found = Worth(small(), small()).references
    assert found["burden"] == 300 * 2
    # A tenth of the staff cost of 23 fte.
    assert found["transition"] == pytest.approx(0.1 * 23 * 90000)
    assert found["partnerships"] == 3


def test_references_stay_those_of_the_base_in_a_variant():
    base = small(partnerships={"x": today("body", ["aa", "bee"], ["tax"])})
    variant = small(burden={"role_weight": {"college": 9, "council": 9, "officials": 9}})
    assert Worth(variant, base).references == references(Worth(base, base).region)


def test_value_is_the_sum_of_sign_times_weight_times_amount_over_reference():
    scenario = changed(small(), {"criteria.burden.weight": 3.0, "criteria.cost.weight": 0.5})
    result = assessed(scenario, plan("body", "aa bee", "tax")).result()
    by_key = {c.key: c for c in result.criteria}
    assert by_key["burden"].contribution == pytest.approx(-3 * 632.16 / 600)
    assert by_key["cost"].contribution == pytest.approx(0.5 * by_key["cost"].amount / 12)
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
def test_todays_burden_is_its_own_reference(name):
    scenario = region(name)
    now = assessor(Worth(scenario, scenario), today_plan(scenario))
    assert now.amounts["burden"] == pytest.approx(now.worth.references["burden"])
    assert now.amounts["transition"] == pytest.approx(0)
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
