"""Lists of the tickets behind numbers of work and of the queue, each leading to its ticket."""

from collections.abc import Mapping
from datetime import date, timedelta

from sla.catalog import Value
from sla.ui import blocks
from sla.ui.filters import scope
from sla.ui.snapshot import Row, in_use, report
from sla.ui.tables import MOST_ROWS, Cell, ticket_list
from sla.words import Words
from sla.words.attainment import hour_name
from sla.words.workload import Row as AnyRow

MOST_IN_FILE = 100_000
WHOSE = ("column.severity", "column.plan", "column.account", "column.agent", "column.team")


def work(kind: str, words: Words, choice: Mapping[str, Value], name: str | None = None, place: str = "number") -> None:
    """Draws the arrivals, replies or solves that the parameters `choice` of the report work let through.

    `place` says what on the page was chosen: a page may show the tickets behind several of its marks at a time.
    """
    values = {**scope().values, **choice, "kind": kind, "language": words.language}
    columns: dict[str, Cell] = {
        "column.ticket": lambda row: row["ticket_id"],
        "work_tickets.at": lambda row: words.weekday_time(row["done_local"]),
        **_whose(),
    }
    names = ("work_tickets", kind)
    _listed("work", "work_count", names, values, columns, words, f"work_tickets.{kind}", name, place)


def work_of_week(kind: str, monday: str, words: Words) -> None:
    """The arrivals or solves of one week."""
    first_on = date.fromisoformat(monday)
    work(kind, words, {"first_on": first_on, "last_on": first_on + timedelta(days=6)}, words.week(first_on), "week")


def arrivals_at(weekday: int, hour: int, words: Words) -> None:
    """The arrivals at one hour of the week in the thirteen weeks that end with the period."""
    week = scope().period.week
    choice: dict[str, Value] = {"weekday": weekday, "hour": hour}
    days: dict[str, Value] = {"first_on": week - timedelta(days=84), "last_on": week + timedelta(days=6)}
    work("arrival", words, choice | days, f"{words.weekday(weekday)} {hour_name(hour)}", "hour")


def open_tickets(state: str | None, words: Words, choice: Mapping[str, Value], name: str | None = None) -> None:
    """Draws the tickets open now that the parameters `choice` of the report open_tickets let through."""
    values = {**scope().filters, **choice, "state": state, "language": words.language}
    columns: dict[str, Cell] = {
        "column.ticket": lambda row: row["ticket_id"],
        "work_tickets.state": lambda row: words(f"work_state.{row['state']}"),
        "work_tickets.opened": lambda row: words.weekday_time(row["created_local"]),
        "queue.open_s": lambda row: words.span(row["open_s"]),
        **_whose(),
    }
    kind = state or "open"
    names = ("work_tickets", kind)
    _listed("open_tickets", "tickets_count", names, values, columns, words, f"work_tickets.{kind}", name, "number")


def longest_waits(words: Words) -> None:
    """Draws the customers who wait for an answer, the longest wait first."""
    values = {**scope().filters, "state": "on_us", "language": words.language}
    columns: dict[str, Cell] = {
        "column.ticket": lambda row: row["ticket_id"],
        "queue.waited": lambda row: words.span(row["waited_s"]),
        "queue.since": lambda row: words.weekday_time(row["waiting_local"]),
        "queue.for": lambda row: words.named("metric", row["waits_for"]),
        "queue.promise": lambda row: words.named("outcome", row["outcome"]) if _is_judged(row) else None,
        "queue.passed": lambda row: _passed(row, words),
        **_whose(),
    }
    _listed("open_tickets", "tickets_count", ("queue",), values, columns, words, "queue.count", None)


def out_of_turn(words: Words) -> None:
    """Draws the first replies that went out while an older ticket still waited."""
    columns: dict[str, Cell] = {
        "column.ticket": lambda row: row["ticket_id"],
        "out_of_turn.replied": lambda row: words.weekday_time(row["replied_local"]),
        "queue.waited": lambda row: words.span(row["waited_s"]),
        "out_of_turn.older": lambda row: row["older_ticket_id"],
        "out_of_turn.older_since": lambda row: words.weekday_time(row["older_started_local"]),
        "out_of_turn.older_until": lambda row: (
            words.weekday_time(row["older_ended_local"]) if row["older_ended_local"] else words("out_of_turn.still")
        ),
        "column.agent": lambda row: row["agent"],
        "column.team": lambda row: row["team"],
    }
    _listed("out_of_turn", "replies_count", ("out_of_turn",), scope().values, columns, words, "out_of_turn.count", None)


def _listed(
    name: str,
    counted_by: str,
    names: tuple[str, ...],
    values: Mapping[str, Value],
    columns: Mapping[str, Cell],
    words: Words,
    message: str,
    whose: str | None,
    place: str = "",
) -> None:
    """The first rows of a report as a list without empty columns, all of them as its file; its message counts them."""
    rows = report(name, **values, most=MOST_ROWS)
    if not rows:
        none = words("queue.none" if names == ("queue",) else "work_tickets.none")
        blocks.paragraph(words("work_tickets.of", what=none, name=whose) if whose else none, words)
        return
    count = rows[0][counted_by]
    counted = words(message, count=count, as_of=words.instant(scope().as_of, scope().timezone))
    if whose:
        counted = words("work_tickets.of", what=counted, name=whose)
    told = {key: cell for key, cell in columns.items() if any(cell(row) is not None for row in rows)}
    answers = in_use()  # the file is made outside this run, which alone knows what is in use
    ticket_list(
        rows,
        counted,
        told,
        words,
        (*names, str(values["policy"])),
        every=lambda: answers.ask(name, {**values, "most": MOST_IN_FILE}),
        count=count,
        kept_by=(),
        place=place,
    )


def _whose() -> dict[str, Cell]:
    def cell(key: str) -> Cell:
        name = key.partition(".")[2]
        return lambda row: row[name]

    return {key: cell(key) for key in WHOSE}


def _is_judged(row: AnyRow) -> bool:
    return row["outcome"] in ("breached", "running")


def _passed(row: Row, words: Words) -> str | None:
    return words("queue.passed_count", count=row["passed_by_count"]) if row["passed_by_count"] else None
