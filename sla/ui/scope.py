"""What a page is about: one policy, one period, and what the filters let through. It stands in the link, as codes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, get_args
from urllib.parse import urlencode

from sla.ui.snapshot import Row

PeriodKind = Literal["week", "month", "quarter", "dates"]
PERIODS: tuple[PeriodKind, ...] = get_args(PeriodKind)
HOME = "week"  # the page that opens at the bare address; Streamlit knows it by no other
FILTERS = ("severity", "plan", "account", "manager", "team", "channel")


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


def periods(kind: PeriodKind, first_on: date, last_on: date) -> list[Period]:
    """Every week, month or quarter with a day between these, the newest first."""
    found = [period_of(kind, last_on)]
    while found[-1].first_on > first_on:
        found.append(found[-1].before)
    return found


@dataclass(frozen=True)
class Scope:
    """What the reader chose: the row of the report policies, the period, and the filters, None where one is open."""

    policy: Row
    period: Period
    severity: str | None = None
    plan: str | None = None
    account: str | None = None
    manager: str | None = None
    team: str | None = None
    channel: str | None = None

    @property
    def timezone(self) -> str:
        """The reporting time zone."""
        return str(self.policy["timezone"])

    @property
    def as_of(self) -> datetime:
        """The snapshot's last known instant, UTC without a zone."""
        as_of: datetime = self.policy["as_of"]
        return as_of

    @property
    def filters(self) -> dict[str, str | None]:
        """The policy and the filters, as parameters of a report."""
        return {"policy": str(self.policy["policy"])} | {name: getattr(self, name) for name in FILTERS}

    @property
    def values(self) -> dict[str, str | date | None]:
        """The policy, the filters and the period ($first_on, $last_on), as parameters of a report."""
        return {**self.filters, "first_on": self.period.first_on, "last_on": self.period.last_on}

    @property
    def of_week(self) -> "Scope":
        """The same for the week in which the period ends."""
        return replace(self, period=period_of("week", self.period.last_on))

    def codes(self, language: str) -> dict[str, str]:
        """Everything the link says of this scope."""
        chosen = {name: value for name, value in self.filters.items() if value is not None}
        return {"lang": language, **self.period.codes, **chosen}

    def link(self, page: str, language: str, **codes: str | None) -> str:
        """The address of a page with this scope; `codes` are added to it, or taken from it where None."""
        wanted = {name: value for name, value in (self.codes(language) | codes).items() if value is not None}
        return f"{'./' if page == HOME else page}?{urlencode(wanted)}"


def _next_month(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)
