"""The hours of a week as a table that fits its place: hours across, on a phone weekdays across."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from sla.words import Words

CELL = "cell_hour"  # in the link: the hour whose tickets are listed below, such as 2-09 for Tuesday, 9:00 to 10:00
WEEKDAYS, HOURS = range(1, 8), range(24)


@dataclass(frozen=True)
class Hour:
    """What a cell shows: finished HTML, what it says in words, its look, and the address that it leads to."""

    inside: str
    told: str
    kind: str = ""
    style: str = ""
    address: str | None = None


def hours_html(cells: Mapping[tuple[int, int], Hour], finding: str, words: Words) -> str:
    """The table of the cells by weekday (1 is Monday) and hour; `finding` says what it shows.

    Hours run from left to right and weekdays down in every language; on a phone the style sheet turns the two, so that
    nothing has to be moved sideways. The roles are said because a table that is laid out as a grid would lose its own.
    """
    head = "".join(f"<th role='columnheader' scope='col'>{hour:02}</th>" for hour in HOURS)
    lines = "".join(
        f"<tr role='row'><th role='rowheader' scope='row'>{_weekday(weekday, words)}</th>"
        f"{''.join(_cell(cells.get((weekday, hour))) for hour in HOURS)}</tr>"
        for weekday in WEEKDAYS
    )
    return (
        f"<table class='hours' role='table' dir='ltr' aria-label='{escape(finding)}'><thead role='rowgroup'>"
        f"<tr role='row'><td role='cell'></td>{head}</tr></thead><tbody role='rowgroup'>{lines}</tbody></table>"
    )


def code_of(weekday: int, hour: int) -> str:
    """What stands for an hour of the week in a link."""
    return f"{weekday}-{hour:02}"


def hour_of(code: str | None) -> tuple[int, int] | None:
    """The weekday and hour that a code of a link stands for; None where it stands for none."""
    return next(((day, hour) for day in WEEKDAYS for hour in HOURS if code == code_of(day, hour)), None)


def _weekday(weekday: int, words: Words) -> str:
    short = words.weekday_short(date(2024, 1, weekday))  # 1 January 2024 was a Monday
    return (
        f"<span class='long' dir='{words.direction}'>{escape(words.weekday(weekday))}</span>"
        f"<span class='short' dir='{words.direction}'>{escape(short)}</span>"
    )


def _cell(hour: Hour | None) -> str:
    if hour is None:
        return "<td role='cell'></td>"
    inside, told = hour.inside, escape(hour.told)
    if hour.address:
        inside = f"<a href='{escape(hour.address)}' target='_self'>{inside}</a>"
    return f"<td role='cell' class='{hour.kind}' style='{hour.style}' title='{told}'>{inside}</td>"
