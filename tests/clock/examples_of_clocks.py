"""Worked tickets: which clocks there are, when they start, stop and stand still (rules 5 and 12 to 18)."""

from __future__ import annotations

from tests.clock.examples import (
    NOTICE,
    UPDATES,
    Example,
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
    wed,
)

PAUSED_REPLIES = policy(target("next_response", "1h", pause_on=["Pending", "Closed"]))
EXAMPLES = [
    Example(
        "more messages by the customer do not restart a wait",
        "12, 13",
        # 09:00 to 09:50
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[asks(mon("09:10")), asks(mon("09:40")), replies(mon("09:50"))],
        expected={
            first(): {
                "started_at": mon("09:00"),
                "stopped_at": mon("09:50"),
                "elapsed_s": 3000,
                "outcome": "met",
                "first_reply_at": mon("09:50"),
                "agent": "ana",
                "is_open": False,
            }
        },
        absent=(later(),),
    ),
    Example(
        "notes and automations are no replies",
        "12",
        [ticket(mon("09:00"), opened_by="system")],
        mon("09:30"),
        events=[replies(mon("09:10"), public=False), event(mon("09:20"), "message", by="system")],
        expected={first(): {"outcome": "running", "elapsed_s": 1800}},
    ),
    Example(
        "every later wait is a cycle of next_response, from the oldest unanswered message",
        "14",
        # first 09:00-09:10; then 09:20-09:50 (not from 09:30); then 10:00 until now, 2 hours, due 11:00
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[
            replies(mon("09:10")),
            asks(mon("09:20")),
            asks(mon("09:30")),
            replies(mon("09:50"), "bob"),
            asks(mon("10:00")),
        ],
        expected={
            later(1): {"started_at": mon("09:20"), "elapsed_s": 1800, "outcome": "met", "agent": "bob"},
            later(2): {"elapsed_s": 7200, "outcome": "breached", "due_at": mon("11:00"), "is_open": True},
        },
        absent=(later(3),),
    ),
    Example(
        "in one second the customer speaks before the agent, and the agent before the status",
        "5",
        # 09:10 answered and solved at once; 10:00 asked and answered at once: a wait of no length that is met
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[
            status(mon("09:10"), "Solved"),
            replies(mon("09:10")),
            status(mon("09:30"), "Open"),
            replies(mon("10:00")),
            asks(mon("10:00")),
        ],
        expected={
            first(): {"outcome": "met", "elapsed_s": 600},
            later(): {"outcome": "met", "elapsed_s": 0, "started_at": mon("10:00"), "stopped_at": mon("10:00")},
        },
    ),
    Example(
        "within one second the status with the highest seq holds, then the last by its text",
        "5, D3",
        # 10:00 Open (seq 1), Solved (seq 2): solved. 11:00 without seq: "Open" comes before "Solved", still solved
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[
            status(mon("10:00"), "Solved", seq=2),
            status(mon("10:00"), "Open", seq=1),
            status(mon("11:00"), "Solved"),
            status(mon("11:00"), "Open"),
        ],
        expected={solution(): {"outcome": "met", "stopped_at": mon("10:00")}},
        absent=(solution(2),),
    ),
    Example(
        "a ticket solved and reopened within one second was not solved",
        "D3",
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[status(mon("10:00"), "Solved", seq=1), status(mon("10:00"), "Open", seq=2)],
        expected={solution(): {"outcome": "running", "elapsed_s": 10800}},
        absent=(solution(2),),
    ),
    Example(
        "thanks on a solved ticket starts nothing",
        "12",
        [ticket(mon("09:00"))],
        mon("15:00"),
        events=[replies(mon("09:10")), status(mon("09:20"), "Solved"), asks(mon("09:30"))],
        expected={solution(): {"outcome": "met", "elapsed_s": 1200}},
        absent=(later(),),
    ),
    Example(
        "the message that reopens a ticket starts the wait, when it came at most a minute before",
        "12",
        # asked 10:00:00, reopened 10:01:00, answered 10:31:00: 1860 seconds
        [ticket(mon("09:00"))],
        mon("15:00"),
        events=[
            replies(mon("09:10")),
            status(mon("09:20"), "Solved"),
            asks(mon("09:30")),
            asks(mon("10:00")),
            status(mon("10:01"), "Open"),
            replies(mon("10:31")),
        ],
        expected={later(): {"started_at": mon("10:00"), "elapsed_s": 1860, "outcome": "met"}},
    ),
    Example(
        "an older message waits from the reopening",
        "12",
        # asked 10:00:00, reopened 10:01:01, answered 10:31:01: 1800 seconds
        [ticket(mon("09:00"))],
        mon("15:00"),
        events=[
            replies(mon("09:10")),
            status(mon("09:20"), "Solved"),
            asks(mon("10:00")),
            status(mon("10:01:01"), "Open"),
            replies(mon("10:31:01")),
        ],
        expected={later(): {"started_at": mon("10:01:01"), "elapsed_s": 1800, "outcome": "met"}},
    ),
    Example(
        "a reopening without a message, or after an answer, starts no wait",
        "12",
        [ticket(mon("09:00"))],
        mon("15:00"),
        events=[
            replies(mon("09:10")),
            status(mon("09:20"), "Solved"),
            asks(mon("09:30")),
            replies(mon("09:40")),
            status(mon("09:50"), "Open"),
        ],
        expected={solution(2): {"outcome": "breached"}},
        absent=(later(),),
    ),
    Example(
        "on an agent's ticket the first wait starts with the customer's first message",
        "13",
        # 09:30 to 10:00
        [ticket(mon("09:00"), opened_by="agent")],
        mon("12:00"),
        events=[replies(mon("09:00")), asks(mon("09:30")), replies(mon("10:00"))],
        expected={first(): {"started_at": mon("09:30"), "elapsed_s": 1800, "first_reply_at": mon("10:00")}},
        absent=(later(),),
    ),
    Example(
        "an agent's ticket on which no customer wrote has no first response to measure",
        "13, D8, D14",
        [ticket(mon("09:00"), opened_by="agent")],
        mon("12:00"),
        events=[replies(mon("09:10")), event(mon("10:00"), "severity", "2")],
        expected={
            first(): {
                "outcome": "excluded",
                "reason": "opened_by_agent",
                "started_at": mon("09:00"),
                "stopped_at": None,
                "elapsed_s": 0,
                "severity": "1",
                "due_at": None,
                "first_reply_at": mon("09:10"),
                "is_open": False,
            },
            solution(): {"outcome": "running", "severity": "2"},
        },
    ),
    Example(
        "the notice stops the first response but not the wait",
        "13, D15",
        # notice after 20 minutes; the reply of 09:40 ends the wait, so 10:00 starts a new one
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[
            event(mon("09:20"), "acknowledged", author="eva"),
            asks(mon("09:30")),
            replies(mon("09:40")),
            asks(mon("10:00")),
        ],
        policies=[NOTICE],
        expected={
            first(): {"stopped_at": mon("09:20"), "elapsed_s": 1200, "first_reply_at": mon("09:40"), "agent": "eva"},
            later(): {"started_at": mon("10:00"), "reason": "no_target", "elapsed_s": 7200},
        },
        absent=(later(2),),
    ),
    Example(
        "where the notice counts, an earlier reply stops the first response too",
        "13",
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[replies(mon("09:20")), event(mon("09:25"), "acknowledged")],
        policies=[NOTICE],
        expected={first(): {"stopped_at": mon("09:20"), "outcome": "met"}},
    ),
    Example(
        "where a reply is asked for, the notice stops nothing",
        "13",
        [ticket(mon("09:00"))],
        mon("09:30"),
        events=[event(mon("09:20"), "acknowledged")],
        expected={first(): {"outcome": "running"}},
    ),
    Example(
        "a reply before the creation stops nothing",
        "12, D2",
        [ticket(mon("09:00"))],
        mon("09:30"),
        events=[replies(mon("08:59:59")), asks(mon("08:00"))],
        expected={first(): {"outcome": "running", "elapsed_s": 1800, "first_reply_at": None}},
    ),
    Example(
        "solved without a reply is no free met",
        "15",
        [ticket(mon("09:00"))],
        mon("15:00"),
        events=[status(mon("10:00"), "Solved")],
        expected={
            first(): {
                "outcome": "excluded",
                "reason": "solved_without_reply",
                "elapsed_s": 3600,
                "due_at": mon("10:00"),
            }
        },
    ),
    Example(
        "solved without a reply when the target had passed is a breach",
        "15",
        [ticket(mon("09:00"))],
        mon("15:00"),
        events=[status(mon("10:00:01"), "Solved", author="bob")],
        expected={first(): {"outcome": "breached", "elapsed_s": 3601, "stopped_at": mon("10:00:01"), "agent": "bob"}},
    ),
    Example(
        "periodic updates run from one reply to the next, and stand still while waiting on the customer",
        "16",
        # 1: 09:10 to 10:10, an hour. 2: 10:10 to 13:10, Pending 10:40 to 11:40: 2 hours. 3: 13:10 to the solve at 15:20
        [ticket(mon("09:00"))],
        mon("18:00"),
        events=[
            replies(mon("09:10")),
            replies(mon("10:10")),
            status(mon("10:40"), "Pending"),
            status(mon("11:40"), "Open"),
            replies(mon("13:10")),
            status(mon("15:20"), "Solved"),
            replies(mon("15:30")),
        ],
        policies=[UPDATES],
        expected={
            update(1): {"outcome": "met", "elapsed_s": 3600, "paused_s": 0},
            # running on without a pause from its stop, it would reach 7200 at 13:10
            update(2): {"outcome": "met", "elapsed_s": 7200, "paused_s": 3600, "due_at": mon("13:10")},
            update(3): {"outcome": "breached", "elapsed_s": 7800, "due_at": mon("15:10")},
        },
        absent=(update(4),),
    ),
    Example(
        "two replies in one second make no update of no length, and a reply now starts one",
        "16",
        [ticket(mon("09:00"))],
        mon("10:00"),
        events=[replies(mon("09:10")), replies(mon("09:10"), "bob"), replies(mon("10:00"))],
        policies=[UPDATES],
        expected={
            update(1): {"started_at": mon("09:10"), "stopped_at": mon("10:00"), "elapsed_s": 3000},
            update(2): {"started_at": mon("10:00"), "elapsed_s": 0, "outcome": "running", "due_at": mon("12:00")},
        },
        absent=(update(3),),
    ),
    Example(
        "a resolution that is reopened carries what it measured, not the solved time",
        "17",
        # 09:00 to 10:30 is 5400; 12:00 to 13:00: 5400 + 3600 = 9000; from 14:00 on, due at 14:00 + (14400 - 9000)
        [ticket(mon("09:00"))],
        mon("15:00"),
        events=[
            status(mon("10:30"), "Solved"),
            status(mon("11:00"), "Closed"),
            status(mon("12:00"), "Open"),
            status(mon("13:00"), "Solved"),
            status(mon("14:00"), "Open"),
        ],
        expected={
            solution(1): {"outcome": "met", "elapsed_s": 5400, "carried_s": 0, "stopped_at": mon("10:30")},
            solution(2): {"outcome": "met", "elapsed_s": 9000, "carried_s": 5400, "due_at": mon("14:30")},
            solution(3): {"outcome": "running", "elapsed_s": 12600, "carried_s": 9000, "due_at": mon("15:30")},
        },
    ),
    Example(
        "a breach is counted once, whatever follows a reopening",
        "17",
        # 09:00 to 14:00 is 5 hours, above 4; the later cycle carries them
        [ticket(mon("09:00"))],
        mon("17:00"),
        events=[status(mon("14:00"), "Solved"), status(mon("15:00"), "Open"), status(mon("16:00"), "Solved")],
        expected={
            solution(1): {"outcome": "breached", "elapsed_s": 18000, "due_at": mon("13:00")},
            # 18000 carried is above 14400 at its start: due at once
            solution(2): {"reason": "already_breached", "elapsed_s": 21600, "due_at": mon("15:00")},
        },
    ),
    Example(
        "waiting statuses pause the resolution and no response",
        "18",
        # 09:30 to 10:00 is taken out of the resolution only
        [ticket(mon("09:00"))],
        mon("10:30"),
        events=[status(mon("09:30"), " pending "), status(mon("10:00"), "Open")],
        expected={
            first(): {"elapsed_s": 5400, "paused_s": 0, "outcome": "breached"},
            solution(): {"elapsed_s": 3600, "paused_s": 1800, "due_at": mon("13:30")},
        },
    ),
    Example(
        "pauses are measured in open seconds",
        "18",
        # office hours. Pending from Monday 16:30 to Tuesday 10:00 is 1800 + 3600 open seconds; running are Monday 16:00
        # to 16:30 and Tuesday 10:00 to 11:00, 1800 + 3600; the other 28800 - 5400 are 6 h until 17:00 and 30 min more
        [ticket(mon("16:00"), severity="2")],
        tue("11:00"),
        events=[status(mon("16:30"), "Pending"), status(tue("10:00"), "Open")],
        expected={solution(): {"elapsed_s": 5400, "paused_s": 5400, "due_at": wed("09:30")}},
    ),
    Example(
        "a target's pause_on stands alone, for a response too",
        "18",
        # 10:00 asked, Pending 10:15 to 10:45, answered 11:20: 80 minutes less 30
        [ticket(mon("09:00"))],
        mon("12:00"),
        events=[
            replies(mon("09:10")),
            asks(mon("10:00")),
            status(mon("10:15"), "Pending"),
            status(mon("10:45"), "Open"),
            replies(mon("11:20")),
        ],
        policies=[PAUSED_REPLIES],
        expected={later(): {"elapsed_s": 3000, "paused_s": 1800, "outcome": "met", "due_at": mon("11:30")}},
    ),
    Example(
        "a clock that stands still now and is not breached has no due instant",
        "3, D7",
        [ticket(mon("09:00"))],
        mon("10:00"),
        events=[status(mon("09:30"), "Pending")],
        expected={solution(): {"outcome": "running", "due_at": None, "elapsed_s": 1800, "paused_s": 1800}},
    ),
    Example(
        "a clock that was breached before it stood still keeps its due instant",
        "3, D7",
        [ticket(mon("09:00"))],
        mon("15:00"),
        events=[status(mon("13:30"), "Pending")],
        expected={solution(): {"outcome": "breached", "due_at": mon("13:00"), "elapsed_s": 16200, "paused_s": 5400}},
    ),
    Example(
        "the ticket's own status column pauses nothing",
        "18",
        [ticket(mon("09:00"), status="Pending")],
        mon("10:00"),
        expected={solution(): {"elapsed_s": 3600, "paused_s": 0, "due_at": mon("13:00"), "is_open": True}},
    ),
    Example(
        "a status dated before the creation holds from the creation",
        "D2",
        # Pending until 10:00, so one hour of the two is taken out
        [ticket(mon("09:00"))],
        mon("11:00"),
        events=[status(mon("08:00"), "Pending"), status(mon("10:00"), "Open")],
        expected={solution(): {"elapsed_s": 3600, "paused_s": 3600}},
    ),
]
