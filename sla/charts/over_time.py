"""Attainment week by week or month by month, a strip for each severity, all on one axis of time."""

from collections.abc import Sequence
from itertools import groupby

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from sla.charts import AXIS, BREACHED, MET, QUIET, Drawing, embedded_lines, plain_layout
from sla.charts.standouts import shown
from sla.words import Words
from sla.words.attainment import span_name
from sla.words.week import Row

STRIP = 122  # pixels of a strip with its title
TOP = 1.03
MARGIN = 84


def over_time(rows: Sequence[Row], words: Words) -> Drawing:
    """A strip for all severities and one for each, from rows of attainment_over_time; time runs from left to right.

    Where only one severity has clocks, its strip would say the same again and is left out. A mark below the objective
    is a diamond, the others circles; one with too few clocks to judge is an open mark without an interval; where
    nothing fell due is a gap. Each mark carries its first day and its severity, '' for those without, None for all.
    """
    strips = [list(lines) for _, lines in groupby(rows, key=lambda row: (row["is_all_severities"], row["severity"]))]
    strips = strips[:1] if len(strips) == 2 else strips
    figure = make_subplots(rows=len(strips), cols=1, shared_xaxes=True, vertical_spacing=0.3 / len(strips))
    figure.update_layout(plain_layout(STRIP * len(strips) + 56))
    figure.update_layout(margin={"t": 34, "r": MARGIN})
    floor = _floor([row for strip in strips for row in strip])
    for number, strip in enumerate(strips, start=1):
        _strip(figure, number, strip, words)
        _axes(figure, number, strip, floor, words, is_last=number == len(strips))
    return Drawing(figure, _alt(strips, words))


def strip_name(row: Row, words: Words) -> str:
    """The severity of a row of attainment_over_time, or that it counts them all."""
    if row["is_all_severities"]:
        return words("over_time.all")
    return str(row["severity_name"] or words("matrix.no_severity"))


def _strip(figure: go.Figure, number: int, strip: Sequence[Row], words: Words) -> None:
    places = list(range(len(strip)))
    shares = [row["share"] for row in strip]
    quiet = {"mode": "lines", "hoverinfo": "skip", "connectgaps": False}
    figure.add_trace(go.Scatter(x=places, y=shares, line={"color": QUIET, "width": 2}, **quiet), row=number, col=1)
    ends = [x + side for x in places for side in (-0.5, 0.5)]
    objectives = [row["objective"] for row in strip for _ in range(2)]
    dashed = {"color": AXIS, "width": 1.2, "dash": "dash"}
    figure.add_trace(go.Scatter(x=ends, y=objectives, line=dashed, **quiet), row=number, col=1)
    for is_under in (False, True):
        figure.add_trace(_marks(strip, is_under, words), row=number, col=1)
    _names(figure, number, strip, words)


def _marks(strip: Sequence[Row], is_under: bool, words: Words) -> go.Scatter:
    chosen = [(x, row) for x, row in enumerate(strip) if row["decided_count"] and _is_under(row) == is_under]
    colour = BREACHED if is_under else MET
    shape = "diamond" if is_under else "circle"
    return go.Scatter(
        x=[x for x, _ in chosen],
        y=[row["share"] for _, row in chosen],
        mode="markers",
        marker={
            "color": colour,
            "size": 11,
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
        customdata=[
            [row["first_on"].isoformat(), None if row["is_all_severities"] else row["severity"]] for _, row in chosen
        ],
        hovertext=[embedded_lines(_hover(row, words), words) for _, row in chosen],
        hoverinfo="text",
        cliponaxis=False,
    )


def _names(figure: go.Figure, number: int, strip: Sequence[Row], words: Words) -> None:
    """The severity over its strip, and what the last mark says beside it."""
    axis = "" if number == 1 else str(number)
    name = shown(strip_name(strip[0], words))
    if number == 1 and strip[-1]["objective"] is not None:
        objective = words("over_time.objective", objective=words.objective(strip[-1]["objective"]))
        name = f"<b>{name}</b> · {objective}"
    else:
        name = f"<b>{name}</b>"
    figure.add_annotation(
        x=1 if words.is_rtl else 0,
        xref="paper",
        y=1,
        yref=f"y{axis} domain",
        text=words.embedded(name),
        showarrow=False,
        xanchor="right" if words.is_rtl else "left",
        yanchor="bottom",
        yshift=5,
        font={"size": 14},
    )
    last = strip[-1]
    if not last["decided_count"]:
        return
    counts = words("matrix.counts", met=last["met_count"], decided=last["decided_count"])
    text = counts if last["is_too_few"] else f"<b>{_share(last, words)}</b>"
    figure.add_annotation(
        x=1,
        xref="paper",
        y=last["share"],
        yref=f"y{axis}",
        text=words.embedded(text),
        showarrow=False,
        xanchor="left",
        xshift=6,
        font={"size": 15},
    )


def _axes(figure: go.Figure, number: int, strip: Sequence[Row], floor: float, words: Words, *, is_last: bool) -> None:
    step = 0.1 if floor >= 0.75 else 0.25 if floor >= 0.5 else 0.5
    ticks = [tick * step for tick in range(round(1 / step) + 1) if tick * step >= floor]
    plain = {"zeroline": False, "fixedrange": True, "tickfont": {"size": 13}, "row": number, "col": 1}
    figure.update_yaxes(
        range=[floor, TOP],
        tickvals=ticks,
        ticktext=[words.percent(tick, 0) for tick in ticks],
        gridcolor=QUIET,
        automargin=True,
        **plain,
    )
    figure.update_xaxes(
        range=[-0.5, len(strip) - 0.5],
        tickvals=list(range(len(strip))),
        ticktext=_ticks(strip, words),
        showgrid=False,
        showticklabels=is_last,
        ticks="outside" if is_last else "",
        tickcolor=QUIET,
        tickangle=0,
        automargin=True,
        **plain,
    )


def _ticks(strip: Sequence[Row], words: Words) -> list[str]:
    """The number of each week, or the name of each month, and under it the month or the year where a new one begins."""
    is_week = strip[0]["grain"] == "week"
    days = [row["first_on"] for row in strip]
    upper = [str(day.isocalendar().week) if is_week else words.month(day) for day in days]
    lower = [words.month(day) if is_week else str(day.year) for day in days]
    starts = [at for at, name in enumerate(lower) if at == 0 or lower[at - 1] != name]
    if len(starts) > 1 and starts[1] - starts[0] < 3:
        starts = starts[1:]
    return [f"{text}<br>{lower[at] if at in starts else ''}" for at, text in enumerate(upper)]


def _floor(rows: Sequence[Row]) -> float:
    """The lowest share drawn: a little under the lowest interval, mark or objective, and never above 87 %."""
    lows = [row["share"] if row["is_too_few"] else row["share_low"] for row in rows if row["decided_count"]]
    objectives = [row["objective"] for row in rows if row["objective"]]
    return max(0.0, float(min(*lows, *objectives, 0.9, 0.9)) - 0.03)


def _is_under(row: Row) -> bool:
    return row["objective"] is not None and row["share"] is not None and row["share"] < row["objective"]


def _hover(row: Row, words: Words) -> str:
    values = {
        "name": shown(strip_name(row, words)),
        "span": span_name(row["grain"], row["first_on"], words),
        "met": row["met_count"],
        "decided": row["decided_count"],
    }
    if row["is_too_few"]:
        return words("over_time.hover_too_few", **values)
    low, high = words.percent(row["share_low"]), words.percent(row["share_high"])
    return words("over_time.hover", **values, share=_share(row, words), low=low, high=high)


def _alt(strips: Sequence[Sequence[Row]], words: Words) -> str:
    first, last = strips[0][0], strips[0][-1]
    return words(
        "over_time.alt",
        metric=words.named("metric", first["metric"]),
        first=_inside(first, words),
        last=_inside(last, words),
        items=words.series(_alt_item(strip, words) for strip in strips),
    )


def _alt_item(strip: Sequence[Row], words: Words) -> str:
    name = strip_name(strip[0], words)
    judged = [row for row in strip if not row["is_too_few"]]
    if not judged:
        return words("over_time.alt_item_none", name=name)
    lowest = min(judged, key=lambda row: row["share"])
    return words(
        "over_time.alt_item",
        name=name,
        share=_stood(strip[-1], words),
        lowest=_share(lowest, words),
        span=_inside(lowest, words),
    )


def _stood(row: Row, words: Words) -> str:
    """The share of a row of attainment_over_time, the counts where they are too few, or that nothing fell due."""
    if not row["decided_count"]:
        return words("over_time.alt_gap")
    if row["is_too_few"]:
        return words("over_time.alt_few", met=row["met_count"], decided=row["decided_count"])
    return _share(row, words)


def _share(row: Row, words: Words) -> str:
    return words.percent(row["share"], beside=row["objective"])


def _inside(row: Row, words: Words) -> str:
    """The name of a row's week or month inside a sentence."""
    first_on = row["first_on"]
    return words.week_inside(first_on) if row["grain"] == "week" else span_name(row["grain"], first_on, words)
