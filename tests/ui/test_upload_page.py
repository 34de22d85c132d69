"""The page for one's own data: files in, what is asked of them, what came of it, in every language."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sla import store
from sla.words import LANGUAGES, words
from tests.ui.test_weekly_page import frame_is_there

Open = Callable[..., AppTest]


@pytest.fixture
def shown(opened: Open, desk: Path) -> Open:
    """Opens the page on a small desk, or on the given folder of snapshots."""

    def _open(folder: Path = desk, **query: str) -> AppTest:
        app = opened(folder, **query)
        app.switch_page("pages/upload.py").run()
        assert not app.exception, app.exception
        return app

    return _open


def page_html(app: AppTest) -> str:
    """All blocks of the page, but for its style and the marks that keep Arabic in order."""
    return re.sub("[\u2066-\u2069]", "", "".join(block.value for block in app.html if "<style>" not in block.value))


def page_text(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", "\n", page_html(app)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_can_be_put_in_and_that_nobody_else_sees_it(shown: Open, language: str) -> None:
    app = shown(lang=language)
    told = words(language)
    assert frame_is_there(app)
    assert told("upload.promise") in page_text(app)
    assert [uploader.label for uploader in app.file_uploader] == [told("upload.files")]
    assert told("upload.template_button") in {button.label for button in app.download_button}


def test_the_page_needs_no_snapshot_and_builds_none(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLA_SNAPSHOTS", str(tmp_path))
    app = AppTest.from_file(str(Path(__file__).resolve().parents[2] / "dashboard.py"), default_timeout=60)
    app.switch_page("pages/upload.py").run()
    assert not app.exception
    assert len(app.file_uploader) == 1
    assert store.current(tmp_path) is None
