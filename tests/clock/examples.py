"""Tickets worked by hand, as data: what comes in, and what some columns of some clocks must say.

The week is that of Monday 2 March 2026, all times UTC unless a zone is named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """One worked case. `expected`: part of a clock's row, by (ticket, metric, cycle); `absent`: clocks not there."""

    name: str
    rules: str
    tickets: list[Row]
    as_of: datetime
    expected: dict[tuple[str, str, int], Row]
    events: list[Row] = field(default_factory=list)
    policies: list[Row | str] = field(default_factory=lambda: [DESK])
    accounts: list[Row] = field(default_factory=list)
    agents: list[Row] = field(default_factory=list)
    default_policy: str | None = "desk"
    absent: tuple[tuple[str, str, int], ...] = ()


def _day_of_the_week(number: int) -> Callable[[str], datetime]:
    monday = datetime(2026, 3, 2)
    return lambda clock: datetime.combine(monday + timedelta(days=number), time.fromisoformat(clock))


mon, tue, wed, thu, fri, sat, sun, next_mon = map(_day_of_the_week, range(8))


def ticket(created_at: datetime, **columns: Any) -> Row:
    """A ticket `T` of severity 1, opened by the customer, unless told otherwise."""
    return {"ticket_id": "T", "created_at": created_at, "severity": "1", **columns}


def event(at: datetime, kind: str, value: str | None = None, by: str = "agent", **columns: Any) -> Row:
    """An event of ticket `T` by an agent, unless told otherwise."""
    return {"ticket_id": "T", "at": at, "kind": kind, "value": value, "by": by, **columns}


def asks(at: datetime, **columns: Any) -> Row:
    """A public message by the customer."""
    return event(at, "message", by="customer", **columns)


def replies(at: datetime, author: str | None = "ana", **columns: Any) -> Row:
    """A public message by an agent."""
    return event(at, "message", author=author, **columns)


def status(at: datetime, word: str, **columns: Any) -> Row:
    """A change of status."""
    return event(at, "status", word, **columns)


def first(ticket_id: str = "T") -> tuple[str, str, int]:
    """The key of a first response."""
    return ticket_id, "first_response", 1


def later(cycle: int = 1) -> tuple[str, str, int]:
    """The key of a next response."""
    return "T", "next_response", cycle


def update(cycle: int = 1) -> tuple[str, str, int]:
    """The key of a periodic update."""
    return "T", "periodic_update", cycle


def solution(cycle: int = 1, ticket_id: str = "T") -> tuple[str, str, int]:
    """The key of a resolution."""
    return ticket_id, "resolution", cycle


HOURS = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
WORDS: Row = {
    "waiting": ["Pending"],
    "solved": ["Solved", "Closed"],
    "excluded": ["Spam"],
    "duplicate": ["Duplicate"],
}
SEVERITIES = [
    {"code": "1", "name": {"en": "Critical"}, "aliases": ["P1"]},
    {"code": "2", "name": {"en": "Minor"}},
]
CALENDARS: Row = {
    "office": {"timezone": "UTC", "hours": HOURS},
    "always": {"timezone": "UTC", "hours": "24x7"},
}


def target(metric: str, within: str, calendar: str = "always", **keys: Any) -> Row:
    """A `[[targets]]` entry."""
    return {"metric": metric, "within": within, "calendar": calendar, **keys}


def policy(*targets: Row, **keys: Any) -> Row:
    """The policy `desk` with these targets; its default calendar is the office, open from 9 to 17 on working days."""
    return {
        "id": "desk",
        "name": {"en": "Desk"},
        "source": "made up for this test",
        "statuses": WORDS,
        "tags": {"duplicate": ["dup"], "merged": ["closed_by_merge"]},
        "calendars": CALENDARS,
        "severities": SEVERITIES,
        "targets": list(targets),
        **keys,
    }


# Severity 1: reply in 1 hour and solution in 4, day and night. Severity 2: 2 and 8 office hours. Later replies: 1 hour.
DESK: Row = policy(
    target("first_response", "1h", severities=["1"]),
    target("first_response", "2h", "office", severities=["2"]),
    target("next_response", "1h"),
    target("resolution", "4h", severities=["1"]),
    target("resolution", "8h", "office", severities=["2"]),
)
NOTICE = policy(target("first_response", "30m", stops_on="acknowledged"), target("resolution", "4h"))
UPDATES = policy(target("periodic_update", "2h"), target("first_response", "1h"))
