"""Exports and policies as files, and every table of a snapshot as rows, for tests that look at more than `clocks`."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from tests.clock.harness import COLUMNS, toml_of
from tests.clock.strategies import World

Row = dict[str, Any]
RATINGS = ["ticket_id", "rated_at", "score", "scale_min", "scale_max", "comment", "offered_at"]


def write_rows(file: Path, rows: Sequence[Row]) -> None:
    """Writes rows as the CSV file of the standard export that `file` is named for, up to the first dot or dash."""
    columns = (COLUMNS | {"ratings": RATINGS})[file.name.partition(".")[0].partition("-")[0]]
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(columns)
        writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(value) if isinstance(value, list) else str(value)


def write_policies(folder: Path, policies: Sequence[Row | str]) -> Path:
    """The folder, with one file a policy; a text is the file itself."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, policy in enumerate(policies):
        text = policy if isinstance(policy, str) else toml_of(policy)
        (folder / f"policy_{number}.toml").write_text(text, encoding="utf-8")
    return folder


def world_rows(world: World) -> dict[str, list[Row]]:
    """The rows of a world by the kind of file they stand in."""
    return {
        "tickets": world.tickets,
        "events": world.events,
        "accounts": world.accounts,
        "agents": world.agents,
    }


def rows_of(con: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """The rows of a query as dicts."""
    found = con.execute(query)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def all_tables(snapshot: Path) -> dict[str, list[Row]]:
    """Every table and view of a snapshot by name, its rows in an order of their own."""
    with duckdb.connect(str(snapshot), read_only=True) as con:
        names = [name for (name,) in con.execute("select table_name from information_schema.tables").fetchall()]
        return {name: sorted(rows_of(con, f'from "{name}"'), key=repr) for name in sorted(names)}


def instant(text: str) -> datetime:
    """The instant of a wall clock on Monday 2 March 2026, or of a whole date and time."""
    clock = text if len(text) > 8 else f"2026-03-02T{text:0>8}"
    return datetime.fromisoformat(clock)
