"""A desk with breaches old and new and with clocks at every share of their target, built by the product itself.

Policy `desk`: first response within an hour, resolution within ten, which stands still while a ticket waits; day and
night, UTC. As of Wednesday 14 January 2026, 12:00 UTC. First responses:

    breached and ended    B1 (agent-1, account acao) 1,800 s late; B2 (account bare, severity 2) solved 3,600 s late
                          without a reply
    breached and open     B0 (account acao), 7,200 s late so far
    running               S1800 to S3241, named for their age in seconds: 50 %, a second more, 75 %, a second more,
                          90 %, a second more

B1 and B2 are solved in time. Every other ticket's resolution is running with less than half of its ten hours gone; that
of P0, whose first response was in time, has stood still for an hour. Policy `bare` promises nothing: W0 waits, W1 was
answered after 600 s.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sla import snapshot

AS_OF = datetime(2026, 1, 14, 12, tzinfo=UTC)
WEEK = "2026-01-12"
AGES = (1800, 1801, 2700, 2701, 3240, 3241)
SUBJECT = "Not <b>bold</b>"
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
[[targets]]
metric = "first_response"
within = "1h"
calendar = "always"
clause = { en = "We answer within an hour.", "pt-BR" = "Respondemos em uma hora." }
[[targets]]
metric = "resolution"
within = "10h"
calendar = "always"
pause_on = ["Waiting"]
clause = { "pt-BR" = "Resolvemos em dez horas." }
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
TICKETS = "ticket_id,created_at,severity,policy,account,agent,team,subject"
EVENTS = "ticket_id,at,kind,by,author,value"
OTHERS = {
    "accounts.csv": "account,name,manager\nacao,Ação e Irmãos,Manager 1\nbare,,Manager 2\n",
    "agents.csv": "agent,name,team\nagent-1,Agent One,Blue\nagent-2,Agent Two,Red\n",
}


def build_desk_at_risk(folder: Path) -> Path:
    """The folder of snapshots, with this desk as the current one."""
    monday = datetime(2026, 1, 12, 9, tzinfo=UTC)
    rows = [f"S{age},{_at(AS_OF - timedelta(seconds=age))},1,desk,bare,agent-2,Red,Question" for age in AGES]
    rows += [
        f"B0,{_at(AS_OF - timedelta(hours=3))},1,desk,acao,agent-2,Red,Still nobody",
        f"B1,{_at(monday)},1,desk,acao,agent-2,Red,{SUBJECT}",
        f"B2,{_at(monday)},2,desk,bare,agent-2,Red,Solved and silent",
        f"P0,{_at(AS_OF - timedelta(hours=2))},1,desk,acao,agent-2,Red,Waits for the customer",
        f"W0,{_at(AS_OF - timedelta(hours=2))},1,bare,acao,agent-2,Red,No promise kept",
        f"W1,{_at(AS_OF - timedelta(hours=4))},1,bare,acao,agent-2,Red,No promise broken",
    ]
    events = [
        f"B1,{_at(monday + timedelta(minutes=90))},message,agent,agent-1,",
        f"B1,{_at(monday + timedelta(hours=2))},status,agent,agent-1,Solved",
        f"B2,{_at(monday + timedelta(hours=2))},status,agent,agent-2,Solved",
        f"P0,{_at(AS_OF - timedelta(minutes=110))},message,agent,agent-2,",
        f"P0,{_at(AS_OF - timedelta(hours=1))},status,agent,agent-2,Waiting",
        f"W1,{_at(AS_OF - timedelta(hours=4) + timedelta(seconds=600))},message,agent,agent-2,",
    ]
    export, policies, snapshots = (folder / name for name in ("export", "policies", "snapshots"))
    for made in (export, policies):
        made.mkdir(parents=True)
    files = OTHERS | {"tickets.csv": _lines(TICKETS, rows), "events.csv": _lines(EVENTS, events)}
    for name, text in files.items():
        (export / name).write_text(text, "utf-8")
    for name, text in POLICIES.items():
        (policies / f"{name}.toml").write_text(text, "utf-8")
    snapshot.build([export], policies=policies, out=snapshots, as_of=AS_OF)
    return snapshots


def _lines(head: str, rows: list[str]) -> str:
    return "\n".join([head, *rows]) + "\n"


def _at(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
