"""Open time, found by walking local dates one by one (rules 1 to 4); nothing is shared with the product.

Instants are whole seconds since 1970-01-01T00:00:00Z; spans are pairs of instants, half-open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays

Span = tuple[int, int]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 86_400
FAR = 40 * 366  # dates looked at before a due instant is given up


def second_of(instant: datetime) -> int:
    """Whole seconds since 1970 of a naive UTC instant; fractions are cut off (rule 1)."""
    return (instant.replace(microsecond=0) - datetime(1970, 1, 1)) // timedelta(seconds=1)


def instant_of(second: int) -> datetime:
    """The naive UTC instant of `second`."""
    return datetime(1970, 1, 1) + timedelta(seconds=second)


def wall_second(day: date, clock: str = "00:00") -> int:
    """What a wall clock shows at `clock` on `day`, counted in seconds since it showed 1970-01-01 00:00."""
    hours, minutes = clock.split(":")
    return (day - date(1970, 1, 1)).days * DAY + int(hours) * 3600 + int(minutes) * 60


def offset_at(zone: str, second: int) -> int:
    """How many seconds the wall clocks of `zone` are ahead of UTC at an instant."""
    offset = datetime.fromtimestamp(second, UTC).astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset // timedelta(seconds=1)


@cache
def pieces_of_utc_day(zone: str, day_no: int) -> tuple[tuple[int, int, int], ...]:
    """The stretches (from, until, offset) of one day of UTC in which the offset of `zone` does not change."""
    pieces: list[tuple[int, int, int]] = []
    start, end = day_no * DAY, (day_no + 1) * DAY
    since, offset = start, offset_at(zone, start)
    for probe in range(start + 900, end + 1, 900):
        if offset_at(zone, probe) == offset:
            continue
        before, after = probe - 900, probe  # the change lies between: halve until it is found
        while after - before > 1:
            middle = (before + after) // 2
            before, after = (middle, after) if offset_at(zone, middle) == offset else (before, middle)
        pieces.append((since, after, offset))
        since, offset = after, offset_at(zone, after)
    if since < end:
        pieces.append((since, end, offset))
    return tuple(pieces)


def instants_showing(zone: str, wall_from: int, wall_until: int) -> list[Span]:
    """The instants at which the wall clocks of `zone` show a time from `wall_from` until before `wall_until` (rule 2).

    An hour that happens twice is there twice, one that never happens is not there.
    """
    shown = []
    for day_no in range(wall_from // DAY - 1, wall_until // DAY + 2):
        for since, until, offset in pieces_of_utc_day(zone, day_no):
            first, last = max(since, wall_from - offset), min(until, wall_until - offset)
            if first < last:
                shown.append((first, last))
    return shown


def first_instant_of(zone: str, day: date) -> int:
    """The earliest instant at which the wall clocks of `zone` show `day` or later."""
    midnight = wall_second(day)
    for day_no in range(midnight // DAY - 2, midnight // DAY + 3):
        for since, until, offset in pieces_of_utc_day(zone, day_no):
            if until + offset > midnight:
                return max(since, midnight - offset)
    raise AssertionError(f"no instant in {zone} shows {day}")


def joined(spans: list[Span]) -> list[Span]:
    """The same instants as sorted spans that neither overlap nor touch."""
    result: list[Span] = []
    for first, last in sorted(span for span in spans if span[0] < span[1]):
        if result and first <= result[-1][1]:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return result


def without(spans: list[Span], cuts: list[Span]) -> list[Span]:
    """`spans` with every instant of `cuts` taken out."""
    for cut_from, cut_until in cuts:
        spans = [
            part
            for first, last in spans
            for part in ((first, min(last, cut_from)), (max(first, cut_until), last))
            if part[0] < part[1]
        ]
    return spans


def overlap_seconds(spans: list[Span], start: int, stop: int) -> int:
    """Seconds of joined `spans` between two instants."""
    return sum(max(0, min(last, stop) - max(first, start)) for first, last in spans)


def wall_span(day: date, hours: tuple[str, str]) -> Span:
    """A shift in wall seconds; an end before its start runs into the next date."""
    first, last = wall_second(day, hours[0]), wall_second(day, hours[1])
    return (first, last if last > first else last + DAY)


class Calendar:
    """The open hours of one `[calendars.NAME]` table, as tomllib reads it."""

    def __init__(self, name: str, table: dict[str, Any]) -> None:
        """Keep the table; dates are resolved when they are asked for."""
        self.name = name
        self.zone: str = table["timezone"]
        hours = table.get("hours", {})
        self.is_always = hours == "24x7"
        self.weekly = {day: [("00:00", "24:00")] for day in WEEKDAYS} if self.is_always else _ranges(hours)
        self.dates = _ranges(table.get("dates", {}))
        self.closures = _ranges(table.get("closures", {}))
        self.closed_dates = {str(day) for day in table.get("holidays", [])}
        self.holiday_calendar: str | None = table.get("holiday_calendar")
        self._open: dict[date, list[Span]] = {}

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is named in the file or is a public holiday of `holiday_calendar`."""
        return day.isoformat() in self.closed_dates or (
            self.holiday_calendar is not None and day in _public_holidays(self.holiday_calendar, day.year)
        )

    def hours_of(self, day: date) -> list[Span]:
        """The wall-clock spans of the shifts that start on `day` (rule 2, D17)."""
        if self.is_holiday(day):
            return []
        own = self.dates.get(day.isoformat())
        shifts = [wall_span(day, hours) for hours in (own if own is not None else self.weekly.get(_weekday(day), []))]
        cuts = [wall_span(day, hours) for hours in self.closures.get(day.isoformat(), [])]
        return without(shifts, cuts + [(first + DAY, last + DAY) for first, last in cuts])

    def open_on(self, day: date) -> list[Span]:
        """The instants of the shifts that start on the local date `day`."""
        if day not in self._open:
            self._open[day] = [
                span for first, last in self.hours_of(day) for span in instants_showing(self.zone, first, last)
            ]
        return self._open[day]

    def open_from(self, start: int) -> Iterator[Span]:
        """Every open span after `start`, in order, week by week; one that goes over a week's end comes in parts."""
        for week_start in range(start, start + FAR * DAY, 7 * DAY):
            yield from self.open_spans(week_start, week_start + 7 * DAY)

    def open_seconds(self, start: int, stop: int) -> int:
        """Open seconds between two instants (rule 3): B(stop) − B(start)."""
        return sum(last - first for first, last in self.open_spans(start, stop))

    def open_spans(self, start: int, stop: int) -> list[Span]:
        """The open spans between two instants."""
        if stop <= start:
            return []
        days = range(start // DAY - 3, stop // DAY + 3)
        spans = [span for day_no in days for span in self.open_on(date(1970, 1, 1) + timedelta(days=day_no))]
        return joined([(max(first, start), min(last, stop)) for first, last in spans])

    def seconds_of_a_business_day(self) -> int:
        """The open time of one working day (rule 4); all open weekdays must have the same."""
        lengths = {sum(last - first for first, last in _one_day(hours)) for hours in self.weekly.values()} - {0}
        assert len(lengths) == 1, f"{self.name}: working days differ, {sorted(lengths)}"
        return lengths.pop()


def _one_day(hours: list[tuple[str, str]]) -> list[Span]:
    return [wall_span(date(1970, 1, 1), pair) for pair in hours]


def _ranges(table: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    return {str(day): [(first, last) for first, last in pairs] for day, pairs in table.items()}


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


@cache
def _public_holidays(name: str, year: int) -> frozenset[date]:
    country, _, subdivision = name.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
