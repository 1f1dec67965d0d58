"""The model held against practice: `python -m benchmarks.backtest --data DIR --inputs DIR [--record]`.

Who does what together in the register, against who the model would put together. Two ways: what the model gives for
municipalities in one domain, with nothing else going on; and whole plans of the safety regions, solved without what
there is today, with tastes of municipalities drawn at random, and once from what there is. `--data` holds the public
files, `--inputs` what `benchmarks.inputs` made of them.
"""

import csv
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.inputs import slug
from benchmarks.machine import markdown, record, say
from benchmarks.public import ROOT, Data
from benchmarks.regions import OTHER
from calibration.curves import CLASSES
from calibration.held_out import is_held_out
from calibration.levels import GAP, LONG_AGO, Place, with_tastes, working
from calibration.logistic import auc
from calibration.pairs import DOMAINS, Pairs, Register, pairs
from calibration.trust import DRAWS, INTERVAL, MODELS, SEED, Estimate
from regie_opt.engine import Options, Solution, solve
from regie_opt.loading import load
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import MunicipalityResult, PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.sources.knowledge import read_knowledge
from regie_opt.worth import assess
from regie_opt.worth.bodies import NOBODY, Bodies
from regie_opt.worth.region import Bools, Floats
from regie_opt.worth.value import Worth

PAGE = ROOT / "docs" / "evidence.md"
RANDOM_SETS = 50
"""Random connected sets that a real body is ranked among."""
FEWEST, MOST = 3, 12
"""Members of the real bodies that are ranked."""
MANY_DOMAINS = 9
"""Domains of a body that is nearly the whole organisation."""
SECONDS = 60.0
"""For one region."""
AT_ONCE = 20_000
"""Bodies that are priced together."""


@dataclass(frozen=True)
class Country:
    """The country as one scenario, and what the register says of it."""

    scenario: Scenario
    base: Scenario
    register: Register

    @classmethod
    def read(cls, inputs: Path, register: Register) -> "Country":
        """The scenario `nederland`. Raises InputError."""
        loaded = load(inputs / "nederland" / "scenario.yaml")
        return cls(loaded.scenario, loaded.base, register)

    @cached_property
    def borders(self) -> Bools:
        """Who touches whom (m, m)."""
        return Worth(self.scenario, self.base).region.borders

    def without(self, domain: str) -> Worth:
        """Worth where nobody yet does a domain together: what is to be told may not be in what tells it."""
        today = self.scenario.partnerships
        others = {key: one for key, one in today.items() if domain not in one.domains}
        return Worth(self.scenario.model_copy(update={"partnerships": others}), self.base)


def gains(worth: Worth, sets: Bools, domain: str) -> Floats:
    """What a domain is worth in member sets (s, m), in the best lawful form with the best host, against alone (s,)."""
    best = np.full(len(sets), -np.inf)
    for first in range(0, len(sets), AT_ONCE):
        best[first : first + AT_ONCE] = _gains(worth, sets[first : first + AT_ONCE], domain)
    return best


def _gains(worth: Worth, sets: Bools, domain: str) -> Floats:
    region = worth.region
    d, best = region.domain_index[domain], np.full(len(sets), -np.inf)
    for f, key in enumerate(region.forms):
        hosting = region.scenario.forms[key].hosting
        if not region.lawful[f, d] or hosting == "mutual":
            continue
        s, host = np.nonzero(sets) if hosting == "centre" else (np.arange(len(sets)), np.full(len(sets), NOBODY))
        whole = np.full(len(s), NOBODY)
        base, each = worth.column_values(Bodies(region, sets[s], np.full(len(s), f), host, whole))
        np.maximum.at(best, s, base + np.broadcast_to(each, (len(s), len(region.domains)))[:, d])
    return best


def rank_of_pairs(country: Country, found: Pairs) -> tuple[Floats, Floats]:
    """The model's trust, and its gain, of every pair in its domain (p,)."""
    trust, gain = np.zeros(len(found.together)), np.zeros(len(found.together))
    for d, domain in enumerate(DOMAINS):
        here = np.flatnonzero(found.domain == d)
        worth, at = country.without(domain), found.places[here]
        sets = np.zeros((len(here), len(worth.region.codes)), dtype=bool)
        sets[np.arange(len(here))[:, None], at] = True
        trust[here] = worth.region.trust[at[:, 0], at[:, 1]]
        gain[here] = gains(worth, sets, domain)
    return trust, gain


def rank_of_bodies(country: Country, rng: np.random.Generator) -> dict[str, list[float]]:
    """Per domain, the share of random connected sets around a real body that gain less than it does."""
    index, ranks = {code: m for m, code in enumerate(country.register.codes)}, {}
    for domain in DOMAINS:
        worth, ranked = country.without(domain), []
        for roo_id in sorted(country.register.carriers[domain]):
            at = sorted(index[code] for code in country.register.members[roo_id])
            if not FEWEST <= len(at) <= MOST:
                continue
            sets = np.zeros((RANDOM_SETS + 1, len(index)), dtype=bool)
            sets[0, at] = True
            for s in range(1, RANDOM_SETS + 1):
                sets[s] = connected_set(country.borders, int(rng.choice(at)), len(at), rng)
            gain = gains(worth, sets, domain)
            ranked.append(float(np.mean(gain[1:] < gain[0]) + np.mean(gain[1:] == gain[0]) / 2))
        ranks[domain] = ranked
    return ranks


def connected_set(borders: Bools, first: int, size: int, rng: np.random.Generator) -> Bools:
    """A set that grows from one by random neighbours (m,); smaller where there are no more."""
    inside = np.zeros(len(borders), dtype=bool)
    inside[first] = True
    while inside.sum() < size and (near := np.flatnonzero(borders[inside].any(axis=0) & ~inside)).size:
        inside[rng.choice(near)] = True
    return inside


@dataclass(frozen=True)
class Solved:
    """A region with the best plans without what there is today, for several draws of tastes, and the one from it."""

    name: str
    scenario: Scenario
    scratch: tuple[tuple[PlannedPartnership, ...], ...]
    """What does work in the plan of each draw."""
    gained: Mapping[str, float]
    """Value above everybody alone in those plans, by criterion, summed over draws."""
    onwards: Solution
    hours_today: float

    @classmethod
    def of(cls, file: Path, seconds: float, draws: int) -> "Solved":
        """Solve for every draw, and from today. Raises InputError, Infeasible and NoPlanInTime."""
        loaded, place = load(file), Place.read(file, LONG_AGO)
        options = Options(time_limit=seconds, threads=2)
        plans, gained = [], Counter[str]()
        for draw in range(draws):
            scenario = with_tastes(place.scenario, draw)
            found = solve(scenario, place.base, replace(options, gap=GAP))
            frozen = [one for one in found.partnerships if one.origin == "frozen"]
            alone = assess(scenario, place.base, frozen).criteria
            for one, nothing in zip(found.assessment.criteria, alone, strict=True):
                gained[one.key] += one.contribution - nothing.contribution
            plans.append(tuple(working(found.partnerships)))
        onwards = solve(loaded.scenario, loaded.base, options)
        hours = _hours(onwards.today.municipalities)
        return cls(file.parent.name, loaded.scenario, tuple(plans), gained, onwards, hours)


def _hours(municipalities: Iterable[MunicipalityResult]) -> float:
    return sum(sum(one.hours.model_dump().values()) for one in municipalities)


def participation(solved: Sequence[Solved], register: Register) -> str:
    """Share of municipalities that do a domain together: register, and plans without what there is today."""
    places = {code: one.population for region in solved for code, one in region.scenario.municipalities.items()}
    draws = len(solved[0].scratch)
    times = Counter(
        (code, domain)
        for region in solved
        for plan in region.scratch
        for one in plan
        for code in one.members
        for domain in one.domains
    )
    today = {
        domain: {code for roo_id in register.carriers[domain] for code in register.members[roo_id]}
        for domain in DOMAINS
    }
    rows, errors = [], []
    for domain in DOMAINS:
        cells = [domain]
        for some in [places, *(_of_size(places, n) for n in range(len(CLASSES)))]:
            real = np.mean([code in today[domain] for code in some]) if some else 0.0
            plan = np.mean([times[code, domain] / draws for code in some]) if some else 0.0
            cells.append(f"{real:.2f} / {plan:.2f}" if some else "-")
            errors.append((plan - real) ** 2)
        rows.append(cells)
    table = np.array(errors).reshape(len(DOMAINS), 1 + len(CLASSES))
    over_all, by_size = np.sqrt(table[:, 0].mean()), np.sqrt(table[:, 1:].mean())
    return (
        markdown(["register / plan", "all", *(name for _, name in CLASSES)], rows)
        + f"\n\nRoot mean square error {over_all:.2f} over domains, {by_size:.2f} by size class."
    )


def _of_size(places: Mapping[str, int], n: int) -> list[str]:
    most = CLASSES[n + 1][0] if n + 1 < len(CLASSES) else np.inf
    return [code for code, people in places.items() if CLASSES[n][0] <= people < most]


def shapes(solved: Sequence[Solved], register: Register, registered: Sequence[str]) -> str:
    """What bodies look like: register (with their registered forms), and plans without what there is today."""
    draws = len(solved[0].scratch)
    bodies = [one for region in solved for plan in region.scratch for one in plan]
    count = draws * sum(len(region.scenario.municipalities) for region in solved)
    whole = sum(len(one.members) for one in bodies if len(one.domains) >= MANY_DOMAINS)
    real = [len(register.members[r]) for r in {r for those in register.carriers.values() for r in those}]
    per_body = Counter(r for those in register.carriers.values() for r in those)
    rows = [
        ["bodies that do work", f"{len(real):,} (of 8 domains)", f"{len(bodies) / draws:,.0f}"],
        ["members, median (mean)", _middle(real), _middle([len(one.members) for one in bodies])],
        ["domains per body, mean", f"{np.mean(list(per_body.values())):.1f} (of 8)", f"{_domains(bodies):.1f}"],
        [f"municipalities in a body of {MANY_DOMAINS} domains or more", "10-12 % (S21)", f"{whole / count:.0%}"],
        ["forms", _common(registered), _common([one.form for one in bodies])],
    ]
    return markdown(["", "register", "plan"], rows, words=3)


def what_brings_it(solved: Sequence[Solved]) -> str:
    """Which criteria bring the gain over everybody alone, in the plans without what there is today."""
    total = sum((Counter(region.gained) for region in solved), Counter[str]())
    gains = {key: gain for key, gain in total.items() if gain > 0}
    shares = sorted(((gain / sum(gains.values()), key) for key, gain in gains.items()), reverse=True)
    return ", ".join(f"{key} {share:.0%}" for share, key in shares) + "."


def _common(forms: Sequence[str]) -> str:
    return ", ".join(f"{form} {times / len(forms):.0%}" for form, times in Counter(forms).most_common(4))


def _middle(sizes: Sequence[int]) -> str:
    return f"{np.median(sizes):.0f} ({np.mean(sizes):.1f})"


def _domains(bodies: Sequence[PlannedPartnership]) -> float:
    return float(np.mean([len(one.domains) for one in bodies]))


def who_with_whom(solved: Sequence[Solved], found: Pairs, codes: Sequence[str]) -> str:
    """Pairs inside the regions: whether plans without today put together who is together in the register."""
    inside = found.region[:, 0] == found.region[:, 1]
    named = [(DOMAINS[d], codes[i], codes[j]) for d, (i, j) in zip(found.domain, found.places, strict=True)]
    plans, both = [], []
    for draw in range(len(solved[0].scratch)):
        together = {
            (domain, a, b)
            for region in solved
            for one in region.scratch[draw]
            for domain in one.domains
            for a in one.members
            for b in one.members
        }
        takes_part = {(domain, a) for domain, a, _ in together}
        plans.append(np.array([key in together for key in named]))
        both.append(inside & np.array([(d, a) in takes_part and (d, b) in takes_part for d, a, b in named]))
    real, km = found.together, found.km
    in_both = np.concatenate([real[some] for some in both])
    score = auc(np.concatenate([plan[some] for plan, some in zip(plans, both, strict=True)]).astype(float), in_both)
    far = auc(-np.concatenate([km[some] for some in both]), in_both)
    rows = [["both take part in the plan", f"{len(in_both):,}", f"{score:.2f}", f"{far:.2f}"]]
    share = auc(np.mean(plans, axis=0)[inside], real[inside])
    far = auc(-km[inside], real[inside])
    rows.append(["all pairs in a region, by share of draws", f"{inside.sum():,}", f"{share:.2f}", f"{far:.2f}"])
    return markdown(["pairs", "number", "plan, AUC", "distance, AUC"], rows)


def from_today(solved: Sequence[Solved]) -> str:
    """What becomes of today's bodies, region by region."""
    rows, sums = [], Counter[str]()
    for region in solved:
        fate = Counter(_fate(region, key) for key in _decided(region))
        new = sum(one.continues is None for one in working(region.onwards.partnerships))
        proof = region.onwards.certificate
        today = region.onwards.today.value
        ratio = _hours(region.onwards.assessment.municipalities) / region.hours_today
        sums += fate + Counter(new=new)
        gained = f"{proof.value - today:+.3f}"
        cells = [str(fate[kind]) for kind in FATES]
        rows.append([region.name, *cells, str(new), f"{ratio - 1:+.0%}", gained, "yes" if proof.gap == 0 else "no"])
    rows.append(["all", *(str(sums[kind]) for kind in FATES), str(sums["new"]), "", "", ""])
    return markdown(["region", *FATES, "new", "hours", "value above today", "proven"], rows)


FATES = ("stay", "grow", "shrink", "rest of its portfolio", "other portfolio", "end")


def _decided(region: Solved) -> list[str]:
    today = region.scenario.partnerships
    return [
        key
        for key, one in today.items()
        if not (one.frozen or one.beside) and len(one.members) > 1 and set(one.domains) != {UNKNOWN}
    ]


def _fate(region: Solved, key: str) -> str:
    before = region.scenario.partnerships[key]
    after = next((one for one in region.onwards.partnerships if one.continues == key or one.id == key), None)
    if after is None:
        return "end"
    domains = region.scenario.domains
    if more := set(after.domains) - set(before.domains):
        has = {domains[key].portfolio for key in before.domains if key in domains}
        return "rest of its portfolio" if {domains[key].portfolio for key in more} <= has else "other portfolio"
    members, now = set(before.members), set(after.members)
    if set(before.domains) - set(after.domains) or members - now:
        return "shrink"
    return "grow" if now - members else "stay"


def one_domain(country: Country, found: Pairs) -> str:
    """How well the model ranks pairs and bodies, one domain at a time."""
    trust, gain = rank_of_pairs(country, found)
    estimated = Estimate.of(found, MODELS["trust"], draws=2).score(found)
    ranks = rank_of_bodies(country, np.random.default_rng(SEED))
    scores = {
        "distance": -found.km,
        "trust of the model": trust,
        "gain of the model": gain,
        "estimated trust": estimated,
    }
    kept, rows, by_domain = found.is_held_out, [], []
    for d, domain in enumerate(DOMAINS):
        here = found.domain == d
        cells = [auc(score[here], found.together[here]) for score in scores.values()]
        by_domain.append(cells)
        ranked = f"{np.mean(ranks[domain]):.2f} ({len(ranks[domain])})" if ranks[domain] else "-"
        rows.append([domain, *(f"{cell:.2f}" for cell in cells), ranked])
    rows.append(["mean of domains", *(f"{cell:.2f}" for cell in np.mean(by_domain, axis=0)), ""])
    pooled = [one for of in ranks.values() for one in of]
    low, high = _resampled_mean(pooled)
    for label, some in (("all domains", np.ones_like(kept)), ("all domains, kept apart", kept)):
        cells = [auc(score[some], found.together[some]) for score in scores.values()]
        whole = f"{np.mean(pooled):.2f} ({low:.2f}-{high:.2f})" if label == "all domains" else ""
        rows.append([label, *(f"{cell:.2f}" for cell in cells), whole])
    return markdown(["domain", *scores, "rank of real bodies (number)"], rows)


def _resampled_mean(values: Sequence[float]) -> tuple[float, float]:
    rng, some = np.random.default_rng(SEED), np.array(values)
    means = [some[rng.integers(len(some), size=len(some))].mean() for _ in range(DRAWS)]
    low, high = np.quantile(means, INTERVAL)
    return float(low), float(high)


def main() -> None:
    """Measure, and print what was found."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data")
    parser.add_argument("--inputs", type=Path, required=True, help="folder that `benchmarks.inputs` has written to")
    parser.add_argument("--limit", type=float, default=SECONDS, help="seconds per solve of a region")
    parser.add_argument("--draws", type=int, default=2, help="draws of tastes per region")
    parser.add_argument("--record", action="store_true", help="also write what was found to docs/evidence.md")
    given = parser.parse_args()
    with (given.data / "domain_labels_checked.csv").open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    data = Data.read(given.data)
    register = Register.of(data, labels, read_knowledge())
    found = pairs(data, register)
    parts = [one_domain(Country.read(given.inputs, register), found)]
    say(parts[0])
    solved = []
    for folder in sorted(given.inputs.iterdir()):
        if not OTHER.fullmatch(folder.name):
            solved.append(Solved.of(folder / "scenario.yaml", given.limit, given.draws))
            say(f"{folder.name}: {solved[-1].onwards.certificate.gap:.4f}")
    carriers = sorted({roo_id for those in register.carriers.values() for roo_id in those})
    registered = [data.arrangements[roo_id]["form_abbr"] for roo_id in carriers]
    names = {
        slug(row["veiligheidsregio"]) for row in data.municipalities.values() if is_held_out(row["veiligheidsregio"])
    }
    apart = [region for region in solved if region.name in names]
    parts += [participation(solved, register), participation(apart, register), shapes(solved, register, registered)]
    parts += [what_brings_it(solved)]
    parts += [who_with_whom(solved, found, register.codes), from_today(solved)]
    command = f"python -m benchmarks.backtest --data DIR --inputs DIR --limit {given.limit:g} --draws {given.draws}"
    command += " --record" if given.record else ""
    section = "\n\n".join([f"```sh\n{command}\n```", *map("\n\n".join, zip(EXPLAINED, parts, strict=True))])
    say(section)
    if given.record:
        record("backtest", section, PAGE)


EXPLAINED = (
    "**One domain at a time.** Pairs that both take part: the chance that one that is together ranks above one that is "
    "not (AUC), where the partnerships of that domain itself are left out of what the model knows. *Rank*: "
    "the share of random connected sets of as many municipalities around a real body that the model likes less "
    "(0.5 is chance; interval of resamples of bodies). *Kept apart*: inside the regions that the estimate never saw.",
    "**Who takes part**, by domain and inhabitants: the register, and plans of the 25 safety regions made without what "
    "there is today, on average over draws of tastes.",
    "**The same in the regions kept apart**, which neither trust nor levels were fitted on.",
    "**What bodies look like**, the same two.",
    "**What brings the gain** over everybody alone in those plans, before hours, transition and autonomy:",
    "**Who with whom**, in those plans. A plan says yes or no, so its AUC is the mean of what it gets right of those "
    "who are together and of those who are not.",
    "**From today**, plans that begin with what there is: what becomes of the bodies that do work and are decided on; "
    "hours of all roles against today.",
)

if __name__ == "__main__":
    main()
