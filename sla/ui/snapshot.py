"""Rows of reports from one snapshot, the same for a whole run of a page, each asked for once."""

import threading
from datetime import UTC
from pathlib import Path
from typing import Any

import streamlit as st

from sla import store
from sla.catalog import Value

Row = dict[str, Any]
Rows = list[Row]

_IN_USE = "snapshot in use"


def use(path: Path) -> None:
    """Makes a snapshot the one that this run of the page reads."""
    st.session_state[_IN_USE] = str(path)


def report(name: str, **values: Value) -> Rows:
    """The rows of a report from the snapshot in use, null as None, instants UTC without a zone. Raises Refused."""
    return _rows(st.session_state[_IN_USE], name, tuple(sorted(values.items())))


def first_snapshot() -> tuple[Path, bool]:
    """The current snapshot, and whether it had to be built from the sample exports just now. Raises Refused."""
    folder = store.folder()
    path = store.current(folder)
    if path is not None:
        return path, False
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
def _opened(path: str) -> store.Connection:
    return store.open_snapshot(Path(path))


@st.cache_data(max_entries=2000, show_spinner=False)
def _rows(path: str, name: str, values: tuple[tuple[str, Value], ...]) -> Rows:
    return store.records(store.run(_opened(path), name, dict(values)))


@st.cache_resource(show_spinner=False)
def _building() -> threading.Lock:
    return threading.Lock()
