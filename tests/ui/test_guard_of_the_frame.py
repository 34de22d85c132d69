"""No page is drawn without its frame, whoever else opens one at that moment."""

from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import ROOT, Open


def test_a_page_opened_alone_runs_its_frame_though_another_reader_ran_one_just_then(
    opened_through_the_guard: Open, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = script_runner._mpa_v1
    times: list[str] = []

    def after_another_reader(path: str) -> None:
        times.append(path)
        PagesManager.uses_pages_directory = False  # as another session's frame does, between the choice and the page
        alone(path)

    monkeypatch.setattr(script_runner, "_mpa_v1", after_another_reader)
    app = opened_through_the_guard(sample, policy="zoom")
    del app.session_state["scope of this run"]  # as in a session that begins with this page
    app.switch_page("pages/attainment.py").run()
    assert times, "no page was opened alone, so nothing was tried"
    assert not app.exception, app.exception
    assert app.session_state["scope of this run"].policy["policy"] == "zoom"


def test_a_page_that_has_no_frame_to_run_says_how_to_start_it(
    sample: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLA_SNAPSHOTS", str(sample))
    app = AppTest.from_file(str(ROOT / "pages" / "week.py"), default_timeout=30).run()
    assert app.exception
    assert "start it with `streamlit run dashboard.py`" in caplog.text
