"""When clocks began: a cell for each hour of the week, with how many and the share in time."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sla.charts import BREACHED, MET, QUIET, Drawing, embedded_lines, plain_layout
from sla.words import Words
from sla.words.attainment import hour_name
from sla.words.week import Row

CELL = 46  # pixels down; across, a chart is as wide as its place
FULL_AT = 0.25  # a share this far from the objective has the full colour
FILL = 0.62


def arrivals(rows: Sequence[Row], words: Words, metric: str, objective: float | None) -> Drawing:
    """Hours from left to right, weekdays down, from rows of attainment_by_hour.

    A cell says how many clocks began then and under that the share in time, where enough were decided. Blue is at or
    over the objective, orange under it, the stronger the farther. Each cell carries its weekday and its hour.
    """
    figure = go.Figure(layout=plain_layout(7 * CELL + 44))
    judged = {(row["weekday"], row["hour"]): row for row in rows if not row["is_too_few"]}
    figure.add_trace(
        go.Heatmap(
            x=list(range(24)),
            y=list(range(1, 8)),
            z=[[_distance(judged.get((day, hour)), objective) for hour in range(24)] for day in range(1, 8)],
            zmin=-1,
            zmax=1,
            colorscale=[
                [0, _fill(BREACHED, FILL)],
                [0.5, _fill(BREACHED, 0)],
                [0.5, _fill(MET, 0)],
                [1, _fill(MET, FILL)],
            ],
            xgap=2,
            ygap=2,
            showscale=False,
            hoverinfo="skip",
        )
    )
    figure.add_trace(_cells(rows, words))
    plain = {"fixedrange": True, "showgrid": False, "zeroline": False, "tickfont": {"size": 13}}
    figure.update_xaxes(
        range=[-0.5, 23.5], tickvals=list(range(24)), ticktext=[f"{hour:02}" for hour in range(24)], side="top", **plain
    )
    figure.update_yaxes(
        range=[7.5, 0.5],
        tickvals=list(range(1, 8)),
        ticktext=[words.embedded(words.weekday(day)) for day in range(1, 8)],
        automargin=True,
        **plain,
    )
    return Drawing(figure, _alt(rows, metric, words))


def _cells(rows: Sequence[Row], words: Words) -> go.Scatter:
    return go.Scatter(
        x=[row["hour"] for row in rows],
        y=[row["weekday"] for row in rows],
        mode="markers+text",
        marker={"symbol": "square", "size": 34, "color": QUIET, "opacity": 0.01},
        text=[_text(row, words) for row in rows],
        textfont={"size": 12},
        customdata=[[row["weekday"], row["hour"]] for row in rows],
        hovertext=[embedded_lines(_hover(row, words), words) for row in rows],
        hoverinfo="text",
        selected={"marker": {"opacity": 0.5}},
        unselected={"marker": {"opacity": 0.01}},
        cliponaxis=False,
    )


def _text(row: Row, words: Words) -> str:
    count = f"<b>{words.number(row['clocks_count'])}</b>"
    return count if row["is_too_few"] else f"{count}<br>{words.percent(row['share'], 0)}"


def _distance(row: Row | None, objective: float | None) -> float | None:
    """How far a cell's share lies from the objective, -1 to 1; without an objective none has a colour."""
    if row is None or objective is None:
        return None
    distance = float(row["share"]) - objective
    scale = min(FULL_AT, 1 - objective) or FULL_AT
    return max(-1.0, min(1.0, distance / (scale if distance >= 0 else FULL_AT)))


def _fill(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"


def _hover(row: Row, words: Words) -> str:
    values = {
        "weekday": words.weekday(row["weekday"]),
        "from": hour_name(row["hour"]),
        "to": hour_name(row["hour"] + 1),
        "count": row["clocks_count"],
    }
    if not row["decided_count"]:
        return words("arrivals.hover_plain", **values)
    counts = {"met": row["met_count"], "decided": row["decided_count"]}
    if row["is_too_few"]:
        return words("arrivals.hover_too_few", **values, **counts)
    return words("arrivals.hover", **values, **counts, share=words.percent(row["share"]))


def _alt(rows: Sequence[Row], metric: str, words: Words) -> str:
    most = max(rows, key=lambda row: row["clocks_count"])
    values = {
        "metric": words.named("metric", metric),
        "weekday": words.weekday(most["weekday"]),
        "hour": hour_name(most["hour"]),
        "count": most["clocks_count"],
    }
    judged = [row for row in rows if not row["is_too_few"]]
    if not judged:
        return words("arrivals.alt_counts", **values)
    lowest = min(judged, key=lambda row: row["share"])
    return words(
        "arrivals.alt",
        **values,
        low=words.percent(lowest["share"]),
        low_weekday=words.weekday(lowest["weekday"]),
        low_hour=hour_name(lowest["hour"]),
        met=lowest["met_count"],
        decided=lowest["decided_count"],
    )
