from pathlib import Path

import pytest

from regie_opt.loading import load
from regie_opt.schema.defaults import spending_euro, staff_fte
from regie_opt.schema.lawful import unlawful


@pytest.mark.parametrize(
    ("form", "domain", "reason"),
    [
        ("ol", "belastingen", None),
        ("ol", "wmo", None),
        ("centrum", "belastingen", "it asks for delegation, and the form goes no further than mandate"),
        ("netwerk", "ict", "it needs people on a payroll, and the form has none, nor a host that has"),
        ("netwerk", "wmo", "it asks for mandate, and the form goes no further than no transfer at all"),
        ("nv", "ict", "the form is of private law, which is not specially indicated for the domain"),
    ],
)
def test_form_is_lawful_only_if_it_meets_every_requirement(
    form: str, domain: str, reason: str | None, scenario: Path
) -> None:
    model = load(scenario).scenario
    assert unlawful(model.forms[form], model.domains[domain]) == reason


def test_joint_organ_may_not_levy_and_a_council_power_needs_the_council(scenario: Path) -> None:
    model = load(scenario).scenario
    form, domain = model.forms["ol"], model.domains["belastingen"]
    organ = form.model_copy(update={"binding_rules": False})
    assert unlawful(organ, domain) == "it levies tax or makes generally binding rules, and the form may not"
    power = domain.model_copy(update={"competence": "council"})
    assert unlawful(form, power) == "it is a power of the council, which takes no part in the form"
    bound = form.model_copy(update={"tasks": ("support",)})
    assert unlawful(bound, domain) == "the task is execution, and the form may only carry support"


def test_staff_and_spending_default_to_the_models(scenario: Path) -> None:
    loaded = load(scenario, sets=["municipalities.B2.spending.ict=900000"]).scenario
    assert staff_fte(loaded, "A1", "ict") == 20
    assert spending_euro(loaded, "B2", "ict") == 900_000
    assert staff_fte(loaded, "B2", "ict") == pytest.approx(6)  # 900,000 x 0.6 / 90,000
    assert spending_euro(loaded, "C3", "wmo") == 450_000  # 15,000 x 30
    assert staff_fte(loaded, "C3", "wmo") == pytest.approx(3)  # 450,000 x 0.6 / 90,000
