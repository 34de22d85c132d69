"""A clock's time added up in words: every stretch with what it counted or why it did not, and the running total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sla.words import Words
from sla.words.ticket import Clock, hms

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """A stretch of a clock: from, until, what it was; counted and total as h:mm:ss, `counted` '' where nothing was."""

    since: str
    until: str
    what: str
    counted: str
    total: str


def lines(clock: Row, spans: Sequence[Row], at: Clock, words: Words) -> list[Line]:
    """The stretches of a clock in order, what the cycles before carried first; the last total is its elapsed time."""
    total: int = clock["carried_s"]
    told = [Line("", "", words("ticket.sum.carried"), hms(total), hms(total))] if total else []
    for span in spans:
        total += span["counted_s"]
        counted = hms(span["counted_s"]) if span["kind"] == "counted" else ""
        what = stretch(span, clock, words)
        told.append(Line(at.brief(span["from_at"]), at.brief(span["until_at"]), what, counted, hms(total)))
    return told


def stretch(span: Row, clock: Row, words: Words) -> str:
    """Why a stretch counted, or did not."""
    match span["kind"]:
        case "counted":
            return words("ticket.sum.open")
        case "paused":
            key = "waiting" if clock["pauses_on_waiting"] else "paused"
            return words(f"ticket.sum.{key}", status=span["value"])
        case "holiday" if span["value"]:
            return words("ticket.sum.holiday_named", name=span["value"], date=_day(span["shift_on"], words))
        case "holiday" | "closure" | "own_hours":
            return words(f"ticket.sum.{span['kind']}", date=_day(span["shift_on"], words))
    return words("ticket.sum.closed")


def _day(day: date, words: Words) -> str:
    return words.weekday_day(day)
