"""Many solves: by processes of this computer or by a cluster, each kept so that none is done twice."""

from regie_opt.study.cluster import Cluster
from regie_opt.study.crew import Crew, Lost, Processes
from regie_opt.study.notices import Notice
from regie_opt.study.solving import Solve, with_plan
from regie_opt.study.store import Store
from regie_opt.study.study import HALF, Study, StudyProgress, Task

__all__ = [
    "HALF",
    "Cluster",
    "Crew",
    "Lost",
    "Notice",
    "Processes",
    "Solve",
    "Store",
    "Study",
    "StudyProgress",
    "Task",
    "with_plan",
]
