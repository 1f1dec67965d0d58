"""The frontier as a picture: every plan a point, the knee and today marked."""

from itertools import combinations
from typing import Any

import altair as alt

from regie_opt.report.naming import Naming
from regie_opt.report.pareto import decimals, label, unit
from regie_opt.report.pictures.look import COLOURS, chart_of, dressed, titled
from regie_opt.schema.pareto import Pareto, ParetoObjective

SIDE = 380
"""Width and height of a panel."""


def frontier(result: Pareto, naming: Naming) -> dict[str, Any]:
    """One panel with two objectives; with three a panel for every two of them."""
    panels = [_panel(result, naming, one, other) for one, other in combinations(result.objectives, 2)]
    chart = alt.hconcat(*panels, spacing=36) if len(panels) > 1 else panels[0]
    return dressed(
        chart.properties(title=titled(naming, "pic.frontier", naming.words("pic.frontier.how"))), naming.words
    )


def _panel(result: Pareto, naming: Naming, up: ParetoObjective, along: ParetoObjective) -> Any:
    words = naming.words
    kinds = [words("pic.frontier.plan"), words("par.mark.knee"), words("par.today")]
    rows = [
        {
            "x": point.amounts[along.key],
            "y": point.amounts[up.key],
            "kind": kinds[1] if point.knee else kinds[0],
            "plan": str(place),
        }
        for place, point in enumerate(result.points, start=1)
    ]
    now = result.today.amounts
    rows.append({"x": now[along.key], "y": now[up.key], "kind": kinds[2], "plan": words("par.today")})
    base = chart_of(rows).encode(x=_axis(alt.X, "x:Q", along, naming), y=_axis(alt.Y, "y:Q", up, naming))
    scale = alt.Scale(domain=kinds, range=[COLOURS[0], COLOURS[5], COLOURS[2]])
    tips = [
        alt.Tooltip("plan:N", title=words("par.plan")),
        *(
            alt.Tooltip(field, title=label(objective, naming), format=f",.{decimals(objective, result)}f")
            for field, objective in (("x:Q", along), ("y:Q", up))
        ),
    ]
    points = base.mark_point(filled=True, size=90, opacity=1).encode(
        color=alt.Color("kind:N", title=words("pic.frontier.kind"), sort=kinds, scale=scale),
        shape=alt.Shape("kind:N", sort=kinds, scale=alt.Scale(domain=kinds, range=["circle", "diamond", "square"])),
        tooltip=tips,
    )
    names = base.mark_text(dx=9, dy=-8, fontSize=11, align="left").encode(text="plan:N")
    layers = [points, names]
    if len(result.objectives) == 2:
        steps = base.transform_filter(alt.datum.kind != kinds[2])
        layers.insert(
            0, steps.mark_line(interpolate="step-after" if along.less_is_better else "step-before", opacity=0.35)
        )
    return alt.layer(*layers).properties(width=SIDE, height=SIDE)


def _axis(channel: Any, field: str, objective: ParetoObjective, naming: Naming) -> Any:
    what = unit(objective, naming)
    name = f"{label(objective, naming)} ({what})" if what else label(objective, naming)
    return channel(field, title=name, scale=alt.Scale(zero=False, nice=True))
