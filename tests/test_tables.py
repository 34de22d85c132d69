"""Records as text: nothing that comes from a file becomes a formula."""

from datetime import date, datetime

from sla.tables import as_csv, as_form, as_table


def test_a_text_that_looks_like_a_formula_gets_an_apostrophe_and_a_number_does_not() -> None:
    records = [{"subject": "=HYPERLINK(1)", "late_s": -5}, {"subject": "@x", "late_s": None}]
    assert as_csv(["subject", "late_s"], records) == "subject,late_s\n'=HYPERLINK(1),-5\n'@x,\n"


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
