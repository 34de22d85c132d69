"""Other helpdesks' own tests of business time (tests/cases/business_time.json), measured by the product's SQL.

Every case is a ticket under the calendar of its case, one target each by severity; a few builds measure all 363, one
for each stretch of years, so that no calendar has to be laid out over three decades.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.clock.harness import build_clocks

Row = dict[str, Any]
CASES: list[Row] = json.loads((Path(__file__).parents[1] / "cases" / "business_time.json").read_text("utf-8"))
SECOND = timedelta(seconds=1)
YEARS_A_BUILD = 10


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)


def kind(case: Row) -> str:
    """How a case is played: between two instants, to a due instant, one due at once, or one that runs backwards."""
    if "end" in case:
        return "backwards" if at(case["end"]) < at(case["start"]) else "between"
    return "due" if case["target"] else "due at once"


def target_s(case: Row) -> int:
    """The seconds promised: those that the case expects or asks for, so that it is met exactly at its target."""
    return max(case.get("expected", case.get("target", 0)), 1)


def tickets_of(case: Row) -> list[Row]:
    """The tickets that play a case; the part after the dash says which of them it is."""
    common = {"created_at": at(case["start"]), "severity": case["id"]}
    if "end" in case:
        return [common | {"ticket_id": f"{case['id']}-replied", "first_reply_at": at(case["end"])}]
    if kind(case) == "due":
        replies = {"waiting": None, "replied": at(case["due"])}
        if "due_in_source" in case:
            replies["opening"] = at(case["due_in_source"])
        return [
            common | {"ticket_id": f"{case['id']}-{name}", "first_reply_at": reply} for name, reply in replies.items()
        ]
    # A target of nothing cannot be written. A reopened ticket can have nothing left of its second all the same.
    before = common["created_at"] - timedelta(hours=1)
    return [{"ticket_id": f"{case['id']}-reopened", "created_at": before, "severity": "one second"}]


def events_of(case: Row) -> list[Row]:
    """For a case that is due at once: its second used up an hour before, then reopened at the start of the case."""
    if kind(case) != "due at once":
        return []
    start = at(case["start"])
    happened = [
        (start - timedelta(hours=1) + SECOND, "status", "Solved"),
        (start - SECOND, "severity", case["id"]),
        (start, "status", "Open"),
    ]
    ticket_id = f"{case['id']}-reopened"
    return [{"ticket_id": ticket_id, "at": when, "kind": what, "value": value} for when, what, value in happened]


def policy_of(cases: list[Row]) -> Row:
    """One policy with the calendar and target of every case; calendars that are alike stand there once."""
    calendars = {json.dumps(case["calendar"], sort_keys=True): case["calendar"] for case in cases}
    names = {text: f"c{number}" for number, text in enumerate(calendars)}

    def promise(metric: str, case: Row) -> Row:
        name = names[json.dumps(case["calendar"], sort_keys=True)]
        return {"metric": metric, "severities": [case["id"]], "within": f"{target_s(case)}s", "calendar": name}

    one_second = {"metric": "resolution", "severities": ["one second"], "within": "1s", "calendar": "always"}
    return {
        "id": "cases",
        "name": {"en": "Cases"},
        "source": "made up for this test",
        "statuses": {"solved": ["Solved"]},
        "calendars": {"always": {"timezone": "UTC", "hours": "24x7"}}
        | {names[text]: calendars[text] for text in names},
        "severities": [
            {"code": code, "name": {"en": code}} for code in ["one second", *(case["id"] for case in cases)]
        ],
        "targets": [
            one_second,
            *(promise("resolution" if kind(case) == "due at once" else "first_response", case) for case in cases),
        ],
    }


def era(case: Row) -> int:
    return at(case["start"]).year // YEARS_A_BUILD


@pytest.fixture(scope="module")
def clocks() -> dict[tuple[str, str, int], Row]:
    """Every clock of every case's tickets, by ticket, metric and cycle."""
    found: dict[tuple[str, str, int], Row] = {}
    for _, group in groupby(sorted(CASES, key=era), key=era):
        cases = list(group)
        last = max(
            at(case[name]) for case in cases for name in ("start", "end", "due", "due_in_source") if name in case
        )
        rows = build_clocks(
            [ticket for case in cases for ticket in tickets_of(case)],
            [event for case in cases for event in events_of(case)],
            accounts=[],
            agents=[],
            policies=[policy_of(cases)],
            as_of=last
            + timedelta(days=8),  # so that every calendar has opened again and who waits has been kept waiting
            default_policy="cases",
        )
        found |= {(row["ticket_id"], row["metric"], row["cycle"]): row for row in rows}
    return found


def said(row: Row, *columns: str) -> tuple[Any, ...]:
    return tuple(row[column] for column in columns)


def test_every_case_is_played() -> None:
    # 167 cases have an end, two of them before the start; 196 have a target, 18 of them of nothing; 363 together.
    assert Counter(map(kind, CASES)) == {"between": 165, "backwards": 2, "due": 178, "due at once": 18}


@pytest.mark.parametrize("case", [case for case in CASES if kind(case) == "between"], ids=lambda case: case["id"])
def test_open_seconds_between_two_instants(case: Row, clocks: dict[tuple[str, str, int], Row]) -> None:
    row = clocks[f"{case['id']}-replied", "first_response", 1]
    assert said(row, "outcome", "elapsed_s", "paused_s", "stopped_at") == ("met", case["expected"], 0, at(case["end"]))
    assert (row["due_at"] <= row["stopped_at"]) == (row["elapsed_s"] == row["target_s"])


@pytest.mark.parametrize("case", [case for case in CASES if kind(case) == "due"], ids=lambda case: case["id"])
def test_the_due_instant_is_where_the_open_seconds_reach_the_target(
    case: Row, clocks: dict[tuple[str, str, int], Row]
) -> None:
    for name in ("replied", "waiting", "opening"):
        row = clocks.get((f"{case['id']}-{name}", "first_response", 1))
        if name == "opening" and "due_in_source" not in case:
            assert row is None
            continue
        assert row is not None
        assert said(row, "due_at", "target_s") == (at(case["due"]), case["target"])
        if name == "waiting":
            assert said(row, "outcome", "stopped_at") == ("breached", None)
            assert row["elapsed_s"] > case["target"]
        else:  # a reply when the desk opens again is no later, in open seconds, than one at closing time
            assert said(row, "outcome", "elapsed_s") == ("met", case["target"])


@pytest.mark.parametrize("case", [case for case in CASES if kind(case) == "due at once"], ids=lambda case: case["id"])
def test_where_nothing_is_left_of_the_target_the_clock_is_due_when_it_starts(
    case: Row, clocks: dict[tuple[str, str, int], Row]
) -> None:
    row = clocks[f"{case['id']}-reopened", "resolution", 2]
    assert said(row, "started_at", "due_at", "carried_s", "target_s") == (at(case["start"]), at(case["due"]), 1, 1)


@pytest.mark.parametrize("case", [case for case in CASES if kind(case) == "backwards"], ids=lambda case: case["id"])
def test_a_case_that_runs_backwards_is_out_of_order(case: Row, clocks: dict[tuple[str, str, int], Row]) -> None:
    row = clocks[f"{case['id']}-replied", "first_response", 1]
    wanted = ("excluded", "times_out_of_order", 0, at(case["end"]))
    assert said(row, "outcome", "reason", "elapsed_s", "stopped_at") == wanted
