"""A file as it is written: its first rows, and which of its columns is what. Whatever stands in it is shown as text."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from sla.ui import blocks, documents
from sla.ui.documents import Cell, Quoted
from sla.ui.filters import say_anew
from sla.words import Words
from sla.words import upload as sentences

MOST_COLUMNS = 40
ABSENT = -1
ASKED_FIRST = {
    "tickets": (
        "ticket_id",
        "created_at",
        "severity",
        "status",
        "first_reply_at",
        "solved_at",
        "closed_at",
        "plan",
        "account",
    ),
    "events": ("ticket_id", "at", "kind", "by", "author", "public", "value"),
    "ratings": ("ticket_id", "score", "rated_at", "offered_at"),
    "accounts": ("account", "name", "plan", "policy"),
    "agents": ("agent", "name", "team"),
    "log": ("ticket_id", "created_at", "at", "status", "severity", "agent"),
}


def first_rows(headers: Sequence[str], rows: Sequence[Sequence[str]], words: Words) -> None:
    """The first rows of a file under its headers, as a table that scrolls in its own box."""
    if not rows:
        blocks.quiet(words("upload.rows.none"), words)
        return
    head = [words("upload.rows.line"), *(sentences.short(header) for header in headers[:MOST_COLUMNS])]
    lines: list[list[Cell]] = [
        [str(number), *(Quoted(sentences.short(cell), "") for cell in row[:MOST_COLUMNS])]
        for number, row in enumerate(rows, 1)
    ]
    documents.table(words("upload.rows.title"), head, lines, words)
    more = len(headers) - MOST_COLUMNS
    if more > 0:
        blocks.quiet(words("upload.rows.cut", shown=MOST_COLUMNS, count=more), words)


def ask_columns(
    key: str,
    kind: str,
    columns: Sequence[str],
    needed: frozenset[str],
    places: Mapping[str, int],
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    words: Words,
    say: Callable[[str, str], None],
) -> None:
    """Asks which header is which column of a kind of file; `places` are the guesses.

    `say(column, widget)` is called when a person chose: the widget's value is a header's position, or ABSENT.
    """
    shown = [sentences.option(header, _first_value(rows, place), words) for place, header in enumerate(headers)]
    first = [column for column in ASKED_FIRST.get(kind, ()) if column in columns]
    first = [*(column for column in columns if column in needed and column not in first), *first]
    rest = [column for column in columns if column not in first]
    blocks.quiet(words("upload.columns.hint"), words)
    with st.container(key=f"upload-columns-{key}", horizontal=True):
        for column in first:
            _ask_column(key, column, column in needed, places.get(column), shown, words, say)
    if not rest:
        return
    with st.expander(words("upload.columns.more", count=len(rest)), key=f"upload-more-{key}", on_change="rerun") as box:
        if box.open:  # a box that is shut costs nothing
            with st.container(key=f"upload-rest-{key}", horizontal=True):
                for column in rest:
                    _ask_column(key, column, False, places.get(column), shown, words, say)


def _ask_column(
    key: str,
    column: str,
    is_needed: bool,
    place: int | None,
    shown: Sequence[str],
    words: Words,
    say: Callable[[str, str], None],
) -> None:
    name = words.named("upload.column", column)
    widget = f"upload column {key} {column}"
    options = [*([] if is_needed else [ABSENT]), *range(len(shown))]
    guess = place if place is not None else (None if is_needed else ABSENT)
    say_anew(widget)
    st.selectbox(
        words("upload.columns.needed", name=name) if is_needed else name,
        options,
        index=None if guess is None else options.index(guess),
        format_func=lambda code: words("upload.columns.absent") if code == ABSENT else shown[code],
        placeholder=words("upload.columns.choose"),
        key=widget,
        on_change=say,
        args=(column, widget),
        width=300,
    )


def _first_value(rows: Sequence[Sequence[str]], place: int) -> str:
    return next((row[place] for row in rows if place < len(row) and row[place].strip()), "")
