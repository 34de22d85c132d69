"""Worked tickets: corners that random clocks found, where one rule leans on another."""

from __future__ import annotations

from datetime import date

from tests.clock.examples import (
    DESK,
    NOTICE,
    UPDATES,
    Example,
    Row,
    asks,
    event,
    first,
    later,
    mon,
    policy,
    replies,
    solution,
    status,
    target,
    ticket,
    tue,
    update,
)

LONGER = policy(
    target("first_response", "1h", severities=["1"]),
    target("first_response", "4h", severities=["2"]),
)
QUESTION = {"requester": "Rui", "subject": "It is slow"}

BRAZIL: Row = {**DESK, "valid_from": date(2026, 3, 3), "statuses": {"solved": ["Pronto"]}}

EXAMPLES = [
    Example(
        "before the first version, the words of the first version count all the same",
        "D1, D9",
        # nothing but this policy knows the word
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[status(mon("10:00"), "pronto")],
        policies=[BRAZIL],
        expected={solution(): {"reason": "unknown_policy", "stopped_at": mon("10:00"), "elapsed_s": 3600}},
    ),
    Example(
        "a status without a seq comes before those that have one",
        "5",
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[status(mon("10:00"), "Solved"), status(mon("10:00"), "Open", seq=0)],
        expected={solution(): {"outcome": "running"}},
    ),
    Example(
        "in one second a status event is preferred to the column of a solve",
        "20, D4",
        [ticket(mon("09:00"), solved_at=mon("10:00"))],
        mon("12:00"),
        events=[status(mon("10:00"), "Pending")],
        expected={solution(): {"outcome": "running", "elapsed_s": 3600, "paused_s": 7200}},
    ),
    Example(
        "a clock excluded for its ticket shows the target in force at its end, whatever it was above before",
        "D8",
        # above 1 hour at 10:00, but severity 2 at the end: 4 hours from 09:00
        [ticket(mon("09:00"), merged_into="X")],
        mon("12:00"),
        events=[event(mon("11:00"), "severity", "2")],
        policies=[LONGER],
        expected={first(): {"reason": "merged", "severity": "2", "target_s": 14400, "due_at": mon("13:00")}},
    ),
    Example(
        "an excluded clock that stands still has no due instant, though its time was up",
        "D7",
        [ticket(mon("09:00"), merged_into="X")],
        mon("15:00"),
        events=[status(mon("14:00"), "Pending")],
        expected={solution(): {"reason": "merged", "elapsed_s": 18000, "due_at": None}},
    ),
    Example(
        "on an agent's ticket an impossible solve comes before opened_by_agent",
        "19, D4",
        [ticket(mon("09:00"), opened_by="agent", agent="bob", solved_at=mon("08:00"))],
        mon("12:00"),
        events=[event(mon("08:30"), "assigned", "eva")],
        expected={first(): {"reason": "times_out_of_order", "stopped_at": mon("08:00"), "agent": "eva"}},
    ),
    Example(
        "a notice in the second of the reopening came before the wait that starts there",
        "5, 13",
        # at 10:00 the message of 09:30 is older than a minute: the wait starts with the reopening, after the notice
        [ticket(mon("09:00"), opened_by="agent")],
        mon("10:10"),
        events=[
            status(mon("09:10"), "Solved"),
            asks(mon("09:30")),
            event(mon("10:00"), "acknowledged"),
            status(mon("10:00"), "Open"),
        ],
        policies=[NOTICE],
        expected={first(): {"started_at": mon("10:00"), "outcome": "running", "elapsed_s": 600, "is_open": True}},
    ),
    Example(
        "a notice between the message and its reopening stops the first response",
        "12, 13",
        # the wait starts at 09:59:30, the notice comes 10 seconds later
        [ticket(mon("09:00"), opened_by="agent")],
        mon("10:10"),
        events=[
            status(mon("09:10"), "Solved"),
            asks(mon("09:59:30")),
            event(mon("09:59:40"), "acknowledged"),
            status(mon("10:00"), "Open"),
        ],
        policies=[NOTICE],
        expected={first(): {"started_at": mon("09:59:30"), "outcome": "met", "elapsed_s": 10}},
    ),
    Example(
        "a target that two severities share took effect before the regrading",
        "7, D7",
        # 2 office hours are full at 17:00; severity 3 at 19:00 keeps the same target, so the due instant stays
        [ticket(mon("15:00"), severity="2")],
        mon("20:00"),
        events=[event(mon("19:00"), "severity", "1")],
        policies=[policy(target("first_response", "2h", "office", severities=["1", "2"]))],
        expected={first(): {"outcome": "running", "severity": "1", "due_at": mon("17:00")}},
    ),
    Example(
        "a target that comes back took effect when it came back",
        "7, D7",
        # 2 office hours are full at 17:00; another target was in force from 18:00 to 19:00
        [ticket(mon("15:00"), severity="2")],
        mon("20:00"),
        events=[event(mon("18:00"), "severity", "1"), event(mon("19:00"), "severity", "2")],
        policies=[
            policy(
                target("first_response", "8h", severities=["1"]),
                target("first_response", "2h", "office", severities=["2"]),
            )
        ],
        expected={first(): {"outcome": "running", "severity": "2", "due_at": mon("19:00")}},
    ),
    Example(
        "an earlier ticket that is solved at a time nobody knows hides no later one",
        "D12",
        [
            ticket(mon("09:00"), ticket_id="A", status="Solved", **QUESTION),
            ticket(mon("10:00"), ticket_id="B", **QUESTION),
            ticket(mon("10:30"), ticket_id="C", **QUESTION),
        ],
        mon("10:45"),
        policies=[{**DESK, "duplicates": "same_subject"}],
        expected={
            first("A"): {"reason": "stop_unknown"},
            first("B"): {"outcome": "running"},
            first("C"): {"reason": "duplicate"},
        },
    ),
    Example(
        "as of an earlier instant a status column that tells of later is taken for empty",
        "D19",
        [
            ticket(mon("09:00"), status="Solved"),
            ticket(mon("09:00"), ticket_id="U", status="Spam", closed_at=tue("09:00")),
        ],
        mon("10:00"),
        events=[status(tue("08:00"), "Solved")],
        expected={first(): {"outcome": "running", "is_open": True}, first("U"): {"outcome": "running"}},
    ),
    Example(
        "no update starts in the second in which a ticket is reopened, for a reply comes before the status",
        "5, 16",
        [ticket(mon("09:00"))],
        mon("15:00"),
        events=[status(mon("10:00"), "Solved"), replies(mon("11:00")), status(mon("11:00"), "Open")],
        policies=[UPDATES],
        expected={first(): {"reason": "solved_without_reply"}},
        absent=(update(), later()),
    ),
    Example(
        "columns later than the as-of instant take no part, and without a reply that one is the wait's",
        "10, D4",
        [ticket(mon("09:00"), first_reply_at=mon("09:40"), acknowledged_at=mon("09:20"), closed_at=mon("11:00"))],
        mon("09:30"),
        policies=[NOTICE],
        expected={
            first(): {"stopped_at": mon("09:20"), "elapsed_s": 1200, "first_reply_at": None},
            solution(): {"outcome": "running", "elapsed_s": 1800},
        },
    ),
    Example(
        "a solve dated before the creation holds from the creation",
        "D2",
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[status(mon("08:00"), "Solved", author="bob")],
        expected={
            first(): {"reason": "solved_without_reply", "stopped_at": mon("09:00"), "elapsed_s": 0},
            solution(): {"outcome": "met", "stopped_at": mon("09:00"), "elapsed_s": 0, "agent": "bob"},
        },
    ),
]
