"""Reports of work and of the queue against numbers counted on paper; see working_desk for the tickets."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sla import snapshot, store
from tests.clock.snapshots import write_policies, write_rows
from tests.store.working_desk import POLICY, build_working_desk

Ask = Callable[..., list[dict[str, Any]]]
FILTERS = {"policy": "queue"}
LAST = date(2026, 1, 11)
WEEK: dict[str, Any] = {**FILTERS, "first_on": date(2026, 1, 5), "last_on": LAST}


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    path = store.current(build_working_desk(tmp_path_factory.mktemp("working desk")))
    assert path is not None
    return store.open_snapshot(path)


def test_a_period_has_the_work_done_in_it_on_local_days(ask: Ask) -> None:
    row = ask("workload_of_period", **WEEK)[0]
    # S1 arrived on Sunday there, though it was Monday in UTC; its solve, after midnight there, is of the next week
    assert (row["arrivals_count"], row["replies_count"], row["solves_count"]) == (6, 6, 2)
    assert (row["left_out_count"], row["reopenings_count"], row["unsigned_replies_count"]) == (1, 0, 0)


def test_what_is_open_is_told_as_of_now_whatever_the_period(ask: Ask) -> None:
    counts = ("open_count", "on_us_count", "on_customer_count", "on_hold_count", "in_hand_count")
    for days in (WEEK, WEEK | {"first_on": date(2025, 1, 1), "last_on": date(2025, 1, 2)}):
        row = ask("workload_of_period", **days)[0]
        # Q2 Pending; Q3 and Q4 unanswered; Q5 reopened without a message
        assert [row[name] for name in counts] == [4, 2, 1, 0, 1]
        # Q4 since 6 January 1:30: eight days and 10 h 30 min; Q5 is younger and was answered
        assert (row["oldest_ticket_id"], row["oldest_waited_s"]) == ("Q4", 8 * 86_400 + 37_800)
        assert row["oldest_passed_by_count"] == 1


def test_backlog_is_what_was_open_at_the_end_of_a_week(ask: Ask) -> None:
    rows = ask("workload_by_week", **FILTERS, last_on=date(2026, 1, 18))
    assert len(rows) == 13
    # at the end of the first week Q2, Q3, Q4 and S1; then S1 goes and Q5 comes back
    assert [(row["arrivals_count"], row["reopenings_count"], row["solves_count"]) for row in rows[-3:]] == [
        (0, 0, 0),
        (6, 0, 2),
        (0, 1, 1),
    ]
    assert [row["backlog_count"] for row in rows[-3:]] == [0, 4, 4]
    assert [row["is_over"] for row in rows[-2:]] == [True, False]
    assert rows[-1]["backlog_count"] == ask("workload_of_period", **WEEK)[0]["open_count"]


def test_backlog_begins_with_what_was_open_before_the_first_week_shown(ask: Ask) -> None:
    rows = ask("workload_by_week", **FILTERS, last_on=date(2026, 4, 6))
    # the first of these weeks is that of the as-of instant: four tickets came before it; the others have not begun
    assert rows[0]["week_start"] == date(2026, 1, 12)
    assert [row["backlog_count"] for row in rows] == [4] + [None] * 12


def test_work_is_credited_to_whoever_did_it_and_agents_stand_by_name(ask: Ask) -> None:
    rows = ask("workload_by_agent", **WEEK)
    counts = ("arrivals_count", "replies_count", "solves_count", "open_count", "on_us_count")
    assert [(row["team"], row["name"], *(row[name] for name in counts)) for row in rows] == [
        ("Blue", None, 0, 1, 0, 0, 0),
        ("Blue", "Cy Example", 0, 1, 0, 0, 0),
        ("Red", None, 6, 5, 2, 4, 2),
        ("Red", "Ann Example", 5, 3, 1, 4, 2),  # Q1 arrived too, but is bob's who solved it
        ("Red", "Bob Example", 1, 2, 1, 0, 0),  # one of the replies on the merged ticket
    ]
    assert [row["is_team"] for row in rows] == [True, False, True, False, False]
    assert [row["weekly_replies"][-1] for row in rows] == [1, 1, 5, 3, 2]
    assert all(sum(row["weekly_replies"][:-1]) == 0 for row in rows)


def test_days_of_the_period_before_its_thirteen_weeks_are_in_none_of_them(ask: Ask) -> None:
    # the thirteen weeks that end with this period begin on 12 January; ann's three replies are of the 5th and 6th
    ann = next(row for row in ask("workload_by_agent", **WEEK | {"last_on": date(2026, 4, 6)}) if row["agent"] == "ann")
    assert (ann["replies_count"], sum(ann["weekly_replies"])) == (3, 0)


def test_a_median_stands_beside_its_case_mix(ask: Ask) -> None:
    ann = next(row for row in ask("workload_by_agent", **WEEK) if row["agent"] == "ann")
    # 600 s for Q1 (severity 1, the upper half of two), 1500 s for Q2, 300 s for Q5; all began in office hours
    assert (ann["first_replies_count"], ann["median_s"], ann["is_too_few"]) == (3, 600, True)
    assert (ann["high_count"], ann["out_of_hours_count"]) == (1, 0)


def test_a_wait_that_began_while_the_desk_was_shut_is_out_of_hours(connection: duckdb.DuckDBPyConnection) -> None:
    rows = (
        connection.cursor()
        .execute("select ticket_id, is_out_of_hours from first_waits where policy = 'queue'")
        .fetchall()
    )
    assert dict(rows) == {"Q1": False, "Q2": False, "Q3": False, "Q4": True, "Q5": False, "S1": True}


def test_every_agents_weeks_add_up_to_the_work(ask: Ask) -> None:
    rows = ask("workload_agent_weeks", **FILTERS, last_on=date(2026, 1, 14))
    week = [row for row in rows if row["week_start"] == date(2026, 1, 5)]
    assert {row["agent"]: row["replies_count"] for row in week} == {"Ann Example": 3, "Bob Example": 2, "Cy Example": 1}
    assert sum(row["solves_count"] for row in rows) == 3


def test_spread_says_how_few_have_half(ask: Ask) -> None:
    rows = ask("workload_spread", **WEEK)
    replies = [row for row in rows if row["measure"] == "replies"]
    assert [(row["agent_count"], row["is_in_half"]) for row in replies] == [(3, True), (2, False), (1, False)]
    # 3 of 6 are half; of three agents it would take two if all wrote as many
    assert {(row["half_agents_count"], row["agents_count"], row["even_agents_count"]) for row in replies} == {(1, 3, 2)}
    assert [row["agent_count"] for row in rows if row["measure"] == "open"] == [4]
    assert "agent" not in rows[0]


def test_each_hour_of_the_week_has_what_arrived_and_who_was_there(ask: Ask) -> None:
    rows = {(row["weekday"], row["hour"]): row for row in ask("workload_by_hour", **FILTERS, last_on=LAST)}
    assert len(rows) == 7 * 24
    monday_nine = rows[1, 9]
    # Q1, Q2 and Q3; ann and cy replied; the desk's first week is the only one
    assert (monday_nine["arrivals_count"], monday_nine["agents_mean"], monday_nine["hours_count"]) == (3, 2, 1)
    alone = {hour: row["unattended_count"] for hour, row in rows.items() if row["unattended_count"]}
    assert alone == {(1, 22): 1, (7, 23): 1}  # Q4 and S1
    assert sum(row["arrivals_count"] for row in rows.values()) == 6


def test_an_hour_that_has_not_come_yet_counts_for_no_mean(ask: Ask) -> None:
    rows = {(row["weekday"], row["hour"]): row for row in ask("workload_by_hour", **FILTERS, last_on=date(2026, 1, 14))}
    # as of Wednesday 9:00 there
    assert [rows[hour]["hours_count"] for hour in ((1, 9), (3, 9), (3, 10))] == [2, 2, 1]
    assert rows[1, 9]["arrivals_mean"] == 1.5


def test_an_hour_that_summer_time_skipped_did_not_come(tmp_path: Path) -> None:
    write_rows(tmp_path / "tickets.csv", [{"ticket_id": "A", "created_at": "2026-03-23T10:00:00Z", "policy": "spring"}])
    bratislava = {"always": {"timezone": "Europe/Bratislava", "hours": "24x7"}}
    policies = write_policies(tmp_path / "policies", [POLICY | {"id": "spring", "calendars": bratislava}])
    as_of = datetime(2026, 4, 10)
    snapshot.build([tmp_path / "tickets.csv"], policies=policies, out=tmp_path / "out", as_of=as_of)
    path = store.current(tmp_path / "out")
    assert path is not None
    found = store.run(store.open_snapshot(path), "workload_by_hour", {"policy": "spring", "last_on": date(2026, 4, 10)})
    hours = {(row["weekday"], row["hour"]): row["hours_count"] for row in store.records(found)}
    # of the Sundays 29 March and 5 April the first had no hour from 2:00
    assert [hours[7, hour] for hour in (1, 2, 3)] == [2, 1, 2]


def test_order_of_arrival_is_kept_where_nothing_older_waited(ask: Ask) -> None:
    row = ask("order_of_arrival", **WEEK)[0]
    # Q1 and Q2 in order; Q3 while Q2 waited, Q5 while Q4 did; the merged ticket stands in no queue
    assert (row["in_order_count"], row["replies_count"], row["is_too_few"], row["waiting_count"]) == (2, 4, True, 1)


def test_tickets_of_one_second_are_equally_old(ask: Ask) -> None:
    row = ask("order_of_arrival", **WEEK | {"policy": "twins"})[0]
    assert (row["in_order_count"], row["replies_count"]) == (2, 2)


def test_filters_choose_the_replies_and_not_the_queue(ask: Ask) -> None:
    row = ask("order_of_arrival", **WEEK, account="X")[0]
    # Q3 is the account's only ticket, Q2 of the other one waited
    assert (row["in_order_count"], row["replies_count"]) == (0, 1)


def test_replies_out_of_turn_name_the_older_ticket(ask: Ask) -> None:
    rows = ask("out_of_turn", **WEEK)
    assert [(row["ticket_id"], row["older_ticket_id"], row["older_ended_local"]) for row in rows] == [
        ("Q5", "Q4", None),
        ("Q3", "Q2", datetime(2026, 1, 5, 9, 30)),
    ]
    first = ask("out_of_turn", **WEEK, most=1)
    assert [(row["ticket_id"], row["replies_count"]) for row in first] == [("Q5", 2)]


def test_open_tickets_begin_with_the_longest_wait(ask: Ask) -> None:
    rows = ask("open_tickets", **FILTERS)
    assert [(row["ticket_id"], row["state"], row["waits_for"]) for row in rows] == [
        ("Q4", "on_us", "first_response"),
        ("Q3", "on_us", "next_response"),
        ("Q2", "on_customer", None),
        ("Q5", "in_hand", None),
    ]
    assert [row["ticket_id"] for row in ask("open_tickets", **FILTERS, state="on_us", of_team="Red")] == ["Q4", "Q3"]
    assert ask("open_tickets", **FILTERS, agent="bob") == []


def test_pieces_of_work_are_the_newest_first_and_as_many_as_the_number_they_stand_behind(ask: Ask) -> None:
    rows = ask("work", **WEEK, kind="reply", agent="ann")
    assert [(row["ticket_id"], row["done_local"]) for row in rows] == [
        ("Q5", datetime(2026, 1, 6, 13, 5)),
        ("Q2", datetime(2026, 1, 5, 9, 30)),
        ("Q1", datetime(2026, 1, 5, 9, 10)),
    ]
    at_nine = ask("work", **WEEK, kind="arrival", weekday=1, hour=9, most=2)
    assert [(row["ticket_id"], row["work_count"]) for row in at_nine] == [("Q3", 3), ("Q2", 3)]


@pytest.mark.parametrize(
    ("chosen", "counts"),
    # arrivals, replies and solves of the week
    [({"severity": "1"}, (1, 1, 1)), ({"account": "X"}, (1, 1, 0)), ({"team": "Blue"}, (0, 1, 0))],
)
def test_filters_hold_for_all_work(ask: Ask, chosen: dict[str, str], counts: tuple[int, ...]) -> None:
    row = ask("workload_of_period", **WEEK, **chosen)[0]
    assert (row["arrivals_count"], row["replies_count"], row["solves_count"]) == counts


def test_a_policy_nobody_has_gives_noughts(ask: Ask) -> None:
    nobody = WEEK | {"policy": "nobody"}
    assert ask("workload_of_period", **nobody)[0]["open_count"] == 0
    assert ask("order_of_arrival", **nobody)[0]["share"] is None
    assert ask("workload_spread", **nobody) == ask("workload_by_agent", **nobody) == ask("out_of_turn", **nobody) == []
    hours = ask("workload_by_hour", policy="nobody", last_on=LAST)
    assert {row["arrivals_count"] for row in hours} == {0}
