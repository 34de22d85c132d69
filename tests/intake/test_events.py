from datetime import datetime
from pathlib import Path

import pytest
from intake_runs import Result, intake

TICKETS = "ticket_id,created_at\nx,2026-01-01\ny,2026-01-01\n"
HEADER = "ticket_id,at,kind,by,author,public,value,seq\n"


def events(tmp_path: Path, *rows: str) -> Result:
    return intake(tmp_path, {"t.csv": TICKETS, "e.csv": HEADER + "".join(f"{row}\n" for row in rows)})


def test_events_stand_in_the_order_of_ticket_and_instant(tmp_path: Path) -> None:
    got = events(
        tmp_path,
        "y,2026-01-02,message,customer,,,,",
        "x,2026-01-03,Status,,,,Solved,",
        "x,2026-01-02T10:00:00Z,message,Agent,ana,false,,7",
    )
    assert got.rows("events") == [
        (0, "x", datetime(2026, 1, 2, 10), "message", "agent", "ana", False, None, 7),
        (0, "x", datetime(2026, 1, 3), "status", None, None, True, "Solved", None),
        (1, "y", datetime(2026, 1, 2), "message", "customer", None, True, None, None),
    ]


def test_exact_repetitions_count_once_and_stay_accepted(tmp_path: Path) -> None:
    row = "x,2026-01-02,message,agent,ana,,,"
    got = events(tmp_path, row, row, row, "x,2026-01-02,message,agent,bob,,,")
    assert got.rows("events", "author") == [("ana",), ("bob",)]
    assert got.summary.rows_rejected == 0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",2026-01-02,message,agent,,,,", "ticket_id is missing"),
        ("x,,message,agent,,,,", "at is missing"),
        ("x,later,message,agent,,,,", 'at is "later"'),
        ("x,2026-09-09,message,agent,,,,", "at is 2026-09-09 00:00:00 UTC"),
        ("x,2026-01-02,mail,agent,,,,", 'kind is "mail"'),
        ("x,2026-01-02,,agent,,,,", 'kind is ""'),
        ("x,2026-01-02,message,bot,,,,", 'by is "bot"'),
        ("x,2026-01-02,message,,,,,", "by is missing"),
        ("x,2026-01-02,message,agent,,maybe,,", 'public is "maybe"'),
        ("x,2026-01-02,status,agent,,,,", "value is missing: expected the new status"),
        ("x,2026-01-02,severity,agent,,,,", "value is missing: expected the new severity"),
        ("x,2026-01-02,plan,agent,,,,", "value is missing: expected the new plan"),
        ("x,2026-01-02,message,agent,,,,1.5", 'seq is "1.5": expected a whole number'),
        ("z,2026-01-02,message,agent,,,,", 'ticket_id is "z": no such ticket among the accepted ones'),
    ],
)
def test_a_row_that_cannot_be_an_event_is_rejected_with_its_reason(tmp_path: Path, row: str, reason: str) -> None:
    got = events(tmp_path, "x,2026-01-02,message,agent,,,,", row)
    [(file, line, found, raw)] = got.rows("rejected_rows")
    assert (file, line, raw) == ("export/e.csv", 3, row)
    assert found.startswith(reason)
    assert len(got.rows("events")) == 1


def test_an_event_of_a_rejected_ticket_is_rejected(tmp_path: Path) -> None:
    files = {"t.csv": "ticket_id,created_at\nx,2026-01-01\ny,\n", "e.csv": HEADER + "y,2026-01-02,status,,,,Open,\n"}
    assert intake(tmp_path, files).rows("rejected_rows", "file", "line") == [("export/e.csv", 2), ("export/t.csv", 3)]


RATINGS = "ticket_id,rated_at,score,scale_min,scale_max,comment,offered_at\n"


def test_ratings_answered_and_offered_are_read_once_each(tmp_path: Path) -> None:
    rows = "y,,,,,,2026-01-03\nx,2026-01-02,4.5,1,5, fine ,\nx,2026-01-02,4.5,1,5,fine,\n"
    got = intake(tmp_path, {"t.csv": TICKETS, "r.csv": RATINGS + rows})
    assert got.rows("ratings") == [
        (0, "x", datetime(2026, 1, 2), 4.5, 1.0, 5.0, "fine", None),
        (1, "y", None, None, None, None, None, datetime(2026, 1, 3)),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,2026-01-02,6,1,5,,", 'score is "6": expected 1 to 5'),
        ("x,2026-01-02,0,1,5,,", 'score is "0": expected 1 to 5'),
        ("x,2026-01-02,good,1,5,,", 'score is "good": expected a number'),
        ("x,2026-01-02,nan,1,5,,", 'score is "nan": expected a number'),
        ("x,2026-01-02,4,,5,,", "scale_min or scale_max is missing"),
        ("x,2026-01-02,4,5,5,,", "the scale is 5 to 5"),
        ("x,,4,1,5,,", "rated_at is missing"),
        ("x,2026-01-02,,1,5,,", "score and offered_at are missing"),
        ("z,2026-01-02,4,1,5,,", 'ticket_id is "z": no such ticket'),
    ],
)
def test_a_row_that_cannot_be_a_rating_is_rejected_with_its_reason(tmp_path: Path, row: str, reason: str) -> None:
    got = intake(tmp_path, {"t.csv": TICKETS, "r.csv": f"{RATINGS}{row}\n"})
    [(line, found)] = got.reasons()
    assert line == 2
    assert found.startswith(reason)
