"""Every sample, plan and pair of a study of robustness, for files that programs read."""

from regie_opt.report.naming import Naming
from regie_opt.report.table import Cell, Quantity, Table
from regie_opt.schema.robustness import Robustness


def complete_tables(found: Robustness, naming: Naming) -> tuple[Table, ...]:
    """All samples with what was assumed, every plan in every sample, what is in every plan, and every pair."""
    return _samples(found, naming), _regrets(found, naming), _contents(found, naming), _pairs(found, naming)


def _number(value: float | None) -> Cell:
    return "" if value is None else Quantity(value, 6)


def _samples(found: Robustness, naming: Naming) -> Table:
    words = naming.words
    keys = ("sample", "status", "number", "value", "gap", "alone", "today", "nominal", "regret.one", "cells", "rules")
    return Table(
        words("rob.all.samples"),
        (*(words(f"rob.{key}") for key in keys), *(one.key for one in found.assumptions)),
        tuple(
            (
                Quantity(one.number),
                one.status,
                *map(_number, (one.plan, one.value, one.gap, one.alone, one.today, one.nominal_value)),
                _number(found.plans[0].regrets[one.number - 1]),
                _number(one.regrouped),
                "; ".join(one.nominal_broken or one.conflict),
                *(Quantity(one.draws[a.key], 6) for a in found.assumptions),
            )
            for one in found.samples
        ),
    )


def _regrets(found: Robustness, naming: Naming) -> Table:
    keys = ("number", "sample", "value", "regret.one")
    return Table(
        naming.words("rob.all.regrets"),
        tuple(naming.words(f"rob.{key}") for key in keys),
        tuple(
            (Quantity(plan.number), Quantity(one.number), Quantity(value, 6), _number(lost))
            for plan in found.plans
            for one, value, lost in zip(found.samples, plan.values, plan.regrets, strict=True)
        ),
    )


def _contents(found: Robustness, naming: Naming) -> Table:
    keys = ("number", "partnership", "form", "members", "domains", "hosts")
    return Table(
        naming.words("rob.all.plans"),
        tuple(naming.words(f"rob.{key}") for key in keys),
        tuple(
            (
                Quantity(plan.number),
                q.name,
                q.form,
                "; ".join(q.members),
                "; ".join(q.domains),
                "; ".join(f"{domain}: {host}" for domain, host in (q.hosts or {}).items()),
            )
            for plan in found.plans
            for q in plan.partnerships
        ),
    )


def _pairs(found: Robustness, naming: Naming) -> Table:
    words = naming.words
    return Table(
        words("rob.all.pairs"),
        tuple(words(f"rob.{key}") for key in ("domains", "first", "second", "proposed", "sample")),
        tuple(
            (
                pair.domain,
                *map(naming.municipality, pair.municipalities),
                words("rob.yes" if pair.proposed else "rob.no"),
                Quantity(pair.samples),
            )
            for pair in found.pairs
        ),
    )
