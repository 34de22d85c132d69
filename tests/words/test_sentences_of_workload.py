"""What reports of work say, in sentences."""

import re
from datetime import date
from typing import Any

import pytest

from sla.ui import Period
from sla.words import LANGUAGES, words
from sla.words import workload as sentences

EN = words("en")
WEEK = Period("week", date(2026, 1, 5), date(2026, 1, 11))
ROW: dict[str, Any] = {
    "arrivals_count": 6,
    "left_out_count": 1,
    "replies_count": 1,
    "unsigned_replies_count": 0,
    "solves_count": 2,
    "open_count": 4,
    "on_us_count": 2,
    "on_customer_count": 1,
    "on_hold_count": 0,
    "in_hand_count": 1,
    "oldest_ticket_id": "Q4",
    "oldest_waited_s": 729_000,
    "oldest_passed_by_count": 1,
}


def test_the_answer_has_the_periods_work_and_what_is_open_now() -> None:
    assert sentences.lead(ROW, WEEK, EN) == (
        "Week 2: 6 tickets arrived, 1 reply was written, 2 tickets were solved. "
        "4 tickets are open now, 2 wait on us, the oldest for 8\u00a0days 10\u00a0h."
    )


def test_where_nothing_waits_or_is_open_no_age_is_told() -> None:
    answered = sentences.lead(ROW | {"on_us_count": 0, "oldest_waited_s": None}, WEEK, EN)
    assert answered.endswith("4 tickets are open now, none waits on us.")
    nothing = ROW | {"arrivals_count": 0, "open_count": 0, "on_us_count": 0}
    assert sentences.lead(nothing, WEEK, EN).startswith("Week 2: no ticket arrived, ")
    assert sentences.lead(nothing, WEEK, EN).endswith("No ticket is open now.")


def test_only_states_that_tickets_have_are_told() -> None:
    told = sentences.now(ROW, "noon", EN)
    assert "2 wait on us, 1 waits on the customer and 1 is answered and still in our hands." in told
    assert "hold" not in told


def test_what_is_left_out_or_unknown_is_said() -> None:
    with_messages, without = ({"tickets_with_messages_count": count} for count in (5, 0))
    assert sentences.asides(ROW, with_messages, EN) == [EN("workload.left_out", count=1)]
    told = sentences.asides(ROW | {"left_out_count": 0, "unsigned_replies_count": 3}, without, EN)
    assert told == [EN("workload.unsigned", count=3), EN("workload.no_replies")]


def test_a_mix_under_ten_has_no_share() -> None:
    row = {"first_replies_count": 9, "is_too_few": True, "high_count": 3, "out_of_hours_count": 1}
    assert sentences.mix(row, EN, has_severities=True) == ["9 first replies, too few to judge"]
    many = row | {"first_replies_count": 12, "is_too_few": False}
    assert sentences.mix(many, EN, has_severities=True) == [
        "12 first replies",
        "high: 3 of 12 (25%)",
        "out of hours: 1 of 12 (8%)",
    ]
    assert len(sentences.mix(many, EN, has_severities=False)) == 2
    assert sentences.mix(row | {"first_replies_count": 0}, EN, has_severities=True) == ["no first reply"]


def test_spread_of_one_agent_or_none_is_said_plainly() -> None:
    assert sentences.spread_lead([], EN) == "No reply was written in the period."
    row = {"measure": "replies", "total_count": 5, "agents_count": 1, "half_agents_count": 1, "even_agents_count": 1}
    assert sentences.spread_lead([row], EN) == "All replies of the period (5) were written by one agent."


def test_too_few_arrivals_show_no_busiest_hour() -> None:
    told = sentences.hours_lead([{"arrivals_count": 29, "unattended_count": 4, "arrivals_mean": 29.0}], EN)
    assert "29, too few to show a pattern; 4 of them" in told


def test_order_of_arrival_has_its_counts_and_a_share_from_ten_on() -> None:
    row = {"replies_count": 0, "in_order_count": 0, "is_too_few": True, "share": None}
    assert sentences.order_lead(row, EN).startswith("No first reply")
    few = sentences.order_lead(row | {"replies_count": 4, "in_order_count": 2}, EN)
    assert few.startswith("2 of 4 first replies kept the order of arrival: fewer than ten")
    assert "%" not in few
    shares = {"share": 0.75, "share_low": 0.4677, "share_high": 0.9111}
    many = row | shares | {"replies_count": 12, "in_order_count": 9, "is_too_few": False}
    assert sentences.order_lead(many, EN).startswith("9 of 12 first replies (75.0%) kept the order of arrival")


def test_the_oldest_wait_is_named_where_younger_tickets_passed_it() -> None:
    told = sentences.order_oldest(ROW, EN)
    assert told == "Q4 has waited for 8\u00a0days 10\u00a0h; 1 younger ticket had its first reply before it."
    assert sentences.order_oldest(ROW | {"oldest_passed_by_count": None}, EN) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_numbers(language: str) -> None:
    told = sentences.lead(ROW | {"arrivals_count": 16, "replies_count": 15, "solves_count": 14}, WEEK, words(language))
    numbers = [int(found) for found in re.findall(r"\d+", re.sub("[\u2066-\u2069]", "", told))]
    assert {14, 15, 16, 4} <= set(numbers)
