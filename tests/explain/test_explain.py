"""An explanation adds up, to the second, for every clock."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from sla import snapshot, store
from sla.errors import Refused
from sla.explain import QUERIES, explain
from sla.explain.text import as_text
from sla.models import run_models
from tests.store.story_desk import build_story_desk

POLICY = """id = "desk"
name = { en = "Desk" }
source = "invented"
statuses.solved = ["Solved"]
statuses.waiting = ["Pending"]
[calendars.office]
timezone = "Europe/Lisbon"
hours.mon = [["09:00", "12:00"], ["13:00", "18:00"]]
hours.wed = [["09:00", "12:00"], ["13:00", "18:00"]]
holidays = ["2026-03-04"]
[[targets]]
metric = "resolution"
within = "8h"
calendar = "office"
clause = { "pt-BR" = "Resolvemos em oito horas." }
"""
TICKETS = """ticket_id,created_at,status,policy,subject
A,2026-03-02T11:00:00Z,Solved,desk,Nothing works
"""
EVENTS = """ticket_id,at,kind,by,author,public,value,seq
A,2026-03-02T14:00:00Z,status,agent,agent-1,true,Pending,
A,2026-03-02T16:00:00Z,status,customer,,true,Open,
A,2026-03-09T10:00:00Z,status,agent,agent-1,true,Solved,
"""


@pytest.fixture(scope="module")
def lunch_and_holiday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    (folder / "tickets.csv").write_text(TICKETS)
    (folder / "events.csv").write_text(EVENTS)
    policies = tmp_path_factory.mktemp("policies")
    (policies / "desk.toml").write_text(POLICY)
    built = snapshot.build(
        [folder], policies=policies, out=tmp_path_factory.mktemp("out"), as_of=datetime(2026, 3, 9, 10)
    )
    return Path(built.snapshot)


def test_every_stretch_of_a_clock_is_told_with_its_reason(lunch_and_holiday: Path) -> None:
    with store.open_snapshot(lunch_and_holiday) as con:
        story = explain(con, "A")
    resolution = next(clock for clock in story.clocks if clock.clock["metric"] == "resolution")
    told = [(span["kind"], span["from_at"].isoformat(), span["counted_s"]) for span in resolution.spans]
    # Monday 2 March in Lisbon (UTC+0): 11-12 and 13-14 count, 14-16 waits for the customer, 16-18 counts; the desk
    # opens again on Monday 9 March at 9, since Wednesday the 4th is a holiday. 3600 + 3600 + 7200 + 3600 = 18,000
    # of 28,800.
    assert told == [
        ("counted", "2026-03-02T11:00:00", 3600),
        ("closed", "2026-03-02T12:00:00", 0),
        ("counted", "2026-03-02T13:00:00", 3600),
        ("paused", "2026-03-02T14:00:00", 0),
        ("counted", "2026-03-02T16:00:00", 7200),
        ("closed", "2026-03-02T18:00:00", 0),
        ("holiday", "2026-03-04T00:00:00", 0),
        ("closed", "2026-03-05T00:00:00", 0),
        ("counted", "2026-03-09T09:00:00", 3600),
    ]
    assert (resolution.clock["elapsed_s"], resolution.clock["paused_s"], resolution.clock["outcome"]) == (
        18000,
        7200,
        "met",
    )


NIGHTS = """id = "nights"
name = { en = "Nights" }
source = "invented"
[calendars.nights]
timezone = "UTC"
hours.mon = [["22:00", "06:00"]]
hours.tue = [["22:00", "06:00"]]
hours.wed = [["22:00", "06:00"]]
hours.thu = [["22:00", "06:00"]]
holidays = ["2026-03-02"]
closures."2026-03-03" = [["01:00", "02:00"]]
dates."2026-03-04" = [["23:00", "05:00"]]
[[targets]]
metric = "first_response"
within = "8h"
calendar = "nights"
"""


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A night desk: Monday is a holiday, Tuesday's shift has a closure, Wednesday hours of its own."""
    folder = tmp_path_factory.mktemp("nights")
    (folder / "tickets.csv").write_text("ticket_id,created_at,policy\nN,2026-03-02T12:00:00Z,nights\n")
    (folder / "policies").mkdir()
    (folder / "policies" / "nights.toml").write_text(NIGHTS)
    as_of = datetime(2026, 3, 5, 12)
    built = snapshot.build([folder / "tickets.csv"], policies=folder / "policies", out=folder / "out", as_of=as_of)
    return Path(built.snapshot)


def test_closed_time_is_told_with_what_kept_it_closed_a_shift_with_the_date_it_starts_on(nights: Path) -> None:
    with store.open_snapshot(nights) as con:
        wait = explain(con, "N").clocks[0]
    told = [(span["kind"], f"{span['from_at']:%a %H:%M}", span["shift_on"]) for span in wait.spans]
    monday, tuesday, wednesday = (date(2026, 3, day) for day in (2, 3, 4))
    assert told == [
        ("holiday", "Mon 12:00", monday),  # to the end of its shift, Tuesday 06:00
        ("closed", "Tue 06:00", None),
        ("counted", "Tue 22:00", None),
        ("closure", "Wed 01:00", tuesday),
        ("counted", "Wed 02:00", None),
        ("closed", "Wed 06:00", None),
        ("own_hours", "Wed 22:00", wednesday),
        ("counted", "Wed 23:00", None),
        ("own_hours", "Thu 05:00", wednesday),
        ("closed", "Thu 06:00", None),
    ]
    # 3 + 4 + 6 hours
    assert (sum(span["counted_s"] for span in wait.spans), wait.clock["elapsed_s"]) == (46_800, 46_800)


def test_the_text_dates_a_holiday_without_a_name_and_every_other_exception(nights: Path) -> None:
    with store.open_snapshot(nights) as con:
        text = as_text(explain(con, "N"))
    reasons = [line.partition("not counted: ")[2] for line in text.splitlines() if "not counted: " in line]
    assert reasons[:6] == [
        "holiday 2026-03-02",
        "closed",
        "closure of 2026-03-03",
        "closed",
        "own hours of 2026-03-04",
        "own hours of 2026-03-04",
    ]


def test_the_text_gives_clause_reason_running_total_and_verdict(lunch_and_holiday: Path) -> None:
    with store.open_snapshot(lunch_and_holiday) as con:
        lines = as_text(explain(con, "A")).splitlines()
    assert "resolution, cycle 1: met" in lines
    assert "  Clause    (pt-BR) Resolvemos em oito horas." in lines
    assert "    Mon 2026-03-02 14:00:00 +0000 to Mon 2026-03-02 16:00:00 +0000  not counted: status 'Pending'" in lines
    assert (
        "    Mon 2026-03-09 09:00:00 +0000 to Mon 2026-03-09 10:00:00 +0000      3,600 s, together    18,000 s" in lines
    )
    assert "  Elapsed   18,000 s (5:00:00); 7,200 s (2:00:00) paused" in lines


def test_a_ticket_that_is_not_there_is_refused_by_name(lunch_and_holiday: Path) -> None:
    with store.open_snapshot(lunch_and_holiday) as con, pytest.raises(Refused, match="'B'"):
        explain(con, "B")


def test_explaining_leaves_the_snapshot_as_it_is(lunch_and_holiday: Path) -> None:
    before = lunch_and_holiday.read_bytes()
    with store.open_snapshot(lunch_and_holiday) as con:
        explain(con, "A")
    assert lunch_and_holiday.read_bytes() == before


def test_the_stretches_of_every_clock_of_the_sample_add_up(sample_snapshot: Path) -> None:
    with store.open_snapshot(sample_snapshot) as con:
        (as_of,) = con.execute("select as_of from snapshot").fetchall()[0]
        numbers = [number for (number,) in con.execute("select ticket_no from tickets").fetchall()]
        con.execute("create temp table shard_tickets as select ticket_no from tickets")
        run_models(con, QUERIES / "clock", {"as_of": as_of})
        spans = con.execute((QUERIES / "explain" / "spans.sql").read_text(), {"ticket_nos": numbers})
        names = [column[0] for column in spans.description or []]
        totals: dict[tuple[object, ...], dict[str, int]] = {}
        for row in spans.fetchall():
            span = dict(zip(names, row, strict=True))
            total = totals.setdefault((span["ticket_no"], span["metric"], span["cycle"]), {"counted": 0, "paused": 0})
            total["counted"] += span["counted_s"]
            if span["kind"] == "paused":
                total["paused"] += int((span["until_at"] - span["from_at"]).total_seconds())
        clocks = con.execute(
            "select ticket_no, metric, cycle, elapsed_s - carried_s, paused_s from clock_facts"
        ).fetchall()
    nothing = {"counted": 0, "paused": 0}
    assert len(clocks) > 10_000
    for *clock, elapsed_s, paused_s in clocks:
        assert totals.get(tuple(clock), nothing) == {"counted": elapsed_s, "paused": paused_s}, clock


REGRADED_POLICY = """id = "desk"
name = { en = "Desk" }
source = "invented"
valid_from = 2026-01-01
statuses.solved = ["Solved"]
[calendars.always]
timezone = "UTC"
hours = "24x7"
[[severities]]
code = "high"
name = { en = "High" }
[[severities]]
code = "low"
name = { en = "Low" }
[[targets]]
metric = "first_response"
severities = ["high"]
within = "1h"
calendar = "always"
clause = { en = "An hour." }
[[targets]]
metric = "first_response"
severities = ["low"]
within = "4h"
calendar = "always"
clause = { en = "Four hours." }
"""


def test_the_text_says_which_version_and_which_targets_were_in_force_and_what_came_too_early(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "desk.toml").write_text(REGRADED_POLICY)
    (tmp_path / "tickets.csv").write_text("ticket_id,created_at,severity,policy\nA,2026-03-02T09:00:00Z,Low,desk\n")
    (tmp_path / "events.csv").write_text(
        "ticket_id,at,kind,by,author,public,value,seq\n"
        "A,2026-03-02T08:00:00Z,message,agent,agent-1,true,,\n"
        "A,2026-03-02T11:00:00Z,severity,agent,agent-1,,High,\n"
        "A,2026-03-02T12:00:00Z,message,agent,agent-1,true,,\n"
    )
    exports = [tmp_path / "tickets.csv", tmp_path / "events.csv"]
    built = snapshot.build(exports, policies=tmp_path / "policies", out=tmp_path / "out")
    with store.open_snapshot(Path(built.snapshot)) as con:
        text = as_text(explain(con, "A"))
    # 9:00 to 12:00 is 10,800 s; at 11:00 7,200 s were gone, and the hour of High took over
    assert "first_response, cycle 1: breached by 7,200 s (2:00:00)" in text
    assert "opened with severity Low" in text
    assert "Version   of the policy that holds from 2026-01-01 00:00:00 UTC" in text
    assert (
        "In force  from Mon 2026-03-02 09:00:00 +0000: severity low, 4h = 14,400 s (4:00:00) on calendar always" in text
    )
    assert (
        "In force  from Mon 2026-03-02 11:00:00 +0000: severity high, 1h = 3,600 s (1:00:00) on calendar always" in text
    )
    assert "08:00:00  message by agent (agent-1); before the creation, so it starts and stops nothing" in text
    assert any("which stop nothing: 1;" in note for note in built.notes)


def test_a_clock_comes_with_the_hours_of_its_calendar_up_to_its_due_instant(lunch_and_holiday: Path) -> None:
    with store.open_snapshot(lunch_and_holiday) as con:
        clocks = {clock.clock["metric"]: clock for clock in explain(con, "A").clocks}
    told = [f"{row['opens_at']:%d %H:%M}-{row['closes_at']:%d %H:%M}" for row in clocks["resolution"].hours]
    # 18,000 of 28,800 s at the solve, 10:00: the 10,800 left end on Monday the 9th at 12:00 + 1 hour after lunch
    assert told == ["02 11:00-02 12:00", "02 13:00-02 18:00", "09 09:00-09 12:00", "09 13:00-09 14:00"]
    assert clocks["resolution"].clock["due_at"] == datetime(2026, 3, 9, 14)
    # nothing is promised for the first response: the hours end with the clock
    assert clocks["first_response"].hours[-1]["closes_at"] == clocks["first_response"].clock["end_at"]


def test_severities_and_agents_come_with_their_names(tmp_path: Path) -> None:
    path = store.current(build_story_desk(tmp_path))
    assert path is not None
    with store.open_snapshot(path) as con:
        story = explain(con, "S1")
    first = story.clocks[0]
    assert (first.clock["severity_names"]["ar"], first.clock["agent_name"]) == ("عالية", "Ann Other")
    assert [grade["severity_names"]["en"] for grade in first.grades] == ["Low", "High"]
    assigned = next(event for event in story.events if event["kind"] == "assigned")
    assert (assigned["value"], assigned["assignee_name"]) == ("ann", "Ann Other")


def test_a_snapshot_of_another_version_is_refused_in_a_sentence(lunch_and_holiday: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.duckdb"
    older.write_bytes(lunch_and_holiday.read_bytes())
    with duckdb.connect(str(older)) as con:
        con.execute("drop table calendar_exceptions")
    with store.open_snapshot(older) as con, pytest.raises(Refused, match=r"another version .* build a new one"):
        explain(con, "A")
