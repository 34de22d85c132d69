"""Calendars in words: by their hours, not by the name that a policy file has for them."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from sla.policies.model import Calendar, Policy, Windows
from sla.words import Words

MONDAY = date(2024, 1, 1)


def calendar_name(calendar: Calendar, words: Words) -> str:
    """When a calendar is open: around the clock, or the hours of its days, whether holidays are shut, and the zone."""
    if calendar.is_always:
        return words("calendar.always")
    spans = [_days([number for number, _ in days], opens, words) for opens, days in _groups(calendar) if opens]
    told = words.series(spans) or words("calendar.own_dates")
    if calendar.holidays or calendar.holiday_calendar:
        told = words("calendar.holidays", hours=told)
    return words("calendar.of_zone", hours=told, zone=words.zone(calendar.timezone))


def calendar_names(versions: Iterable[Policy], words: Words) -> dict[str, str]:
    """What a policy's calendars are called in words, by their names in its files.

    Where one name stands for different hours, or two names for hours that read alike, the name stands beside the words.
    """
    told: dict[str, set[str]] = {}
    for policy in versions:
        for calendar in policy.calendars:
            told.setdefault(calendar.name, set()).add(calendar_name(calendar, words))
    every = [name for names in told.values() for name in names]
    return {name: _only(name, sorted(of), every, words) for name, of in told.items()}


def opening(windows: Windows, words: Words) -> str:
    """The hours of a day; an end after midnight is told as the time of the next date."""
    told = [f"{_time(start)}\u2060–\u2060{_time(end)}" for start, end in windows]  # on one line
    return words("comma").join(words.isolated(span) for span in told) or words("definitions.policy.shut")


def _only(name: str, told: list[str], every: list[str], words: Words) -> str:
    if len(told) == 1 and every.count(told[0]) == 1:
        return told[0]
    return words("calendar.named", name=name, hours=words.series(told))


def _groups(calendar: Calendar) -> list[tuple[Windows, list[tuple[int, Windows]]]]:
    """Neighbouring days with the same hours together, days counted from 0 for Monday."""
    return [(opens, list(days)) for opens, days in groupby(enumerate(calendar.hours), lambda day: day[1])]


def _days(numbers: list[int], opens: Windows, words: Words) -> str:
    first, last = (words.weekday_short(MONDAY.replace(day=1 + number)) for number in (numbers[0], numbers[-1]))
    key = "day" if len(numbers) == 1 else "days"
    return words(f"calendar.{key}", first=first, last=last, hours=opening(opens, words))


def _time(minute: int) -> str:
    within_day = minute if minute <= 1440 else minute - 1440
    return f"{within_day // 60:02}:{within_day % 60:02}"
