"""Reports of what broke and of what is at risk, against numbers counted on paper; see desk_at_risk for the tickets."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from sla import store
from tests.store.desk_at_risk import AS_OF, SUBJECT, build_desk_at_risk

Ask = Callable[..., list[dict[str, Any]]]
IN_WEEK = {"policy": "desk", "first_on": date(2026, 1, 12), "last_on": date(2026, 1, 18)}


@pytest.fixture(scope="module")
def risky(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    path = store.current(build_desk_at_risk(tmp_path_factory.mktemp("risk")))
    assert path is not None
    return store.open_snapshot(path)


@pytest.fixture
def ask(risky: duckdb.DuckDBPyConnection) -> Ask:
    def _ask(report: str, **values: Any) -> list[dict[str, Any]]:
        return store.records(store.run(risky, report, values))

    return _ask


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["ticket_id"] for row in rows]


def test_a_period_counts_its_decided_its_breached_and_those_still_open(ask: Ask) -> None:
    # decided: first responses of B0, B1, B2 (breached) and P0 (met), resolutions of B1 and B2 (met)
    assert ask("breaches_of_period", **IN_WEEK) == [{"decided_count": 6, "breached_count": 3, "open_count": 1}]
    assert ask("breaches_of_period", **IN_WEEK, metric="resolution")[0]["breached_count"] == 0
    assert ask("breaches_of_period", **IN_WEEK, account="acao")[0]["decided_count"] == 4
    monday = IN_WEEK | {"last_on": date(2026, 1, 12)}
    assert ask("breaches_of_period", **monday) == [{"decided_count": 4, "breached_count": 2, "open_count": 0}]


def test_numbers_are_those_counted_over_clocks(ask: Ask, risky: duckdb.DuckDBPyConnection) -> None:
    with risky.cursor() as cursor:
        counted = cursor.execute(
            """
            select
                count(*) filter (outcome = 'breached'),
                count(*) filter (outcome = 'breached' and is_open),
                count(*) filter (outcome = 'running'),
            from clocks
            where policy = 'desk'
            """
        ).fetchone()
    assert counted is not None
    rows = ask("breached_clocks", **IN_WEEK)
    assert (len(rows), sum(row["is_open"] for row in rows), len(ask("at_risk", policy="desk"))) == counted


def test_a_breached_clock_says_how_late_whose_under_which_clause_and_how_it_ended(ask: Ask) -> None:
    rows = {row["ticket_id"]: row for row in ask("breached_clocks", **IN_WEEK)}
    assert {name: row["late_s"] for name, row in rows.items()} == {"B0": 7200, "B1": 1800, "B2": 3600}
    # B1 is credited to who answered it, the others to whom they are assigned
    assert {name: (row["agent"], row["team"]) for name, row in rows.items()} == {
        "B0": ("Agent Two", "Red"),
        "B1": ("Agent One", "Blue"),
        "B2": ("Agent Two", "Red"),
    }
    assert (rows["B1"]["subject"], rows["B1"]["account"], rows["B2"]["account"]) == (SUBJECT, "Ação e Irmãos", "bare")
    assert {name: (row["is_open"], row["is_answered"]) for name, row in rows.items()} == {
        "B0": (True, False),
        "B1": (False, True),
        "B2": (False, False),
    }
    assert (rows["B1"]["due_local"], rows["B1"]["stopped_local"]) == (
        datetime(2026, 1, 12, 10),
        datetime(2026, 1, 12, 10, 30),
    )
    assert {row["calendar"] for row in rows.values()} == {"always"}


@pytest.mark.parametrize(
    ("language", "clause"),
    [
        (None, "We answer within an hour."),
        ("pt-BR", "Respondemos em uma hora."),
        ("ar", "We answer within an hour."),
    ],
)
def test_a_clause_is_in_the_language_asked_for_where_the_document_has_it(
    ask: Ask, language: str | None, clause: str
) -> None:
    assert {row["clause"] for row in ask("breached_clocks", **IN_WEEK, language=language)} == {clause}


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (None, ["B0", "B1", "B2"]),  # due on Wednesday; both others on Monday at 10:00, in the order of their names
        ("newest", ["B0", "B1", "B2"]),
        ("oldest", ["B1", "B2", "B0"]),
        ("overrun", ["B0", "B2", "B1"]),
        ("account", ["B0", "B1", "B2"]),  # Ação, Ação, bare; within one the newest first
    ],
)
def test_breached_clocks_come_in_the_order_asked_for(ask: Ask, sort: str | None, order: list[str]) -> None:
    assert names(ask("breached_clocks", **IN_WEEK, sort=sort)) == order


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("b1", ["B1"]),
        ("SILENT", ["B2"]),  # a subject
        ("acao", ["B0", "B1"]),  # an account's name, without its accents
        ("agent one", ["B1"]),
        ("blue", ["B1"]),
        ("<b>", ["B1"]),
        ("%", []),
        ("' or 1=1 --", []),
    ],
)
def test_a_search_finds_tickets_subjects_accounts_agents_and_teams(ask: Ask, search: str, found: list[str]) -> None:
    assert names(ask("breached_clocks", **IN_WEEK, search=search)) == found


def test_the_first_rows_know_how_many_were_found(ask: Ask) -> None:
    rows = ask("breached_clocks", **IN_WEEK, most=1)
    assert [(row["ticket_id"], row["clocks_count"], row["open_count"]) for row in rows] == [("B0", 3, 1)]


def test_those_still_open_can_be_asked_for_alone(ask: Ask) -> None:
    assert names(ask("breached_clocks", **IN_WEEK, show="open")) == ["B0"]
    assert names(ask("breached_clocks", **IN_WEEK, show="breached")) == ["B0", "B1", "B2"]


def test_breaches_are_counted_by_team_account_and_severity(ask: Ask) -> None:
    rows = ask("breaches_by", **IN_WEEK, metric="first_response")
    assert [(row["dimension"], row["name"], row["breached_count"], row["decided_count"]) for row in rows] == [
        ("account", "Ação e Irmãos", 2, 3),
        ("account", "bare", 1, 1),
        ("team", "Red", 2, 3),
        ("team", "Blue", 1, 1),
        ("severity", "High", 2, 3),
        ("severity", "Low", 1, 1),
    ]
    assert {row["all_breached_count"] for row in rows} == {3}


def test_what_does_not_fit_makes_one_row(ask: Ask) -> None:
    rows = [row for row in ask("breaches_by", **IN_WEEK, most=1) if row["dimension"] == "team"]
    assert [(row["value"], row["is_rest"], row["breached_count"], row["values_count"]) for row in rows] == [
        ("Red", False, 2, 1),
        (None, True, 1, 1),
    ]


def test_running_clocks_stand_in_bands_by_the_share_of_the_target_used(ask: Ask) -> None:
    rows = ask("at_risk", policy="desk", metric="first_response")
    # 90 % is not over 90 %, 75 % not over 75 %, 50 % not over 50 %
    assert [(row["ticket_id"], row["band"], row["used"]) for row in rows] == [
        ("S3241", "over_90", 0.9),
        ("S3240", "over_75", 0.9),
        ("S2701", "over_75", 0.75),
        ("S2700", "over_50", 0.75),
        ("S1801", "over_50", 0.5),
        ("S1800", "upto_50", 0.5),
    ]
    assert [row["left_s"] for row in rows] == [359, 360, 899, 900, 1799, 1800]
    assert names(ask("at_risk", policy="desk", metric="first_response", band="over_75")) == ["S3240", "S2701"]


def test_a_clock_that_stands_still_is_at_no_risk_of_its_own(ask: Ask) -> None:
    [row] = ask("at_risk", policy="desk", band="standing")
    assert (row["ticket_id"], row["metric"], row["due_at"], row["left_s"]) == ("P0", "resolution", None, None)
    assert (row["used"], row["open_left_s"]) == (0.1, 9 * 3600)
    assert names(ask("at_risk", policy="desk"))[-1] == "P0"


def test_bands_are_counted_by_metric_and_name_the_next_to_fall_due(ask: Ask) -> None:
    rows = {(row["band"], row["metric"]): row for row in ask("at_risk_by_band", policy="desk")}
    bands = ("over_90", "over_75", "over_50", "upto_50", "standing")
    assert [rows[band, "first_response"]["clocks_count"] for band in bands] == [1, 2, 2, 1, 0]
    # the resolutions of the six and of B0, which was created three hours ago; P0's stands still
    assert [rows[band, "resolution"]["clocks_count"] for band in bands] == [0, 0, 0, 7, 1]
    first = rows["over_90", "first_response"]
    assert (first["next_ticket_id"], (first["next_due_at"] - AS_OF.replace(tzinfo=None)).seconds) == ("S3241", 359)
    assert rows["standing", "resolution"]["next_due_at"] is None


def test_running_clocks_can_be_searched_and_sorted(ask: Ask) -> None:
    by_share = names(ask("at_risk", policy="desk", sort="used", most=3))
    assert by_share == ["S3241", "S3240", "S2701"]
    assert names(ask("at_risk", policy="desk", sort="account", account="acao")) == ["B0", "P0"]
    assert names(ask("at_risk", policy="desk", search="customer")) == ["P0"]
    assert ask("at_risk", policy="desk", manager="Manager 1", most=1)[0]["clocks_count"] == 2


def test_nothing_promised_breaches_nothing_and_lists_the_longest_waits(ask: Ask) -> None:
    period = IN_WEEK | {"policy": "bare"}
    assert ask("breached_clocks", **period) == ask("at_risk_by_band", policy="bare") == []
    rows = ask("longest_waits", **period)
    assert [(row["ticket_id"], row["elapsed_s"], row["is_open"]) for row in rows] == [
        ("W0", 7200, True),
        ("W1", 600, False),
    ]
    assert names(ask("longest_waits", **period, show="open")) == ["W0"]
    assert names(ask("longest_waits", **period, search="broken")) == ["W1"]
    # resolutions, which are no waits, where they are asked for: both tickets are unsolved
    assert names(ask("longest_waits", **period, metric="resolution")) == ["W1", "W0"]
