"""A file of judgements, YAML or a workbook, checked against the scenario: every error at its line or its cell."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from regie_opt.loading.document import Node
from regie_opt.loading.files import read_bytes, read_tree
from regie_opt.loading.judgement_sheets import judgement_tree
from regie_opt.loading.problems import InputError, Problem, distinct, one_of, unknown
from regie_opt.loading.problems import Path as TreePath
from regie_opt.loading.references import as_meant
from regie_opt.loading.shape import shape_of
from regie_opt.loading.validation import validate
from regie_opt.schema.elicitation import (
    LARGEST,
    CriteriaJudgements,
    DomainJudgements,
    ElicitationFile,
    Judgement,
)
from regie_opt.schema.parameters import LESS_IS_BETTER
from regie_opt.schema.scenario import Scenario

SHOWN_PAIRS = 3
"""Missing pairs that a message names."""


def load_elicitation(path: Path, scenario: Scenario) -> ElicitationFile:
    """Load the judgements in a .yaml, .json or .xlsx file. Raises InputError with everything that is wrong."""
    is_workbook = path.suffix.lower() in {".xlsx", ".xlsm"}
    root = judgement_tree(path, scenario) if is_workbook else read_tree(read_bytes(path), path)
    for subject, keys in (("criteria", scenario.criteria), ("domains", scenario.domains)):
        root = _meant(root, subject, tuple(keys))
    file, problems = validate(root, ElicitationFile)
    if file is not None:
        for found_at, message in _faults(file, scenario):
            node = list(root.walk(found_at))[-1]
            problems.append(Problem(_place(node, found_at, root), found_at, message))
    if file is None or problems:
        raise InputError(distinct(problems))
    return file


def _meant(root: Node, subject: str, keys: tuple[str, ...]) -> Node:
    """Return the tree with what it says of a subject by the keys that are meant."""
    judged = root.child(subject)
    if judged is None or not isinstance(root.value, Mapping):
        return root
    meant = as_meant(judged, shape_of(ElicitationFile).child(subject), {"subjects": keys})
    return replace(root, value={**root.value, subject: meant})


def _place(node: Node, path: TreePath, root: Node) -> str:
    """A whole list or mapping is told at its key, a value at itself; what is nowhere at the file."""
    return node.at if path else root.origin.at


def _faults(file: ElicitationFile, scenario: Scenario) -> Iterator[tuple[TreePath, str]]:
    if file.criteria is None and file.domains is None:
        yield (), "found no judgements, allowed: `criteria`, `domains`, or both"
    if file.criteria is not None:
        yield from _method(file.criteria, "criteria", tuple(scenario.criteria), {})
        yield from _ranges(file.criteria)
    if file.domains is not None:
        labels = {key: domain.name.nl for key, domain in scenario.domains.items()}
        yield from _method(file.domains, "domains", tuple(scenario.domains), labels)


def _method(
    judged: CriteriaJudgements | DomainJudgements, subject: str, known: tuple[str, ...], labels: Mapping[str, str]
) -> Iterator[tuple[TreePath, str]]:
    """One of the two methods, with names that exist."""
    if bool(judged.swing) == bool(judged.pairwise):
        found = "both `swing` and `pairwise`" if judged.swing else "no judgements"
        yield (subject,), f"found {found}, allowed: either `swing` (points) or `pairwise` (comparisons)"
        return
    noun = "criterion" if subject == "criteria" else "domain"
    strangers = False
    for key in judged.swing:
        if key not in known:
            yield (subject, "swing", key), unknown(noun, key, known, labels)
    for n, judgement in enumerate(judged.pairwise):
        for side in ("more", "less"):
            name = getattr(judgement, side)
            if name not in known:
                strangers = True
                yield (subject, "pairwise", n, side), unknown(noun, name, known, labels)
    if judged.swing:
        yield from _points({str(key): points for key, points in judged.swing.items()}, subject)
    elif not strangers:
        yield from _pairs(judged.pairwise, subject)


def _points(points: Mapping[str, float], subject: str) -> Iterator[tuple[TreePath, str]]:
    most = max(points.values())
    if len(points) < 2:
        yield (subject, "swing"), "found one, allowed: two or more, for points say how they compare"
    elif most != 100:
        yield (subject, "swing"), f"the most important one has {most:g} points, allowed: 100 (the others in proportion)"


def _pairs(pairwise: tuple[Judgement, ...], subject: str) -> Iterator[tuple[TreePath, str]]:
    """Every pair once."""
    seen: dict[frozenset[str], int] = {}
    for n, judgement in enumerate(pairwise):
        pair = frozenset({judgement.more, judgement.less})
        if pair in seen:
            both = f"'{judgement.more}' and '{judgement.less}'"
            yield (subject, "pairwise", n, "more"), f"{both} are compared twice (first as number {seen[pair] + 1})"
        seen.setdefault(pair, n)
    names = list(dict.fromkeys(name for j in pairwise for name in (j.more, j.less)))
    if len(names) > LARGEST:
        yield (subject, "pairwise"), f"found {len(names)} names, allowed: at most {LARGEST} (use `swing`)"
        return
    missing = [(a, b) for a, b in combinations(names, 2) if frozenset({a, b}) not in seen]
    if missing:
        shown = "; ".join(f"{a} and {b}" for a, b in missing[:SHOWN_PAIRS])
        more = f" and {len(missing) - SHOWN_PAIRS} more" if len(missing) > SHOWN_PAIRS else ""
        message = f"found no comparison of {shown}{more}; allowed: every pair of the {len(names)} names once"
        yield (subject, "pairwise"), message


def _ranges(judged: CriteriaJudgements) -> Iterator[tuple[TreePath, str]]:
    """A range for each or for none, in the direction that is better."""
    judged_ones: set[str] = {*judged.swing, *(name for j in judged.pairwise for name in (j.more, j.less))}
    for key, given in judged.ranges.items():
        if key not in judged_ones:
            yield ("criteria", "ranges", key), f"'{key}' is not judged; allowed: {one_of(judged_ones)}"
        if (given.best < given.worst) != (key in LESS_IS_BETTER):
            better = "less" if key in LESS_IS_BETTER else "more"
            message = f"worst is {given.worst:g} and best {given.best:g}, but of {key} {better} is better"
            yield ("criteria", "ranges", key), message
    without = sorted(judged_ones - set(judged.ranges))
    if without and (judged.swing or judged.ranges):
        yield (
            ("criteria",),
            f"found no range (worst, best) of {', '.join(without)}; allowed: one for each that is judged",
        )
