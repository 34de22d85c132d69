"""Reads CSV files into the raw tables: DuckDB reads them whole, Python mends those that are no clean CSV."""

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sla.errors import Refused
from sla.intake.formats import Format
from sla.intake.recognition import Match
from sla.intake.records import LONGEST_RECORD, Record, records
from sla.intake.sources import Source

MOST_HEADERS = 2_000


@dataclass(frozen=True)
class Header:
    """The headers of a file and the number of physical lines before them."""

    names: list[str]
    lines_before: int


@dataclass(frozen=True)
class Rejected:
    """A row that was not accepted. `line`: its first physical line, from 1; `text`: as it stands in the file."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True)
class Loaded:
    """What reading a file gave: rows in the raw table, and the records that are no rows of this file.

    `is_mended`: the file was read record by record.
    """

    rows: int
    unreadable: list[Rejected]
    is_mended: bool


def read_header(source: Source) -> Header:
    """The header of a file; raises `Refused` where the first record is no list of names in UTF-8 text."""
    first = next(records(source.path), None)
    if first is None:
        raise Refused(f"{source.name} has empty lines alone: expected a header row and rows.")
    if first.raw.startswith(("\xff\xfe", "\xfe\xff")) or "\x00" in first.raw:
        raise Refused(f"{source.name} is no UTF-8 text (UTF-16, or no text at all): save it as CSV in UTF-8.")
    try:
        text = first.raw.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(
            f"{source.name} is no UTF-8 text (its header has other bytes): save it as CSV in UTF-8."
        ) from error
    names = None if first.is_broken else _fields(text)
    if names is None:
        raise Refused(f"{source.name} has a header with an open quotation mark: expected names separated by commas.")
    if len(names) > MOST_HEADERS:
        raise Refused(f"{source.name} has {len(names):,} headers: expected at most {MOST_HEADERS:,}.")
    return Header(names, first.line - 1)


def load(
    con: duckdb.DuckDBPyConnection, insert: str, file_no: int, source: Source, header: Header, match: Match, room: Path
) -> Loaded:
    """Puts the rows of a file into its raw table, in their order, and returns how many and which were no rows.

    `insert` is the statement that reads a file into that table. Where DuckDB rejects anything, or gives up, the file is
    read record by record instead, so that one broken row costs itself and nothing else.
    """
    names = {place: column for column, place in match.places.items()}
    columns = [names.get(place, f"c{place}") for place in range(len(header.names))]
    link = room / f"source_{file_no}.csv"
    os.symlink(source.path.resolve(), link)
    rows = None
    if not header.lines_before and len(columns) > 1:  # in a file of one column DuckDB takes an empty line for a row
        rows = _read(con, insert, file_no, link, columns, match, LONGEST_RECORD)
    if rows is not None:
        return Loaded(rows, [], is_mended=False)
    mended = room / f"mended_{file_no}.csv"
    unreadable = _mend(source, match, len(columns), mended)
    wanted = [column for _, column in sorted(names.items())]
    rows = _read(con, insert, file_no, mended, wanted, match, 4 * LONGEST_RECORD)
    if rows is None:
        raise Refused(f"{source.name} cannot be read as CSV: expected rows of {len(columns)} fields between commas.")
    mended.unlink()
    return Loaded(rows, unreadable, is_mended=True)


def locate(source: Source, match: Match, width: int, is_mended: bool, places: Sequence[int]) -> dict[int, Record]:
    """The records at these places among the readable rows of a file, from 1."""
    wanted = set(places)
    found: dict[int, Record] = {}
    place = 0
    for record in _rows(source.path):
        if is_mended and isinstance(_judged(record, width, match), str):
            continue
        place += 1
        if place in wanted:
            found[place] = record
            if len(found) == len(wanted):
                break
    return found


def _read(
    con: duckdb.DuckDBPyConnection,
    insert: str,
    file_no: int,
    path: Path,
    columns: list[str],
    match: Match,
    longest: int,
) -> int | None:
    """The number of rows added to the raw table; None, and nothing added, where not every record is a row."""
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
                "longest": longest,
                "rejects": rejects,
                "scans": f"scans_{path.stem}",
            },
        ).fetchone()
        is_clean = not con.table(rejects).limit(1).fetchall()
    except duckdb.InvalidInputException:
        con.rollback()
        return None
    if not is_clean or added is None:
        con.rollback()
        return None
    con.commit()
    return int(added[0])


def _missing(format_: Format) -> list[str]:
    return ["", *format_.missing]


def _mend(source: Source, match: Match, width: int, mended: Path) -> list[Rejected]:
    """Writes the wanted columns of every readable row as clean CSV and returns the other records."""
    csv.field_size_limit(2 * LONGEST_RECORD)
    places = sorted(match.places.values())
    names = {place: column for column, place in match.places.items()}
    unreadable = []
    with mended.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow([names[place] for place in places])
        for record in _rows(source.path):
            fields = _judged(record, width, match)
            if isinstance(fields, str):
                unreadable.append(Rejected(record.line, fields, record.text))
            else:
                writer.writerow([fields[place] for place in places])
    return unreadable


def _rows(path: Path) -> Iterator[Record]:
    all_records = records(path)
    next(all_records, None)
    return all_records


def _judged(record: Record, width: int, match: Match) -> list[str] | str:
    """The fields of a record as text, or why it is no row of a file of that width."""
    if len(record.raw) > LONGEST_RECORD:
        return f"the row has {len(record.raw):,} bytes: expected at most {LONGEST_RECORD:,}"
    if record.is_broken:
        return "a quotation mark is opened and never closed: expected its partner at the end of the field"
    raw = _fields(record.raw)
    if raw is None:
        return "text stands after a closing quotation mark: expected a comma there"
    if len(raw) < width or any(raw[width:]):
        return f"the row has {len(raw)} fields: expected {width}, as the header has"
    if record.raw.isascii():
        return raw
    fields = raw.copy()
    for column, place in match.places.items():
        try:
            fields[place] = raw[place].encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            return f"{column} has bytes that are no UTF-8: expected UTF-8 text"
    return fields


def _fields(text: str) -> list[str] | None:
    try:
        return next(csv.reader((text,), strict=True, skipinitialspace=True), None)
    except csv.Error:
        return None
