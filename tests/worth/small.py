"""A region of round numbers, so that every figure can be worked out by hand.

Per inhabitant 18 euro, half of it people, 90,000 euro per full-time equivalent: 1 fte per 10,000 inhabitants and
domain. Aa and Bee are equal (10,000) and of one region; Cee is four times as large, of another region, and has 3 fte
for tax instead of 4. What moves costs 1,000 euro a year per fte; of what a pool brings, half rests on trust, so that Aa
and Bee keep 0.8 of it.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.worth import complete_plan, today_plan
from regie_opt.worth.assessment import Assessor, assessor
from regie_opt.worth.bodies import NOBODY, Bodies
from regie_opt.worth.region import Region
from regie_opt.worth.value import Worth

FROM = {"*": "test"}
ODDS_ALIKE, ODDS_APART = math.log(0.6 / 0.4), math.log(0.45 / 0.55)
"""Log odds of a trust of 0.6, between Aa and Bee, and of 0.45."""
MONTHS = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05]


def name(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def domain(**changes: Any) -> dict[str, Any]:
    return {
        "name": name("domain"),
        "task": "support",
        "authority": "none",
        "spending_per_inhabitant": 18,
        "staff_share": 0.5,
        "functions": 2,
        "specialists": 2,
        "fte_per_specialist": 4,
        "scale": [[10000, 1.25], [40000, 1.0]],
        "power_mass": 50000,
        "relevance": {"vulnerability": 1, "quality": 0.5, "cost": 1, "knowledge": 0.5, "power": 0.25},
        "appeal": 1,
        "sources": FROM,
        **changes,
    }


def form(**changes: Any) -> dict[str, Any]:
    return {
        "name": name("form"),
        "legal_person": False,
        "parties": ["college"],
        "transfer": "none",
        "tasks": ["execution", "support"],
        "staff": "host",
        "binding_rules": False,
        "further_domain": {"college": 0.2, "council": 0.4, "officials": 0.2},
        "autonomy": 0.4,
        "least_trust": 0.4,
        "realises": {"vulnerability": 0.9, "quality": 0.9, "cost": 0.8, "knowledge": 0.5, "power": 0.7},
        "exit_factor": 1,
        "setup": 40000,
        "move": 5000,
        "work_share": 0.9,
        "sources": FROM,
        **changes,
    }


TREE: dict[str, Any] = {
    "name": "small",
    "model": "test",
    "domains": {
        "tax": domain(task="execution", authority="mandate", levies=True),
        "hr": domain(weight=2),
        "economy": domain(task="policy", staffed=False, relevance={"knowledge": 1, "power": 1}),
        "safety": domain(task="execution", authority="delegation", statutory=True),
    },
    "forms": {
        "body": form(
            legal_person=True,
            transfer="delegation",
            tasks=["policy", "execution", "support"],
            staff="own",
            binding_rules=True,
            hours={"college": 40, "council": 48, "officials": 130},
            exit_factor=2.5,
            setup=60000,
            autonomy=0.7,
        ),
        "hub": form(
            transfer="mandate",
            binding_rules=True,
            hosting="centre",
            hours={"college": 10, "council": 8, "officials": 60},
            host_hours={"officials": 120},
        ),
        "swap": form(
            hosting="mutual",
            hours={"college": 8, "council": 4, "officials": 50},
            host_hours={"officials": 30},
            exit_factor=0.5,
        ),
        "table": form(
            tasks=["policy"],
            staff="none",
            formal=False,
            hours={"college": 16, "council": 2, "officials": 40},
            realises={"knowledge": 0.8, "power": 0.25},
            exit_factor=0,
            setup=2000,
            work_share=0,
            autonomy=0.05,
        ),
    },
    "criteria": {
        key: {"name": name(key), "weight": 1, "sources": FROM}
        for key in (
            "burden",
            "overload",
            "vulnerability",
            "quality",
            "cost",
            "knowledge",
            "power",
            "reciprocity",
            "transition",
            "autonomy",
            "congruence",
            "partnerships",
        )
    },
    "motives": {"unavailability": 0.2, "knowledge_partners": 4, "beside_share": 0.2, "sources": FROM},
    "trust": {
        "constant": ODDS_APART,
        "distance": -0.5,
        "unknown_km": 0,
        "border": 0.4,
        "division": ODDS_ALIKE - ODDS_APART,
        "unknown_division": 0,
        "known": 0,
        "known_scale": 4,
        "largest_known": 30,
        "past": 1,
        "outside": 0.5,
        "reliance": 0.5,
        "sources": FROM,
    },
    "wants": {"taking_part": 2, "staying_out": 0.5, "revealed": 1, "sources": FROM},
    "burden": {
        "growth": {"college": 0.02, "council": 0, "officials": 0.02},
        "friction": {"college": 0.5, "council": 0.25, "officials": 0.5},
        "role_weight": {"college": 2, "council": 1.5, "officials": 1},
        "rate": {"college": 90, "council": 40, "officials": 60},
        "board_hours": 100,
        "calendar_college": MONTHS,
        "calendar_council": MONTHS,
        "calendar_officials": MONTHS,
        "sources": FROM,
    },
    "money": {
        "euro_per_fte": 90000,
        "horizon": 5,
        "account": 100000,
        "capacity": 1,
        "imbalance": 0.25,
        "sources": FROM,
    },
    "sources": {"test": "worked out by hand"},
    "municipalities": {
        "aa": {"name": "Aa", "population": 10000, "divisions": {"safety": "North"}},
        "bee": {"name": "Bee", "population": 10000, "divisions": {"safety": "North"}},
        "cee": {"name": "Cee", "population": 40000, "staff": {"tax": 3}, "divisions": {"safety": "South"}},
    },
}


def small(**changes: Any) -> Scenario:
    """The region of round numbers; keyword arguments replace or extend sections of it."""
    tree = dict(TREE)
    for key, value in changes.items():
        both = isinstance(tree.get(key), Mapping) and isinstance(value, Mapping)
        tree[key] = {**tree[key], **value} if both else value
    return Scenario.model_validate(tree, strict=False)


def today(form: str, members: Sequence[str], domains: Sequence[str], **more: Any) -> dict[str, Any]:
    """An entry of the inventory."""
    return {"name": form, "form": form, "members": list(members), "domains": list(domains), **more}


def bodies(region: Region, *rows: tuple[str, str], host: str | None = None, continues: int = NOBODY) -> Bodies:
    """Bodies from (form, members separated by spaces)."""
    members = np.array([[c in names.split() for c in region.codes] for _, names in rows])
    at = NOBODY if host is None else region.municipality_index[host]
    forms = np.array([region.form_index[f] for f, _ in rows])
    return Bodies(region, members, forms, np.full(len(rows), at), np.full(len(rows), continues))


def plan(
    form: str, members: str, domains: str, hosts: Mapping[str, str] | None = None, **more: Any
) -> PlannedPartnership:
    """A partnership as people write it; members and domains separated by spaces."""
    return PlannedPartnership(
        form=form,
        members=tuple(members.split()),
        domains=tuple(domains.split()),
        hosts=dict(hosts) if hosts else None,
        **more,
    )


def assessed(scenario: Scenario, *partnerships: PlannedPartnership) -> Assessor:
    """The assessment of a plan that is made whole first."""
    return assessor(Worth(scenario, scenario), complete_plan(scenario, partnerships))


def as_it_is(scenario: Scenario) -> Assessor:
    """The assessment of today."""
    return assessor(Worth(scenario, scenario), today_plan(scenario))
