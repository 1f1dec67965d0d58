"""How a proposal holds when assumptions are other than written (`regie-opt/robustness/1`)."""

from typing import Literal, get_args

from pydantic import ConfigDict, Field

from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.strict import Key, Label, Strict

Status = Literal["optimal", "feasible", "infeasible", "unfinished"]
Target = Literal["gain", "regret", "regrouped"]
"""What an assumption may decide: the gain of the proposal over everybody alone, its regret, and cells regrouped."""
TARGETS: tuple[Target, ...] = get_args(Target)


class Varied(Strict):
    """An assumption that was varied."""

    key: Key
    name: Label
    unit: str
    low: float
    likely: float
    high: float
    scale: Literal["linear", "log"]
    sources: dict[str, str]


class Sample(Strict):
    """One sample: what was assumed, what is optimal then, and what the proposal is worth then."""

    number: int
    """From 1."""
    draws: dict[Key, float]
    """What was assumed, in the unit of each assumption."""
    status: Status
    conflict: tuple[str, ...] = ()
    """Rules that no plan obeys together, where there is none."""
    plan: int | None
    """Number of the plan found."""
    value: float | None
    """Of that plan."""
    gap: float | None
    """Of that plan, as in its certificate."""
    alone: float | None
    """Value of everybody alone."""
    today: float | None
    """Value of today's network."""
    nominal_value: float
    """Value of the proposal."""
    nominal_broken: tuple[str, ...]
    """Rules that the proposal breaks then."""
    regrouped: int | None
    """Cells with other partners, another form or another host than in the proposal."""


class FoundPlan(Strict):
    """A plan that is the best in some sample, or the proposal itself, and what it is worth in all."""

    number: int
    """From 1, which is the proposal."""
    partnerships: tuple[PlannedPartnership, ...]
    best_in: tuple[int, ...]
    """Samples in which it was found."""
    regrouped: int
    """Cells that differ from the proposal."""
    values: tuple[float, ...]
    """Value in every sample, whether it obeys the rules there or not."""
    regrets: tuple[float | None, ...]
    """In every sample: value less than the best plan found there; null where it breaks a rule or nothing was found."""
    broken: dict[str, int]
    """Rules that it breaks, each with the number of samples."""
    out: int
    """Samples in which it breaks a rule, of those in which a plan was found."""
    largest_regret: float | None
    """Over the samples in which it obeys the rules; null where there is none."""
    mean_regret: float | None


class Staying(Strict):
    """A partnership, and in how many samples it is in the plan found."""

    name: str
    form: Key
    members: tuple[Key, ...]
    outside: int
    """Members outside the region."""
    domains: tuple[Key, ...]
    """In the proposal; where it is not in it, all that it ever carries."""
    proposed: bool
    """Whether it is in the proposal."""
    unchanged: int
    """Samples with the same form, members, domains and hosts."""
    together: int
    """Samples with the same form and members, and at least one of the domains."""
    any_form: int
    """Samples with the same members in one or another form, and at least one of the domains."""
    interval: tuple[float, float]
    """Wilson's 95 % interval around the share of samples of `together`."""


class Pair(Strict):
    """Two municipalities in one domain, and in how many samples they do it together."""

    domain: Key
    municipalities: tuple[Key, Key]
    proposed: bool
    """Whether they are together in the proposal."""
    samples: int


class Correlation(Strict):
    """How an assumption and a result go together over the samples."""

    assumption: Key
    target: Target
    rho: float | None
    """Spearman's rank correlation; null where one of the two does not vary or there are too few samples."""
    p: float | None
    """Chance of one this strong, or stronger, where nothing is the matter."""
    samples: int
    """Samples that it rests on."""


class Robustness(Strict):
    """How a proposal holds over samples of uncertain assumptions."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    schema_id: Literal["regie-opt/robustness/1"] = Field(default="regie-opt/robustness/1", alias="schema")
    scenario: str
    variant: str | None
    sha256: str
    seed: int
    status: Literal["optimal", "feasible"]
    """Of the proposal."""
    value: float
    gap: float
    alone: float
    """Value of everybody alone, as written."""
    assumptions: tuple[Varied, ...]
    idle: tuple[Key, ...]
    """Assumptions that make no difference to this scenario, and were not varied."""
    cells: int
    """Cells that are decided on: municipalities times domains that are not imposed by law."""
    counts: dict[Status, int]
    """Samples by status."""
    noise: dict[Target, float]
    """Correlations weaker than this come about by chance: the strongest of all assumptions would in 5 % of studies."""
    least_regret: int
    """Number of the plan with the least largest regret."""
    plans: tuple[FoundPlan, ...]
    partnerships: tuple[Staying, ...]
    pairs: tuple[Pair, ...]
    correlations: tuple[Correlation, ...]
    samples: tuple[Sample, ...]
