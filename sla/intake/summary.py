"""What reading exports gave, in numbers and sentences."""

from dataclasses import dataclass
from datetime import datetime

import duckdb


@dataclass(frozen=True)
class FileCounts:
    """A file read. `rows_read` = `rows_accepted` + `rows_rejected`; superseded rows are accepted ones.

    `dates`: the order of day and month (iso: the year comes first); `dates_certainty`: seen in the file, said by its
    format, or answered by a person.
    """

    file: str
    format: str
    kind: str
    sha256: str
    bytes: int
    timezone: str
    encoding: str
    delimiter: str
    dates: str
    dates_certainty: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_superseded: int


@dataclass(frozen=True)
class IntakeSummary:
    """What an intake did.

    `as_of`: UTC, without a zone. `timezone`: the zone given for instants without an offset, else UTC.
    `timezone_was_assumed`: a file has such instants and nobody named a zone for it. `notes`: sentences for people.
    """

    as_of: datetime
    timezone: str
    timezone_was_assumed: bool
    files: list[FileCounts]
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    notes: list[str]


def summarise(con: duckdb.DuckDBPyConnection, as_of: datetime, timezone: str | None, notes: list[str]) -> IntakeSummary:
    """The summary of the tables that an intake left in `con`."""
    table = con.table("source_files")
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
    files = [FileCounts(**{name: value for name, value in row.items() if name != "file_no"}) for row in rows]
    guesses = [file for _, file in con.table("stg_zone_guesses").fetchall()]
    return IntakeSummary(
        as_of=as_of,
        timezone=timezone or "UTC",
        timezone_was_assumed=bool(guesses),
        files=files,
        rows_read=sum(file.rows_read for file in files),
        rows_accepted=sum(file.rows_accepted for file in files),
        rows_rejected=sum(file.rows_rejected for file in files),
        notes=[*notes, *_guess_note(guesses), *_conflict_notes(con)],
    )


def _guess_note(guesses: list[str]) -> list[str]:
    return [f"No zone in {', '.join(guesses)}: UTC was assumed; --timezone says otherwise."] if guesses else []


def _conflict_notes(con: duckdb.DuckDBPyConnection) -> list[str]:
    notes = []
    for newer, older, count, example in con.table("stg_conflict_files").fetchall():
        what = f"{count} ticket_id with different created_at (such as {example})"
        if newer == older:
            notes.append(f"{newer} has {what}; the later ones were rejected.")
        else:
            notes.append(f"{newer} and {older} have {what}; {newer} is the newer file, and its rows were rejected.")
    return notes
