"""Records as text: nothing that comes from a file becomes a formula."""

import csv
import io
from datetime import date, datetime

import pytest

from sla.tables import as_csv, as_form, as_table


def test_a_text_that_looks_like_a_formula_gets_an_apostrophe_and_a_number_does_not() -> None:
    records = [{"subject": "=HYPERLINK(1)", "late_s": -5}, {"subject": "@x", "late_s": None}]
    assert as_csv(["subject", "late_s"], records) == "subject,late_s\n'=HYPERLINK(1),-5\n'@x,\n"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t1", "\n1", " =1", "\uff1d1", "\u00a0=1"])
def test_nothing_before_a_formula_hides_it(text: str) -> None:
    [_, row] = csv.reader(io.StringIO(as_csv(["subject"], [{"subject": text}]), newline=""))
    assert row == [f"'{text}"]


@pytest.mark.parametrize(
    ("text", "tamed"),
    [
        ("a;=1+1;b", "a;'=1+1;b"),
        ("a; -1+cmd|' /C x'!A0", "a;' -1+cmd|' /C x'!A0"),
        ("a\n@x", "a\n'@x"),
        ("\r=1", "'\n'=1"),
        ("a\r\nb\rc", "a\nb\nc"),  # else rows end there
        ("7;-1:26;-;+3,5", "7;-1:26;-;+3,5"),  # a row of a file with semicolons stays as it was written
    ],
)
def test_a_text_with_semicolons_is_no_formula_where_they_part_cells(text: str, tamed: str) -> None:
    [_, row] = csv.reader(io.StringIO(as_csv(["row"], [{"row": text}]), newline=""))
    assert row == [tamed]


def test_instants_are_written_with_z_and_dates_without_a_time() -> None:
    records = [{"due_at": datetime(2026, 3, 2, 12, 0, 5), "week_start": date(2026, 3, 2)}]
    assert as_csv(["due_at", "week_start"], records) == "due_at,week_start\n2026-03-02T12:00:05Z,2026-03-02\n"


def test_what_a_wall_clock_shows_is_written_without_an_offset() -> None:
    assert as_csv(["due_local"], [{"due_local": datetime(2026, 3, 2, 9)}]) == "due_local\n2026-03-02T09:00:00\n"


def test_a_table_has_numbers_to_the_right_and_says_when_it_is_empty() -> None:
    assert (
        as_table(["name", "n"], [{"name": "a", "n": 5}, {"name": "bb", "n": 12}])
        == "name   n\n----  --\na      5\nbb    12\n"
    )
    assert as_table(["name"], []) == "No rows.\n"


def test_json_keeps_null_and_letters() -> None:
    assert (
        as_form(["name"], [{"name": None}, {"name": "حرج"}], "json")
        == '[\n  {\n    "name": null\n  },\n  {\n    "name": "حرج"\n  }\n]\n'
    )
