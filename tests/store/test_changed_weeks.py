"""Which finished weeks an export changed: two builds of small exports, one after the other.

Policy `desk`: first response within an hour, day and night, UTC. The week of 5 January 2026 is over at both of the
as-of instants.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from sla import changes, snapshot, store
from sla.changes import ChangedWeek, Counts, changed_weeks
from tests.store.small_desk import POLICIES

WEEK, NEXT = date(2026, 1, 5), date(2026, 1, 12)
FIRST_AS_OF, SECOND_AS_OF = datetime(2026, 1, 14, 12), datetime(2026, 1, 16, 12)
# A: answered after 30 minutes, B: never, C: after 40 minutes; all due on Tuesday 6 January
TICKETS = {
    "A": "2026-01-06T09:00:00Z,1,A,Open,desk,",
    "B": "2026-01-06T10:00:00Z,1,A,Open,desk,",
    "C": "2026-01-06T11:00:00Z,1,A,Open,desk,",
}
EVENTS = ("A,2026-01-06T09:30:00Z,message,agent", "C,2026-01-06T11:40:00Z,message,agent")


def built(
    folder: Path,
    tickets: Mapping[str, str] = TICKETS,
    events: tuple[str, ...] = EVENTS,
    as_of: datetime = FIRST_AS_OF,
    policy: str = POLICIES["desk"],
) -> store.Connection:
    """A snapshot of these tickets and events, opened."""
    export, policies = folder / "export", folder / "policies"
    export.mkdir(parents=True)
    policies.mkdir()
    (policies / "desk.toml").write_text(policy, "utf-8")
    lines = [f"{name},{rest}" for name, rest in tickets.items()]
    columns = "ticket_id,created_at,severity,plan,status,policy,merged_into"
    (export / "tickets.csv").write_text("\n".join([columns, *lines, ""]), "utf-8")
    (export / "events.csv").write_text(
        "\n".join(
            ["ticket_id,at,kind,by,value", *(f"{event}," if event.count(",") == 3 else event for event in events), ""]
        ),
        "utf-8",
    )
    made = snapshot.build([export], policies=policies, out=folder / "snapshots", as_of=as_of)
    return store.open_snapshot(Path(made.snapshot))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> store.Connection:
    return built(tmp_path_factory.mktemp("first"))


def said(weeks: tuple[ChangedWeek, ...]) -> list[tuple[str, str | None, str | None, str]]:
    """Ticket, outcome before and after, and why, of the clocks that changed the one week there is."""
    (week,) = weeks
    assert week.week == WEEK
    return [(clock.ticket_id, clock.before.outcome, clock.after.outcome, clock.why) for clock in week.clocks or ()]


def test_the_same_export_changes_nothing(first: store.Connection, tmp_path: Path) -> None:
    assert changed_weeks(first, built(tmp_path, as_of=SECOND_AS_OF), "desk") == ()


def test_a_late_answer_changes_no_finished_week(first: store.Connection, tmp_path: Path) -> None:
    # B is answered, nine days late, after the first snapshot; its elapsed time grew with the as-of instant until then
    answered = (*EVENTS, "B,2026-01-15T10:00:00Z,message,agent")
    assert changed_weeks(first, built(tmp_path, events=answered, as_of=SECOND_AS_OF), "desk") == ()


def test_a_row_that_came_late_changes_its_week(first: store.Connection, tmp_path: Path) -> None:
    # the first export lacked B's answer after 20 minutes
    late = (*EVENTS, "B,2026-01-06T10:20:00Z,message,agent")
    weeks = changed_weeks(first, built(tmp_path, events=late, as_of=SECOND_AS_OF), "desk")
    assert said(weeks) == [("B", "breached", "met", "rows")]
    (metric,) = weeks[0].metrics
    assert (metric.metric, metric.before.met, metric.before.breached) == ("first_response", 2, 1)
    assert (metric.after.met, metric.after.breached) == (3, 0)


def test_a_ticket_found_to_be_merged_leaves_the_counts_of_its_week(first: store.Connection, tmp_path: Path) -> None:
    merged = TICKETS | {"C": "2026-01-06T11:00:00Z,1,A,Open,desk,A"}
    weeks = changed_weeks(first, built(tmp_path, merged, as_of=SECOND_AS_OF), "desk")
    assert said(weeks) == [("C", "met", "excluded", "merged")]
    assert weeks[0].metrics[0].before == Counts(met=2, breached=1)
    assert weeks[0].metrics[0].after == Counts(met=1, breached=1, excluded=1)
    assert weeks[0].tickets == ("C",)


def test_a_merge_taken_back_counts_again(first: store.Connection, tmp_path: Path) -> None:
    merged = TICKETS | {"C": "2026-01-06T11:00:00Z,1,A,Open,desk,A"}
    before = built(tmp_path, merged)
    assert said(changed_weeks(before, first, "desk")) == [("C", "excluded", "met", "counts_again")]


def test_tickets_that_come_go_or_are_rejected_are_told_apart(first: store.Connection, tmp_path: Path) -> None:
    # the answer to A is rejected too, since there is no such ticket any more
    other = {"B": TICKETS["B"], "C": TICKETS["C"].replace("2026-01-06T11", "one day"), "D": TICKETS["B"]}
    found = said(changed_weeks(first, built(tmp_path, other, as_of=SECOND_AS_OF), "desk"))
    assert sorted(found) == [
        ("A", "met", None, "gone"),
        ("C", "met", None, "rejected"),
        ("D", None, "breached", "new_ticket"),
    ]


def test_another_version_of_the_policy_is_named_as_the_cause(first: store.Connection, tmp_path: Path) -> None:
    stricter = POLICIES["desk"].replace('within = "1h"', 'within = "35m"')
    weeks = changed_weeks(first, built(tmp_path, policy=stricter, as_of=SECOND_AS_OF), "desk")
    assert said(weeks) == [("C", "met", "breached", "policy")]  # after 40 minutes


def test_a_clock_that_leaves_for_another_week_is_shown_with_both(first: store.Connection, tmp_path: Path) -> None:
    moved = TICKETS | {"B": "2026-01-12T10:00:00Z,1,A,Open,desk,"}  # the creation was wrong: the week is not over yet
    weeks = changed_weeks(first, built(tmp_path, moved, as_of=SECOND_AS_OF), "desk")
    assert said(weeks) == [("B", "breached", "breached", "rows")]
    (clock,) = weeks[0].clocks or ()
    assert (clock.before.week, clock.after.week) == (WEEK, NEXT)


def test_a_week_that_was_not_over_is_not_finished(first: store.Connection, tmp_path: Path) -> None:
    more = TICKETS | {"D": "2026-01-13T10:00:00Z,1,A,Open,desk,"}
    assert changed_weeks(first, built(tmp_path, more, as_of=SECOND_AS_OF), "desk") == ()


def test_where_too_many_tickets_differ_only_the_counts_are_compared(
    first: store.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST_TICKETS", 1)
    weeks = changed_weeks(first, built(tmp_path, {"A": TICKETS["A"]}, as_of=SECOND_AS_OF), "desk")
    assert [(week.week, week.clocks, week.tickets) for week in weeks] == [(WEEK, None, None)]
    assert weeks[0].metrics[0].after == Counts(met=1)


def test_an_older_snapshot_published_again_is_compared_up_to_its_own_as_of(
    first: store.Connection, tmp_path: Path
) -> None:
    later = TICKETS | {"D": "2026-01-15T10:00:00Z,1,A,Open,desk,"}
    assert changed_weeks(built(tmp_path, later, as_of=datetime(2026, 1, 26)), first, "desk") == ()


def test_a_clock_that_stood_still_and_goes_on_changes_no_finished_week(tmp_path: Path) -> None:
    # without a due instant it belonged to the week it started in; once it goes on it falls due in another
    policy = POLICIES["desk"].replace("objective = 0.9", 'statuses.waiting = ["Pending"]')
    policy += (
        '[[targets]]\nmetric = "resolution"\nwithin = "8h"\ncalendar = "always"\nclause = { en = "We solve it." }\n'
    )
    standing = (*EVENTS, "B,2026-01-06T10:10:00Z,status,agent,Pending")
    first = built(tmp_path / "first", events=standing, policy=policy)
    going = (*standing, "B,2026-01-15T10:00:00Z,status,customer,Open")
    second = built(tmp_path / "second", events=going, policy=policy, as_of=SECOND_AS_OF)
    # A and C were never solved: breached already; B had 600 s on its clock, and has 8 h - 600 s left on 15 January
    assert changed_weeks(first, second, "desk") == ()
