"""The dashboard as AppTest runs it, on the sample's snapshot or on a small desk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from tests.store.small_desk import build_small_desk

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def sample(copied_sample: Callable[[], Path]) -> Path:
    return copied_sample()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def opened_through_the_guard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the dashboard on a folder of snapshots with the given query, and runs it once.

    AppTest forgets before every run that the frame lists the pages, so from the second run on it opens the page's file
    alone, as a fresh server does with a deep link; the guard then runs the frame.
    """

    def _open(folder: Path, **query: str) -> AppTest:
        monkeypatch.setenv("SLA_SNAPSHOTS", str(folder))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception, app.exception
        return app

    yield _open
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def opened(opened_through_the_guard: Open, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The same on a server that remembers the frame's list of pages, as every server does after its first page."""
    build = PagesManager.__init__

    def build_then_remember(self: PagesManager, *args: Any, **values: Any) -> None:
        build(self, *args, **values)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", build_then_remember)
    return opened_through_the_guard
