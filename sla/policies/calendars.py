"""The open time of a calendar as stretches of UTC, and the dates on which it stays closed.

A time zone is a sequence of periods of constant UTC offset. Within one of them local time and UTC differ by a constant,
so the open local stretches are shifted by it and cut to the period. An hour that happens twice lies in two periods and
is open in both; one that never happens lies in none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays

from sla.errors import Refused
from sla.policies.model import Calendar

Stretch = tuple[int, int]
"""Half-open; seconds since 1970-01-01T00:00:00, on the local wall clock or in UTC."""

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


def _open_between(calendar: Calendar, first: int, last: int) -> list[Stretch]:
    zone = ZoneInfo(calendar.timezone)
    # A shift may have begun the evening before, and local dates run up to a day ahead of UTC or behind it.
    local = _local_stretches(calendar, _date(first) - timedelta(days=2), _date(last) + timedelta(days=1))
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
        return dict(holidays.country_holidays(country, subdiv=subdivision or None, years=years))
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
