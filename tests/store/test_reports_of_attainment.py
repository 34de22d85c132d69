"""What a period, its cells, hours and bands hold: by hand over the small desk, by direct counts over the sample."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sla import store
from tests.store.small_desk import build_small_desk

Ask = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

OPEN = dict.fromkeys(("severity", "plan", "account", "manager", "team", "channel"))
DESK = {"policy": "desk", **OPEN, "first_on": date(2026, 1, 5), "last_on": date(2026, 1, 11)}
BARE = DESK | {"policy": "bare", "first_on": date(2026, 1, 12), "last_on": date(2026, 1, 18)}
FIRST = {"metric": "first_response"}
OCTOBER = {"policy": "vodlix", **OPEN, "first_on": date(2026, 10, 1), "last_on": date(2026, 10, 31)}
COUNTS = ("met_count", "breached_count", "running_count", "excluded_count")
ZONE = "select any_value(reporting_timezone) from policy_versions where policy = 'vodlix'"


@pytest.fixture(scope="session")
def sample(sample_snapshot: Path) -> duckdb.DuckDBPyConnection:
    return store.open_snapshot(sample_snapshot)


@pytest.fixture
def of_sample(sample: duckdb.DuckDBPyConnection) -> Ask:
    return lambda report, **values: store.records(store.run(sample, report, values))


def october(sample: duckdb.DuckDBPyConnection, *keys: str, where: str = "true") -> dict[Any, tuple[int, ...]]:
    """Met, breached, running and excluded first responses of October by `keys`, counted over `clocks` alone."""
    key = ", ".join(keys) or "1"
    with sample.cursor() as cursor:
        rows = cursor.execute(
            f"""
            with dated as (
                select
                    *,
                    (coalesce(due_at, started_at) at time zone 'UTC' at time zone ({ZONE}))::date as day,
                    started_at at time zone 'UTC' at time zone ({ZONE}) as began,
                from clocks
                where policy = 'vodlix' and metric = 'first_response'
            )
            select
                {key},
                count(*) filter (outcome = 'met'),
                count(*) filter (outcome = 'breached'),
                count(*) filter (outcome = 'running'),
                count(*) filter (outcome = 'excluded'),
            from dated
            where month(day) = 10 and year(day) = 2026 and {where}
            group by {key}
            """
        ).fetchall()
    width = max(1, len(keys))
    return {row[:width] if width > 1 else row[0]: row[width:] for row in rows}


def counts(row: Row) -> tuple[int, ...]:
    return tuple(row[name] for name in COUNTS)


# A period and the one before


def test_a_period_has_both_counts_its_interval_its_objective_and_the_period_before(ask: Ask) -> None:
    before = {"before_first_on": date(2025, 12, 29), "before_last_on": date(2026, 1, 4)}
    row = ask("attainment_of_period", **DESK, **before)[0]
    assert (row["metric"], row["met_count"], row["decided_count"], row["share"]) == ("first_response", 9, 12, 0.75)
    # Wilson for 9 of 12: (9 + 1.92 ± 1.96 sqrt(9 x 3 / 12 + 0.96)) / 15.84
    assert (row["share_low"], row["share_high"]) == (pytest.approx(0.4677, abs=5e-5), pytest.approx(0.9111, abs=5e-5))
    assert (row["before_met_count"], row["before_decided_count"]) == (10, 10)
    assert (row["gap"], row["change"]) == (pytest.approx(-0.15), pytest.approx(-0.25))
    assert (row["excluded_count"], row["running_count"]) == (1, 0)


def test_without_a_period_before_nothing_is_compared(ask: Ask) -> None:
    row = ask("attainment_of_period", **DESK)[0]
    assert (row["met_count"], row["before_decided_count"], row["change"]) == (9, 0, None)


def test_a_period_before_may_lie_further_back(ask: Ask) -> None:
    values = DESK | {"first_on": date(2026, 1, 12), "last_on": date(2026, 1, 18)}
    row = ask("attainment_of_period", **values, before_first_on=date(2025, 12, 29), before_last_on=date(2026, 1, 4))[0]
    assert (row["decided_count"], row["before_decided_count"]) == (1, 10)  # nothing of the week between


def test_a_month_is_the_sum_of_its_days_and_a_filter_counts_alone(ask: Ask) -> None:
    month = DESK | {"first_on": date(2026, 1, 1), "last_on": date(2026, 1, 31)}
    # 9 met and 3 breached of the second week, 1 met of the third; those of Monday 29 December are not of January
    assert counts(ask("attainment_of_period", **month)[0])[:3] == (10, 3, 2)
    assert counts(ask("attainment_of_period", **month | {"team": "Blue"})[0])[:3] == (0, 3, 0)


def test_metrics_that_the_policy_promises_come_first(ask: Ask) -> None:
    rows = ask("attainment_of_period", **DESK)
    assert [(row["metric"], row["has_target"]) for row in rows] == [
        ("first_response", True),
        ("next_response", False),
        ("resolution", False),
    ]


def test_a_period_of_the_sample_counts_what_the_clocks_do(of_sample: Ask, sample: duckdb.DuckDBPyConnection) -> None:
    (direct,) = october(sample).values()
    assert sum(direct) > 100
    assert counts(of_sample("attainment_of_period", **OCTOBER)[0]) == direct


@pytest.mark.parametrize("total", [10, 29, 104, 1999])
def test_the_interval_of_all_ends_at_all_and_that_of_nothing_at_nothing(
    sample: duckdb.DuckDBPyConnection, total: int
) -> None:
    with sample.cursor() as cursor:
        for name in ("wilson_low", "wilson_high"):
            cursor.execute((store.MACROS / f"{name}.sql").read_text("utf-8"))
        ends = cursor.execute("select wilson_high($1, $1), wilson_low(0, $1), wilson_low(0, 0)", [total]).fetchone()
    assert ends == (1.0, 0.0, None)


# Severity by plan


def test_every_cell_of_the_matrix_counts_what_the_clocks_do(of_sample: Ask, sample: duckdb.DuckDBPyConnection) -> None:
    rows = of_sample("attainment_matrix", **OCTOBER, **FIRST)
    cells = {
        (row["severity"], row["plan"]): row for row in rows if not (row["is_all_severities"] or row["is_all_plans"])
    }
    direct = october(sample, "coalesce(severity, '')", "coalesce(plan, '')")
    assert {key: counts(row) for key, row in cells.items() if sum(counts(row))} == direct
    assert all(
        row["share_low"] < row["share"] < row["share_high"]
        for row in cells.values()
        if row["share"] not in {0, 1, None}
    )
    total = next(row for row in rows if row["is_all_severities"] and row["is_all_plans"])
    assert counts(total) == tuple(map(sum, zip(*direct.values(), strict=True)))


def test_the_matrix_keeps_to_the_filters(ask: Ask) -> None:
    rows = ask("attainment_matrix", **DESK | {"severity": "2"}, **FIRST)
    assert {row["severity"] for row in rows if not row["is_all_severities"]} == {"2"}
    cells = {row["plan"]: row["met_count"] for row in rows if not row["is_all_severities"] and not row["is_all_plans"]}
    assert cells == {"A": 0, "B": 9}


def test_a_cell_without_clocks_has_counts_of_nought_and_no_share(ask: Ask) -> None:
    row = next(row for row in ask("attainment_matrix", **DESK, **FIRST) if (row["severity"], row["plan"]) == ("1", "B"))
    assert (counts(row), row["share"], row["share_low"], row["target_s"]) == ((0, 0, 0, 0), None, None, 3600)


# Over time


def test_thirteen_weeks_of_each_severity_end_with_that_of_the_last_day(ask: Ask) -> None:
    rows = ask("attainment_over_time", **over(DESK), **FIRST, grain="week")
    assert [row["is_all_severities"] for row in rows] == [True] * 13 + [False] * 26
    last = {
        row["severity"]: (row["met_count"], row["decided_count"]) for row in rows if row["first_on"] == date(2026, 1, 5)
    }
    assert last == {None: (9, 12), "1": (0, 3), "2": (9, 9)}
    assert (rows[0]["first_on"], rows[0]["last_on"]) == (date(2025, 10, 13), date(2025, 10, 19))
    assert (rows[0]["decided_count"], rows[0]["share"]) == (0, None)


def test_twelve_months_end_with_that_of_the_last_day(ask: Ask) -> None:
    rows = ask("attainment_over_time", **over(DESK), **FIRST, grain="month")[:12]
    assert (rows[0]["first_on"], rows[-1]["first_on"], rows[-1]["last_on"]) == (
        date(2025, 2, 1),
        date(2026, 1, 1),
        date(2026, 1, 31),
    )
    assert [counts(row)[:3] for row in rows[-2:]] == [(10, 0, 0), (10, 3, 2)]


def test_a_month_over_time_counts_what_the_clocks_do(of_sample: Ask, sample: duckdb.DuckDBPyConnection) -> None:
    rows = of_sample("attainment_over_time", **over(OCTOBER), **FIRST, grain="month")
    direct = october(sample, "severity", where="outcome <> 'excluded'")
    found = {
        row["severity"]: counts(row)[:3] for row in rows if row["first_on"] == date(2026, 10, 1) and row["severity"]
    }
    assert found == {severity: row[:3] for severity, row in direct.items()}


# Time taken


def test_times_stand_in_the_band_that_they_end(ask: Ask) -> None:
    # 1800 s of 3600 are 50 %, the end of the second band; 7200, 7201 and 7202 s are 200 % and more
    rows = ask("time_taken", **DESK, **FIRST)
    bands = {(row["over_percent"], row["to_percent"]): row["clocks_count"] for row in rows}
    assert {band: count for band, count in bands.items() if count} == {(25, 50): 9, (150, 200): 1, (200, None): 2}
    assert list(bands) == [
        (None, 25), (25, 50), (50, 75), (75, 90), (90, 100), (100, 150), (150, 200), (200, None),
    ]  # fmt: skip


def test_exactly_at_the_target_is_in_the_last_band_in_time(tmp_path: Path) -> None:
    # L0 was created on 6 January at 9:00 and has an hour
    path = store.current(build_small_desk(tmp_path, more_events=["L0,2026-01-06T10:00:00Z,message,agent,bob,"]))
    assert path is not None
    rows = store.records(store.run(store.open_snapshot(path), "time_taken", {**DESK, **FIRST}))
    assert [(row["to_percent"], row["met_count"]) for row in rows if row["met_count"]] == [(50, 9), (100, 1)]


def test_a_running_clock_is_unanswered_in_the_band_it_has_reached(ask: Ask) -> None:
    values = DESK | {"first_on": date(2026, 1, 12), "last_on": date(2026, 1, 18)}
    rows = ask("time_taken", **values, **FIRST)
    # an answer after 1800 s; two running since 1200 and 600 s, 33 and 17 %
    assert [(row["answered_count"], row["unanswered_count"], row["running_count"]) for row in rows[:3]] == [
        (0, 1, 1),
        (1, 1, 1),
        (0, 0, 0),
    ]


def test_bands_count_what_the_clocks_do(of_sample: Ask, sample: duckdb.DuckDBPyConnection) -> None:
    direct = october(sample, "floor(least(2, (elapsed_s - 1) / target_s))", where="outcome <> 'excluded'")
    rows = of_sample("time_taken", **OCTOBER, **FIRST)
    late = [row for row in rows if (row["over_percent"] or 0) >= 100]
    assert sum(row["met_count"] for row in late) == 0
    assert sum(row["breached_count"] for row in late[:2]) == direct[1][1]  # up to twice the target
    assert late[2]["breached_count"] == direct[2][1]


# Percentiles


def test_percentiles_count_the_unanswered_as_at_least_this_long(ask: Ask) -> None:
    rows = ask("time_percentiles", **BARE, **FIRST)
    # at risk 4, 600 s answered: 3/4 still wait; 900 s unanswered; at risk 2, 1200 s answered: 3/8; 1800 s unanswered
    assert [(row["clocks_count"], row["answered_count"], row["unanswered_count"]) for row in rows] == [(4, 2, 2)]
    assert [rows[0][name] for name in ("p50_s", "p75_s", "p90_s", "longest_s")] == [1200, None, None, 1800]
    assert (rows[0]["has_target"], rows[0]["least_target_s"]) == (False, None)


def test_percentiles_stand_per_severity_with_the_target_and_over_all(ask: Ask) -> None:
    rows = ask("time_percentiles", **DESK, **FIRST)
    assert [(row["severity"], row["p50_s"], row["p95_s"], row["clocks_count"]) for row in rows] == [
        ("1", 7201, 7202, 3),
        ("2", 1800, 1800, 9),
        (None, 1800, 7202, 12),
    ]
    assert {(row["least_target_s"], row["most_target_s"]) for row in rows} == {(3600, 3600)}


@pytest.mark.parametrize(
    ("policy", "metric"), [("vodlix", "first_response"), ("vodlix", "resolution"), ("zoom", "first_response")]
)
def test_the_clocks_behind_percentiles_are_as_many_as_they_count(of_sample: Ask, policy: str, metric: str) -> None:
    whose = OCTOBER | {"policy": policy, "metric": metric}
    rows = of_sample("time_percentiles", **whose)
    assert rows
    for row in rows:
        of = {"outcome": "timed"} if row["has_target"] else {"reason": "no_target"}
        severity = None if row["is_all_severities"] else row["severity"]
        clocks = of_sample("clocks_in_scope", **whose, **of, of_severity=severity)
        assert len(clocks) == row["clocks_count"]
        assert sum(clock["is_answered"] for clock in clocks) == row["answered_count"]
        assert max(clock["elapsed_s"] for clock in clocks) == row["longest_s"]


def test_a_wait_that_a_solve_ended_is_not_answered_and_a_resolution_is(sample: duckdb.DuckDBPyConnection) -> None:
    ends = [
        ("first_response", "solve", False),
        ("next_response", None, False),
        ("resolution", None, False),
        ("first_response", "reply", True),
        ("first_response", "notice", True),
        ("resolution", "solve", True),
    ]
    with sample.cursor() as cursor:
        cursor.execute((store.MACROS / "is_answered.sql").read_text("utf-8"))
        for metric, stopped_by, answered in ends:
            assert cursor.execute("select is_answered($1, $2)", [metric, stopped_by]).fetchone() == (answered,)


# Arrivals


def test_hours_are_those_of_the_beginning_in_the_reporting_zone(
    of_sample: Ask, sample: duckdb.DuckDBPyConnection
) -> None:
    rows = of_sample("attainment_by_hour", **OCTOBER, **FIRST)
    direct = october(sample, "isodow(began)", "hour(began)", where="outcome <> 'excluded'")
    assert {(row["weekday"], row["hour"]): counts(row | {"excluded_count": 0}) for row in rows} == direct
    assert all(row["is_too_few"] == (row["decided_count"] < 10) for row in rows)


def test_arrivals_without_a_target_are_counted_and_not_judged(ask: Ask) -> None:
    rows = ask("attainment_by_hour", **BARE, **FIRST)
    # two of Tuesday at 6:00, two of Wednesday between 11:30 and 12:00
    assert [(row["weekday"], row["hour"], row["clocks_count"], row["share"]) for row in rows] == [
        (2, 6, 2, None),
        (3, 11, 2, None),
    ]


# Clocks one by one


def test_clocks_come_breached_first_and_the_latest_of_them_first(ask: Ask) -> None:
    rows = ask("clocks_in_scope", **DESK, **FIRST)
    assert [(row["ticket_id"], row["late_s"]) for row in rows[:3]] == [("L2", 3602), ("L1", 3601), ("L0", 3600)]
    assert [row["outcome"] for row in rows[3:]] == ["met"] * 9 + ["excluded"]
    assert (rows[0]["percent"], rows[0]["account"], rows[0]["severity"]) == (200, "X", "High")


def test_no_more_rows_come_than_asked_and_all_are_counted(ask: Ask) -> None:
    rows = ask("clocks_in_scope", **DESK, **FIRST, most=2)
    assert len(rows) == 2
    assert (rows[0]["clocks_count"], *counts(rows[0])) == (13, 9, 3, 0, 1)


@pytest.mark.parametrize(
    ("choice", "tickets"),
    [
        ({"outcome": "breached"}, {"L0", "L1", "L2"}),
        ({"outcome": "excluded", "reason": "merged"}, {"M0"}),
        ({"outcome": "counted", "share_low": 200}, {"L1", "L2"}),
        ({"share_low": 100, "share_high": 200}, {"L0"}),
        ({"weekday": 2, "hour": 10}, {"L1"}),
        ({"of_severity": "1", "of_plan": "A", "outcome": "counted"}, {"L0", "L1", "L2"}),
        ({"of_severity": ""}, set()),
        ({"agent": "bob"}, {"L0", "L1", "L2"}),
        ({"answered": "no"}, {"M0"}),
        ({"week": "2025-12-29"}, set()),
    ],
)
def test_clocks_can_be_chosen(ask: Ask, choice: dict[str, Any], tickets: set[str]) -> None:
    assert {row["ticket_id"] for row in ask("clocks_in_scope", **DESK, **FIRST, **choice)} == tickets


def test_a_running_clock_has_the_time_left(ask: Ask) -> None:
    values = DESK | {"first_on": date(2026, 1, 12), "last_on": date(2026, 1, 18)}
    rows = ask("clocks_in_scope", **values, **FIRST, outcome="running")
    assert [(row["ticket_id"], row["left_s"], row["is_answered"]) for row in rows] == [
        ("R0", 2400, False),
        ("R1", 3000, False),
    ]


def test_clocks_of_a_cell_are_as_many_as_the_cell_says(of_sample: Ask) -> None:
    for row in of_sample("attainment_matrix", **OCTOBER, **FIRST):
        chosen = {"of_severity": row["severity"], "of_plan": row["plan"]}
        listed = of_sample("clocks_in_scope", **OCTOBER, **FIRST, **chosen)
        assert len(listed) == sum(counts(row))
        assert sum(one["outcome"] == "breached" for one in listed) == row["breached_count"]


def over(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "first_on"}
