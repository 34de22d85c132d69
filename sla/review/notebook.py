"""The file of notes beside the snapshots: SQLite, for several processes, to which rows are only ever added.

A build never touches it. What it holds is told in queries/notes.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category

from sla.errors import Refused
from sla.review.notes import (
    MOST_LETTERS,
    MOST_LETTERS_OF_A_NAME,
    REASONS,
    BreachNote,
    ClockKey,
    Note,
    Notes,
    PeriodComment,
    Signed,
    Waiver,
    holding,
)

NAME = "notes.sqlite"
QUERIES = Path(__file__).resolve().parent.parent.parent / "queries" / "notes"
_TABLES = ("notes", "numbers", "issued")
_WAIT_S = 30  # for another process that is writing

Row = Mapping[str, Any]


class Notebook:
    """The notes and the issued packs of a folder of snapshots. Opens the file anew for each call; for all threads."""

    def __init__(self, folder: Path) -> None:
        """The notebook of this folder; the file is made when the first row is written."""
        self.path = folder / NAME

    def notes(self, account: str, last_no: int | None = None) -> Notes:
        """What holds of an account's notes, of those up to `last_no` where it is given; nothing without a file.

        Raises Refused where the file cannot be read.
        """
        if last_no is None:
            last_no = max((row["last_no"] for row in self.rows("last_note")), default=0)
        rows = self.rows("notes_of_account", account=account, last_no=last_no)
        return holding(tuple(_note(row) for row in rows), last_no)

    def explain(
        self, account: str, clock: ClockKey, counted_on: date, reason: str, remark: str, who: str, is_typed: bool = True
    ) -> None:
        """Adds why a clock was breached. Raises Refused for an unknown reason, no name, or too long a text."""
        if reason not in REASONS:
            raise Refused(f"{reason!r} is no reason of a breach; there are {', '.join(REASONS)}.")
        self._write(account, who, is_typed, remark, kind="breach", **_about(clock, counted_on), reason=reason)

    def comment(
        self, account: str, first_on: date, last_on: date, remark: str, who: str, is_typed: bool = True
    ) -> None:
        """Adds what somebody says of a period; an empty text takes the comment before it back. Raises Refused."""
        days = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat()}
        self._write(account, who, is_typed, remark, kind="period", **days)

    def waive(
        self,
        account: str,
        clock: ClockKey,
        counted_on: date,
        is_granted: bool,
        agreed_with: str,
        remark: str,
        who: str,
        is_typed: bool = True,
    ) -> None:
        """Adds that a breach is waived, agreed with somebody, or that it no longer is. Raises Refused."""
        whom = _one_line(agreed_with)
        if is_granted and not whom:
            raise Refused("A waiver needs the name of whom it was agreed with.")
        about = _about(clock, counted_on) | {"is_granted": int(is_granted), "agreed_with": whom}
        self._write(account, who, is_typed, remark, kind="waiver", **about)

    def rows(self, name: str, **values: object) -> list[dict[str, Any]]:
        """The rows of a query of queries/notes; none where there is no file yet. Raises Refused."""
        if not self.path.is_file() or not self.path.stat().st_size:  # nobody has written yet, or writes the first row
            return []
        with self._open("rw") as con:
            return [dict(row) for row in con.execute(query(name), values)]

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that alone may write until the block ends; all is kept then, nothing after an error."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open("rwc") as con:
            con.execute("begin immediate")
            try:
                for table in _TABLES:
                    con.execute(query(table))
                for name in ("notes_are_not_changed", "notes_are_not_removed"):
                    con.execute(query(name))
                    con.execute(query(name.replace("notes", "issued")))
                yield con
            except BaseException:
                con.execute("rollback")
                raise
            con.execute("commit")

    def _write(self, account: str, who: str, is_typed: bool, remark: str, **columns: object) -> None:
        text = _plain(remark).strip()
        if len(text) > MOST_LETTERS:
            raise Refused(f"A remark has at most {MOST_LETTERS:,} letters, this one has {len(text):,}.")
        values = dict.fromkeys(("ticket_id", "metric", "cycle", "counted_on", "first_on", "last_on"), None)
        more = dict.fromkeys(("reason", "is_granted", "agreed_with"), None)
        by = {"who": name_of(who), "is_typed": int(is_typed), "written_at": written(now())}
        with self.writing() as con:
            con.execute(query("write_note"), values | more | columns | by | {"account": account, "remark": text})

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        try:
            address = f"{self.path.resolve().as_uri()}?mode={mode}"
            with closing(sqlite3.connect(address, timeout=_WAIT_S, isolation_level=None, uri=True)) as con:
                con.row_factory = sqlite3.Row
                yield con
        except sqlite3.Error as error:
            raise Refused(f"{self.path}, the file of notes, could not be used: {error}.") from error


def name_of(who: str) -> str:
    """A name as it is kept: one line without outer spaces. Raises Refused where there is none, or too long a one."""
    name = _one_line(who)
    if not name:
        raise Refused("A note needs the name of who writes it.")
    return name


@cache
def query(name: str) -> str:
    """The text of a query of queries/notes; read once."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def now() -> datetime:
    """The machine's instant, UTC without a zone or fractions: when a note is written, never what is measured."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def written(at: datetime) -> str:
    """A UTC instant as it stands in the file."""
    return f"{at.isoformat()}Z"


def instant(text: str) -> datetime:
    """The UTC instant, without a zone, of a text in the file."""
    return datetime.fromisoformat(text.removesuffix("Z"))


def _plain(text: str) -> str:
    """A text without what no file can show: control characters but tab and line feed, and halves of letters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\t\n" or category(letter) not in ("Cc", "Cs"))


def _one_line(text: str) -> str:
    line = " ".join(_plain(text).split())
    if len(line) > MOST_LETTERS_OF_A_NAME:
        raise Refused(f"A name has at most {MOST_LETTERS_OF_A_NAME} letters, this one has {len(line):,}.")
    return line


def _about(clock: ClockKey, counted_on: date) -> dict[str, object]:
    return {
        "ticket_id": clock.ticket_id,
        "metric": clock.metric,
        "cycle": clock.cycle,
        "counted_on": counted_on.isoformat(),
    }


def _note(row: Row) -> Note:
    signed = Signed(row["note_no"], row["who"], bool(row["is_typed"]), instant(row["written_at"]))
    if row["kind"] == "period":
        days = date.fromisoformat(row["first_on"]), date.fromisoformat(row["last_on"])
        return PeriodComment(*days, row["remark"], signed)
    clock = ClockKey(row["ticket_id"], row["metric"], row["cycle"])
    counted_on = date.fromisoformat(row["counted_on"])
    if row["kind"] == "breach":
        return BreachNote(clock, counted_on, row["reason"], row["remark"], signed)
    return Waiver(clock, counted_on, bool(row["is_granted"]), row["agreed_with"], row["remark"], signed)
