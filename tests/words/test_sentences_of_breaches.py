"""What the page on breaches says of its rows, in three languages."""

import re
from datetime import datetime
from typing import Any

import pytest

from sla.words import LANGUAGES, words
from sla.words.breaches import band, cluster, due, ended, lead, lead_of_waits, used

COUNTS: dict[str, Any] = {"decided_count": 40, "breached_count": 3, "open_count": 1}
NONE: dict[str, Any] = {"decided_count": 40, "breached_count": 0, "open_count": 0}
EMPTY: dict[str, Any] = {"decided_count": 0, "breached_count": 0, "open_count": 0}
BANDS: list[dict[str, Any]] = [
    {"band": "over_90", "metric": "resolution", "clocks_count": 2, "next_due_at": datetime(2026, 1, 14, 12, 30)},
    {"band": "upto_50", "metric": "resolution", "clocks_count": 5, "next_due_at": datetime(2026, 1, 14, 12, 5)},
    {"band": "standing", "metric": "resolution", "clocks_count": 1, "next_due_at": None},
]
ENDED = datetime(2026, 1, 12, 10, 30)


def said(counts: dict[str, Any], bands: list[dict[str, Any]], metric: str | None = None, zone: str = "UTC") -> str:
    return lead(counts, bands, "Week 3", metric, zone, words("en"))


def test_the_answer_has_breached_open_running_urgent_and_the_next_due() -> None:
    assert said(COUNTS, BANDS) == (
        "Week 3: 3 of 40 decided clocks were breached, 1 of them is still open. 8 clocks are running, "
        "2 of them are over 90% of their target, the next falls due 14 Jan 2026, 12:05 (UTC)."
    )


def test_the_next_due_is_told_in_the_readers_zone() -> None:
    assert "14 Jan 2026, 14:05 (Cairo time)" in said(COUNTS, BANDS, zone="Africa/Cairo")


def test_the_metric_that_was_chosen_is_named() -> None:
    assert said(COUNTS, BANDS, "resolution").startswith("Week 3: 3 of 40 decided resolutions were breached")


def test_nothing_breached_nothing_decided_and_nothing_running_have_words() -> None:
    assert said(NONE, []) == "Week 3: none of the decided clocks (40) was breached. No clock is running."
    assert said(EMPTY, []) == "Week 3: no clocks were decided. No clock is running."


def test_where_everything_stands_still_nothing_falls_due() -> None:
    text = said(NONE, [BANDS[2]])
    assert text.endswith("1 clock is running, none of them is over 90% of its target.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 11, 100])
def test_every_count_has_a_sentence_in_every_language(language: str, count: int) -> None:
    counts = {"decided_count": 200, "breached_count": count, "open_count": count}
    bands = [BANDS[0] | {"clocks_count": count}] if count else []
    text = re.sub("[\u2066-\u2069]", "", lead(counts, bands, "S", None, "UTC", words(language)))
    assert "{" not in text
    assert text.count(".") >= 2
    assert "200" in text


def test_a_clock_ended_in_time_late_without_a_reply_or_not_at_all() -> None:
    row = {"is_open": False, "is_answered": True, "stopped_local": ENDED}
    assert ended(row, words("en")) == "ended Mon 12 Jan 10:30"
    assert ended(row | {"is_answered": False}, words("en")) == "solved without a reply Mon 12 Jan 10:30"
    assert ended(row | {"is_open": True, "stopped_local": None}, words("en")) == "still open"


def test_a_share_used_has_the_sign_of_its_band() -> None:
    assert used({"band": "over_75", "used": 0.8}, words("en")) == "◕ 80%"
    assert band("standing", words("en")) == "‖ standing still"


def test_a_due_time_is_in_the_zone_asked_for_or_stands_still() -> None:
    row = {"due_at": datetime(2026, 1, 14, 23, 30)}
    assert due(row, "Europe/Lisbon", words("en")) == "Wed 14 Jan 23:30"
    assert due(row, "Asia/Tokyo", words("en")) == "Thu 15 Jan 08:30"
    assert due({"due_at": None}, "Asia/Tokyo", words("en")) == "stands still"


def test_what_has_no_team_and_what_is_left_over_have_names() -> None:
    row = {"is_rest": False, "name": "", "dimension": "team", "values_count": 1}
    assert cluster(row, words("en")) == "No team"
    assert cluster(row | {"is_rest": True, "name": None, "values_count": 4}, words("en")) == "4 others"


def test_nothing_promised_says_so_and_how_long_the_longest_waited() -> None:
    row = {"clocks_count": 9, "open_count": 2, "is_open": True, "elapsed_s": 7200}
    assert lead_of_waits([row], "Week 3", words("en")) == (
        "Week 3: this policy sets no target, so nothing can be breached. 9 waits, 2 still open. "
        "The longest wait has taken 2\u00a0h and goes on."
    )
    assert lead_of_waits([], "Week 3", words("en")).endswith("Nothing began to wait in this period.")
