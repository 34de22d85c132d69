"""Reads snapshots: which there are, which is current, and the frame that a report returns. Writes nothing."""

import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from sla.catalog import Value, report
from sla.errors import Refused

Connection = duckdb.DuckDBPyConnection
DatabaseError = duckdb.Error
# After these DuckDB answers nothing any more, to nobody, until the file is opened anew.
DATABASE_LOST = (duckdb.FatalException, duckdb.InternalException, duckdb.ConnectionException)

ROOT = Path(__file__).resolve().parent.parent
MACROS = ROOT / "queries" / "macros"
POINTER = "CURRENT"
PUBLISHED = "PUBLISHED"

MOST_MEMORY = 2_000_000_000
# In this order: the last one forbids every later change, by anybody.
_SETTINGS = (
    "set global TimeZone = 'UTC'",
    "set temp_directory = ''",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set python_enable_replacements = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)
_TYPES = {
    pa.int8(): pd.Int64Dtype(),
    pa.int16(): pd.Int64Dtype(),
    pa.int32(): pd.Int64Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.date32(): pd.ArrowDtype(pa.date32()),
}
_FRACTIONS = ("FLOAT", "DOUBLE")  # the types of columns that can hold NaN


def folder() -> Path:
    """The folder of snapshots: `SLA_SNAPSHOTS` where it is set, else data/snapshots of this project."""
    return Path(os.environ.get("SLA_SNAPSHOTS") or ROOT / "data" / "snapshots")


def snapshots(folder: Path) -> list[Path]:
    """The snapshot files of a folder in the order of their names; none where there is no such folder."""
    return sorted(folder.glob("*.duckdb"))


def current(folder: Path) -> Path | None:
    """The snapshot published last, None where none was. Raises Refused where the pointer names a file that is gone."""
    try:
        name = (folder / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    path = folder / name
    if path.name != name or path.suffix != ".duckdb" or not path.is_file():
        raise Refused(
            f"{folder / POINTER} names {name!r}, which is no snapshot in {folder}; "
            "build again, or write the name of one that is there."
        )
    return path


def before(snapshot: Path) -> Path | None:
    """The snapshot that was published before this one and is still there; None where none is.

    By the list PUBLISHED; in a folder without one, by the order of names, which is that of building.
    """
    try:
        names = (snapshot.parent / PUBLISHED).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        names = [path.name for path in snapshots(snapshot.parent) if path.name < snapshot.name]
    if snapshot.name in names:
        names = names[: len(names) - names[::-1].index(snapshot.name)]
    earlier = (snapshot.parent / name for name in reversed(names) if name != snapshot.name)
    return next((path for path in earlier if path in snapshots(snapshot.parent)), None)


def open_snapshot(path: Path) -> Connection:
    """A connection that can read this snapshot and do nothing else; one for all threads, a cursor for each query.

    Its zone is UTC. Raises Refused where the file cannot be read as a snapshot.
    """
    try:
        con = duckdb.connect(str(path), read_only=True)
        seal(con)
    except duckdb.Error as error:
        raise Refused(
            f"{path} cannot be read as a snapshot ({str(error).splitlines()[0]}); "
            "build a new one with 'python -m sla build'."
        ) from error
    return con


def seal(con: Connection, memory: int = MOST_MEMORY) -> None:
    """Shuts a database off from files, network and settings, and puts it on UTC; one that is sealed stays as it is.

    All that it holds and works in from now on together takes at most so many bytes of `memory`.
    """
    sealed = con.execute("select current_setting('lock_configuration')").fetchone()
    if sealed == (True,):
        return
    con.execute(f"set memory_limit = '{memory // 2**20}MiB'")
    for setting in _SETTINGS:
        con.execute(setting)


def run(con: Connection, name: str, values: Mapping[str, Value]) -> pd.DataFrame:
    """The frame of one report: its own columns in its own order, all fetched when this returns.

    Whole numbers are Int64 and truths boolean, both with pd.NA for null; dates datetime.date, instants UTC without a
    zone, texts str. No rows give a frame without rows and with the same types. Raises Refused for wrong parameters, and
    where the snapshot cannot answer: damaged, without what the report reads, or too little memory for it.
    """
    asked = report(name)
    bound = asked.bind(values)
    try:
        with con.cursor() as cursor:
            prepare(cursor)
            table = cursor.sql(asked.sql, params=bound).to_arrow_table()
    except duckdb.Error as error:
        raise _refusal(f"the report {name}", error) from error
    return table.to_pandas(types_mapper=_TYPES.get)


def prepare(cursor: Connection) -> None:
    """Teaches a cursor what reports have in common; this takes longer than many a report, so cursors are kept.

    Raises Refused where the snapshot has not what they read.
    """
    try:
        for macro in sorted(MACROS.glob("*.sql")):
            cursor.execute(macro.read_text(encoding="utf-8"))
    except duckdb.Error as error:
        raise _refusal("reports", error) from error


def rows(cursor: Connection, name: str, values: Mapping[str, Value]) -> list[dict[str, Any]]:
    """What `records` gives of the frame of `run`, by a cursor that is prepared and without a frame between.

    Raises Refused as `run` does.
    """
    asked = report(name)
    bound = asked.bind(values)
    try:
        found = ask(cursor, asked.sql, **bound)
    except duckdb.Error as error:
        raise _refusal(f"the report {name}", error) from error
    fractions = [column[0] for column in cursor.description or [] if column[1] in _FRACTIONS]
    for row in found if fractions else ():
        row.update((name, None) for name in fractions if row[name] is not None and math.isnan(row[name]))
    return found


def ask(con: Connection, sql: str, **parameters: object) -> list[dict[str, Any]]:
    """The rows of a query as plain Python values by column name, read to the end; instants are UTC without a zone."""
    cursor = con.execute(sql, parameters or None)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a report as plain Python values, None for null; instants as datetime, UTC without a zone."""
    columns = {
        name: [None if _is_null(value) else _plain(value) for value in frame[name].tolist()] for name in frame.columns
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _refusal(what: str, error: duckdb.Error) -> Refused:
    """Why something has no answer, for whoever asked for it."""
    reason = f"The snapshot cannot answer {what} ({str(error).splitlines()[0]}): "
    if isinstance(error, duckdb.OutOfMemoryException):
        return Refused(f"{reason}it needs more memory than one question may have; ask for a shorter period.")
    if isinstance(error, DATABASE_LOST):
        return Refused(
            f"{reason}DuckDB gave the whole file up over it; ask again, and where it stays so, build a new one with "
            "'python -m sla build'."
        )
    return Refused(
        f"{reason}it is damaged, or another version of this program built it; build a new one with "
        "'python -m sla build'."
    )


def _is_null(value: object) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _plain(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.tolist() if isinstance(value, np.ndarray) else value
