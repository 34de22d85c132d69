"""Agent workload and the queue: what came, who did what, when, how evenly, and how long the oldest wait."""

from collections.abc import Callable
from functools import partial

from sla.charts.flow import flow
from sla.charts.spread import spread
from sla.ui import Row, Rows, blocks, report, require_frame, scope, spoken, work_lists
from sla.ui import workload as table
from sla.words import Words
from sla.words import workload as sentences

require_frame()


def show(words: Words) -> None:
    """The answer, then the queue where order of arrival is all that can be kept, then the work."""
    now = report("workload_of_period", **scope().values)[0]
    blocks.lead(sentences.lead(now, scope().period, words), words)
    blocks.quiet(sentences.now(now, words.instant(scope().as_of, scope().timezone), words), words)
    for aside in sentences.asides(now, scope().policy, words):
        blocks.quiet(aside, words)
    agents = report("workload_by_agent", **scope().values)
    table.tickets_behind_the_number(agents, words)
    parts: list[Callable[[Words], None]] = [show_weeks, partial(show_agents, agents), show_spread, show_hours]
    queue: list[Callable[[Words], None]] = [show_queue, partial(show_order, now)]
    promises = bool(scope().policy["target_metrics"])
    for part in [*parts, *queue] if promises else [*reversed(queue), *parts]:
        part(words)


def show_weeks(words: Words) -> None:
    """Arrivals, solves and what stays open, week by week, in words where there was nothing."""
    rows = report("workload_by_week", **scope().filters, last_on=scope().period.last_on)
    blocks.heading(words("work_weeks.title"), words)
    drawing, note = blocks.drawn(flow, rows, words), words("work_weeks.note")
    has_marks = any(row["arrivals_count"] or row["solves_count"] or row["backlog_count"] for row in rows)
    key, place = table.key_of("flow"), "weeks_of_work"
    if chosen := blocks.mark_or_words(drawing, key, note, words, has_marks=has_marks, place=place):
        work_lists.work_of_week(chosen[0], chosen[1], words)


def show_agents(rows: Rows, words: Words) -> None:
    """Who did and who holds how much, by name."""
    blocks.heading(words("work_agents.title"), words)
    if not rows:
        blocks.paragraph(words("work_agents.none"), words)
        return
    blocks.quiet(words("work_agents.note", week=words.week_inside(scope().period.week)), words)
    table.agents(rows, words)
    blocks.quiet(words("work_agents.median_note"), words)
    table.file_of_weeks(rows, words)


def show_spread(words: Words) -> None:
    """How evenly work is spread, without names."""
    rows = report("workload_spread", **scope().values)
    blocks.heading(words("work_spread.title"), words)
    blocks.paragraph(sentences.spread_lead(rows, words), words)
    if rows:
        blocks.chart(blocks.drawn(spread, rows, words), "spread")
        blocks.quiet(words("work_spread.note"), words)


def show_hours(words: Words) -> None:
    """What arrives at each hour of the week, and who is there."""
    rows = report("workload_by_hour", **scope().filters, last_on=scope().period.last_on)
    week, zone = words.week_inside(scope().period.week), words.zone(scope().timezone)
    blocks.heading(words("work_hours.title"), words)
    if not any(row["arrivals_count"] for row in rows):
        blocks.paragraph(words("work_hours.none", week=week), words)
        return
    blocks.paragraph(sentences.hours_lead(rows, words), words)
    table.hours(rows, words)
    blocks.quiet(words("work_hours.note", week=week, zone=zone), words)
    if hour := table.chosen_hour():
        work_lists.arrivals_at(*hour, words)
        table.way_back("clock_list.close", words)


def show_queue(words: Words) -> None:
    """Those who wait for an answer, the longest first."""
    blocks.heading(words("queue.title"), words)
    work_lists.longest_waits(words)


def show_order(now: Row, words: Words) -> None:
    """How often tickets had their first reply in the order of arrival."""
    row = report("order_of_arrival", **scope().values)[0]
    promises = bool(scope().policy["target_metrics"])
    blocks.heading(words("arrival_order.title"), words)
    blocks.paragraph(sentences.order_lead(row, words), words)
    table.oldest_wait(now, words)
    blocks.quiet(words("arrival_order.not_promised" if promises else "arrival_order.no_times"), words)
    blocks.quiet(words("arrival_order.rule"), words)
    if not promises and row["in_order_count"] < row["replies_count"]:
        blocks.subheading(words("out_of_turn.title"), words)
        work_lists.out_of_turn(words)


show(spoken())
