"""What people really have: delimiters, titles, sentences, repeated headers, alphabets, workbooks, JSON, and dates."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from intake_runs import intake
from workbooks import Day, workbook

from sla.errors import Refused
from sla.intake.questions import Answer

TWO = [("a", datetime(2026, 1, 5, 9), "Vídeo"), ("b", datetime(2026, 1, 6, 9), "سارة")]
COLUMNS = ("ticket_id", "created_at", "subject")


def table(mark: str = ",", end: str = "\n", before: str = "", after: str = "", subject: str = "سارة") -> str:
    rows = [COLUMNS, ("a", "2026-01-05 09:00", "Vídeo"), ("b", "2026-01-06 09:00", subject)]
    return before + end.join(mark.join(row) for row in rows) + end + after


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_delimiter_line_end_and_encoding_gives_the_same_rows(
    tmp_path: Path, mark: str, end: str, encoding: str
) -> None:
    got = intake(tmp_path, {"t.csv": table(mark, end).encode(encoding)})
    assert got.rows("tickets", *COLUMNS) == TWO
    assert (got.summary.rows_read, got.summary.rows_rejected) == (2, 0)
    [file] = got.summary.files
    assert file.delimiter == mark
    assert encoding.startswith(file.encoding[:6])


@pytest.mark.parametrize(("encoding", "subject"), [("cp1252", "Opção à noite"), ("cp1256", "الفيديو لا يعمل اليوم")])
def test_an_old_alphabet_is_read_and_said(tmp_path: Path, encoding: str, subject: str) -> None:
    text = table(";", "\r\n", subject=subject).replace("Vídeo", "x")
    got = intake(tmp_path, {"t.csv": text.encode(encoding)}, timezone="UTC")
    assert got.rows("tickets", "subject") == [("x",), (subject,)]
    assert got.summary.notes == [f"export/t.csv was read as windows-{encoding[2:]}."]


def test_letters_of_two_alphabets_are_asked_for_with_both_readings(tmp_path: Path) -> None:
    content = b"ticket_id,created_at,subject\na,2026-01-05,caf\xe9 \xe3\xed\n"
    with pytest.raises(Refused, match=r"may be in windows-1252 \(.*café ãí'\) or in windows-1256 \(.*--encoding"):
        intake(tmp_path, {"t.csv": content})
    assert intake(tmp_path, {"t.csv": content}, encoding="cp1256").rows("tickets", "subject") == [("café مي",)]


def test_titles_and_sentences_around_the_rows_are_no_rows_and_are_told(tmp_path: Path) -> None:
    text = table(";", before="Report of January\n\n", after="\nPeriod: 1 to 31 January\n")
    got = intake(tmp_path, {"t.csv": text}, timezone="UTC")
    assert (got.rows("tickets", *COLUMNS), got.summary.rows_read) == (TWO, 2)
    assert got.summary.notes == [
        "export/t.csv has its headers on line 3; before them stands: Report of January",
        "export/t.csv has text after its rows, which is no row: Period: 1 to 31 January",
    ]


def test_headers_that_stand_again_are_a_rejected_row(tmp_path: Path) -> None:
    text = table() + table().replace("\na,", "\nc,").replace("\nb,", "\nd,")
    got = intake(tmp_path, {"t.csv": text})
    assert [row[0] for row in got.rows("tickets", "ticket_id")] == ["a", "b", "c", "d"]
    assert got.reasons() == [(4, "the headers stand here again: expected a row")]
    assert (got.summary.rows_read, got.summary.rows_accepted) == (5, 4)


def test_a_workbook_is_read_with_its_rows_numbers_and_the_other_sheets_named(tmp_path: Path) -> None:
    # 46027.375 days after 1899-12-30 is 2026-01-05 09:00.
    rows = [
        ["Tickets"],
        [],
        [*COLUMNS, "seq"],
        ["a", Day(46027.375), "Vídeo", 1],
        [],
        ["b", "never", 7, True],
        [12, Day(46028.375)],
    ]
    got = intake(tmp_path, {"t.xlsx": workbook(rows, [["x"]])}, timezone="UTC")
    assert got.rows("tickets", *COLUMNS) == [("12", datetime(2026, 1, 6, 9), None), TWO[0]]
    assert [line for line, _ in got.reasons()] == [6]
    assert got.summary.notes[0] == "Of export/t.xlsx the sheet 'S1' was read; not read: 'S2'."


def test_a_rejected_row_of_json_is_told_with_the_names_of_its_parts(tmp_path: Path) -> None:
    rows = [{"ticket_id": "a", "created_at": "soon", "subject": None}, {"ticket_id": "b", "created_at": "2026-01-05"}]
    got = intake(tmp_path, {"t.json": json.dumps(rows)})
    assert got.rows("rejected_rows", "row") == [('{"ticket_id": "a", "created_at": "soon"}',)]


def test_json_in_its_three_shapes_gives_the_same_rows(tmp_path: Path) -> None:
    rows = [
        {"ticket_id": name, "created_at": at.isoformat(), "subject": subject, "tags": ["x", "y"]}
        for name, at, subject in TWO
    ]
    shapes = (json.dumps(rows), "\n".join(map(json.dumps, rows)), json.dumps({"count": 2, "tickets": rows}, indent=1))
    for number, text in enumerate(shapes):
        got = intake(tmp_path / str(number), {"t.json": text})
        assert got.rows("tickets", *COLUMNS) == TWO
        assert got.rows("tickets", "tags") == [(["x", "y"],), (["x", "y"],)]


def dated(*dates: str) -> str:
    return "ticket_id,created_at\n" + "".join(f"{number},{date}\n" for number, date in enumerate(dates))


@pytest.mark.parametrize(
    ("dates", "order", "first"),
    [
        (("03/02/2026", "13/02/2026"), "dmy", datetime(2026, 2, 3)),
        (("03/02/2026", "02/13/2026"), "mdy", datetime(2026, 3, 2)),
        (("03/02/2026", "13/02/2026", "14/02/2026", "02/13/2026"), "dmy", datetime(2026, 2, 3)),
        (("02/02/2026", "03/03/2026"), "dmy", datetime(2026, 2, 2)),
    ],
)
def test_all_dates_of_a_file_tell_the_order_of_day_and_month(
    tmp_path: Path, dates: tuple[str, ...], order: str, first: datetime
) -> None:
    got = intake(tmp_path, {"t.csv": dated(*dates)})
    assert got.rows("tickets", "created_at")[0] == (first,)
    [file] = got.summary.files
    assert (file.dates, file.dates_certainty) == (order, "seen")


def test_dates_that_can_be_read_in_two_ways_are_asked_for_and_the_answer_is_told(tmp_path: Path) -> None:
    files = {"t.csv": dated("03/02/2026", "04/05/2026")}
    with pytest.raises(Refused, match=r"03/02/2026, which is day 3 of month 2 or day 2 of month 3, .*--dates dmy"):
        intake(tmp_path, files)
    for order, first in (("dmy", datetime(2026, 2, 3)), ("mdy", datetime(2026, 3, 2))):
        got = intake(tmp_path, files, dates=order)
        assert got.rows("tickets", "created_at")[0] == (first,)
        [file] = got.summary.files
        assert (file.dates, file.dates_certainty) == (order, "answered")
        assert any("as was said" in note for note in got.summary.notes)


def test_what_the_file_shows_is_stronger_than_what_was_said(tmp_path: Path) -> None:
    got = intake(tmp_path, {"t.csv": dated("03/02/2026", "13/02/2026")}, dates="mdy")
    assert got.rows("tickets", "created_at") == [(datetime(2026, 2, 3),), (datetime(2026, 2, 13),)]
    assert any("13/02/2026 can only be day first" in note for note in got.summary.notes)


def test_an_answer_holds_for_its_own_file_alone(tmp_path: Path) -> None:
    import hashlib

    first, second = dated("03/02/2026"), dated("03/02/2026").replace("\n0,", "\n7,")
    answers = {
        hashlib.sha256(text.encode()).hexdigest(): Answer(dates=order)
        for text, order in ((first, "dmy"), (second, "mdy"))
    }
    got = intake(tmp_path, {"a.csv": first, "b.csv": second}, answers=answers)
    assert got.rows("tickets", "ticket_id", "created_at") == [("0", datetime(2026, 2, 3)), ("7", datetime(2026, 3, 2))]


def test_columns_that_a_person_named_are_read(tmp_path: Path) -> None:
    import hashlib

    text = "Vorgang;Angelegt;Thema\na;2026-01-05 09:00;Vídeo\n"
    with pytest.raises(Refused, match="is no export that is known here"):
        intake(tmp_path, {"t.csv": text})
    answer = Answer(format="standard", kind="tickets", columns={"ticket_id": 0, "created_at": 1, "subject": 2})
    got = intake(tmp_path, {"t.csv": text}, answers={hashlib.sha256(text.encode()).hexdigest(): answer})
    assert got.rows("tickets", *COLUMNS) == [TWO[0]]


def test_overlapping_exports_of_one_period_keep_the_newest_row_of_a_ticket(tmp_path: Path) -> None:
    head = "ticket_id,created_at,updated_at,status\n"
    old = head + "a,2026-01-01,2026-01-02,Open\nb,2026-01-01,2026-01-03,Solved\n"
    new = head + "a,2026-01-01,2026-01-05,Solved\nc,2026-01-04,2026-01-04,Open\n"
    got = intake(tmp_path, {"archive.csv": old, "live.csv": new, "live again.csv": new})
    assert got.rows("tickets", "ticket_id", "status") == [("a", "Solved"), ("b", "Solved"), ("c", "Open")]
    assert [(file.file, file.rows_superseded) for file in got.summary.files] == [
        ("export/archive.csv", 1),
        ("export/live again.csv", 0),
    ]
    assert "export/live.csv has the same bytes as export/live again.csv and was read once." in got.summary.notes


def test_headers_that_mean_the_same_column_are_told_and_the_first_is_read(tmp_path: Path) -> None:
    got = intake(tmp_path, {"t.csv": "ticket_id,created_at,Subject,subject\na,2026-01-05T09:00:00Z,one,two\n"})
    assert got.rows("tickets", "subject") == [("one",)]
    told = "'Subject' (column 3) was read, not 'subject' (column 4)"
    assert got.summary.notes == [f"export/t.csv has several columns for subject: {told}."]
