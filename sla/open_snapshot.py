"""A snapshot that many threads ask at once, and that is opened anew where DuckDB gave its database up."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sla import store
from sla.catalog import Value
from sla.errors import Refused

Told = TypeVar("Told")
_NOT_HELD = "These files are held no more: put them in again to measure them."


class OpenSnapshot:
    """An open snapshot for all threads. Its cursors are prepared once and used again and again."""

    def __init__(self, path: Path, held: store.Connection | None = None) -> None:
        """Opens it; raises Refused where it cannot be read. One that is `held` in memory has no file to open anew."""
        self.path = path
        self.connection = held or store.open_snapshot(path)
        self._has_file = held is None
        self._idle: list[store.Connection] = []
        self._asking = 0
        self._times_opened = 1
        self._is_lost = False
        self._is_closed = False
        self._change = threading.Condition()

    def rows(self, name: str, values: Mapping[str, Value]) -> list[dict[str, Any]]:
        """The rows of a report as plain Python values, None for null; instants UTC without a zone. Raises Refused."""
        return self.use(lambda cursor: store.rows(cursor, name, values))

    def use(self, ask: Callable[[store.Connection], Told]) -> Told:
        """What `ask` gives of a cursor that is prepared for reports. Raises what it raises.

        After an error that cost DuckDB the whole database the file is opened anew and `ask` is called once more.
        """
        opening = self._times_opened
        try:
            with self._cursor() as (opening, cursor):
                return ask(cursor)
        except (Refused, *store.DATABASE_LOST) as error:
            if not isinstance(error.__cause__ if isinstance(error, Refused) else error, store.DATABASE_LOST):
                raise
            if not self._has_file:
                raise Refused(_NOT_HELD) from error
        self._open_anew(opening)
        with self._cursor() as (_, cursor):
            return ask(cursor)

    def close(self) -> None:
        """Waits for the questions under way and closes; whoever asks afterwards is refused. Twice does no harm."""
        with self._change:
            self._is_closed = True
            self._change.wait_for(lambda: self._asking == 0)
            for cursor in (*self._idle, self.connection):
                cursor.close()
            self._idle.clear()

    @contextmanager
    def _cursor(self) -> Iterator[tuple[int, store.Connection]]:
        """A cursor for one question, and how often the file had been opened when it began."""
        with self._change:
            self._change.wait_for(lambda: not self._is_lost)
            if self._is_closed:
                raise Refused(_NOT_HELD)
            self._asking += 1
            opening = self._times_opened
            kept = self._idle.pop() if self._idle else None
        cursor = kept
        is_fit = False
        try:
            if cursor is None:
                cursor = self.connection.cursor()
                store.prepare(cursor)
            yield opening, cursor
            is_fit = True
        finally:
            if cursor is not None and not is_fit:
                cursor.close()
            with self._change:
                if cursor is not None and is_fit:
                    self._idle.append(cursor)
                self._asking -= 1
                self._change.notify_all()

    def _open_anew(self, opening: int) -> None:
        """Opens the file again, unless another thread has done so since `opening`. Raises Refused where it cannot be.

        DuckDB gives whoever opens a file the database that is open already, so all must have left the lost one first.
        """
        with self._change:
            self._change.wait_for(lambda: not self._is_lost)
            if self._times_opened != opening:
                return
            self._is_lost = True
            try:
                self._change.wait_for(lambda: self._asking == 0)
                for cursor in (*self._idle, self.connection):
                    cursor.close()
                self._idle.clear()
                self.connection = store.open_snapshot(self.path)
                self._times_opened += 1
            finally:
                self._is_lost = False
                self._change.notify_all()
