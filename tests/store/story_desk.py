"""Four tickets whose every second can be added up on paper, built by the product itself. As of 6 March 2026, 12:00.

The desk is open Monday to Friday 9:00 to 18:00 in Lisbon (UTC until the end of March) and shut on Wednesday 4 March. It
answers High in one hour and Low in four, and resolves in 24; `Pending` waits for the customer.

    S1   Monday 11:00 as Low, High from 11:30, answered 13:00: 7,200 s of 3,600 s, due 12:00, late by 3,600 s.
         Pending 14:00 to 16:00, solved Thursday 10:00: 3 + 2 (Monday) + 9 (Tuesday) + 1 = 15 hours, 54,000 s.
         Reopened Friday 9:00, solved 10:00: 54,000 + 3,600 = 57,600 s of 86,400 s. Rated 5 of 1 to 5.
    R1   Friday 11:00 as Low, unanswered: 3,600 s of 14,400 s, due 15:00
    M1   merged into S1
    F1   opened after the as-of instant
"""

from datetime import datetime
from pathlib import Path

from sla import snapshot
from tests.store.small_desk import HOSTILE

AS_OF = datetime(2026, 3, 6, 12)
POLICY = """
id = "desk"
name = { en = "The desk", "pt-BR" = "A mesa", ar = "المكتب" }
source = "invented"
valid_from = 2026-01-01
statuses.waiting = ["Pending"]
statuses.solved = ["Solved"]
[calendars.office]
timezone = "Europe/Lisbon"
hours.mon = [["09:00", "18:00"]]
hours.tue = [["09:00", "18:00"]]
hours.wed = [["09:00", "18:00"]]
hours.thu = [["09:00", "18:00"]]
hours.fri = [["09:00", "18:00"]]
holidays = ["2026-03-04"]
[[severities]]
code = "1"
name = { en = "High", "pt-BR" = "Alta", ar = "عالية" }
[[severities]]
code = "2"
name = { en = "Low", "pt-BR" = "Baixa", ar = "منخفضة" }
[[targets]]
metric = "first_response"
severities = ["1"]
within = "1h"
calendar = "office"
clause = { "pt-BR" = "Alta: em <b>uma</b> hora.", ar = "عالية: خلال ساعة." }
[[targets]]
metric = "first_response"
severities = ["2"]
within = "4h"
calendar = "office"
[[targets]]
metric = "resolution"
within = "24h"
calendar = "office"
"""
TICKETS = f"""ticket_id,created_at,severity,status,policy,account,agent,team,subject,merged_into
S1,2026-03-02T11:00:00Z,Low,Solved,desk,"{HOSTILE.replace('"', '""')}",ann,Red,"{HOSTILE.replace('"', '""')}",
R1,2026-03-06T11:00:00Z,Low,Open,desk,X,,,,
M1,2026-03-03T11:00:00Z,Low,Open,desk,X,,,Again,S1
F1,2026-03-06T13:00:00Z,Low,Open,desk,X,,,Later,
"""
EVENTS = """ticket_id,at,kind,by,author,public,value
S1,2026-03-02T10:00:00Z,message,agent,ann,true,
S1,2026-03-02T11:10:00Z,assigned,system,,,ann
S1,2026-03-02T11:30:00Z,severity,agent,ann,,High
S1,2026-03-02T12:30:00Z,message,agent,ann,false,
S1,2026-03-02T13:00:00Z,message,agent,ann,true,
S1,2026-03-02T14:00:00Z,status,agent,ann,,Pending
S1,2026-03-02T16:00:00Z,status,customer,<i>c</i>,,Open
S1,2026-03-05T10:00:00Z,status,agent,ann,,Solved
S1,2026-03-06T09:00:00Z,status,customer,,,Open
S1,2026-03-06T10:00:00Z,status,agent,ann,,Solved
"""
RATINGS = f"""ticket_id,rated_at,score,scale_min,scale_max,comment,offered_at
S1,,,1,5,,2026-03-05T11:00:00Z
S1,2026-03-06T11:00:00Z,5,1,5,"{HOSTILE.replace('"', '""')}",2026-03-06T10:30:00Z
S1,2026-03-06T18:00:00Z,1,1,5,after the as-of instant,
"""
AGENTS = "agent,name,team,timezone\nann,Ann Other,Red,\n"


def build_story_desk(folder: Path) -> Path:
    """The folder of snapshots, with these tickets in the current one."""
    texts = {"tickets": TICKETS, "events": EVENTS, "ratings": RATINGS, "agents": AGENTS}
    (folder / "export").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "export" / f"{name}.csv").write_text(text, "utf-8")
    (folder / "policies").mkdir()
    (folder / "policies" / "desk.toml").write_text(POLICY, "utf-8")
    snapshot.build([folder / "export"], policies=folder / "policies", out=folder / "snapshots", as_of=AS_OF)
    return folder / "snapshots"
