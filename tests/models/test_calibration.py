"""Trust is estimated from who is together: on made-up registers of which the truth is known, and on the real one."""

import re
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML
from scipy.special import expit

from benchmarks.public import ROOT, Data
from calibration import trust
from calibration.held_out import held_out, is_held_out
from calibration.logistic import auc, fitted, resampled
from calibration.pairs import DOMAINS, TERMS, Pairs, Register, pairs
from calibration.trust import MODELS, NAMES, PARAMETERS, Estimate, into_model, left_out, read, report
from regie_opt.schema.scenario import ModelFile
from regie_opt.sources.knowledge import read_knowledge

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TRUTH = np.array([-2.0, -0.4, 0.5, 0.8, 1.0])


def drawn(rng: np.random.Generator, rows: int = 4000, regions: int = 20) -> Pairs:
    """Pairs of which being together follows from known coefficients."""
    features = np.stack(
        [
            np.ones(rows),
            rng.uniform(0, 4, rows),
            rng.integers(0, 2, rows),
            rng.integers(0, 6, rows),
            rng.exponential(0.7, rows),
        ],
        axis=1,
    )
    together = rng.random(rows) < expit(features @ TRUTH)
    names = np.array([f"region {n}" for n in range(regions)])
    region = names[rng.integers(0, regions, (rows, 2))]
    region[rng.random(rows) < 0.7, 1] = region[rng.random(rows) < 0.7, 0][0]
    places = rng.integers(0, 300, (rows, 2))
    return Pairs(rng.integers(0, len(DOMAINS), rows), places, features, together, region, region)


def test_what_made_the_pairs_is_found_within_its_error():
    found = drawn(np.random.default_rng(1), rows=20_000)
    estimate = Estimate.of(found, MODELS["trust"], draws=40)
    assert (np.abs(estimate.value - TRUTH) < 4 * estimate.error).all()
    assert (estimate.error < 0.5).all()


def test_a_fit_is_where_the_likelihood_is_highest():
    rng = np.random.default_rng(2)
    features = np.stack([np.ones(500), rng.normal(size=500)], axis=1)
    together = rng.random(500) < expit(features @ [0.3, -1.0])
    at = fitted(features, together)
    slope = features.T @ (together - expit(features @ at))
    assert np.abs(slope).max() < 1e-2
    twice = fitted(features, together, np.full(500, 2.0))
    assert twice == pytest.approx(at, abs=1e-4)


def test_a_separable_sample_has_a_finite_fit():
    features = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    assert np.isfinite(fitted(features, np.array([False, True, True]))).all()


def test_the_auc_counts_pairs_of_rows():
    rng = np.random.default_rng(3)
    score, outcome = rng.integers(0, 5, 60).astype(float), rng.random(60) < 0.4
    above = [(a > b) + 0.5 * (a == b) for a in score[outcome] for b in score[~outcome]]
    assert auc(score, outcome) == pytest.approx(np.mean(above))
    assert np.isnan(auc(score, np.zeros(60, dtype=bool)))


def test_errors_are_larger_where_regions_differ():
    """A whole region that is together by chance says less than as many pairs spread over the country."""
    rng = np.random.default_rng(4)
    region = np.repeat(np.arange(20), 100)
    features = np.ones((2000, 1))
    lumped = np.repeat(rng.random(20) < 0.5, 100)
    spread = rng.random(2000) < 0.5
    group = np.stack([region, region], axis=1)
    errors = [resampled(features, outcome, group, 100, 5).std() for outcome in (lumped, spread)]
    assert errors[0] > 4 * errors[1]


def test_regions_are_kept_apart_by_their_names_alone():
    names = [f"region {n}" for n in range(400)]
    kept = held_out(names)
    assert kept == held_out(reversed(names))
    assert 140 < len(kept) < 260
    assert all(map(is_held_out, kept))


def test_no_fit_sees_what_is_kept_apart():
    found = drawn(np.random.default_rng(6))
    flipped = Pairs(
        found.domain,
        found.places,
        found.features,
        np.where(found.is_open, found.together, ~found.together),
        found.region,
        found.province,
    )
    one, other = (Estimate.of(some, MODELS["trust"], draws=3) for some in (found, flipped))
    assert (one.value == other.value).all()
    assert not (found.is_open & found.is_held_out).any()
    assert (~found.is_open & ~found.is_held_out).any()


def test_who_is_left_out_is_not_in_the_fit_that_scores(monkeypatch):
    found, seen = drawn(np.random.default_rng(7)), []

    def watched(features, outcome):
        seen.append(len(outcome))
        return fitted(features, outcome)

    monkeypatch.setattr(trust, "fitted", watched)
    assert 0.7 < left_out(found, MODELS["trust"], found.region) < 1.0
    names = np.unique(found.region)
    without = [(found.is_open & ~(found.region == name).any(axis=1)).sum() for name in names]
    assert seen == without
    assert max(seen) <= found.is_open.sum()
    assert min(seen) < found.is_open.sum()


def a_register() -> Register:
    return Register(
        ("a", "b", "c", "d"),
        {"1": frozenset("ab"), "2": frozenset("abc"), "3": frozenset("cd"), "imposed": frozenset("abcd")},
        {domain: frozenset({"2"} if domain == "ict" else set()) for domain in DOMAINS},
        frozenset({"imposed"}),
    )


def test_what_is_known_leaves_out_what_is_imposed_and_the_domain_itself():
    register = a_register()
    whole, without = register.shared(), register.shared({"2"})
    assert whole[0, 1] == pytest.approx(1 + 1 / 2)
    assert without[0, 1] == pytest.approx(1)
    assert without[0, 2] == 0
    assert whole[2, 3] == pytest.approx(1)
    assert whole[0, 3] == 0


def test_pairs_are_those_who_both_take_part_nearby():
    rows = {
        code: {
            "lon": str(5 + east),
            "lat": "52",
            "province": "P",
            "veiligheidsregio": region,
            "jeugdzorgregio_2016": region,
            "arbeidsmarktregio_2016": "A",
            "rmc_regio_2016": code,
        }
        for code, east, region in (("a", 0.0, "R"), ("b", 0.1, "R"), ("c", 0.2, "S"), ("d", 3.0, "S"))
    }
    border = [{"code_a": "a", "code_b": "b", "kind": "border"}, {"code_a": "b", "code_b": "c", "kind": "gap"}]
    register = Register(
        ("a", "b", "c", "d"),
        {"1": frozenset("ab"), "2": frozenset("cd")},
        {domain: frozenset({"1", "2"} if domain == "ict" else set()) for domain in DOMAINS},
        frozenset(),
    )
    found = pairs(Data(rows, border, {}, {}, {}), register)  # type: ignore[arg-type]
    assert found.places.tolist() == [[0, 1], [0, 2], [1, 2]]
    assert found.together.tolist() == [True, False, False]
    assert found.features[:, TERMS.index("border")].tolist() == [1, 0, 0]
    assert found.features[:, TERMS.index("shared division")].tolist() == [4, 2, 2]
    assert found.features[:, TERMS.index("known")].tolist() == [0, 0, 0]
    assert found.km[0] == pytest.approx(6371 * np.radians(0.1) * np.cos(np.radians(52)), rel=1e-4)


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data is not at {DATA}")
def test_the_real_register_ranks_better_than_distance_where_it_was_not_fitted():
    found = read(DATA)
    assert len(found.together) == 12_585
    estimated, distance = (Estimate.of(found, MODELS[name], draws=8) for name in ("trust", "distance"))
    kept = found.is_held_out
    ranked, near = (auc(estimate.score(found)[kept], found.together[kept]) for estimate in (estimated, distance))
    assert ranked > 0.92
    assert near < 0.85
    assert left_out(found, MODELS["trust"], found.province) > 0.90
    assert dict(zip(TERMS, estimated.value, strict=True)) == pytest.approx(
        {"constant": -3.06, "10 km apart": -0.12, "border": 0.41, "shared division": 0.80, "known": 1.04}, abs=0.02
    )
    told = report(found, {name: Estimate.of(found, terms, draws=2) for name, terms in MODELS.items()}, draws=3)
    assert "Twente" in told.split("Fitted on", maxsplit=1)[0]


def test_what_the_law_imposes_is_told_by_its_title():
    titles = {"1": "Veiligheidsregio Zeeland", "2": "Belastingkantoor", "3": "Regeling zonder woord dat iets zegt"}
    arrangements = {n: {"title": title, "short_title": "", "body": ""} for n, title in titles.items()}
    members = {n: [{"current_code": code} for code in "ab"] for n in titles}
    data = Data({"a": {}, "b": {}}, [], arrangements, members, {})  # type: ignore[arg-type]
    assert Register.of(data, [], read_knowledge()).imposed == {"1"}


def test_what_is_estimated_is_what_the_model_has():
    """The page and the model say the same, and writing it again changes nothing."""
    page = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    [row] = re.findall(r"^\| trust +\|(.*[+-]\d\.\d\d \(.*)\|$", page, re.MULTILINE)
    cells = [re.fullmatch(r"\s*([+-][\d.]+) \(([\d.]+)\)\s*", cell) for cell in row.split("|")]
    told = np.array([[float(cell[1]), float(cell[2])] for cell in cells if cell is not None])
    prior = ModelFile.model_validate(YAML(typ="safe").load(PARAMETERS)).trust
    assert prior is not None
    assert [getattr(prior, name) for name in NAMES] == told[:, 0].tolist()
    text = PARAMETERS.read_text(encoding="utf-8")
    assert into_model(text, Estimate(MODELS["trust"], told[:, 0], told[:, 1])) == text
    other = into_model(text, Estimate(MODELS["trust"], told[:, 0] + 1, told[:, 1]))
    assert "constant: -2.06" in other


def test_a_model_without_a_place_for_an_estimate_is_told():
    estimate = Estimate(MODELS["trust"], np.zeros(5), np.ones(5))
    with pytest.raises(ValueError, match=r"found 0 values and 0 sources of trust\.constant"):
        into_model("\ntrust:\n  floor: 1\n\n", estimate)
