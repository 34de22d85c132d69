"""Each hour of the week: how much arrived, and how many were there."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sla.charts import QUIET, WORK, Drawing, embedded_lines, plain_layout
from sla.words import Words
from sla.words.attainment import hour_name
from sla.words.workload import Row, hours_lead, mean

HEIGHT = 340
LARGEST = 17  # pixels across
SHADE = [[0, "rgba(128, 132, 140, 0.04)"], [1, "rgba(128, 132, 140, 0.6)"]]


def hours(rows: Sequence[Row], words: Words) -> Drawing:
    """Seven lines of 24 hours from rows of workload_by_hour: shade for the agents replying, circles for the arrivals.

    A ring is an hour in which nobody ever replied. Hours run from left to right. The customdata of a circle are its
    weekday and hour.
    """
    figure = go.Figure(layout=plain_layout(HEIGHT))
    figure.add_trace(
        go.Heatmap(
            x=[row["hour"] for row in rows],
            y=[row["weekday"] for row in rows],
            z=[row["agents_mean"] or 0 for row in rows],
            zmin=0,
            zmax=max([row["agents_mean"] or 0 for row in rows], default=0) or 1,
            colorscale=SHADE,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    figure.add_trace(_circles([row for row in rows if row["arrivals_count"]], words))
    plain = {"fixedrange": True, "showgrid": False, "zeroline": False, "automargin": True, "tickfont": {"size": 13}}
    ticks = list(range(0, 24, 6))
    figure.update_xaxes(
        range=[-0.5, 23.5], tickvals=ticks, ticktext=[hour_name(tick) for tick in ticks], tickangle=0, **plain
    )
    days = list(range(1, 8))
    figure.update_yaxes(
        range=[7.5, 0.5], tickvals=days, ticktext=[words.embedded(words.weekday(day)) for day in days], **plain
    )
    return Drawing(figure, words("work_hours.alt", finding=hours_lead(rows, words)))


def _circles(rows: Sequence[Row], words: Words) -> go.Scatter:
    most = max([row["arrivals_mean"] for row in rows], default=1)
    return go.Scatter(
        x=[row["hour"] for row in rows],
        y=[row["weekday"] for row in rows],
        mode="markers",
        marker={
            "size": [row["arrivals_mean"] for row in rows],
            "sizemode": "area",
            "sizeref": 2 * most / LARGEST**2,
            "sizemin": 3,
            "color": WORK,
            "symbol": ["circle" if row["agents_mean"] else "circle-open" for row in rows],
            "opacity": 1,
            "line": {"color": WORK, "width": [0 if row["agents_mean"] else 2 for row in rows]},
        },
        customdata=[[row["weekday"], row["hour"]] for row in rows],
        hovertext=[_hover(row, words) for row in rows],
        hoverinfo="text",
        hoverlabel={"bordercolor": QUIET},
    )


def _hover(row: Row, words: Words) -> str:
    hover = words(
        "work_hours.hover",
        weekday=words.weekday(row["weekday"]),
        hour=hour_name(row["hour"]),
        next=hour_name(row["hour"] + 1),
        arrivals=mean(row["arrivals_mean"] or 0, words),
        count=row["arrivals_count"],
        hours=row["hours_count"],
        agents=mean(row["agents_mean"] or 0, words),
    )
    return embedded_lines(hover, words)
