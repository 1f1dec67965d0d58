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
from regie_opt.worth import today_plan
from regie_opt.worth.assessment import Assessor, assessor
from regie_opt.worth.autonomy import autonomy
from regie_opt.worth.bodies import Bodies
from regie_opt.worth.burden import burden, hours
from regie_opt.worth.motives import Pooled, alone, alone_index, gain, index_in
from regie_opt.worth.region import Region
from regie_opt.worth.transition import exit_costs, transition
from regie_opt.worth.value import Worth
from regie_opt.worth.yields import member_yields

SCENARIO = Path(__file__).resolve().parents[2] / "scenarios" / "leerstad" / "scenario.yaml"
MEMBERS = ("noordwolde", "veenkerk", "oosterhei", "leerstad")
HOST = "leerstad"
FORM = "centrum"
DOMAINS = ("belastingen",)
GUEST, LOOKED_AT = "noordwolde", "belastingen"
"""The municipality and the domain of which every motive is worked out."""
JOINED, JOINER = "ict-dienst", "noordwolde"
"""The partnership of today that goes on with one more, and who that is."""
OUT = "rietdam"
"""A municipality that is not in it."""
TABLE = "klantentafel"
OF_THE_WORK = ("vulnerability", "quality", "cost")
"""Motives of which trust lets a part through."""

_FUNCTIONS = {
    "exp": math.exp,
    "ln": math.log,
    "sqrt": math.sqrt,
    "min": min,
    "max": max,
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
    written = expression.replace(" ** ", "^").replace("*", "×").replace(" + -", " − ").replace(" - ", " − ")
    return f"{label} = {written} = {result:.{digits}f}".replace("= -", "= −").replace("(-", "(−")


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
    region = _region()
    i, j = _m(GUEST), _m(HOST)
    a, b = (region.scenario.municipalities[c] for c in (GUEST, HOST))
    assert a.location is not None
    assert b.location is not None
    north = f"(({_n(a.location.lat)} - {_n(b.location.lat)}) * 111.195)"
    east = (
        f"(({_n(b.location.lon)} - {_n(a.location.lon)}) * 111.195 * cos({_n((a.location.lat + b.location.lat) / 2)}))"
    )
    km = region.distance_km[i, j]
    lines = [
        _line("distance, km", f"sqrt({north} ** 2 + {east} ** 2)", km, 2),
        *_trust_between(GUEST, HOST),
    ]
    lines += _trust_between(OUT, HOST)
    pairs = [(c, e) for k, c in enumerate(MEMBERS) for e in MEMBERS[k + 1 :]]
    figures = [_n(round(region.trust[_m(c), _m(e)], 6)) for c, e in pairs]
    lines += [
        f"trust {c} - {e} = {float(t):.4f}" for (c, e), t in zip(pairs, figures, strict=True) if (c, e) != (GUEST, HOST)
    ]
    lines.append(
        _line("mean trust", f"({_sum([f'{float(t):.4f}' for t in figures])}) / {len(pairs)}", _body().mean_trust[0])
    )
    return lines


def _trust_between(first: str, second: str) -> list[str]:
    """Log odds and trust of two municipalities of which nobody filled in anything."""
    region, prior = _region(), _worth().scenario.trust
    i, j = _m(first), _m(second)
    terms = [
        _n(prior.constant),
        f"{_n(prior.distance)} * {region.distance_km[i, j]:.4f} / 10",
        f"{_n(prior.border)} * {int(region.borders[i, j])}",
        f"{_n(prior.division)} * {_n(float(region.shared_divisions[i, j]))}",
        f"{_n(prior.known)} * ln(1 + {_n(prior.known_scale)} * {float(region.familiarity[i, j]):.4f})",
    ]
    odds = float(np.log(region.trust[i, j] / (1 - region.trust[i, j])))
    return [
        _line(f"log odds {first} - {second}", " + ".join(terms), odds),
        _line(f"trust {first} - {second}", f"1 / (1 + exp({-odds:.4f}))", region.trust[i, j]),
    ]


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
            f" * (1 + {_n(getattr(form.further_domain, role))} * ({len(DOMAINS)} - 1))"
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


def _takes_part(code: str, key: str) -> bool:
    """Whether a municipality does a domain of the same portfolio together today."""
    scenario = _worth().scenario
    portfolio = scenario.domains[key].portfolio
    return any(
        code in now.members and not now.beside and portfolio in {scenario.domains[d].portfolio for d in now.domains}
        for now in scenario.partnerships.values()
    )


def _said(code: str, key: str, motive: str) -> float | None:
    """What a municipality filled in of a motive in a domain, if anything."""
    place = _worth().scenario.municipalities[code]
    own = {str(q): v for q, v in place.motives.items()}
    of_domain = {str(q): v for q, v in place.domain_motives.get(key, {}).items()}
    return own.get(motive, 1.0) * of_domain.get(motive, 1.0) if motive in own or motive in of_domain else None


def _want(code: str, key: str, motive: str) -> str:
    """The want of a cell as an expression: filled in or revealed, at stake, appeal."""
    wants, domain = _worth().scenario.wants, _worth().scenario.domains[key]
    said = _said(code, key, motive)
    revealed = wants.taking_part if _takes_part(code, key) else wants.staying_out
    first = f"{_n(revealed)} ** {_n(wants.revealed)}" if said is None else _n(said)
    factors = [first, _n({str(q): v for q, v in domain.relevance.items()}.get(motive, 0.0))]
    return " * ".join(factors if motive == "cost" else [*factors, _n(domain.appeal)])


def _wanted(code: str, key: str, motive: str) -> float:
    """How much a cell counts, worked out."""
    return float(eval(_want(code, key, motive), {"__builtins__": {}}, _FUNCTIONS))


def _let_through() -> float:
    """Part of what the pool brings to the work that trust lets through."""
    mean = sum(_region().trust[_m(c), _m(e)] for c in MEMBERS for e in MEMBERS) / len(MEMBERS) / (len(MEMBERS) - 1)
    return float(1 - _worth().scenario.trust.reliance * (1 - mean))


def wants() -> list[str]:
    """Who wants what: filled in, or what taking part today says; at stake; appeal."""
    region = _region()
    cells = [(GUEST, LOOKED_AT, q) for q in MOTIVES if q in _worth().scenario.domains[LOOKED_AT].relevance]
    cells += [("veenkerk", LOOKED_AT, "cost"), ("veenkerk", "ict", "quality"), ("rietdam", "ict", "quality")]
    names = {code: code.capitalize() for code in region.codes}
    lines = []
    for code, key, motive in cells:
        how = (
            "filled in"
            if _said(code, key, motive) is not None
            else "takes part"
            if _takes_part(code, key)
            else "stays out"
        )
        counted = region.want[MOTIVES.index(motive), _m(code), _d(key)]
        name = _worth().scenario.domains[key].name.en
        lines.append(_line(f"{names[code]}, {name}, {motive} ({how})", _want(code, key, motive), counted))
    return lines


def _levels(motive: str, code: str, key: str) -> tuple[float, float]:
    """Alone and pooled by formulas (7) to (11), without the arrays of the code; of cost the index."""
    scenario, domain = _worth().scenario, _worth().scenario.domains[key]
    own, pool = (sum(scenario.municipalities[c].staff[key] for c in codes) for codes in ((code,), MEMBERS))
    population, served = (sum(scenario.municipalities[c].population for c in codes) for codes in ((code,), MEMBERS))
    away, needed = scenario.motives.unavailability, domain.specialists * domain.fte_per_specialist
    partners = sum(_region().trust[_m(code), _m(c)] for c in MEMBERS)
    mean = sum(_region().trust[_m(c), _m(e)] for c in MEMBERS for e in MEMBERS) / len(MEMBERS) / (len(MEMBERS) - 1)
    largest = max(scenario.municipalities[c].population for c in MEMBERS)
    together = served / (served + domain.power_mass) * mean
    return {
        "vulnerability": (1 - away ** (own / domain.functions), 1 - away ** (pool / domain.functions)),
        "quality": (min(1, own / needed), min(1, pool / needed)),
        "cost": (_index(key, population), _index(key, served)),
        "knowledge": (0.0, 1 - math.exp(-partners / scenario.motives.knowledge_partners)),
        "power": (
            population / (population + domain.power_mass),
            max(together, largest / (largest + domain.power_mass)),
        ),
    }[motive]


def _index_line(key: str, served: float) -> str:
    """Cost index at a number of inhabitants as an expression: straight between two points, flat outside them."""
    points = _worth().scenario.domains[key].scale
    if served <= points[0][0]:
        return _n(points[0][1])
    if served >= points[-1][0]:
        return _n(points[-1][1])
    (p, at_p), (q, at_q) = next((a, b) for a, b in pairwise(points) if a[0] <= served <= b[0])
    return f"{_n(at_p)} + ({_n(at_q)} - {_n(at_p)}) * ln({_n(served)} / {_n(p)}) / ln({_n(q)} / {_n(p)})"


def _index(key: str, served: float) -> float:
    return float(eval(_index_line(key, served), {"__builtins__": {}}, _FUNCTIONS))


def _amount(motive: str) -> float:
    """Gain of the partnership in a motive, summed over its cells by formulas (12) to (14); of cost in euro."""
    scenario = _worth().scenario
    realised = {str(q): v for q, v in scenario.forms[FORM].realises.items()}.get(motive, 0.0)
    realised *= _let_through() if motive in OF_THE_WORK else 1 - scenario.motives.beside_share
    total = 0.0
    for code in MEMBERS:
        for key in DOMAINS:
            before, pooled = _levels(motive, code, key)
            gained = realised * (pooled - before)
            if motive == "cost":
                gained *= -scenario.municipalities[code].spending[key] / before
            total += _wanted(code, key, motive) * gained
    return total


def motives() -> list[str]:
    """Formulas (7) to (11), alone and pooled, for one municipality and domain."""
    scenario, body, d = _worth().scenario, _body(), _d(LOOKED_AT)
    domain = scenario.domains[LOOKED_AT]
    own, pool = scenario.municipalities[GUEST].staff[LOOKED_AT], body.staff[0, d]
    away = _n(scenario.motives.unavailability)
    functions, needed = _n(domain.functions), f"({_n(domain.specialists)} * {_n(domain.fte_per_specialist)})"
    partners = _sum([f"{_region().trust[_m(GUEST), _m(c)]:.4f}" for c in MEMBERS if c != GUEST])
    population = scenario.municipalities[GUEST].population
    largest = max(scenario.municipalities[c].population for c in MEMBERS)
    mass, of_largest = (f"{int(n)} / ({int(n)} + {_n(domain.power_mass)})" for n in (body.inhabitants[0], largest))
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
        _line("power pooled", f"max({mass} * {body.mean_trust[0]:.4f}, {of_largest})", _reached("power")),
    ]


def cost() -> list[str]:
    """Formulas (9) and (12), and (13) for cost: indices, and euros."""
    scenario, d = _worth().scenario, _d(LOOKED_AT)
    alone_says, says = alone_index(_region())[:, d], index_in(_body())[0, :, d]
    lines = [
        _line(
            f"index alone, {code}",
            _index_line(LOOKED_AT, scenario.municipalities[code].population),
            alone_says[_m(code)],
        )
        for code in MEMBERS
    ]
    pooled = float(Pooled(_body()).index[0, d])
    lines.append(_line("index pooled", _index_line(LOOKED_AT, float(_body().inhabitants[0])), pooled))
    realised, through = _n(scenario.forms[FORM].realises["cost"]), f"{_let_through():.5f}"
    saved = []
    for code in MEMBERS:
        before, after = alone_says[_m(code)], says[_m(code)]
        inside = f"{before:.5f} + {realised} * {through} * ({pooled:.5f} - {before:.5f})"
        lines.append(_line(f"index in the arrangement, {code}", inside, after))
        spending = scenario.municipalities[code].spending[LOOKED_AT]
        worth = _wanted(code, LOOKED_AT, "cost") * spending * (1 - after / before)
        euros = f"{_want(code, LOOKED_AT, 'cost')} * {_n(spending)} * (1 - {after:.8f} / {before:.8f})"
        lines.append(_line("  euro saved that counts", euros, worth, 0))
        saved.append(f"{worth:.1f}")
    lines.append(_line("together, euro per year", _sum(saved), gain(_body())[MOTIVES.index("cost"), 0, d], 0))
    return lines


def satisfaction() -> list[str]:
    """Formulas (12) to (14): what the form realises, as far as trust lets it, and the amount that the cell adds."""
    scenario, region = _worth().scenario, _region()
    form, reliance = scenario.forms[FORM], scenario.trust.reliance
    mean = f"{_body().mean_trust[0]:.4f}"
    lines = [_line("trust lets through", f"1 - {_n(reliance)} * (1 - {mean})", Pooled(_body()).carried_over[0])]
    levels = _assessed().satisfaction
    for q, motive in enumerate(MOTIVES):
        at_stake = scenario.domains[LOOKED_AT].relevance.get(motive, 0.0)
        if not at_stake or motive == "cost":
            continue
        before, pooled = _alone(motive), _reached(motive)
        through = f" * {_let_through():.5f}" if motive in OF_THE_WORK else ""
        level = f"{before:.5f} + {_n(form.realises[motive])}{through} * ({pooled:.5f} - {before:.5f})"
        share = 1.0 if motive in OF_THE_WORK else 1 - scenario.motives.beside_share
        expression = level if share == 1 else f"{_n(share)} * ({level})"
        reached = levels[q, _m(GUEST), _d(LOOKED_AT)]
        lines.append(_line(f"{motive} realised", expression, reached))
        started = before * share
        lines.append(
            _line(
                "  gain that counts",
                f"{_want(GUEST, LOOKED_AT, motive)} * ({reached:.5f} - {started:.5f})",
                region.want[q, _m(GUEST), _d(LOOKED_AT)] * (reached - started),
            )
        )
    return lines


def transition_and_autonomy() -> list[str]:
    """Formulas (16) and (17)."""
    worth, scenario = _worth(), _worth().scenario
    form, years = scenario.forms[FORM], _n(scenario.money.horizon)
    minds = [_n(scenario.municipalities[c].autonomy) for c in MEMBERS if c != HOST]
    setup, each = transition(_body())
    guests = _sum([_n(scenario.municipalities[c].staff[LOOKED_AT]) for c in MEMBERS if c != HOST])
    lines = [
        _line("setting up the arrangement, euro per year", f"{len(MEMBERS)} * {_n(form.setup)} / {years}", setup[0], 0),
        _line(
            "work that moves into it",
            f"{_n(form.move)} * ({guests}) / {years}",
            each[0, [_d(k) for k in DOMAINS]].sum(),
            0,
        ),
    ]
    now, body = scenario.partnerships[JOINED], _others()[JOINED]
    joined = scenario.forms[now.form]
    setup, each = transition(body)
    spared = exit_costs(worth.region)[worth.today.index[JOINED]].sum()
    moved = _n(sum(scenario.municipalities[JOINER].staff[d] for d in now.domains))
    lines.append(
        _line(
            f"{JOINER} joins the ICT service, euro per year",
            f"{_n(joined.setup)} / {years} + {_n(joined.move)} * {moved} / {years}",
            setup[0] + each[0, [_d(k) for k in now.domains]].sum() + spared,
            0,
        )
    )
    for key, name in ((JOINED, "ICT service"), ("afvalschap", "waste body")):
        one = scenario.partnerships[key]
        lines.append(
            _line(
                f"leaving the {name} would cost, euro per year",
                f"{_n(scenario.forms[one.form].exit_factor)} * {_n(one.contribution or 0)} / {years}",
                exit_costs(worth.region)[worth.today.index[key]].sum(),
                0,
            )
        )
    given_up = autonomy(_body())[0, [_d(k) for k in DOMAINS]].sum()
    lines.append(_line("autonomy, cells", f"{_n(form.autonomy)} * ({_sum(minds)}) * {len(DOMAINS)}", given_up, 2))
    return lines


def _others() -> dict[str, Bodies]:
    """The other partnerships of the proposal, by what they continue."""
    bodies = _assessed().placed.bodies
    return {str(q.continues): bodies.take(np.array([p])) for p, q in enumerate(_plan()) if q.continues is not None}


def table() -> list[str]:
    """Formula (14): what the table beside the work adds today, and what it asks."""
    worth, scenario = _worth(), _worth().scenario
    now, e = scenario.partnerships[TABLE], worth.today.index[TABLE]
    [key] = now.domains
    share, form = scenario.motives.beside_share, scenario.forms[now.form]
    body = worth.today.bodies.take(np.array([e]))
    partners = _sum([f"{_region().trust[_m(GUEST), _m(c)]:.4f}" for c in now.members if c != GUEST])
    learned = Pooled(body).knowledge[0]
    today = assessor(worth, today_plan(scenario))
    added = member_yields(today)[MOTIVES.index("knowledge"), e]
    beside = f"{_n(share)} * {_n(form.realises['knowledge'])}"
    lines = [
        _line(
            f"{GUEST} can learn from all",
            f"1 - exp(-({partners}) / {_n(scenario.motives.knowledge_partners)})",
            learned[_m(GUEST)],
        ),
        _line(
            "  the table's part of it that counts",
            f"{_want(GUEST, key, 'knowledge')} * {beside} * {learned[_m(GUEST)]:.5f}",
            added[_m(GUEST)],
        ),
    ]
    by_hand = [_wanted(c, key, "knowledge") * share * form.realises["knowledge"] * learned[_m(c)] for c in now.members]
    counted = float(sum(by_hand))
    coefficient = f"{_n(scenario.criteria['knowledge'].weight)} * {counted:.5f} / {_n(worth.references['knowledge'])}"
    lines.append(_line("  of all five, as value", coefficient, worth.coefficients["knowledge"] * added.sum()))
    base, each = burden(body)
    asked = float(base[0] + each[0])
    hours_by_hand = f"-{_n(scenario.criteria['burden'].weight)} * {asked:.1f} / {worth.references['burden']:.1f}"
    lines.append(_line("its hours, as value", hours_by_hand, worth.coefficients["burden"] * asked))
    return lines


def reciprocity() -> list[str]:
    """Formula (15), for the mutual services of the variant `wederkerig`."""
    loaded = load(SCENARIO, variant="wederkerig")
    worth = Worth(loaded.scenario, loaded.base)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        plan = engine.solve(worth.scenario, worth.base).partnerships
    [mutual] = [q for q in plan if loaded.scenario.forms[q.form].hosting == "mutual"]
    a, b = mutual.members
    done = {code: [d for d, host in (mutual.hosts or {}).items() if host == code] for code in (a, b)}
    names = {key: domain.name.en for key, domain in loaded.scenario.domains.items()}
    lines, flow = [], {}
    for host, guest in ((a, b), (b, a)):
        staff = [loaded.scenario.municipalities[guest].staff[d] for d in done[host]]
        flow[host] = sum(staff)
        what = " and ".join(names[d] for d in done[host])
        lines.append(f"{host} does {what} for {guest} = {_sum([_n(n) for n in staff])} fte")
    x, y = _n(flow[a]), _n(flow[b])
    imbalance = _n(loaded.scenario.money.imbalance)
    larger, smaller = _n(max(flow.values())), _n(min(flow.values()))
    expression = f"min({x}, {y}) - {imbalance} * ({larger} - {smaller})"
    amount = assessor(worth, plan).reciprocity
    lines.append(_line("reciprocity, fte", expression, amount, 2))
    weight, reference = _n(loaded.scenario.criteria["reciprocity"].weight), _n(worth.references["reciprocity"])
    value_of_it = worth.coefficients["reciprocity"] * amount
    lines.append(_line("as value", f"{weight} * {amount:.3f} / {reference}", value_of_it))
    return lines


def references() -> list[str]:
    """Formula (21): what the amounts are measured against."""
    worth, scenario = _worth(), _worth().scenario
    n, account, rate = len(scenario.municipalities), _n(scenario.money.account), _n(scenario.burden.rate.officials)
    college = _n(scenario.burden.role_weight.college)
    found = worth.references
    return [
        _line("transition and cost, euro per year", f"{n} * {account}", found["transition"], 0),
        _line("burden, weighted hours per year", f"{n} * {account} / {rate}", found["burden"], 0),
        _line("overload, college hours per year", f"{n} * {account} / {rate} / {college}", found["overload"], 0),
        _line("motives other than cost, and autonomy, cells", f"{n} * 1", found["quality"], 0),
        _line("reciprocity, fte", f"{n} * 10", found["reciprocity"], 0),
    ]


def value() -> list[str]:
    """Formula (20), from everybody alone to the proposal."""
    worth = _worth()
    body, carried = _body(), [_d(k) for k in DOMAINS]
    scenario = worth.scenario
    base, per_domain = burden(body)
    setup, moved = transition(body)
    amount = {
        "burden": float(base[0] + per_domain[0] * len(DOMAINS)),
        "transition": float(setup[0] + moved[0, carried].sum()),
        "autonomy": float(autonomy(body)[0, carried].sum()),
        **{q: float(gain(body)[i, 0, carried].sum()) for i, q in enumerate(MOTIVES)},
    }
    for motive in MOTIVES:
        if not math.isclose(_amount(motive), amount[motive], rel_tol=1e-9, abs_tol=1e-9):
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
            )
        )
        parts.append(f"{worth_of_it:.5f}")
    of_body, of_domains = worth.column_values(body)
    added = float(of_body[0] + of_domains[0, carried].sum())
    lines.append(_line("this partnership", _sum(parts), added))
    nothing = assessor(worth, []).value
    leaving = {c.key: c.contribution for c in assessor(worth, []).criteria}["transition"]
    lines.append(f"everybody alone, nothing to pay for leaving = {nothing - leaving:.4f}")
    terms = [nothing - leaving, added]
    for name, key in (("the ICT service", JOINED), ("the waste body", "afvalschap")):
        [one] = [q for q in _plan() if q.continues == key]
        spared = -worth.coefficients["transition"] * float(worth.exits[worth.today.index[key]].sum())
        terms.append(assessor(worth, [one]).value - nothing - spared)
        lines.append(f"{name}, against alone = {terms[-1]:.4f}".replace("= -", "= −"))
        lines.append(f"  leaving it would cost = {spared:.4f}")
    expression = _sum([f"{v:.5f}" for v in terms])
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
    "wants": wants,
    "motives": motives,
    "cost": cost,
    "satisfaction": satisfaction,
    "transition and autonomy": transition_and_autonomy,
    "table": table,
    "reciprocity": reciprocity,
    "references": references,
    "value": value,
    "lawful forms": lawful_forms,
}
