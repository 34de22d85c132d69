"""Explains a ticket: its clocks measured again by the build's own SQL, with every stretch that counted or did not."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sla.errors import Refused
from sla.models import run_models
from sla.store import Connection, DatabaseError, ask

QUERIES = Path(__file__).resolve().parent.parent.parent / "queries"

Record = dict[str, Any]


@dataclass(frozen=True)
class ClockStory:
    """One clock: `clock` as `queries/explain/clocks.sql` has it, and `spans` as spans.sql, in order.

    `grades` are the targets that were in force one after the other (grades.sql), empty where there was one; `hours`
    when its calendar is open (hours.sql). The `counted_s` of the spans and the clock's `carried_s` add up to its
    `elapsed_s`.
    """

    clock: Record
    spans: tuple[Record, ...]
    grades: tuple[Record, ...] = ()
    hours: tuple[Record, ...] = ()


@dataclass(frozen=True)
class TicketStory:
    """One ticket with all that happened to it and its clocks. Instants: UTC without a zone; durations: open seconds."""

    ticket: Record
    events: tuple[Record, ...]
    clocks: tuple[ClockStory, ...]


def explain(con: Connection, ticket_id: str) -> TicketStory:
    """The story of one ticket of an open snapshot.

    Measures in temporary tables of a cursor of its own; the snapshot stays as it is. Raises Refused where the snapshot
    has no such ticket, and where it has not what the queries read.
    """
    try:
        with con.cursor() as cursor:
            return _told(cursor, ticket_id)
    except DatabaseError as error:
        raise Refused(
            f"The snapshot cannot explain the ticket {ticket_id!r} ({str(error).splitlines()[0]}): it is damaged, or "
            "another version of this program built it; build a new one with 'python -m sla build'."
        ) from error


def _told(cursor: Connection, ticket_id: str) -> TicketStory:
    found = ask(cursor, _query("ticket"), ticket=ticket_id)
    if not found:
        raise Refused(f"The snapshot has no ticket {ticket_id!r}.")
    ticket = found[0]
    cursor.execute(_query("shard_tickets"), {"ticket": ticket_id})
    run_models(cursor, QUERIES / "clock", {"as_of": ticket["as_of"]})
    number = ticket["ticket_no"]
    parts = {
        "spans": ask(cursor, _query("spans"), ticket_nos=[number]),
        "grades": ask(cursor, _query("grades"), ticket_no=number),
        "hours": ask(cursor, _query("hours"), ticket_no=number),
    }
    clocks = tuple(
        ClockStory(clock, **{name: tuple(row for row in rows if _is_of(row, clock)) for name, rows in parts.items()})
        for clock in ask(cursor, _query("clocks"), ticket_no=number)
    )
    return TicketStory(ticket, tuple(ask(cursor, _query("story"), ticket_no=number)), clocks)


def _is_of(row: Record, clock: Record) -> bool:
    return bool(row["metric"] == clock["metric"] and row["cycle"] == clock["cycle"])


def _query(name: str) -> str:
    return (QUERIES / "explain" / f"{name}.sql").read_text(encoding="utf-8")
