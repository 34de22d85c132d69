"""What a pack must say of an account and a quarter, counted over a snapshot's tables with nothing of the reports."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sla import store
from sla.periods import Period

_DAY = "timezone('{zone}', timezone('UTC', {instant}))::date"
LEFT_OUT = ("merged", "excluded_status", "duplicate")  # tickets that are nobody's work
# The last answer of a ticket, else its last offer (D21), of the clocks that a condition names.
LAST_ANSWERS = f"""
from ratings
where ticket_id in (
    select ticket_id
    from clocks
    where {{whose}} and metric = 'resolution' and coalesce(reason, '') not in {LEFT_OUT}
)
qualify row_number() over (partition by ticket_id order by score is null, rated_at desc, offered_at desc) = 1
"""
_VERSIONS = """
    from policy_versions
    join (select any_value(policy) as policy from clocks where account = $account) using (policy)
"""
Days = tuple[date, date]
Pair = tuple[int, int]  # met and breached


@dataclass(frozen=True)
class Direct:
    """Counts of a quarter and of the one before it.

    `kept` and `kept_before` are met and breached by metric and number of the target, None for all of a metric;
    `volumes` opened, opened before, solved, solved before, by ('severity' or 'channel', its code) and ('all', '');
    `breaches` how late by ticket, metric and cycle, seconds;
    `satisfaction` offered, answered, positive; `open_tickets` ids.
    """

    kept: Mapping[tuple[str, int | None], Pair]
    kept_before: Mapping[tuple[str, int | None], Pair]
    volumes: Mapping[tuple[str, str], tuple[int, int, int, int]]
    breaches: Mapping[tuple[str, str, int], int]
    satisfaction: tuple[int, int, int]
    satisfaction_before: tuple[int, int, int]
    open_tickets: frozenset[str]


@cache
def counted(snapshot: Path, account: str, quarter: Period) -> Direct:
    """The counts of an account whose tickets are all under one policy."""
    connection = store.open_snapshot(snapshot)
    (zone,) = _rows(connection, f"select any_value(reporting_timezone) {_VERSIONS}", account)[0]
    now, then = (quarter.first_on, quarter.last_on), (quarter.before.first_on, quarter.before.last_on)
    clocks = _rows(
        connection,
        f"""
        select metric, target_no, outcome, ticket_id, cycle, elapsed_s - target_s, is_open,
            {_DAY.format(zone=zone, instant="coalesce(due_at, started_at)")}
        from clock_facts
        where account = $account
        """,
        account,
    )
    solves = _rows(
        connection,
        f"""
        select ticket_id, cycle, coalesce(severity, ''), coalesce(channel, ''),
            {_DAY.format(zone=zone, instant="started_at")}, {_DAY.format(zone=zone, instant="stopped_at")}
        from clocks
        where account = $account and metric = 'resolution' and coalesce(reason, '') not in {LEFT_OUT}
        """,
        account,
    )
    answers = _rows(
        connection,
        f"""
        select {_DAY.format(zone=zone, instant="coalesce(rated_at, offered_at)")}, score is not null,
            score >= scale_min + 0.75 * (scale_max - scale_min)
        {LAST_ANSWERS.format(whose="account = $account")}
        """,
        account,
    )
    opened = _rows(
        connection,
        "select ticket_id from clocks where account = $account and metric = 'resolution' and is_open",
        account,
    )

    def kept(days: Days) -> dict[tuple[str, int | None], Pair]:
        found: Counter[tuple[str, int | None, str]] = Counter()
        for metric, target, outcome, *_, day in clocks:
            if _is_in(day, days):
                found.update([(metric, target, outcome), (metric, None, outcome)])
        return {key[:2]: (found[*key[:2], "met"], found[*key[:2], "breached"]) for key in found}

    def rated(days: Days) -> tuple[int, int, int]:
        inside = [answer for answer in answers if _is_in(answer[0], days)]
        return len(inside), sum(one[1] for one in inside), sum(bool(one[2]) for one in inside)

    volumes: dict[tuple[str, str], tuple[int, int, int, int]] = {}
    keys = {key for row in solves for key in (("all", ""), ("severity", row[2]), ("channel", row[3]))}
    for key in keys:
        of_key = [row for row in solves if key in (("all", ""), ("severity", row[2]), ("channel", row[3]))]
        begun = [{row[0] for row in of_key if row[1] == 1 and _is_in(row[4], days)} for days in (now, then)]
        solved = [{row[0] for row in of_key if _is_in(row[5], days)} for days in (now, then)]
        counts = [len(tickets) for tickets in (*begun, *solved)]
        if any(counts):
            volumes[key] = (counts[0], counts[1], counts[2], counts[3])
    in_quarter = [row for row in clocks if _is_in(row[7], now)]
    return Direct(
        kept=kept(now),
        kept_before=kept(then),
        volumes=volumes,
        breaches={(row[3], row[0], row[4]): row[5] for row in in_quarter if row[2] == "breached"},
        satisfaction=rated(now),
        satisfaction_before=rated(then),
        open_tickets=frozenset(row[0] for row in opened),
    )


@cache
def severities(snapshot: Path, account: str, language: str) -> dict[str, str]:
    """The names of the severities of an account's policy, by their codes."""
    sql = f"""
        select severity, coalesce(names['{language}'], names['en'])
        from policy_severities
        join (select max(version_no) as version_no {_VERSIONS}) using (version_no)
        where $account is not null
    """
    return dict(_rows(store.open_snapshot(snapshot), sql, account))


def _is_in(day: date | None, days: Days) -> bool:
    return day is not None and days[0] <= day <= days[1]


def _rows(connection: store.Connection, sql: str, account: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        return cursor.execute(sql, {"account": account}).fetchall()
