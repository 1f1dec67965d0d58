"""How strongly portfolios draw municipalities: tastes, shares counted by hand, a fit of which the answer is known."""

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML
from worth.small import plan, small, today

from benchmarks.inputs import slug
from benchmarks.public import ROOT, Data
from calibration import levels
from calibration.held_out import held_out, is_held_out
from calibration.levels import (
    COMMON,
    MODEL,
    PAGE,
    SPREAD,
    SURVEYED,
    Fitted,
    Place,
    fitted,
    into_model,
    participation,
    real,
    spread,
    targets,
    training,
    with_appeal,
    with_tastes,
    working,
)
from regie_opt.schema.scenario import ModelFile, Scenario
from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.region import Region

PORTFOLIO = {"tax": "taxes", "hr": "support", "economy": "support", "safety": "imposed"}


def many(count: int = 2, **changes) -> Scenario:
    """Many equal municipalities, and domains of three portfolios."""
    domains = small().model_dump()["domains"]
    domains = {key: {**one, "portfolio": PORTFOLIO[key]} for key, one in domains.items()}
    places = {f"m{n}": {"name": f"M{n}", "population": 10000} for n in range(count)}
    both = small(municipalities=places, domains=domains, **changes)
    return both.model_copy(update={"municipalities": {code: both.municipalities[code] for code in places}})


def tastes(scenario: Scenario, key: str) -> np.ndarray:
    """What each municipality wants of a domain (m,)."""
    places = scenario.municipalities.values()
    return np.array([place.domain_motives[key]["quality"] for place in places])


def test_tastes_are_one_on_average_and_spread_as_far_as_is_said():
    drawn = [with_tastes(many(2000), draw) for draw in range(2)]
    tax, hr = (np.concatenate([tastes(one, key) for one in drawn]) for key in ("tax", "hr"))
    # A lognormal of mean 1: the logarithm has mean -s^2 / 2 and deviation s. 4,000 draws, so errors of s / 63.
    for some in (tax, hr):
        assert np.log(some).mean() == pytest.approx(-(SPREAD**2) / 2, abs=4 * SPREAD / 63)
        assert np.log(some).std() == pytest.approx(SPREAD, abs=0.06)
        assert some.mean() == pytest.approx(1, abs=0.14)
    assert np.corrcoef(np.log(tax), np.log(hr))[0, 1] == pytest.approx(COMMON, abs=0.05)


def test_tastes_are_the_same_every_time_and_for_everybody_by_itself():
    first, again, other = (with_tastes(many(), draw) for draw in (0, 0, 1))
    assert first == again
    assert tastes(first, "tax").tolist() != tastes(other, "tax").tolist()
    # Who else there is changes nothing, and neither does what they want already.
    assert tastes(with_tastes(many(40), 0), "tax")[:2].tolist() == tastes(first, "tax").tolist()
    assert with_tastes(first, 1) == other


def test_a_taste_is_of_a_portfolio_and_of_every_motive():
    place = with_tastes(many(), 0).municipalities["m0"]
    assert place.domain_motives["hr"] == place.domain_motives["economy"]
    assert place.domain_motives["hr"]["cost"] != place.domain_motives["tax"]["cost"]
    assert set(place.domain_motives["hr"]) == set(MOTIVES)
    assert len(set(place.domain_motives["hr"].values())) == 1


def test_tastes_take_the_place_of_what_today_reveals():
    inventory = {"x": today("body", ["m0", "m1"], ["hr"])}
    wants = [Region(with_tastes(many(partnerships=some), 0)).want for some in (inventory, {})]
    assert (wants[0] == wants[1]).all()


def test_another_appeal_is_of_its_portfolio_only():
    found = with_appeal(many(), {"support": 3.0}).domains
    assert {key: one.appeal for key, one in found.items()} == {"tax": 1, "hr": 3, "economy": 3, "safety": 1}


def test_a_region_is_solved_without_what_there_is_today(tmp_path: Path):
    place = Place.read(ROOT / "scenarios" / "leerstad" / "scenario.yaml", ("money.horizon=20",))
    assert place.scenario.partnerships == {}
    assert place.scenario.rules
    assert place.scenario.money.horizon == 20
    assert place.base.money.horizon != 20
    assert place.base.partnerships
    folder = tmp_path / "made"
    folder.mkdir()
    text = "name: made\nmodel: nl\nregion: region.yaml\ninventory: inventory.yaml\nrules:\n"
    text += "  weg: {kind: end, partnership: vrij}\n  klein: {kind: largest, members: 3}\n"
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    region = "municipalities:\n  a: {name: A, population: 9000}\n  b: {name: B, population: 9000}\n"
    (folder / "region.yaml").write_text(region, encoding="utf-8")
    inventory = "partnerships:\n  vrij: {name: v, form: dvo, members: [a, b], domains: [ict], host: a}\n"
    inventory += "  wet: {name: w, form: ol_college, members: [a, b], domains: [veiligheid], frozen: true}\n"
    (folder / "inventory.yaml").write_text(inventory, encoding="utf-8")
    made = Place.read(folder / "scenario.yaml")
    assert (made.name, list(made.scenario.partnerships), list(made.scenario.rules)) == ("made", ["wet"], ["klein"])


PLANS = (
    [plan("body", "m0 m1", "tax hr"), plan("body", "m1 m2", "economy")],
    [plan("body", "m0 m1 m2", "tax")],
)
"""Plans of three municipalities for two draws of tastes."""


def test_who_takes_part_is_counted_by_domain():
    # Of 2 draws x 3 municipalities: 2 + 3 for tax, 2 for hr, 2 for economy.
    assert participation(PLANS, 6) == pytest.approx({"tax": 5 / 6, "hr": 2 / 6, "economy": 2 / 6})


def test_only_what_does_work_and_is_decided_on_counts():
    whole = [
        plan("body", "m0 m1", "tax"),
        plan("table", "m0 m1", "economy", beside=True),
        plan("body", "m0 m1", "safety", origin="frozen"),
        plan("body", "m0", "hr", continues="x"),
    ]
    assert working(whole) == whole[:1]


def arrangements(**members: str) -> Data:
    """A register in which `gone` is no longer active."""
    rows = {key: [{"current_code": code} for code in codes.split()] for key, codes in members.items()}
    return Data({}, [], {key: {} for key in members if key != "gone"}, rows, {})


def label(roo_id: str, domain: str, role: str = levels.DOES_THE_WORK) -> Mapping[str, str]:
    return {"roo_id": roo_id, "domain": domain, "role": role}


def test_what_is_aimed_at_is_what_the_register_says_and_else_the_survey():
    data = arrangements(one="a b x", two="b c", talk="a d", lonely="d d", gone="c d")
    rows = [
        label("one", "ict"),
        label("two", "ict"),
        label("talk", "ict", "coordinates"),
        label("lonely", "wmo"),
        label("gone", "jeugd"),
        label("two", "hrm"),
    ]
    there = real(data, rows, "abcd")
    # X is no municipality that is asked about, talk does no work, lonely has one member, gone is no more.
    assert {key: sorted(those) for key, those in there.items() if those} == {"ict": ["a", "b", "c"]}
    found = targets(there, 4)
    assert (found["ict"], found["wmo"], found["jeugd"]) == (0.75, 0, 0)
    assert {key: found[key] for key in SURVEYED} == SURVEYED


@pytest.mark.parametrize(
    "names", [["Twente", "Zeeland", "Fryslân", "Utrecht", "Zeeland"], [f"R{n}" for n in range(50)]]
)
def test_the_training_half_holds_no_region_that_is_kept_apart(names):
    rows = {str(n): {"veiligheidsregio": name} for n, name in enumerate(names)}
    found = training(Data(rows, [], {}, {}, {}))
    assert found
    assert not any(map(is_held_out, found))
    assert sorted((*found, *held_out(names))) == sorted(set(names))


def made_up(monkeypatch: pytest.MonkeyPatch, count: int = 200) -> Place:
    """A region in which a known share takes part: more where the appeal is higher, and never all domains alike."""

    def simulate(_pool, places, draws, appeal):
        codes = list(places[0].scenario.municipalities)
        some = {"taxes": ["tax"], "support": ["hr", "economy"]}
        plans = []
        for draw in range(draws):
            share = {key: a / (1 + a) + 0.02 * (draw - (draws - 1) / 2) for key, a in appeal.items()}
            at = {key: tuple(codes[: round(count * one)]) for key, one in share.items()}
            plans.append(
                [plan("body", " ".join(at[portfolio]), key) for portfolio in appeal for key in some[portfolio]],
            )
        return plans

    monkeypatch.setattr(levels, "simulate", simulate)
    scenario = many(count)
    return Place("made", scenario, scenario)


def test_appeal_is_moved_until_as_many_take_part_as_are_wanted(monkeypatch):
    place = made_up(monkeypatch)
    wanted = {"tax": 0.6, "hr": 0.1, "economy": 0.3}
    found = fitted(None, [place], wanted, draws=2, rounds=40)  # type: ignore[arg-type]
    # Share a / (1 + a): 1.5 gives 0.6, and 0.25 gives 0.2, the mean of the two domains of the portfolio.
    assert found.appeal == pytest.approx({"taxes": 1.5, "support": 0.25}, rel=0.05)
    assert participation(found.plans, 400)["tax"] == pytest.approx(0.6, abs=0.01)


def test_the_plans_that_are_told_of_are_those_of_the_appeals_that_are_told(monkeypatch):
    place = made_up(monkeypatch)
    found = fitted(None, [place], {"tax": 0.8}, draws=1, rounds=0)  # type: ignore[arg-type]
    assert found.appeal == {"taxes": 1.0}
    assert participation(found.plans, 200) == {"tax": 0.5}


def test_the_range_of_an_appeal_follows_from_how_far_draws_differ(monkeypatch):
    place = made_up(monkeypatch)
    plans = levels.simulate(None, [place], 2, {"taxes": 1.0})  # type: ignore[arg-type]
    found = spread([place], Fitted({"taxes": 1.0}, plans), draws=2)
    # Shares of 0.49 and 0.51 deviate by 0.02 / sqrt(2); 0.05 is added, and a unit of share is 2.5 of the logarithm.
    width = np.exp(2.5 * (0.02 / np.sqrt(2) + 0.05))
    assert found["taxes"] == pytest.approx((1 / width, width))


TEXT = """\
domains:
  tax:
    portfolio: taxes
    weight: 1.25
    appeal: 1
    sources:
      weight: "assumption"
      appeal: "assumption (x0.5-x2)"
  loose:
    appeal: 7
    sources:
      appeal: "assumption"
  hr:
    portfolio: other-work
    appeal: 2
    sources:
      appeal: "assumption"
"""


def test_nothing_but_appeals_and_their_sources_is_written():
    found = into_model(TEXT, {"taxes": (0.5, 1.333)}, {"taxes": 0.876})
    changed = [(old, new) for old, new in zip(TEXT.split("\n"), found.split("\n"), strict=True) if old != new]
    assert changed == [
        ("    appeal: 1", "    appeal: 0.88"),
        ('      appeal: "assumption (x0.5-x2)"', '      appeal: "estimated (0.50-1.33) - C_LEVELS"'),
    ]


@pytest.mark.parametrize("text", [TEXT, TEXT.replace('"assumption"', '"assumption\n        of two lines"')])
def test_an_appeal_without_its_place_is_refused(text):
    with pytest.raises(ValueError, match="found no appeal with a source for portfolio"):
        into_model(text, {"taxes": (1, 1), "hr": (1, 1), "other-work": (1, 1)}, {"taxes": 1, "hr": 1, "other-work": 1})


def test_the_model_has_a_place_for_every_portfolio_and_one_appeal_in_it():
    text = MODEL.read_text(encoding="utf-8")
    domains = ModelFile.model_validate(YAML(typ="safe").load(text)).domains
    appeal = {str(one.portfolio): one.appeal for one in domains.values() if not one.statutory}
    assert {key for key, one in domains.items() if one.appeal != appeal.get(str(one.portfolio), 1)} == set()
    doubled = into_model(text, dict.fromkeys(appeal, (1, 3)), {key: 2 * one for key, one in appeal.items()})
    others = ModelFile.model_validate(YAML(typ="safe").load(doubled)).domains
    for key, one in domains.items():
        expected = one.appeal if one.statutory else pytest.approx(2 * one.appeal)
        assert others[key].appeal == expected
        rest = others[key].model_copy(update={"appeal": one.appeal, "sources": one.sources})
        assert rest == one


def told() -> str:
    """The section of the page."""
    return PAGE.read_text(encoding="utf-8").split("<!-- begin: levels -->")[1].split("<!-- end: levels -->")[0]


def test_the_page_and_the_model_have_the_same_appeals():
    rows = re.findall(r"^\| (\S+) +\| +(\d+\.\d\d) \| (\d+\.\d\d)-(\d+\.\d\d) \|$", told(), re.MULTILINE)
    text = MODEL.read_text(encoding="utf-8")
    domains = ModelFile.model_validate(YAML(typ="safe").load(text)).domains
    assert {name for name, *_ in rows} == {one.portfolio for one in domains.values() if not one.statutory}
    ranges = {name: (float(least), float(most)) for name, _, least, most in rows}
    assert into_model(text, ranges, {name: float(value) for name, value, *_ in rows}) == text


def test_what_the_page_was_fitted_on_was_not_kept_apart():
    page = PAGE.read_text(encoding="utf-8")
    [kept] = re.findall(r"Kept apart, by the hash of their names: ([^.]+)\.", page)
    [fitted_on] = re.findall(r" in \d+ regions, .*: ([^:.]+)\.$", told(), re.MULTILINE)
    apart = {slug(name) for name in kept.split(", ")}
    assert len(apart) > 5
    assert len(fitted_on.split(", ")) > 5
    assert apart.isdisjoint(fitted_on.split(", "))
