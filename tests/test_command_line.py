"""The command line as a stranger uses it: right input, wrong input, and the last snapshot served all the same."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from sla import store
from sla.__main__ import main

TICKETS = """ticket_id,created_at,severity,status,policy
A,2025-03-03T10:00:00Z,1,Solved,desk
B,2025-03-03T11:00:00Z,2,Open,desk
"""
EVENTS = """ticket_id,at,kind,by,author,public,value,seq
A,2025-03-03T10:30:00Z,message,agent,agent-1,true,,
A,2025-03-03T12:00:00Z,status,agent,agent-1,true,Solved,
B,2025-03-03T13:00:00Z,message,customer,,true,,
"""
POLICY = """id = "desk"
name = { en = "Desk" }
source = "invented"
statuses.solved = ["Solved"]
[calendars.always]
timezone = "UTC"
hours = "24x7"
[[severities]]
code = "1"
name = { en = "High" }
[[severities]]
code = "2"
name = { en = "Low" }
[[targets]]
metric = "first_response"
within = "1h"
calendar = "always"
clause = { en = "We answer within an hour." }
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command in a folder with an export, a policy and no snapshot; gives status, output and errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "tickets.csv").write_text(TICKETS)
    (tmp_path / "export" / "events.csv").write_text(EVENTS)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "desk.toml").write_text(POLICY)

    def _run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = main(words)
        except SystemExit as error:
            status = int(error.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return _run


def build(run: Run, *words: str) -> tuple[int, str, str]:
    return run("build", "export", "--policies", "policies", "--out", "snapshots", *words)


def assert_refused(answer: tuple[int, str, str], *said: str) -> None:
    """One plain sentence on standard error, status 1, nothing else."""
    status, out, err = answer
    assert (status, out) == (1, "")
    assert err.startswith("sla: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    for words in said:
        assert words in err


def test_a_build_publishes_a_snapshot_and_says_what_it_did(run: Run, tmp_path: Path) -> None:
    status, out, err = build(run, "--json")
    summary = json.loads(out)
    assert (status, err) == (0, "")
    current = store.current(tmp_path / "snapshots")
    assert current is not None
    assert summary["snapshot"].endswith(current.name)
    # A: first response after 30 min met, resolution without a target. B: since 11:00 unanswered at 13:00, the newest
    # instant there is, so an hour past its target; resolution without a target.
    assert {name: summary[name] for name in ("as_of", "rows_read", "rows_accepted", "rows_rejected", "tickets")} == {
        "as_of": "2025-03-03T13:00:00Z",
        "rows_read": 5,
        "rows_accepted": 5,
        "rows_rejected": 0,
        "tickets": 2,
    }
    assert (summary["events"], summary["clocks"]) == (3, 4)
    assert summary["outcomes"] == {"met": 1, "breached": 1, "running": 0, "excluded": 2}


def test_a_snapshot_can_be_read_with_nothing_but_duckdb_and_clocks_has_the_contracts_columns(
    run: Run, tmp_path: Path
) -> None:
    build(run)
    current = store.current(tmp_path / "snapshots")
    with duckdb.connect(str(current), read_only=True) as con:
        columns = [row[0] for row in con.execute("describe clocks").fetchall()]
    assert columns == [
        *("ticket_id", "metric", "cycle", "policy", "plan", "severity", "account", "agent", "team", "channel"),
        *("calendar", "target_s", "started_at", "stopped_at", "due_at", "elapsed_s", "carried_s", "paused_s"),
        *("first_reply_at", "outcome", "reason", "is_open"),
    ]


def test_a_build_that_is_not_published_leaves_the_current_snapshot(run: Run, tmp_path: Path) -> None:
    build(run)
    before = store.current(tmp_path / "snapshots")
    status, out, _ = build(run, "--no-publish")
    assert status == 0
    assert "not published" in out
    assert store.current(tmp_path / "snapshots") == before
    assert len(store.snapshots(tmp_path / "snapshots")) == 2


def test_as_of_an_earlier_instant_what_came_later_takes_no_part(run: Run) -> None:
    # At 10:20 only A is there, and nobody has answered it yet.
    _, out, _ = build(run, "--json", "--as-of", "2025-03-03T10:20:00Z")
    assert json.loads(out)["outcomes"] == {"met": 0, "breached": 0, "running": 1, "excluded": 1}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "nowhere"), "nowhere"),
        (("build", "empty.csv"), "empty.csv"),
        (("build", "letter.txt"), "letter.txt"),
        (("build", "export", "--timezone", "Mars/Olympus"), "Mars/Olympus"),
        (("build", "export", "--as-of", "yesterday"), "yesterday"),
        (("build", "export", "--as-of", "9999-12-31T23:59:59"), "1970 to 2199"),
        (("build", "export", "--as-of", "2025-03-03", "--timezone", "Mars/Olympus"), "Mars/Olympus"),
        (("build", "export", "--policy", "nobody"), "nobody"),
        (("build", "export", "--format", "nothing"), "nothing"),
        (("build", "export", "--policies", "broken"), "broken.toml"),
        (("build", "export", "--policies", "nowhere"), "nowhere"),
        (("explain", "A"), "no snapshot"),
        (("explain", "A", "--snapshot", "nowhere.duckdb"), "nowhere.duckdb"),
        (("explain", "A", "--snapshot", "letter.txt"), "letter.txt"),
        (("policies", "--policies", "broken"), "broken.toml"),
    ],
)
def test_wrong_input_is_refused_in_one_sentence(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "letter.txt").write_text("Dear all,\nplease find nothing attached.\n")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "broken.toml").write_text(POLICY.replace('timezone = "UTC"', 'timezone = "Nowhere"'))
    assert_refused(run(*words, *(() if words[0] == "policies" else ("--out", "snapshots"))), said)


def test_after_a_failed_build_the_last_snapshot_is_still_served(run: Run, tmp_path: Path) -> None:
    build(run)
    before = store.current(tmp_path / "snapshots")
    (tmp_path / "export" / "tickets.csv").write_text("nothing,that,is,known\n1,2,3,4\n")
    (tmp_path / "export" / "events.csv").unlink()
    assert_refused(build(run), "tickets.csv")
    assert store.current(tmp_path / "snapshots") == before
    assert store.snapshots(tmp_path / "snapshots") == [before]
    assert run("explain", "A", "--out", "snapshots")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("build",),
        ("build", ""),
        ("dance",),
        ("sample", "--tickets", "0", "--out", "x"),
        ("sample", "--tickets", "many", "--out", "x"),
        ("report", "x"),
    ],
)
def test_wrong_usage_has_status_2(run: Run, words: tuple[str, ...]) -> None:
    status, _, err = run(*words)
    assert status == 2
    assert "usage:" in err


@pytest.mark.parametrize("command", ["build", "explain", "report", "sample", "policies", "snapshots"])
def test_every_command_answers_help(run: Run, command: str) -> None:
    status, out, _ = run(command, "--help")
    assert status == 0
    assert out.startswith("usage: python -m sla")


def test_explain_adds_up_a_clock_and_names_the_clause(run: Run) -> None:
    build(run)
    status, out, _ = run("explain", "A", "--out", "snapshots")
    assert status == 0
    assert "first_response, cycle 1: met" in out
    assert "(en) We answer within an hour." in out
    assert "1,800 s, together     1,800 s" in out
    assert run("explain", "Z", "--out", "snapshots")[:2] == (1, "")


def test_snapshots_are_listed_with_the_current_one_marked(run: Run, tmp_path: Path) -> None:
    assert run("snapshots", "--out", "snapshots")[1] == "There is no snapshot in snapshots yet.\n"
    build(run)
    build(run, "--no-publish")
    first, second = store.snapshots(tmp_path / "snapshots")
    lines = run("snapshots", "--out", "snapshots")[1].splitlines()
    assert lines[0].startswith(f"* {first.name}")
    assert lines[1].startswith(f"  {second.name}")


def test_the_module_runs_as_a_program(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "sla", "snapshots", "--out", str(tmp_path / "none")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (0, f"There is no snapshot in {tmp_path / 'none'} yet.\n")
