"""Worked tickets: the calendar, the target, the due instant (rules 1 to 4 and 9 to 11)."""

from __future__ import annotations

from datetime import date, datetime

from tests.clock.examples import (
    HOURS,
    Example,
    Row,
    event,
    first,
    fri,
    mon,
    next_mon,
    policy,
    replies,
    sat,
    solution,
    status,
    sun,
    target,
    thu,
    ticket,
    tue,
    wed,
)

NIGHT: Row = {
    "timezone": "UTC",
    "hours": {"mon": [["22:00", "06:00"]]},
    "closures": {"2026-03-02": [["02:00", "03:00"]]},
}
LUNCH: Row = {
    "timezone": "UTC",
    "hours": {
        "mon": [["09:00", "12:00"], ["13:00", "18:00"]],
        "tue": [["09:00", "18:00"]],
        "wed": [["09:00", "18:00"]],
    },
    "holidays": ["2026-03-03"],
    "dates": {"2026-03-03": [["09:00", "12:00"]], "2026-03-04": [["10:00", "12:00"]]},
    "closures": {"2026-03-02": [["15:00", "16:00"]]},
}
NEW_YORK: Row = {"timezone": "America/New_York", "hours": {"sun": [["00:00", "06:00"]], "mon": [["00:00", "06:00"]]}}
LORD_HOWE: Row = {"timezone": "Australia/Lord_Howe", "hours": {"sun": [["01:00", "03:00"]]}}
BRAZIL: Row = {
    "timezone": "America/Sao_Paulo",
    "hours": {"mon": [["09:00", "18:00"]], "tue": [["09:00", "18:00"]]},
    "holiday_calendar": "BR",
}


def only(calendar: Row, within: str) -> list[Row | str]:
    """A policy with one target, under one calendar."""
    return [policy(target("first_response", within, "c"), calendars={"c": calendar})]


OLD = policy(target("first_response", "1h"), valid_from=date(2026, 3, 2))
NEW = policy(target("first_response", "2h"), valid_from=date(2026, 3, 4), reporting_timezone="America/Sao_Paulo")

EXAMPLES = [
    Example(
        "a 24x7 desk works the 23 hours of a day on which clocks go forward",
        "1",
        # New York, 8 March 2026: 00:00 is 05:00Z, the next 00:00 is 04:00Z of the 9th: 23 hours
        [ticket(datetime(2026, 3, 8, 5))],
        as_of=datetime(2026, 3, 9, 4),
        policies=only({"timezone": "America/New_York", "hours": "24x7"}, "48h"),
        expected={first(): {"elapsed_s": 23 * 3600, "due_at": datetime(2026, 3, 10, 5), "outcome": "running"}},
    ),
    Example(
        "an hour that never happens is not open",
        "2",
        # Sunday 8 March 2026, hours 00:00 to 06:00 without 02:00 to 03:00: 5 hours, from 05:00Z until 10:00Z
        [ticket(datetime(2026, 3, 8, 4))],
        as_of=datetime(2026, 3, 8, 12),
        policies=only(NEW_YORK, "5h"),
        expected={first(): {"elapsed_s": 5 * 3600, "due_at": datetime(2026, 3, 8, 10), "outcome": "running"}},
    ),
    Example(
        "an hour that happens twice is open twice",
        "2",
        # Sunday 1 November 2026, 00:00 (04:00Z) to 06:00 (11:00Z): 01:00 to 02:00 happens twice, 7 hours
        [ticket(datetime(2026, 11, 1, 4))],
        as_of=datetime(2026, 11, 1, 20),
        policies=only(NEW_YORK, "7h"),
        expected={first(): {"elapsed_s": 7 * 3600, "due_at": datetime(2026, 11, 1, 11), "outcome": "running"}},
    ),
    Example(
        "half an hour happens twice on Lord Howe Island",
        "2",
        # Sunday 5 April 2026, 02:00 (+11) becomes 01:30 (+10:30): 01:00 to 03:00 is 14:00Z to 16:30Z of the 4th
        [ticket(datetime(2026, 4, 4, 12))],
        as_of=datetime(2026, 4, 5),
        policies=only(LORD_HOWE, "150m"),
        expected={first(): {"elapsed_s": 9000, "due_at": datetime(2026, 4, 4, 16, 30), "outcome": "running"}},
    ),
    Example(
        "a shift over midnight belongs to the date it starts on, and so does the closure that cuts it",
        "2, D17",
        # Monday 22:00 to Tuesday 06:00 without 02:00 to 03:00: 7 hours; Tuesday has no hours of its own
        [ticket(mon("00:00"))],
        as_of=wed("00:00"),
        policies=only(NIGHT, "5h"),
        # 22:00 to 02:00 is 4 hours, the fifth is 03:00 to 04:00
        expected={first(): {"elapsed_s": 7 * 3600, "due_at": tue("04:00"), "outcome": "breached"}},
    ),
    Example(
        "a holiday comes before the date's own hours, they before the weekday's, and closures are taken out",
        "2",
        # Monday 9-12, 13-15 and 16-18 is 7 hours; Tuesday is a holiday; Wednesday 10-12 is 2 hours
        [ticket(mon("08:00"))],
        as_of=thu("00:00"),
        policies=only(LUNCH, "8h"),
        expected={first(): {"elapsed_s": 9 * 3600, "due_at": wed("11:00"), "outcome": "breached"}},
    ),
    Example(
        "holidays come from the holidays package by country",
        "2",
        # Tuesday 21 April 2026 is Tiradentes. Monday 20 April 17:30 (-03) is 20:30Z: half an hour, then Monday the 27th
        [ticket(datetime(2026, 4, 20, 20, 30))],
        as_of=datetime(2026, 4, 23),
        policies=only(BRAZIL, "1h"),
        expected={first(): {"elapsed_s": 1800, "due_at": datetime(2026, 4, 27, 12, 30), "outcome": "running"}},
    ),
    Example(
        "a target that ends with the day is due at closing time, and the reply of that night is met",
        "3, 6",
        # Friday 15:00 to 17:00 is 2 hours exactly; Saturday adds nothing
        [ticket(fri("15:00"), severity="2")],
        sat("03:00"),
        events=[replies(sat("03:00"))],
        expected={first(): {"elapsed_s": 7200, "due_at": fri("17:00"), "outcome": "met", "stopped_at": sat("03:00")}},
    ),
    Example(
        "the first second of the next working day is too late",
        "6",
        [ticket(fri("15:00"), severity="2")],
        next_mon("09:00:01"),
        events=[replies(next_mon("09:00:01"))],
        expected={first(): {"elapsed_s": 7201, "due_at": fri("17:00"), "outcome": "breached"}},
    ),
    Example(
        "a due instant that lies ahead skips the weekend",
        "3",
        # Friday 16:00 to 17:00 is one hour, Monday 09:00 to 10:00 the other
        [ticket(fri("16:00"), severity="2")],
        sun("12:00"),
        expected={first(): {"elapsed_s": 3600, "due_at": next_mon("10:00"), "outcome": "running", "is_open": True}},
    ),
    Example(
        "two business days are twice the open time of one",
        "4",
        # 2 x 8 hours from Thursday 13:00: 4 on Thursday, 8 on Friday, 4 on Monday
        [ticket(thu("13:00"))],
        next_mon("00:00"),
        policies=[policy(target("resolution", "2 business days", "office"))],
        expected={solution(): {"target_s": 57600, "elapsed_s": 12 * 3600, "due_at": next_mon("13:00")}},
    ),
    Example(
        "what happens after the as-of instant takes no part",
        "10",
        [ticket(mon("09:00"))],
        mon("09:30"),
        events=[replies(mon("09:40")), status(mon("09:50"), "Solved"), event(mon("09:35"), "severity", "2")],
        expected={
            first(): {"outcome": "running", "elapsed_s": 1800, "stopped_at": None, "first_reply_at": None},
            solution(): {"outcome": "running", "severity": "1", "stopped_at": None},
        },
    ),
    Example(
        "a ticket of the future has no clocks",
        "D16",
        [ticket(mon("09:00")), ticket(mon("09:31"), ticket_id="U")],
        mon("09:30"),
        expected={first(): {"outcome": "running"}},
        absent=(first("U"), solution(1, "U")),
    ),
    Example(
        "the version in force when a clock starts stays that clock's version",
        "11",
        # the second version begins on 4 March, 00:00 in São Paulo: 03:00Z
        [ticket(wed("02:59:59")), ticket(wed("03:00"), ticket_id="U"), ticket(mon("00:00"), ticket_id="V")],
        wed("04:30"),
        policies=[OLD, NEW],
        expected={
            first(): {"target_s": 3600, "outcome": "breached"},
            first("U"): {"target_s": 7200, "outcome": "running", "due_at": wed("05:00")},
            first("V"): {"target_s": 3600, "outcome": "breached"},
        },
    ),
    Example(
        "before the first version no policy is known, and the clock runs around the clock",
        "11, D9",
        # Sunday 1 March 23:00 to Monday 01:00
        [ticket(datetime(2026, 3, 1, 23), plan="Pro")],
        mon("01:00"),
        policies=[OLD],
        expected={
            first(): {
                "outcome": "excluded",
                "reason": "unknown_policy",
                "policy": "desk",
                "calendar": None,
                "target_s": None,
                "elapsed_s": 7200,
                "severity": "1",
                "plan": "Pro",
                "due_at": None,
                "is_open": True,
            }
        },
    ),
    Example(
        "fractions of a second are cut off when read",
        "1",
        # 09:00:00.9 is read as 09:00:00, the reply at 10:00:00.9 as 10:00:00: exactly one hour
        [ticket(mon("09:00:00.900000"))],
        mon("12:00"),
        events=[replies(mon("10:00:00.900000"))],
        expected={first(): {"started_at": mon("09:00"), "elapsed_s": 3600, "outcome": "met"}},
    ),
    Example(
        "a calendar may open at another hour on each weekday",
        "2",
        # Monday 16:00-17:00 and Tuesday 10:00-11:00
        [ticket(mon("16:00"))],
        tue("12:00"),
        policies=only({"timezone": "UTC", "hours": {**HOURS, "tue": [["10:00", "16:00"]]}}, "2h"),
        expected={first(): {"elapsed_s": 3 * 3600, "due_at": tue("11:00"), "outcome": "breached"}},
    ),
]
