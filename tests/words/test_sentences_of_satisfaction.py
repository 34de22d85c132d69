"""Sentences on satisfaction say what their row says, and no more than it can bear."""

import re
from datetime import date
from typing import Any

import pytest

from sla.words import LANGUAGES, words
from sla.words import satisfaction as sentences
from sla.words.attainment import Days

Row = dict[str, Any]


class Week:
    """A week as a page has it."""

    kind = "week"

    def __init__(self, first_on: date) -> None:
        self.first_on = first_on
        self.last_on = date.fromordinal(first_on.toordinal() + 6)


THIS: Days = Week(date(2026, 11, 9))  # week 46
BEFORE: Days = Week(date(2026, 11, 2))
ROW: Row = {
    "offered_count": 50,
    "answered_count": 20,
    "positive_count": 15,
    "is_too_few": False,
    "share": 0.75,
    "share_low": 0.53,
    "share_high": 0.89,
    "is_response_too_few": False,
    "response": 0.4,
    "response_low": 0.28,
    "response_high": 0.54,
    "mean_score": 3.9,
    "left_out_count": 0,
    "before_offered_count": 40,
    "before_answered_count": 20,
    "before_positive_count": 10,
    "before_share": 0.5,
    "before_response": 0.5,
    "change": 0.25,
    "change_low": -0.05,
    "change_high": 0.5,
}
FIVE = [{"scale_min": 1, "scale_max": 5, "positive_from": 4} for _ in range(5)]
TWO = [{"scale_min": 0, "scale_max": 1, "positive_from": 1} for _ in range(2)]


def lead(language: str = "en", **other: Any) -> str:
    return re.sub("[\u2066-\u2069]", "", sentences.lead(ROW | other, THIS, BEFORE, words(language)))


def test_the_answer_has_the_score_its_change_and_the_response_rate() -> None:
    assert lead() == (
        "Week 46: 75.0% of answers were positive (15\u00a0of\u00a020), 25.0\u00a0points up on week 45, "
        "no more than chance explains. "
        "40.0% of surveys were answered (20 of 50)."
    )


def test_a_change_whose_interval_is_on_one_side_of_nought_is_more_than_chance() -> None:
    assert "25.0\u00a0points up on week 45, more than chance explains." in lead(change_low=0.01)
    assert "25.0\u00a0points down on week 45, more than chance" in lead(change=-0.25, change_low=-0.4, change_high=-0.1)
    assert "level with week 45." in lead(change=0.0)


def test_too_few_answers_are_counted_and_not_judged() -> None:
    told = lead(answered_count=3, positive_count=2, is_too_few=True, change=None, response=0.06)
    assert told.startswith("Week 46: 2 of 3 answers positive, fewer than ten, too few to judge.")
    assert "%" not in told.partition(". ")[0]


def test_few_surveys_have_no_rate() -> None:
    told = lead(offered_count=4, answered_count=0, positive_count=0, is_response_too_few=True, change=None)
    assert told == "Week 46: nobody answered a survey. 0 of 4 surveys answered."


def test_without_a_survey_there_is_nothing_to_say() -> None:
    assert lead(offered_count=0, answered_count=0) == "Week 46: no survey was offered or answered."


def test_the_period_before_is_told_by_its_counts_where_it_is_too_small() -> None:
    told = sentences.figures(ROW | {"before_answered_count": 6, "before_positive_count": 4}, FIVE, BEFORE, words("en"))
    assert told[0].lines[-1] == "Week 45: 4 of 6, too few to compare"
    told = sentences.figures(ROW | {"before_answered_count": 0}, FIVE, BEFORE, words("en"))
    assert told[0].lines[-1] == "Week 45: no answers"


def test_a_mean_stands_only_where_all_answers_are_on_one_scale_that_has_a_middle() -> None:
    def metrics(scores: list[Row], **other: Any) -> list[tuple[str, str]]:
        figures = sentences.figures(ROW | other, scores, BEFORE, words("en"))
        return [(figure.metric, figure.value) for figure in figures]

    assert metrics(FIVE)[2:] == [("mean", "3.9")]
    assert metrics(TWO)[2:] == []
    assert metrics([*FIVE, *TWO], mean_score=None)[2:] == [("mean", "none")]
    assert metrics(FIVE, is_too_few=True)[2:] == []


def test_scales_are_named_once_each_with_where_positive_begins() -> None:
    told = sentences.rule([*FIVE, *TWO], "UTC", words("en"))
    assert "three quarters of its scale: from 4 on 1 to 5 and from 1 on 0 to 1." in told
    assert "from 4 on 1 to 5." in sentences.rule([], "UTC", words("en"))


def beside(**other: Any) -> Row:
    row = {"met_answered_count": 50, "breached_answered_count": 20, "met_share": 0.9, "breached_share": 0.4}
    return row | {"difference": 0.5, "difference_low": 0.2, "difference_high": 0.7} | other


def test_a_difference_is_called_more_than_chance_where_its_interval_leaves_nought_out() -> None:
    assert sentences.compared(beside(), words("en")) == (
        "90.0% of answers are positive where the ticket met its targets, 40.0% where it did not, "
        "50.0\u00a0points more (95% interval 20.0 to 70.0), more than chance explains."
    )
    told = sentences.compared(beside(difference=-0.1, difference_low=-0.3, difference_high=0.05), words("en"))
    assert "10.0\u00a0points less (95% interval −5.0 to 30.0), no more than chance explains." in told


def test_too_few_on_one_side_are_not_compared() -> None:
    assert "too few to compare" in sentences.compared(beside(difference=None), words("en"))
    nothing = beside(met_answered_count=0, breached_answered_count=0, difference=None)
    assert "No answer of this period belongs" in sentences.compared(nothing, words("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said_in_every_language(language: str) -> None:
    told = words(language)
    figures = sentences.figures(ROW, FIVE, BEFORE, told)
    said = [lead(language), sentences.compared(beside(), told), sentences.rule(FIVE, "America/Sao_Paulo", told)]
    said += [*figures[0].lines, *sentences.notes(ROW | {"left_out_count": 3}, [*FIVE, *TWO], told)]
    assert all(said)
    assert not any("{" in text for text in said)
