"""One ticket on one time line: what happened, and each clock with what it counted, its pauses, its due instant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import plotly.graph_objects as go

from sla.charts import AXIS, BREACHED, MET, QUIET, RUNNING, Drawing, embedded_lines, plain_layout
from sla.charts.scale import Scale, Span, day_ticks, joined, midnights, minute_ticks, scale_of
from sla.charts.standouts import shown
from sla.explain import ClockStory, TicketStory
from sla.words import Words
from sla.words.arithmetic import stretch
from sla.words.ticket import Clock, Row, clock_name, hms, line_told, short_verdict, what_happened, who

MOST_LANES = 6  # clocks with a lane each; of more than that, those of one metric share one
EVENT_HEIGHT, CLOCK_HEIGHT, SHARED_HEIGHT = 44, 88, 64
AXIS_HEIGHT = 52
SIDE = 26
APART = 0.2  # of the width of a telephone: what a label on the axis needs
FAR = 0.6  # a due instant that would make the line longer by more than this stands at its edge, with an arrow
GROUND = "rgba(128, 132, 140, 0.16)"
COLOURS = {"met": MET, "breached": BREACHED, "running": RUNNING, "excluded": AXIS}
STOPS = {"met": "circle", "breached": "x", "running": "circle-open", "excluded": "square"}
ROWS = ("customer", "agent", "system", "changes")


@dataclass(frozen=True)
class Sheet:
    """What every part of the drawing needs: the figure, the scale, the zone's clock, the words."""

    figure: go.Figure
    scale: Scale
    at: Clock
    words: Words

    def place(self, at: datetime) -> float:
        """Where an instant stands on the x axis."""
        return self.scale.place(at)


def timeline(story: TicketStory, at: Clock, words: Words) -> Drawing:
    """The time line of a ticket, told in the time of `at`, from left to right in every language.

    Solid bars counted, hatched ones were paused; the ground of a lane is grey while the clock's calendar is open. The
    alt text says how its clocks ended, and each of them.
    """
    events = [event for event in story.events if event["kind"] != "assigned"]
    first, last = _range(story, events)
    sheet = Sheet(go.Figure(), scale_of(first, last, _busy(story.clocks)), at, words)
    top = 0
    for row in ROWS:
        of_row = [event for event in events if _row(event) == row]
        if of_row:
            _events(sheet, of_row, story.ticket, row, top)
            top += EVENT_HEIGHT
    lanes = _lanes(story.clocks)
    for lane in lanes:
        _lane(sheet, lane, story, top)
        top += CLOCK_HEIGHT if len(lane) == 1 else SHARED_HEIGHT
    if first <= story.ticket["as_of"] <= last and any(clock.clock["is_open"] for clock in story.clocks):
        _as_of(sheet, story.ticket["as_of"])
    _axes(sheet, first, last, top)
    return Drawing(sheet.figure, _alt(story, first, last, at, words))


def has_cuts(story: TicketStory) -> bool:
    """Whether the time line of a ticket draws some of its time shorter than it is."""
    first, last = _range(story, [event for event in story.events if event["kind"] != "assigned"])
    return bool(scale_of(first, last, _busy(story.clocks)).cuts)


def _range(story: TicketStory, events: Iterable[Row]) -> Span:
    """From the first thing that happened to the last, with the due instants that are not too far away."""
    known = [story.ticket["created_at"], *(event["at"] for event in events)]
    for clock in story.clocks:
        known += [clock.clock["started_at"], clock.clock["end_at"]]
    first, last = min(known), max(known)
    open_before = _open_s(story.clocks, first, last)
    near = [
        clock.clock["due_at"]
        for clock in story.clocks
        if clock.clock["due_at"] and _open_s([clock], last, clock.clock["due_at"]) <= FAR * open_before
    ]
    return first, max([last, *near])


def _busy(clocks: Iterable[ClockStory]) -> list[Span]:
    return [(row["opens_at"], row["closes_at"]) for clock in clocks for row in clock.hours]


def _open_s(clocks: Sequence[ClockStory], first: datetime, last: datetime) -> float:
    """Seconds between two instants in which a calendar of one of the clocks is open."""
    return sum((ends - begins).total_seconds() for begins, ends in joined(_busy(clocks), first, last))


def _lanes(clocks: Sequence[ClockStory]) -> list[list[ClockStory]]:
    """The clocks lane by lane."""
    if len(clocks) <= MOST_LANES:
        return [[clock] for clock in clocks]
    metrics = dict.fromkeys(clock.clock["metric"] for clock in clocks)
    return [[clock for clock in clocks if clock.clock["metric"] == metric] for metric in metrics]


def _row(event: Row) -> str:
    return str(event["by"]) if event["kind"] in ("message", "acknowledged") else "changes"


def _events(sheet: Sheet, events: Sequence[Row], ticket: Row, row: str, top: int) -> None:
    _title(sheet, sheet.words(f"ticket.line.{row}"), top, 13)
    said = [_said(sheet, event, ticket) for event in events]
    _marks(
        sheet,
        [event["at"] for event in events],
        top + 31,
        said,
        symbol=["diamond" if row == "changes" else _message_symbol(event) for event in events],
        size=10,
        color=AXIS,
    )


def _message_symbol(event: Row) -> str:
    shape = "triangle-down" if event["by"] == "customer" else "triangle-up"
    return shape if event["public"] is not False else f"{shape}-open"


def _said(sheet: Sheet, event: Row, ticket: Row) -> str:
    what, by = what_happened(event, ticket, sheet.words), who(event, sheet.words)
    return sheet.words("ticket.line.event", at=sheet.at.brief(event["at"]), what=shown(what), who=shown(by))


def _lane(sheet: Sheet, lane: Sequence[ClockStory], story: TicketStory, top: int) -> None:
    """One clock, or all of one metric, with ground, bars, start, due and stop."""
    clocks = [clock.clock for clock in story.clocks]
    words = sheet.words
    if len(lane) == 1:
        name = clock_name(lane[0].clock, clocks, words)
        title = words("ticket.line.name", clock=name, verdict=short_verdict(lane[0].clock, words))
    else:
        title = words.named("metric", lane[0].clock["metric"])
    _title(sheet, title, top, 15)
    middle = top + 42
    for clock in lane:
        _ground(sheet, clock, middle)
        _bars(sheet, clock, middle)
    for clock in lane:
        _ends(sheet, clock.clock, middle)
        if clock.clock["due_at"]:
            _due(sheet, clock.clock, middle, is_labelled=len(lane) == 1)


def _ground(sheet: Sheet, clock: ClockStory, middle: int) -> None:
    spans = [(row["opens_at"], row["closes_at"]) for row in clock.hours]
    _blocks(sheet, spans, middle, 34, {"color": GROUND}, None)


def _bars(sheet: Sheet, clock: ClockStory, middle: int) -> None:
    colour = COLOURS[clock.clock["outcome"]]
    broken_at = clock.clock["breached_at"]
    early, late, paused = [], [], []
    for span in clock.spans:
        begins, ends = span["from_at"], span["until_at"]
        if span["kind"] == "paused":
            paused.append((begins, ends, span))
        elif span["kind"] == "counted" and broken_at:
            early += [(begins, min(ends, broken_at), span)] if begins < broken_at else []
            late += [(max(begins, broken_at), ends, span)] if ends > broken_at else []
        elif span["kind"] == "counted":
            early.append((begins, ends, span))
    light = 0.45 if broken_at else 0.6 if clock.clock["outcome"] == "excluded" else 1
    hatched = {"color": "rgba(0,0,0,0)", "pattern": {"shape": "/", "fgcolor": colour, "size": 6, "solidity": 0.35}}
    for spans, look, key in (
        (early, {"color": colour, "opacity": light}, "counted"),
        (late, {"color": colour}, "late"),
        (paused, hatched, "not_counted"),
    ):
        said = [_stretch_said(sheet, begins, ends, span, clock.clock, key) for begins, ends, span in spans]
        _blocks(sheet, [(begins, ends) for begins, ends, _ in spans], middle, 20, look, said)


def _stretch_said(sheet: Sheet, begins: datetime, ends: datetime, span: Row, clock: Row, key: str) -> str:
    words = sheet.words
    values = {"from": sheet.at.brief(begins), "until": sheet.at.brief(ends)}
    if key == "not_counted":
        return words(f"ticket.line.{key}", what=shown(stretch(span, clock, words)), **values)
    return words(f"ticket.line.{key}", length=hms((ends - begins) // timedelta(seconds=1)), **values)


def _ends(sheet: Sheet, clock: Row, middle: int) -> None:
    """Where a clock starts, and where it ended or was last seen."""
    words, colour = sheet.words, COLOURS[clock["outcome"]]
    start = words("ticket.line.start", at=sheet.at.brief(clock["started_at"]))
    _marks(sheet, [clock["started_at"]], middle, [start], symbol="line-ns", size=20, color=colour)
    stop = words("ticket.line.stop", at=sheet.at.brief(clock["end_at"]))
    symbol = "circle-open" if clock["is_open"] else STOPS[clock["outcome"]]
    _marks(sheet, [clock["end_at"]], middle, [stop], symbol=symbol, size=13, color=colour)


def _due(sheet: Sheet, clock: Row, middle: int, *, is_labelled: bool) -> None:
    due, words = clock["due_at"], sheet.words
    is_far = due > sheet.scale.instants[-1]
    if not is_far:
        said = words("ticket.line.due_at", at=sheet.at.brief(due))
        _marks(sheet, [due], middle, [said], symbol="line-ns", size=26, color=AXIS, width=3)
    if not is_labelled:
        return
    place = 1.0 if is_far else sheet.place(due)
    text = words("ticket.line.due_later" if is_far else "ticket.line.due", at=sheet.at.minute(due))
    sheet.figure.add_annotation(
        x=place,
        y=middle + 20,
        text=words.embedded(text),
        showarrow=False,
        xanchor="left" if place < 0.55 else "right",
        xshift=5 if place < 0.55 else -5,
        yanchor="top",
        font={"size": 13},
    )


def _as_of(sheet: Sheet, as_of: datetime) -> None:
    place = sheet.place(as_of)
    sheet.figure.add_vline(x=place, line={"color": AXIS, "width": 1, "dash": "dot"})
    sheet.figure.add_annotation(
        x=place,
        y=2,
        text=sheet.words.embedded(sheet.words("ticket.line.as_of")),
        showarrow=False,
        xanchor="right",
        yanchor="top",
        font={"size": 12},
    )


def _marks(
    sheet: Sheet,
    instants: Sequence[datetime],
    y: float,
    said: Sequence[str],
    *,
    symbol: str | Sequence[str],
    size: int,
    color: str,
    width: int = 2,
) -> None:
    sheet.figure.add_trace(
        go.Scatter(
            x=[sheet.place(at) for at in instants],
            y=[y] * len(instants),
            mode="markers",
            marker={
                "symbol": symbol,
                "size": size,
                "color": color,
                "line": {"width": width, "color": color},
                "opacity": 1,
            },
            hovertext=[embedded_lines(text, sheet.words) for text in said],
            hoverinfo="text",
            cliponaxis=False,
        )
    )


def _blocks(
    sheet: Sheet, spans: Sequence[Span], y: float, height: int, look: Mapping[str, Any], said: Sequence[str] | None
) -> None:
    if not spans:
        return
    begins = [sheet.place(span[0]) for span in spans]
    sheet.figure.add_trace(
        go.Bar(
            base=begins,
            x=[sheet.place(span[1]) - begin for span, begin in zip(spans, begins, strict=True)],
            y=[y] * len(spans),
            width=height,
            orientation="h",
            marker={"line": {"width": 0}, **look},
            hovertext=[embedded_lines(text, sheet.words) for text in said] if said else None,
            hoverinfo="text" if said else "skip",
        )
    )


def _title(sheet: Sheet, text: str, top: int, size: int) -> None:
    """The name of a row over it, at the side where the language begins."""
    is_rtl = sheet.words.is_rtl
    sheet.figure.add_annotation(
        x=1 if is_rtl else 0,
        y=top + 2,
        text=sheet.words.embedded(shown(text)),
        showarrow=False,
        xanchor="right" if is_rtl else "left",
        yanchor="top",
        xshift=SIDE - 4 if is_rtl else 4 - SIDE,
        font={"size": size},
    )


def _axes(sheet: Sheet, first: datetime, last: datetime, bottom: int) -> None:
    nights = midnights(sheet.at.zone, first, last)
    days = day_ticks(sheet.scale, nights[1:], APART)
    times: list[datetime] = []
    if last - first <= timedelta(days=14):
        times = minute_ticks(sheet.scale, nights, days, APART)
    ticks = sorted([*days, *times])
    labels = [_tick(sheet, at, is_day=at in days, is_first=not number) for number, at in enumerate(ticks)]
    sheet.figure.update_layout(plain_layout(bottom + AXIS_HEIGHT))
    sheet.figure.update_layout(margin={"l": SIDE, "r": SIDE, "t": 0, "b": AXIS_HEIGHT}, barmode="overlay")
    sheet.figure.update_xaxes(
        range=[0, 1],
        tickvals=[sheet.place(at) for at in ticks],
        ticktext=labels,
        showgrid=True,
        gridcolor=QUIET,
        zeroline=False,
        fixedrange=True,
        tickangle=0,
        tickfont={"size": 13},
    )
    sheet.figure.update_yaxes(range=[bottom, 0], visible=False, fixedrange=True)
    for begins, ends in sheet.scale.cuts:
        middle = (sheet.place(begins) + sheet.place(ends)) / 2
        sheet.figure.add_annotation(x=middle, y=bottom, text="⫽", showarrow=False, font={"size": 11, "color": AXIS})


def _tick(sheet: Sheet, at: datetime, *, is_day: bool, is_first: bool) -> str:
    local, words = sheet.at.local(at), sheet.words
    day = words.embedded(words.day_month(local))
    if is_day:
        return f"{words.embedded(words.weekday_short(local))}<br>{day}"
    return f"{local:%H:%M}<br>{day}" if is_first else f"{local:%H:%M}"


def _alt(story: TicketStory, first: datetime, last: datetime, at: Clock, words: Words) -> str:
    clocks = [clock.clock for clock in story.clocks]
    return line_told(story.ticket["ticket_id"], clocks, at.minute(first), at.minute(last), words)
