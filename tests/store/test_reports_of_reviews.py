"""Reports of a review against numbers counted on paper; see reviewed_desk for the tickets."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from sla import store
from tests.store.reviewed_desk import build_reviewed_desk

Ask = Callable[..., list[dict[str, Any]]]
JANUARY = {"first_on": date(2026, 1, 1), "last_on": date(2026, 1, 31)}
AGAINST_DECEMBER = JANUARY | {"before_first_on": date(2025, 12, 1), "before_last_on": date(2025, 12, 31)}
OF_X = {"policy": "hours", "account": "X"}
HOUR = 3600


@pytest.fixture(scope="module")
def review_ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    path = store.current(build_reviewed_desk(tmp_path_factory.mktemp("reviewed")))
    assert path is not None
    connection = store.open_snapshot(path)
    return lambda report, **values: store.records(store.run(connection, report, values))


@pytest.fixture(scope="module")
def breaches(review_ask: Ask) -> dict[str, dict[str, Any]]:
    return {row["ticket_id"]: row for row in review_ask("review_breaches", **OF_X, **JANUARY, language="pt-BR")}


def test_accounts_come_with_their_manager_language_and_policies(review_ask: Ask) -> None:
    rows = review_ask("review_accounts")
    assert [(row["account"], row["name"], row["manager"], row["language"]) for row in rows] == [
        ("X", "Conta Exemplo", "Desk of examples", "pt-BR"),
        ("Y", "Sample Account", "Desk of samples", None),
    ]
    assert rows[0]["policies"] == ["hours", "bare"]
    assert [row["account"] for row in review_ask("review_accounts", account="Y")] == ["Y"]


def test_an_account_has_a_part_for_each_policy_that_measured_it(review_ask: Ask) -> None:
    rows = review_ask("review_parts", account="X", **AGAINST_DECEMBER, language="pt-BR")
    assert [(row["policy"], row["name"]) for row in rows] == [("hours", "Horário comercial"), ("bare", "No promise")]
    assert rows[0]["files"] == ["hours.toml"]
    assert len(rows[0]["sha256s"][0]) == 64
    assert review_ask("review_parts", account="nobody", **AGAINST_DECEMBER) == []


def test_each_clause_has_its_own_counts_and_those_of_the_period_before(review_ask: Ask) -> None:
    rows = review_ask("review_promises", **OF_X, **AGAINST_DECEMBER, language="pt-BR")
    # severity 1: N0 met; L0, O0, G0, S0, U0 breached; B0 met in December. Nothing of severity 2: G0 was judged as 1.
    assert [
        (
            row["severities"],
            row["met_count"],
            row["decided_count"],
            row["before_met_count"],
            row["before_decided_count"],
        )
        for row in rows
    ] == [(["Alta"], 1, 6, 1, 1), (["Baixa"], 0, 0, 0, 0)]
    assert [row["target_s"] for row in rows] == [HOUR, 4 * HOUR]
    assert rows[0]["is_too_few"]
    assert rows[0]["change"] is None
    assert rows[1]["share"] is None


def test_a_clause_is_quoted_in_the_language_asked_for_else_in_the_documents(review_ask: Ask) -> None:
    rows = review_ask("review_promises", **OF_X, **AGAINST_DECEMBER, language="en")
    assert [(row["clause"], row["clause_language"]) for row in rows] == [
        ("We answer within an hour.", "en"),
        ("Respondemos em quatro horas.", "pt-BR"),
    ]


def test_promises_to_other_plans_are_left_out_unless_they_measured_a_clock(review_ask: Ask) -> None:
    rows = review_ask("review_promises", **OF_X, **AGAINST_DECEMBER)
    assert {tuple(row["plans"]) for row in rows} == {("Plan A",)}


def test_breaches_are_the_accounts_own_the_latest_first(breaches: dict[str, dict[str, Any]]) -> None:
    # U0 stands since 9 January 10:00: 7 h that Friday, 16 days of 8 h until 2 February, 3 h on the 3rd, less one hour
    late = {"U0": (7 + 16 * 8 + 3 - 1) * HOUR, "G0": 2 * HOUR, "L0": HOUR, "O0": HOUR, "S0": HOUR}
    assert {ticket: row["late_s"] for ticket, row in breaches.items()} == late
    assert list(breaches) == ["U0", "G0", "L0", "O0", "S0"]


def test_what_ended_a_breached_clock_is_told(breaches: dict[str, dict[str, Any]]) -> None:
    ended = {"U0": (None, True), "G0": ("reply", False), "S0": ("solve", False)}
    assert {ticket: (breaches[ticket]["stopped_by"], breaches[ticket]["is_open"]) for ticket in ended} == ended


def test_a_ticket_that_came_out_of_hours_says_when_its_time_began(breaches: dict[str, dict[str, Any]]) -> None:
    opened = {ticket: row["opens_local"] for ticket, row in breaches.items() if row["opens_local"]}
    assert opened == {"O0": datetime(2026, 1, 7, 9)}


def test_a_change_of_severity_while_the_clock_ran_comes_with_both_targets(breaches: dict[str, dict[str, Any]]) -> None:
    columns = ("regraded_kind", "regraded_from", "regraded_to", "regraded_from_target_s", "target_s", "regraded_local")
    assert tuple(breaches["G0"][column] for column in columns) == (
        "severity",
        "Baixa",
        "Alta",
        4 * HOUR,
        HOUR,
        datetime(2026, 1, 7, 12),
    )
    assert breaches["G0"]["due_local"] == datetime(2026, 1, 7, 12)  # the hour had passed: breached at once
    assert [row["regraded_kind"] for ticket, row in breaches.items() if ticket != "G0"] == [None] * 4


def test_handovers_are_counted_without_the_first_assignment(breaches: dict[str, dict[str, Any]]) -> None:
    assert {ticket: row["handovers_count"] for ticket, row in breaches.items() if row["handovers_count"]} == {"L0": 1}


def test_a_first_assignment_after_the_due_instant_is_told(breaches: dict[str, dict[str, Any]]) -> None:
    assigned = {ticket: row["first_assigned_local"] for ticket, row in breaches.items() if row["first_assigned_local"]}
    assert assigned == {"U0": datetime(2026, 1, 9, 12)}


def test_volumes_count_tickets_by_severity_and_channel(review_ask: Ask) -> None:
    rows = review_ask("review_volumes", **OF_X, **AGAINST_DECEMBER, language="pt-BR")
    counted = {
        (row["dimension"], row["name"]): (row["opened_count"], row["before_opened_count"], row["solved_count"])
        for row in rows
    }
    assert counted == {
        ("all", None): (6, 1, 2),  # without M0, which is merged; N0 and S0 were solved
        ("severity", "Alta"): (6, 1, 2),  # G0 too, as it stands now
        ("channel", "chat"): (2, 0, 0),
        ("channel", "email"): (4, 1, 2),
    }
    assert rows[0]["left_out_count"] == 1


def test_the_tickets_behind_a_volume_are_as_many_as_it_counts(sample_snapshot: Path) -> None:
    connection = store.open_snapshot(sample_snapshot)

    def ask(report: str, **values: Any) -> list[dict[str, Any]]:
        return store.records(store.run(connection, report, values))

    quarters = (date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 4, 1), date(2026, 6, 30))
    days = dict(zip(("first_on", "last_on", "before_first_on", "before_last_on"), sum(quarters, ()), strict=True))
    whose = {"policy": "vodlix", "account": "V07"}
    rows = ask("review_volumes", **whose, **days)
    assert len(rows) > 6
    for row, (side, (first_on, last_on)) in product(rows, zip(("", "before_"), quarters, strict=True)):
        of = {} if row["dimension"] == "all" else {f"of_{row['dimension']}": row["value"]}
        for count, kind in (("opened", "arrival"), ("solved", "solved")):
            tickets = ask("work", **whose, kind=kind, first_on=first_on, last_on=last_on, **of)
            assert len({ticket["ticket_id"] for ticket in tickets}) == len(tickets) == row[f"{side}{count}_count"]
    # a ticket that was solved twice within the quarter stands among the solves twice, among the solved once
    now = whose | {"first_on": quarters[0][0], "last_on": quarters[0][1]}
    assert len(ask("work", **now, kind="solve")) > len(ask("work", **now, kind="solved"))


def test_what_was_left_out_has_its_reason(review_ask: Ask) -> None:
    rows = review_ask("review_exclusions", **OF_X, **JANUARY)
    assert ("first_response", "merged", 1) in {(row["metric"], row["reason"], row["clocks_count"]) for row in rows}


def test_waits_without_a_target_have_their_median(review_ask: Ask) -> None:
    rows = {row["metric"]: row for row in review_ask("review_waits", policy="bare", account="X", **AGAINST_DECEMBER)}
    first = rows["first_response"]
    assert (first["clocks_count"], first["answered_count"], first["median_s"]) == (1, 1, 1200)
    assert rows["resolution"]["median_s"] is None  # W0 is still open: "more than"
    assert rows["resolution"]["longest_s"] == (22 * 24 + 2) * HOUR


def test_open_tickets_are_those_of_today_the_unanswered_first(review_ask: Ask) -> None:
    rows = review_ask("review_open", account="X", language="pt-BR")
    assert [row["ticket_id"] for row in rows] == ["U0", "L0", "O0", "G0", "W0"]
    assert (rows[0]["state"], rows[0]["waited_s"], rows[0]["breached_count"]) == ("on_us", (25 * 24 + 2) * HOUR, 1)
    assert {row["state"] for row in rows[1:]} == {"in_hand"}


def test_the_snapshot_is_named(review_ask: Ask) -> None:
    row = review_ask("review_provenance")[0]
    assert row["snapshot"].startswith("sla-")
    assert (row["as_of"], row["source_files_count"]) == (datetime(2026, 2, 3, 12), 4)
    assert row["rows_accepted_count"] == 10 + 14 + 3 + 2
