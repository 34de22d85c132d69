from datetime import datetime
from pathlib import Path

import pytest
from intake_runs import intake

from sla.errors import Refused

FULL_HEADER = (
    "ticket_id,created_at,severity,plan,status,policy,account,agent,team,channel,subject,requester,opened_by,"
    "acknowledged_at,first_reply_at,solved_at,closed_at,updated_at,merged_into,tags\n"
)


def test_every_column_of_a_ticket_arrives_trimmed_and_empty_is_null(tmp_path: Path) -> None:
    row = (
        ' 007 ,2026-01-05T09:00:00Z,\tP1,,Open , ,ACME,ana,desk,mail,"Hello, ""you""",bob,Agent,2026-01-05T09:01:00Z,'
        "2026-01-05T09:02:00Z,2026-01-05T09:03:00Z,2026-01-05T09:04:00Z,2026-01-05T09:05:00Z,8,a; b ;;c\n"
    )
    got = intake(tmp_path, {"tickets.csv": FULL_HEADER + row})
    minutes = [datetime(2026, 1, 5, 9, minute) for minute in range(6)]
    [row] = got.rows("tickets")
    assert row[:14] == (
        *(0, "007", minutes[0], "P1", None, "Open", None),
        *("ACME", "ana", "desk", "mail", 'Hello, "you"', "bob", "agent"),
    )
    assert row[14:] == (*minutes[1:], "8", ["a", "b", "c"], "standard", 0, 1, None)


def test_ticket_numbers_are_dense_in_the_order_of_ticket_id(tmp_path: Path) -> None:
    text = "ticket_id,created_at\nb,2026-01-01\n10,2026-01-02\n9,2026-01-03\n"
    assert intake(tmp_path, {"t.csv": text}).rows("tickets", "ticket_no", "ticket_id") == [
        (0, "10"),
        (1, "9"),
        (2, "b"),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",2026-01-01,,", "ticket_id is missing: expected a text"),
        ("  ,2026-01-01,,", "ticket_id is missing: expected a text"),
        ("x,,,", "created_at is missing: expected an instant"),
        ("x,soon,,", 'created_at is "soon": expected an instant from 1970 to 2199 such as 2026-01-31T09:30:00Z'),
        ("x,2026-01-01,infinity,", 'solved_at is "infinity": expected an instant'),
        ("x,2026-01-01,,robot", 'opened_by is "robot": expected customer, agent or system'),
        ("x,2026-06-02T12:00:01Z,,", "created_at is 2026-06-02 12:00:01 UTC: expected at most a day after"),
        ("x,2026-01-01,2027-01-01,", "solved_at is 2027-01-01 00:00:00 UTC: expected at most a day after"),
    ],
)
def test_a_row_that_cannot_be_a_ticket_is_rejected_with_its_reason(tmp_path: Path, row: str, reason: str) -> None:
    text = f"ticket_id,created_at,solved_at,opened_by\ngood,2026-01-01,,\n{row}\n"
    got = intake(tmp_path, {"t.csv": text})
    assert got.rows("tickets", "ticket_id") == [("good",)]
    [(file, line, found, raw)] = got.rows("rejected_rows")
    assert (file, line, raw) == ("export/t.csv", 3, row)
    assert found.startswith(reason)
    assert (got.summary.rows_read, got.summary.rows_accepted, got.summary.rows_rejected) == (2, 1, 1)


def test_a_row_exactly_a_day_ahead_is_accepted(tmp_path: Path) -> None:
    got = intake(tmp_path, {"t.csv": "ticket_id,created_at\nx,2026-06-02T12:00:00Z\n"})  # now is 2026-06-01 12:00
    assert got.rows("tickets", "ticket_id") == [("x",)]


def test_with_an_as_of_no_row_is_rejected_for_the_future(tmp_path: Path) -> None:
    text = "ticket_id,created_at\nx,2030-01-01\n"
    got = intake(tmp_path, {"t.csv": text}, as_of=datetime(2026, 1, 1))
    assert got.rows("tickets", "ticket_id") == [("x",)]
    assert got.summary.as_of == datetime(2026, 1, 1)


@pytest.mark.parametrize(
    ("ticket", "event", "as_of"),
    [
        ("2026-01-03,", "2026-01-01", datetime(2026, 1, 3)),
        ("2026-01-03,2026-01-05", "2026-01-04", datetime(2026, 1, 5)),
        ("2026-01-03,2026-01-05", "2026-01-06T01:00", datetime(2026, 1, 6, 1)),
    ],
)
def test_as_of_is_the_newest_creation_event_or_update(tmp_path: Path, ticket: str, event: str, as_of: datetime) -> None:
    files = {
        "t.csv": f"ticket_id,created_at,updated_at,solved_at\nx,{ticket},2026-05-05\n",  # a solve does not count
        "e.csv": f"ticket_id,at,kind,value\nx,{event},status,Open\nnobody,2026-05-06,status,Open\n",
    }
    assert intake(tmp_path, files).summary.as_of == as_of


def test_nothing_accepted_is_refused_with_the_first_reason_and_leaves_no_table(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"No ticket was accepted.*t\.csv line 2: created_at is missing"):
        intake(tmp_path, {"t.csv": "ticket_id,created_at\nx,\n"})


def test_the_newest_update_of_a_ticket_wins_and_the_others_are_superseded(tmp_path: Path) -> None:
    header = "ticket_id,created_at,updated_at,status\n"
    files = {
        "a.csv": header + "x,2026-01-01,2026-01-09,new\nx,2026-01-01,,none\n",
        "b.csv": header + "x,2026-01-01,2026-01-08,old\ny,2026-01-01,,only\n",
    }
    got = intake(tmp_path, files)
    assert got.rows("tickets", "ticket_id", "status") == [("x", "new"), ("y", "only")]
    counts = got.rows("source_files", "file", "rows_read", "rows_accepted", "rows_rejected", "rows_superseded")
    assert counts == [("export/a.csv", 2, 2, 0, 1), ("export/b.csv", 2, 2, 0, 1)]


def test_of_two_rows_of_one_update_the_one_that_tells_of_more_holds_and_then_the_newer_file_s(tmp_path: Path) -> None:
    header = "ticket_id,created_at,updated_at,solved_at,status\n"
    files = {
        "a.csv": header + "x,2026-01-01,2026-01-09,,Pending\nx,2026-01-01,2026-01-09,2026-01-08,Solved\n"
        "y,2026-01-01,,,Waiting\nnew,2026-02-01,,,Open\n",
        "b.csv": header + "y,2026-01-01,,,Answered\nold,2026-01-05,,,Open\n",  # older, though first by its word
    }
    got = intake(tmp_path, files)
    assert got.rows("tickets", "ticket_id", "status")[2:] == [("x", "Solved"), ("y", "Waiting")]


def test_one_ticket_id_with_two_creations_keeps_the_older_file_and_names_both(tmp_path: Path) -> None:
    header = "ticket_id,created_at,updated_at\n"
    files = {
        "a.csv": header + "x,2026-01-01,2026-03-01\n",  # newest instant 1 March: the newer file, though first by name
        "b.csv": header + "x,2026-01-02,2026-02-01\n",
    }
    got = intake(tmp_path, files)
    assert got.rows("tickets", "ticket_id", "created_at") == [("x", datetime(2026, 1, 2))]
    assert got.rows("rejected_rows", "file", "line") == [("export/a.csv", 2)]
    [note] = [note for note in got.summary.notes if "different created_at" in note]
    assert "export/a.csv and export/b.csv" in note
    assert "export/a.csv is the newer file" in note


def test_one_ticket_id_with_two_creations_in_one_file_keeps_the_first_creation(tmp_path: Path) -> None:
    got = intake(tmp_path, {"t.csv": "ticket_id,created_at\nx,2026-01-02\nx,2026-01-01\n"})
    assert got.rows("tickets", "ticket_id", "created_at") == [("x", datetime(2026, 1, 1))]
    assert got.rows("rejected_rows", "line") == [(2,)]


def test_plan_and_policy_are_the_ticket_s_own_else_the_account_s_at_the_creation(tmp_path: Path) -> None:
    files = {
        "tickets.csv": "ticket_id,created_at,account,plan,policy\n"
        "a,2026-01-31T23:59:59Z,ACME,,\n"  # a second before the change: the first row
        "b,2026-02-01T00:00:00Z,ACME,,\n"  # the very second of the change: the second
        "c,2026-02-02,ACME,Own,own\n"
        "d,2026-02-02,OTHER,,\n"
        "e,2026-02-02,,,\n"
        "f,2026-02-02,LATE,,\n",  # before the first row of its account
        "accounts.csv": "account,plan,policy,valid_from\n"
        "ACME,Gold,gold,\nACME,Silver,,2026-02-01\nLATE,Gold,,2026-03-01\n",
    }
    got = intake(tmp_path, files, default_policy="house")
    assert got.rows("tickets", "ticket_id", "plan", "policy") == [
        ("a", "Gold", "gold"),
        ("b", "Silver", "house"),
        ("c", "Own", "own"),
        ("d", None, "house"),
        ("e", None, "house"),
        ("f", None, "house"),
    ]


def test_of_two_rows_for_one_account_and_start_one_is_kept(tmp_path: Path) -> None:
    files = {
        "t.csv": "ticket_id,created_at,account\nx,2026-01-01,A\n",
        "a.csv": "account,plan\nA,Silver\nA,Gold\n,Gold\n",
        "g.csv": "agent,team\nana,two\nana,one\n,one\n",
    }
    got = intake(tmp_path, files)
    assert got.rows("accounts", "account", "plan") == [("A", "Gold")]  # the first by text
    assert got.rows("agents", "agent", "team") == [("ana", "one")]
    assert sorted(got.rows("rejected_rows", "file", "line", "reason")) == [
        ("export/a.csv", 4, "account is missing: expected a text"),
        ("export/g.csv", 4, "agent is missing: expected a text"),
    ]
