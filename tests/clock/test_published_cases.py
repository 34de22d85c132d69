"""What other helpdesks' own test suites expect (tests/cases/sla_outcomes.json), replayed by both sides.

Each case's `expected` is what its source says, `verified` names the parts that were recomputed independently. Where the
rules of this project differ on purpose, `DIFFERS` says which rule wins and what it gives instead.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.clock.examples import Example, Row
from tests.clock.harness import parsed
from tests.clock.together import Together
from tests.reference_clock import reference_clocks

FILE = Path(__file__).parent.parent / "cases" / "sla_outcomes.json"
CASES: list[Row] = json.loads(FILE.read_text(encoding="utf-8"))
METRICS = {
    "first_reply": "first_response",
    "next_reply": "next_response",
    "keep_in_loop": "periodic_update",
    "resolution": "resolution",
}
EVENTS = {"agent_reply": "message", "customer_reply": "message", "status_change": "status", "solved": "status"}


def utc(text: str) -> datetime:
    """A naive UTC instant from ISO 8601."""
    return datetime.fromisoformat(text).replace(tzinfo=None)


# case, clock of the source: rule that wins, our metric, columns of our row (None: there is no such clock)
DIFFERS: dict[tuple[str, str], tuple[str, str, Row | None]] = {
    ("sla001", "next_reply"): ("rule 14: the first wait is no next_response", "next_response", None),
    ("sla011", "first_reply"): (
        "rule 19: a ticket on which no customer wrote is opened_by_agent before it is no_target",
        "first_response",
        {"outcome": "excluded", "reason": "opened_by_agent"},
    ),
    ("sla011", "next_reply"): ("rule 14: nobody waits, so there is no clock", "next_response", None),
    # open 07:00Z to 16:00Z; 09:00 to 10:00 and, after the pause, 15:00 to 16:00 are the two hours
    ("sla013", "first_reply"): (
        "rule 3: the earliest instant at which the target is reached, so closing time and not the next opening",
        "first_response",
        {"outcome": "running", "elapsed_s": 3600, "due_at": utc("2013-06-04T16:00:00Z")},
    ),
    ("sla029", "next_reply"): (
        "rule 13: on a ticket that an agent opened, the customer's first message starts the first response",
        "first_response",
        {"outcome": "running", "started_at": utc("2024-01-15T10:10:00Z"), "due_at": utc("2024-01-15T11:10:00Z")},
    ),
    ("sla031", "next_reply"): (
        "rule 13: on a ticket that an agent opened, the customer's first message starts the first response",
        "first_response",
        {"outcome": "met", "elapsed_s": 600},
    ),
    ("sla033", "next_reply"): (
        "rule 13: on a ticket that an agent opened, the customer's first message starts the first response",
        "first_response",
        {"outcome": "running", "elapsed_s": 3540, "due_at": utc("2024-01-15T11:01:00Z")},
    ),
    ("sla118", "next_reply"): (
        "rule 12: a ticket opened by the system counts as the customer's",
        "first_response",
        {"outcome": "running", "due_at": utc("2024-01-17T12:00:00Z")},
    ),
}


def policy_of(case: Row) -> Row:
    """The case's targets as a policy; Request Tracker's one response clock stands for first and later replies."""
    given = case["policy"]
    calendar = given["calendar"]
    seconds = {METRICS[clock]: value for clock, value in given["targets_seconds"].items()}
    pauses = {METRICS[clock]: words for clock, words in given["pause_statuses"].items()}
    if is_request_tracker(case) and "next_response" in seconds:
        seconds["first_response"] = seconds["next_response"]
        pauses["first_response"] = pauses.get("next_response", [])
    targets = []
    for metric, value in seconds.items():
        common = {"metric": metric, "severities": ["matched"], "pause_on": pauses.get(metric, [])}
        targets.append({**common, "within": f"{value}s", "calendar": "c", "plans": ["after"]})
        targets.append({**common, "within": f"{value // 2}s", "calendar": "always", "plans": ["before"]})
    return {
        "id": "case",
        "name": {"en": case["id"]},
        "source": case["source"],
        "statuses": {"solved": ["closed"]},
        "default_plan": "after",
        "calendars": {
            "c": {
                "timezone": calendar["timezone"],
                "hours": calendar["weekly_hours"],
                "holidays": calendar["holidays"],
            },
            "always": {"timezone": "UTC", "hours": "24x7"},
        },
        "severities": [{"code": "matched", "name": {"en": "m"}}, {"code": "unmatched", "name": {"en": "u"}}],
        "targets": targets,
    }


def is_request_tracker(case: Row) -> bool:
    """Whether the case comes from Request Tracker."""
    return str(case["source"]).startswith("bestpractical/rt")


def facts_of(case: Row) -> tuple[list[Row], list[Row]]:
    """The ticket and its events in the columns of the standard export."""
    created, *others = case["events"]
    opened_by = created.get("by", "customer")
    ticket: Row = {
        "ticket_id": "T",
        "created_at": utc(created["at"]),
        "severity": "matched",
        "opened_by": {"owner": "agent"}.get(opened_by, opened_by),
    }
    events = []
    if "status" in created:
        events.append({"ticket_id": "T", "at": ticket["created_at"], "kind": "status", "value": created["status"]})
    for given in others:
        row: Row = {"ticket_id": "T", "at": utc(given["at"]), "kind": EVENTS.get(given["kind"], "")}
        if given["kind"] == "plan_change":
            ticket["plan"] = "before"
            row |= {"kind": "plan", "value": "after"}
        elif given["kind"] == "priority_change":
            row |= {"kind": "severity", "value": given["to"]}
        elif row["kind"] == "status":
            row["value"] = given.get("to", "closed")
        row["by"] = "customer" if given["kind"] == "customer_reply" else "agent"
        events.append(row)
    return [ticket], events


def example_of(case: Row) -> Example:
    """The case as a worked ticket, named by its id."""
    tickets, events = facts_of(case)
    return Example(
        case["id"],
        "those of the source",
        tickets,
        utc(case["as_of"]),
        expected={},
        events=events,
        policies=[policy_of(case)],
        default_policy="case",
    )


@pytest.fixture(scope="module")
def built() -> Together:
    """The product's clocks of every case."""
    return Together(map(example_of, CASES))


def clock_of(rows: list[Row], metric: str, case: Row) -> Row | None:
    """The latest cycle of a metric; a response of Request Tracker is the latest of both response metrics."""
    either = is_request_tracker(case) and metric == "next_response"
    found = [row for row in rows if row["metric"] in ((metric, "first_response") if either else (metric,))]
    return max(found, key=lambda row: (row["metric"] == metric, row["cycle"]), default=None)


def ours(expected: Row, row: Row | None) -> tuple[Any, Any]:
    """What the source expects of a clock, and the same of our row."""
    status = expected["status"]
    if status == "not_running":
        return False, row is not None and row["is_open"]
    assert row is not None
    if status == "pending":
        due = expected.get("due_at")
        return ("running", utc(due) if due else row["due_at"]), (row["outcome"], row["due_at"])
    if status == "paused":
        return ("running", None), (row["outcome"], row["due_at"])
    if status == "met":
        return ("met", expected["elapsed_seconds"]), (row["outcome"], row["elapsed_s"])
    reason = {"none": "solved_without_reply", "not_applicable": "no_target"}[status]
    return ("excluded", reason), (row["outcome"], row["reason"])


CLOCKS = [(case, clock) for case in CASES for clock in case["expected"] if clock in METRICS]


def assert_as_published(case: Row, clock: str, rows: list[Row]) -> None:
    if (case["id"], clock) not in DIFFERS:
        wanted, got = ours(case["expected"][clock], clock_of(rows, METRICS[clock], case))
        assert got == wanted, case["source"]
        return
    rule, metric, columns = DIFFERS[case["id"], clock]
    row = next((row for row in rows if row["metric"] == metric), None)
    assert (row if columns is None or row is None else {name: row[name] for name in columns}) == columns, rule


of_every_clock = pytest.mark.parametrize(
    ("case", "clock"), CLOCKS, ids=[f"{case['id']}-{clock}" for case, clock in CLOCKS]
)


@of_every_clock
def test_by_the_second_opinion_a_published_case_comes_out_as_published_or_as_the_rules_say(
    case: Row, clock: str
) -> None:
    told = example_of(case)
    rows = reference_clocks(told.tickets, told.events, [], [], parsed(told.policies), told.as_of, told.default_policy)
    assert_as_published(case, clock, rows)


@of_every_clock
def test_by_the_product_a_published_case_comes_out_as_published_or_as_the_rules_say(
    case: Row, clock: str, built: Together
) -> None:
    assert_as_published(case, clock, built.clocks(case["id"]))


def test_every_difference_belongs_to_a_case() -> None:
    assert set(DIFFERS) <= {(case["id"], clock) for case, clock in CLOCKS}
    assert len(CASES) == 29
