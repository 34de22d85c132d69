from pathlib import Path

import pytest
from intake_runs import intake

HEADER = b"ticket_id,created_at,subject\n"


def read(tmp_path: Path, text: bytes) -> tuple[list[tuple[str, str]], list[tuple[int, str, str]]]:
    """The tickets with their subjects; and the rejected rows as line, first words of the reason, text."""
    got = intake(tmp_path, {"t.csv": text, "sure.csv": "ticket_id,created_at\nzz,2026-01-01\n"})
    rejected = [(line, reason, row) for _, line, reason, row in got.rows("rejected_rows")]
    summary = got.summary
    assert summary.rows_read == summary.rows_accepted + summary.rows_rejected
    assert summary.rows_rejected == len(rejected)
    return got.rows("tickets", "ticket_id", "subject")[:-1], rejected


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (HEADER + b"a,2026-01-01,one\nb,2026-01-01,two", ["one", "two"]),
        (HEADER.replace(b"\n", b"\r\n") + b"a,2026-01-01,one\r\nb,2026-01-01,two\r\n", ["one", "two"]),
        (b"\xef\xbb\xbf" + HEADER + b"a,2026-01-01,one\nb,2026-01-01,two\n", ["one", "two"]),
        (b"\n\r\n" + HEADER + b"\na,2026-01-01,one\n\n\nb,2026-01-01,two\n\n", ["one", "two"]),
        (HEADER + b'a,2026-01-01,"x\ny"\nb,2026-01-01,"p\r\nq"\n', ["x\ny", "p\r\nq"]),
        (HEADER + b'a,2026-01-01,5" disk\nb,2026-01-01,"say ""hi"""\n', ['5" disk', 'say "hi"']),
        (b'ticket_id,"created_at",  Subject \na,2026-01-01,one\nb,2026-01-01,two\n', ["one", "two"]),
        (HEADER + b"a,2026-01-01,one\r\nb,2026-01-01,two\n", ["one", "two"]),
        (HEADER + b"a,2026-01-01,one\rb,2026-01-01,two\n", ["one", "two"]),
        (HEADER + b"a,2026-01-01,one,\nb,2026-01-01,\xd8\xb3\n", ["one", "س"]),
        (HEADER + b"a,2026-01-01,o\x00ne\nb,2026-01-01,\x00\n", ["o\x00ne", "\x00"]),
        (b"ticket_id,created_at,subject,subject\na,2026-01-01,one,x\nb,2026-01-01,two,y\n", ["one", "two"]),
    ],
)
def test_a_file_in_any_usual_shape_is_read(tmp_path: Path, text: bytes, subjects: list[str]) -> None:
    assert read(tmp_path, text) == ([("a", subjects[0]), ("b", subjects[1])], [])


def test_rows_that_are_too_short_or_too_long_are_rejected_one_by_one(tmp_path: Path) -> None:
    text = HEADER + b'a,2026-01-01\n\nb,2026-01-01,"two\nlines"\nc,2026-01-01,x,y\nd,,no creation\n'
    tickets, rejected = read(tmp_path, text)
    assert tickets == [("b", "two\nlines")]
    assert rejected == [
        (2, "the row has 2 fields: expected 3, as the header has", "a,2026-01-01"),
        (6, "the row has 4 fields: expected 3, as the header has", "c,2026-01-01,x,y"),
        (7, "created_at is missing: expected an instant", "d,,no creation"),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_alone(tmp_path: Path) -> None:
    text = HEADER + b'a,2026-01-01,one\nb,2026-01-01,"two\nc,2026-01-01,three\nd,never,four\n'
    tickets, [(line, reason, row), (next_line, _, _)] = read(tmp_path, text)
    assert tickets == [("a", "one"), ("c", "three")]
    assert (line, row) == (3, 'b,2026-01-01,"two')
    assert next_line == 5
    assert reason.startswith("a quotation mark is opened and never closed")


def test_a_quotation_mark_that_another_row_seems_to_close_costs_its_own_line_alone(tmp_path: Path) -> None:
    text = HEADER + b'a,2026-01-01,"one\nb,2026-01-01,two\nc,2026-01-01,"three"\nd,2026-01-01,"fo\n""u""r"\n'
    tickets, [(line, reason, row)] = read(tmp_path, text)
    assert tickets == [("b", "two"), ("c", "three"), ("d", 'fo\n"u"r')]
    assert (line, row) == (2, 'a,2026-01-01,"one')
    assert reason.startswith("a quotation mark is opened and never closed")


def test_text_after_a_closing_quotation_mark_is_rejected(tmp_path: Path) -> None:
    tickets, [(line, reason, _)] = read(tmp_path, HEADER + b'a,2026-01-01,"one"x\nb,2026-01-01,two\n')
    assert (tickets, line) == ([("b", "two")], 2)
    assert reason.startswith("text stands after a closing quotation mark")


def test_bytes_that_are_no_utf_8_cost_their_own_row_alone(tmp_path: Path) -> None:
    tickets, [(line, reason, row)] = read(tmp_path, HEADER + b"a,2026-01-01,caf\x81\nb,2026-01-01,caf\xc3\xa9\n")
    assert (tickets, line, row) == ([("b", "café")], 2, "a,2026-01-01,caf\ufffd")
    assert reason == "subject has bytes that are no UTF-8: expected UTF-8 text"


def test_bytes_that_are_no_utf_8_cost_nothing_in_a_column_nobody_reads(tmp_path: Path) -> None:
    header = b"ticket_id,created_at,other\n"
    ragged = b"c,2026-01-01\n"  # makes the file be read record by record
    for number, rest in enumerate((b"", ragged)):
        folder = tmp_path / str(number)
        tickets, rejected = read(folder, header + b"a,2026-01-01,caf\xe9\n" + rest)
        assert (tickets, len(rejected)) == ([("a", None)], number)


def test_lines_of_rejected_rows_are_those_of_the_file_and_not_those_of_its_records(tmp_path: Path) -> None:
    # Records begin on lines 2, 5 and 7 (an empty line before the last).
    text = HEADER + b'a,2026-01-01,"1\n2\n3"\nb,never,x\n\nc,never,x\n'
    assert [(line, row) for line, _, row in read(tmp_path, text)[1]] == [(5, "b,never,x"), (7, "c,never,x")]


def test_a_very_long_rejected_row_is_cut(tmp_path: Path) -> None:
    [(_, _, row)] = read(tmp_path, HEADER + b"a,never," + b"x" * 30_000 + b"\n")[1]
    assert row == "a,never," + "x" * 19_992 + " …"  # 20,000 characters with the first eight


def test_a_record_of_more_than_two_million_bytes_is_rejected(tmp_path: Path) -> None:
    tickets, [(line, reason, _)] = read(tmp_path, HEADER + b"a,2026-01-01," + b"x" * 2_100_000 + b"\nb,2026-01-01,y\n")
    assert (tickets, line) == ([("b", "y")], 2)
    assert "2,000,000" in reason


def test_empty_fields_after_the_last_column_are_no_fault_whether_or_not_another_row_is(tmp_path: Path) -> None:
    text = HEADER + b"a,2026-01-01,one,,\n"
    assert read(tmp_path / "whole", text) == ([("a", "one")], [])
    tickets, rejected = read(tmp_path / "broken", text + b"b\n")
    assert (tickets, [line for line, _, _ in rejected]) == ([("a", "one")], [3])


def test_an_empty_line_in_a_file_of_one_column_is_no_row(tmp_path: Path) -> None:
    got = intake(tmp_path, {"sure.csv": "ticket_id,created_at\nzz,2026-01-01\n", "accounts.csv": "account\n\nA\n"})
    assert got.rows("accounts", "account") == [("A",)]
    assert (got.summary.rows_read, got.summary.rows_rejected, got.rows("rejected_rows")) == (2, 0, [])
