"""Any small scenario comes back from a workbook as it was, whatever people call things."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from regie_opt.loading import Loaded, load_all
from regie_opt.loading.workbook import export_workbook, import_workbook
from regie_opt.loading.workbook.kinds import Language
from regie_opt.schema.text import forbidden, is_blank

DOMAINS = ("belastingen", "ict", "hrm", "afval", "wmo", "vth")
MOTIVES = ("vulnerability", "quality", "cost", "knowledge", "power")

keys = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True)
FORMULAS = ["=1+1", "+31", "-", "@x", "#REF!"]
OTHER_KINDS = ["ja", "x", "12", "12,5", "1.234", "true", "null", "[a]", '"q"', "onbekend"]
MARKS = [
    "a; b",
    "a: b",
    "a\nb",
    "a\rb",
    "_x000D_",
    "  a  ",
    "'s-Hertogenbosch",
    "Súdwest-Fryslân",
    "\U0001f600",
]
odd = st.sampled_from([*FORMULAS, *OTHER_KINDS, *MARKS])
texts = st.one_of(odd, st.text(st.characters(codec="utf-8"), max_size=12)).filter(lambda text: not forbidden(text))
names = texts.filter(lambda text: not is_blank(text))
amounts = st.one_of(
    st.integers(0, 10**9),
    st.floats(1e-18, 1e15),
    st.sampled_from([0.1 + 0.2, 1e-7, 1 / 3, 1234.5678901234567, 2.0**53]),
)
positive = amounts.filter(lambda amount: amount > 0)
shares = st.one_of(st.just(0.0), st.floats(1e-18, 1))


def degrees(most: int) -> st.SearchStrategy[float]:
    return st.integers(-most * 1000, most * 1000).map(lambda n: n / 1000)


days = st.one_of(st.dates().map(str), st.just("1905-07-07"))


def optional(**entries: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=entries)


def hours(amount: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return optional(college=amount, council=amount, officials=amount)


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    codes = draw(st.lists(keys, min_size=2, max_size=4, unique=True))
    domains = st.lists(st.sampled_from((*DOMAINS, "unknown")), min_size=1, max_size=3, unique=True)
    motives = st.dictionaries(st.sampled_from(MOTIVES), amounts, max_size=2)
    municipality = st.fixed_dictionaries(
        {"name": names, "population": st.integers(1, 10**7)},
        optional={
            "location": st.fixed_dictionaries({"lon": degrees(180), "lat": degrees(90)}),
            "spending": st.dictionaries(st.sampled_from(DOMAINS), amounts, max_size=3),
            "staff": st.dictionaries(st.sampled_from(DOMAINS), amounts, max_size=3),
            "board_hours": positive,
            "motives": motives,
            "domain_motives": st.dictionaries(st.sampled_from(DOMAINS), motives, max_size=2),
            "autonomy": amounts,
            "willing_host": st.booleans(),
            "host_capacity": amounts,
            "council_seats": st.integers(1, 99),
            "college_members": st.integers(1, 12),
        },
    )
    members = st.permutations(codes).flatmap(lambda order: st.integers(2, len(order)).map(lambda n: order[:n]))
    partnership = st.fixed_dictionaries(
        {"name": names, "form": st.just("netwerk"), "members": members, "domains": domains, "beside": st.just(True)},
        optional={
            "frozen": st.booleans(),
            "outside": st.fixed_dictionaries({"members": st.integers(1, 9), "inhabitants": st.integers(0, 10**6)}),
            "start": days,
            "contribution": amounts,
            "hours": hours(amounts),
            "register_id": texts,
            "note": texts,
        },
    )
    partnerships = draw(st.dictionaries(keys, partnership, max_size=3))
    pairs = draw(st.lists(st.sampled_from([(a, b) for a in codes for b in codes if a < b]), unique=True, max_size=3))
    relation = optional(
        trust=shares, familiarity=shares, past=st.sampled_from(["success", "failure"]), veto=st.booleans(), note=texts
    )
    some = st.lists(st.sampled_from(codes), min_size=2, max_size=3, unique=True)
    rule = st.one_of(
        st.fixed_dictionaries({"kind": st.just("largest"), "members": st.integers(2, 99)}),
        st.fixed_dictionaries({"kind": st.just("least_trust"), "trust": shares}, optional={"form": st.just("bvo")}),
        st.fixed_dictionaries({"kind": st.just("forms"), "allow": st.just(["bvo", "centrum"])}),
        st.fixed_dictionaries({"kind": st.just("apart"), "members": some}, optional={"domains": st.just(["ict"])}),
        st.fixed_dictionaries({"kind": st.just("without"), "members": some}, optional={"form": st.just("bvo")}),
        st.fixed_dictionaries({"kind": st.just("alone"), "members": some}, optional={"domains": st.just(["ict"])}),
        st.fixed_dictionaries({"kind": st.just("together"), "members": some, "domains": st.just(["ict", "hrm"])}),
        st.fixed_dictionaries({"kind": st.sampled_from(["board_hours"])}),
        st.fixed_dictionaries({"kind": st.just("most_changes"), "number": st.integers(0, 9)}),
        st.fixed_dictionaries({"kind": st.just("limit"), "criterion": st.just("burden"), "at_most": amounts}),
    )
    change = st.fixed_dictionaries(
        {},
        optional={
            "criteria.burden.weight": amounts,
            "criteria": st.fixed_dictionaries({"cost": st.fixed_dictionaries({"weight": amounts})}),
            "rules": st.dictionaries(keys, rule, max_size=2),
            "name": names,
        },
    )
    variant = st.fixed_dictionaries({"changes": change}, optional={"description": texts})
    variants = st.dictionaries(keys, variant, max_size=2)
    domain = optional(weight=amounts, staff_share=shares, name=optional(nl=names, en=names))
    criteria = st.dictionaries(st.sampled_from(["burden", "cost"]), optional(weight=amounts), max_size=2)
    return {
        "region": {
            "attribution": draw(texts),
            "municipalities": {code: draw(municipality) for code in codes},
            "relations": [{"between": pair, **draw(relation)} for pair in pairs],
            "borders": [{"between": pair, "km": draw(amounts)} for pair in pairs],
        },
        "inventory": {"partnerships": partnerships},
        "scenario": {
            "name": draw(names),
            "description": draw(texts),
            "region": "region.yaml",
            "inventory": "inventory.yaml",
            "rules": draw(st.dictionaries(keys, rule, max_size=3)),
            "variants": draw(variants),
            "domains": draw(st.dictionaries(st.sampled_from(DOMAINS), domain, max_size=2)) | {"archief": None},
            "criteria": draw(criteria),
            "burden": draw(optional(rate=hours(amounts))),
        },
    }


def values(loaded: Loaded) -> dict[str, object]:
    return {path: value for path, value, _ in loaded.values()}


def comes_back_the_same(given_files: dict[str, Any], language: Language) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in given_files.items():
            (folder / f"{file}.yaml").write_text(json.dumps(data), encoding="utf-8")
        before = load_all(folder / "scenario.yaml")
        export_workbook(before[0], folder / "region.xlsx", language)
        import_workbook(folder / "region.xlsx", folder / "made")
        after = load_all(folder / "made" / "scenario.yaml")
        assert [loaded.scenario for loaded in after] == [loaded.scenario for loaded in before]
        for one, other in zip(before, after, strict=True):
            assert list(other.scenario.municipalities) == list(one.scenario.municipalities)
            assert values(other) == values(one)
        export_workbook(after[0], folder / "again.xlsx", language)
        import_workbook(folder / "again.xlsx", folder / "twice")
        for file in ("region", "inventory", "scenario"):
            first, second = (folder / place / f"{file}.yaml" for place in ("made", "twice"))
            lines = [path.read_text(encoding="utf-8").split("\n", 4)[4] for path in (first, second)]
            assert lines[0] == lines[1]


# A workbook takes half a second there and back: making a failing example small would take minutes.
unhurried = settings(
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@settings(unhurried, max_examples=6)
@given(scenarios(), st.sampled_from(["nl", "en"]))
def test_any_small_scenario_comes_back_the_same(given_files: dict[str, Any], language: Language) -> None:
    comes_back_the_same(given_files, language)


@pytest.mark.slow
@settings(unhurried, max_examples=400)
@given(scenarios(), st.sampled_from(["nl", "en"]))
def test_many_small_scenarios_come_back_the_same(given_files: dict[str, Any], language: Language) -> None:
    comes_back_the_same(given_files, language)
