"""Week by week: what arrived, what was solved, what stayed open."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sla.charts import AXIS, QUIET, WORK, Drawing, embedded_lines, plain_layout
from sla.words import Words
from sla.words.workload import Row, flow_alt

HEIGHT = 400
LETTER = 7.4  # pixels, of a label


def flow(rows: Sequence[Row], words: Words) -> Drawing:
    """Thirteen weeks from rows of workload_by_week: bars above, the tickets open at each week's end below.

    Hollow bars are arrivals, full ones solves; the last week's numbers stand beside them. Time runs from left to right.
    The customdata of a bar are the kind of its work and its week.
    """
    figure = go.Figure(layout=plain_layout(HEIGHT))
    figure.add_trace(_bars(rows, "arrival", words))
    figure.add_trace(_bars(rows, "solve", words))
    figure.add_trace(_open(rows, words))
    _axes(figure, rows, words)
    figure.update_layout(bargap=0.25, bargroupgap=0.08)
    _labels(figure, rows, words)
    return Drawing(figure, flow_alt(rows, words))


def _bars(rows: Sequence[Row], kind: str, words: Words) -> go.Bar:
    is_arrival = kind == "arrival"
    return go.Bar(
        x=list(range(len(rows))),
        y=[row[f"{kind}s_count"] for row in rows],
        marker={
            "color": "rgba(0,0,0,0)" if is_arrival else WORK,
            "line": {"color": AXIS if is_arrival else WORK, "width": 1.5},
        },
        customdata=[[kind, row["week_start"].isoformat()] for row in rows],
        hovertext=[_hover("arrived" if is_arrival else "solved", row, words) for row in rows],
        hoverinfo="text",
    )


def _open(rows: Sequence[Row], words: Words) -> go.Scatter:
    return go.Scatter(
        x=list(range(len(rows))),
        y=[row["backlog_count"] for row in rows],
        yaxis="y2",
        mode="lines+markers",
        line={"color": AXIS, "width": 2},
        marker={"size": 7, "color": AXIS},
        fill="tozeroy",
        fillcolor=QUIET,
        hovertext=[_hover("open", row, words) for row in rows],
        hoverinfo="text",
        cliponaxis=False,
    )


def _axes(figure: go.Figure, rows: Sequence[Row], words: Words) -> None:
    plain = {"zeroline": False, "fixedrange": True, "automargin": True, "tickfont": {"size": 13}, "gridcolor": QUIET}
    worked = max(max(row["arrivals_count"], row["solves_count"]) for row in rows)
    opened = max(row["backlog_count"] or 0 for row in rows)
    figure.update_layout(
        yaxis={"domain": [0.42, 1], "rangemode": "tozero", "tickformat": ",d", **_steps(worked, 5), **plain},
        yaxis2={"domain": [0, 0.3], "rangemode": "tozero", "tickformat": ",d", **_steps(opened, 3), **plain},
        xaxis={
            **plain,
            "anchor": "y2",
            "range": [-0.6, len(rows) - 0.4],
            "tickvals": list(range(len(rows))),
            "ticktext": _ticks(rows, words),
            "showgrid": False,
            "tickangle": 0,
        },
    )


def _steps(most: int, count: int) -> dict[str, int]:
    """So many ticks as there is room for, but none between whole numbers."""
    return {"dtick": 1} if most < count else {"nticks": count}


def _ticks(rows: Sequence[Row], words: Words) -> list[str]:
    """The number of each week, and the month under the first that begins in it, where there is room."""
    months = [words.month(row["week_start"]) for row in rows]
    starts = [at for at, month in enumerate(months) if at == 0 or months[at - 1] != month]
    if len(starts) > 1 and starts[1] < 3:
        starts = starts[1:]
    return [
        f"{row['week_start'].isocalendar().week}<br>{month if at in starts else ''}"
        for at, (row, month) in enumerate(zip(rows, months, strict=True))
    ]


def _labels(figure: go.Figure, rows: Sequence[Row], words: Words) -> None:
    last = rows[-1]
    arrived = words("work_weeks.arrived", count=last["arrivals_count"])
    solved = words("work_weeks.solved", count=last["solves_count"])
    _label(figure, 0.98, "<br>".join(words.embedded(_coloured(text)) for text in (arrived, f"<b>{solved}</b>")))
    opened = ""
    if last["backlog_count"] is not None:
        opened = words("work_weeks.open", count=last["backlog_count"])
        _label(figure, 0.27, words.embedded(f"<b>{opened}</b>"))
    figure.update_layout(margin_r=LETTER * max(len(text) for text in (arrived, solved, opened)) + 12)


def _coloured(text: str) -> str:
    """A label whose sign has the colour of its bars."""
    for sign, colour in (("□", AXIS), ("■", WORK)):
        text = text.replace(sign, f"<span style='color: {colour}'>{sign}</span>")
    return text


def _label(figure: go.Figure, y: float, text: str) -> None:
    """What the last week has, in the right margin."""
    figure.add_annotation(
        x=1,
        xref="paper",
        y=y,
        yref="paper",
        text=text,
        showarrow=False,
        xanchor="left",
        yanchor="top",
        align="left",
        xshift=4,
        font={"size": 14},
    )


def _hover(what: str, row: Row, words: Words) -> str:
    hover = words(
        f"work_weeks.hover_{what}",
        week=words.week(row["week_start"]),
        days=words.week_span(row["week_start"]),
        arrived=row["arrivals_count"],
        reopened=row["reopenings_count"],
        solved=row["solves_count"],
        replies=row["replies_count"],
        open=row["backlog_count"] or 0,
    )
    return embedded_lines(hover, words)
