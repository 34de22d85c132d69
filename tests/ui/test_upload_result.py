"""What came of one's own files: every row counted, what to know of them, and the way to a week with something in it."""

import csv
import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from sla import snapshot
from sla.words import LANGUAGES, words

Shown = Callable[..., AppTest]
TICKETS = """\
ticket_id,created_at,severity,status,first_reply_at,subject
A,2026-03-02T09:00:00Z,High,Parked,2026-03-02T09:30:00Z,first
A,2026-03-02T09:00:00Z,High,Parked,2026-03-02T09:30:00Z,again
B,2026-03-10T09:00:00Z,Odd,Open,,second
=1+1,soon,High,Open,,third
"""


def page(folder: str, language: str) -> None:
    from pathlib import Path

    from sla import store
    from sla.ui.snapshot import use
    from sla.ui.upload_result import summary
    from sla.words import words

    path = store.current(Path(folder))
    assert path is not None
    use(path)
    summary(words(language))


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three rows read right, one superseded, one rejected whose number is a formula."""
    folder = tmp_path_factory.mktemp("mine")
    (folder / "<b>mine.csv").write_text(TICKETS)
    snapshot.build([folder / "<b>mine.csv"], out=folder, default_policy="zoom")
    return folder


def shown(folder: Path, language: str = "en") -> AppTest:
    app = AppTest.from_function(page, default_timeout=60, args=(str(folder), language)).run()
    assert not app.exception, app.exception
    return app


def page_html(app: AppTest) -> str:
    return re.sub("[\u2066-\u2069]", "", "".join(block.value for block in app.html))


def page_text(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", "\n", page_html(app)))


def cells(app: AppTest) -> list[list[str]]:
    """The cells of the first table, row by row."""
    table = re.findall(r"<tbody>(.*?)</tbody>", page_html(app))[0]
    lines = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in re.findall(r"<tr>(.*?)</tr>", table)]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)) for cell in line] for line in lines]


def test_every_row_is_accounted_for(mine: Path) -> None:
    app = shown(mine)
    assert "2 tickets are measured, and every row is accounted for: 4 read, 3 accepted, 1 rejected." in page_text(app)
    of_the_file = ["<b>mine.csv", "Standard export: tickets", "4", "3", "1", "1", "UTC"]
    assert cells(app) == [[*of_the_file, "year first, or the month in words (seen in the file)", "UTF-8"]]
    assert "<b>" not in page_html(app)


def test_rejected_rows_are_a_file_without_a_live_formula(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Any] = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, **other: made.update({label: data}))
    shown(mine)
    with ThreadPoolExecutor(1) as pool:  # as Streamlit makes a file: outside of any run of a page
        text = pool.submit(made["Download the rejected rows (CSV)"]).result().decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(text))
    assert (line["file"], line["line"]) == ("<b>mine.csv", "5")
    assert line["row_text"] == "'=1+1,soon,High,Open,,third"
    assert line["reason"]


def test_warnings_stand_under_the_numbers(mine: Path) -> None:
    text = page_text(shown(mine))
    assert "The status “Parked” is known to nobody and counts as open: 1 ticket." in text
    assert "1 row tells of a ticket that has a newer one; the newest counts." in text
    assert "No messages are in this export" in text


def test_the_way_on_leads_to_a_week_in_which_something_was_decided(mine: Path) -> None:
    app = shown(mine)
    (address,) = re.findall(r"<p class='way-on'><a href='([^']*)'", page_html(app))
    assert unescape(address) == "./?lang=en&period=week&week=2026-03-02&policy=zoom"
    assert "They open on Zoom technical support, Week 10 · 2–8 Mar 2026." in page_text(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_it_stands_in_every_language(mine: Path, language: str) -> None:
    app = shown(mine, language)
    told = words(language)
    assert told("upload.title.warnings") in page_text(app)
    assert [button.label for button in app.download_button] == [told("upload.result.download_rejected")]
