"""Satisfaction: week by week, beside the promises that were kept, and score by score."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sla.charts import AXIS, BREACHED, MET, QUIET, Drawing, embedded_lines, plain_layout
from sla.charts.trend import week_ticks
from sla.words import Words
from sla.words.satisfaction import beside, promise_of, promises, scales_of
from sla.words.week import Row

WEEKS_HEIGHT, MARGIN = 430, 96
BAR_HEIGHT, GROUP_HEIGHT = 58, 40
SCORES_HEIGHT = 250
SCORE = ("scale_min", "scale_max", "from_score", "to_score")
SIDES = (("met", MET, ""), ("breached", BREACHED, "/"))  # hatched, so that colour is not the only difference
_PLAIN = {"zeroline": False, "fixedrange": True, "automargin": True, "tickfont": {"size": 13}}


def weeks(rows: Sequence[Row], words: Words) -> Drawing:
    """Thirteen weeks from rows of satisfaction_by_week: shares with intervals above, answered of offered below.

    A week with too few answers to judge is an open mark without an interval, one without answers a gap; time runs from
    left to right.
    """
    figure = go.Figure(layout=plain_layout(WEEKS_HEIGHT))
    places = list(range(len(rows)))
    figure.add_trace(_line(places, rows))
    figure.add_trace(_marks(rows, words))
    for name in ("offered", "answered"):
        figure.add_trace(_bars(places, rows, name, words))
    floor = _floor(rows)
    step = 0.25 if floor < 0.5 else 0.1
    ticks = [count * step for count in range(round(1 / step) + 1) if count * step >= floor]
    shown = {"tickvals": ticks, "ticktext": [words.percent(tick, 0) for tick in ticks], "gridcolor": QUIET}
    figure.update_layout(
        yaxis={"domain": [0.34, 1], "range": [floor, 1.02], **shown, **_PLAIN},
        yaxis2={"domain": [0, 0.24], "rangemode": "tozero", "nticks": 3, "gridcolor": QUIET, **_PLAIN},
        margin_r=MARGIN,
        barmode="overlay",
        bargap=0.35,
    )
    ends = {"range": [-0.5, len(rows) - 0.5], "showgrid": False, "ticks": "outside", "tickcolor": QUIET}
    figure.update_xaxes(tickvals=places, ticktext=week_ticks(rows, words), anchor="y2", tickangle=0, **ends, **_PLAIN)
    _label_last(figure, rows[-1], words)
    return Drawing(figure, _alt_of_weeks(rows, words))


def beside_targets(rows: Sequence[Row], words: Words) -> Drawing:
    """A bar for met and one for missed, from rows of satisfaction_beside_targets, with its interval, under its words.

    Too few to judge are a hollow bar without an interval; several promises have a heading each. In Arabic bars grow
    from right to left. The customdata of a bar are its promise and its side.
    """
    told = promises(rows)
    is_grouped = len(told) > 1
    figure = go.Figure()
    place, items = 0.0, []
    for row in told:
        if is_grouped:
            _text(figure, place + GROUP_HEIGHT - 6, f"<b>{promise_of(row, words)}</b>", 15, words)
            place += GROUP_HEIGHT
        for side, colour, pattern in SIDES:
            line = beside(row, side, words)
            place += BAR_HEIGHT
            _text(figure, place - 24, line, 15, words)
            if row[f"{side}_answered_count"]:
                figure.add_trace(_bar(row, side, colour, pattern, place - 12, words))
            items.append(f"{promise_of(row, words)} {line}" if is_grouped else line)
    figure.update_layout(plain_layout(round(place) + 24))
    figure.update_xaxes(range=[1, 0] if words.is_rtl else [0, 1], visible=False, fixedrange=True)
    figure.update_yaxes(range=[place + 6, 0], visible=False, fixedrange=True)
    figure.add_vline(x=0, line={"color": QUIET, "width": 1})
    return Drawing(figure, words("satisfaction.beside.alt", items=words.series(items)))


def scores(every: Sequence[Row], words: Words, number: int = 0) -> Drawing:
    """How often each score of one scale was given, from rows of satisfaction_scores; positive ones are solid.

    `number` says which of the scales among the rows, from 0. The scale runs in the direction of the language. The
    customdata of a bar are the ends of its scale and of its scores.
    """
    scale = scales_of(every)[number]
    rows = [row for row in every if all(row[end] == scale[end] for end in ("scale_min", "scale_max"))]
    figure = go.Figure(layout=plain_layout(SCORES_HEIGHT))
    names = [score_name(row, words) for row in rows]
    answers = rows[0]["scale_answers_count"]
    figure.add_trace(
        go.Bar(
            x=list(range(len(rows))),
            y=[row["answers_count"] for row in rows],
            width=0.72,
            marker={
                "color": [MET if row["is_positive"] else "rgba(0,0,0,0)" for row in rows],
                "line": {"color": [MET if row["is_positive"] else AXIS for row in rows], "width": 2},
            },
            text=[words.number(row["answers_count"]) for row in rows],
            textposition="outside",
            cliponaxis=False,
            customdata=[[row[end] for end in SCORE] for row in rows],
            hovertext=[words.embedded(score_counts(row, words)) for row in rows],
            hoverinfo="text",
        )
    )
    top = max(row["answers_count"] for row in rows)
    ends = [-0.5, len(rows) - 0.5]
    figure.update_xaxes(
        range=ends[::-1] if words.is_rtl else ends,
        tickvals=list(range(len(rows))),
        ticktext=[words.embedded(name) for name in names],
        showgrid=False,
        **_PLAIN | {"tickfont": {"size": 15}},
    )
    figure.update_yaxes(range=[0, top * 1.42], visible=False, fixedrange=True)
    for is_positive in (False, True):
        _bracket(figure, rows, is_positive, top * 1.2, words)
    positive = sum(row["answers_count"] for row in rows if row["is_positive"])
    items = words.listed(
        words("satisfaction.scores.alt_item", score=name, count=row["answers_count"])
        for name, row in zip(names, rows, strict=True)
    )
    ends_of_scale = {"low": rows[0]["scale_min"], "high": rows[0]["scale_max"], "positive": rows[0]["positive_from"]}
    return Drawing(
        figure, words("satisfaction.scores.alt", items=items, count=positive, answers=answers, **ends_of_scale)
    )


def score_name(row: Row, words: Words) -> str:
    """The score of a row of satisfaction_scores, or the quarter of the scale that it stands for."""
    if row["is_by_score"]:
        return words.number(row["from_score"])
    return words("satisfaction.scores.span", low=row["from_score"], high=row["to_score"])


def score_counts(row: Row, words: Words) -> str:
    """How often the score of a row of satisfaction_scores was given, of how many answers on its scale."""
    counts = {"count": row["answers_count"], "answers": row["scale_answers_count"], "share": words.percent(row["part"])}
    return words("satisfaction.scores.hover", score=score_name(row, words), **counts)


def _line(places: Sequence[int], rows: Sequence[Row]) -> go.Scatter:
    return go.Scatter(
        x=places,
        y=[row["share"] for row in rows],
        mode="lines",
        line={"color": QUIET, "width": 2},
        hoverinfo="skip",
        connectgaps=False,
    )


def _marks(rows: Sequence[Row], words: Words) -> go.Scatter:
    chosen = [(x, row) for x, row in enumerate(rows) if row["answered_count"]]
    sides = {"array": ("share_high", 1), "arrayminus": ("share_low", -1)}
    return go.Scatter(
        x=[x for x, _ in chosen],
        y=[row["share"] for _, row in chosen],
        mode="markers",
        marker={
            "color": MET,
            "size": [15 if x == len(rows) - 1 else 11 for x, _ in chosen],
            "symbol": ["circle-open" if row["is_too_few"] else "circle" for _, row in chosen],
            "line": {"color": MET, "width": 2},
            "opacity": 1,
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "color": MET,
            "thickness": 1.5,
            "width": 0,
            **{
                name: [0 if row["is_too_few"] else sign * (row[end] - row["share"]) for _, row in chosen]
                for name, (end, sign) in sides.items()
            },
        },
        customdata=[[row["week_start"].isoformat()] for _, row in chosen],
        hovertext=[embedded_lines(_hover(row, words), words) for _, row in chosen],
        hoverinfo="text",
        cliponaxis=False,
    )


def _bars(places: Sequence[int], rows: Sequence[Row], name: str, words: Words) -> go.Bar:
    is_outline = name == "offered"
    return go.Bar(
        x=places,
        y=[row[f"{name}_count"] for row in rows],
        customdata=[[row["week_start"].isoformat()] for row in rows],
        yaxis="y2",
        marker={"color": "rgba(0,0,0,0)" if is_outline else AXIS, "line": {"color": AXIS, "width": 1.5}},
        hovertext=[embedded_lines(words("satisfaction.weeks.hover_bars", **_told(row, words)), words) for row in rows],
        hoverinfo="skip" if is_outline else "text",
    )


def _label_last(figure: go.Figure, last: Row, words: Words) -> None:
    """What the last week says, in the right margin, where no mark is."""
    if last["answered_count"]:
        counts = words("matrix.counts", met=last["positive_count"], decided=last["answered_count"])
        text = counts if last["is_too_few"] else words.percent(last["share"])
        lines = [f"<b>{words.embedded(text)}</b>", words.embedded(words("satisfaction.weeks.positive"))]
        _in_margin(figure, {"y": last["share"], "yref": "y"}, "<br>".join(lines), 16)
    bars = [words(f"satisfaction.weeks.{name}", **{name: last[f"{name}_count"]}) for name in ("offered", "answered")]
    _in_margin(figure, {"y": 0.12, "yref": "paper"}, "<br>".join(words.embedded(bar) for bar in bars), 13)


def _in_margin(figure: go.Figure, height: dict[str, object], text: str, size: int) -> None:
    figure.add_annotation(
        x=1,
        xref="paper",
        **height,
        text=text,
        showarrow=False,
        xanchor="left",
        align="left",
        xshift=6,
        font={"size": size},
    )


def _bar(row: Row, side: str, colour: str, pattern: str, place: float, words: Words) -> go.Bar:
    share, low, high = (row[f"{side}_{end}"] for end in ("share", "low", "high"))
    is_too_few = row[f"is_{side}_too_few"]
    told = {"group": promise_of(row, words), "line": beside(row, side, words)}
    if is_too_few:
        hover = words("satisfaction.beside.hover_too_few", **told)
    else:
        hover = words("satisfaction.beside.hover", **told, low=words.percent(low), high=words.percent(high))
    return go.Bar(
        x=[share],
        y=[place],
        orientation="h",
        width=16,
        marker={
            "color": "rgba(0,0,0,0)" if is_too_few else colour,
            "line": {"color": colour, "width": 2 if is_too_few else 0},
            "pattern": {
                "shape": "" if is_too_few else pattern,
                "fillmode": "overlay",
                "fgcolor": "rgba(255,255,255,0.6)",
                "size": 7,
            },
        },
        error_x={
            "type": "data",
            "visible": not is_too_few,
            "symmetric": False,
            "array": [high - share],
            "arrayminus": [share - low],
            "color": AXIS,
            "thickness": 2,
            "width": 5,
        },
        customdata=[[row["promise"], side]],
        hovertext=embedded_lines(hover, words),
        hoverinfo="text",
    )


def _text(figure: go.Figure, place: float, text: str, size: int, words: Words) -> None:
    figure.add_annotation(
        x=0,
        y=place,
        text=words.embedded(text),
        showarrow=False,
        xanchor="right" if words.is_rtl else "left",
        yanchor="bottom",
        font={"size": size},
    )


def _bracket(figure: go.Figure, rows: Sequence[Row], is_positive: bool, height: float, words: Words) -> None:
    """A line over the scores of one kind, with how many there are."""
    at = [place for place, row in enumerate(rows) if row["is_positive"] == is_positive]
    colour = MET if is_positive else AXIS
    count = sum(row["answers_count"] for row in rows if row["is_positive"] == is_positive)
    key = "satisfaction.scores.positive" if is_positive else "satisfaction.scores.negative"
    figure.add_shape(
        type="line", x0=at[0] - 0.36, x1=at[-1] + 0.36, y0=height, y1=height, line={"color": colour, "width": 2}
    )
    figure.add_annotation(
        x=(at[0] + at[-1]) / 2,
        y=height,
        text=words.embedded(words(key, count=count)),
        showarrow=False,
        yanchor="bottom",
        font={"size": 14},
    )


def _floor(rows: Sequence[Row]) -> float:
    """The lowest share drawn: a little under the lowest interval or mark, and never above 70 %."""
    lows = [row["share"] if row["is_too_few"] else row["share_low"] for row in rows if row["answered_count"]]
    return max(0.0, float(min([*lows, 0.73])) - 0.03)


def _told(row: Row, words: Words) -> dict[str, object]:
    monday = row["week_start"]
    counts = {name: row[f"{name}_count"] for name in ("positive", "offered")} | {"answers": row["answered_count"]}
    return {"week": words.week(monday), "days": words.week_span(monday), **counts}


def _hover(row: Row, words: Words) -> str:
    if row["is_too_few"]:
        return words("satisfaction.weeks.hover_too_few", **_told(row, words))
    shares = {"share": row["share"], "low": row["share_low"], "high": row["share_high"]}
    shown = {name: words.percent(share) for name, share in shares.items()}
    return words("satisfaction.weeks.hover", **_told(row, words), **shown)


def _alt_of_weeks(rows: Sequence[Row], words: Words) -> str:
    week = words.week_inside(rows[-1]["week_start"])
    counts = {
        "answers": sum(row["answered_count"] for row in rows),
        "offered": sum(row["offered_count"] for row in rows),
    }
    judged = [row for row in rows if not row["is_too_few"]]
    if not counts["offered"]:
        return words("satisfaction.weeks.alt_none", week=week)
    if not judged:
        return words("satisfaction.weeks.alt_few", week=week, **counts)
    lowest, highest = (pick(judged, key=lambda row: row["share"]) for pick in (min, max))
    return words(
        "satisfaction.weeks.alt",
        week=week,
        lowest=words.percent(lowest["share"]),
        lowest_week=words.week_inside(lowest["week_start"]),
        highest=words.percent(highest["share"]),
        highest_week=words.week_inside(highest["week_start"]),
        **counts,
    )
