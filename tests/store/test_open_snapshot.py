"""A snapshot answers many threads, and is opened anew where DuckDB gave its database up."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Lock
from typing import Any

import duckdb
import pytest

from sla import store
from sla.errors import Refused
from sla.open_snapshot import OpenSnapshot

FATAL = duckdb.FatalException("FATAL Error: database has been invalidated because of a previous fatal error.")
Ask = Any


@pytest.fixture
def opened(tmp_path: Path, desk: Path) -> OpenSnapshot:
    path = store.current(desk)
    assert path is not None
    own = tmp_path / "own.duckdb"
    own.write_bytes(path.read_bytes())  # a file that nobody else holds open
    return OpenSnapshot(own)


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of every later opening: whether DuckDB gave a database that had been open before."""
    found: list[bool] = []
    seal = store.seal

    def watched(con: store.Connection) -> None:
        found.append(con.execute("select current_setting('lock_configuration')").fetchone() == (True,))
        seal(con)

    monkeypatch.setattr(store, "seal", watched)
    return found


def failing(monkeypatch: pytest.MonkeyPatch, times: int, error: Exception) -> None:
    """Makes the next questions fail."""
    left, lock, ask = [times], Lock(), store.ask

    def fails_first(*given: Any, **values: Any) -> Any:
        with lock:
            left[0] -= 1
            fails = left[0] >= 0
        if fails:
            raise error
        return ask(*given, **values)

    monkeypatch.setattr(store, "ask", fails_first)


def test_rows_are_those_of_the_frame_of_the_same_report(opened: OpenSnapshot) -> None:
    for name, values in (("policies", {}), ("weeks", {"policy": "desk"}), ("scope_values", {"policy": "desk"})):
        assert opened.rows(name, values) == store.records(store.run(opened.connection, name, values))


@pytest.mark.parametrize("error", [FATAL, duckdb.InternalException("INTERNAL Error: a join went wrong")])
def test_after_a_fatal_error_the_file_is_opened_anew_and_the_question_asked_again(
    opened: OpenSnapshot, openings: list[bool], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    assert len(opened.rows("policies", {})) == 2
    failing(monkeypatch, 1, error)
    assert len(opened.rows("policies", {})) == 2
    assert openings == [False]  # a new database, not the one that was given up


def test_a_second_fatal_error_is_refused_in_a_sentence_and_the_next_question_is_answered(
    opened: OpenSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, 2, FATAL)
    with pytest.raises(Refused, match=r"cannot answer the report policies .*gave the whole file up.*ask again"):
        opened.rows("policies", {})
    assert len(opened.rows("policies", {})) == 2


def test_many_who_lose_the_database_at_once_open_it_once(
    opened: OpenSnapshot, openings: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, 8, FATAL)
    all_have_come = Barrier(8)

    def ask(_: int) -> int:
        def count(cursor: store.Connection) -> int:
            if not openings:
                all_have_come.wait(10)
            return len(store.rows(cursor, "policies", {}))

        return opened.use(count)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [2] * 8
    assert openings == [False]


def test_other_refusals_are_not_asked_again(opened: OpenSnapshot, openings: list[bool]) -> None:
    with pytest.raises(Refused, match="needs policy"):
        opened.rows("weeks", {})
    assert openings == []


def test_too_little_memory_is_refused_in_a_sentence(opened: OpenSnapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, 1, duckdb.OutOfMemoryException("Out of Memory Error: could not allocate"))
    with pytest.raises(Refused, match="more memory than one question may have"):
        opened.rows("policies", {})


def test_a_file_that_is_gone_when_it_must_be_opened_anew_is_refused(
    opened: OpenSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, 1, FATAL)
    opened.path.unlink()
    for _ in range(2):
        with pytest.raises(Refused):
            opened.rows("policies", {})
