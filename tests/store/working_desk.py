"""A desk without targets in Sao Paulo (three hours behind UTC), whose work can be counted on paper.

As of Wednesday 14 January 2026, 12:00 UTC. All tickets are ann's; ann and bob are of team Red, cy of Blue.
Times are UTC.

    Q1 Mon 5 12:00   ann replies 12:10, bob solves Tue 15:00                       severity 1, all others 2
    Q2 Mon 5 12:05   ann replies 12:30, bob 13:00; Pending
    Q3 Mon 5 12:20   cy replies 12:25, while Q2 waits; the customer writes Tue 10:00
    Q4 Tue 6 01:30   (Monday 22:30 there, when the desk is shut) never answered
    Q5 Tue 6 16:00   ann replies 16:05, while Q4 waits, and solves Sat 10 23:00; reopened Mon 12 13:00
    M  Mon 5 14:00   bob replies 14:10; merged into Q1
    S1 Mon 12 02:00  (Sunday 23:00 there) solved 03:30 (Monday there), never answered, by nobody named

Policy `twins` is another queue: T1 and T2 of one second (Mon 5 12:00), answered 12:20 and 12:10.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from sla import snapshot
from tests.clock.snapshots import Row, write_policies, write_rows

AS_OF = datetime(2026, 1, 14, 12)
OFFICE = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
POLICY: Row = {
    "id": "queue",
    "name": {"en": "Queue"},
    "source": "made up for this test",
    "statuses": {"waiting": ["Pending"], "solved": ["Solved"]},
    "calendars": {"office": {"timezone": "America/Sao_Paulo", "hours": OFFICE}},
    "severities": [{"code": "1", "name": {"en": "High"}}, {"code": "2", "name": {"en": "Low"}}],
    "targets": [],
}


def build_working_desk(folder: Path) -> Path:
    """The folder of snapshots, with the working desk as the current one."""
    tickets = [
        _ticket("Q1", "05T12:00", severity="1"),
        _ticket("Q2", "05T12:05"),
        _ticket("Q3", "05T12:20", account="X"),
        _ticket("Q4", "06T01:30"),
        _ticket("Q5", "06T16:00"),
        _ticket("M", "05T14:00", merged_into="Q1"),
        _ticket("S1", "12T02:00"),
        _ticket("T1", "05T12:00", policy="twins"),
        _ticket("T2", "05T12:00", policy="twins"),
    ]
    events = [
        _event("Q1", "05T12:10", "message", "agent", "ann"),
        _event("Q1", "06T15:00", "status", "agent", "bob", "Solved"),
        _event("Q2", "05T12:30", "message", "agent", "ann"),
        _event("Q2", "05T13:00", "message", "agent", "bob"),
        _event("Q2", "05T13:01", "status", "agent", "bob", "Pending"),
        _event("Q3", "05T12:25", "message", "agent", "cy"),
        _event("Q3", "06T10:00", "message", "customer"),
        _event("Q5", "06T16:05", "message", "agent", "ann"),
        _event("Q5", "10T23:00", "status", "agent", "ann", "Solved"),
        _event("Q5", "12T13:00", "status", "customer", None, "Open"),
        _event("M", "05T14:10", "message", "agent", "bob"),
        _event("T1", "05T12:20", "message", "agent", "ann"),
        _event("T2", "05T12:10", "message", "agent", "ann"),
        _event("S1", "12T03:30", "status", "system", None, "Solved"),
    ]
    agents = ["agent,name,team,timezone", "ann,Ann Example,Red,", "bob,Bob Example,Red,", "cy,Cy Example,Blue,"]
    write_rows(folder / "export" / "tickets.csv", tickets)
    write_rows(folder / "export" / "events.csv", events)
    (folder / "export" / "agents.csv").write_text("\n".join(agents) + "\n", "utf-8")
    policies = write_policies(folder / "policies", [POLICY, POLICY | {"id": "twins"}])
    snapshot.build([folder / "export"], policies=policies, out=folder / "snapshots", as_of=AS_OF)
    return folder / "snapshots"


def _ticket(ticket_id: str, created: str, **columns: Any) -> Row:
    plain = {"severity": "2", "policy": "queue", "account": "Y", "agent": "ann", "team": "Red"}
    return {"ticket_id": ticket_id, "created_at": f"2026-01-{created}:00Z", **plain, **columns}


def _event(ticket_id: str, at: str, kind: str, by: str, author: str | None = None, value: str | None = None) -> Row:
    return {"ticket_id": ticket_id, "at": f"2026-01-{at}:00Z", "kind": kind, "by": by, "author": author, "value": value}
