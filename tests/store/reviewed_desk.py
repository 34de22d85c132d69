"""A desk for reviews, small enough to be counted on paper: account X under two policies, and a ticket of account Y.

Policy `hours`: first response in open hours, Monday to Friday 9:00 to 17:00 UTC, objective 90 %. Plan A: severity 1
within an hour, severity 2 within four; plan B: within eight. Policy `bare` promises nothing. As of Tuesday 3 February
2026, 12:00 UTC. Account X has plan A and speaks Portuguese.

    December 2025   B0 met
    January 2026    N0 met (30 min); L0 answered an hour late after a handover; O0 came at 20:00 and was answered an
                    hour late; G0 became severity 1 after two hours and was answered after three; S0 solved without a
                    reply after two hours; U0 unanswered, first assigned after it was due; M0 merged; W0 (bare)
                    answered after 1,200 s
"""

from datetime import UTC, datetime
from pathlib import Path

from sla import snapshot

AS_OF = datetime(2026, 2, 3, 12, tzinfo=UTC)
HOSTILE = "<img src=x onerror='document.title=1'> **bold**"
POLICIES = {
    "hours": """
id = "hours"
name = { en = "Office hours", "pt-BR" = "Horário comercial" }
source = "invented"
objective = 0.9
statuses.solved = ["Solved"]
[calendars.office]
timezone = "UTC"
hours.mon = [["09:00", "17:00"]]
hours.tue = [["09:00", "17:00"]]
hours.wed = [["09:00", "17:00"]]
hours.thu = [["09:00", "17:00"]]
hours.fri = [["09:00", "17:00"]]
[[severities]]
code = "1"
name = { en = "High", "pt-BR" = "Alta" }
[[severities]]
code = "2"
name = { en = "Low", "pt-BR" = "Baixa" }
[[plans]]
code = "A"
name = { en = "Plan A" }
[[plans]]
code = "B"
name = { en = "Plan B" }
[[targets]]
metric = "first_response"
severities = ["1"]
plans = ["A"]
within = "1h"
calendar = "office"
clause = { en = "We answer within an hour.", "pt-BR" = "Respondemos em uma hora." }
[[targets]]
metric = "first_response"
severities = ["2"]
plans = ["A"]
within = "4h"
calendar = "office"
clause = { "pt-BR" = "Respondemos em quatro horas." }
[[targets]]
metric = "first_response"
plans = ["B"]
within = "8h"
calendar = "office"
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
TICKETS = f"""ticket_id,created_at,severity,plan,status,policy,account,channel,subject,merged_into
B0,2025-12-08T10:00:00Z,1,A,Solved,hours,X,email,,
N0,2026-01-05T10:00:00Z,1,A,Solved,hours,X,email,,
L0,2026-01-06T10:00:00Z,1,A,Open,hours,X,email,{HOSTILE},
O0,2026-01-06T20:00:00Z,1,A,Open,hours,X,chat,,
G0,2026-01-07T10:00:00Z,2,A,Open,hours,X,chat,,
S0,2026-01-08T10:00:00Z,1,A,Solved,hours,X,email,,
U0,2026-01-09T10:00:00Z,1,A,Open,hours,X,email,,
M0,2026-01-09T10:00:00Z,1,A,Open,hours,X,email,,N0
W0,2026-01-12T10:00:00Z,,,Open,bare,X,email,,
K0,2026-01-06T10:00:00Z,1,A,Open,hours,Y,email,,
"""
EVENTS = """ticket_id,at,kind,by,author,value
B0,2025-12-08T10:30:00Z,message,agent,ann,
B0,2025-12-09T10:00:00Z,status,agent,ann,Solved
N0,2026-01-05T10:30:00Z,message,agent,ann,
N0,2026-01-05T11:00:00Z,status,agent,ann,Solved
L0,2026-01-06T10:05:00Z,assigned,system,,ann
L0,2026-01-06T10:30:00Z,assigned,agent,ann,bob
L0,2026-01-06T12:00:00Z,message,agent,bob,
O0,2026-01-07T11:00:00Z,message,agent,ann,
G0,2026-01-07T12:00:00Z,severity,agent,ann,1
G0,2026-01-07T13:00:00Z,message,agent,ann,
S0,2026-01-08T12:00:00Z,status,agent,ann,Solved
U0,2026-01-09T12:00:00Z,assigned,system,,ann
W0,2026-01-12T10:20:00Z,message,agent,ann,
K0,2026-01-06T16:00:00Z,message,agent,ann,
"""
RATINGS = f"""ticket_id,rated_at,score,scale_min,scale_max,comment,offered_at
N0,2026-01-05T12:00:00Z,5,1,5,Bom,2026-01-05T11:30:00Z
L0,2026-01-06T13:00:00Z,1,1,5,{HOSTILE},2026-01-06T12:30:00Z
S0,,,1,5,,2026-01-08T13:00:00Z
"""
ACCOUNTS = """account,name,plan,policy,manager,language
X,Conta Exemplo,A,hours,Desk of examples,pt-BR
Y,Sample Account,A,hours,Desk of samples,
"""


def build_reviewed_desk(folder: Path) -> Path:
    """The folder of snapshots, with this desk as the current one."""
    export, policies, snapshots = (folder / name for name in ("export", "policies", "snapshots"))
    for made in (export, policies):
        made.mkdir(parents=True)
    texts = {"tickets": TICKETS, "events": EVENTS, "ratings": RATINGS, "accounts": ACCOUNTS}
    for name, text in texts.items():
        (export / f"{name}.csv").write_text(text, "utf-8")
    for name, text in POLICIES.items():
        (policies / f"{name}.toml").write_text(text, "utf-8")
    snapshot.build([export], policies=policies, out=snapshots, as_of=AS_OF)
    return snapshots
