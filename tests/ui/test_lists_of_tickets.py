"""Lists of tickets: what comes from tickets stays text, long ones are cut and said to be, all of it is in the file."""

import csv
import io
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sla.ui.tables import file_of, list_html
from sla.words import LANGUAGES, words
from tests.store.small_desk import HOSTILE

ROW: dict[str, Any] = {"ticket_id": "T1", "account": None, "late_s": 60, "due_local": datetime(2026, 3, 2, 9, 30)}


class Seen(HTMLParser):
    """What a browser makes of a table: its elements, and the text within its cells."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[str] = set()
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", HOSTILE, "'><script>alert(1)</script>", "&lt;b&gt;"])
def test_text_of_a_ticket_is_no_markup_in_any_cell(language: str, text: str) -> None:
    columns = {"column.ticket": lambda row: row["id"], "column.account": lambda row: row["account"]}
    seen = Seen(list_html([{"id": text, "account": text}], columns, text, words(language)))
    assert seen.elements == {"div", "table", "thead", "tbody", "tr", "th", "td", "bdi"}
    assert seen.texts[-2:] == [text, text]


def test_each_cell_keeps_its_direction_to_itself() -> None:
    html = list_html([ROW], {"column.ticket": lambda row: row["ticket_id"]}, "x", words("ar"))
    assert "<th scope='row'><bdi>T1</bdi></th>" in html


def test_a_cell_says_its_own_title_for_pages_too_narrow_for_a_row_of_cells() -> None:
    columns = {"column.ticket": lambda row: row["ticket_id"], "breaches.late": lambda row: "1 min"}
    html = list_html([ROW], columns, "x", words("pt-BR"), kind="breached")
    assert "<td class='whole of-late' data-title='Atraso'><bdi>1 min</bdi></td>" in html
    assert "<div class='scroll cards breached' role='region'" in html


def test_what_is_missing_is_a_dash() -> None:
    columns = {"column.ticket": lambda row: row["ticket_id"], "column.account": lambda row: row["account"]}
    assert "<bdi>–</bdi></td>" in list_html([ROW], columns, "x", words("en"))


def test_the_file_has_every_column_seconds_as_numbers_and_no_formula() -> None:
    text = file_of([ROW | {"account": "=1+1"}]).decode("utf-8-sig")
    # a local instant has no Z: it is not UTC
    assert list(csv.DictReader(io.StringIO(text))) == [
        {"ticket_id": "T1", "account": "'=1+1", "late_s": "60", "due_local": "2026-03-02 09:30:00"}
    ]


def a_list_of(count: int) -> None:
    """A script of its own: Streamlit reads its text."""
    from datetime import date

    import streamlit as st

    from sla.ui import tables
    from sla.ui.filters import SCOPE
    from sla.ui.scope import Scope, period_of
    from sla.words import words

    st.session_state[SCOPE] = Scope({"policy": "desk"}, period_of("week", date(2026, 1, 5)), account="X & Co")
    row = {"severity": "1", "plan": "A", "account": "X", "agent": "a", "team": "t", "is_open": True, "target_s": 3600}
    rows = [row | {"ticket_id": f"T{at}", "late_s": 9000 - at, "stopped_local": None} for at in range(count)]
    tables.breaches(rows, ("a/b", "2026-01-05", "first_response"), words("en"))


def test_a_long_list_shows_the_first_fifty_and_says_how_many_there_are() -> None:
    app = AppTest.from_function(a_list_of, kwargs={"count": 51}).run()
    assert not app.exception
    html = "".join(block.value for block in app.html)
    assert "51 clocks were breached." in html
    assert "Shown: the first 50 of 51." in html
    assert ("<bdi>T49</bdi>" in html, "<bdi>T50</bdi>" in html) == (True, False)
    assert [button.label for button in app.download_button] == ["Download all as CSV"]


def test_a_list_of_fifty_is_shown_whole() -> None:
    html = "".join(block.value for block in AppTest.from_function(a_list_of, kwargs={"count": 50}).run().html)
    assert "Shown:" not in html
    assert "<bdi>T49</bdi>" in html


def test_a_ticket_in_a_list_leads_to_its_page_with_the_filters_kept() -> None:
    html = "".join(block.value for block in AppTest.from_function(a_list_of, kwargs={"count": 1}).run().html)
    kept = "lang=en&amp;period=week&amp;week=2026-01-05&amp;policy=desk&amp;account=X+%26+Co"
    assert f"<a href='ticket?{kept}&amp;ticket=T0' target='_self'><bdi>T0</bdi></a>" in html
