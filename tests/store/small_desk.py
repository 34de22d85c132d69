"""A small desk whose every number can be counted on paper, built by the product itself.

Policy `desk`: first response within an hour, day and night, UTC, objective 90 %; severities 1 and 2, plans A and B.
Policy `bare`: promises nothing. As of Wednesday 14 January 2026, 12:00 UTC.

    week of 29 December   desk: 10 met
    week of 5 January     desk: 9 met, 3 breached (all of account X, team Blue, an hour late), 1 merged
    week of 12 January    desk: 1 met, 2 running; bare: waits of 600 s and 1200 s, two unanswered after 900 s and 1800 s
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sla import snapshot

AS_OF = datetime(2026, 1, 14, 12, tzinfo=UTC)
AN_EARLY_TICKET = datetime(2025, 12, 15, 9, tzinfo=UTC)  # leaves the week of 22 December empty
BEFORE, CHOSEN, LAST = "2025-12-29", "2026-01-05", "2026-01-12"
HOSTILE = '<img src=x onerror="document.title=1"> **bold** & Co'
POLICIES = {
    "desk": """
id = "desk"
name = { en = "The desk", "pt-BR" = "A mesa", ar = "المكتب" }
source = "invented"
objective = 0.9
[calendars.always]
timezone = "UTC"
hours = "24x7"
[[severities]]
code = "1"
name = { en = "High", "pt-BR" = "Alta", ar = "عالية" }
[[severities]]
code = "2"
name = { en = "Low", "pt-BR" = "Baixa", ar = "منخفضة" }
[[plans]]
code = "A"
name = { en = "Plan A" }
[[plans]]
code = "B"
name = { en = "Plan B" }
[[targets]]
metric = "first_response"
within = "1h"
calendar = "always"
clause = { en = "We answer within an hour." }
""",
    "bare": """
id = "bare"
name = { en = "No promise" }
source = "invented"
[calendars.always]
timezone = "UTC"
hours = "24x7"
""",
}


def build_small_desk(
    folder: Path, also: datetime | None = None, with_events: bool = True, more_events: Sequence[str] = ()
) -> Path:
    """The folder of snapshots, with the small desk as the current one; the rest is as for write_small_desk."""
    export, policies = write_small_desk(folder, also, with_events, more_events)
    snapshot.build([export], policies=policies, out=folder / "snapshots", as_of=AS_OF)
    return folder / "snapshots"


def write_small_desk(
    folder: Path, also: datetime | None = None, with_events: bool = True, more_events: Sequence[str] = ()
) -> tuple[Path, Path]:
    """The folders of its export and its policies; `also` is when one more ticket was created.

    `more_events` are lines of events.csv: ticket_id, at, kind, by, author, value.
    """
    tickets, events = (
        ["ticket_id,created_at,severity,plan,status,policy,account,agent,team"],
        ["ticket_id,at,kind,by,author,value"],
    )

    def ticket(name: str, created: datetime, wait: int | None, **other: str) -> None:
        at = other | {"created_at": f"{created:%Y-%m-%dT%H:%M:%SZ}", "ticket_id": name}
        columns = {
            "severity": "1",
            "plan": "A",
            "status": "Open",
            "policy": "desk",
            "account": "Y",
            "agent": "ann",
            "team": "Red",
        }
        row = columns | at
        tickets.append(",".join(_quoted(row[column]) for column in tickets[0].split(",")))
        if wait is not None:
            events.append(
                f"{name},{created + timedelta(seconds=wait):%Y-%m-%dT%H:%M:%SZ},message,agent,{row['agent']},"
            )

    monday = datetime(2025, 12, 29, 9, tzinfo=UTC)
    for number in range(10):
        ticket(f"A{number}", monday + timedelta(hours=number), 1800, severity=str(1 + number % 2))
    monday += timedelta(days=7)
    for number in range(9):
        ticket(f"B{number}", monday + timedelta(hours=number), 1800, severity="2", plan="B")
    for number in range(3):
        late = {"account": "X", "agent": "bob", "team": "Blue"}
        ticket(f"L{number}", monday + timedelta(days=1, hours=number), 7200 + number, **late)
    if also:
        ticket("Z0", also, 1800)
    ticket("M0", monday, None, status="Merged", account=HOSTILE)
    ticket("C0", AS_OF - timedelta(days=1), 1800)
    ticket("R0", AS_OF - timedelta(minutes=20), None, account=HOSTILE)
    ticket("R1", AS_OF - timedelta(minutes=10), None)
    for number, wait in enumerate((600, 1200)):
        ticket(f"W{number}", AS_OF - timedelta(hours=30), wait, policy="bare")
    for number, age in enumerate((900, 1800)):
        ticket(f"U{number}", AS_OF - timedelta(seconds=age), None, policy="bare")

    export, policies = folder / "export", folder / "policies"
    for made in (export, policies):
        made.mkdir(parents=True)
    tickets[0] += ",merged_into"
    rows = [tickets[0], *(f"{row},{'A0' if row.startswith('M0') else ''}" for row in tickets[1:])]
    (export / "tickets.csv").write_text("\n".join(rows) + "\n", "utf-8")
    if with_events:
        (export / "events.csv").write_text("\n".join([*events, *more_events]) + "\n", "utf-8")
    for name, text in POLICIES.items():
        (policies / f"{name}.toml").write_text(text, "utf-8")
    return export, policies


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if set(text) & set('",') else text
