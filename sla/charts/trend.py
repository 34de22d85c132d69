"""Attainment week by week against the objective."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sla.charts import AXIS, BREACHED, MET, QUIET, Drawing, embedded_lines, plain_layout
from sla.words import Words
from sla.words.week import Row

HEIGHT = 340
TOP = 1.015
MARGIN = 84


def trend(rows: Sequence[Row], words: Words) -> Drawing:
    """Thirteen weeks from rows of attainment_by_week, the last one labelled; time runs from left to right.

    A week below the objective is a diamond, the others circles; one with too few clocks to judge is an open mark
    without an interval; an empty week is a gap. The alt text gives lowest, highest and the count under the objective.
    """
    figure = go.Figure(layout=plain_layout(HEIGHT))
    figure.add_trace(_line(rows))
    for is_under in (False, True):
        figure.add_trace(_marks(rows, is_under, words))
    _axes(figure, rows, words)
    figure.update_layout(margin_r=MARGIN)
    _objective(figure, rows, words)
    _label_last(figure, rows, words)
    return Drawing(figure, _alt(rows, words))


def _line(rows: Sequence[Row]) -> go.Scatter:
    return go.Scatter(
        x=list(range(len(rows))),
        y=[row["share"] for row in rows],
        mode="lines",
        line={"color": QUIET, "width": 2},
        hoverinfo="skip",
        connectgaps=False,
    )


def _marks(rows: Sequence[Row], is_under: bool, words: Words) -> go.Scatter:
    chosen = [(x, row) for x, row in enumerate(rows) if row["decided_count"] and _is_under(row) == is_under]
    colour = BREACHED if is_under else MET
    shape = "diamond" if is_under else "circle"
    return go.Scatter(
        x=[x for x, _ in chosen],
        y=[row["share"] for _, row in chosen],
        mode="markers",
        marker={
            "color": colour,
            "size": [15 if x == len(rows) - 1 else 11 for x, _ in chosen],
            "symbol": [f"{shape}-open" if row["is_too_few"] else shape for _, row in chosen],
            "line": {"color": colour, "width": 2},
            "opacity": 1,
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [0 if row["is_too_few"] else row["share_high"] - row["share"] for _, row in chosen],
            "arrayminus": [0 if row["is_too_few"] else row["share"] - row["share_low"] for _, row in chosen],
            "color": colour,
            "thickness": 1.5,
            "width": 0,
        },
        customdata=[[row["week_start"].isoformat()] for _, row in chosen],
        hovertext=[embedded_lines(_hover(row, words), words) for _, row in chosen],
        hoverinfo="text",
        cliponaxis=False,
    )


def _axes(figure: go.Figure, rows: Sequence[Row], words: Words) -> None:
    floor = _floor(rows)
    step = 0.05 if floor >= 0.75 else 0.1 if floor >= 0.5 else 0.25
    ticks = [tick * step for tick in range(int(floor / step), round(1 / step) + 1) if tick * step >= floor]
    plain = {"zeroline": False, "fixedrange": True, "automargin": True, "tickfont": {"size": 13}}
    figure.update_yaxes(
        range=[floor, TOP],
        tickvals=ticks,
        ticktext=[words.percent(tick, 0) for tick in ticks],
        gridcolor=QUIET,
        **plain,
    )
    figure.update_xaxes(
        range=[-0.5, len(rows) - 0.5],
        tickvals=list(range(len(rows))),
        ticktext=week_ticks(rows, words),
        showgrid=False,
        ticks="outside",
        tickcolor=QUIET,
        tickangle=0,
        **plain,
    )


def _floor(rows: Sequence[Row]) -> float:
    """The lowest share drawn: a little under the lowest interval, mark or objective, and never above 87 %."""
    lows = [row["share"] if row["is_too_few"] else row["share_low"] for row in rows if row["decided_count"]]
    objectives = [row["objective"] for row in rows if row["objective"]]
    return max(0.0, float(min(*lows, *objectives, 0.9, 0.9)) - 0.03)


def week_ticks(rows: Sequence[Row], words: Words) -> list[str]:
    """The number of each week, and the month under the first one that begins in it, if there is room."""
    months = [words.month(row["week_start"]) for row in rows]
    starts = [at for at, month in enumerate(months) if at == 0 or months[at - 1] != month]
    if len(starts) > 1 and starts[1] - starts[0] < 3:
        starts = starts[1:]
    return [
        f"{row['week_start'].isocalendar().week}<br>{month if at in starts else ''}"
        for at, (row, month) in enumerate(zip(rows, months, strict=True))
    ]


def _objective(figure: go.Figure, rows: Sequence[Row], words: Words) -> None:
    if not any(row["objective"] for row in rows):
        return
    figure.add_trace(
        go.Scatter(
            x=[x + side for x in range(len(rows)) for side in (-0.5, 0.5)],
            y=[row["objective"] for row in rows for _ in range(2)],
            mode="lines",
            line={"color": AXIS, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
        )
    )
    objective = next(row["objective"] for row in reversed(rows) if row["objective"])
    text = embedded_lines(words("trend.objective", objective=words.objective(objective)), words)
    _label(figure, objective, text, 13, _shift(rows[-1]["share"], objective, _floor(rows)))


def _label_last(figure: go.Figure, rows: Sequence[Row], words: Words) -> None:
    last = rows[-1]
    if last["decided_count"]:
        counts = words("matrix.counts", met=last["met_count"], decided=last["decided_count"])
        text = counts if last["is_too_few"] else _share(last, words)
        _label(figure, last["share"], words.embedded(f"<b>{text}</b>"), 17, 0)


def _label(figure: go.Figure, y: float, text: str, size: int, shift: float) -> None:
    """A label in the right margin, where no mark is."""
    figure.add_annotation(
        x=1,
        xref="paper",
        y=y,
        text=text,
        showarrow=False,
        xanchor="left",
        align="left",
        xshift=6,
        yshift=shift,
        font={"size": size},
    )


def _shift(share: float | None, objective: float, floor: float) -> float:
    """Pixels by which the objective's label gives way to the last week's, away from it."""
    if share is None:
        return 0
    apart = (objective - share) * HEIGHT * 0.8 / (TOP - floor)
    return max(0, 34 - apart) if apart > 0 else min(0, -34 - apart)


def _is_under(row: Row) -> bool:
    return row["objective"] is not None and row["share"] is not None and row["share"] < row["objective"]


def _hover(row: Row, words: Words) -> str:
    values = {
        "week": words.week(row["week_start"]),
        "days": words.week_span(row["week_start"]),
        "met": row["met_count"],
        "decided": row["decided_count"],
    }
    if row["is_too_few"]:
        return words("trend.hover_too_few", **values)
    low, high = words.percent(row["share_low"]), words.percent(row["share_high"])
    return words("trend.hover", **values, share=_share(row, words), low=low, high=high)


def _share(row: Row, words: Words) -> str:
    return words.percent(row["share"], beside=row["objective"])


def _alt(rows: Sequence[Row], words: Words) -> str:
    week = words.week_inside(rows[-1]["week_start"])
    metric = words.named("metric", rows[-1].get("metric"))
    judged = [row for row in rows if row["decided_count"] and not row["is_too_few"]]
    if not judged:
        return words("trend.alt_none", metric=metric, week=week)
    lowest, highest = (pick(judged, key=lambda row: row["share"]) for pick in (min, max))
    under = sum(_is_under(row) for row in judged)
    objective = rows[-1]["objective"]
    last = words("lead.no_objective")
    if objective is not None:
        last = words("trend.alt_under", count=under, objective=words.objective(objective))
    return words(
        "trend.alt",
        metric=metric,
        week=week,
        lowest=_share(lowest, words),
        lowest_week=words.week_inside(lowest["week_start"]),
        highest=_share(highest, words),
        highest_week=words.week_inside(highest["week_start"]),
        last=last,
    )
