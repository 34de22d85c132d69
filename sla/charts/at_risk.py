"""The clocks that run, by how much of their target they have used."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sla.charts import QUIET, RUNNING, Drawing, embedded_lines, plain_layout
from sla.words import Words
from sla.words.breaches import BANDS, band, by_band, running
from sla.words.week import Row

ROW_HEIGHT = 62
ROOM = 0.4  # the part of the width that a metric's name needs on a phone
# The colour of what runs, the denser the more urgent; a hatch is what stands still.
DENSITIES = {"over_90": 0.62, "over_75": 0.46, "over_50": 0.3, "upto_50": 0.14, "standing": 0.0}
_RGB = ", ".join(str(int(RUNNING[at : at + 2], 16)) for at in (1, 3, 5))


def at_risk(rows: Sequence[Row], words: Words) -> Drawing:
    """A bar for each band of rows of at_risk_by_band, stacked by metric, the most urgent on top.

    A band's sign, name and count stand over its bar, a metric's name within its part where there are several and it has
    room. Each part carries its band's code. In Arabic the bars grow from right to left.
    """
    figure = go.Figure(layout=plain_layout(ROW_HEIGHT * len(BANDS) + 16))
    counts = by_band(rows)
    metrics = list(dict.fromkeys(row["metric"] for row in rows))
    for metric in metrics:
        figure.add_trace(_part([row for row in rows if row["metric"] == metric and row["clocks_count"]], words))
    most = max(*counts.values(), 1)
    figure.update_layout(barmode="stack")
    ends = [0, most]
    figure.update_xaxes(range=ends[::-1] if words.is_rtl else ends, visible=False, fixedrange=True)
    figure.update_yaxes(range=[len(BANDS) - 0.5, -0.65], visible=False, fixedrange=True)
    figure.add_vline(x=0, line={"color": QUIET, "width": 1})
    for place, code in enumerate(BANDS):
        _name(figure, place, words("at_risk.label", band=band(code, words), count=counts[code]), words)
        if len(metrics) > 1:
            _name_parts(figure, place, [row for row in rows if row["band"] == code], ROOM * most, words)
    return Drawing(figure, running(rows, words))


def _part(rows: Sequence[Row], words: Words) -> go.Bar:
    codes = [row["band"] for row in rows]
    return go.Bar(
        x=[row["clocks_count"] for row in rows],
        y=[BANDS.index(code) for code in codes],
        orientation="h",
        width=0.4,
        marker={
            "color": [f"rgba({_RGB}, {DENSITIES[code]})" for code in codes],
            "line": {"color": RUNNING, "width": 1.5},
            "pattern": {
                "shape": ["/" if code == "standing" else "" for code in codes],
                "fgcolor": RUNNING,
                "size": 8,
                "solidity": 0.2,
            },
        },
        customdata=[[code] for code in codes],
        hovertext=[embedded_lines(_hover(row, words), words) for row in rows],
        hoverinfo="text",
    )


def _hover(row: Row, words: Words) -> str:
    metric = words.named("metric", row["metric"])
    return words("at_risk.hover", band=words.named("band", row["band"]), metric=metric, count=row["clocks_count"])


def _name(figure: go.Figure, place: int, text: str, words: Words) -> None:
    figure.add_annotation(
        x=0,
        y=place - 0.22,
        text=words.embedded(text),
        showarrow=False,
        xanchor="right" if words.is_rtl else "left",
        yanchor="bottom",
        font={"size": 15},
    )


def _name_parts(figure: go.Figure, place: int, rows: Sequence[Row], least: float, words: Words) -> None:
    """The metric and its count within each part of a bar of at least so many clocks."""
    before = 0
    for row in rows:
        count = row["clocks_count"]
        if count >= least:
            name = words("at_risk.part", metric=words.named("metric", row["metric"]), count=count)
            middle, text = before + count / 2, words.embedded(name)
            figure.add_annotation(x=middle, y=place, text=text, showarrow=False, font={"size": 13})
        before += count
