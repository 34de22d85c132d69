"""The time that clocks took against their targets: how many ended in each part of it, and who still waits."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sla.charts import AXIS, BREACHED, MET, RUNNING, Drawing, embedded_lines, plain_layout
from sla.words import Words
from sla.words.attainment import LATE_FROM, NEAR_FROM, band_name
from sla.words.week import Row

HEIGHT = 330
KINDS = ("met", "breached", "running", "unanswered")
COLOURS = {"met": MET, "breached": BREACHED, "running": RUNNING, "unanswered": BREACHED}


def time_taken(rows: Sequence[Row], words: Words, metric: str) -> Drawing:
    """A bar for each band of rows of time_taken, its count over it; what has no answer is hatched.

    Shorter times stand at the left in every language; a line parts what lies within the target from what is late. Each
    part of a bar carries its band's ends (None: open), and which of KINDS it is.
    """
    figure = go.Figure(layout=plain_layout(HEIGHT))
    for kind in KINDS:
        figure.add_trace(_part(rows, kind, words))
    figure.update_layout(barmode="stack", bargap=0.12)
    figure.update_xaxes(
        tickvals=[
            place - 0.5 for place in range(len(rows))
        ],  # bands are told by their ends, which find room on a phone
        ticktext=[words.percent((row["over_percent"] or 0) / 100, 0) for row in rows],
        ticks="outside",
        tickcolor=AXIS,
        tickangle=0,
        tickfont={"size": 13},
        range=[-0.6, len(rows) - 0.4],
        fixedrange=True,
        showgrid=False,
        automargin=True,
    )
    most = max(row["clocks_count"] for row in rows)
    figure.update_yaxes(range=[0, most * 1.3], visible=False, fixedrange=True)
    for place, row in enumerate(rows):
        _count(figure, place, row, words)
    _target(figure, rows, words)
    return Drawing(figure, _alt(rows, metric, words))


def part_count(row: Row, kind: str) -> int:
    """How many clocks a part of a bar stands for, from a row of time_taken."""
    if kind in ("met", "running"):
        count: int = row[f"{kind}_count"]
        return count
    late_without: int = row["unanswered_count"] - row["running_count"]
    return late_without if kind == "unanswered" else row["breached_count"] - late_without


def _part(rows: Sequence[Row], kind: str, words: Words) -> go.Bar:
    is_hatched = kind in ("running", "unanswered")
    colour = COLOURS[kind]
    solid = {"color": colour, "line": {"color": colour, "width": 1}}
    hatch = {"shape": "/", "fillmode": "replace", "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)", "size": 7}
    return go.Bar(
        x=list(range(len(rows))),
        y=[part_count(row, kind) or None for row in rows],  # no bar rather than one without height
        marker=solid | ({"pattern": hatch} if is_hatched else {}),
        customdata=[[row["over_percent"], row["to_percent"], kind] for row in rows],
        hovertext=[embedded_lines(_hover(row, kind, words), words) for row in rows],
        hoverinfo="text",
    )


def _hover(row: Row, kind: str, words: Words) -> str:
    band = band_name(row["over_percent"], row["to_percent"], words)
    name = words(f"time_taken.{kind}")
    return words("time_taken.hover", band=band, kind=name, count=part_count(row, kind))


def _count(figure: go.Figure, place: int, row: Row, words: Words) -> None:
    figure.add_annotation(
        x=place,
        y=row["clocks_count"],
        text=words.embedded(f"<b>{words.number(row['clocks_count'])}</b>"),
        showarrow=False,
        yanchor="bottom",
        font={"size": 15},
    )


def _target(figure: go.Figure, rows: Sequence[Row], words: Words) -> None:
    """The line between the last band within the target and the first one over it, with a word on either side."""
    place = next(at for at, row in enumerate(rows) if row["over_percent"] == LATE_FROM) - 0.5
    figure.add_vline(x=place, line={"color": AXIS, "width": 1.5, "dash": "dash"})
    for key, anchor, shift in (("in_time", "right", -8), ("late", "left", 8)):
        figure.add_annotation(
            x=place,
            y=1,
            yref="paper",
            text=words.embedded(words(f"time_taken.{key}")),
            showarrow=False,
            xanchor=anchor,
            xshift=shift,
            yanchor="top",
            font={"size": 14},
        )


def _alt(rows: Sequence[Row], metric: str, words: Words) -> str:
    within = [row for row in rows if (row["over_percent"] or 0) < LATE_FROM]
    return words(
        "time_taken.alt",
        metric=words.named("metric", metric),
        within=sum(row["clocks_count"] for row in within),
        count=sum(row["clocks_count"] for row in rows),
        near=sum(row["clocks_count"] for row in within if row["over_percent"] == NEAR_FROM),
        over=rows[-1]["clocks_count"],
        unanswered=sum(row["unanswered_count"] for row in rows),
    )
