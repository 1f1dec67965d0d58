"""One solve as a task: all that it follows from, and what comes out."""

import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from threading import Lock

from regie_opt import engine
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.plan import Guarantee
from regie_opt.schema.scenario import Scenario
from regie_opt.study.store import hashed

START_SHARE = 0.5
"""Part of its time that a solve may take for the one that it starts from."""


@dataclass(frozen=True)
class Solve:
    """Solve a scenario against the references of its base."""

    scenario: Scenario
    base: Scenario
    options: engine.Options = field(default_factory=engine.Options)
    near: Scenario | None = None
    """A scenario that is solved first, by every worker once, to start from where only weights differ.

    So what comes out depends on the task alone, and not on what the worker did before.
    """

    kind = Outcome

    @cached_property
    def key(self) -> str:
        """Hash of all that the outcome follows from."""
        options = json.dumps(asdict(self.options), sort_keys=True)
        near = "" if self.start is None else unnamed(self.start)
        return hashed(unnamed(self.scenario), unnamed(self.base), near, options)

    @property
    def start(self) -> Scenario | None:
        """The scenario to start from; None where more than weights differ, or nothing does."""
        if self.near is None or self._is_near or engine.unlike(self.near, self.scenario):
            return None
        return self.near

    @property
    def _is_near(self) -> bool:
        """Whether it is itself what others start from."""
        return self.near is not None and unnamed(self.near) == unnamed(self.scenario)

    def run(self, stopping: engine.Stopping | None = None) -> Outcome:
        """Solve it here and now; only the engine's own faults are raised."""
        try:
            return outcome(self._solution(stopping or engine.Stopping(self.options.time_limit)))
        except engine.Infeasible as conflict:
            return Outcome(status="infeasible", conflict=conflict.rules)
        except engine.NoPlanInTime:
            return self.unfinished()

    def unfinished(self) -> Outcome:
        """The outcome where time ran out before any plan was found."""
        return Outcome(status="unfinished")

    def _solution(self, stopping: engine.Stopping) -> engine.Solution:
        start = self.start
        if start is None:
            if self._is_near:
                return _before.of(self.key, self.scenario, self, stopping)
            return engine.solve(self.scenario, self.base, self.options, stopping=stopping)
        first = Solve(start, self.base, self.options)
        try:
            before = _before.of(first.key, start, self, stopping.share(START_SHARE))
        except (engine.Infeasible, engine.NoPlanInTime):
            return engine.solve(self.scenario, self.base, self.options, stopping=stopping)
        return engine.resolve(before, self.scenario, self.options, stopping=stopping)


def with_plan(found: Outcome) -> Outcome:
    """An outcome that has a plan. Raises `Infeasible` and `NoPlanInTime` where it has none, as a solve does."""
    if found.status == "infeasible":
        raise engine.Infeasible(found.conflict)
    if found.status == "unfinished":
        msg = "no plan that obeys the rules was found within the time limit"
        raise engine.NoPlanInTime(msg)
    return found


def unnamed(scenario: Scenario) -> Scenario:
    """A scenario without what it is called: a variant by another name is not solved again."""
    return scenario.model_copy(update={"name": "-", "description": "", "variant": None})


def outcome(solution: engine.Solution) -> Outcome:
    """What is kept of a solution."""
    return Outcome(
        status=solution.certificate.status,
        partnerships=solution.partnerships,
        certificate=Guarantee.model_validate(solution.certificate.model_dump(include=set(Guarantee.model_fields))),
        assessment=solution.assessment,
        today=solution.today,
    )


class _Before:
    """The solution that this process last started from."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._key: str | None = None
        self._solution: engine.Solution | None = None
        self._whole = True

    def of(self, key: str, scenario: Scenario, like: Solve, stopping: engine.Stopping) -> engine.Solution:
        """The solution of a scenario, made when it is not the one at hand.

        Where time ended it, what starts from it is not what would come out without a limit either.
        """
        with self._lock:
            if self._key != key or self._solution is None:
                self._key, self._solution = None, None
                self._solution = engine.solve(scenario, like.base, like.options, stopping=stopping)
                self._key, self._whole = key, not stopping.told
            if not self._whole:
                stopping.tell()
            return self._solution


_before = _Before()
