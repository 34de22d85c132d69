"""Rows of reports from one snapshot, the same for a whole run of a page, each asked for once."""

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import Future
from datetime import UTC
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import streamlit as st

from sla import store
from sla.catalog import Value
from sla.catalog import report as asked_for
from sla.open_snapshot import OpenSnapshot
from sla.ui.turns import Turns

Row = Mapping[str, Any]
Made = TypeVar("Made")

MOST_ROWS_HELD = 300_000
MOST_MADE = 1_000
_IN_USE = "snapshot in use"


class Rows(tuple[Row, ...]):
    """The rows of a report, for all who ask the same; `key` says what was asked, so that drawings can be kept by it."""

    key: Hashable

    def __new__(cls, rows: Iterable[Row], key: Hashable) -> "Rows":
        """These rows, to be read only."""
        made = super().__new__(cls, (MappingProxyType(dict(row)) for row in rows))
        made.key = key
        return made

    def first(self, most: int) -> "Rows":
        """The first of them, or all where there are no more."""
        return self if len(self) <= most else Rows(self[:most], (self.key, most))


class Answers:
    """One snapshot and what it answered lately; for all threads."""

    def __init__(self, path: Path, held: OpenSnapshot | None = None) -> None:
        """Opens the snapshot; raises Refused where it cannot be read. One that is `held` in memory has no file."""
        self.path = path
        self.opened = held or OpenSnapshot(path)
        self.has_file = held is None
        self._turns = Turns(os.cpu_count() or 1)
        self._took_s: dict[str, float] = {}
        self._held: OrderedDict[Hashable, Rows] = OrderedDict()
        self._rows_held = 0
        self._asked: dict[Hashable, Future[Rows]] = {}
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, name: str, values: Mapping[str, Value]) -> Rows:
        """The rows of a report: those held, else asked for now. The least used are let go first. Raises Refused.

        Who asks what somebody else is being told waits for that answer: a hundred readers on a Monday ask once.
        """
        key = (str(self.path), name, tuple(sorted(asked_for(name).bind(values).items())))
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held
            told = self._asked.get(key)
            if told is None:
                mine: Future[Rows] = Future()
                self._asked[key] = mine
        if told is not None:
            return told.result()
        try:
            rows = Rows(self.use(name, lambda: self.opened.rows(name, values)), key)
        except BaseException as error:
            with self._lock:
                del self._asked[key]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._asked[key]
            self._held[key] = rows
            self._rows_held += len(rows) + 1
            while self._rows_held > MOST_ROWS_HELD and len(self._held) > 1:
                self._rows_held -= len(self._held.popitem(last=False)[1]) + 1
        mine.set_result(rows)
        return rows

    @property
    def connection(self) -> store.Connection:
        """The snapshot's connection, for what is no report."""
        return self.opened.connection

    @property
    def is_idle(self) -> bool:
        """Whether nobody asks anything now."""
        return self._turns.are_free

    def use(self, what: str, ask: Callable[[], Made]) -> Made:
        """What `ask` gives of this snapshot when its turn comes; `what` says whose like it is, by what they took."""
        with self._turns.turn(self._took_s.get(what, 0.0)):
            begun = time.perf_counter()
            told = ask()
            self._took_s[what] = time.perf_counter() - begun
        return told

    def made(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for all who name the same key; the key says all that it depends on."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                found: Made = self._made[key]
                return found
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > MOST_MADE:
                self._made.popitem(last=False)
        return made


def use(path: Path) -> None:
    """Makes a snapshot the one that this run of the page reads. Raises Refused where it cannot be read."""
    st.session_state[_IN_USE] = _answers(str(path))


def use_own(answers: Answers) -> None:
    """Makes a person's own data what this run of the page reads."""
    st.session_state[_IN_USE] = answers


def in_use() -> Answers:
    """The snapshot that this run of the page reads."""
    answers: Answers = st.session_state[_IN_USE]
    return answers


def report(name: str, **values: Value) -> Rows:
    """The rows of a report from the snapshot in use, null as None, instants UTC without a zone. Raises Refused."""
    return in_use().ask(name, values)


def opened(path: Path) -> Answers:
    """Another snapshot than the one in use, such as the one before it. Raises Refused where it cannot be read."""
    return _answers(str(path))


def current_snapshot() -> Path | None:
    """The snapshot that was published last; None where none was yet. Raises Refused."""
    return store.current(store.folder())


def first_snapshot() -> tuple[Path, bool]:
    """The current snapshot, and whether it had to be built from the sample exports just now. Raises Refused."""
    folder = store.folder()
    with _building():
        path = store.current(folder)  # another visitor's first start may have built it meanwhile
        if path is not None:
            return path, False
        from sla.sample import DEFAULT_END  # heavy, and needed on a first start only
        from sla.snapshot import build

        # Said, so that a machine whose clock is behind the sample's end takes none of its rows for the future.
        as_of = DEFAULT_END.astimezone(UTC).replace(tzinfo=None)
        return Path(build([store.ROOT / "data" / "samples"], out=folder, as_of=as_of).snapshot), True


@st.cache_resource(max_entries=4, show_spinner=False)
def _answers(path: str) -> Answers:
    return Answers(Path(path))


@st.cache_resource(show_spinner=False)
def _building() -> threading.Lock:
    return threading.Lock()
