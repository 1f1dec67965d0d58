"""What every number in every headline is: a figure of the JSON of the same command, a count, sum or share of them."""

from typing import Any

from regie_opt.report.numbers import number
from regie_opt.report.words import Words
from regie_opt.schema.overview import KINDS

from .headlines import Doc, Figure, Figures, OneOf, Said, Share

POINTS = 1000
SEASON = slice(3, 7)
ROLES = ("college", "council", "officials")


def of(path: str, times: float = 1) -> Figure:
    """A leaf of the document."""

    def leaf(doc: Doc, _said: Said, _words: Words) -> Any:
        found: Any = doc
        for key in path.split("."):
            found = found[int(key) if isinstance(found, list) else key]
        return found if times == 1 else times * found

    return leaf


def share(path: str) -> Figure:
    """A leaf as a percentage."""
    return lambda doc, said, words: Share(of(path)(doc, said, words))


def the(figure: Any) -> Figure:
    """What a function of the document alone says."""
    return lambda doc, _said, _words: figure(doc)


def less(one: str, other: str, times: float = 1) -> Figure:
    """A leaf less another one."""
    return lambda doc, *rest: times * (of(one)(doc, *rest) - of(other)(doc, *rest))


# solve


def criterion(key: str, side: str, field: str = "amount") -> Figure:
    """Of one criterion, of the plan or of today."""
    return the(
        lambda doc: next(c for c in (doc if side == "plan" else doc["today"])["criteria"] if c["key"] == key)[field]
    )


def hours(found: Doc) -> float:
    """Of all municipalities and roles."""
    return sum(m["hours"][role] for m in found["municipalities"] for role in ROLES)


def _today(doc: Doc) -> int:
    return int(criterion("partnerships", "today")(doc, {}, Words("en")))


def _parts(doc: Doc, _said: Said, words: Words) -> str:
    origins = [p["origin"] for p in doc["partnerships"]]
    counts = {origin: origins.count(origin) for origin in ("new", "changed", "kept", "frozen")}
    counts["ended"] = _today(doc) - sum(p["continues"] is not None for p in doc["partnerships"])
    told = ", ".join(words(f"count.{key}", count=count) for key, count in counts.items() if count)
    return told and f": {told}"


def _change(doc: Doc) -> Any:
    before, after = hours(doc["today"]), hours(doc)
    return Share(after / before - 1) if before else after - before


SOLVE: Figures = {
    "headline.partnerships": {
        "count": the(lambda doc: len(doc["partnerships"])),
        "today": the(_today),
        "parts": _parts,
    },
    "headline.value": {"today": of("today.value"), "plan": of("value"), "difference": less("value", "today.value")},
    "headline.hours": {
        "today": the(lambda doc: hours(doc["today"])),
        "plan": the(hours),
        "change": the(_change),
    },
    "headline.cost": {
        "euro": lambda doc, *rest: (
            criterion("cost", "plan", "euro")(doc, *rest) - criterion("cost", "today", "euro")(doc, *rest)
        )
    },
}

# inventory


def _asked(doc: Doc, role: str | None = None, *, formal: bool | None = None) -> float:
    some = [p for p in doc["partnerships"] if formal is None or p["formal"] is formal]
    return sum(p["hours"][r] for p in some for r in ROLES if role in (None, r))


def _months(doc: Doc) -> list[float]:
    return [sum(month) for month in zip(*doc["hours_by_month"].values(), strict=True)]


def _patterns(doc: Doc, _said: Said, words: Words) -> str:
    kinds = [f["kind"] for f in doc["findings"]]
    labels = {kind: words(f"kind.{kind}") for kind in KINDS if kind in kinds}
    return "; ".join(f"{label[0].lower()}{label[1:]}: {kinds.count(kind)}" for kind, label in labels.items())


INVENTORY: Figures = {
    "inv.count": {
        "count": the(lambda doc: len(doc["partnerships"])),
        "formal": the(lambda doc: sum(p["formal"] for p in doc["partnerships"])),
        "informal": the(lambda doc: sum(not p["formal"] for p in doc["partnerships"])),
        "frozen": the(lambda doc: sum(p["frozen"] for p in doc["partnerships"])),
    },
    "inv.hours": {
        "hours": the(lambda doc: round(_asked(doc))),
        "formal": the(lambda doc: _asked(doc, formal=True)),
        "informal": the(lambda doc: _asked(doc, formal=False)),
        **{role: the(lambda doc, role=role: _asked(doc, role)) for role in ROLES},
    },
    "inv.peak": {
        "hours": the(lambda doc: round(sum(_months(doc)[SEASON]))),
        "share": the(lambda doc: Share(sum(_months(doc)[SEASON]) / sum(_months(doc)))),
        "month": lambda doc, _said, words: words(f"month.{_months(doc).index(max(_months(doc))) + 1}"),
    },
    "inv.money": {"euro": the(lambda doc: sum(p["contribution"] or 0.0 for p in doc["partnerships"]))},
    "inv.patterns": {"parts": _patterns},
}

# compare


def _contested(doc: Doc) -> list[int]:
    return [sides["contested"] for sides in doc["sides"]]


COMPARE: Figures = {
    "cmp.plans": {"count": the(lambda doc: sum(c["status"] in ("optimal", "feasible") for c in doc["columns"]))},
    "cmp.extents": {
        extent: the(lambda doc, extent=extent: sum(p["extent"] == extent for p in doc["partnerships"]))
        for extent in ("all", "some", "one")
    },
    "cmp.contested.count": {"count": the(lambda doc: sum(_contested(doc))), "cells": of("cells")},
    "cmp.contested.most": {
        "count": the(lambda doc: max(_contested(doc))),
        "names": lambda doc, said, _words: _of_all(said["names"], len(doc["sides"])),
    },
    "cmp.same": {},
    "cmp.unproven": {},
}


def _of_all(names: str, count: int) -> str:
    """Names of members, where `all N but` may come before them."""
    numbers = [word for word in names.split() if word.isdigit()]
    return names if set(numbers) <= {str(count)} else f"of {count}"


# explain


def _loss(choose: Any) -> Figure:
    """Points that the region loses by one of the alternatives."""
    return the(lambda doc: POINTS * choose(doc["alternatives"])["solved"]["loss"])


def _first(found: list[Doc]) -> Doc:
    return found[0]


def _mostly(doc: Doc, said: Said, words: Words) -> str:
    worst = sorted(doc["alternatives"][0]["solved"]["criteria"], key=lambda c: c["contribution"])[:2]
    told = [word for word in said["criteria"].split() if word[0] in "-+"]
    known = [number(POINTS * c["contribution"], 1, words.language, signed=True) for c in worst if c["contribution"] < 0]
    return said["criteria"] if told == known else f"mostly {known}"


def _turned(field: str) -> Any:
    return the(lambda doc: min(_changes(doc), key=lambda w: abs(w["relative"]))[field])


def _changes(doc: Doc) -> list[Doc]:
    return [w for w in doc["turning"]["weights"] if w["relative"] is not None]


_WHOLE = {"points": _loss(lambda found: next(a for a in found if a["kind"] == "alone" and not a["domains"]))}
_WEAKEST = {
    "points": _loss(lambda found: min((a for a in found if a["kind"] == "without"), key=lambda a: a["solved"]["loss"]))
}
_TURN = {"now": _turned("weight"), "at": _turned("at"), "change": lambda *asked: Share(_turned("relative")(*asked))}
_RANGE = {"range": share("turning.range")}

EXPLAIN: Figures = {
    "exp.best": {"points": of("gains.alone.value", POINTS)},
    "exp.runner": {"points": _loss(_first)},
    "exp.runner.tied": {},
    "exp.runner.none": {},
    "exp.why_not.loss": {"points": _loss(_first), "criteria": _mostly},
    "exp.why_not.tied": {},
    "exp.impossible.rules": {},
    "exp.impossible.nature": {},
    "exp.impossible.keep": {},
    "exp.ended.loss": {"points": _loss(_first), "criteria": _mostly},
    "exp.ended.tied": {},
    "exp.ended.brings": {"points": of("gains.alone.value", POINTS)},
    "exp.without": {
        "points": the(lambda doc: OneOf([POINTS * r["loss"] for r in doc["turning"]["rules"] if r["loss"] is not None]))
    },
    "exp.near": {"points": _loss(lambda found: next(a for a in found[1:] if a["solved"]))},
    "exp.fixed": {},
    "exp.municipality.alone": _WHOLE,
    "exp.municipality.weakest": _WEAKEST,
    "exp.cell.in": {},
    "exp.cell.alone": {},
    "exp.cell.any": {"points": _loss(_first)},
    "exp.turn": _TURN,
    "exp.turn.found": _TURN,
    "exp.turn.rule": {},
    "exp.turn.none": _RANGE,
    "exp.turn.unsure": _RANGE,
    "exp.points": {"gain": less("plan.value", "plan.today", POINTS)},
    "exp.given": {"value": of("plan.value"), "points": less("plan.best", "plan.value", POINTS)},
    "exp.unproven": {"gap": share("plan.gap")},
}

# tune


def _counting(doc: Doc) -> list[Doc]:
    return [s for s in doc["tornado"] if s["present"]]


def _swing(doc: Doc) -> Doc:
    return max((doc["tornado"][0]["low"], doc["tornado"][0]["high"]), key=lambda side: side["loss"])


def _nearest(doc: Doc) -> tuple[float, Doc, Doc]:
    """The end of an interval that is nearest to the weight of now, in proportion."""
    ends = [
        (abs(end["weight"] / i["present"] - 1), i, end)
        for i in doc["intervals"]
        for end in (i["low"], i["high"])
        if not end["beyond"] and i["present"]
    ]
    return min(ends, key=lambda end: end[0])


TUNE: Figures = {
    "tune.value": {"value": of("value")},
    "tune.value.open": {"value": of("value"), "gap": share("gap")},
    "tune.robust": {
        "count": the(lambda doc: sum(s[k]["plan"] == 1 == s["high"]["plan"] for s in _counting(doc) for k in ["low"])),
        "all": the(lambda doc: len(_counting(doc))),
    },
    "tune.matters": {
        "then": the(lambda doc: float(_swing(doc)["weight"])),
        "present": the(lambda doc: float(doc["tornado"][0]["present"])),
        "loss": the(lambda doc: POINTS * max(s[k]["loss"] for s in doc["tornado"] for k in ("low", "high"))),
    },
    "tune.nearest": {
        "limit": the(lambda doc: float(_nearest(doc)[2]["weight"])),
        "present": the(lambda doc: float(_nearest(doc)[1]["present"])),
        "change": the(lambda doc: Share(_nearest(doc)[2]["weight"] / _nearest(doc)[1]["present"] - 1)),
        "plan": the(lambda doc: _nearest(doc)[2]["plan"]),
    },
}

# alternatives


def _decided(doc: Doc) -> int:
    return int(doc["cells"] + doc["tables"])


_BEST = {"value": of("value"), "bound": of("bound"), "gap": share("gap"), "gain": less("value", "alone")}
_PLANS = {"count": the(lambda doc: len(doc["plans"]))}

ALTERNATIVES: Figures = {
    "alt.best.optimal": _BEST,
    "alt.best.feasible": _BEST,
    "alt.within": {"within": share("within")},
    "alt.none": {},
    "alt.all": _PLANS,
    "alt.most_different": _PLANS,
    "alt.some": _PLANS,
    "alt.more": {},
    "alt.unknown": {},
    "alt.farthest": {
        "cells": the(lambda doc: max(plan["differs"] for plan in doc["plans"])),
        "all": the(_decided),
        "share": the(lambda doc: Share(max(plan["differs"] for plan in doc["plans"]) / _decided(doc))),
    },
    "alt.complete": {},
    "alt.limited": {},
    "alt.parts": {"cells": of("cells"), "tables": of("tables")},
    "alt.same": {},
}

# pareto


def _ends(end: str) -> Figure:
    def ends(doc: Doc, said: Said, _words: Words) -> Any:
        if end == "best":
            return OneOf([float(o["best"]) for o in doc["objectives"]])
        shown = said["worst"].partition(" ")[0].replace(".", "").replace(",", "")
        known = [f"{o['worst']:.{d}f}".replace(".", "") for o in doc["objectives"] for d in range(5)]
        return said["worst"] if shown in known else f"one of {known}"

    return ends


def _knee(doc: Doc) -> int:
    return 1 + next(i for i, point in enumerate(doc["points"]) if point["knee"])


def _gains(doc: Doc, said: Said, _words: Words) -> str:
    """What the plan that is named is ahead of today, each a number in the text."""
    ahead = doc["points"][int(said["place"]) - 1]["ahead_of_today"]
    told = [word.replace(".", "").replace(",", "") for word in said["gains"].split() if word[0].isdigit()]
    known = {f"{gain:.{d}f}".replace(".", "") for gain in ahead.values() for d in range(5)}
    return said["gains"] if len(told) == len(ahead) and set(told) <= known else f"ahead by {ahead}"


PARETO: Figures = {
    "par.count": {"count": the(lambda doc: len(doc["points"]))},
    "par.knee": {"place": the(_knee), "distance": share("knee_distance")},
    "par.knee.none": {},
    "par.today.dominated": {
        "count": the(lambda doc: len(doc["today"]["dominated_by"])),
        "place": the(lambda doc: OneOf([i + 1 for i in doc["today"]["dominated_by"]])),
        "gains": _gains,
    },
    "par.today.free": {},
    "par.counts": {},
    "par.counts.value": {},
    "par.counts.motives": {},
    "par.range": {"best": _ends("best"), "worst": _ends("worst")},
}

# robust


def _found(doc: Doc) -> int:
    return int(doc["counts"]["optimal"] + doc["counts"]["feasible"])


def _statuses(doc: Doc, _said: Said, words: Words) -> str:
    return ", ".join(words(f"rob.status.{key}", count=count) for key, count in doc["counts"].items() if count)


def _mean(doc: Doc) -> float:
    moved = [s["regrouped"] for s in doc["samples"] if s["regrouped"] is not None]
    return sum(moved) / len(moved)


def _broken(doc: Doc, said: Said, _words: Words) -> str:
    """Rules with how often each is broken, at the end of its name."""
    told = sorted(int(part.rpartition(" ")[2]) for part in said["rules"].split("\u00a0· "))
    return said["rules"] if told == sorted(doc["plans"][0]["broken"].values()) else str(doc["plans"][0]["broken"])


def _least(field: str, times: float = 1) -> Figure:
    return the(lambda doc: times * doc["plans"][doc["least_regret"] - 1][field])


_REGRET = {
    "largest": of("plans.0.largest_regret", POINTS),
    "mean": of("plans.0.mean_regret", POINTS),
    "gain": less("value", "alone", POINTS),
}
_LEAST = {
    "number": of("least_regret"),
    "largest": _least("largest_regret", POINTS),
    "mean": _least("mean_regret", POINTS),
    "cells": _least("regrouped"),
    "out": _least("out"),
}

ROBUST: Figures = {
    "rob.samples": {
        "count": the(lambda doc: len(doc["samples"])),
        "assumptions": the(lambda doc: len(doc["assumptions"])),
        "seed": the(lambda doc: str(doc["seed"])),
        "statuses": _statuses,
    },
    "rob.idle": {},
    "rob.best": {
        "count": the(lambda doc: len(doc["plans"][0]["best_in"])),
        "total": the(_found),
        "plans": the(lambda doc: sum(bool(plan["best_in"]) for plan in doc["plans"])),
    },
    "rob.mean.cells": {"mean": the(_mean), "cells": of("cells")},
    "rob.broken": {"count": of("plans.0.out"), "rules": _broken},
    "rob.regret": _REGRET,
    "rob.regret.allowed": _REGRET,
    "rob.regret.nowhere": {},
    "rob.least.same": {},
    "rob.least.other": _LEAST,
    "rob.least.out": _LEAST,
    "rob.firm": {
        "count": the(lambda d: sum(p["proposed"] and p["together"] >= 0.8 * _found(d) for p in d["partnerships"])),
        "total": the(lambda doc: sum(p["proposed"] for p in doc["partnerships"])),
        "share": the(lambda _: Share(0.8)),
    },
    "rob.decide": {},
    "rob.decide.none": {},
    "rob.unproven": {"gap": share("gap")},
    "rob.unproven.samples": {"count": of("counts.feasible")},
    "rob.nothing": {},
}
