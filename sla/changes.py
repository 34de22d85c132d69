"""Which finished weeks an export changed (rule 9): one snapshot beside the one that was published before it.

A week that is over changes only where an export corrects it. So only what time alone cannot change is compared: clocks
that are decided, and excluded ones that had stopped or fallen due by the earlier of the two as-of instants.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

import pandas as pd

from sla.catalog import Value
from sla.store import Connection, records, run

Why = Literal[
    "new_ticket",
    "gone",
    "rejected",
    "merged",
    "excluded_status",
    "duplicate",
    "counts_again",
    "rows",
    "policy",
    "program",
]
Row = Mapping[str, Any]

MOST_WEEKS = 13
MOST_TICKETS = 500
_CLOCK = ["ticket_id", "metric", "cycle"]
_VERDICT = ["week_start", "outcome", "reason", "elapsed_s"]
_EXCLUDED_TICKETS: tuple[Why, ...] = ("merged", "excluded_status", "duplicate")


@dataclass(frozen=True)
class Counts:
    """Clocks of one metric that belong to a week, by outcome, as pages show them."""

    met: int = 0
    breached: int = 0
    running: int = 0
    excluded: int = 0

    @property
    def decided(self) -> int:
        """Met and breached."""
        return self.met + self.breached


@dataclass(frozen=True)
class ChangedMetric:
    """The counts of one metric in a changed week, in the earlier snapshot and in the one after it."""

    metric: str
    before: Counts
    after: Counts


@dataclass(frozen=True)
class Verdict:
    """What a snapshot says of a clock; `week` is the Monday of the week it belongs to. All None where it has none.

    `elapsed_s` are its open seconds, None also where it had not stopped when the two snapshots are compared.
    """

    outcome: str | None = None
    reason: str | None = None
    week: date | None = None
    elapsed_s: int | None = None


@dataclass(frozen=True)
class ChangedClock:
    """A clock that a finished week counts otherwise than before, and why."""

    ticket_id: str
    metric: str
    cycle: int
    before: Verdict
    after: Verdict
    why: Why


@dataclass(frozen=True)
class ChangedWeek:
    """A finished week that changed. `clocks` is None where so much changed that tickets are not compared one by one."""

    week: date
    metrics: tuple[ChangedMetric, ...]
    clocks: tuple[ChangedClock, ...] | None

    @property
    def tickets(self) -> tuple[str, ...] | None:
        """The ids of the tickets that changed it, sorted."""
        return None if self.clocks is None else tuple(sorted({clock.ticket_id for clock in self.clocks}))


def changed_weeks(before: Connection, after: Connection, policy: str) -> tuple[ChangedWeek, ...]:
    """The finished weeks of a policy that `after` counts otherwise than `before`, the newest first.

    Finished: over at the earlier of the two as-of instants, in the reporting time zone of each. Tickets are compared in
    the newest MOST_WEEKS of them, and not where more than MOST_TICKETS differ. Raises Refused where a snapshot cannot
    answer.
    """
    as_of = min(_rows(con, "snapshot_as_of")[0]["as_of"] for con in (before, after))
    digests = [_digests(con, policy, as_of) for con in (before, after)]
    changed: dict[date, list[ChangedMetric]] = {}
    for key in sorted(digests[0].keys() | digests[1].keys()):
        old, new = (digest.get(key, (None, Counts())) for digest in digests)
        if old[0] != new[0]:
            week, metric = key
            changed.setdefault(week, []).append(ChangedMetric(metric, old[1], new[1]))
    weeks = sorted(changed, reverse=True)
    clocks = _changed_clocks(before, after, policy, weeks[:MOST_WEEKS], as_of) if weeks else {}
    return tuple(ChangedWeek(week, tuple(changed[week]), clocks.get(week)) for week in weeks)


def _digests(con: Connection, policy: str, as_of: datetime) -> dict[tuple[date, str], tuple[object, Counts]]:
    return {
        (row["week_start"], row["metric"]): (
            (row["settled_count"], row["digest"]) if row["settled_count"] else None,
            Counts(row["met_count"], row["breached_count"], row["running_count"], row["excluded_count"]),
        )
        for row in _rows(con, "week_digests", policy=policy, as_of=as_of)
    }


def _changed_clocks(
    before: Connection, after: Connection, policy: str, weeks: list[date], as_of: datetime
) -> dict[date, tuple[ChangedClock, ...]]:
    """The clocks that differ by the week they left, came to or changed in; nothing where too many tickets do."""
    asked: dict[str, Value] = {"policy": policy, "weeks": ",".join(week.isoformat() for week in weeks), "as_of": as_of}
    frames = [run(con, "week_clocks", asked) for con in (before, after)]
    both = frames[0].merge(frames[1], on=_CLOCK, how="outer", suffixes=("_before", "_after"))
    same = pd.Series(True, index=both.index)
    for name in _VERDICT:
        old, new = both[f"{name}_before"], both[f"{name}_after"]
        same &= ((old == new) | (old.isna() & new.isna())).fillna(False).astype(bool)
    differing = both[~same]
    tickets = sorted(set(differing["ticket_id"]))
    if len(tickets) > MOST_TICKETS:
        return {}
    known = [_histories(con, tickets, as_of) for con in (before, after)]
    is_policy_same = _policy_digest(before, policy) == _policy_digest(after, policy)
    found: dict[date, list[ChangedClock]] = {week: [] for week in weeks}
    for row in records(differing):
        old, new = known[0][row["ticket_id"]], known[1][row["ticket_id"]]
        key = (row["metric"], row["cycle"])
        verdicts = (
            replace(old.verdicts.get(key, Verdict()), elapsed_s=row["elapsed_s_before"]),
            replace(new.verdicts.get(key, Verdict()), elapsed_s=row["elapsed_s_after"]),
        )
        why = _why(old, new, *verdicts, is_policy_same)
        clock = ChangedClock(row["ticket_id"], *key, *verdicts, why)
        for week in {row["week_start_before"], row["week_start_after"]} - {None}:
            found[week].append(clock)
    return {week: tuple(clocks) for week, clocks in found.items()}


@dataclass(frozen=True)
class _History:
    """What a snapshot knows of one ticket: whether it has it, a digest of what the export told, its clocks."""

    is_known: bool
    is_rejected: bool
    digest: str
    verdicts: Mapping[tuple[str, int], Verdict]


def _histories(con: Connection, tickets: Iterable[str], as_of: datetime) -> dict[str, _History]:
    by_ticket: dict[str, list[Row]] = {}
    for row in _rows(con, "ticket_histories", tickets=json.dumps(list(tickets)), as_of=as_of):
        by_ticket.setdefault(row["ticket_id"], []).append(row)
    return {
        ticket: _History(
            rows[0]["is_known"],
            rows[0]["rejected_reason"] is not None,
            rows[0]["digest"],
            {
                (row["metric"], row["cycle"]): Verdict(row["outcome"], row["reason"], row["week_start"])
                for row in rows
                if row["metric"] is not None
            },
        )
        for ticket, rows in by_ticket.items()
    }


def _why(old: _History, new: _History, before: Verdict, after: Verdict, is_policy_same: bool) -> Why:
    """The first of these that holds: the ticket came or went, it was found to be no case, its rows, its policy."""
    if not old.is_known:
        return "new_ticket"
    if not new.is_known:
        return "rejected" if new.is_rejected else "gone"
    for reason in _EXCLUDED_TICKETS:
        if reason == after.reason != before.reason:
            return reason
    if before.reason in _EXCLUDED_TICKETS and after.reason not in _EXCLUDED_TICKETS:
        return "counts_again"
    if old.digest != new.digest:
        return "rows"
    return "program" if is_policy_same else "policy"


def _policy_digest(con: Connection, policy: str) -> list[tuple[str, str]]:
    rows = _rows(con, "policy_files")
    return sorted((row["file"], row["sha256"]) for row in rows if row["policy"].lower() == policy.lower())


def _rows(con: Connection, name: str, **values: str | datetime) -> list[dict[str, Any]]:
    return records(run(con, name, values))
