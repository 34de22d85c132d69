"""How evenly work is spread over those who do it: parts without names."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sla.charts import AXIS, QUIET, WORK, Drawing, plain_layout
from sla.words import Words
from sla.words.workload import Row, spread_label

ROW_HEIGHT = 74


def spread(rows: Sequence[Row], words: Words) -> Drawing:
    """A strip per measure of workload_spread, cut into the agents' parts, the largest first.

    Coloured pieces are the fewest agents who have half together; over the strip stands how many they are. In Arabic the
    strips begin at the right.
    """
    measures = list(dict.fromkeys(row["measure"] for row in rows))
    figure = go.Figure(layout=plain_layout(ROW_HEIGHT * len(measures) + 16))
    for place, measure in enumerate(measures):
        of_measure = [row for row in rows if row["measure"] == measure]
        figure.add_trace(_strip(place, of_measure, words))
        line = {"color": AXIS, "width": 1.5, "dash": "dot"}
        figure.add_shape(type="line", x0=0.5, x1=0.5, y0=place - 0.22, y1=place + 0.3, line=line)
        figure.add_annotation(
            x=0,
            y=place - 0.24,
            text=words.embedded(spread_label(of_measure[0], words)),
            showarrow=False,
            xanchor="right" if words.is_rtl else "left",
            yanchor="bottom",
            font={"size": 15},
        )
    figure.update_xaxes(range=[1, 0] if words.is_rtl else [0, 1], visible=False, fixedrange=True)
    figure.update_yaxes(range=[len(measures) - 0.55, -0.8], visible=False, fixedrange=True)
    figure.update_layout(barmode="overlay")
    firsts = [next(row for row in rows if row["measure"] == measure) for measure in measures]
    items = words.series(spread_label(row, words) for row in firsts)
    return Drawing(figure, words("work_spread.alt", items=items))


def _strip(place: int, rows: Sequence[Row], words: Words) -> go.Bar:
    starts = [sum(row["part"] for row in rows[:at]) for at in range(len(rows))]
    hovers = [
        words(
            "work_spread.hover",
            count=row["agent_count"],
            total=row["total_count"],
            part=words.percent(row["part"]),
        )
        for row in rows
    ]
    return go.Bar(
        x=[
            row["part"] * (0.985 if len(rows) < 60 else 1) for row in rows
        ],  # a gap between pieces, where it can be seen
        base=starts,
        y=[place] * len(rows),
        orientation="h",
        width=0.34,
        marker={"color": [WORK if row["is_in_half"] else QUIET for row in rows], "line": {"width": 0}},
        hovertext=[words.embedded(hover) for hover in hovers],
        hoverinfo="text",
    )
