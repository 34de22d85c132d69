"""How far the open spans of a calendar have to reach, so that every clock of a build finds its due instant in them."""

from datetime import date, datetime, timedelta

from sla.errors import Refused
from sla.policies.calendars import ClosedSpan, closed_spans, holidays_of, open_spans
from sla.policies.model import Calendar, Policy

Span = tuple[datetime, datetime]

EPOCH = datetime(1970, 1, 1)
_FIRST_HORIZON = timedelta(days=31)
_LAST_HORIZON = timedelta(days=30 * 366)
_MARGIN = timedelta(days=31)


def calendar_time(
    policy: Policy, calendar: Calendar, since: datetime, as_of: datetime
) -> tuple[list[Span], list[tuple[date, str]], list[ClosedSpan]]:
    """The open spans, holidays and closed spans of a calendar, from a Monday before `since` to the last due instant.

    A clock that starts at `as_of`, the latest there is, needs the policy's largest target on this calendar after it.
    Instants are naive UTC. Raises Refused where the calendar does not open for that long within 30 years.
    """
    start = _monday_before(since)
    until = _enough(policy, calendar, as_of) + _MARGIN
    return (
        open_spans(calendar, start, until),
        holidays_of(calendar, start, until),
        closed_spans(calendar, start, until),
    )


def _enough(policy: Policy, calendar: Calendar, as_of: datetime) -> datetime:
    """An instant by which the largest target fits into the open time after `as_of`."""
    need = max((target.target_s for target in policy.targets if target.calendar == calendar.name), default=0)
    horizon = _FIRST_HORIZON
    while need and _open_seconds(open_spans(calendar, as_of, as_of + horizon)) <= need:
        if horizon > _LAST_HORIZON:
            raise Refused(
                f"{policy.file}: calendars.{calendar.name}: expected open hours for a target of {need} seconds after "
                f"{as_of:%Y-%m-%d}, but this calendar never opens that long within 30 years; give its weekdays hours."
            )
        horizon *= 2
    return as_of + horizon


def _monday_before(since: datetime) -> datetime:
    midnight = since.replace(hour=0, minute=0, second=0, microsecond=0)
    return max(midnight - timedelta(days=midnight.weekday() + 7), EPOCH)


def _open_seconds(spans: list[Span]) -> int:
    return sum((closes - opens) // timedelta(seconds=1) for opens, closes in spans)
