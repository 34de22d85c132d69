"""Whose breaches a week had, beside whose they usually are."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sla.charts import AXIS, BREACHED, QUIET, Drawing, embedded_lines, plain_layout
from sla.words import Words
from sla.words.week import Row, standout_name

ROW_HEIGHT = 64


def standouts(rows: Sequence[Row], words: Words) -> Drawing:
    """A bar per row of week_standouts: its part of the week's breaches, with a tick at its usual part.

    The name stands over its bar with both parts; in Arabic the bars grow from right to left.
    """
    figure = go.Figure(layout=plain_layout(ROW_HEIGHT * len(rows) + 24))
    places = list(range(len(rows)))
    figure.add_trace(
        go.Bar(
            x=[row["part"] for row in rows],
            y=places,
            orientation="h",
            width=0.34,
            marker={"color": BREACHED},
            customdata=[[row["dimension"], row["value"]] for row in rows],
            hovertext=[_hover(row, words) for row in rows],
            hoverinfo="text",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[row["usual_part"] or 0 for row in rows],
            y=places,
            mode="markers",
            marker={"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": AXIS}},
            hoverinfo="skip",
        )
    )
    for place, row in zip(places, rows, strict=True):
        _name(figure, place, row, words)
    ends = [1, 0] if words.is_rtl else [0, 1]
    figure.update_xaxes(range=ends, visible=False, fixedrange=True)
    figure.update_yaxes(range=[len(rows) - 0.45, -0.75], visible=False, fixedrange=True)
    figure.add_vline(x=0, line={"color": QUIET, "width": 1})
    items = words.series(
        words(
            "standouts.alt_item",
            name=standout_name(row, words),
            part=words.percent(row["part"], 0),
            usual=words.percent(row["usual_part"] or 0, 0),
        )
        for row in rows
    )
    return Drawing(figure, words("standouts.alt", count=rows[0]["all_breached_count"], items=items))


def _name(figure: go.Figure, place: int, row: Row, words: Words) -> None:
    """The name and both parts over the bar; text of the export is shown as text."""
    part, usual = words.percent(row["part"], 0), words.percent(row["usual_part"] or 0, 0)
    name = words("standouts.label", name=shown(standout_name(row, words)), part=f"<b>{part}</b>", usual=usual)
    figure.add_annotation(
        x=0,
        y=place - 0.21,
        text=words.embedded(name),
        showarrow=False,
        xanchor="right" if words.is_rtl else "left",
        yanchor="bottom",
        font={"size": 15},
    )


def _hover(row: Row, words: Words) -> str:
    hover = words(
        "standouts.hover",
        name=shown(standout_name(row, words)),
        breached=row["breached_count"],
        all=row["all_breached_count"],
        part=words.percent(row["part"], 0),
        usual=words.percent(row["usual_part"] or 0, 0),
    )
    return embedded_lines(hover, words)


def shown(text: str) -> str:
    """A text that plotly's little HTML shows as it stands, tags and entities included."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
