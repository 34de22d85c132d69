import os
from datetime import datetime
from pathlib import Path

import pytest
from intake_runs import intake, run

HEADER = (
    "number,ident_state,reassignment_count,sys_mod_count,caller_id,opened_at,sys_updated_at,contact_type,category,category,"
    "priority,assignment_group,assigned_to,resolved_at,closed_at\n"
)


def change(number: str, state: str, seq: int, at: str, severity: str = "3", agent: str = "?", solved: str = "?") -> str:
    opened, closed = "29/2/2016 01:16", "5/3/2016 12:00"
    return f"{number},{state},0,{seq},?,{opened},{at},Phone,55,170,{severity},24,{agent},{solved},{closed}\n"


# Two incidents: one from New to Closed with a regrading, one that begins as Active; the rows in no order.
LOG = (
    change("0000045", "Closed", 4, "5/3/2016 12:00", "2", "89", "29/2/2016 11:29")
    + change("0000045", "New", 0, "29/2/2016 01:23")
    + change("0000045", "Awaiting User Info", 2, "29/2/2016 08:53", "3", "89")
    + change("0000045", "New", 1, "29/2/2016 01:23", "3")
    + change("0000045", "Awaiting User Info", 3, "1/3/2016 08:53", "2", "89", "29/2/2016 11:29")
    + change("0000047", "Active", 0, "29/2/2016 04:57", "4", "12")
    + change("0000047", "-100", 1, "29/2/2016 05:30", "4", "?")
)


def test_a_ticket_has_the_values_of_its_last_row_and_the_severity_of_its_first(tmp_path: Path) -> None:
    got = intake(tmp_path, {"log.csv": HEADER + LOG})
    assert got.rows("tickets", "ticket_id", "created_at", "severity", "status", "agent", "team", "requester") == [
        ("0000045", datetime(2016, 2, 29, 1, 16), "3", "Closed", "89", "24", None),
        ("0000047", datetime(2016, 2, 29, 1, 16), "4", "-100", None, "24", None),
    ]
    assert got.rows("tickets", "solved_at", "closed_at", "updated_at", "channel", "opened_by") == [
        (datetime(2016, 2, 29, 11, 29), datetime(2016, 3, 5, 12), datetime(2016, 3, 5, 12), "Phone", "customer"),
        (None, datetime(2016, 3, 5, 12), datetime(2016, 2, 29, 5, 30), "Phone", "customer"),
    ]
    assert (got.summary.rows_read, got.summary.rows_accepted) == (7, 7)
    assert got.summary.as_of == datetime(2016, 3, 5, 12)


def test_events_are_the_changes_from_row_to_row(tmp_path: Path) -> None:
    got = intake(tmp_path, {"log.csv": HEADER + LOG})
    events = got.rows("events", "ticket_no", "at", "kind", "value", "seq")
    assert [event[2:] for event in events if event[0] == 0] == [
        ("status", "New", 0),
        ("acknowledged", None, 2),
        ("assigned", "89", 2),
        ("status", "Awaiting User Info", 2),
        ("severity", "2", 3),
        ("status", "Closed", 4),
    ]
    assert [event[1:] for event in events if event[0] == 1] == [
        (datetime(2016, 2, 29, 4, 57), "acknowledged", None, 0),  # it begins as Active
        (datetime(2016, 2, 29, 4, 57), "assigned", "12", 0),
        (datetime(2016, 2, 29, 4, 57), "status", "Active", 0),
        (datetime(2016, 2, 29, 5, 30), "assigned", None, 1),
        (datetime(2016, 2, 29, 5, 30), "status", "-100", 1),
    ]


def test_a_value_that_is_missing_between_two_equal_ones_is_no_change(tmp_path: Path) -> None:
    rows = [("New", "3"), ("?", "?"), ("New", "3")]
    log = "".join(change("1", state, seq, f"1/3/2016 0{seq}:00", grade) for seq, (state, grade) in enumerate(rows))
    got = intake(tmp_path, {"log.csv": HEADER + log})
    assert got.rows("events", "kind", "value", "seq") == [("status", "New", 0)]


def test_status_words_of_the_log_have_their_class_and_one_is_unknown_on_purpose(tmp_path: Path) -> None:
    classes = dict(intake(tmp_path, {"log.csv": HEADER + LOG}).rows("format_statuses", "status_key", "status_class"))
    assert classes == {
        "new": "open",
        "active": "open",
        "awaiting user info": "waiting",
        "awaiting vendor": "waiting",
        "awaiting problem": "waiting",
        "awaiting evidence": "waiting",
        "resolved": "solved",
        "closed": "solved",
    }


def test_a_row_that_cannot_be_read_is_rejected_and_the_others_count(tmp_path: Path) -> None:
    wrong = [("0000045", "2/29/2016 01:23"), ("0000048", "?"), ("?", "1/1/2016")]
    bad = "".join(change(number, "New", 0, at) for number, at in wrong)
    got = intake(tmp_path, {"log.csv": HEADER + LOG + bad})
    assert len(got.rows("tickets")) == 2
    assert [(line, reason.split(":")[0]) for line, reason in got.reasons()] == [
        (9, 'the time of the change is "2/29/2016 01'),
        (10, "the time of the change is missing"),
        (11, "ticket_id is missing"),
    ]


def test_a_log_in_two_files_is_one_log(tmp_path: Path) -> None:
    lines = LOG.splitlines(keepends=True)
    whole = intake(tmp_path / "1", {"log.csv": HEADER + LOG})
    halves = intake(tmp_path / "2", {"a.csv": HEADER + "".join(lines[::2]), "b.csv": HEADER + "".join(lines[1::2])})
    assert whole.rows("events") == halves.rows("events")
    columns = [name for name in whole.con.table("tickets").columns if name not in ("file_no", "row_no")]
    assert whole.rows("tickets", *columns) == halves.rows("tickets", *columns)


@pytest.mark.skipif("SLA_SERVICENOW_LOG" not in os.environ, reason="SLA_SERVICENOW_LOG names no log")
def test_the_published_log_is_read_whole() -> None:
    """The counts are those of the log's description, counted there without this program."""
    got = run([Path(os.environ["SLA_SERVICENOW_LOG"])])
    assert (got.summary.rows_read, got.summary.rows_accepted) == (141_712, 141_712)
    assert len(got.rows("tickets")) == 24_918
    assert {status for (status,) in got.rows("tickets", "status")} == {"Closed"}
    events = got.rows("events", "ticket_no", "kind", "value")
    assert len({ticket for ticket, kind, _ in events if kind == "severity"}) == 383
    assert len({ticket for ticket, kind, value in events if kind == "status" and value == "New"}) == 16_397
    assert len({ticket for ticket, kind, _ in events if kind == "acknowledged"}) == 24_918
    assert sum(kind == "acknowledged" for _, kind, _ in events) == 24_918
    assert sum(solved is None for (solved,) in got.rows("tickets", "solved_at")) == 1_556
