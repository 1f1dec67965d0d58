"""HiGHS behind PuLP: in this process, stopped by our clock or Ctrl-C, and started from a known plan."""

from typing import Any

import highspy
import numpy as np
import pulp

from regie_opt.engine.stopping import Stop
from regie_opt.worth.region import Bools

FAILED = (
    highspy.HighsModelStatus.kNotset,
    highspy.HighsModelStatus.kLoadError,
    highspy.HighsModelStatus.kModelError,
    highspy.HighsModelStatus.kPresolveError,
    highspy.HighsModelStatus.kSolveError,
    highspy.HighsModelStatus.kPostsolveError,
    highspy.HighsModelStatus.kMemoryLimit,
    highspy.HighsModelStatus.kUnknown,
)
"""Statuses that answer nothing, although nobody told it to stop."""
PROBING = 1 << 15
"""Rule of HiGHS' presolve that tries out every column: with many to each cell it takes longer than the search."""


class Highs(pulp.HiGHS):  # type: ignore[misc]
    """PuLP's HiGHS in-process, stopped by our clock or Ctrl-C, and started from a known plan."""

    def __init__(
        self,
        seed: int,
        time_limit: float | None,
        stop: Stop,
        absolute_gap: float,
        start: tuple[list[Any], Bools | None],
        nodes: int | None,
        presolve: str = "choose",
    ) -> None:
        # PuLP 3.3.2 does not know the status that HiGHS' own limit of nodes ends with, only that of an interrupt.
        def interrupt(_kind: Any, _message: str, now: Any, answer: Any, _data: Any) -> None:
            enough = nodes is not None and now is not None and now.mip_node_count >= nodes
            if answer is not None and (enough or stop()):
                answer.user_interrupt = True

        kinds = highspy.cb.HighsCallbackType
        super().__init__(
            msg=False,
            threads=1,
            timeLimit=time_limit,
            gapAbs=absolute_gap,
            gapRel=0.0,
            callbackTuple=(interrupt, None),
            callbacksToActivate=[kinds.kCallbackMipInterrupt, kinds.kCallbackSimplexInterrupt],
            random_seed=seed,
            mip_feasibility_tolerance=1e-7,
            mip_allow_restart=False,
            presolve_rule_off=PROBING,
            presolve=presolve,
        )
        self.start = start

    def callSolver(self, lp: Any) -> None:  # noqa: N802
        """Hand over the known plan, then run."""
        columns, values = self.start
        if values is not None:
            at = np.array([column.index for column in columns], dtype=np.int32)
            lp.solverModel.setSolution(len(at), at, values.astype(float))
        lp.solverModel.run()

    def findSolutionValues(self, lp: Any) -> Any:  # noqa: N802
        """What came out; PuLP 3.3.2 does not know every status, and those of which it does not tell nothing."""
        if lp.solverModel.getModelStatus() in FAILED:
            return pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound
        return super().findSolutionValues(lp)
