"""What the other reading of a document would change, counted on paper and for the real policies."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sla import readings, snapshot, store
from sla.__main__ import main
from sla.errors import Refused
from sla.explain import explain
from sla.policies.reader import read_policies
from sla.readings import COLUMNS, reading_effects
from sla.store import Connection

POLICY = """
id = "Desk"
name = { en = "Desk" }
source = "made up for this test"
statuses.solved = ["Solved"]
[calendars.always]
timezone = "UTC"
hours = "24x7"
[calendars.late]
timezone = "UTC"
hours.mon = [["10:00", "18:00"]]
[[severities]]
code = "1"
name = { en = "One" }
[[severities]]
code = "2"
name = { en = "Two" }
[[targets]]
metric = "first_response"
within = "1h"
calendar = "always"
[[readings]]
question = { en = "One hour or two?", "pt-BR" = "Uma hora ou duas?" }
chosen = { en = "One.", "pt-BR" = "Uma." }
otherwise = [{ metric = "first_response", within = "2h" }]
[[readings]]
question = { en = "At night too, and is that a promise to solve?" }
chosen = { en = "Yes, no." }
otherwise = [
    { metric = "first_response", calendar = "late" },
    { metric = "resolution", within = "1h", calendar = "always" },
]
[[readings]]
question = { en = "Aim or promise?" }
chosen = { en = "Promise." }
otherwise = []
"""
OTHER_DESK = """
id = "other"
name = { en = "Other" }
source = "made up for this test"
[calendars.always]
timezone = "UTC"
hours = "24x7"
[[targets]]
metric = "first_response"
within = "1s"
calendar = "always"
"""
TICKETS = """ticket_id,created_at,first_reply_at,solved_at,policy,severity
A,2026-03-02T09:00:00Z,2026-03-02T09:30:00Z,,desk,1
B,2026-03-02T09:00:00Z,2026-03-02T10:30:00Z,,desk,1
C,2026-03-02T09:00:00Z,2026-03-02T12:00:00Z,,desk,1
D,2026-03-02T10:30:00Z,,,desk,1
E,2026-03-02T11:30:00Z,,,desk,1
F,2026-03-02T09:00:00Z,,2026-03-02T10:30:00Z,desk,1
X,2026-03-02T09:00:00Z,,,other,1
"""
NOON = datetime(2026, 3, 2, 12)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of six tickets of the desk and one of another, as of 12:00:00."""
    return build(tmp_path_factory.mktemp("desk"), POLICY)


def build(folder: Path, policy: str, tickets: str = TICKETS, events: str = "") -> Path:
    export, policies = folder / "export", folder / "policies"
    export.mkdir()
    (export / "tickets.csv").write_text(tickets)
    if events:
        (export / "events.csv").write_text(events)
    policies.mkdir()
    (policies / "desk.toml").write_text(policy)
    (policies / "other.toml").write_text(OTHER_DESK)
    return Path(snapshot.build([export], policies=policies, out=folder / "out", as_of=NOON).snapshot)


@pytest.fixture
def con(desk: Path) -> Iterator[Connection]:
    with store.open_snapshot(desk) as opened:
        yield opened


def counts(record: dict[str, Any]) -> tuple[Any, ...]:
    names = ("met_count", "breached_count", "other_met_count", "other_breached_count")
    return (record["reading"], record["metric"], record["changed_count"], *(record[name] for name in names))


BY_HAND = [
    # First responses take A 30, B 90, C 180, F 90 minutes (solved without a reply); D waits 90, E 30 minutes so far.
    # In one hour: A met, B C D F breached. In two: A B met, C breached, D running, F excluded. Three change: B D F.
    (1, "first_response", 3, 1, 4, 2, 1),
    # Nothing is promised for the resolution, either way.
    (1, "resolution", 0, 0, 0, 0, 0),
    # Open from 10:00: A 0, B 30, C 120, D 90, F 30 minutes: A B met, C D breached, F excluded. Two change: B F.
    (2, "first_response", 2, 1, 4, 2, 2),
    # Solved in one hour: F took 90 minutes, A B C are unsolved after 180, D after 90: five breached. E is running.
    (2, "resolution", 6, 0, 0, 0, 5),
    (3, None, None, None, None, None, None),
]


def test_the_counts_of_a_small_desk_are_those_of_the_paper(con: Connection) -> None:
    assert [counts(record) for record in reading_effects(con)] == BY_HAND


def test_shares_are_met_of_met_and_breached_and_none_where_nothing_was_decided(con: Connection) -> None:
    shares = [(record["attainment"], record["other_attainment"]) for record in reading_effects(con)]
    assert shares == [(1 / 5, 2 / 3), (None, None), (1 / 5, 2 / 4), (None, 0 / 5), (None, None)]


def test_a_note_tells_a_reading_that_changes_no_target_from_one_that_nothing_could_be_measured_by(
    tmp_path: Path,
) -> None:
    tickets = "\n".join(line.replace(",desk,", ",other,") for line in TICKETS.splitlines())
    readings_of_desk = [(1, None, "no clocks of this policy"), (2, None, "no clocks of this policy")]
    with store.open_snapshot(build(tmp_path, POLICY, tickets)) as opened:
        found = [(record["reading"], record["metric"], record["note"]) for record in reading_effects(opened)]
    assert found == [*readings_of_desk, (3, None, "changes no target")]


def test_a_note_says_where_neither_reading_decides_anything(con: Connection) -> None:
    noted = {(record["reading"], record["metric"]): record["note"] for record in reading_effects(con)}
    # Reading 1 leaves the resolution without a target, as it is; reading 2 gives it one.
    assert noted[1, "resolution"] == "no clock met or breached in either reading"
    assert noted[1, "first_response"] is noted[2, "resolution"] is None
    assert noted[3, None] == "changes no target"


def test_parts_measured_one_after_the_other_give_the_same_counts(
    con: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "TICKETS_A_SHARD", 2)
    assert [counts(record) for record in reading_effects(con)] == BY_HAND


def test_questions_are_in_the_language_asked_for_else_in_english(con: Connection) -> None:
    told = [(record["question"], record["chosen"]) for record in reading_effects(con, language="pt-BR")]
    assert told[0] == ("Uma hora ou duas?", "Uma.")
    assert told[-1] == ("Aim or promise?", "Promise.")


def test_policies_are_named_whatever_their_case_and_one_without_readings_has_no_record(con: Connection) -> None:
    assert [counts(record) for record in reading_effects(con, policy=" dESK ")] == BY_HAND
    assert reading_effects(con, policy="other") == []


def test_a_policy_that_the_snapshot_does_not_have_is_refused_with_those_it_has(con: Connection) -> None:
    with pytest.raises(Refused, match=r"'nobody'.*Desk, other"):
        reading_effects(con, policy="nobody")


def test_the_snapshot_and_the_connections_policies_are_as_they_were(desk: Path, con: Connection) -> None:
    tables = ("targets", "target_grid", "calendar_spans", "policy_versions", "clock_facts")
    before = [con.execute(f"from {table}").fetchall() for table in tables]
    names = con.execute("show all tables").fetchall()
    told = explain(con, "B")
    content = desk.read_bytes()
    reading_effects(con)
    assert [con.execute(f"from {table}").fetchall() for table in tables] == before
    assert con.execute("show all tables").fetchall() == names
    assert explain(con, "B") == told
    assert desk.read_bytes() == content


def test_a_clock_that_only_the_other_reading_has_and_leaves_without_a_verdict_is_no_change(tmp_path: Path) -> None:
    # Updates are promised for severity 2 alone. A is of severity 1: its update clock has no verdict in either reading.
    added = '{ metric = "periodic_update", severities = ["2"], within = "1h", calendar = "always" }'
    policy = POLICY.replace('{ metric = "first_response", within = "2h" }', added)
    tickets = "\n".join(TICKETS.splitlines()[:2])
    events = "ticket_id,at,kind,by\nA,2026-03-02T09:30:00Z,message,agent\n"
    with store.open_snapshot(build(tmp_path, policy, tickets, events)) as opened:
        found = [counts(record) for record in reading_effects(opened) if record["metric"] == "periodic_update"]
    assert found == [(1, "periodic_update", 0, 0, 0, 0, 0)]


def test_the_report_is_printed_with_its_columns(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "readings", "--snapshot", str(desk), "--format", "json", "--policy", "desk"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [set(record) for record in printed] == [set(COLUMNS)] * len(BY_HAND)
    assert [counts(record) for record in printed] == BY_HAND
    assert main(["report", "readings", "--snapshot", str(desk), "--policy", "nobody"]) == 1
    assert "nobody" in capsys.readouterr().err


def test_every_other_reading_of_the_real_policies_can_be_measured(sample_snapshot: Path) -> None:
    policies = {policy.id: policy for policy in read_policies(snapshot.POLICIES)}
    assert len(policies) == 4
    with store.open_snapshot(sample_snapshot) as con:
        found = reading_effects(con)
        chosen = Counter(con.execute("select policy, metric, outcome from clock_facts").fetchall())
    asked = {(policy.id, number) for policy in policies.values() for number, _ in enumerate(policy.readings, 1)}
    measured = {
        (policy.id, number)
        for policy in policies.values()
        for number, reading in enumerate(policy.readings, 1)
        if reading.otherwise
    }
    assert {(record["policy"], record["reading"]) for record in found} == asked
    assert {(record["policy"], record["reading"]) for record in found if record["metric"]} == measured
    for record in found:
        if record["metric"]:
            key = (record["policy"], record["metric"])
            told = (record["met_count"], record["breached_count"])
            assert told == (chosen[*key, "met"], chosen[*key, "breached"])
