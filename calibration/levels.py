"""How strongly each portfolio draws municipalities: `python -m calibration.levels --data DIR --inputs DIR [--record]`.

Simulated moments. Regions of a training half (those that `held_out` does not keep apart) are solved without what there
is today, with tastes of municipalities drawn at random; the appeal of each portfolio is moved until as many do its
domains together as really do. Draws are the same in every round, so that the same data give the same figures.
"""

import csv
import re
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks.inputs import slug
from benchmarks.machine import markdown, record, say
from benchmarks.public import ROOT, Data
from calibration.curves import CLASSES
from calibration.held_out import is_held_out
from calibration.pairs import DOES_THE_WORK, DOMAINS
from regie_opt.engine import Options, solve
from regie_opt.loading import load
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES

SPREAD = 1.3
"""Standard deviation of the logarithm of a taste (judgement, 0.9-1.6)."""
COMMON = 0.5
"""Part of its variance that all portfolios of a municipality share."""
DRAWS, SEED, ROUNDS = 2, 20260516, 4
STEP = 2.5
"""Change of the logarithm of an appeal per unit of participation that is missing."""
JUDGED = 0.05
"""How far a target may be off, by judgement: share of municipalities."""
LONG_AGO = ("money.horizon=20",)
"""What is there was started long ago: over the life of a body its start counts little, where a proposal spreads it over
the payback horizon."""
GAP, SECONDS = 0.003, 30.0
"""How well each region is solved: far better than the moments are known."""
SURVEYED: Mapping[str, float] = {
    "afval": 0.45,
    "hrm": 0.30,
    "financien": 0.30,
    "inkoop": 0.30,
    "burgerzaken": 0.12,
    "vth": 0.16,
    "openbare_ruimte": 0.14,
}
"""Share that does a domain together where the register does not say, or not all: survey of 2017 (S3), +-0.05 judged."""
MODEL = ROOT / "models" / "nl" / "domains.yaml"
PAGE = ROOT / "docs" / "evidence.md"


@dataclass(frozen=True)
class Place:
    """One region to solve: what there is to choose, without what there is today."""

    name: str
    scenario: Scenario
    base: Scenario

    @classmethod
    def read(cls, file: Path, sets: Sequence[str] = ()) -> "Place":
        """A scenario file without today's partnerships but for those that the law imposes. Raises InputError."""
        loaded = load(file, sets=tuple(sets))
        fixed = {key: one for key, one in loaded.scenario.partnerships.items() if one.frozen}
        rules = {name: rule for name, rule in loaded.scenario.rules.items() if not hasattr(rule, "partnership")}
        bare = loaded.scenario.model_copy(update={"partnerships": fixed, "rules": rules})
        return cls(file.parent.name, bare, loaded.base)


def with_tastes(scenario: Scenario, draw: int) -> Scenario:
    """The scenario in which municipalities want portfolios more or less: lognormal, 1 on average, drawn by code."""
    places = {}
    for code, place in scenario.municipalities.items():
        rng = np.random.default_rng([SEED, draw, crc32(code.encode())])
        portfolios = sorted({domain.portfolio or "" for domain in scenario.domains.values()})
        common, own = rng.standard_normal(), rng.standard_normal(len(portfolios))
        z = np.sqrt(COMMON) * common + np.sqrt(1 - COMMON) * own
        taste = dict(zip(portfolios, np.exp(SPREAD * z - SPREAD**2 / 2), strict=True))
        wants = {
            key: dict.fromkeys(MOTIVES, float(taste[domain.portfolio or ""]))
            for key, domain in scenario.domains.items()
        }
        places[code] = place.model_copy(update={"domain_motives": wants})
    return scenario.model_copy(update={"municipalities": places})


def with_appeal(scenario: Scenario, appeal: Mapping[str, float]) -> Scenario:
    """The scenario with other appeals of portfolios."""
    domains = {
        key: domain.model_copy(update={"appeal": appeal.get(domain.portfolio or "", domain.appeal)})
        for key, domain in scenario.domains.items()
    }
    return scenario.model_copy(update={"domains": domains})


def training(data: Data) -> tuple[str, ...]:
    """The safety regions that appeals are fitted on: those that are not kept apart."""
    names = {row["veiligheidsregio"] for row in data.municipalities.values()}
    return tuple(sorted(name for name in names if not is_held_out(name)))


def working(plan: Iterable[PlannedPartnership]) -> list[PlannedPartnership]:
    """Partnerships of a plan that do work of their own, and are decided on."""
    return [one for one in plan if not one.beside and one.origin != "frozen" and len(one.members) > 1]


def solved(task: tuple[Place, int], appeal: Mapping[str, float]) -> list[PlannedPartnership]:
    """The plan of one region for one draw of tastes."""
    place, draw = task
    scenario = with_tastes(with_appeal(place.scenario, appeal), draw)
    options = Options(time_limit=SECONDS, gap=GAP, threads=1)
    return working(solve(scenario, place.base, options).partnerships)


def simulate(
    pool: ProcessPoolExecutor, places: Sequence[Place], draws: int, appeal: Mapping[str, float]
) -> list[list[PlannedPartnership]]:
    """Plans of every region for every draw."""
    tasks = [(place, draw) for draw in range(draws) for place in places]
    return list(pool.map(partial(solved, appeal=appeal), tasks))


def participation(plans: Iterable[Sequence[PlannedPartnership]], count: float) -> dict[str, float]:
    """Share of municipality-draws (so many) that do each domain together."""
    cells: dict[str, int] = {}
    for plan in plans:
        for one in plan:
            for key in one.domains:
                cells[key] = cells.get(key, 0) + len(one.members)
    return {key: number / count for key, number in cells.items()}


def real(data: Data, labels: Iterable[Mapping[str, str]], codes: Iterable[str]) -> dict[str, frozenset[str]]:
    """Of some municipalities, who really does each domain of the register together."""
    some = frozenset(codes)
    found: dict[str, set[str]] = {domain: set() for domain in DOMAINS}
    for row in labels:
        if row["role"] == DOES_THE_WORK and row["domain"] in found and row["roo_id"] in data.arrangements:
            members = {member["current_code"] for member in data.members[row["roo_id"]]}
            if len(members) > 1:
                found[row["domain"]] |= members & some
    return {domain: frozenset(those) for domain, those in found.items()}


def targets(there: Mapping[str, frozenset[str]], count: int) -> dict[str, float]:
    """Share of so many municipalities that does each domain together: the register, else the survey."""
    return {**{domain: len(those) / count for domain, those in there.items()}, **SURVEYED}


@dataclass(frozen=True)
class Fitted:
    """Appeals, and what the last round of plans looks like."""

    appeal: Mapping[str, float]
    plans: Sequence[Sequence[PlannedPartnership]]


def fitted(
    pool: ProcessPoolExecutor, places: Sequence[Place], wanted: Mapping[str, float], draws: int, rounds: int
) -> Fitted:
    """Appeal per portfolio at which as many do its domains together as are wanted, on average over its domains."""
    domains = places[0].scenario.domains
    members: dict[str, list[str]] = {}
    for key, domain in domains.items():
        if key in wanted:
            members.setdefault(domain.portfolio or "", []).append(key)
    appeal = {portfolio: domains[keys[0]].appeal for portfolio, keys in members.items()}
    count = draws * sum(len(place.scenario.municipalities) for place in places)
    for turn in range(rounds + 1):
        plans = simulate(pool, places, draws, appeal)
        share = participation(plans, count)
        missing = {p: float(np.mean([wanted[k] - share.get(k, 0.0) for k in keys])) for p, keys in members.items()}
        say(" ".join(f"{p} {appeal[p]:.2f} ({-missing[p]:+.2f})" for p in appeal))
        if turn < rounds:
            step = STEP / (1 + turn / 4)
            appeal = {p: float(appeal[p] * np.exp(step * missing[p])) for p in appeal}
    return Fitted(appeal, plans)


def spread(places: Sequence[Place], found: Fitted, draws: int) -> dict[str, tuple[float, float]]:
    """Range of each appeal, from how far participation differs between draws of tastes: least and most.

    The step that moved an appeal by what was missing turns a difference of participation into one of the appeal.
    """
    domains, count = places[0].scenario.domains, sum(len(place.scenario.municipalities) for place in places)
    by_draw = [
        participation(found.plans[draw * len(places) : (draw + 1) * len(places)], count) for draw in range(draws)
    ]
    ranges = {}
    for portfolio, appeal in found.appeal.items():
        keys = [key for key, domain in domains.items() if (domain.portfolio or "") == portfolio]
        shares = [np.mean([share.get(key, 0.0) for key in keys]) for share in by_draw]
        width = float(np.exp(STEP * (np.std(shares, ddof=1) + JUDGED)))
        ranges[portfolio] = appeal / width, appeal * width
    return ranges


def by_size(found: Fitted, places: Sequence[Place], there: Mapping[str, frozenset[str]], draws: int) -> str:
    """Participation by domain and size class: register or survey, and plans."""
    people = {code: one.population for place in places for code, one in place.scenario.municipalities.items()}
    classes = {code: sum(n >= least for least, _ in CLASSES) - 1 for code, n in people.items()}
    wanted, rows, errors = targets(there, len(people)), [], []
    for key, want in wanted.items():
        cells = [key]
        for k in (None, *range(len(CLASSES))):
            some = {code for code, at in classes.items() if k in (None, at)}
            taking = sum(
                key in one.domains and code in some for plan in found.plans for one in plan for code in one.members
            )
            share = taking / (draws * len(some))
            if k is None or (key in there and key not in SURVEYED):
                real = want if k is None else len(there[key] & some) / len(some)
                cells.append(f"{real:.2f} / {share:.2f}")
                errors.append((k is None, (real - share) ** 2))
            else:
                cells.append(f"- / {share:.2f}")
        rows.append(cells)
    whole, part = (float(np.sqrt(np.mean([e for is_all, e in errors if is_all is which]))) for which in (True, False))
    return (
        markdown(["register or survey / plans", "all", *(name for _, name in CLASSES)], rows)
        + f"\n\nRoot mean square error {whole:.2f} over domains, {part:.2f} by size class where the register says it."
    )


def into_model(text: str, ranges: Mapping[str, tuple[float, float]], appeal: Mapping[str, float]) -> str:
    """The domains of the model with these appeals and their source. Raises ValueError without a place for one."""
    lines, portfolio, values, sources = [], "", set[str](), set[str]()
    for line in text.split("\n"):
        if re.match(r"  [^\s#]", line):
            portfolio = ""
        if found := re.match(r"    portfolio: (\S+)$", line):
            portfolio = found[1]
        if re.fullmatch(r"    appeal: \S+", line) and portfolio in appeal:
            line = f"    appeal: {appeal[portfolio]:.2f}"
            values.add(portfolio)
        if re.fullmatch(r'      appeal: ".*"', line) and portfolio in appeal:
            least, most = ranges[portfolio]
            line = f'      appeal: "estimated ({least:.2f}-{most:.2f}) - C_LEVELS"'
            sources.add(portfolio)
        lines.append(line)
    if missing := sorted(set(appeal) - (values & sources)):
        raise ValueError(f"found no appeal with a source for portfolio {', '.join(missing)}")
    return "\n".join(lines)


def main() -> None:
    """Fit, and print or write."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data")
    parser.add_argument("--inputs", type=Path, required=True, help="folder that benchmarks.inputs wrote")
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--record", action="store_true", help="write docs/evidence.md and the model")
    given = parser.parse_args()
    data = Data.read(given.data)
    with (given.data / "domain_labels_checked.csv").open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    places = [Place.read(given.inputs / slug(name) / "scenario.yaml", LONG_AGO) for name in training(data)]
    codes = [code for place in places for code in place.scenario.municipalities]
    there = real(data, labels, codes)
    with ProcessPoolExecutor(given.processes, mp_context=get_context("spawn")) as pool:
        found = fitted(pool, places, targets(there, len(codes)), given.draws, given.rounds)
    ranges = spread(places, found, given.draws)
    rows = [[key, f"{value:.2f}", f"{ranges[key][0]:.2f}-{ranges[key][1]:.2f}"] for key, value in found.appeal.items()]
    command = "python -m calibration.levels --data DIR --inputs DIR"
    command += f" --draws {given.draws} --rounds {given.rounds}" + (" --record" if given.record else "")
    names = ", ".join(place.name for place in places)
    section = "\n\n".join(
        [
            f"```sh\n{command}\n```",
            f"{len(codes)} municipalities in {len(places)} regions, {given.draws} draws of tastes, "
            f"{given.rounds} further rounds from the appeals of the model: {names}.",
            markdown(["portfolio", "appeal", "range"], rows),
            by_size(found, places, there, given.draws),
        ]
    )
    say(section)
    if given.record:
        record("levels", section, PAGE)
        text = MODEL.read_text(encoding="utf-8")
        MODEL.write_text(into_model(text, ranges, found.appeal), encoding="utf-8")


if __name__ == "__main__":
    main()
