"""What size costs: differences of which the truth is known, and none."""

from pathlib import Path

import numpy as np
import pytest

from calibration.curves import CLASSES, PAGE, Fit, fit, fits, read, table
from regie_opt.worth.region import Bools, Floats

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TRUTH = np.array([0.30, -0.10, 0.20])
"""Logarithm of spending per inhabitant above that of the second class: of the first, third and fourth."""
SIZES = np.array([10_000, 30_000, 70_000, 200_000])


def country(
    rng: np.random.Generator, truth: Floats, together: float = 0.0, count: int = 340
) -> tuple[Floats, Floats, Bools]:
    """Spending, inhabitants and who does it together (m,), with more noise where municipalities are small."""
    at = rng.integers(0, 4, count)
    in_a_body = rng.random(count) < 0.5
    inhabitants = SIZES[at] * rng.uniform(0.9, 1.3, count)
    level = 3 + np.array([truth[0], 0, truth[1], truth[2]])[at] + together * in_a_body
    noise = rng.normal(size=count) * np.array([0.4, 0.2, 0.2, 0.1])[at]
    return np.exp(level + noise) * inhabitants, inhabitants, in_a_body


def test_what_made_the_figures_is_found_within_its_error():
    off = []
    for seed in range(40):
        spending, inhabitants, together = country(np.random.default_rng(seed), TRUTH, together=-0.2)
        found = fit(spending, inhabitants, together)
        off.append((found.difference - [*TRUTH, -0.2]) / found.error)
    # Errors of the size that is told: in 40 draws they deviate by 1 on average, and are not off to one side.
    assert np.abs(np.mean(off, axis=0)).max() < 4 / np.sqrt(40)
    assert np.std(off, axis=0) == pytest.approx(np.ones(4), abs=0.45)


def test_differences_are_told_from_none_and_none_is_not_told_from_itself():
    p = [
        fit(*country(np.random.default_rng(seed), truth)[:2]).chance_if_flat
        for truth in (TRUTH, 0 * TRUTH)
        for seed in range(100)
    ]
    different, flat = np.array(p[:100]), np.array(p[100:])
    assert different.max() < 0.001
    # Where there is nothing, p is spread evenly: half above a half, one in twenty below 0.05.
    assert np.median(flat) == pytest.approx(0.5, abs=0.15)
    assert (flat < 0.05).mean() < 0.15


def test_doing_it_together_does_not_make_a_curve():
    """Where the small ones are in bodies that are cheaper, size seems to matter until the two are told apart."""
    apart, mixed = [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        spending, inhabitants, _ = country(rng, 0 * TRUTH)
        together = rng.random(len(inhabitants)) < np.where(inhabitants < 20_000, 0.9, 0.2)
        spending *= np.exp(-0.5 * together)
        apart.append(fit(spending, inhabitants, together).chance_if_flat)
        mixed.append(fit(spending, inhabitants).chance_if_flat)
    assert max(mixed) < 0.01
    assert np.median(apart) > 0.3


def test_who_reports_nothing_is_left_out_and_a_class_begins_at_its_bound():
    inhabitants = np.array([least for least, _ in CLASSES for _ in range(3)] + [1000.0] * 3)
    inhabitants[inhabitants == 0] = 19_999
    per_head = np.array([20.0, 10, 40, 5]).repeat(3)
    spending = np.append(per_head * np.tile([0.9, 1, 1 / 0.9], 4), [0, 0, 0]) * inhabitants
    found = fit(spending, inhabitants)
    assert found.count == 12
    assert found.difference == pytest.approx(np.log([2, 4, 0.5]))


def test_the_error_of_a_mean_is_that_of_the_classes_it_compares():
    """Three in each class at -e, 0 and e: the residuals that the others predict are one and a half times as large."""
    e = 0.3
    inhabitants = np.array([10_000.0, 30_000, 70_000, 200_000]).repeat(3)
    found = fit(np.exp(np.tile([-e, 0, e], 4)) * inhabitants, inhabitants)
    # The variance of a mean of three, (1.5 e)^2 x 2 / 9, twice.
    assert found.error == pytest.approx(np.sqrt(2 * (1.5 * e) ** 2 * 2 / 9) * np.ones(3))
    assert found.chance_if_flat == pytest.approx(1)


def test_the_table_tells_per_cent():
    one = Fit(np.log([1.22, 0.93, 1.14, 0.82]), np.diag([0.1, 0.09, 0.1, 0.08]) ** 2, 340)
    flat = Fit(np.zeros(3), np.eye(3), 12)
    rows = table({"belastingen": one, "ict": flat}).splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]
    assert cells[0][:6] == ["belastingen", "340", "+22% (10%)", "-7% (9%)", "+14% (10%)", "-18% (8%)"]
    assert cells[1] == ["ict", "12", "+0% (100%)", "+0% (100%)", "+0% (100%)", "", "1"]


class Accounts:
    """As many municipalities as are asked for, that spend alike on everything."""

    municipalities = {str(n): {} for n in range(40)}

    def inhabitants(self, code: str) -> int:
        return int(SIZES[int(code) % 4])

    def spending(self, code: str, _domain) -> float:
        return self.inhabitants(code) * (10 + int(code) % 7)


def test_domains_that_are_decided_on_are_told_of_and_bodies_where_they_stand_apart():
    found = fits(Accounts(), {"belastingen": frozenset("0123456"), "afval": frozenset("789")})  # type: ignore[arg-type]
    assert "veiligheid" not in found
    assert {key for key, one in found.items() if len(one.difference) == 4} == {"belastingen", "afval"}
    assert {one.count for one in found.values()} == {40}


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data is not at {DATA}")
def test_the_page_has_what_the_accounts_say():
    found = read(DATA)
    assert table(found) in PAGE.read_text(encoding="utf-8")
    assert found["ict"].difference[0] == pytest.approx(np.log(1.34), abs=0.01)
    assert found["belastingen"].difference[3] < 0 < found["afval"].difference[3]
