"""How sure a plan is: what was proven, and what the figures do not prove."""

import re
from collections.abc import Iterator
from math import comb

from regie_opt.report.breach import told
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import percent
from regie_opt.report.plan import unrecorded
from regie_opt.report.table import Text
from regie_opt.report.words import SEPARATOR
from regie_opt.schema.plan import Certificate
from regie_opt.worth import today_plan

_VALUE_DECIMALS = 4
_RULE = re.compile(
    r"(?:all )?(?P<connected>connected )?member sets(?: of up to (?P<size>\d+) members)?"
    r"(?: \(more than (?P<most>\d+) beyond that size\))?, and those of today with up to (?P<growth>\d+) more"
)
"""How the engine words the candidate rule; any other wording is shown as it is."""


SAME = 1e-9
"""Value that is told as no difference."""


def certificate(proof: Certificate, today: float, naming: Naming) -> Text:
    """Certificate in a line, which says so when optimality was not proven, and what the gap is a part of.

    Where today's network is worth more than the plan, it says why that is none.
    """
    words = naming.words
    return Text(
        words("certificate"),
        (
            words(
                f"certificate.{proof.status}",
                value=naming.number(proof.value, _VALUE_DECIMALS),
                bound=naming.number(proof.bound, _VALUE_DECIMALS),
                gap=percent(proof.gap, gap_decimals(proof.gap), naming.language),
                count=proof.candidates.count,
                rule=candidate_rule(proof.candidates.rule, naming),
            ),
            words(
                "certificate.alone",
                alone=naming.number(proof.alone, _VALUE_DECIMALS),
                gain=naming.difference(proof.value - proof.alone, _VALUE_DECIMALS),
            ),
            *_beaten(proof, today, naming),
        ),
    )


def _beaten(proof: Certificate, today: float, naming: Naming) -> Iterator[str]:
    """Why a network of today that is worth more than the plan is no plan."""
    if today > proof.value + SAME * max(1.0, abs(today)) and proof.today_breaches:
        network = today_plan(naming.scenario)
        yield naming.words(
            "certificate.today",
            today=naming.number(today, _VALUE_DECIMALS),
            more=naming.number(today - proof.value, _VALUE_DECIMALS),
            reasons="; ".join(told(breach, network, naming) for breach in proof.today_breaches),
        )


def limits(proof: Certificate, naming: Naming) -> Text:
    """Limits of the figures, for a reader who has to defend them."""
    words, scenario = naming.words, naming.scenario
    given = {frozenset(r.between) for r in scenario.relations if r.trust is not None}
    doubtful = unrecorded(scenario)
    lines = [words("limits.hours"), words("limits.cost")]
    if pairs := comb(len(scenario.municipalities), 2):
        lines.append(words("limits.trust", given=len(given), pairs=pairs))
    lines.append(words("limits.inventory"))
    if doubtful:
        lines.append(words("limits.unknown", count=len(doubtful), names=SEPARATOR.join(doubtful)))
    lines.append(words("limits.optimal", rule=candidate_rule(proof.candidates.rule, naming)))
    return Text(words("limits"), tuple(lines), bullets=True)


def candidate_rule(rule: str, naming: Naming) -> str:
    """Translate the rule that the proof is relative to."""
    found = _RULE.fullmatch(rule)
    if found is None:
        return rule
    words, size, most = naming.words, found["size"], found["most"]
    key = ("rule.up_to" if size else "rule.all") + (".connected" if found["connected"] else "")
    more = words("rule.more", most=naming.number(int(most))) if most else ""
    return words("rule", sets=words(key, size=size), more=more, growth=found["growth"])


def gap_decimals(gap: float) -> int:
    """Decimals of a percentage that keep a small gap from reading as none."""
    return next((decimals for decimals in range(2, 7) if round(100 * abs(gap), decimals) > 0), 2)
