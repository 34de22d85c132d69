"""Lists of tickets as Streamlit's own tables: cells are text, never markup; the words of a language, its dates."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from sla.ui import blocks
from sla.words import Words
from sla.words.week import Row

Cell = Callable[[Row], Any]
ROW_HEIGHT = 38
MOST_ROWS_IN_SIGHT = 12


def breaches(rows: Sequence[Row], words: Words) -> None:
    """Draws what broke, from rows of week_breaches, or says that nothing did."""
    if not rows:
        blocks.paragraph(words("breaches.none"), words)
        return
    blocks.paragraph(words("breaches.count", count=len(rows)), words)
    _table(
        rows,
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
        "breaches",
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
    blocks.paragraph(" ".join(counted), words)
    _table(
        rows,
        {
            "column.ticket": lambda row: row["ticket_id"],
            "due.at": lambda row: words.weekday_time(row["due_local"]) if row["due_local"] else words("due.still"),
            "due.left": lambda row: words.span(row["left_s"]) if row["due_local"] else words("none"),
            "column.metric": lambda row: words.named("metric", row["metric"]),
            "column.severity": lambda row: row["severity"],
            "column.plan": lambda row: row["plan"],
            "column.account": lambda row: row["account"],
            "column.agent": lambda row: row["agent"],
            "column.team": lambda row: row["team"],
            "column.target": lambda row: words.duration(row["target_s"]),
        },
        words,
        "due",
    )


def _state(row: Row, words: Words) -> str:
    if row["is_open"] or row["stopped_local"] is None:
        return words("breaches.open")
    return words("breaches.closed", at=words.weekday_time(row["stopped_local"]))


def _table(rows: Sequence[Row], columns: dict[str, Cell], words: Words, key: str) -> None:
    # Said only where it is not the default: said, it cuts off Arabic names in tables from left to right.
    side: Literal["right"] | None = "right" if words.is_rtl else None
    names = list(reversed(columns)) if words.is_rtl else list(columns)  # Streamlit's tables know only left to right
    frame = pd.DataFrame({words(name): [columns[name](row) or words("none") for row in rows] for name in names})
    st.dataframe(
        frame,
        hide_index=True,
        key=key,
        row_height=ROW_HEIGHT,
        height=ROW_HEIGHT * (min(len(rows), MOST_ROWS_IN_SIGHT) + 1) + 2,
        column_config={words(name): st.column_config.TextColumn(alignment=side) for name in names},
        alt=words(f"{key}.title"),
    )
