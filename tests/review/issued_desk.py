"""Exports of one account, built one after the other into one folder of snapshots, small enough to be counted on paper.

Policy `desk`: first response within an hour, day and night, UTC; nothing else. Account X, January 2026.

    A0 to A9   answered after 30 minutes
    M0         answered after 30 minutes, later found to be merged
    B0         answered after two hours
    C0         not answered in the first export; the second one knows an answer after 20 minutes
    R0         of Friday 30 January 11:30, answered 12:10
    N0         of 10 January, in the second export alone, answered after three hours
    T0         of 31 January, answered after 30 minutes

The first export ends on 30 January 12:00, the second on 3 February 12:00.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sla import snapshot

FIRST, SECOND = datetime(2026, 1, 30, 12), datetime(2026, 2, 3, 12)
POLICY = """id = "desk"
name = { en = "Desk" }
source = "invented"
objective = 0.9
[calendars.always]
timezone = "UTC"
hours = "24x7"
[[targets]]
metric = "first_response"
within = "1h"
calendar = "always"
clause = { en = "We answer within an hour." }
"""
QUICK = {f"A{at}": (f"2026-01-{at + 10}T09:00:00Z", f"2026-01-{at + 10}T09:30:00Z") for at in range(10)}
FIRST_TICKETS: Mapping[str, tuple[str, str | None]] = QUICK | {
    "M0": ("2026-01-12T10:00:00Z", "2026-01-12T10:30:00Z"),
    "B0": ("2026-01-13T10:00:00Z", "2026-01-13T12:00:00Z"),
    "C0": ("2026-01-14T10:00:00Z", None),
    "R0": ("2026-01-30T11:30:00Z", None),
}
SECOND_TICKETS: Mapping[str, tuple[str, str | None]] = FIRST_TICKETS | {
    "C0": ("2026-01-14T10:00:00Z", "2026-01-14T10:20:00Z"),
    "R0": ("2026-01-30T11:30:00Z", "2026-01-30T12:10:00Z"),
    "N0": ("2026-01-10T10:00:00Z", "2026-01-10T13:00:00Z"),
    "T0": ("2026-01-31T10:00:00Z", "2026-01-31T10:30:00Z"),
}


def build(
    folder: Path,
    tickets: Mapping[str, tuple[str, str | None]] = FIRST_TICKETS,
    as_of: datetime = FIRST,
    merged: str = "",
    policy: str = POLICY,
    account: str = "X",
) -> Path:
    """The snapshot of an export with these tickets: when each was created and answered."""
    export, policies = folder / f"export-{as_of:%d%H%M}", folder / "policies"
    for made in (export, policies):
        made.mkdir(parents=True, exist_ok=True)
    (policies / "desk.toml").write_text(policy, "utf-8")
    rows = [
        f'{name},{created},desk,"{account}",{"A0" if name == merged else ""}' for name, (created, _) in tickets.items()
    ]
    events = [f"{name},{answered},message,agent" for name, (_, answered) in tickets.items() if answered]
    (export / "tickets.csv").write_text("\n".join(["ticket_id,created_at,policy,account,merged_into", *rows, ""]))
    (export / "events.csv").write_text("\n".join(["ticket_id,at,kind,by", *events, ""]))
    return Path(snapshot.build([export], policies=policies, out=folder / "snapshots", as_of=as_of).snapshot)
