"""When things happen: the sample's weeks, its holidays, its bad week, office hours, and how often tickets arrive."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from sla.sample.people import DAY, GROUPS

WEEK = 7 * DAY
EPOCH = date(1970, 1, 1).toordinal()
WEEKS = 26
BAD_WEEK = 6  # whole weeks before the week of the end
RELEASE_WEEK = 4
OUTAGE_SHARE = 0.014  # of all tickets
OUTAGE_HOURS = range(8, 13)  # UTC, on the bad week's Tuesday

COUNTRIES = {
    "America/Sao_Paulo": "BR", "America/Recife": "BR", "Europe/Lisbon": "PT", "Europe/Berlin": "AT",
    "Europe/Vienna": "AT", "Asia/Riyadh": "GULF", "Asia/Dubai": "GULF", "America/New_York": "US",
    "America/Denver": "US", "Europe/London": "GB",
}  # fmt: skip
# quiet days; Berlin keeps the Austrian ones, near enough for a sample
HOLIDAYS = {
    "BR": ("2026-06-04", "2026-09-07", "2026-10-12", "2026-11-02", "2026-11-20"),
    "PT": ("2026-06-04", "2026-06-10", "2026-10-05"),
    "AT": ("2026-05-25", "2026-06-04", "2026-10-26"),
    "GULF": ("2026-05-26", "2026-05-27", "2026-05-28", "2026-05-29", "2026-06-16"),
    "US": ("2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07", "2026-11-11"),
    "GB": ("2026-05-25", "2026-08-31"),
}
OFFICE_DAY = (2, 1, 1, 1, 1, 2, 4, 9, 17, 26, 30, 29, 20, 21, 28, 29, 26, 20, 12, 8, 6, 5, 4, 3)
MEDIA_DAY = (9, 6, 4, 3, 2, 3, 5, 8, 13, 19, 22, 22, 18, 18, 20, 21, 20, 19, 20, 23, 25, 24, 19, 14)


@dataclass(frozen=True)
class Period:
    """The stretch of the sample in UTC seconds: from the Monday `WEEKS` weeks before the end's to the end."""

    start: int
    end: int

    @property
    def bad_week(self) -> tuple[int, int]:
        """The bad week, from Monday to Monday."""
        start = self.start + (WEEKS - BAD_WEEK) * WEEK
        return start, start + WEEK

    def week(self, at: int) -> int:
        """The number of the week, from 0 to `WEEKS`, the last one also after the end."""
        return min((at - self.start) // WEEK, WEEKS)


def period(end: datetime) -> Period:
    """The period that ends at an instant with an offset."""
    last = int(end.timestamp())
    day = last // DAY
    return Period((day - (day + 3) % 7) * DAY - WEEKS * WEEK, last)


def holidays(zone: str) -> frozenset[int]:
    """The holidays of a zone's country, as days since 1970."""
    days = HOLIDAYS.get(COUNTRIES.get(zone, ""), ())
    return frozenset(date.fromisoformat(day).toordinal() - EPOCH for day in days)


class Office:
    """Open hours from Monday to Friday in one zone, but for some closed days: B(t) and its inverse, in UTC seconds."""

    __slots__ = ("before", "closes", "opens")

    def __init__(self, zone: str, hours: tuple[int, int], around: Period, closed: frozenset[int]) -> None:
        self.opens: list[int] = []
        self.closes: list[int] = []
        local = ZoneInfo(zone)
        day = datetime.fromtimestamp(around.start, UTC).date() - timedelta(days=14)
        last = datetime.fromtimestamp(around.end, UTC).date() + timedelta(days=120)
        while day < last:
            if day.weekday() < 5 and day.toordinal() - EPOCH not in closed:
                opens, closes = (datetime(day.year, day.month, day.day, hour, tzinfo=local) for hour in hours)
                self.opens.append(int(opens.timestamp()))
                self.closes.append(int(closes.timestamp()))
            day += timedelta(days=1)
        spans = (closes - opens for opens, closes in zip(self.opens, self.closes, strict=True))
        self.before = list(accumulate(spans, initial=0))

    def elapsed(self, at: int) -> int:
        """Open seconds before an instant."""
        place = bisect_right(self.opens, at) - 1
        return self.before[place] + min(at, self.closes[place]) - self.opens[place]

    def after(self, at: int, seconds: int) -> int:
        """The earliest instant that lies so many open seconds after (below 0: before) another."""
        wanted = self.elapsed(at) + seconds
        place = min(bisect_left(self.before, wanted), len(self.opens)) - 1
        return self.opens[place] + wanted - self.before[place]


def arrivals(stretch: Period) -> array[float]:
    """Running sums of how likely a ticket is in each hour of the period and group, the groups of an hour side by side.

    One group more than `GROUPS` stands at the end of each hour: the outage at one account.
    """
    hours = -(-(stretch.end - stretch.start) // 3600)
    columns = [_group_hours(number, stretch, hours) for number in range(len(GROUPS))]
    total = sum(sum(column) for column in columns)
    tuesday = (stretch.bad_week[0] + DAY - stretch.start) // 3600
    outage = {tuesday + hour: OUTAGE_SHARE * total / len(OUTAGE_HOURS) for hour in OUTAGE_HOURS}
    return array("d", accumulate(_hour_by_hour(columns, outage, hours)))


def _hour_by_hour(columns: list[list[float]], outage: dict[int, float], hours: int) -> Iterator[float]:
    for hour in range(hours):
        for column in columns:
            yield column[hour]
        yield outage.get(hour, 0.0)


def _group_hours(number: int, stretch: Period, hours: int) -> list[float]:
    group = GROUPS[number]
    zone, quiet = ZoneInfo(group.zone), holidays(group.zone)
    weekend = (4, 5) if group.zone == "Asia/Riyadh" else (5, 6)
    shape = MEDIA_DAY if group.policy == "vodlix" else OFFICE_DAY
    calm = 0.55 if group.policy == "vodlix" else 0.16
    weights: list[float] = []
    for hour in range(hours):
        at = stretch.start + hour * 3600
        local = datetime.fromtimestamp(at, zone)
        weight = shape[local.hour] * (1 + 0.4 * hour / hours) * min(1.0, (stretch.end - at) / 3600)
        if local.weekday() in weekend:
            weight *= calm
        elif local.weekday() == 0:
            weight *= 1.2
        if local.toordinal() - EPOCH in quiet:
            weight *= 0.35
        if group.policy == "vodlix" and stretch.week(at) == WEEKS - RELEASE_WEEK:
            weight *= 1.5
        weights.append(weight)
    scale = group.share / sum(weights)
    return [weight * scale for weight in weights]
