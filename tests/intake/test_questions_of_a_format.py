"""What nobody could confirm of a format is not read until the person says it."""

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


@pytest.mark.parametrize(("said", "scores"), [({}, []), ({"stars": "customer"}, [(4,)]), ({"stars": "other"}, [])])
def test_a_column_in_doubt_is_read_as_the_person_says(tmp_path: Path, said: dict[str, str], scores: list[int]) -> None:
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "desk.toml").write_text(FORMAT, "utf-8")
    result = intake(tmp_path, FILE, formats_dir=tmp_path / "formats", said=said)
    assert result.rows("ratings", "score") == scores
    asked = [note for note in result.summary.notes if "--say stars=customer (they are) or --say stars=other" in note]
    assert len(asked) == (0 if said else 1)


def test_an_answer_that_fits_no_question_is_refused(tmp_path: Path) -> None:
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "desk.toml").write_text(FORMAT, "utf-8")
    with pytest.raises(Refused, match="--say names 'stars=maybe'"):
        intake(tmp_path, FILE, formats_dir=tmp_path / "formats", said={"stars": "maybe"})
