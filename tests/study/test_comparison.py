"""Scenarios and variants side by side: what is solved, by which references, and what is told of the plans."""

from pathlib import Path

import pytest

from regie_opt import engine
from regie_opt.loading import load, load_all
from regie_opt.schema.comparison import RUNNING_COST
from regie_opt.schema.parameters import LESS_IS_BETTER
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.study import Processes, Store, Study, solving
from regie_opt.study.comparison import best, compare
from regie_opt.study.shared import shared
from regie_opt.study.sides import Grouping, Movements
from regie_opt.worth import assess, today_plan
from regie_opt.worth.value import Worth

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad"
RULES = """
  botsing:
    changes:
      rules:
        weg: {kind: end, partnership: afvalschap}
        blijft: {kind: keep, partnership: afvalschap}
"""
NEW = """
  zuinig:
    changes:
      criteria.cost.weight: 2
"""
HARDLY = """
  iets_lichter:
    changes:
      criteria.burden.weight: 1.001
"""
ANOTHER_MEASURE = """
  zwaar:
    changes:
      burden.role_weight.college: 9
"""


def copied(folder: Path, more: str = "", name: str = "scenario.yaml") -> Path:
    """Leerstad in a folder of its own, with more variants."""
    folder.mkdir(exist_ok=True)
    for file in LEERSTAD.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    path = folder / name
    path.write_text((LEERSTAD / "scenario.yaml").read_text(encoding="utf-8").rstrip() + more, encoding="utf-8")
    return path


def compared(*paths, store=None, told=None, crew=None):
    with Study(crew, store, told) as study:
        return compare([load_all(path) for path in paths], engine.Options(), study)


@pytest.fixture(scope="module")
def leerstad():
    return compared(LEERSTAD / "scenario.yaml")


def solved(path, store):
    """How many solves it took."""
    events = []
    result = compared(path, store=Store(store), told=events.append)
    return events[-1].total - events[-1].kept, result


def test_today_comes_first_then_the_scenario_then_its_variants(leerstad):
    assert [c.key for c in leerstad.columns] == [
        "today",
        "scenario",
        "variant:licht",
        "variant:wederkerig",
        "variant:een_stap",
    ]
    assert [c.status for c in leerstad.columns] == ["today", *["optimal"] * 4]


def test_every_column_has_the_plan_and_value_that_solving_it_alone_gives(leerstad):
    for column in leerstad.plans:
        loaded = load(LEERSTAD / "scenario.yaml", variant=column.variant)
        alone = engine.solve(loaded.scenario, loaded.base)
        assert column.value == pytest.approx(alone.certificate.value, abs=1e-6)
        assert column.today == pytest.approx(alone.today.value, abs=1e-9)
        assert column.gap == 0


def test_a_second_call_with_one_new_variant_solves_one(tmp_path):
    first, _ = solved(copied(tmp_path / "a"), tmp_path / "store")
    again, before = solved(copied(tmp_path / "a"), tmp_path / "store")
    more, after = solved(copied(tmp_path / "a", NEW), tmp_path / "store")
    assert (first, again, more) == (4, 0, 1)
    assert len(list((tmp_path / "store").rglob("*.json"))) == 5
    assert after.columns[-1].key == "variant:zuinig"
    kept = [c.model_copy(update={"sha256": ""}) for c in before.columns]
    assert [c.model_copy(update={"sha256": ""}) for c in after.columns[:-1]] == kept


def test_the_scenario_is_solved_once_and_variants_of_weights_start_from_there(monkeypatch):
    calls = {"solve": 0, "resolve": 0}

    def counted(name, real):
        def call(*given, **more):
            calls[name] += 1
            return real(*given, **more)

        return call

    for name in calls:
        monkeypatch.setattr(engine, name, counted(name, getattr(engine, name)))
    monkeypatch.setattr("regie_opt.study.solving._before", type(solving._before)())
    compared(LEERSTAD / "scenario.yaml")
    assert calls == {"solve": 2, "resolve": 2}  # `een_stap` has a rule more


def test_a_variant_by_another_name_is_not_solved_again(tmp_path):
    path = copied(tmp_path / "a")
    solved(path, tmp_path / "store")
    path.write_text(path.read_text(encoding="utf-8").replace("licht:", "lichter:"), encoding="utf-8")
    count, found = solved(path, tmp_path / "store")
    assert count == 0
    assert "variant:lichter" in {c.key for c in found.columns}


def test_other_inputs_are_solved_again(tmp_path):
    path = copied(tmp_path / "a")
    solved(path, tmp_path / "store")
    path.write_text(
        path.read_text(encoding="utf-8").replace("criteria.burden.weight: 2", "criteria.burden.weight: 3"),
        encoding="utf-8",
    )
    assert solved(path, tmp_path / "store")[0] == 1


def test_the_references_stay_those_of_the_base(tmp_path):
    found = compared(copied(tmp_path / "a", ANOTHER_MEASURE))
    base = load(LEERSTAD / "scenario.yaml").base
    references = Worth(base, base).references
    for column in found.columns:
        assert {r.key: r.reference for r in column.criteria} == references
    heavy = found.column("variant:zwaar")
    assert heavy.other_measure
    assert not found.column("variant:licht").other_measure
    amounts = {r.key: r for r in heavy.criteria}["burden"]
    assert amounts.contribution == pytest.approx(-amounts.amount / references["burden"])


def test_with_settings_the_references_are_still_those_of_the_file(tmp_path):
    path = copied(tmp_path / "a")
    with Study() as study:
        found = compare([load_all(path, sets=("burden.role_weight.college=9",))], engine.Options(), study)
    base = load(path).base
    assert {r.key: r.reference for r in found.columns[1].criteria} == Worth(base, base).references


def test_a_second_scenario_is_measured_by_the_references_of_the_first(tmp_path):
    one, two = copied(tmp_path / "a"), copied(tmp_path / "b")
    text = two.read_text(encoding="utf-8") + "\ncriteria: {burden: {weight: 0.2}}\n"
    two.write_text(text + "burden: {role_weight: {college: 9}}\n", encoding="utf-8")
    found = compared(one, two)
    assert [c.key for c in found.columns if c.number == 2][:2] == ["2:today", "2:scenario"]
    assert [c.key for c in found.columns if c.status == "today"] == ["1:today", "2:today"]
    base = load(one).base
    for column in found.columns:
        assert {r.key: r.reference for r in column.criteria} == Worth(base, base).references
    other = load(two).scenario
    expected = engine.solve(other, base).certificate.value
    assert found.column("2:scenario").value == pytest.approx(expected, abs=1e-6)


def test_the_same_scenario_under_another_name_shares_today(tmp_path):
    found = compared(copied(tmp_path / "a"), copied(tmp_path / "b"))
    assert [c.key for c in found.columns if c.status == "today"] == ["1:today"]
    assert found.column("2:scenario").value == found.column("1:scenario").value


def test_a_variant_without_a_plan_gets_its_column_and_the_rest_their_plans(tmp_path):
    found = compared(copied(tmp_path / "a", RULES))
    column = found.column("variant:botsing")
    assert column.status == "infeasible"
    assert set(column.conflict) == {"weg", "blijft"}
    assert column.value is None
    assert column.today == pytest.approx(found.column("scenario").today)
    assert all("variant:botsing" not in row.amounts for row in found.rows)
    assert [c.status for c in found.columns[1:5]] == ["optimal"] * 4


def test_where_the_scenario_itself_has_no_plan_variants_are_still_compared(tmp_path):
    path = copied(tmp_path / "a")
    text = path.read_text(encoding="utf-8")
    text = text.replace("rules:\n", "rules:\n  weg: {kind: end, partnership: afvalschap}\n", 1)
    text = text.replace("rules:\n", "rules:\n  blijft: {kind: keep, partnership: afvalschap}\n", 1)
    text += "\n  vrij:\n    changes: {rules: {blijft: null}}\n"
    path.write_text(text, encoding="utf-8")
    found = compared(path)
    assert found.column("scenario").status == "infeasible"
    assert [c.key for c in found.plans] == ["variant:vrij"]
    assert all(not sides.from_scenario for sides in found.sides)
    assert found.rows[-1].amounts["variant:vrij"] == pytest.approx(found.column("variant:vrij").value)


def test_the_best_of_a_row_is_the_least_burden_and_the_most_value(leerstad):
    for row in leerstad.rows:
        less = row.key in (*LESS_IS_BETTER, RUNNING_COST)
        assert row.less_is_better == less
        top = (min if less else max)(row.amounts.values())
        if max(row.amounts.values()) - min(row.amounts.values()) < 1e-9:
            assert row.best == ()
        else:
            assert row.best
            assert all(row.amounts[key] == pytest.approx(top) for key in row.best)
            assert all(row.amounts[key] != pytest.approx(top) for key in row.amounts.keys() - set(row.best))
    rows = {row.key: row for row in leerstad.rows}
    assert rows["burden"].best == ("variant:licht",)
    assert rows["reciprocity"].best == ("variant:wederkerig",)
    assert rows["transition"].best == ("today",)


def test_the_value_row_weighs_every_plan_as_the_scenario_does(leerstad):
    loaded = load(LEERSTAD / "scenario.yaml")
    row = leerstad.rows[-1]
    assert row.key == "value"
    for column in leerstad.columns:
        expected = assess(loaded.scenario, loaded.base, column.partnerships).value
        assert row.amounts[column.key] == pytest.approx(expected, abs=1e-6)
    assert row.best == ("scenario",)


def test_best_of_amounts_by_hand():
    amounts = {"a": 1.0, "b": 3.0, "c": 3.0 + 1e-9}
    assert best(amounts, less_is_better=True) == ("a",)
    assert best(amounts, less_is_better=False) == ("b", "c")
    assert best({"a": 2.0, "b": 2.0}, less_is_better=True) == ()
    assert best({"a": -2.0, "b": -1.0}, less_is_better=True) == ("a",)
    assert best({}, less_is_better=True) == ()


def test_what_differs_from_the_scenario_is_told_by_path(leerstad):
    licht = leerstad.column("variant:licht").differences
    assert [(d.path, d.before, d.after) for d in licht] == [("criteria.burden.weight", "1.0", "2.0")]
    paths = {d.path for d in leerstad.column("variant:een_stap").differences}
    assert paths == {"rules.een_stap.kind", "rules.een_stap.number"}
    assert leerstad.column("scenario").differences == ()
    assert leerstad.column("variant:licht").description == "Drukte van bestuur en ambtenaren telt dubbel."


@pytest.mark.slow
def test_processes_give_the_same_bytes_as_one_worker(leerstad):
    in_parallel = compared(LEERSTAD / "scenario.yaml", crew=Processes(2))
    assert in_parallel.model_dump_json() == leerstad.model_dump_json()


def test_plans_that_are_one_and_the_same_are_told(leerstad, tmp_path):
    assert leerstad.same == ()
    found = compared(copied(tmp_path, HARDLY))
    assert found.same == (("scenario", "variant:iets_lichter"),)
    assert found.column("scenario").partnerships == found.column("variant:iets_lichter").partnerships
    assert found.rows[-1].best == ("scenario", "variant:iets_lichter")


# by hand


def planned(form, members, domains, hosts=None, continues=None, beside=False):
    return PlannedPartnership(
        id=continues or "+".join(members),
        form=form,
        members=members,
        domains=domains,
        hosts=hosts,
        continues=continues,
        beside=beside,
        origin="kept" if continues else "new",
    )


N, V, R, H, L = "noordwolde", "veenkerk", "rietdam", "oosterhei", "leerstad"


@pytest.fixture
def region():
    return load(LEERSTAD / "scenario.yaml").scenario


def test_all_some_and_one_by_hand(region):
    waste = planned("ol_college", (N, R), ("afval",), continues="afvalschap")
    tax = planned("bvo", (V, H, L), ("belastingen",))
    more = planned("bvo", (L, V, H), ("belastingen", "ict"))
    centre = planned("centrum", (N, L), ("ict",), hosts={"ict": L})
    other_host = planned("centrum", (N, L), ("ict",), hosts={"ict": N})
    found = shared({
        "a": (region, (waste, tax, centre)),
        "b": (region, (waste, more, other_host)),
        "c": (region, (waste, centre)),
    })  # fmt: skip
    told = [(p.extent, p.form, p.host, p.columns, p.domains, p.varying) for p in found]
    assert told == [
        ("all", "ol_college", None, ("a", "b", "c"), ("afval",), {}),
        ("some", "bvo", None, ("a", "b"), ("belastingen",), {"ict": ("b",)}),
        ("some", "centrum", L, ("a", "c"), ("ict",), {}),
        ("one", "centrum", N, ("b",), ("ict",), {}),
    ]


def test_what_continues_a_partnership_of_today_is_not_one_that_is_new(region):
    old = planned("ol_college", (N, R), ("afval",), continues="afvalschap")
    new = planned("ol_college", (N, R), ("ict",))
    found = shared({"a": (region, (old,)), "b": (region, (new,))})
    assert [p.extent for p in found] == ["one", "one"]


def moved(region, **plans):
    groupings = {key: Grouping(region, plan) for key, plan in plans.items()}
    today = Grouping(region, today_plan(region))
    return Movements(
        dict.fromkeys(plans, today), groupings, "base", tuple(region.domains), tuple(region.municipalities)
    )


def test_who_changes_sides_by_hand(region):
    waste = planned("ol_college", (N, R), ("afval",), continues="afvalschap")
    ict = planned("dvo", (V, L), ("ict",), hosts={"ict": L}, continues="ict-dienst")
    wider = planned("centrum", (V, L, H), ("ict",), hosts={"ict": L})
    same_partners = planned("centrum", (V, L), ("ict",), hosts={"ict": V})
    found = moved(region, base=(waste, ict), wider=(waste, wider), form=(waste, same_partners), none=())
    sides = {s.code: s for s in found.sides()}
    assert {code: s.from_today["base"] for code, s in sides.items()} == dict.fromkeys(sides, 0)
    assert {code: s.from_scenario["wider"] for code, s in sides.items()} == {N: 0, V: 1, R: 0, H: 1, L: 1}
    assert {code: s.from_scenario["form"] for code, s in sides.items()} == dict.fromkeys(sides, 0)
    assert {code: s.from_scenario["none"] for code, s in sides.items()} == {N: 1, V: 1, R: 1, H: 0, L: 1}
    assert {code: s.contested for code, s in sides.items()} == {N: 1, V: 1, R: 1, H: 1, L: 1}
    contested = {c.domain: c for c in found.contested()}
    assert contested["ict"].camps == (("base", "form"), ("wider",), ("none",))
    assert contested["afval"].municipalities == (N, R)
    assert {(a.one, a.other): a.cells for a in found.apart()} == {
        ("base", "wider"): 3,
        ("base", "form"): 0,
        ("base", "none"): 4,
        ("wider", "form"): 3,
        ("wider", "none"): 5,
        ("form", "none"): 4,
    }


def test_leaving_partners_outside_the_region_is_changing_sides(region):
    data = region.model_dump(mode="json")
    data["partnerships"]["afvalschap"] |= {
        "members": [N],
        "outside": {"members": 2, "inhabitants": 50000},
        "shares": {},
    }
    with_outside = type(region).model_validate(data)
    stays = planned("ol_college", (N,), ("afval",), continues="afvalschap")
    one, none = Grouping(with_outside, (stays,)), Grouping(with_outside, ())
    assert one.other(none) == {(N, "afval")}


def test_tables_beside_the_work_are_nobodys_side(region):
    table = planned("netwerk", (N, V, R), ("afval",), beside=True)
    assert Grouping(region, (table,)).other(Grouping(region, ())) == frozenset()
