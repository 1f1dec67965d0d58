"""The walk through Leerstad by hand: arithmetic on the figures of the files, checked against what the code computes.

Every line is `label = expression = result`. The expression is the text itself, worked out here with a calculator's
functions only; nothing of `regie_opt.worth` goes into it but the figures of the scenario and earlier results.
"""

import math
import warnings
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from regie_opt import engine
from regie_opt.loading import load
from regie_opt.schema.lawful import unlawful
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.strict import MOTIVES, ROLES
from regie_opt.worth.assessment import Assessor, assessor
from regie_opt.worth.autonomy import autonomy
from regie_opt.worth.bodies import Bodies
from regie_opt.worth.burden import burden, hours
from regie_opt.worth.motives import Pooled, alone, gain
from regie_opt.worth.region import Region
from regie_opt.worth.transition import exit_costs, transition
from regie_opt.worth.value import Worth

SCENARIO = Path(__file__).resolve().parents[2] / "scenarios" / "leerstad" / "scenario.yaml"
MEMBERS = ("noordwolde", "veenkerk", "oosterhei", "leerstad")
HOST = "leerstad"
FORM = "centrum"
DOMAINS = ("belastingen", "ict", "burgerzaken")
GUEST, LOOKED_AT = "noordwolde", "ict"
"""The municipality and the domain of which every motive is worked out."""

_FUNCTIONS = {
    "exp": math.exp,
    "ln": math.log,
    "sqrt": math.sqrt,
    "min": min,
    "cos": lambda x: math.cos(math.radians(x)),
}


@cache
def _worth() -> Worth:
    loaded = load(SCENARIO)
    return Worth(loaded.scenario, loaded.base)


@cache
def _plan() -> tuple[PlannedPartnership, ...]:
    """The proposal, in which the partnership of this walk must be."""
    worth = _worth()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # PuLP 3 announces PuLP 4 at every variable
        plan = engine.solve(worth.scenario, worth.base).partnerships
    walked = [q for q in plan if q.form == FORM and q.members == MEMBERS and q.domains == DOMAINS]
    if len(walked) != 1 or walked[0].hosts != dict.fromkeys(DOMAINS, HOST):
        msg = "the partnership that docs/leerstad.md walks through is no longer proposed: choose another in by_hand.py"
        raise AssertionError(msg)
    return plan


@cache
def _assessed() -> Assessor:
    return assessor(_worth(), _plan())


@cache
def _body() -> Bodies:
    """The partnership as the one body of an array of bodies."""
    assessed = _assessed()
    p = next(i for i, q in enumerate(_plan()) if q.form == FORM)
    return assessed.placed.bodies.take(np.array([p]))


def _region() -> Region:
    return _worth().region


def _m(code: str) -> int:
    return _region().municipality_index[code]


def _d(key: str) -> int:
    return _region().domain_index[key]


def _n(value: float) -> str:
    """A figure as a person would write it down."""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def _line(label: str, expression: str, code: float, digits: int = 4) -> str:
    """One line; refuses a result that differs from what the code computes."""
    result = float(eval(expression, {"__builtins__": {}}, _FUNCTIONS))
    if not math.isclose(result, float(code), rel_tol=2e-5, abs_tol=0.5 * 10**-digits):
        msg = f"{label}: {expression} is {result} by hand, {float(code)} by the code"
        raise AssertionError(msg)
    written = expression.replace(" ** ", "^").replace("*", "×").replace(" - ", " − ")
    return f"{label} = {written} = {result:.{digits}f}"


def _sum(parts: list[str]) -> str:
    return " + ".join(parts)


def staff() -> list[str]:
    """Formula (1): staff, which the region file gives here, and what it would be from spending."""
    scenario, d = _worth().scenario, _d(LOOKED_AT)
    given = [scenario.municipalities[c].staff[LOOKED_AT] for c in MEMBERS]
    return [
        *(
            f"{c} = {_n(fte)} fte, {_n(1000 * fte / scenario.municipalities[c].population)} per 1,000 inhabitants"
            for c, fte in zip(MEMBERS, given, strict=True)
        ),
        _line("together", _sum([_n(fte) for fte in given]), _body().staff[0, d], 1),
    ]


def trust() -> list[str]:
    """Formulas (2) and (3)."""
    region, prior = _region(), _worth().scenario.trust
    i, j = _m(GUEST), _m(HOST)
    a, b = (region.scenario.municipalities[c] for c in (GUEST, HOST))
    assert a.location is not None
    assert b.location is not None
    north = f"(({_n(a.location.lat)} - {_n(b.location.lat)}) * 111.195)"
    east = (
        f"(({_n(b.location.lon)} - {_n(a.location.lon)}) * 111.195 * cos({_n((a.location.lat + b.location.lat) / 2)}))"
    )
    km = region.distance_km[i, j]
    known = float(region.familiarity[i, j])
    terms = [
        _n(prior.constant),
        f"{_n(prior.distance)} * {km:.4f} / 10",
        f"{_n(prior.border)} * {int(region.borders[i, j])}",
        f"{_n(prior.division)} * {_n(float(region.shared_divisions[i, j]))}",
        f"{_n(prior.known)} * ln(1 + {_n(prior.known_scale)} * {known:.4f})",
    ]
    odds = float(np.log(region.trust[i, j] / (1 - region.trust[i, j])))
    lines = [
        _line("distance, km", f"sqrt({north} ** 2 + {east} ** 2)", km, 2),
        _line(f"log odds {GUEST} - {HOST}", _sum(terms).replace("+ -", "- "), odds).replace("= -", "= −"),
        _line(f"trust {GUEST} - {HOST}", f"1 / (1 + exp(-{odds:.4f}))", region.trust[i, j]),
    ]
    pairs = [(c, e) for k, c in enumerate(MEMBERS) for e in MEMBERS[k + 1 :]]
    figures = [_n(round(region.trust[_m(c), _m(e)], 6)) for c, e in pairs]
    lines += [
        f"trust {c} - {e} = {float(t):.4f}" for (c, e), t in zip(pairs, figures, strict=True) if (c, e) != (GUEST, HOST)
    ]
    lines.append(
        _line("mean trust", f"({_sum([f'{float(t):.4f}' for t in figures])}) / {len(pairs)}", _body().mean_trust[0])
    )
    return lines


def hours_of_the_college() -> list[str]:
    """Formula (4), and (5) for the weighted sum."""
    scenario, body = _worth().scenario, _body()
    form, asked = scenario.forms[FORM], hours(body)
    size, mean = len(MEMBERS), f"{body.mean_trust[0]:.4f}"
    lines = []
    for r, role in enumerate(ROLES):
        growth, friction = getattr(scenario.burden.growth, role), getattr(scenario.burden.friction, role)
        total = asked.base[0, r] + asked.per_domain[0, r] * len(DOMAINS)
        expression = (
            f"{_n(getattr(form.hours, role))} * (1 + {_n(growth)} * ({size} - 5)) * (1 + {_n(friction)} * (1 - {mean}))"
            f" * (1 + {_n(form.further_domain)} * ({len(DOMAINS)} - 1))"
        )
        lines.append(_line(f"{role} per member, hours", expression, total, 2))
    weight = scenario.burden.role_weight
    each = [asked.base[0, r] + asked.per_domain[0, r] * len(DOMAINS) for r in range(len(ROLES))]
    parts = [f"{_n(getattr(weight, role))} * {h:.2f}" for role, h in zip(ROLES, each, strict=True)]
    base, per_domain = burden(body)
    host = f" + {_n(weight.officials)} * {_n(form.host_hours.officials)}"
    lines.append(_line("weighted hours", f"{size} * ({_sum(parts)}){host}", base[0] + per_domain[0] * len(DOMAINS), 0))
    return lines


def _reached(motive: str) -> float:
    return float(
        np.broadcast_to(Pooled(_body()).reached(motive), (1, len(_region().codes), len(_region().domains)))[
            0, _m(GUEST), _d(LOOKED_AT)
        ]
    )


def _alone(motive: str, code: str = GUEST) -> float:
    return float(alone(_region())[MOTIVES.index(motive), _m(code), _d(LOOKED_AT)])


def _wanted(code: str, key: str, motive: str) -> float:
    """How much a municipality wants a motive in a domain."""
    place = _worth().scenario.municipalities[code]
    of_domain = {str(q): v for q, v in place.domain_motives.get(key, {}).items()}
    return {str(q): v for q, v in place.motives.items()}.get(motive, 1.0) * of_domain.get(motive, 1.0)


def _levels(motive: str, code: str, key: str) -> tuple[float, float]:
    """Alone and pooled by formulas (7), (8), (10) and (11), without the arrays of the code; cost is shown in `cost`."""
    scenario, domain = _worth().scenario, _worth().scenario.domains[key]
    own, pool = (sum(scenario.municipalities[c].staff[key] for c in codes) for codes in ((code,), MEMBERS))
    population, served = (sum(scenario.municipalities[c].population for c in codes) for codes in ((code,), MEMBERS))
    away, needed = scenario.motives.unavailability, domain.specialists * domain.fte_per_specialist
    partners = sum(_region().trust[_m(code), _m(c)] for c in MEMBERS)
    mean = sum(_region().trust[_m(c), _m(e)] for c in MEMBERS for e in MEMBERS) / len(MEMBERS) / (len(MEMBERS) - 1)
    return {
        "vulnerability": (1 - away ** (own / domain.functions), 1 - away ** (pool / domain.functions)),
        "quality": (min(1, own / needed), min(1, pool / needed)),
        "knowledge": (0.0, 1 - math.exp(-partners / scenario.motives.knowledge_partners)),
        "power": (population / (population + domain.power_mass), served / (served + domain.power_mass) * mean),
    }[motive]


def _amount(motive: str) -> float:
    """Gain of the partnership in a motive, summed over its cells by formulas (12) to (14)."""
    scenario = _worth().scenario
    realised = {str(q): v for q, v in scenario.forms[FORM].realises.items()}.get(motive, 0.0)
    share = 1 - scenario.motives.beside_share if motive in ("knowledge", "power") else 1.0
    return sum(
        _wanted(code, key, motive)
        * {str(q): v for q, v in scenario.domains[key].relevance.items()}.get(motive, 0.0)
        * share
        * realised
        * (pooled - before)
        for code in MEMBERS
        for key in DOMAINS
        for before, pooled in [_levels(motive, code, key)]
    )


def motives() -> list[str]:
    """Formulas (7) to (11), alone and pooled, for one municipality and domain."""
    scenario, body, d = _worth().scenario, _body(), _d(LOOKED_AT)
    domain = scenario.domains[LOOKED_AT]
    own, pool = scenario.municipalities[GUEST].staff[LOOKED_AT], body.staff[0, d]
    away = _n(scenario.motives.unavailability)
    functions, needed = _n(domain.functions), f"({_n(domain.specialists)} * {_n(domain.fte_per_specialist)})"
    partners = _sum([f"{_region().trust[_m(GUEST), _m(c)]:.4f}" for c in MEMBERS if c != GUEST])
    population = scenario.municipalities[GUEST].population
    mass = f"({int(body.inhabitants[0])} / ({int(body.inhabitants[0])} + {_n(domain.power_mass)}))"
    return [
        _line("vulnerability alone", f"1 - {away} ** ({_n(own)} / {functions})", _alone("vulnerability")),
        _line("vulnerability pooled", f"1 - {away} ** ({_n(pool)} / {functions})", _reached("vulnerability")),
        _line("quality alone", f"min(1, {_n(own)} / {needed})", _alone("quality")),
        _line("quality pooled", f"min(1, {_n(pool)} / {needed})", _reached("quality")),
        _line("knowledge alone", "0", _alone("knowledge")),
        _line(
            "knowledge pooled",
            f"1 - exp(-({partners}) / {_n(scenario.motives.knowledge_partners)})",
            _reached("knowledge"),
        ),
        _line("power alone", f"{population} / ({population} + {_n(domain.power_mass)})", _alone("power")),
        _line("power pooled", f"{mass} * {body.mean_trust[0]:.4f}", _reached("power")),
    ]


def cost() -> list[str]:
    """Formula (9), for taxes, where scale is known to matter."""
    region, scenario = _region(), _worth().scenario
    points = scenario.domains["belastingen"].scale
    inhabitants = float(_body().inhabitants[0])
    lowest = min(index for _, index in points)
    d = _d("belastingen")

    def index(served: float) -> str:
        if served <= points[0][0]:
            return _n(points[0][1])
        if served >= points[-1][0]:
            return _n(points[-1][1])
        (p, at_p), (q, at_q) = next((a, b) for a, b in pairwise(points) if a[0] <= served <= b[0])
        share = f"ln({_n(served)} / {_n(p)}) / ln({_n(q)} / {_n(p)})"
        return f"({_n(at_p)} + ({_n(at_q)} - {_n(at_p)}) * {share})"

    lines = []
    for code in MEMBERS:
        own = float(scenario.municipalities[code].population)
        code_says = alone(region)[MOTIVES.index("cost"), _m(code), d]
        lines.append(_line(f"cost of taxes alone, {code}", f"{_n(lowest)} / {index(own)}", code_says))
    pooled = float(Pooled(_body()).cost[0, d])
    lines.append(_line("cost of taxes pooled", f"{_n(lowest)} / {index(inhabitants)}", pooled))
    return lines


def satisfaction() -> list[str]:
    """Formulas (12) and (13): what the form realises, and the amount that the cell adds."""
    scenario, region = _worth().scenario, _region()
    form = scenario.forms[FORM]
    levels, lines = _assessed().satisfaction, []
    for q, motive in enumerate(MOTIVES):
        at_stake = scenario.domains[LOOKED_AT].relevance.get(motive, 0.0)
        if not at_stake or motive == "cost":
            continue
        share = 1 - scenario.motives.beside_share if motive in ("knowledge", "power") else 1.0
        before, pooled = _alone(motive), _reached(motive)
        level = f"{before:.5f} + {_n(form.realises[motive])} * ({pooled:.5f} - {before:.5f})"
        expression = level if share == 1 else f"{_n(share)} * ({level})"
        reached = levels[q, _m(GUEST), _d(LOOKED_AT)]
        lines.append(_line(f"{motive} realised", expression, reached))
        want = _wanted(GUEST, LOOKED_AT, motive)
        started = before * share
        lines.append(
            _line(
                f"  gain that counts, at stake {_n(at_stake)}",
                f"{_n(want)} * {_n(at_stake)} * ({reached:.5f} - {started:.5f})",
                region.want[q, _m(GUEST), _d(LOOKED_AT)] * (reached - started),
            )
        )
    return lines


def transition_and_autonomy() -> list[str]:
    """Formulas (16) and (17)."""
    worth, scenario = _worth(), _worth().scenario
    form, years = scenario.forms[FORM], _n(scenario.money.horizon)
    minds = [_n(scenario.municipalities[c].autonomy) for c in MEMBERS if c != HOST]
    lines = [
        _line(
            "set-up, euro per year",
            f"{len(MEMBERS)} * {_n(form.setup)} / {years}",
            transition(_body())[0][0],
            0,
        )
    ]
    e = worth.today.index["ict-dienst"]
    now = scenario.partnerships["ict-dienst"]
    assert now.contribution is not None
    left = _n(scenario.forms[now.form].exit_factor)
    lines.append(
        _line(
            "leaving the ICT service, euro per year",
            f"{left} * {_n(now.contribution)} / {years}",
            exit_costs(worth.region)[e].sum(),
            0,
        )
    )
    given_up = autonomy(_body())[0, [_d(k) for k in DOMAINS]].sum()
    lines.append(_line("autonomy, cells", f"{_n(form.autonomy)} * ({_sum(minds)}) * {len(DOMAINS)}", given_up, 2))
    return lines


def references() -> list[str]:
    """Formula (21): what the amounts are measured against."""
    worth, scenario = _worth(), _worth().scenario
    base, each = burden(worth.today.bodies)
    count = worth.today.carried.sum(axis=1)
    parts = [f"{float(b + a * n):.1f}" for b, a, n in zip(base, each, count, strict=True)]
    lines = [_line("burden, weighted hours of today", _sum(parts), worth.references["burden"], 1)]
    for motive in ("vulnerability", "quality"):
        of_domains = [d.relevance.get(motive, 0.0) for d in scenario.domains.values()]
        extra = sum(
            (_wanted(code, key, motive) - 1) * domain.relevance.get(motive, 0.0)
            for code in scenario.municipalities
            for key, domain in scenario.domains.items()
        )
        wanted = f" + {_n(extra)}" if extra else ""
        expression = f"{len(scenario.municipalities)} * ({_sum([_n(v) for v in of_domains])}){wanted}"
        lines.append(_line(f"{motive}, cells", expression, worth.references[motive], 1))
    years = _n(scenario.money.horizon)
    leaving = [
        f"{_n(scenario.forms[p.form].exit_factor)} * {_n(p.contribution)} / {years}"
        for p in scenario.partnerships.values()
        if p.contribution is not None
    ]
    lines.append(_line("transition, euro per year if all is left", _sum(leaving), worth.references["transition"], 0))
    minds = [_n(place.autonomy) for place in scenario.municipalities.values()]
    lines.append(
        _line("autonomy, cells", f"({_sum(minds)}) * {len(scenario.domains)}", worth.references["autonomy"], 1)
    )
    return lines


def value() -> list[str]:
    """Formula (20), from everybody alone to the proposal."""
    worth = _worth()
    body, carried = _body(), [_d(k) for k in DOMAINS]
    scenario = worth.scenario
    base, per_domain = burden(body)
    amount = {
        "burden": float(base[0] + per_domain[0] * len(DOMAINS)),
        "transition": float(transition(body)[0][0]),
        "autonomy": float(autonomy(body)[0, carried].sum()),
        **{q: float(gain(body)[i, 0, carried].sum()) for i, q in enumerate(MOTIVES)},
    }
    for motive in MOTIVES:
        if motive != "cost" and not math.isclose(_amount(motive), amount[motive], rel_tol=1e-9, abs_tol=1e-9):
            msg = f"{motive}: {_amount(motive)} by hand, {amount[motive]} by the code"
            raise AssertionError(msg)
    lines, parts = [], []
    for criterion in ("burden", *MOTIVES, "transition", "autonomy"):
        sign = "-" if criterion in ("burden", "transition", "autonomy") else ""
        weight = scenario.criteria[criterion].weight
        worth_of_it = worth.coefficients[criterion] * amount[criterion]
        lines.append(
            _line(
                criterion,
                f"{sign}{_n(weight)} * {amount[criterion]:.4f} / {worth.references[criterion]:.4f}",
                worth_of_it,
            ).replace("= -", "= −")
        )
        parts.append(f"{worth_of_it:.5f}")
    of_body, of_domains = worth.column_values(body)
    added = float(of_body[0] + of_domains[0, carried].sum())
    lines.append(_line("this partnership", _sum(parts).replace("+ -", "- "), added).replace("= -", "= −"))
    nothing = assessor(worth, []).value
    leaving = {c.key: c.contribution for c in assessor(worth, []).criteria}["transition"]
    other = [q for q in _plan() if q.form != FORM]
    rest = assessor(worth, other).value - nothing
    kept = {q.continues for q in other}
    saved = [worth.today.index[k] for k in kept if k]
    spared = float(worth.exits[saved].sum()) * -worth.coefficients["transition"]
    lines.append(f"everybody alone, nothing to pay for leaving = {nothing - leaving:.4f}")
    lines.append(f"the waste body, against alone = {rest - spared:.4f}".replace("= -", "= −"))
    lines.append(f"leaving the waste body would cost = {spared:.4f}")
    left = worth.today.index["ict-dienst"]
    ended = worth.coefficients["transition"] * float(worth.exits[left].sum())
    lines.append(f"leaving the ICT service = {ended:.4f}".replace("= -", "= −"))
    expression = _sum([f"{v:.5f}" for v in (nothing - leaving, added, rest - spared, ended)]).replace("+ -", "- ")
    lines.append(_line("the proposal", expression, _assessed().value))
    return lines


def lawful_forms() -> list[str]:
    """Which forms may carry which domain, in the shipped model."""
    scenario = load(SCENARIO.parents[1] / "zeeland" / "scenario.yaml").base
    return [
        f"{key}: {', '.join(name for name, form in scenario.forms.items() if unlawful(form, domain) is None)}"
        for key, domain in scenario.domains.items()
        if not domain.statutory
    ]


CHAPTERS: dict[str, Callable[[], list[str]]] = {
    "staff": staff,
    "trust": trust,
    "hours": hours_of_the_college,
    "motives": motives,
    "cost": cost,
    "satisfaction": satisfaction,
    "transition and autonomy": transition_and_autonomy,
    "references": references,
    "value": value,
    "lawful forms": lawful_forms,
}
