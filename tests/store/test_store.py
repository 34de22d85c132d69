"""Snapshots are found, opened sealed, and read by many at once."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from sla import store
from sla.errors import Refused


def test_no_folder_and_no_pointer_mean_no_current_snapshot(tmp_path: Path) -> None:
    assert store.current(tmp_path / "nowhere") is None
    assert store.snapshots(tmp_path) == []


def test_the_pointer_names_the_current_snapshot(desk: Path) -> None:
    assert store.current(desk) == store.snapshots(desk)[-1]


@pytest.mark.parametrize("name", ["gone.duckdb", "../gone.duckdb", "", "notes.txt"])
def test_a_pointer_to_no_snapshot_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "CURRENT").write_text(f"{name}\n")
    with pytest.raises(Refused, match="is no snapshot"):
        store.current(tmp_path)


def test_a_broken_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "broken.duckdb"
    path.write_bytes(b"not a database")
    with pytest.raises(Refused, match="cannot be read as a snapshot"):
        store.open_snapshot(path)


@pytest.mark.parametrize(
    "attempt",
    [
        "copy (select 1) to '{folder}/out.csv'",
        "select * from read_text('{folder}/CURRENT')",
        "attach '{folder}/other.duckdb'",
        "create table intruder as select 1 as one",
        "set lock_configuration = false",
        "set enable_external_access = true",
    ],
)
def test_a_snapshot_is_sealed(connection: duckdb.DuckDBPyConnection, desk: Path, attempt: str) -> None:
    with connection.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(attempt.format(folder=desk))


def test_a_local_frame_cannot_be_read_by_its_name(connection: duckdb.DuckDBPyConnection) -> None:
    intruder = pd.DataFrame({"one": [1]})
    with connection.cursor() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("select * from intruder")
    assert len(intruder) == 1


def test_cursors_read_in_utc_whatever_the_zone_of_the_machine(connection: duckdb.DuckDBPyConnection) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("select current_setting('TimeZone')").fetchone() == ("UTC",)


def test_a_snapshot_may_be_opened_twice(connection: duckdb.DuckDBPyConnection, desk: Path) -> None:
    path = store.current(desk)
    assert path is not None
    second = store.open_snapshot(path)
    assert len(store.run(second, "policies", {})) == 2


def test_a_second_snapshot_can_be_open_beside_the_first(
    connection: duckdb.DuckDBPyConnection, desk: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.duckdb"
    shutil.copy(store.snapshots(desk)[-1], other)
    assert len(store.run(store.open_snapshot(other), "policies", {})) == 2


def test_threads_get_their_own_rows(connection: duckdb.DuckDBPyConnection) -> None:
    def count(week: date) -> int:
        frame = store.run(connection, "week_attainment", {"policy": "desk", "week": week})
        return int(frame["decided_count"].iloc[0])

    weeks = [date(2025, 12, 29), date(2026, 1, 5)] * 40
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(count, weeks)) == [10, 12] * 40


def test_types_do_not_depend_on_there_being_rows(connection: duckdb.DuckDBPyConnection) -> None:
    full, empty = (
        store.run(connection, "week_breaches", {"policy": "desk", "week": week})
        for week in (date(2026, 1, 5), date(2020, 1, 6))
    )
    assert len(empty) == 0
    assert list(full.dtypes) == list(empty.dtypes)


def test_records_give_none_for_every_kind_of_null() -> None:
    frame = pd.DataFrame(
        {
            "whole": pd.array([None], "Int64"),
            "share": [float("nan")],
            "at": [pd.NaT],
            "truth": pd.array([None], "boolean"),
        }
    )
    assert store.records(frame) == [{"whole": None, "share": None, "at": None, "truth": None}]
