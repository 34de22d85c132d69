"""Reads prepared files into the raw tables: DuckDB reads them whole, Python mends those that are no clean CSV."""

import csv
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from sla.errors import Refused
from sla.intake.converted import Rejected
from sla.intake.dialects import fields_of, is_header_again
from sla.intake.formats import Format
from sla.intake.preparation import Prepared
from sla.intake.recognition import Match
from sla.intake.records import LONGEST_RECORD, Record

SEPARATOR = "\x1e"  # between the cells of a column whose header stands several times
_MOST_TRAILING = 5


class TooManyRows(Refused):
    """A file has more rows than are allowed, whatever else is known of it."""


@dataclass(frozen=True)
class Loaded:
    """What reading a file gave: rows in the raw table, the records that are no rows, and the sentences after the rows.

    `is_mended`: the file was read record by record; `rows_end`: how many records then are before those sentences.
    """

    rows: int
    unreadable: list[Rejected]
    is_mended: bool
    rows_end: int | None = None
    trailing: tuple[str, ...] = ()


def load(
    con: duckdb.DuckDBPyConnection,
    insert: str,
    file_no: int,
    file: Prepared,
    match: Match,
    room: Path,
    most_rows: int | None = None,
) -> Loaded:
    """Puts the rows of a file into its raw table, in their order, and returns how many and which were no rows.

    `insert` is the statement that reads a file into that table. Where DuckDB rejects anything, or gives up, the file is
    read record by record instead, so that one broken row costs itself and nothing else. Raises `TooManyRows` where
    there are more than `most_rows`.
    """
    names = {place: column for column, place in match.places.items()}
    columns = [names.get(place, f"c{place}") for place in range(len(file.headers))]
    rows = None
    # In a file of one column DuckDB takes an empty line for a row.
    if file.is_plain and len(columns) > 1 and len(names) == len(match.places) and not match.repeats:
        link = room / f"source_{file_no}.csv"
        link.unlink(missing_ok=True)
        os.symlink(file.path.resolve(), link)
        rows = _read(con, insert, file_no, link, columns, match, LONGEST_RECORD, file)
    if rows is None:
        loaded = _load_mended(con, insert, file_no, file, match, room, most_rows)
    else:
        loaded = Loaded(rows, [], is_mended=False)
    if most_rows is not None and loaded.rows + len(loaded.unreadable) > most_rows:
        raise _too_many(file, most_rows)
    return loaded


def _load_mended(
    con: duckdb.DuckDBPyConnection,
    insert: str,
    file_no: int,
    file: Prepared,
    match: Match,
    room: Path,
    most_rows: int | None,
) -> Loaded:
    mended = room / f"mended_{file_no}.csv"
    unreadable, end, trailing = _mend(file, match, mended, most_rows)
    rows = _read(con, insert, file_no, mended, list(match.places), match, 4 * LONGEST_RECORD, None)
    if rows is None:
        expected = f"rows of {len(file.headers)} fields between {file.marks}"
        raise Refused(f"{file.source.name} cannot be read as CSV: expected {expected}.")
    mended.unlink()
    return Loaded(rows, [*unreadable, *file.broken], is_mended=True, rows_end=end, trailing=trailing)


def locate(file: Prepared, match: Match, loaded: Loaded, places: Collection[int]) -> Iterator[tuple[int, Record]]:
    """The records at these places among the readable rows of a file, from 1, with their place; in the file's order."""
    left = len(places)
    place = 0
    for record in islice(file.rows(), loaded.rows_end):
        if loaded.is_mended and isinstance(_judged(record, file, match), str):
            continue
        place += 1
        if place in places:
            yield place, record
            left -= 1
            if not left:
                break


def _too_many(file: Prepared, most: int) -> TooManyRows:
    return TooManyRows(f"{file.source.name} has more than {most:,} rows: expected at most that many; split it by date.")


def _read(
    con: duckdb.DuckDBPyConnection,
    insert: str,
    file_no: int,
    path: Path,
    columns: list[str],
    match: Match,
    longest: int,
    file: Prepared | None,
) -> int | None:
    """The number of rows added to the raw table; None, and nothing added, where not every record is a row.

    `file` is that which `path` leads to, None for one that was mended.
    """
    rejects = f"rejects_{path.stem}"
    con.begin()
    try:
        added = con.execute(
            insert,
            {
                "file": str(path),
                "file_no": file_no,
                "columns": dict.fromkeys(columns, "VARCHAR"),
                "wanted": list(match.places),
                "missing": _missing(match.format),
                "delimiter": file.mark if file else ",",
                "longest": longest,
                "rejects": rejects,
                "scans": f"scans_{path.stem}",
            },
        ).fetchone()
        is_clean = not con.table(rejects).limit(1).fetchall() and not (
            file and _repeats_headers(con, file_no, file, match)
        )
    except duckdb.InvalidInputException:
        con.rollback()
        return None
    if not is_clean or added is None:
        con.rollback()
        return None
    con.commit()
    return int(added[0])


def _repeats_headers(con: duckdb.DuckDBPyConnection, file_no: int, file: Prepared, match: Match) -> bool:
    """Whether a row has the headers again, as where files were joined by hand."""
    rows = con.table(f"raw_{match.file_kind.kind}").filter(duckdb.ColumnExpression("file_no") == file_no)
    for column, place in list(match.places.items())[:3]:
        rows = rows.filter(duckdb.ColumnExpression(column) == duckdb.ConstantExpression(file.headers[place]))
    return bool(rows.limit(1).fetchall())


def _missing(format_: Format) -> list[str]:
    return ["", *format_.missing]


def _mend(
    file: Prepared, match: Match, mended: Path, most_rows: int | None
) -> tuple[list[Rejected], int, tuple[str, ...]]:
    """Writes the wanted columns of every readable row as clean CSV.

    Returns the records that are no rows, how many records there are before the sentences at the end, and those.
    """
    csv.field_size_limit(2 * LONGEST_RECORD)
    unreadable: list[Rejected] = []
    waiting: list[Record] = []
    count = 0
    with mended.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(match.places)

        def write(record: Record) -> None:
            fields = _judged(record, file, match)
            if isinstance(fields, str):
                unreadable.append(Rejected(record.line, fields, file.as_written(record)))
            else:
                writer.writerow(fields)

        for record in file.rows():
            count += 1
            if most_rows is not None and count > most_rows + _MOST_TRAILING:
                raise _too_many(file, most_rows)
            if _is_sentence(record, file):
                waiting.append(record)
                continue
            for earlier in waiting:
                write(earlier)
            waiting.clear()
            write(record)
        if len(waiting) > _MOST_TRAILING:
            for record in waiting:
                write(record)
            waiting.clear()
    sentences = (fields_of(record.text, file.mark) for record in waiting)
    return unreadable, count - len(waiting), tuple(" ".join(filter(None, fields)) for fields in sentences)


def _is_sentence(record: Record, file: Prepared) -> bool:
    """Whether a record may be one of the sentences after the rows: words in its first field, and nothing else."""
    if not file.trailing or len(record.raw) > 1_000 or record.is_broken:
        return False
    fields = fields_of(record.text, file.mark)
    return bool(fields) and " ".join(filter(None, fields)) in file.trailing


def _judged(record: Record, file: Prepared, match: Match) -> list[str] | str:
    """The fields of a record that are wanted, as text, or why it is no row of this file."""
    width = len(file.headers)
    if len(record.raw) > LONGEST_RECORD:
        return f"the row has more than {LONGEST_RECORD:,} bytes: expected fewer"
    if record.is_broken:
        return "a quotation mark is opened and never closed: expected its partner at the end of the field"
    raw = fields_of(record.raw, file.mark)
    if not raw:
        return f"text stands after a closing quotation mark: expected one of the {file.marks} there"
    if len(raw) < width or any(raw[width:]):
        return f"the row has {len(raw)} fields: expected {width}, as the header has"
    if raw[0].strip() == file.raw_headers[0] and is_header_again(raw[:width], file.raw_headers):
        return "the headers stand here again: expected a row"
    if record.raw.isascii():
        return list(_wanted(raw, match))
    fields = []
    for column, field in zip(match.places, _wanted(raw, match), strict=True):
        try:
            fields.append(field.encode("latin-1").decode("utf-8"))
        except UnicodeDecodeError:
            return f"{column} has bytes that are no UTF-8: expected UTF-8 text"
    return fields


def _wanted(raw: list[str], match: Match) -> Iterator[str]:
    """The fields of the wanted columns in their order; the cells of a repeated header as one field."""
    for column, place in match.places.items():
        if further := match.repeats.get(column):
            yield SEPARATOR.join(filter(None, (raw[place], *(raw[other] for other in further))))
        else:
            yield raw[place]
