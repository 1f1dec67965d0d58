"""Random scenarios, small enough that every plan can be listed, with everything that a scenario can hold."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from regie_opt.loading import load
from regie_opt.schema.form import Form
from regie_opt.schema.lawful import unlawful
from regie_opt.schema.municipality import Divisions, Location, Municipality
from regie_opt.schema.parameters import CRITERIA
from regie_opt.schema.partnership import UNKNOWN, Border, Outside, Partnership, Relation
from regie_opt.schema.rules import (
    Apart,
    BoardHours,
    Contiguity,
    Distance,
    End,
    Forms,
    HostCapacity,
    Keep,
    Largest,
    LeastTrust,
    MostChanges,
    MostPartnerships,
    Rule,
    Together,
    Untouched,
)
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES, RoleHours

Rng = np.random.Generator

SHAPES = ((2, 2), (2, 3), (3, 1), (3, 2), (3, 3), (3, 3), (4, 1), (4, 2), (4, 2), (4, 3), (5, 1), (5, 1), (5, 2))
"""Municipalities and domains of an instance."""


@cache
def model_pack() -> Scenario:
    """The model pack `nl`, as the loader resolves it, around one municipality."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = Path(folder, "scenario.yaml")
        scenario.write_text("name: pack\nmodel: nl\nregion: region.yaml\n", encoding="utf-8")
        region = "municipalities:\n  m0: {name: M0, population: 10000}\n"
        Path(folder, "region.yaml").write_text(region, encoding="utf-8")
        return load(scenario).scenario


def instance(rng: Rng) -> Scenario:
    """A random scenario; all its numbers are continuous, so that two plans are hardly ever worth the same."""
    return Draw(rng).scenario()


def pick(rng: Rng, items: Iterable[Any], count: int) -> list[Any]:
    """Some of the items, in their own order."""
    items = list(items)
    return [items[i] for i in sorted(rng.choice(len(items), size=min(count, len(items)), replace=False))]


@dataclass
class Draw:
    """One draw: everything comes from the one generator."""

    rng: Rng

    def chance(self, p: float) -> bool:
        return bool(self.rng.random() < p)

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def log_between(self, low: float, high: float) -> float:
        return float(np.exp(self.rng.uniform(np.log(low), np.log(high))))

    def scenario(self) -> Scenario:
        n, d = SHAPES[self.rng.integers(len(SHAPES))]
        self.codes = [f"g{i}" for i in range(n)]
        self.domains = self._domains(d)
        self.forms = self._forms(most=4 if n * d <= 6 else 3)
        pack = model_pack()
        places = {code: self._municipality(code) for code in self.codes}
        partnerships = self._inventory(places)
        scenario = pack.model_copy(
            update={
                "name": "random",
                "domains": self.domains,
                "forms": self.forms,
                "criteria": self._criteria(),
                "municipalities": places,
                "borders": self._borders(),
                "relations": self._relations(),
                "partnerships": partnerships,
            }
        )
        rules = {f"rule{i}": rule for i, rule in enumerate(self._rules(scenario))}
        return Scenario.model_validate(scenario.model_copy(update={"rules": rules}).model_dump())

    def _domains(self, count: int) -> dict[str, Any]:
        pack = model_pack().domains
        shares = np.array([0.2 if d.statutory else 4.0 if k == "economie" else 1.0 for k, d in pack.items()])
        at = self.rng.choice(len(pack), size=count, replace=False, p=shares / shares.sum())
        keys = [list(pack)[i] for i in sorted(at)]
        domains = {}
        for k in keys:
            portfolio = str(self.rng.choice(["a", "a", "a", "a", "b"]))
            update = {"weight": self.between(0.5, 2.0), "appeal": self.log_between(2, 40), "portfolio": portfolio}
            domains[k] = pack[k].model_copy(update=update)
        return domains

    def _forms(self, most: int) -> dict[str, Form]:
        """Some forms, most of them lawful somewhere; a form of every kind has its turn."""
        pack = model_pack().forms
        useful = [k for k, f in pack.items() if any(self._may_carry(f, d) for d in self.domains)]
        useful = useful or list(pack)
        keys = set(pick(self.rng, useful, int(self.rng.integers(2, most + 1))))
        if self.chance(0.35) and "wederzijds" in useful:
            keys.add("wederzijds")
        if self.chance(0.2):
            keys.add(pick(self.rng, pack, 1)[0])
        return {k: self._form(pack[k]) for k in pack if k in keys}

    def _may_carry(self, form: Form, domain: str) -> bool:
        return unlawful(form, self.domains[domain]) is None and not self.domains[domain].statutory

    def _form(self, form: Form) -> Form:
        update: dict[str, Any] = {"least_trust": form.least_trust * self.between(0.4, 1.0)}
        update["autonomy"] = form.autonomy * self.between(0.7, 1.1)
        if form.scope == "organisation":
            update["least_domains"] = int(self.rng.integers(1, 3))
            update["may_leave"] = tuple(pick(self.rng, ["a", "b"], int(self.rng.integers(0, 3))))
        if form.hosting != "none" and self.chance(0.3):
            update["host_hours"] = RoleHours(college=self.between(2, 25), officials=self.between(5, 60))
        if self.chance(0.3):
            update["largest"] = None if self.chance(0.5) else int(self.rng.integers(2, 5))
        return form.model_copy(update=update)

    def _criteria(self) -> dict[str, Any]:
        pack = model_pack().criteria
        weights = {key: self.between(0.2, 3.0) for key in CRITERIA}
        weights["burden"] = self.log_between(0.5, 25.0)
        weights["transition"] = self.log_between(0.2, 5.0)
        weights["autonomy"] = self.log_between(0.05, 1.0)
        weights["reciprocity"] = self.between(0.5, 8.0)
        weights["congruence"] = self.between(0.02, 0.4) if self.chance(0.25) else 0.0
        weights["partnerships"] = self.between(0.01, 0.2) if self.chance(0.25) else 0.0
        for key in CRITERIA:
            if self.chance(0.08):
                weights[key] = 0.0
        return {key: pack[key].model_copy(update={"weight": weights[key]}) for key in CRITERIA}

    def _municipality(self, code: str) -> Municipality:
        rng = self.rng
        population = int(self.log_between(8_000, 90_000))
        some = [k for k in self.domains if self.chance(0.7)]
        few = [k for k in self.domains if self.chance(0.3)]
        tight = self.chance(0.5)
        return Municipality(
            name=f"Gemeente {code}",
            population=population,
            location=Location(lon=self.between(6.0, 6.6), lat=self.between(52.0, 52.4)),
            divisions=self._divisions(),
            spending={k: population * self.domains[k].spending_per_inhabitant * self.between(0.5, 2) for k in few},
            staff={k: population / 1000 * self.between(0.05, 0.8) for k in some},
            board_hours=self.between(10, 120) if tight else None,
            motives={q: self.between(0.2, 2.0) for q in MOTIVES if self.chance(0.5)},
            domain_motives={k: {q: self.between(0.2, 2.0) for q in pick(rng, MOTIVES, 2)} for k in few},
            autonomy=self.between(0.3, 2.0),
            willing_host=self.chance(0.75),
            host_capacity=self.between(1, 40) if self.chance(0.6) else None,
        )

    def _divisions(self) -> Divisions:
        """Often the same region, so that trust is about a form's least where it is not; sometimes not told."""
        apart = self.rng.spawn(1)[0]
        regions = apart.choice(["Noord", "Zuid", ""], size=len(Divisions.model_fields), p=[0.65, 0.25, 0.1])
        return Divisions(
            **{key: str(region) or None for key, region in zip(Divisions.model_fields, regions, strict=True)}
        )

    def _borders(self) -> tuple[Border, ...]:
        codes = self.codes
        tree = {(int(self.rng.integers(i)), i) for i in range(1, len(codes))}
        more = {(i, j) for j in range(len(codes)) for i in range(j) if self.chance(0.25)}
        return tuple(Border(between=(codes[i], codes[j])) for i, j in sorted(tree | more))

    def _relations(self) -> tuple[Relation, ...]:
        relations = []
        for j, b in enumerate(self.codes):
            for a in self.codes[:j]:
                if self.chance(0.4):
                    relations.append(
                        Relation(
                            between=(a, b),
                            trust=self.between(0.4, 1.0) if self.chance(0.5) else None,
                            familiarity=self.between(0, 1) if self.chance(0.3) else None,
                            past=(None, "success", "failure")[self.rng.integers(3)],
                            veto=self.chance(0.12),
                        )
                    )
        return tuple(relations)

    # Inventory

    def _inventory(self, places: dict[str, Municipality]) -> dict[str, Partnership]:
        held: set[tuple[str, str]] = set()
        partnerships: dict[str, Partnership] = {}
        for i in range(int(self.rng.integers(0, 4))):
            kind = str(self.rng.choice(["open", "beside", "frozen", "unknown"], p=[0.55, 0.2, 0.15, 0.1]))
            made = self._partnership(kind, held, places)
            if made is not None:
                partnerships[f"today{i}"] = made
        return partnerships

    def _partnership(
        self, kind: str, held: set[tuple[str, str]], places: dict[str, Municipality]
    ) -> Partnership | None:
        rng = self.rng
        key = pick(rng, self.forms, 1)[0]
        form = self.forms[key]
        away = int(rng.integers(1, 4)) if self.chance(0.25) and form.hosting != "mutual" else 0
        most = min(len(self.codes), 4 if form.hosting == "mutual" else 5)
        members = pick(rng, self.codes, int(rng.integers(1 if away else 2, most + 1)))
        fits = [
            k
            for k, d in self.domains.items()
            if kind == "beside" or (unlawful(form, d) is None and (kind == "frozen" or not d.statutory))
        ]
        if kind == "frozen":
            fits = [k for k in fits if not any((m, k) in held for m in members)]
        if kind != "unknown" and not fits:
            return None
        domains = [UNKNOWN] if kind == "unknown" else pick(rng, fits, int(rng.integers(1, len(fits) + 1)))
        if kind != "unknown" and form.hosting != "mutual" and self.chance(0.08):
            domains.append(UNKNOWN)
        if kind == "frozen":
            held |= {(m, k) for m in members for k in domains if k != UNKNOWN}
        willing = [m for m in members if places[m].willing_host] or members
        contribution = self.between(1e4, 2e6) if self.chance(0.5) else None
        parts = rng.dirichlet(np.ones(len(members)))
        return Partnership(
            name=f"{kind} {key}",
            form=key,
            members=tuple(members),
            domains=tuple(domains),
            host=pick(rng, willing if self.chance(0.8) else members, 1)[0] if form.hosting == "centre" else None,
            hosts={k: pick(rng, members, 1)[0] for k in domains} if form.hosting == "mutual" else {},
            frozen=kind == "frozen" or (kind == "beside" and self.chance(0.15)),
            beside=kind == "beside",
            outside=Outside(members=away, inhabitants=int(self.between(5e3, 2e5)) if away else 0),
            contribution=contribution,
            shares=self._shares(members, parts) if contribution is not None and self.chance(0.5) else {},
            hours=self._hours() if self.chance(0.4) else None,
        )

    def _shares(self, members: Sequence[str], parts: Any) -> dict[str, float]:
        return {m: float(p) for m, p in zip(members, parts, strict=True)}

    def _hours(self) -> RoleHours:
        return RoleHours(college=self.between(1, 50), council=self.between(0, 60), officials=self.between(5, 200))

    # Rules

    def _rules(self, scenario: Scenario) -> list[Rule]:
        makers = [
            (0.25, self._contiguity),
            (0.2, self._largest),
            (0.15, self._distance),
            (0.15, self._least_trust),
            (0.2, self._allowed_forms),
            (0.1, self._allowed_forms),
            (0.2, self._apart),
            (0.3, self._together),
            (0.15, self._apart),
            (0.15, self._together),
            (0.25, self._keep),
            (0.15, self._keep),
            (0.15, self._end),
            (0.2, self._untouched),
            (0.25, self._board_hours),
            (0.3, self._host_capacity),
            (0.25, self._most_partnerships),
            (0.3, self._most_changes),
        ]
        drawn = [(p, make) for p, make in makers if self.chance(p * 0.7)]
        made = [make(scenario) for _, make in drawn]
        return [rule for rule in made if rule is not None]

    def _contiguity(self, _scenario: Scenario) -> Rule:
        return Contiguity(kind="contiguity")

    def _largest(self, _scenario: Scenario) -> Rule:
        return Largest(kind="largest", members=int(self.rng.integers(2, 5)))

    def _distance(self, _scenario: Scenario) -> Rule:
        return Distance(kind="distance", km=self.between(10, 45))

    def _least_trust(self, _scenario: Scenario) -> Rule:
        form = pick(self.rng, self.forms, 1)[0] if self.chance(0.5) else None
        return LeastTrust(kind="least_trust", trust=self.between(0.3, 0.7), form=form)

    def _allowed_forms(self, _scenario: Scenario) -> Rule:
        allow = pick(self.rng, self.forms, int(self.rng.integers(1, len(self.forms) + 1)))
        domains = tuple(pick(self.rng, self.domains, 1)) if self.chance(0.5) else None
        return Forms(kind="forms", allow=tuple(allow), domains=domains)

    def _apart(self, _scenario: Scenario) -> Rule:
        count = 2 if self.chance(0.7) else min(3, len(self.codes))
        domains = tuple(pick(self.rng, self.domains, 1)) if self.chance(0.5) else None
        return Apart(kind="apart", members=tuple(pick(self.rng, self.codes, count)), domains=domains)

    def _together(self, _scenario: Scenario) -> Rule:
        domains = pick(self.rng, self.domains, 1 if self.chance(0.7) else 2)
        count = 2 if self.chance(0.7) else min(3, len(self.codes))
        members = pick(self.rng, self.codes, count)
        return Together(kind="together", members=tuple(members), domains=tuple(domains))

    def _decided(self, scenario: Scenario) -> list[str]:
        return [k for k, p in scenario.partnerships.items() if not p.frozen and set(p.domains) != {UNKNOWN}]

    def _one_of_today(self, scenario: Scenario) -> str | None:
        decided = self._decided(scenario)
        return pick(self.rng, decided, 1)[0] if decided else None

    def _keep(self, scenario: Scenario) -> Rule | None:
        key = self._one_of_today(scenario)
        return None if key is None else Keep(kind="keep", partnership=key)

    def _end(self, scenario: Scenario) -> Rule | None:
        key = self._one_of_today(scenario)
        return None if key is None else End(kind="end", partnership=key)

    def _untouched(self, scenario: Scenario) -> Rule | None:
        key = self._one_of_today(scenario)
        return None if key is None else Untouched(kind="untouched", partnership=key)

    def _board_hours(self, _scenario: Scenario) -> Rule:
        return BoardHours(kind="board_hours")

    def _host_capacity(self, _scenario: Scenario) -> Rule:
        return HostCapacity(kind="host_capacity")

    def _most_partnerships(self, _scenario: Scenario) -> Rule:
        return MostPartnerships(kind="most_partnerships", number=int(self.rng.integers(0, 4)))

    def _most_changes(self, _scenario: Scenario) -> Rule:
        return MostChanges(kind="most_changes", number=int(self.rng.integers(0, 4)))
