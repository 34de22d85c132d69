"""What nobody could confirm of a format is asked, and is not read where nobody can say it."""

from datetime import datetime
from pathlib import Path

import pytest
from intake_runs import intake

from sla.errors import Refused

FORMAT = """
name = "desk"
[[files]]
kind = "tickets"
needs = ["ticket_id", "created_at"]
[files.columns]
ticket_id = ["No"]
created_at = ["Made"]
score = ["Stars"]
[[questions]]
id = "stars"
columns = ["score"]
text = { en = "Are stars scores of the customer?" }
[[questions.options]]
id = "customer"
text = { en = "they are" }
[[questions.options]]
id = "other"
text = { en = "they are not" }
without = ["score"]
"""
FILE = {"desk.csv": "No,Made,Stars\n1,2026-03-02T09:00:00Z,4\n"}


@pytest.mark.parametrize(("said", "scores"), [("customer", [(4,)]), ("other", []), ("unknown", [])])
def test_a_column_in_doubt_is_read_as_the_person_says(tmp_path: Path, said: str, scores: list[tuple[int]]) -> None:
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "desk.toml").write_text(FORMAT, "utf-8")
    result = intake(tmp_path, FILE, formats_dir=tmp_path / "formats", said={"stars": said})
    assert result.rows("ratings", "score") == scores
    left = "export/desk.csv: Are stars scores of the customer? Nobody could say, so score was not read."
    assert (left in result.summary.notes) == (said == "unknown")


def test_a_question_that_nobody_answered_refuses_the_file_and_shows_every_answer(tmp_path: Path) -> None:
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "desk.toml").write_text(FORMAT, "utf-8")
    with pytest.raises(Refused) as refused:
        intake(tmp_path, FILE, formats_dir=tmp_path / "formats")
    assert str(refused.value) == (
        "export/desk.csv is read as an export of desk, which leaves open: Are stars scores of the customer? "
        "Answer with --say stars=customer (they are), --say stars=other (they are not) or "
        "--say stars=unknown (nobody knows: score will not be read)."
    )
    without = {"desk.csv": "No,Made\n1,2026-03-02T09:00:00Z\n"}
    assert intake(tmp_path, without, formats_dir=tmp_path / "formats").summary.rows_accepted == 1


def test_an_answer_that_fits_no_question_is_refused(tmp_path: Path) -> None:
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "desk.toml").write_text(FORMAT, "utf-8")
    with pytest.raises(Refused, match="--say names 'stars=maybe'"):
        intake(tmp_path, FILE, formats_dir=tmp_path / "formats", said={"stars": "maybe"})


JIRA = (
    "Issue Type,Issue key,Created,Updated,Resolved,Priority,Status,Summary,Reporter,Reporter Id,"
    "Custom field (Satisfaction),Comment,Comment\n"
    "Incident,K-1,25/Feb/26 4:00 PM,26/Feb/26 9:00 AM,26/Feb/26 9:00 AM,High,Done,One,Ann Example,r1,4,"
    '"25/Feb/26 4:10 PM;r1;more of it","25/Feb/26 4:38 PM;a7;Hello; we\nlook"\n'
    "Incident,K-2,25/Feb/26 5:00 PM,25/Feb/26 5:00 PM,,Low,Open,Two,Ann Example,r1,,,\n"
)


def test_jiras_comments_are_messages_once_somebody_says_who_sees_and_writes_them(tmp_path: Path) -> None:
    result = intake(tmp_path, {"jira.csv": JIRA}, timezone="UTC", said={"jira_comments": "yes"})
    assert result.rows("events", "ticket_id", "at", "kind", "by", "author") == [
        ("K-1", datetime(2026, 2, 25, 16, 10), "message", "customer", "r1"),
        ("K-1", datetime(2026, 2, 25, 16, 38), "message", "agent", "a7"),
    ]
    # The score has no instant of its own: it counts when its ticket was solved.
    assert result.rows("ratings", "ticket_id", "rated_at", "score", "scale_min", "scale_max") == [
        ("K-1", datetime(2026, 2, 26, 9), 4, 1, 5)
    ]
    assert (result.summary.rows_read, result.summary.rows_accepted, result.summary.rows_rejected) == (2, 2, 0)
    assert result.rows("tickets", "ticket_id", "solved_at", "untold") == [
        ("K-1", datetime(2026, 2, 26, 9), None),
        ("K-2", None, None),
    ]


@pytest.mark.parametrize("said", ["unknown", "no"])
def test_jiras_comments_are_not_read_where_they_may_be_internal(tmp_path: Path, said: str) -> None:
    result = intake(tmp_path, {"jira.csv": JIRA}, timezone="UTC", said={"jira_comments": said})
    assert result.rows("events", "ticket_id") == []
    left = [note for note in result.summary.notes if "Nobody could say, so messages was not read." in note]
    assert len(left) == (said == "unknown")
