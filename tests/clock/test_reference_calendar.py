"""The second opinion's calendar against other helpdesks' tests of business time (tests/cases/business_time.json)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.clock.examples import Row
from tests.reference_calendar import Calendar, second_of

CASES: list[Row] = json.loads((Path(__file__).parents[1] / "cases" / "business_time.json").read_text("utf-8"))


def second(text: str) -> int:
    """Seconds since 1970 of an instant with an offset."""
    return second_of(datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None))


@pytest.mark.parametrize("case", [case for case in CASES if "end" in case], ids=lambda case: case["id"])
def test_open_seconds_between_two_instants(case: Row) -> None:
    calendar = Calendar(case["id"], case["calendar"])
    assert calendar.open_seconds(second(case["start"]), second(case["end"])) == case["expected"], case["source"]


@pytest.mark.parametrize("case", [case for case in CASES if case.get("target", 0) > 0], ids=lambda case: case["id"])
def test_the_earliest_instant_at_which_the_target_is_reached(case: Row) -> None:
    missing = case["target"]
    for first, last in Calendar(case["id"], case["calendar"]).open_from(second(case["start"])):
        if last - first >= missing:
            assert first + missing == second(case["due"]), case["source"]
            return
        missing -= last - first
    pytest.fail("the target is never reached")
