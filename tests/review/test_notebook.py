"""The file of notes: nothing is lost, nothing overwritten, and a build does not touch it."""

import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sla.errors import Refused
from sla.review.notebook import NAME, Notebook
from sla.review.notes import BreachNote, ClockKey, PeriodComment, Waiver
from tests.store.reviewed_desk import build_reviewed_desk

CLOCK = ClockKey("L0", "first_response", 1)
DAY = date(2026, 1, 6)
JANUARY = date(2026, 1, 1), date(2026, 1, 31)
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook(tmp_path)


def test_a_folder_without_a_file_has_no_notes_and_gets_none_by_reading(notebook: Notebook) -> None:
    notes = notebook.notes("X")
    assert (notes.history, notes.last_no) == ((), 0)
    assert not notebook.path.exists()


def test_the_newest_note_holds_and_the_earlier_ones_stay(notebook: Notebook) -> None:
    notebook.explain("X", CLOCK, DAY, "handover", "Two shifts.", "Ann Example")
    notebook.explain("X", CLOCK, DAY, "staffing", "  A shift was short. ", " Bob\nSample ", is_typed=False)
    notebook.comment("X", *JANUARY, "A quiet month.", "Ann Example")
    notebook.waive("X", CLOCK, DAY, True, "Client Example", "By mail.", "Ann Example")
    notes = notebook.notes("X")
    held = notes.breaches[CLOCK]
    assert (held.reason, held.remark, held.counted_on) == ("staffing", "A shift was short.", DAY)
    assert (held.signed.note_no, held.signed.who, held.signed.is_typed) == (2, "Bob Sample", False)
    assert notes.comments[JANUARY].remark == "A quiet month."
    assert notes.waivers[CLOCK].agreed_with == "Client Example"
    assert [type(note) for note in notes.history] == [BreachNote, BreachNote, PeriodComment, Waiver]
    assert notes.last_no == 4


def test_a_comment_and_a_waiver_can_be_taken_back(notebook: Notebook) -> None:
    notebook.comment("X", *JANUARY, "A quiet month.", "Ann Example")
    notebook.comment("X", *JANUARY, "", "Ann Example")
    notebook.waive("X", CLOCK, DAY, True, "Client Example", "", "Ann Example")
    notebook.waive("X", CLOCK, DAY, False, "", "A mistake.", "Ann Example")
    notes = notebook.notes("X")
    assert (notes.comments, notes.waivers, len(notes.history)) == ({}, {}, 4)
    assert notebook.notes("X", last_no=3).waivers.keys() == {CLOCK}  # as it was before the last


def test_notes_of_one_account_are_not_shown_to_another(notebook: Notebook) -> None:
    notebook.explain("X", CLOCK, DAY, "outage", "", "Ann Example")
    assert notebook.notes("Y").history == ()
    assert notebook.notes("Y").last_no == 1


@pytest.mark.parametrize(
    ("write", "complaint"),
    [
        (lambda book: book.explain("X", CLOCK, DAY, "bad luck", "", "Ann Example"), "no reason"),
        (lambda book: book.explain("X", CLOCK, DAY, "other", "", "  "), "needs the name"),
        (lambda book: book.explain("X", CLOCK, DAY, "other", "a" * 2_001, "Ann Example"), "at most 2,000"),
        (lambda book: book.comment("X", *JANUARY, "", "a" * 81), "at most 80"),
        (lambda book: book.waive("X", CLOCK, DAY, True, " ", "", "Ann Example"), "agreed with"),
    ],
)
def test_a_note_that_cannot_be_right_is_refused_and_not_kept(notebook: Notebook, write, complaint: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused, match=complaint):
        write(notebook)
    assert notebook.notes("X").last_no == 0


def test_rows_cannot_be_changed_or_removed_by_anybody(notebook: Notebook) -> None:
    notebook.explain("X", CLOCK, DAY, "outage", "", "Ann Example")
    with sqlite3.connect(notebook.path) as con:
        for statement in ("update notes set who = 'Bob Sample'", "delete from notes"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                con.execute(statement)


def test_a_file_that_is_no_database_is_refused_and_left_alone(notebook: Notebook) -> None:
    notebook.path.write_bytes(b"no database at all, and longer than a page's head would be" * 40)
    with pytest.raises(Refused, match="could not be used"):
        notebook.notes("X")
    with pytest.raises(Refused, match="could not be used"):
        notebook.explain("X", CLOCK, DAY, "outage", "", "Ann Example")
    assert notebook.path.read_bytes().startswith(b"no database")


def test_text_is_text_to_the_file(notebook: Notebook) -> None:
    hostile = "'); drop table notes; --\u202e =1+1"
    notebook.explain("X'--", ClockKey(hostile, "first_response", 1), DAY, "other", hostile, "Ann Example")
    (note,) = notebook.notes("X'--").breaches.values()
    assert (note.remark, note.clock.ticket_id) == (hostile, hostile)


def test_what_no_file_can_show_is_left_out_of_notes(notebook: Notebook) -> None:
    notebook.explain("X", CLOCK, DAY, "other", "one\r\ntwo\x00\x0b\ud800 three\t.", "Ann\x1b[2J Example")
    note = notebook.notes("X").breaches[CLOCK]
    assert (note.remark, note.signed.who) == ("one\ntwo three\t.", "Ann[2J Example")


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    told = """
import sys
from datetime import date
from pathlib import Path
from sla.review.notebook import Notebook
from sla.review.notes import ClockKey
folder = Path(sys.argv[1])
(folder / f"{sys.argv[2]}.ready").touch()
while len(list(folder.glob("*.ready"))) < 2:  # both begin at once
    pass
for number in range(100):
    clock = ClockKey(f"{sys.argv[2]}-{number}", "first_response", 1)
    Notebook(folder).explain("X", clock, date(2026, 1, 6), "other", "", sys.argv[2])
"""
    runs = [subprocess.Popen([sys.executable, "-c", told, str(tmp_path), who], cwd=ROOT) for who in ("Ann", "Bob")]
    assert [run.wait(timeout=120) for run in runs] == [0, 0]
    notes = Notebook(tmp_path).notes("X")
    assert len(notes.breaches) == 200
    assert [note.signed.note_no for note in notes.history] == list(range(1, 201))


def test_notes_outlive_a_build(tmp_path: Path) -> None:
    folder = build_reviewed_desk(tmp_path / "first")
    Notebook(folder).explain("X", CLOCK, DAY, "outage", "", "Ann Example")
    before = (folder / NAME).read_bytes()
    from sla import snapshot

    made = tmp_path / "first"
    snapshot.build([made / "export"], policies=made / "policies", out=folder)
    assert len(list(folder.glob("*.duckdb"))) == 2
    assert (folder / NAME).read_bytes() == before
    assert Notebook(folder).notes("X").breaches.keys() == {CLOCK}
