"""The calendars of a policy file."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import available_timezones

import holidays

from sla.policies.calendars import open_spans
from sla.policies.entry import Entry, as_day, shown
from sla.policies.model import WEEKDAYS, WHOLE_DAY, Calendar, Windows

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
_DAY_MIN = 1440
_ALWAYS = "24x7"


def read_calendars(policy: Entry) -> dict[str, Calendar]:
    """The calendars by name in the order of the file; those that could not be read are noted and left out."""
    tables = policy.inner("calendars")
    if "calendars" in policy.table and not tables.table:
        policy.refuse("calendars", "expected at least one calendar, but found none.")
    read = {name: _calendar(name, tables.inner(name)) for name in tables.table}
    return {name: calendar for name, calendar in read.items() if calendar is not None}


def zone_of(entry: Entry, key: str) -> str | None:
    """The IANA time zone under a key; None where it is missing or, once noted, unknown."""
    name = entry.text(key)
    if name is None or name in _zones():
        return name
    entry.refuse(key, f'expected an IANA time zone such as "America/Sao_Paulo" or "UTC", but found "{name}".')
    return None


def _calendar(name: str, entry: Entry) -> Calendar | None:
    entry.allow("timezone", "hours", "holidays", "holiday_calendar", "dates", "closures")
    entry.need("timezone", "hours")
    zone, hours = zone_of(entry, "timezone"), _hours(entry)
    closed, public = _holidays(entry), _holiday_calendar(entry)
    dates, closures = _by_date(entry, "dates"), _by_date(entry, "closures")
    if zone is None or hours is None:
        return None
    calendar = Calendar(
        name=name,
        timezone=zone,
        hours=hours,
        is_always=entry.table["hours"] == _ALWAYS and not (closed or public or dates or closures),
        holidays=closed,
        holiday_calendar=public,
        dates=dates,
        closures=closures,
    )
    if _never_opens(calendar):
        entry.refuse("hours", "expected at least one open hour, but this calendar never opens; give a day its hours.")
        return None
    return calendar


def _hours(entry: Entry) -> tuple[Windows, ...] | None:
    value = entry.table.get("hours")
    if value is None:
        return None
    if value == _ALWAYS:
        return (WHOLE_DAY,) * 7
    if not isinstance(value, dict):
        entry.refuse(
            "hours", f'expected "24x7" or hours by weekday (hours.mon = [["09:00", "18:00"]]), found {shown(value)}.'
        )
        return None
    week = entry.inner("hours")
    week.allow(*WEEKDAYS)
    hours = tuple(_windows(week, day) for day in WEEKDAYS)
    if None in hours:
        return None
    read = tuple(windows for windows in hours if windows is not None)
    _note_overnight_overlaps(week, read)
    return read


def _windows(entry: Entry, key: str) -> Windows | None:
    """The windows under a key in the order of the day; none where it is missing, None where one is wrong."""
    value = entry.table.get(key, [])
    if not isinstance(value, list):
        entry.refuse(key, f'expected a list of hours such as [["09:00", "18:00"]], but found {shown(value)}.')
        return None
    windows = [_window(entry, key, position, pair) for position, pair in enumerate(value)]
    ordered = sorted(window for window in windows if window is not None)
    for earlier, later in pairwise(ordered):
        if later[0] < earlier[1]:
            entry.refuse(key, f"expected hours that do not overlap, but {_said(earlier)} and {_said(later)} do.")
            return None
    return None if None in windows else tuple(ordered)


def _window(entry: Entry, key: str, position: int, pair: object) -> tuple[int, int] | None:
    path = (*entry.path, key, position)
    if not isinstance(pair, list) or len(pair) != 2:
        entry.problems.add(
            path, f'expected a start and an end such as ["09:00", "18:00"], but found {_pair_shown(pair)}.'
        )
        return None
    start, end = (_minute(time_of_day) for time_of_day in pair)
    wrong = next((word for word, minute in zip(pair, (start, end), strict=True) if minute is None), None)
    if start is None or end is None:
        entry.problems.add(path, f'expected times from "00:00" to "24:00", but found {shown(wrong)}.')
        return None
    if start == _DAY_MIN:
        entry.problems.add(
            path, 'expected a start before the end of the day, but found "24:00"; write "00:00" of the next day.'
        )
        return None
    if start == end:
        entry.problems.add(
            path, f'expected a start and another end, found "{pair[0]}" twice; a whole day is ["00:00", "24:00"].'
        )
        return None
    return (start, end) if start < end else (start, end + _DAY_MIN)


def _minute(value: object) -> int | None:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return None
    hour, minute = value.split(":")
    return int(hour) * 60 + int(minute)


def _note_overnight_overlaps(week: Entry, hours: tuple[Windows, ...]) -> None:
    for position, windows in enumerate(hours):
        following = (position + 1) % 7
        if not windows or not hours[following]:
            continue
        last, first = windows[-1], hours[following][0]
        if last[1] - _DAY_MIN > first[0]:
            week.refuse(
                WEEKDAYS[following],
                f"expected hours that do not overlap, but {_said(first)} begins before the overnight hours "
                f"{_said(last)} of {WEEKDAYS[position]} end.",
            )


def _holidays(entry: Entry) -> tuple[date, ...]:
    value = entry.table.get("holidays", [])
    if not isinstance(value, list):
        entry.refuse("holidays", f'expected a list of dates such as ["2026-12-25"], but found {shown(value)}.')
        return ()
    days = [as_day(item) for item in value]
    for position, (item, day) in enumerate(zip(value, days, strict=True)):
        if day is None:
            entry.problems.add(
                (*entry.path, "holidays", position), f'expected a date such as "2026-12-25", but found {shown(item)}.'
            )
    return tuple(sorted({day for day in days if day is not None}))


def _holiday_calendar(entry: Entry) -> str | None:
    code = entry.text("holiday_calendar")
    if code is None:
        return None
    country, dash, part = code.partition("-")
    countries = holiday_countries()
    if country in countries and (not dash or part in countries[country]):
        return code
    entry.refuse(
        "holiday_calendar",
        'expected a country or a part of one by the names of the holidays package, such as "BR" or "BR-SP", '
        f'but found "{code}".',
    )
    return None


def _by_date(entry: Entry, key: str) -> dict[date, Windows]:
    table = entry.inner(key)
    read: dict[date, Windows] = {}
    for written in table.table:
        day = as_day(written)
        if day is None:
            table.refuse(written, f'expected a date such as "2026-12-24", but found "{written}".')
        windows = _windows(table, written)
        if day is not None and windows is not None:
            read[day] = windows
    return read


def _never_opens(calendar: Calendar) -> bool:
    if any(calendar.hours):
        return False
    if not calendar.dates:
        return True
    first, last = min(calendar.dates), max(calendar.dates)
    around = timedelta(days=3)
    return not open_spans(calendar, datetime.combine(first, time()) - around, datetime.combine(last, time()) + around)


def _said(window: tuple[int, int]) -> str:
    start, end = window
    shown_end = end if end <= _DAY_MIN else end - _DAY_MIN
    return f"{start // 60:02}:{start % 60:02}–{shown_end // 60:02}:{shown_end % 60:02}"


def _pair_shown(pair: object) -> str:
    return f"a list of {len(pair)}" if isinstance(pair, list) else shown(pair)


@cache
def _zones() -> frozenset[str]:
    return frozenset(zone for zone in available_timezones() if zone not in ("localtime", "Factory"))


@cache
def holiday_countries() -> Mapping[str, list[str]]:
    """The countries whose holidays are known, each with the codes of those of its parts that have their own."""
    return holidays.list_supported_countries()
