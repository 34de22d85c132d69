"""A small desk whose customers were asked, built by the product itself; its policies are those of small_desk.

As of Wednesday 14 January 2026, 12:00 UTC. Surveys are of 1 to 5 unless a line says otherwise.

    week of 29 December   10 answers, all positive; targets met
    week of 5 January     X, severity 1, plan A, team Blue: 12 answers of 5, targets met
                          Y, severity 2, plan B, team Red: 10 answers, late, 4 of them positive; 5 surveys unanswered
                          1 answer of a merged ticket
    week of 12 January    8 and 7 of 0 to 10, 1 of 0 to 1

Policy `bare` has a ticket and no survey.
"""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sla import snapshot
from tests.store.small_desk import AS_OF, HOSTILE, POLICIES

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
COMMENTS = {
    "P0": "Rápido e claro",
    "P1": "شُكْرًا جزيلا",
    "N0": HOSTILE,
    "N1": "Tive de explicar três vezes",
    "N6": "In the end it worked, after three days",
}
X = {"account": "X", "severity": "1", "plan": "A", "team": "Blue"}
Y = {"account": "Y", "severity": "2", "plan": "B", "team": "Red"}
Row = dict[str, Any]


def build_rated_desk(folder: Path) -> Path:
    """The folder of snapshots, with the rated desk as the current one."""
    tickets: list[Row] = []
    events: list[Row] = []
    ratings: list[Row] = []

    def ticket(name: str, created: datetime, wait: timedelta | None, **columns: str) -> None:
        row = {"ticket_id": name, "created_at": _at(created), "policy": "desk", "status": "Open", **columns}
        tickets.append(row)
        if wait is not None:
            reply = {"ticket_id": name, "at": _at(created + wait), "kind": "message", "by": "agent", "author": "ann"}
            events.append(reply)

    def answer(name: str, offered: datetime | None, score: int, after: timedelta, scale: tuple[int, int]) -> None:
        low, high = scale
        rated = (offered or MONDAY) + after
        row = {"ticket_id": name, "rated_at": _at(rated), "score": score, "scale_min": low, "scale_max": high}
        ratings.append(row | {"offered_at": offered and _at(offered), "comment": COMMENTS.get(name)})

    in_time, late = timedelta(minutes=30), timedelta(hours=2)
    day, of_five = timedelta(days=1), (1, 5)
    ticket("E0", MONDAY - 3 * WEEK, in_time, **X)  # leaves the week of 22 December empty
    for number in range(10):
        ticket(f"B{number}", MONDAY - WEEK, in_time, **X)
        answer(f"B{number}", MONDAY - WEEK, 5, day, of_five)
    for number in range(12):
        ticket(f"P{number}", MONDAY, in_time, **X)
        # nothing says when the last one was offered
        answer(f"P{number}", MONDAY if number < 11 else None, 5, day, of_five)
    for number in range(10):
        ticket(f"N{number}", MONDAY, late, **Y)
        if number == 9:  # rated twice, the last one counts
            answer("N9", MONDAY, 1, day / 2, of_five)
        answer(f"N{number}", MONDAY, 2 if number < 6 else 4, day, of_five)
    for number in range(5):
        ticket(f"O{number}", MONDAY, in_time, **Y)
        ratings.append({"ticket_id": f"O{number}", "offered_at": _at(MONDAY + day)})
    ticket("M0", MONDAY, in_time, **Y, merged_into="N0")
    answer("M0", MONDAY, 1, day, of_five)
    for name, score, scale in (("S0", 8, (0, 10)), ("S1", 7, (0, 10)), ("S2", 1, (0, 1))):
        ticket(name, MONDAY + WEEK, in_time, **X)
        answer(name, MONDAY + WEEK, score, day, scale)
    ticket("W0", MONDAY, in_time, policy="bare")

    export, policies, snapshots = (folder / name for name in ("export", "policies", "snapshots"))
    for made in (export, policies):
        made.mkdir(parents=True)
    for kind, rows in (("tickets", tickets), ("events", events), ("ratings", ratings)):
        _write(export / f"{kind}.csv", rows)
    for name, text in POLICIES.items():
        (policies / f"{name}.toml").write_text(text, "utf-8")
    snapshot.build([export], policies=policies, out=snapshots, as_of=AS_OF)
    return snapshots


def _at(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _write(path: Path, rows: list[Row]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        writer.writerows(rows)
