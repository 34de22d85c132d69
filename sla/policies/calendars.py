"""The open time of a calendar as stretches of UTC, the dates on which it stays closed, and what kept it closed.

A time zone is a sequence of periods of constant UTC offset. Within one of them local time and UTC differ by a constant,
so the open local stretches are shifted by it and cut to the period. An hour that happens twice lies in two periods and
is open in both; one that never happens lies in none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import holidays

from sla.errors import Refused
from sla.policies.model import WHOLE_DAY, Calendar, Windows

Stretch = tuple[int, int]
"""Half-open; seconds since 1970-01-01T00:00:00, on the local wall clock or in UTC."""

Reason = Literal["holiday", "closure", "own_hours"]


@dataclass(frozen=True)
class ClosedSpan:
    """A stretch that something about a date kept closed, half-open, naive UTC.

    `holiday`: the date `shift_on`, and its shift to the end; `name` may be "". `closure`: what one took out of that
    date's hours. `own_hours`: the date has hours of its own, and those of its weekday would have been open.
    """

    reason: Reason
    shift_on: date
    name: str
    from_at: datetime
    until_at: datetime


_EPOCH = datetime(1970, 1, 1)
_SECOND = timedelta(seconds=1)
_DAY_S = 86_400
_DAY_MIN = 1_440
_PROBE_S = _DAY_S // 2  # no zone leaves an offset and comes back to it within half a day


def open_spans(calendar: Calendar, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """The open time within [since, until): half-open spans in order, no two of which touch.

    All instants are naive UTC at whole seconds. Empty where nothing is open or `until` is not after `since`.
    A date's hours are none on a holiday, else the date's own, else the weekday's, less its closures, which also cut
    the part of its overnight shift that lies on the next date (RULES 2, DECISIONS D17).
    Raises Refused for a holiday calendar that the holidays package does not know.
    """
    first, last = _seconds(since), _seconds(until)
    if first >= last:
        return []
    spans = [(first, last)] if calendar.is_always else _open_between(calendar, first, last)
    return [(_instant(opens), _instant(closes)) for opens, closes in spans]


def holidays_of(calendar: Calendar, since: datetime, until: datetime) -> list[tuple[date, str]]:
    """The closed dates, in order, among the calendar's local dates that [since, until) touches, each with its name.

    `since` and `until` are naive UTC. The name is the holidays package's, in the country's own language; "" for a
    date that only the policy names. Raises Refused for a holiday calendar that the holidays package does not know.
    """
    first, last = _seconds(since), _seconds(until)
    if first >= last:
        return []
    zone = ZoneInfo(calendar.timezone)
    return sorted(_closed_dates(calendar, _local_date(zone, first), _local_date(zone, last - 1)).items())


def closed_spans(calendar: Calendar, since: datetime, until: datetime) -> list[ClosedSpan]:
    """What a holiday, a closure or a date's own hours kept closed within [since, until), in order, without overlaps.

    Time that is closed every week is in none of them, nor is open time. A shift belongs, whole, to the date it starts
    on; where two reasons meet, the shift of a holiday stands before a closure, that before own hours, and those before
    the rest of a holiday's date. `since` and `until` are naive UTC.
    Raises Refused for a holiday calendar that the holidays package does not know.
    """
    first, last = _seconds(since), _seconds(until)
    if first >= last or calendar.is_always:
        return []
    dates = _dates_around(first, last)
    periods = list(_offset_periods(ZoneInfo(calendar.timezone), first, last))
    taken = _local_stretches(calendar, *dates)
    found: dict[tuple[Reason, date, str], list[Stretch]] = {}
    for _, day, kind, name, windows in sorted(_claims(calendar, *dates)):
        midnight = (day - _EPOCH.date()).days * _DAY_S
        for opens, closes in windows:
            for left in _beside(taken, (midnight + 60 * opens, midnight + 60 * closes)):
                insort(taken, left)
                found.setdefault((kind, day, name), []).extend(_shown_by(periods, left))
    spans = [
        ClosedSpan(*of, _instant(begins), _instant(ends))
        for of, stretches in found.items()
        for begins, ends in _merged(stretches)
    ]
    return sorted(spans, key=lambda span: span.from_at)


def _claims(calendar: Calendar, first: date, last: date) -> Iterator[tuple[int, date, Reason, str, Windows]]:
    """What each date with a reason of its own may have kept closed: rank, date, reason, name and windows."""
    closed = _closed_dates(calendar, first, last)
    for day in sorted({*closed, *calendar.dates, *calendar.closures}):
        if not first <= day <= last:
            continue
        weekdays = calendar.hours[day.weekday()]
        hours = calendar.dates.get(day, weekdays)
        if day in closed:
            yield 0, day, "holiday", closed[day], hours
            yield 3, day, "holiday", closed[day], WHOLE_DAY
            continue
        if day in calendar.closures:
            yield 1, day, "closure", "", hours
        if day in calendar.dates:
            yield 2, day, "own_hours", "", weekdays


def _beside(taken: Sequence[Stretch], wanted: Stretch) -> list[Stretch]:
    """The parts of a stretch that none of `taken` (in order, without overlaps) has."""
    starts, ends = wanted
    left: list[Stretch] = []
    for begins, finishes in taken[max(0, bisect_left(taken, wanted) - 1) :]:
        if begins >= ends:
            break
        if starts < begins:
            left.append((starts, begins))
        starts = max(starts, finishes)
    return [*left, (starts, ends)] if starts < ends else left


def _shown_by(periods: Iterable[tuple[int, int, int]], local: Stretch) -> Iterator[Stretch]:
    """The instants at which the wall clocks of a zone's periods show a time of a local stretch."""
    for begins, finishes, offset in periods:
        opens, closes = max(local[0] - offset, begins), min(local[1] - offset, finishes)
        if opens < closes:
            yield opens, closes


def _dates_around(first: int, last: int) -> tuple[date, date]:
    """Dates whose shifts may be open between: one began the evening before, and local dates run a day off UTC's."""
    return _date(first) - timedelta(days=2), _date(last) + timedelta(days=1)


def _open_between(calendar: Calendar, first: int, last: int) -> list[Stretch]:
    zone = ZoneInfo(calendar.timezone)
    local = _local_stretches(calendar, *_dates_around(first, last))
    ends = [closes for _, closes in local]
    found: list[Stretch] = []
    for begins, finishes, offset in _offset_periods(zone, first, last):
        for opens, closes in local[bisect_right(ends, begins + offset) :]:
            if opens - offset >= finishes:
                break
            found.append((max(opens - offset, begins), min(closes - offset, finishes)))
    return _merged(found)


def _local_stretches(calendar: Calendar, first: date, last: date) -> list[Stretch]:
    """The open time of the dates from first to last, both included, on the local wall clock."""
    closed = _closed_dates(calendar, first, last)
    found: list[Stretch] = []
    midnight = (first - _EPOCH.date()).days * _DAY_S
    for day in _days(first, last):
        if day not in closed:
            windows = _windows_of(calendar, day)
            found.extend((midnight + 60 * opens, midnight + 60 * closes) for opens, closes in windows)
        midnight += _DAY_S
    return _merged(found)


def _windows_of(calendar: Calendar, day: date) -> Sequence[Stretch]:
    """The open windows of a date that is no holiday, in minutes from its midnight."""
    windows = calendar.dates.get(day, calendar.hours[day.weekday()])
    closures = calendar.closures.get(day, ())
    return _without(windows, closures) if closures else windows


def _without(windows: Iterable[Stretch], closures: Iterable[Stretch]) -> list[Stretch]:
    left = list(windows)
    for closure in closures:
        for starts, ends in (closure, (closure[0] + _DAY_MIN, closure[1] + _DAY_MIN)):
            pieces = [piece for a, b in left for piece in ((a, min(b, starts)), (max(a, ends), b))]
            left = [(a, b) for a, b in pieces if a < b]
    return left


def _closed_dates(calendar: Calendar, first: date, last: date) -> dict[date, str]:
    closed = {day: "" for day in calendar.holidays if first <= day <= last}
    if calendar.holiday_calendar:
        named = _public_holidays(calendar.holiday_calendar, range(first.year, last.year + 1))
        closed |= {day: name for day, name in named.items() if first <= day <= last}
    return closed


def _public_holidays(code: str, years: Iterable[int]) -> dict[date, str]:
    country, _, subdivision = code.partition("-")
    try:
        # The country's own language, said: else the names would be in that of the machine's settings.
        language = holidays.country_holidays(country).default_language
        return dict(holidays.country_holidays(country, subdiv=subdivision or None, years=years, language=language))
    except NotImplementedError as unknown:
        raise Refused(
            "holiday_calendar: expected a country or a part of one that the holidays package knows, such as "
            f'"BR" or "BR-SP", but found "{code}"; correct the code, or list the dates under holidays.'
        ) from unknown


def _offset_periods(zone: ZoneInfo, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """The zone's periods of constant offset within [first, last): begin, end (UTC) and offset (east), in seconds."""
    begins, offset = first, _offset(zone, first)
    known = first
    while known < last:
        probe = min(known + _PROBE_S, last)
        if _offset(zone, probe) == offset:
            known = probe
            continue
        while probe - known > 1:  # the change lies in (known, probe]
            middle = (known + probe) // 2
            if _offset(zone, middle) == offset:
                known = middle
            else:
                probe = middle
        yield begins, probe, offset
        begins, known, offset = probe, probe, _offset(zone, probe)
    if begins < last:
        yield begins, last, offset


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for opens, closes in sorted(stretches):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        else:
            merged.append((opens, closes))
    return merged


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def _offset(zone: ZoneInfo, seconds: int) -> int:
    shift = _instant(seconds).replace(tzinfo=zone)
    return (zone.fromutc(shift).replace(tzinfo=None) - _instant(seconds)) // _SECOND


def _local_date(zone: ZoneInfo, seconds: int) -> date:
    return _date(seconds + _offset(zone, seconds))


def _date(seconds: int) -> date:
    return _instant(seconds).date()


def _instant(seconds: int) -> datetime:
    return _EPOCH + seconds * _SECOND


def _seconds(instant: datetime) -> int:
    return (instant - _EPOCH) // _SECOND
