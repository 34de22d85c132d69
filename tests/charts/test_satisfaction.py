"""Charts of satisfaction say in their alt text what their marks show."""

from datetime import date, timedelta
from typing import Any

import pytest

from sla.charts.satisfaction import beside_targets, scores, weeks
from sla.words import LANGUAGES, words

FIRST = date(2026, 8, 17)  # ISO week 34
Row = dict[str, Any]


def week(number: int, positive: int, answers: int, offered: int) -> Row:
    share = positive / answers if answers else None
    return {
        "week_start": FIRST + timedelta(weeks=number),
        "positive_count": positive,
        "answered_count": answers,
        "offered_count": offered,
        "is_too_few": answers < 10,
        "share": share,
        "share_low": share and share - 0.05,
        "share_high": share and min(1.0, share + 0.05),
    }


# week 34: 90 %; 35: nobody answered; 36: 3 of 4, too few; 37: 60 %; the rest 80 %
WEEKS = [
    week(0, 18, 20, 40),
    week(1, 0, 0, 12),
    week(2, 3, 4, 10),
    week(3, 12, 20, 40),
    *[week(number, 16, 20, 40) for number in range(4, 13)],
]


def side(name: str, positive: int, answers: int) -> Row:
    share = positive / answers if answers else None
    ends = {"share": share, "low": share and share - 0.1, "high": share and min(1, share + 0.1)}
    counts = {f"{name}_positive_count": positive, f"{name}_answered_count": answers, f"is_{name}_too_few": answers < 10}
    return counts | {f"{name}_{end}": value for end, value in ends.items()}


def promise(name: str, met: tuple[int, int], breached: tuple[int, int]) -> Row:
    return {"promise": name, **side("met", *met), **side("breached", *breached)}


ONE_PROMISE = [
    promise("targets", (45, 50), (8, 20)),
    promise("first_response", (45, 50), (8, 20)),
    promise("resolution", (0, 0), (0, 0)),
]


def score(value: float, answers: int, low: float = 1, high: float = 5) -> Row:
    positive_from = low + 0.75 * (high - low)
    return {
        "scale_min": low,
        "scale_max": high,
        "scale_answers_count": 30,
        "positive_from": positive_from,
        "is_by_score": True,
        "from_score": value,
        "to_score": value,
        "answers_count": answers,
        "part": answers / 30,
        "is_positive": value >= positive_from,
    }


SCORES = [score(value, answers) for value, answers in ((1, 2), (2, 0), (3, 4), (4, 10), (5, 14))]


def test_the_alt_text_of_weeks_states_lowest_highest_and_answers() -> None:
    # 20 + 0 + 4 + 20 + 9 x 20 answers of 40 + 12 + 10 + 40 + 9 x 40 surveys
    assert weeks(WEEKS, words("en")).alt == (
        "Share of positive answers over the 13 weeks to week 46: from 60.0% in week 37 to 90.0% in week 34; "
        "224 of 462 surveys answered."
    )


def test_too_few_answers_are_an_open_mark_without_an_interval_and_none_are_a_gap() -> None:
    line, marks, offered, answered = weeks(WEEKS, words("en")).figure.data
    assert line.y[1] is None
    assert line.connectgaps is False
    assert list(marks.x[:3]) == [0, 2, 3]
    assert list(marks.marker.symbol[:3]) == ["circle", "circle-open", "circle"]
    assert marks.error_y.array[1] == 0
    assert marks.error_y.arrayminus[2] == pytest.approx(0.05)
    assert (list(offered.y[:2]), list(answered.y[:2])) == ([40, 12], [20, 0])


def test_weeks_without_a_survey_are_said_to_be_so() -> None:
    rows = [week(number, 0, 0, 0) for number in range(13)]
    assert weeks(rows, words("en")).alt == "No survey was offered in the 13 weeks to week 46."
    few = [week(number, 1, 2, 5) for number in range(13)]
    assert "No week of the 13 to week 46 has ten answers; 26 of 65" in weeks(few, words("en")).alt


def test_met_and_missed_differ_by_more_than_their_colour() -> None:
    drawing = beside_targets(ONE_PROMISE, words("en"))
    met, missed = drawing.figure.data
    assert met.marker.color != missed.marker.color
    assert (met.marker.pattern.shape, missed.marker.pattern.shape) == ("", "/")
    assert (met.x[0], missed.x[0]) == (0.9, 0.4)
    assert drawing.alt == (
        "Share of positive answers. ✓ met: 90.0% positive (45 of 50); ✕ missed: 40.0% positive (8 of 20)."
    )


def test_several_promises_have_a_pair_each_and_one_that_says_the_same_as_all_has_none() -> None:
    assert len(beside_targets(ONE_PROMISE, words("en")).figure.data) == 2
    two = [*ONE_PROMISE[:2], promise("resolution", (30, 40), (20, 30))]
    drawing = beside_targets(two, words("en"))
    assert len(drawing.figure.data) == 6
    assert "Resolution ✕ missed: 66.7% positive (20 of 30)" in drawing.alt


def test_fewer_than_ten_answers_are_a_hollow_bar_without_an_interval_and_none_are_no_bar() -> None:
    drawing = beside_targets([promise("targets", (45, 50), (3, 9))], words("en"))
    met, missed = drawing.figure.data
    assert (met.marker.color == "rgba(0,0,0,0)", met.error_x.visible) == (False, True)
    assert (missed.marker.color, missed.error_x.visible) == ("rgba(0,0,0,0)", False)
    assert len(beside_targets([promise("targets", (45, 50), (0, 0))], words("en")).figure.data) == 1
    assert "✕ missed: 3 of 9 positive, too few to judge" in drawing.alt


def test_positive_scores_are_solid_and_the_others_hollow() -> None:
    drawing = scores(SCORES, words("en"))
    assert [colour == "rgba(0,0,0,0)" for colour in drawing.figure.data[0].marker.color] == [True] * 3 + [False] * 2
    assert drawing.alt == (
        "Scores on a scale of 1 to 5: score 1: 2, score 2: 0, score 3: 4, score 4: 10 and score 5: 14. "
        "Positive from 4: 24 of 30."
    )


def test_bars_say_whose_answers_they_stand_for() -> None:
    met, missed = beside_targets(ONE_PROMISE, words("en")).figure.data
    assert [list(bar.customdata[0]) for bar in (met, missed)] == [["targets", "met"], ["targets", "breached"]]
    assert list(scores(SCORES, words("en")).figure.data[0].customdata[3]) == [1, 5, 4, 4]  # the scale, the score


def test_one_of_several_scales_is_drawn_alone() -> None:
    both = [*SCORES, score(0, 10, 0, 1), score(1, 20, 0, 1)]
    assert list(scores(both, words("en"), 1).figure.data[0].y) == [10, 20]


def test_in_arabic_bars_and_scales_begin_at_the_right_and_time_does_not() -> None:
    arabic = words("ar")
    assert list(beside_targets(ONE_PROMISE, arabic).figure.layout.xaxis.range) == [1, 0]
    assert list(scores(SCORES, arabic).figure.layout.xaxis.range) == [4.5, -0.5]
    assert list(weeks(WEEKS, arabic).figure.layout.xaxis.range) == [-0.5, 12.5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_can_be_drawn_in_every_language(language: str) -> None:
    told = words(language)
    assert all(drawing.alt for drawing in (weeks(WEEKS, told), beside_targets(ONE_PROMISE, told), scores(SCORES, told)))
