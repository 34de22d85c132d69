"""How long a target allows, in open seconds of its calendar."""

import re

from sla.errors import Refused
from sla.policies.model import Calendar, Windows

_PLAIN = re.compile(r"(\d{1,9}) ?([smh])")
_BUSINESS_DAYS = re.compile(r"(\d{1,4}) business days?")
_PLAIN_DAYS = re.compile(r"\d+([.,]\d+)? ?(d|days?)", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600}


def seconds_within(within: str, calendar: Calendar) -> int:
    """The open seconds that a promise such as "45s", "30m", "8h" or "2 business days" allows.

    A business day is the open time of one working day, so all open weekdays of the calendar must have the same. Raises
    Refused, without a place, for anything else.
    """
    plain = _PLAIN.fullmatch(within)
    if plain:
        return _positive(int(plain.group(1)) * _SECONDS[plain.group(2)], within)
    business = _BUSINESS_DAYS.fullmatch(within)
    if business:
        return _positive(int(business.group(1)) * _working_day_s(calendar), within)
    if _PLAIN_DAYS.fullmatch(within):
        raise Refused(
            f'expected hours such as "24h", or "1 business day", but found "{within}": a day is 24 hours around the '
            "clock or the 8 open hours of an office, and a plain day hides that factor of three."
        )
    raise Refused(
        'expected whole seconds, minutes or hours such as "45s", "30m" or "8h", or "1 business day", '
        f'but found "{within}".'
    )


def open_minutes(windows: Windows) -> int:
    """The minutes that windows of one day cover, as long as they do not overlap."""
    return sum(end - start for start, end in windows)


def _working_day_s(calendar: Calendar) -> int:
    lengths = {open_minutes(windows) for windows in calendar.hours if windows}
    if len(lengths) == 1:
        return lengths.pop() * 60
    found = "no weekday is open" if not lengths else f"they have {_hours_listed(lengths)} hours"
    raise Refused(
        f'a business day needs a calendar whose open weekdays all have the same open time, but in "{calendar.name}" '
        f'{found}; write hours such as "8h" instead.'
    )


def _hours_listed(lengths: set[int]) -> str:
    return " and ".join(f"{length / 60:g}" for length in sorted(lengths))


def _positive(seconds: int, within: str) -> int:
    if seconds > 0:
        return seconds
    raise Refused(f'expected more than nothing, but found "{within}".')
