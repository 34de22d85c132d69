"""Lists of tickets: cells are text, never markup; read in the direction of their language; all of it as a file."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from functools import partial
from html import escape
from urllib.parse import quote_plus

import streamlit as st

from sla.tables import as_csv
from sla.ui import blocks
from sla.ui.filters import scope
from sla.ui.snapshot import Rows, in_use
from sla.words import Words
from sla.words.week import Row

Cell = Callable[[Row], str | None]
MOST_ROWS = 50
TICKETS = {"column.ticket": "ticket_id", "out_of_turn.older": "older_ticket_id"}  # cells that name a ticket
SENTENCES = frozenset({"breached.subject", "breached.clause"})  # given room
DURATIONS = frozenset(
    {"breaches.late", "due.left", "column.target", "queue.waited", "queue.open_s"}
)  # told on one line


def breaches(rows: Sequence[Row], of: Sequence[str], words: Words) -> None:
    """Draws what broke, from rows of week_breaches, or says that nothing did; `of` names whose rows they are."""
    if not rows:
        blocks.paragraph(words("breaches.none"), words)
        return
    ticket_list(
        rows,
        words("breaches.count", count=len(rows)),
        {
            "column.ticket": lambda row: row["ticket_id"],
            "breaches.late": lambda row: words.duration(row["late_s"]),
            "column.severity": lambda row: row["severity"],
            "column.plan": lambda row: row["plan"],
            "column.account": lambda row: row["account"],
            "column.agent": lambda row: row["agent"],
            "column.team": lambda row: row["team"],
            "breaches.state": lambda row: _state(row, words),
            "column.target": lambda row: words.duration(row["target_s"]),
        },
        words,
        ("breaches", *of),
        kept_by=(),
    )


def due(rows: Sequence[Row], policy: Row, words: Words) -> None:
    """Draws what falls due next, from rows of due_next, or says that no clock runs."""
    if not rows:
        blocks.paragraph(words("due.none"), words)
        return
    as_of = words.instant(policy["as_of"], policy["timezone"])
    counted = [words("due.count", count=len(rows), as_of=as_of)]
    standing = sum(row["is_standing_still"] for row in rows)
    if standing:
        counted.append(words("due.standing", count=standing))
    ticket_list(
        rows,
        " ".join(counted),
        {
            "column.ticket": lambda row: row["ticket_id"],
            "due.at": lambda row: words.weekday_time(row["due_local"]) if row["due_local"] else words("due.still"),
            "due.left": lambda row: words.span(row["left_s"]) if row["due_local"] else None,
            "column.metric": lambda row: words.named("metric", row["metric"]),
            "column.severity": lambda row: row["severity"],
            "column.plan": lambda row: row["plan"],
            "column.account": lambda row: row["account"],
            "column.agent": lambda row: row["agent"],
            "column.team": lambda row: row["team"],
            "column.target": lambda row: words.duration(row["target_s"]),
        },
        words,
        ("due", policy["policy"]),
        kept_by=(),
    )


def list_html(
    rows: Sequence[Row],
    columns: Mapping[str, Cell],
    title: str,
    words: Words,
    links: Mapping[str, Callable[[Row], str]] | None = None,
    kind: str = "",
) -> str:
    """A table of the rows in a box that can be scrolled; `columns` gives the cells by the key of their title.

    `links` gives the address that a cell of a row leads to, by the same key. Style sheets lay hold of the list by its
    `kind` and of a cell by `of-` and the last part of its key; where a page is too narrow for a row, each cell says its
    own title.
    """
    titles = {key: escape(words(key)) for key in columns}
    head = "".join(f"<th scope='col' class='{_name(key)}'>{title}</th>" for key, title in titles.items())
    body = "".join(
        _line(
            {key: cell(row) or words("none") for key, cell in columns.items()},
            titles,
            {key: link(row) for key, link in (links or {}).items() if key in columns and columns[key](row)},
        )
        for row in rows
    )
    return (
        f"<div class='{escape(f'scroll cards {kind}'.strip())}' role='region' tabindex='0' "
        f"aria-label='{escape(title)}'><table class='list'>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def file_of(rows: Sequence[Row]) -> bytes:
    """Every row with all its columns as CSV; local instants without an offset. Begins with a spreadsheet's mark."""
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return as_csv(list(rows[0]) if rows else [], plain).encode("utf-8-sig")


def ticket_list(
    rows: Sequence[Row],
    counted: str,
    columns: Mapping[str, Cell],
    words: Words,
    names: Sequence[str],
    every: Callable[[], Sequence[Row]] | None = None,
    count: int | None = None,
    kept_by: tuple[Hashable, ...] | None = None,
    place: str = "",
) -> None:
    """The words that count the rows, the first of them, and all of them as a file called after `names`.

    Each row has a `ticket_id`, and every cell of TICKETS leads to its ticket's page; the title is `NAMES[0].title`.
    Where `rows` are only the first of many, `every` gives all of them for the file; they are as many as `count`, else
    as each row's `clocks_count` says. The table is made once for all who read the same where `kept_by` is given: all
    that its cells depend on beside the rows, the language and the scope. Where a page can have several lists of one
    title at a time, each has a `place` of its own.
    """

    address = scope().link("ticket", words.language)

    def ticket(row: Row, name: str) -> str:
        return f"{address}&ticket={quote_plus(row[name])}"

    tickets = {key: partial(ticket, name=name) for key, name in TICKETS.items()}

    def make() -> str:
        return list_html(shown, columns, words(f"{names[0]}.title"), words, tickets, names[0])

    shown = rows[:MOST_ROWS]
    if count is None:
        count = rows[0]["clocks_count"] if every else len(rows)
    if len(shown) < count:
        counted = f"{counted} {words('list.first', shown=len(shown), all=count)}"
    blocks.paragraph(counted, words)
    key = (
        (tuple(names), rows.key, tuple(columns), address, kept_by)
        if isinstance(rows, Rows) and kept_by is not None
        else None
    )
    blocks.scrolling(in_use().made(key, make) if key else make(), words)
    st.download_button(
        words("list.download"),
        lambda: file_of(every() if every else rows),  # made only for whoever asks
        file_name=re.sub(r"[^\w-]+", "-", "-".join(names)) + ".csv",
        mime="text/csv",
        key=" ".join(filter(None, (names[0], place, "file"))),
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _line(cells: Mapping[str, str], titles: Mapping[str, str], addresses: Mapping[str, str]) -> str:
    # What a cell says must not turn its neighbours around: each stands in a direction of its own.
    drawn = {key: f"<bdi>{escape(cell)}</bdi>" for key, cell in cells.items()}
    for key, address in addresses.items():
        drawn[key] = f"<a href='{escape(address)}' target='_self'>{drawn[key]}</a>"
    name, *rest = drawn.items()
    others = "".join(
        f"<td class='{_kind(key)} {_name(key)}' data-title='{titles[key]}'>{cell}</td>" for key, cell in rest
    )
    return f"<tr><th scope='row'>{name[1]}</th>{others}</tr>"


def _kind(key: str) -> str:
    if key in DURATIONS:
        return "whole"
    return "long" if key in SENTENCES else "name"


def _name(key: str) -> str:
    return f"of-{key.rpartition('.')[2]}"


def _plain(value: object) -> object:
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value


def _state(row: Row, words: Words) -> str:
    if row["is_open"] or row["stopped_local"] is None:
        return words("breaches.open")
    return words("breaches.closed", at=words.weekday_time(row["stopped_local"]))
