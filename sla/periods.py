"""Periods of whole local days: weeks, months, quarters and own dates, each with the one before it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from sla.errors import Refused

PeriodKind = Literal["week", "month", "quarter", "dates"]
PERIODS: tuple[PeriodKind, ...] = get_args(PeriodKind)
_NAME = re.compile(r"(\d{4})-(?:Q([1-4])|W(\d\d)|(\d\d))")


@dataclass(frozen=True)
class Period:
    """Days in the reporting time zone, both ends within it; `kind` is how it was chosen."""

    kind: PeriodKind
    first_on: date
    last_on: date

    @property
    def before(self) -> "Period":
        """The period before: the week, month or quarter before, or as many days as own dates have."""
        last_on = self.first_on - timedelta(days=1)
        if self.kind in ("month", "quarter"):
            return period_of(self.kind, last_on)
        return Period(self.kind, self.first_on - (self.last_on - self.first_on) - timedelta(days=1), last_on)

    @property
    def week(self) -> date:
        """The Monday of the ISO week in which the period ends."""
        return self.last_on - timedelta(days=self.last_on.weekday())

    @property
    def name(self) -> str:
        """What `period_named` calls it, such as 2026-Q3, 2026-10 or 2026-W41; of own dates, both with two dots."""
        match self.kind:
            case "quarter":
                return f"{self.first_on.year}-Q{(self.first_on.month + 2) // 3}"
            case "month":
                return f"{self.first_on:%Y-%m}"
            case "week":
                year, week, _ = self.first_on.isocalendar()
                return f"{year}-W{week:02}"
        return f"{self.first_on.isoformat()}..{self.last_on.isoformat()}"

    @property
    def codes(self) -> dict[str, str]:
        """The period as the link has it: resolved dates, so that the link means the same next month."""
        codes = {"period": str(self.kind)}
        if self.kind == "dates":
            return codes | {"from": self.first_on.isoformat(), "to": self.last_on.isoformat()}
        return codes | {self.kind: self.first_on.isoformat()}


def period_of(kind: PeriodKind, day: date) -> Period:
    """The week, month or quarter that a day lies in; of own dates, that day alone."""
    if kind == "week":
        first = day - timedelta(days=day.weekday())
        return Period(kind, first, first + timedelta(days=6))
    if kind == "dates":
        return Period(kind, day, day)
    months = 1 if kind == "month" else 3
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    return Period(kind, first, _next_month(first, months) - timedelta(days=1))


def period_of_kind(kind: str, first_on: date, last_on: date) -> Period:
    """The period of these days under the name of a kind; one that nobody knows stands for own dates."""
    return Period(next((known for known in PERIODS if known == kind), "dates"), first_on, last_on)


def periods(kind: PeriodKind, first_on: date, last_on: date) -> list[Period]:
    """Every week, month or quarter with a day between these, the newest first."""
    found = [period_of(kind, last_on)]
    while found[-1].first_on > first_on:
        found.append(found[-1].before)
    return found


def period_named(name: str) -> Period:
    """The period of a name: 2026-Q3, 2026-10 or 2026-W41 (an ISO week). Raises Refused for anything else."""
    found = _NAME.fullmatch(name.strip())
    try:
        if found is None:
            raise ValueError(name)
        year, quarter, week, month = found.groups()
        if quarter:
            return period_of("quarter", date(int(year), 3 * int(quarter) - 2, 1))
        if week:
            return period_of("week", date.fromisocalendar(int(year), int(week), 1))
        return period_of("month", date(int(year), int(month), 1))
    except (ValueError, OverflowError):
        raise Refused(
            f"{name!r} is no period; write a quarter like 2026-Q3, a month 2026-10, a week 2026-W41."
        ) from None


def period_between(first_on: date, last_on: date) -> Period:
    """The period of these days: the week, month or quarter that they are, else own dates.

    Raises Refused where the last is before the first, and where no calendar has the days around them.
    """
    if last_on < first_on:
        raise Refused(f"The period ends on {last_on.isoformat()}, before it begins on {first_on.isoformat()}.")
    if first_on.toordinal() - (last_on - first_on).days <= 31 or last_on.year == date.max.year:
        raise Refused(f"The period from {first_on.isoformat()} to {last_on.isoformat()} is too long to compare with.")
    kinds: tuple[PeriodKind, ...] = ("month", "quarter", "week")
    whole = (period_of(kind, first_on) for kind in kinds)
    return next(
        (one for one in whole if (one.first_on, one.last_on) == (first_on, last_on)), Period("dates", first_on, last_on)
    )


def _next_month(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)
