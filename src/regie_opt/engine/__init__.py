"""Candidates, relaxation, programme and proof. Nothing here knows a file or a screen."""

from regie_opt.engine.conflict import Infeasible
from regie_opt.engine.export import ExportSummary, export_programme
from regie_opt.engine.obeying import Obeying
from regie_opt.engine.solve import NoPlanInTime, Options, Progress, Solution, resolve, solve
from regie_opt.engine.warm import unlike

__all__ = [
    "ExportSummary",
    "Infeasible",
    "NoPlanInTime",
    "Obeying",
    "Options",
    "Progress",
    "Solution",
    "export_programme",
    "resolve",
    "solve",
    "unlike",
]
