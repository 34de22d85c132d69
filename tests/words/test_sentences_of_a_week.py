"""What a row of a report becomes in words."""

from datetime import date
from typing import Any

import pytest

from sla.words import LANGUAGES, words
from sla.words import week as sentences

WEEK = date(2026, 11, 9)  # ISO week 46
ROW: dict[str, Any] = {
    "metric": "first_response",
    "has_target": True,
    "is_in_export": True,
    "objective": 0.95,
    "met_count": 189,
    "breached_count": 14,
    "decided_count": 203,
    "is_too_few": False,
    "share": 189 / 203,
    "share_low": 0.888,
    "share_high": 0.958,
    "running_count": 0,
    "band_low": 189 / 203,
    "band_high": 189 / 203,
    "excluded_count": 0,
    "gap": 189 / 203 - 0.95,
    "is_surely_above": False,
    "is_surely_below": False,
    "before_met_count": 191,
    "before_decided_count": 200,
    "before_share": 0.955,
    "change": 189 / 203 - 0.955,
}


def lead(**changed: Any) -> str:
    return sentences.lead(ROW | changed, WEEK, words("en"))


def test_the_lead_says_share_counts_objective_and_change() -> None:
    # 189 / 203 = 0.93103; 95 - 93.103 = 1.897; 95.5 - 93.103 = 2.397
    assert lead() == (
        "Week 46: 93.1% of first responses in time (189\u00a0of\u00a0203), 1.9\u00a0points under the objective of 95%, "
        "2.4\u00a0points down on week 45."
    )


def test_the_lead_says_over_up_and_running() -> None:
    text = lead(gap=0.01, change=0.02, running_count=1)
    assert "1.0\u00a0points over the objective of 95%, 2.0\u00a0points up on week 45, 1 clock is still running." in text


def test_the_lead_calls_equal_equal() -> None:
    assert lead(gap=0.0, change=0.0).endswith("exactly at the objective of 95%, level with week 45.")


def test_too_few_get_counts_and_no_percentage() -> None:
    text = lead(decided_count=7, met_count=5, is_too_few=True)
    assert text == "Week 46: 5 of 7 first responses in time, fewer than ten are decided, too few to judge."


def test_an_empty_week_says_so() -> None:
    assert lead(decided_count=0, met_count=0, share=None, is_too_few=True) == "Week 46: no first responses fell due."


def test_next_responses_without_history_are_not_in_the_export() -> None:
    text = sentences.lead(ROW | {"metric": "next_response", "is_in_export": False}, WEEK, words("en"))
    assert text == "Week 46: next responses are not in this export."
    block = sentences.figure(ROW | {"metric": "next_response", "is_in_export": False}, WEEK, [], words("en"))
    assert (block.value, block.counts, block.is_share) == ("not in this export", "", False)


def test_a_figure_says_whether_chance_could_explain_the_distance() -> None:
    lines = sentences.figure(ROW, WEEK, [], words("en")).lines
    assert lines[0] == "✕ under the objective of 95% by 1.9\u00a0points, the objective lies within the interval"
    sure = sentences.figure(ROW | {"is_surely_below": True}, WEEK, [], words("en")).lines
    assert sure[0].endswith("more than chance explains")


def test_a_figure_has_the_band_while_clocks_run() -> None:
    lines = sentences.figure(
        ROW | {"running_count": 3, "band_low": 0.917, "band_high": 0.932}, WEEK, [], words("en")
    ).lines
    assert "3 still running: can end at 91.7% to 93.2%" in lines


def test_a_figure_names_the_reasons_of_what_was_left_out() -> None:
    left = [
        {"metric": "first_response", "reason": "merged", "clocks_count": 3},
        {"metric": "first_response", "reason": "duplicate", "clocks_count": 1},
        {"metric": "resolution", "reason": "merged", "clocks_count": 9},
    ]
    lines = sentences.figure(ROW | {"excluded_count": 4}, WEEK, left, words("en")).lines
    assert lines[-1] == "4 left out: merged (3), duplicate (1)"


def test_too_few_before_are_counted_and_not_compared() -> None:
    few = ROW | {"change": None, "before_met_count": 3, "before_decided_count": 4}
    assert "Week 45: 3 of 4, too few to compare" in sentences.figure(few, WEEK, [], words("en")).lines


WAIT: dict[str, Any] = {
    "metric": "first_response",
    "is_in_export": True,
    "clocks_count": 31,
    "answered_count": 30,
    "median_s": 6000,
    "p90_s": None,
    "longest_s": 40000,
}


def test_without_a_promise_waits_are_told_in_words_and_without_a_percentage() -> None:
    # 6000 s = 1 h 40 min
    text = sentences.lead_of_waits(WAIT, WEEK, words("en"))
    assert text.endswith("31 tickets began to wait, 30 have ended, half ended within 1\u00a0h 40\u00a0min.")
    assert "%" not in text


def test_a_percentile_that_is_not_reached_is_more_than_the_longest() -> None:
    # 40000 s = 11 h 6 min 40 s
    block = sentences.wait(WAIT, [], words("en"))
    assert block.lines[0] == "one in ten more than 11\u00a0h 6\u00a0min"
    assert sentences.waited(WAIT | {"median_s": None}, words("en")) == "half had to wait more than 11\u00a0h 6\u00a0min"


def test_what_was_left_out_of_the_waits_is_in_sight() -> None:
    left = [
        {"metric": "first_response", "reason": "no_target", "clocks_count": 31},
        {"metric": "first_response", "reason": "merged", "clocks_count": 2},
    ]
    assert sentences.wait(WAIT, left, words("en")).lines[-1] == "2 left out: merged"


@pytest.mark.parametrize(
    ("missing", "begins"),
    [
        ((), []),
        (("regradings",), ["The export has no changes of severity or plan"]),
        (("statuses", "messages"), ["The export has no messages", "The export has no status changes"]),
    ],
)
def test_each_kind_of_history_that_the_export_lacks_has_its_sentence(
    missing: tuple[str, ...], begins: list[str]
) -> None:
    policy = {f"tickets_with_{kind}_count": int(kind not in missing) for kind in ("messages", "statuses", "regradings")}
    told = sentences.missing_history(policy, words("en"))
    assert [text.split(" for these")[0] for text in told] == begins


STANDOUT: dict[str, Any] = {
    "dimension": "weekday",
    "value": "2",
    "name": None,
    "breached_count": 16,
    "decided_count": 29,
    "late_share": 16 / 29,
    "all_breached_count": 20,
    "part": 0.8,
    "usual_breached_count": 17,
    "usual_late_share": 0.04,
    "usual_part": 0.29,
    "rest_decided_count": 53,
    "rest_met_count": 49,
    "rest_share": 49 / 53,
}


def test_a_cause_is_told_with_its_part_its_usual_part_and_the_rest() -> None:
    assert sentences.standout(STANDOUT, words("en")) == (
        "Due on Tuesday: 16 of the week’s 20 breaches (80%), usually 29% of them. "
        "16 of its 29 were late (55%), against 4% in the twelve weeks before. "
        "Without it the week stands at 92.5% (49 of 53)."
    )


def test_a_cause_that_never_was_late_before_is_told_so() -> None:
    assert "it had none in the twelve weeks before" in sentences.standout(
        STANDOUT | {"usual_breached_count": 0}, words("en")
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"is_too_few": True},
        {"decided_count": 0, "share": None},
        {"gap": None, "objective": None},
        {"is_in_export": False},
    ],
)
def test_every_state_has_its_sentence_in_every_language(language: str, changed: dict[str, Any]) -> None:
    spoken = words(language)
    assert sentences.lead(ROW | changed, WEEK, spoken)
    assert sentences.figure(ROW | changed, WEEK, [], spoken).value


@pytest.mark.parametrize("language", LANGUAGES)
def test_waits_that_an_export_cannot_measure_are_no_waits_of_no_time(language: str) -> None:
    unknown = WAIT | {"answered_count": 0, "open_count": 0, "median_s": None, "p90_s": None, "longest_s": 0}
    block = sentences.wait(unknown, [], words(language))
    assert block.value == words(language)("figure.not_in_export")
    assert block.lines[0] == words(language)("waits.unmeasured")
