"""Candidates, relaxation, programme and proof. Nothing here knows a file or a screen."""

from regie_opt.engine.alternatives import Alternatives, Asked, alternatives
from regie_opt.engine.conflict import Infeasible
from regie_opt.engine.differing import Different
from regie_opt.engine.export import ExportSummary, export_programme
from regie_opt.engine.held import UnheldRule
from regie_opt.engine.obeying import Obeying
from regie_opt.engine.solve import NoPlanInTime, Options, Progress, Solution, resolve, solve
from regie_opt.engine.stopping import Stopping
from regie_opt.engine.warm import unlike

__all__ = [
    "Alternatives",
    "Asked",
    "Different",
    "ExportSummary",
    "Infeasible",
    "NoPlanInTime",
    "Obeying",
    "Options",
    "Progress",
    "Solution",
    "Stopping",
    "UnheldRule",
    "alternatives",
    "export_programme",
    "resolve",
    "solve",
    "unlike",
]
