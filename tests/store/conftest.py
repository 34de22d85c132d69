"""One small desk for all tests of the store."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sla import store
from tests.store.small_desk import build_small_desk

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def connection(desk: Path) -> duckdb.DuckDBPyConnection:
    path = store.current(desk)
    assert path is not None
    return store.open_snapshot(path)


@pytest.fixture
def ask(connection: duckdb.DuckDBPyConnection) -> Ask:
    def _ask(report: str, **values: Any) -> list[dict[str, Any]]:
        if "week" in values:
            values["week"] = date.fromisoformat(values["week"])
        return store.records(store.run(connection, report, values))

    return _ask
