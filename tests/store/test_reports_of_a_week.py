"""Reports of a week against numbers counted on paper; see small_desk for the tickets."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sla import store
from tests.store.small_desk import BEFORE, CHOSEN, LAST, build_small_desk

Ask = Callable[..., list[dict[str, Any]]]
FIRST = {"policy": "desk", "metric": "first_response"}


def test_attainment_has_both_counts_its_interval_and_the_week_before(ask: Ask) -> None:
    row = ask("week_attainment", policy="desk", week=CHOSEN)[0]
    assert (row["met_count"], row["breached_count"], row["decided_count"]) == (9, 3, 12)
    assert row["share"] == 0.75
    # Wilson for 9 of 12: (9 + 1.92 ± 1.96 sqrt(9 x 3 / 12 + 0.96)) / 15.84 = 0.4677 and 0.9111
    assert row["share_low"] == pytest.approx(0.4677, abs=5e-5)
    assert row["share_high"] == pytest.approx(0.9111, abs=5e-5)
    assert (row["before_met_count"], row["before_decided_count"]) == (10, 10)
    assert row["change"] == pytest.approx(-0.25)
    assert row["gap"] == pytest.approx(-0.15)
    assert not row["is_too_few"]


def test_an_objective_within_the_interval_is_neither_surely_kept_nor_surely_missed(ask: Ask) -> None:
    row = ask("week_attainment", policy="desk", week=CHOSEN)[0]  # 0.9 lies in 0.4677 to 0.9111
    assert (row["is_surely_above"], row["is_surely_below"]) == (False, False)


def test_running_clocks_are_in_neither_count_but_in_the_band(ask: Ask) -> None:
    row = ask("week_attainment", policy="desk", week=LAST)[0]
    assert (row["met_count"], row["decided_count"], row["running_count"]) == (1, 1, 2)
    # met of all to met and running of all: 1 of 3 to 3 of 3
    assert (row["band_low"], row["band_high"]) == (pytest.approx(1 / 3), 1)


def test_under_ten_decided_is_too_few_and_compares_with_nothing(ask: Ask) -> None:
    row = ask("week_attainment", policy="desk", week=LAST)[0]
    assert row["is_too_few"]
    assert row["change"] is None


def test_a_week_without_clocks_has_counts_of_nought_and_no_share(ask: Ask) -> None:
    row = ask("week_attainment", policy="desk", week="2025-12-01")[0]
    assert (row["decided_count"], row["share"], row["share_low"], row["band_low"]) == (0, None, None, None)


def test_a_policy_without_targets_has_none_and_breaches_nothing(ask: Ask) -> None:
    rows = ask("week_attainment", policy="bare", week=LAST)
    assert [row["has_target"] for row in rows] == [False, False]
    assert ask("week_breaches", policy="bare", week=LAST) == []


def test_thirteen_weeks_hold_the_empty_ones_too(ask: Ask) -> None:
    rows = ask("attainment_by_week", **FIRST, week=CHOSEN)
    assert len(rows) == 13
    assert rows[0]["week_start"] == date(2025, 10, 13)
    assert [row["decided_count"] for row in rows[-3:]] == [0, 10, 12]
    assert rows[0]["share"] is None


def test_every_severity_stands_under_every_plan_also_where_none_fell_due(ask: Ask) -> None:
    rows = ask("week_severity_by_plan", **FIRST, week=CHOSEN)
    cells = {
        (row["severity"], row["plan"]): (row["met_count"], row["decided_count"])
        for row in rows
        if not row["is_all_severities"] and not row["is_all_plans"]
    }
    # the late ones are severity 1 of plan A, the nine met ones severity 2 of plan B
    assert cells == {("1", "A"): (0, 3), ("1", "B"): (0, 0), ("2", "A"): (0, 0), ("2", "B"): (9, 9)}


def test_totals_of_the_matrix_are_the_sums_of_their_line_and_column(ask: Ask) -> None:
    rows = ask("week_severity_by_plan", **FIRST, week=CHOSEN)
    totals = {
        (row["severity"], row["plan"]): (row["met_count"], row["decided_count"])
        for row in rows
        if row["is_all_severities"] or row["is_all_plans"]
    }
    assert totals == {
        ("1", None): (0, 3),
        ("2", None): (9, 9),
        (None, "A"): (0, 3),
        (None, "B"): (9, 9),
        (None, None): (9, 12),
    }


def test_what_was_left_out_has_its_reason(ask: Ask) -> None:
    left = [row for row in ask("week_exclusions", policy="desk", week=CHOSEN) if row["metric"] == "first_response"]
    assert [(row["reason"], row["clocks_count"]) for row in left] == [("merged", 1)]


def test_what_broke_is_sorted_by_lateness(ask: Ask) -> None:
    rows = ask("week_breaches", **FIRST, week=CHOSEN)
    # replies after 7200, 7201 and 7202 s against a target of 3600 s
    assert [(row["ticket_id"], row["late_s"]) for row in rows] == [("L2", 3602), ("L1", 3601), ("L0", 3600)]
    assert {(row["account"], row["agent"], row["team"], row["severity"]) for row in rows} == {
        ("X", "bob", "Blue", "High")
    }


def test_what_falls_due_next_is_sorted_by_its_instant(ask: Ask) -> None:
    rows = ask("due_next", policy="desk", metric="first_response")
    # created 20 and 10 minutes before the as-of instant, an hour each
    assert [(row["ticket_id"], row["left_s"]) for row in rows] == [("R0", 2400), ("R1", 3000)]


def test_the_cause_of_a_bad_week_stands_out(ask: Ask) -> None:
    rows = ask("week_standouts", **FIRST, week=CHOSEN)
    team = next(row for row in rows if (row["dimension"], row["value"]) == ("team", "Blue"))
    assert (team["breached_count"], team["decided_count"], team["all_breached_count"], team["part"]) == (3, 3, 3, 1)
    # the ten clocks of the week before, none of them late, are the usual; without the team 9 of 9 are met
    assert (team["usual_late_share"], team["rest_met_count"], team["rest_decided_count"]) == (0, 9, 9)
    assert team["stands_out"]


def test_nothing_stands_out_in_a_week_where_nothing_broke(ask: Ask) -> None:
    assert ask("week_standouts", **FIRST, week=BEFORE) == []


def test_an_unanswered_wait_counts_as_at_least_this_long(ask: Ask) -> None:
    row = ask("week_waits", policy="bare", week=LAST)[0]
    # at risk 4, 600 s answered: 3/4 still wait; 900 s unanswered; at risk 2, 1200 s answered: 3/8; 1800 s unanswered
    assert (row["clocks_count"], row["answered_count"]) == (4, 2)
    assert row["median_s"] == 1200
    assert (row["p90_s"], row["longest_s"]) == (None, 1800)


def test_weeks_run_without_a_gap_from_the_first_clock_to_the_as_of(ask: Ask) -> None:
    rows = ask("weeks", policy="desk")
    assert [row["week_start"] for row in rows] == [date(2026, 1, 12), date(2026, 1, 5), date(2025, 12, 29)]
    assert [row["is_complete"] for row in rows] == [False, True, True]


def test_a_policy_says_what_it_promises_and_which_week_was_the_last_whole_one(ask: Ask) -> None:
    desk = next(row for row in ask("policies", language="pt-BR") if row["policy"] == "desk")
    assert (desk["name"], desk["target_metrics"], desk["objective"]) == ("A mesa", ["first_response"], 0.9)
    assert desk["last_complete_week"] == date(2026, 1, 5)


def test_a_policy_says_how_many_of_its_tickets_have_a_history(ask: Ask, tmp_path: Path) -> None:
    def counts(rows: list[dict[str, Any]]) -> dict[str, tuple[int, ...]]:
        kinds = ("messages", "statuses", "regradings")
        return {row["policy"]: tuple(row[f"tickets_with_{kind}_count"] for kind in kinds) for row in rows}

    # replies to A0 to A9, B0 to B8, L0 to L2 and C0, to W0 and W1; nothing else happens
    assert counts(ask("policies")) == {"desk": (23, 0, 0), "bare": (2, 0, 0)}
    # two statuses of one ticket, a severity and a plan of another, a plan of a third
    more = [f"A0,2026-01-01T0{hour}:00:00Z,status,agent,ann,Open" for hour in (1, 2)]
    more += [f"A{at},2026-01-01T01:00:00Z,{kind},agent,ann,A" for at, kind in ((1, "plan"), (2, "plan"))]
    more += ["A1,2026-01-01T01:00:00Z,severity,agent,ann,1"]
    path = store.current(build_small_desk(tmp_path, more_events=more))
    assert path is not None
    found = store.records(store.run(store.open_snapshot(path), "policies", {}))
    assert counts(found) == {"desk": (23, 1, 2), "bare": (2, 0, 0)}


def test_a_name_that_a_language_lacks_is_given_in_english(ask: Ask) -> None:
    assert {row["name"] for row in ask("policies", language="ar")} == {"المكتب", "No promise"}


@pytest.mark.parametrize(
    ("filters", "counts"),
    [
        ({"severity": "1"}, (0, 3)),
        ({"plan": "B"}, (9, 9)),
        ({"account": "X"}, (0, 3)),
        ({"team": "Red"}, (9, 9)),
        ({"team": "Red", "severity": "1"}, (0, 0)),
        ({"manager": "nobody"}, (0, 0)),
        ({"channel": "none of them has one"}, (0, 0)),
    ],
)
def test_every_report_of_a_week_counts_what_the_filters_let_through(
    ask: Ask, filters: dict[str, str], counts: tuple[int, int]
) -> None:
    # nine met: severity 2, plan B, account Y, team Red; three late: severity 1, plan A, account X, team Blue
    met, decided = counts
    row = ask("week_attainment", policy="desk", week=CHOSEN, **filters)[0]
    assert (row["met_count"], row["decided_count"]) == counts
    assert ask("attainment_by_week", **FIRST, week=CHOSEN, **filters)[-1]["decided_count"] == decided
    total = ask("week_severity_by_plan", **FIRST, week=CHOSEN, **filters)[-1]
    assert (total["met_count"], total["decided_count"]) == counts
    assert len(ask("week_breaches", **FIRST, week=CHOSEN, **filters)) == decided - met
    teams = [row for row in ask("week_standouts", **FIRST, week=CHOSEN, **filters) if row["dimension"] == "team"]
    assert sum(row["breached_count"] for row in teams) == decided - met


def test_the_matrix_of_a_filtered_week_has_the_line_and_column_that_were_let_through(ask: Ask) -> None:
    rows = ask("week_severity_by_plan", **FIRST, week=CHOSEN, severity="2", plan="A")
    assert {(row["severity"], row["plan"]) for row in rows} == {("2", "A"), ("2", None), (None, "A"), (None, None)}


def test_exclusions_waits_and_what_falls_due_are_those_that_the_filters_let_through(ask: Ask) -> None:
    # M0 is merged and of severity 1; of the running ones R0 is a hostile account's, R1 is Y's; bare has team Red only
    def merged(severity: str) -> list[int]:
        rows = ask("week_exclusions", policy="desk", week=CHOSEN, severity=severity)
        return [row["clocks_count"] for row in rows if row["reason"] == "merged" and row["metric"] == "first_response"]

    assert (merged("1"), merged("2")) == ([1], [])
    assert [row["ticket_id"] for row in ask("due_next", policy="desk", account="Y")] == ["R1"]
    waits = [ask("week_waits", policy="bare", week=LAST, team=team)[0]["clocks_count"] for team in ("Red", "Blue")]
    assert waits == [4, 0]
