"""What pages must show, counted anew over the tables that anybody can read: tickets, events, ratings, clocks.

Nothing here asks a report or a mart; days are those of the policy's reporting time zone.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sla import store
from sla.words import words
from tests.review.direct_counts import LAST_ANSWERS, LEFT_OUT

EN = words("en")
_LOCAL = (
    "timezone((select any_value(reporting_timezone) from policy_versions where policy = $policy), timezone('UTC', {}))"
)
_CLOCKS = f"""
select
    ticket_id, metric, cycle, outcome, reason, is_open, target_s, elapsed_s,
    severity, plan, clocks.account, agent, team, due_at, stopped_at,
    {_LOCAL.format("coalesce(due_at, started_at)")}::date as day,
    {_LOCAL.format("started_at")} as began,
    {_LOCAL.format("stopped_at")} as ended,
    stopped_at is not null and (metric in ('resolution', 'periodic_update') or exists (
        from events
        where events.ticket_id = clocks.ticket_id and "at" = stopped_at
            and "by" = 'agent' and public and kind = 'message'
    )) as is_answered
from clocks
where policy = $policy
"""
_REPLIES = f"""
select ticket_id, author as agent, agents.team, {_LOCAL.format('"at"')} as written
from events
left join agents on agent = author
where kind = 'message' and "by" = 'agent' and public
    and ticket_id in (select ticket_id from clocks where policy = $policy)
"""
_SURVEYS = f"""
select
    ticket_id, score is not null as is_answered, score,
    coalesce(score >= scale_min + 0.75 * (scale_max - scale_min), false) as is_positive,
    {_LOCAL.format("coalesce(rated_at, offered_at)")}::date as day
{LAST_ANSWERS.format(whose="policy = $policy")}
"""


@dataclass(frozen=True)
class Counts:
    """Clocks by outcome."""

    met: int
    breached: int
    running: int
    excluded: int

    @property
    def decided(self) -> int:
        """The met and the breached."""
        return self.met + self.breached

    @property
    def share(self) -> str:
        """The share met as a page writes it."""
        return EN.percent(self.met / self.decided)

    @property
    def interval(self) -> tuple[str, str]:
        """Both ends of the 95 % Wilson interval as a page writes them."""
        return interval(self.met, self.decided)

    @property
    def mark(self) -> str:
        """What a mark of a chart says of them."""
        if self.decided < 10:
            return f"{self.met} of {self.decided} in time, too few to judge"
        low, high = self.interval
        return f"{self.share}: {self.met} of {self.decided} in time<br>95% interval {low} to {high}"


class Recount:
    """The tables of a snapshot, as far as they are of one policy."""

    def __init__(self, place: Path, policy: str) -> None:
        """Reads them all; `place` is a snapshot, or the folder whose current one is meant."""
        path = store.current(place) if place.is_dir() else place
        assert path is not None
        self._connection = store.open_snapshot(path)
        self._policy = policy
        self.clocks = self.rows(_CLOCKS)
        self.replies = self.rows(_REPLIES)
        self.surveys = self.rows(_SURVEYS)
        self.cases = [
            row for row in self.clocks if row["metric"] == "resolution" and row["reason"] not in LEFT_OUT
        ]  # cycles of tickets that are somebody's work

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query, $policy bound where it has one."""
        with self._connection.cursor() as cursor:
            answer = cursor.execute(sql, {"policy": self._policy} if "$policy" in sql else None)
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def chosen(
        self, first_on: date, last_on: date, metric: str | None = "first_response", **where: Any
    ) -> list[dict[str, Any]]:
        """The clocks that count between two days (rule 9), of a metric or of all."""
        return [
            clock
            for clock in self.clocks
            if first_on <= clock["day"] <= last_on
            and metric in (None, clock["metric"])
            and all(clock[name] == value for name, value in where.items())
        ]

    def counts(self, first_on: date, last_on: date, metric: str | None = "first_response", **where: Any) -> Counts:
        """The same by outcome."""
        return counted(self.chosen(first_on, last_on, metric, **where))


def counted(clocks: Iterable[dict[str, Any]]) -> Counts:
    """Clocks by outcome."""
    by = Counter(clock["outcome"] for clock in clocks)
    return Counts(by["met"], by["breached"], by["running"], by["excluded"])


def interval(hits: int, total: int) -> tuple[str, str]:
    """Both ends of the 95 % Wilson interval of a share, by the formula of 1927, as a page writes them."""
    z, share = 1.959964, hits / total
    middle = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    low, high = ((middle + sign * half) / (1 + z * z / total) for sign in (-1, 1))
    return EN.percent(0 if not hits else low), EN.percent(1 if hits == total else high)


def percentile(clocks: Sequence[dict[str, Any]], part: float) -> int | None:
    """The seconds within which a part had ended (Kaplan and Meier), None where that is out of sight."""
    waiting = 1.0
    for second in sorted({clock["elapsed_s"] for clock in clocks}):
        at_risk = sum(clock["elapsed_s"] >= second for clock in clocks)
        waiting *= 1 - sum(clock["is_answered"] for clock in clocks if clock["elapsed_s"] == second) / at_risk
        if waiting <= 1 - part + 1e-9:
            return int(second)
    return None


def week(monday: date) -> tuple[date, date]:
    """The first and the last day of a week."""
    return monday, monday + timedelta(days=6)
