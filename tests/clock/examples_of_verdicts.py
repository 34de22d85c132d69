"""Worked tickets: targets in force, breaches and the reasons to exclude (rules 6 to 8, 19 to 21)."""

from __future__ import annotations

from tests.clock.examples import (
    DESK,
    NOTICE,
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

PLANS = policy(
    target("first_response", "1h", plans=["Pro"]),
    target("first_response", "3h", plans=["Basic"]),
    plans=[{"code": "Pro", "name": {"en": "Pro", "pt-BR": "Profissional"}, "aliases": ["Gold"]}],
    default_plan="Basic",
)
NO_SEVERITIES = {name: value for name, value in policy(target("first_response", "1h")).items() if name != "severities"}
NO_TARGETS = policy()
LONGER = policy(
    target("first_response", "1h", severities=["1"]),
    target("first_response", "4h", severities=["2"]),
)
SAME_SUBJECT = policy(target("first_response", "1h"), duplicates="same_subject")
QUESTION = {"requester": "Rui", "subject": "It is slow"}


def other(ticket_id: str, rows: list[Row]) -> list[Row]:
    """The same events on another ticket."""
    return [{**row, "ticket_id": ticket_id} for row in rows]


REGRADING = [
    Example(
        "exactly at the target is met",
        "6",
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[replies(mon("10:00"))],
        expected={first(): {"outcome": "met", "elapsed_s": 3600, "due_at": mon("10:00"), "reason": None}},
    ),
    Example(
        "an unanswered clock at its target is running, a second later it is breached",
        "6, 8",
        [ticket(mon("09:00")), ticket(mon("08:59:59"), ticket_id="U")],
        mon("10:00"),
        expected={
            first(): {"outcome": "running", "elapsed_s": 3600, "is_open": True},
            first("U"): {"outcome": "breached", "elapsed_s": 3601, "stopped_at": None, "is_open": True},
        },
    ),
    Example(
        "raising the severity can breach at once, and the due instant is then the regrading",
        "7",
        # 4 hours until 11:00, where 1 hour takes over: 2 hours are gone
        [ticket(mon("09:00"), severity="2")],
        mon("11:30"),
        events=[event(mon("11:00"), "severity", "P1")],
        policies=[LONGER],
        expected={
            first(): {
                "outcome": "breached",
                "severity": "1",
                "target_s": 3600,
                "elapsed_s": 9000,
                "due_at": mon("11:00"),
            }
        },
    ),
    Example(
        "lowering the severity afterwards does not undo a breach",
        "7, D8",
        # above 1 hour from 10:00; severity 2 from 10:30 comes too late. Elapsed runs to the reply
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[event(mon("10:30"), "severity", "2"), replies(mon("11:00"))],
        policies=[LONGER],
        expected={first(): {"outcome": "breached", "severity": "1", "due_at": mon("10:00"), "elapsed_s": 7200}},
    ),
    Example(
        "lowering it in time gives the longer target, from the start",
        "7",
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[event(mon("10:00"), "severity", "2"), replies(mon("11:00"))],
        policies=[LONGER],
        expected={first(): {"outcome": "met", "severity": "2", "target_s": 14400, "due_at": mon("13:00")}},
    ),
    Example(
        "time is continuous: above the target by one second at the regrading is breached under the old one",
        "D6",
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[event(mon("10:00:01"), "severity", "2"), replies(mon("11:00"))],
        policies=[LONGER],
        expected={first(): {"outcome": "breached", "severity": "1", "due_at": mon("10:00"), "elapsed_s": 7200}},
    ),
    Example(
        "a regrading in the second of the stop comes before the stop",
        "5, D6",
        [ticket(mon("09:00"), severity="2")],
        mon("12:00"),
        events=[replies(mon("11:00")), event(mon("11:00"), "severity", "1")],
        policies=[LONGER],
        expected={first(): {"outcome": "breached", "severity": "1", "due_at": mon("11:00"), "elapsed_s": 7200}},
    ),
    Example(
        "a regrading changes the calendar from the start",
        "7",
        # severity 2 from 18:00 on: Monday 09:00 to 17:00 is all 8 office hours; due at closing, but not before 18:00
        [ticket(mon("09:00"))],
        mon("20:00"),
        events=[status(mon("10:00"), "Pending"), event(mon("18:00"), "severity", "2"), status(mon("18:00"), "Open")],
        expected={
            # Pending from 10:00 to 18:00 is 7 office hours: 1 hour gone, 7 more on Tuesday from 09:00
            solution(): {
                "severity": "2",
                "calendar": "office",
                "elapsed_s": 3600,
                "paused_s": 25200,
                "due_at": tue("16:00"),
            }
        },
    ),
    Example(
        "the due instant is never before the target in force took effect",
        "7, D7",
        # 2 office hours are exactly full at 17:00; severity 2 took effect at 19:00, as a longer one had been in force
        [ticket(mon("15:00"), severity="1")],
        mon("20:00"),
        events=[event(mon("19:00"), "severity", "2")],
        policies=[
            policy(
                target("first_response", "8h", severities=["1"]),
                target("first_response", "2h", "office", severities=["2"]),
            )
        ],
        expected={first(): {"outcome": "running", "elapsed_s": 7200, "due_at": mon("19:00")}},
    ),
    Example(
        "a plan that changes changes the target",
        "7",
        [ticket(mon("09:00"), plan="basic")],
        mon("11:00"),
        events=[event(mon("10:30"), "plan", " gold ")],
        policies=[PLANS],
        expected={first(): {"outcome": "breached", "plan": "Pro", "due_at": mon("10:30"), "elapsed_s": 7200}},
    ),
    Example(
        "a plan left out is the account's at the creation, else the default plan",
        "7",
        [
            ticket(mon("09:00"), account="Acme"),
            ticket(mon("08:00"), account="Acme", ticket_id="U"),
            ticket(mon("09:00"), ticket_id="V"),
        ],
        mon("09:30"),
        policies=[PLANS],
        accounts=[
            {"account": "Acme", "plan": "Basic", "valid_from": None},
            {"account": "Acme", "plan": "Profissional", "valid_from": mon("08:30")},
        ],
        expected={
            first(): {"plan": "Pro", "target_s": 3600, "account": "Acme"},
            first("U"): {"plan": "Basic", "target_s": 10800},
            first("V"): {"plan": "Basic", "target_s": 10800, "account": None},
        },
    ),
]

EXCLUSIONS = [
    Example(
        "a merged ticket is excluded with its times in sight, by column, event or tag",
        "19",
        [
            ticket(mon("09:00"), merged_into="X"),
            ticket(mon("09:00"), ticket_id="U"),
            ticket(mon("09:00"), ticket_id="V", tags="vip; Closed_By_Merge"),
        ],
        mon("12:00"),
        events=other("U", [event(mon("10:00"), "merged", "X")]),
        expected={
            key: {
                "outcome": "excluded",
                "reason": "merged",
                "elapsed_s": 10800,
                "is_open": False,
                "due_at": mon("10:00"),
            }
            for key in (first(), first("U"), first("V"))
        },
    ),
    Example(
        "an excluded status counts now, not then",
        "19",
        [ticket(mon("09:00")), ticket(mon("09:00"), ticket_id="U"), ticket(mon("09:00"), ticket_id="V", status="spam")],
        mon("09:30"),
        events=[
            status(mon("09:10"), "Spam"),
            *other("U", [status(mon("09:10"), "Spam"), status(mon("09:20"), "Open")]),
            *other("V", [status(mon("09:10"), "Open")]),
        ],
        expected={
            first(): {"reason": "excluded_status", "is_open": False},
            first("U"): {"outcome": "running", "reason": None},
            first("V"): {"reason": "excluded_status"},
        },
    ),
    Example(
        "a duplicate closed as such is excluded, by status or tag",
        "19",
        [ticket(mon("09:00"), status="Duplicate"), ticket(mon("09:00"), ticket_id="U", tags="DUP")],
        mon("12:00"),
        expected={first(): {"reason": "duplicate"}, first("U"): {"reason": "duplicate"}},
    ),
    Example(
        "same requester and subject while the earlier ticket is not solved",
        "19, D12",
        # A is open until 10:00; B comes before (duplicate), C after; D comes while B is open, which hides nothing
        [
            ticket(mon("09:00"), ticket_id="A", **QUESTION),
            ticket(mon("09:59:59"), ticket_id="B", requester="RUI ", subject=" it is slow"),
            ticket(mon("10:00"), ticket_id="C", **QUESTION),
            ticket(mon("09:30"), ticket_id="E", requester="Rui", subject="Another"),
        ],
        mon("12:00"),
        events=other("A", [status(mon("10:00"), "Solved")]),
        policies=[SAME_SUBJECT],
        expected={
            first("A"): {"reason": "solved_without_reply"},
            first("B"): {"reason": "duplicate"},
            first("C"): {"outcome": "breached", "reason": None},
            first("E"): {"outcome": "breached", "reason": None},
        },
    ),
    Example(
        "own columns take the place of events that are missing",
        "20, D4, D13",
        [
            ticket(
                mon("09:00"),
                agent="bob",
                team="East",
                first_reply_at=mon("09:45"),
                closed_at=mon("12:00"),
                solved_at=mon("11:00"),
            )
        ],
        mon("15:00"),
        agents=[{"agent": "bob", "team": "North"}],
        expected={
            first(): {
                "outcome": "met",
                "elapsed_s": 2700,
                "first_reply_at": mon("09:45"),
                "agent": "bob",
                "team": "North",
            },
            solution(): {"outcome": "met", "elapsed_s": 7200, "stopped_at": mon("11:00")},
        },
        absent=(later(),),
    ),
    Example(
        "events are preferred to own columns, kind by kind",
        "20, D4",
        # the reply comes from the events, the solve from the column
        [ticket(mon("09:00"), first_reply_at=mon("09:10"), closed_at=mon("11:00"))],
        mon("15:00"),
        events=[replies(mon("09:50")), status(mon("10:00"), "Pending")],
        expected={
            first(): {"stopped_at": mon("09:50")},
            solution(): {"stopped_at": mon("11:00"), "elapsed_s": 3600, "paused_s": 3600},
        },
    ),
    Example(
        "a column that puts the stop before the start measures nothing",
        "19, D4",
        [ticket(mon("09:00"), first_reply_at=mon("08:59"), solved_at=mon("08:58"), agent="bob")],
        mon("15:00"),
        expected={
            first(): {
                "reason": "times_out_of_order",
                "elapsed_s": 0,
                "stopped_at": mon("08:59"),
                "due_at": mon("10:00"),
                "first_reply_at": None,
                "is_open": False,
            },
            solution(): {"reason": "times_out_of_order", "elapsed_s": 0, "stopped_at": mon("08:58")},
        },
    ),
    Example(
        "a notice before the creation is out of order only where the notice counts",
        "19, D4",
        [
            ticket(mon("09:00"), acknowledged_at=mon("08:59")),
            ticket(mon("09:00"), ticket_id="U", acknowledged_at=mon("08:59"), policy="plain"),
        ],
        mon("09:15"),
        policies=[NOTICE, {**DESK, "id": "plain"}],
        expected={
            first(): {"reason": "times_out_of_order", "stopped_at": mon("08:59")},
            first("U"): {"outcome": "running"},
        },
    ),
    Example(
        "solved, and nobody knows when: measured up to the last sign that it was not",
        "19, D5",
        # the last sign is 10:30; the first response was above its hour then, the resolution not above 4
        [ticket(mon("09:00"), status="Solved")],
        mon("23:00"),
        events=[status(mon("10:30"), "Open")],
        expected={
            first(): {"outcome": "breached", "elapsed_s": 5400, "is_open": False, "stopped_at": None},
            solution(): {"outcome": "excluded", "reason": "stop_unknown", "elapsed_s": 5400, "is_open": False},
        },
    ),
    Example(
        "solved again after a reopening, and nobody knows when",
        "19, D5",
        # reopened at 11:00, which is the last sign; 7200 carried
        [ticket(mon("09:00"), status="Closed")],
        mon("23:00"),
        events=[status(mon("11:00:00"), "Solved"), status(mon("12:00"), "Open")],
        expected={
            solution(1): {"outcome": "met", "elapsed_s": 7200},
            solution(2): {"reason": "stop_unknown", "elapsed_s": 7200, "carried_s": 7200},
        },
    ),
    Example(
        "an unknown severity is shown as written and measured under the default calendar",
        "19, D10",
        # office hours from 09:00 to 12:00, Pending 10:00 to 11:00
        [ticket(mon("09:00"), severity=" Huge "), ticket(mon("09:00"), ticket_id="U", severity=None)],
        mon("12:00"),
        events=[status(mon("10:00"), "Pending"), status(mon("11:00"), "Open")],
        expected={
            first(): {"reason": "unknown_severity", "severity": "Huge", "calendar": "office", "elapsed_s": 10800},
            solution(): {"reason": "unknown_severity", "elapsed_s": 7200, "paused_s": 3600, "due_at": None},
            first("U"): {"reason": "unknown_severity", "severity": None},
        },
    ),
    Example(
        "a breach that happened comes before an unknown severity at the end",
        "19",
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[event(mon("11:00"), "severity", "Huge")],
        expected={first(): {"outcome": "breached", "severity": "1", "due_at": mon("10:00")}},
    ),
    Example(
        "an unknown plan, where targets name plans",
        "19",
        [ticket(mon("09:00"), plan="Platinum"), ticket(mon("09:00"), ticket_id="U", plan="Platinum", policy="desk2")],
        mon("09:30"),
        policies=[PLANS, {**DESK, "id": "desk2"}],
        expected={
            first(): {"reason": "unknown_plan", "plan": "Platinum", "target_s": None},
            first("U"): {"outcome": "running", "plan": "Platinum"},
        },
    ),
    Example(
        "a policy nobody knows, and no policy at all",
        "19, D9",
        [ticket(mon("09:00"), policy="Nowhere"), ticket(mon("09:00"), ticket_id="U")],
        mon("12:00"),
        events=[status(mon("10:00"), "Spam")],
        default_policy=None,
        expected={
            first(): {"reason": "unknown_policy", "policy": "Nowhere", "elapsed_s": 10800, "calendar": None},
            first("U"): {"reason": "unknown_policy", "policy": None, "elapsed_s": 10800, "is_open": True},
        },
    ),
    Example(
        "the ticket's policy comes before its account's, and that before the default; ids match whatever their case",
        "D9",
        [
            ticket(mon("09:00"), policy="PLAIN", account="Acme"),
            ticket(mon("09:00"), ticket_id="U", account="Acme"),
            ticket(mon("09:00"), ticket_id="V"),
        ],
        mon("09:30"),
        policies=[DESK, {**DESK, "id": "plain"}, {**DESK, "id": "gold"}],
        accounts=[{"account": "Acme", "policy": "gold"}],
        expected={first(): {"policy": "plain"}, first("U"): {"policy": "gold"}, first("V"): {"policy": "desk"}},
    ),
    Example(
        "no target means no verdict, and every ticket has its clocks all the same",
        "21",
        [ticket(mon("09:00"))],
        tue("12:00"),
        events=[replies(mon("10:00")), asks(mon("11:00"))],
        policies=[NO_TARGETS],
        expected={
            first(): {"reason": "no_target", "elapsed_s": 3600, "target_s": None, "calendar": "office", "due_at": None},
            # 11:00 to 17:00 and 09:00 to 12:00
            later(): {"reason": "no_target", "elapsed_s": 9 * 3600, "is_open": True},
            solution(): {"reason": "no_target", "elapsed_s": 11 * 3600},
        },
        absent=(update(),),
    ),
    Example(
        "a version that promises updates to one severity counts the others as no_target",
        "21, D11",
        [ticket(mon("09:00")), ticket(mon("09:00"), ticket_id="U", severity="2")],
        mon("12:00"),
        events=[*other("T", [replies(mon("10:00"))]), *other("U", [replies(mon("10:00"))])],
        policies=[policy(target("periodic_update", "1h", severities=["1"]))],
        expected={
            update(): {"outcome": "breached"},
            ("U", "periodic_update", 1): {"reason": "no_target", "calendar": "office"},
        },
    ),
    Example(
        "a policy without severities knows every severity",
        "CONTRACT 3",
        [ticket(mon("09:00"), severity="Whatever"), ticket(mon("09:00"), ticket_id="U", severity=None)],
        mon("09:30"),
        policies=[NO_SEVERITIES],
        expected={
            first(): {"outcome": "running", "severity": "Whatever"},
            first("U"): {"outcome": "running", "severity": None},
        },
    ),
    Example(
        "a clock that nobody stopped is credited to whom the ticket was assigned at its end",
        "D13",
        [ticket(mon("09:00"), agent="ana", team="East")],
        mon("12:00"),
        events=[
            event(mon("09:30"), "assigned", "bob"),
            replies(mon("09:40"), None),
            event(mon("10:00"), "assigned", "eva"),
        ],
        agents=[{"agent": "bob", "team": "North"}, {"agent": "ana", "team": "South"}],
        expected={first(): {"agent": "bob", "team": "North"}, solution(): {"agent": "eva", "team": "East"}},
    ),
    Example(
        "the first reason that applies is the reason",
        "19",
        # merged, spam, tagged as a duplicate and long breached; and breached before an unknown severity
        [
            ticket(mon("09:00"), merged_into="X", status="Spam", tags="dup"),
            ticket(mon("09:00"), ticket_id="U", status="Spam", tags="dup"),
        ],
        mon("23:00"),
        expected={first(): {"reason": "merged"}, first("U"): {"reason": "excluded_status"}},
    ),
]
EXAMPLES = REGRADING + EXCLUSIONS
