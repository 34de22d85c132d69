"""What reports of work and of the queue say, in sentences: each function takes rows of a report and gives text."""

from collections.abc import Mapping, Sequence
from typing import Any

from sla.words import Words
from sla.words.attainment import Days, hour_name, name_of

Row = Mapping[str, Any]
STATES = ("on_us", "on_customer", "on_hold", "in_hand")
FEWEST_TO_SHOW_A_PATTERN = 30


def lead(row: Row, period: Days, words: Words) -> str:
    """The answer in two sentences, from the row of workload_of_period: the period's work, and what is open now."""
    arrived = words("workload.arrived_none")
    if row["arrivals_count"]:
        arrived = words("workload.arrived", count=row["arrivals_count"])
    work = [
        words("workload.period", period=name_of(period, words), what=arrived),
        words("workload.replies", count=row["replies_count"])
        if row["replies_count"]
        else words("workload.replies_none"),
        words("workload.solves", count=row["solves_count"]) if row["solves_count"] else words("workload.solves_none"),
    ]
    return f"{words.clauses(work)} {words.clauses(_open(row, words))}"


def now(row: Row, as_of: str, words: Words) -> str:
    """Whom the open tickets wait for, from the row of workload_of_period; the instant by which that is known."""
    states = [
        words(f"workload.state_{state}", count=row[f"{state}_count"]) for state in STATES if row[f"{state}_count"]
    ]
    return words("workload.states", as_of=as_of, states=words.listed(states) or words("workload.open_none"))


def asides(row: Row, policy: Row, words: Words) -> list[str]:
    """What was left out of the row of workload_of_period, and what the export of a row of policies does not tell."""
    counted = {"left_out": row["left_out_count"], "unsigned": row["unsigned_replies_count"]}
    told = [words(f"workload.{what}", count=count) for what, count in counted.items() if count]
    return told if policy["tickets_with_messages_count"] else [*told, words("workload.no_replies")]


def flow_alt(rows: Sequence[Row], words: Words) -> str:
    """What the rows of workload_by_week come to."""
    week = words.week_inside(rows[-1]["week_start"])
    arrived, reopened, solved = (
        sum(row[f"{kind}s_count"] for row in rows) for kind in ("arrival", "reopening", "solve")
    )
    if not arrived + solved:
        return words("work_weeks.alt_none", week=week)
    known = [row for row in rows if row["backlog_count"] is not None]
    return words(
        "work_weeks.alt",
        week=words.week_inside(known[-1]["week_start"]),
        arrived=arrived,
        reopened=reopened,
        solved=solved,
        first=known[0]["backlog_count"],
        first_week=words.week_inside(known[0]["week_start"]),
        last=known[-1]["backlog_count"],
    )


def mix(row: Row, words: Words, *, has_severities: bool) -> list[str]:
    """How many first replies stand behind a median of workload_by_agent, and of what kind; under ten no share."""
    count = row["first_replies_count"]
    if not count:
        return [words("work_agents.no_first")]
    if row["is_too_few"]:
        return [words("work_agents.too_few", count=count)]
    kinds = ["high", "out_of_hours"] if has_severities else ["out_of_hours"]
    shares = [
        words(
            f"work_agents.{kind}",
            count=row[f"{kind}_count"],
            all=count,
            share=words.percent(row[f"{kind}_count"] / count, 0),
        )
        for kind in kinds
    ]
    return [words("work_agents.first", count=count), *shares]


def spread_lead(rows: Sequence[Row], words: Words) -> str:
    """How many agents wrote half of the replies, from the rows of workload_spread."""
    row = next((row for row in rows if row["measure"] == "replies"), None)
    if row is None:
        return words("work_spread.none_replies")
    if row["agents_count"] == 1:
        return words("work_spread.alone_replies", total=row["total_count"])
    return words(
        "work_spread.half_replies",
        total=row["total_count"],
        half=row["half_agents_count"],
        agents=row["agents_count"],
        even=row["even_agents_count"],
    )


def spread_label(row: Row, words: Words) -> str:
    """The same of any measure, short enough to stand over its strip."""
    return words(
        f"work_spread.label_{row['measure']}",
        total=row["total_count"],
        half=row["half_agents_count"],
        agents=row["agents_count"],
    )


def hours_lead(rows: Sequence[Row], words: Words) -> str:
    """The busiest hour of workload_by_hour, and how much came while nobody wrote."""
    count, unattended = (sum(row[f"{name}_count"] for row in rows) for name in ("arrivals", "unattended"))
    if count < FEWEST_TO_SHOW_A_PATTERN:
        return words("work_hours.lead_few", count=count, unattended=unattended)
    busiest = max(rows, key=lambda row: row["arrivals_mean"] or 0)
    return words(
        "work_hours.lead",
        weekday=words.weekday(busiest["weekday"]),
        hour=hour_name(busiest["hour"]),
        next=hour_name(busiest["hour"] + 1),
        arrivals=mean(busiest["arrivals_mean"], words),
        agents=mean(busiest["agents_mean"], words),
        unattended=unattended,
        all=count,
        share=words.percent(unattended / count, 0),
    )


def hour_told(row: Row, words: Words) -> str:
    """What a row of workload_by_hour says of its hour."""
    return words(
        "work_hours.hover",
        weekday=words.weekday(row["weekday"]),
        hour=hour_name(row["hour"]),
        next=hour_name(row["hour"] + 1),
        arrivals=mean(row["arrivals_mean"] or 0, words),
        count=row["arrivals_count"],
        hours=row["hours_count"],
        agents=mean(row["agents_mean"] or 0, words),
    )


def mean(value: float, words: Words) -> str:
    """A mean with one digit after the point, with two where it is under one."""
    return words.number(round(value, 1 if value >= 1 else 2))


def order_lead(row: Row, words: Words) -> str:
    """How often the order of arrival was kept, from the row of order_of_arrival."""
    if not row["replies_count"]:
        return words("arrival_order.none")
    counts = {"kept": row["in_order_count"], "all": row["replies_count"]}
    if row["is_too_few"]:
        return words("arrival_order.few", **counts)
    shares = {"share": row["share"], "low": row["share_low"], "high": row["share_high"]}
    return words("arrival_order.share", **counts, **{name: words.percent(share) for name, share in shares.items()})


def order_oldest(row: Row, words: Words) -> str | None:
    """The oldest wait of workload_of_period, where younger tickets had their first reply before it."""
    if not row["oldest_passed_by_count"]:
        return None
    return words(
        "arrival_order.oldest",
        ticket=row["oldest_ticket_id"],
        duration=words.span(row["oldest_waited_s"]),
        count=row["oldest_passed_by_count"],
    )


def _open(row: Row, words: Words) -> list[str]:
    if not row["open_count"]:
        return [words("workload.open_none")]
    parts = [words("workload.open", count=row["open_count"])]
    if not row["on_us_count"]:
        return [*parts, words("workload.on_us_none")]
    oldest = words("workload.oldest", duration=words.span(row["oldest_waited_s"]))
    return [*parts, words("workload.on_us", count=row["on_us_count"]), oldest]
