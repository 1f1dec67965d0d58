"""How far each weight must change before an alternative is as good as the best plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regie_opt.schema.explanation import WeightChange
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.parameters import LESS_IS_BETTER
from regie_opt.schema.scenario import Scenario
from regie_opt.study.contest import Contest
from regie_opt.study.crossing import Crossing, Sample
from regie_opt.study.solving import Solve
from regie_opt.study.study import HALF, Study
from regie_opt.worth import Worth, assess


@dataclass(frozen=True)
class Weight:
    """A weight of a criterion, or of a domain, that can be changed."""

    section: str
    """`criteria` or `domains`."""
    key: str
    now: float

    @property
    def path(self) -> tuple[str, ...]:
        """Its path in the scenario."""
        return (self.section, self.key, "weight")

    def at(self, scenario: Scenario, weight: float) -> Scenario:
        """The scenario with this weight."""
        entries = dict(getattr(scenario, self.section))
        entries[self.key] = entries[self.key].model_copy(update={"weight": weight})
        return scenario.model_copy(update={self.section: entries})


def weights(scenario: Scenario, domains: Sequence[str]) -> list[Weight]:
    """Every criterion that counts, and some domains."""
    found = [Weight("criteria", key, c.weight) for key, c in scenario.criteria.items() if c.weight > 0]
    return found + [Weight("domains", d, scenario.domains[d].weight) for d in domains if scenario.domains[d].weight > 0]


@dataclass
class _Search:
    """One weight, up or down."""

    weight: Weight
    sign: int
    crossing: Crossing


def weight_changes(study: Study, contest: Contest, some: Sequence[Weight], reach: float) -> tuple[WeightChange, ...]:
    """For each weight the nearest value, up or down within `reach` of it, at which the alternative is as good.

    Raises what `Study.results` raises.
    """
    searches = [_search(contest, weight, sign, reach) for weight in some for sign in (1, -1)]
    while any(not search.crossing.is_done for search in searches):
        asked = [(search, *one) for search in searches for one in _tasks(contest, search)]
        asked.sort(key=lambda one: one[1])  # those that start from the same scenario together
        outcomes = study.results([task for *_, task in asked], HALF)
        for (search, is_forced, distance, task), outcome in zip(asked, outcomes, strict=True):
            sample = _sample(search, contest.base, task.scenario, outcome)
            if sample is None:
                search.crossing.give_up()
            else:
                (search.crossing.forced if is_forced else search.crossing.free)[distance] = sample
    return tuple(_nearest(up, down) for up, down in zip(searches[::2], searches[1::2], strict=True))


def _search(contest: Contest, weight: Weight, sign: int, reach: float) -> _Search:
    search = _Search(weight, sign, Crossing(reach * weight.now, {}, {}, is_convex=_is_convex(contest.scenario, weight)))
    for samples, scenario, outcome in (
        (search.crossing.free, contest.scenario, contest.free),
        (search.crossing.forced, contest.forced, contest.held),
    ):
        sample = _sample(search, contest.base, scenario, outcome)
        if sample is not None:
            samples[0.0] = sample
    if not (search.crossing.free and search.crossing.forced):
        search.crossing.give_up()
    return search


def _is_convex(scenario: Scenario, weight: Weight) -> bool:
    """Whether a plan's value is a straight line in the weight: a domain's is not where it may be reciprocated."""
    reciprocity = scenario.criteria.get("reciprocity")
    if weight.section == "criteria" or reciprocity is None or reciprocity.weight == 0:
        return True
    region = Worth(scenario, scenario).region
    mutual = [f.hosting == "mutual" for f in scenario.forms.values()]
    return not region.lawful[mutual][:, region.domain_index[weight.key]].any()


def _tasks(contest: Contest, search: _Search) -> Iterator[tuple[bool, float, Solve]]:
    """Whether under the rules besides, at which distance, and the task."""
    wanted = search.crossing.wanted()
    for is_forced, points, scenario in (
        (False, wanted.free, contest.scenario),
        (True, wanted.forced, contest.forced),
    ):
        for distance in points:
            other = search.weight.at(scenario, search.weight.now + search.sign * distance)
            yield is_forced, distance, Solve(other, contest.base, contest.options, near=scenario)


def _sample(search: _Search, base: Scenario, scenario: Scenario, outcome: Outcome) -> Sample | None:
    """Value, bound and slope in the direction of the search; None where there is no plan."""
    proof, assessment = outcome.certificate, outcome.assessment
    if proof is None or assessment is None:
        return None
    if search.weight.section == "criteria":
        slope = next(
            (-1.0 if c.key in LESS_IS_BETTER else 1.0) * c.amount / c.reference
            for c in assessment.criteria
            if c.key == search.weight.key
        )
    else:
        now = scenario.domains[search.weight.key].weight
        more = assess(search.weight.at(scenario, now + 1.0), base, outcome.partnerships)
        slope = more.value - assessment.value
    return Sample(proof.value, proof.bound, search.sign * slope)


def _nearest(up: _Search, down: _Search) -> WeightChange:
    weight = up.weight
    found = [(s.crossing.at, s.sign) for s in (up, down) if s.crossing.at is not None]
    both = up.crossing.is_proven and down.crossing.is_proven
    if not found:
        return WeightChange(path=weight.path, weight=weight.now, at=None, relative=None, proven=both)
    distance, sign = min(found, key=lambda pair: pair[0])
    return WeightChange(
        path=weight.path,
        weight=weight.now,
        at=weight.now + sign * distance,
        relative=sign * distance / weight.now,
        proven=both,
    )
