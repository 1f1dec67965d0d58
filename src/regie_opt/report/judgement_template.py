"""A file of judgements to fill in, with the criteria that count and ranges between plans that exist."""

from itertools import pairwise

from regie_opt.report.numbers import Language
from regie_opt.report.words import Words
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.parameters import LESS_IS_BETTER
from regie_opt.schema.scenario import Scenario
from regie_opt.worth import assess, complete_plan, today_plan


def template_text(scenario: Scenario, base: Scenario, recommended: Outcome, language: Language) -> str:
    """YAML with points for every criterion that counts; its range is that of today, all alone and the recommended plan.

    Criteria that are the same in all three are left out: there is no swing to judge.
    """
    words = Words(language)
    plans = (today_plan(scenario), complete_plan(scenario, ()), recommended.partnerships)
    found = [{c.key: c for c in assess(scenario, base, plan).criteria} for plan in plans]
    ranges, points = [], []
    for key, criterion in scenario.criteria.items():
        amounts = [round(assessed[key].amount, 2) for assessed in found]
        if criterion.weight == 0 or min(amounts) == max(amounts):
            continue
        worst, best = min(amounts), max(amounts)
        if key in LESS_IS_BETTER:
            worst, best = best, worst
        label, unit = criterion.name.in_language(language), words.term("unit", found[0][key].unit)
        ranges.append(f"    {key}: {{worst: {worst:.10g}, best: {best:.10g}}}  # {label}, {unit}")
        points.append(f"    {key}: 100")
    keys = [line.split(":")[0].strip() for line in points][:3]
    pairs = [f"  #   - {{more: {a}, less: {b}, times: 3}}" for a, b in pairwise(keys)]
    return "\n".join(
        [
            *(f"# {line}" if line else "#" for line in words("tune.template.head").split("\n")),
            "criteria:",
            "  ranges:",
            *ranges,
            f"  # {words('tune.template.points')}",
            "  swing:",
            *points,
            f"  # {words('tune.template.pairs')}",
            "  # pairwise:",
            *pairs,
            "",
        ]
    )
