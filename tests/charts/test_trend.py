"""The trend says in its alt text what its marks show."""

from datetime import date, timedelta
from typing import Any

import pytest

from sla.charts.trend import trend
from sla.words import LANGUAGES, words

FIRST = date(2026, 8, 17)  # ISO week 34


def week(number: int, met: int, decided: int, objective: float | None = 0.95) -> dict[str, Any]:
    share = met / decided if decided else None
    return {
        "metric": "first_response",
        "week_start": FIRST + timedelta(weeks=number),
        "met_count": met,
        "decided_count": decided,
        "is_too_few": decided < 10,
        "share": share,
        "share_low": share and share - 0.05,
        "share_high": share and min(1.0, share + 0.05),
        "objective": objective,
    }


# week 34: 98 %; 35: empty; 36: 4 of 5, too few; 37: 60 %; the rest 96 %
ROWS = [
    week(0, 98, 100),
    week(1, 0, 0),
    week(2, 4, 5),
    week(3, 60, 100),
    *[week(number, 96, 100) for number in range(4, 13)],
]


def test_the_alt_text_states_lowest_highest_and_how_many_were_under() -> None:
    assert trend(ROWS, words("en")).alt == (
        "First response, share in time over the 13 weeks to week 46: from 60.0% in week 37 to 98.0% in week 34; "
        "1 week lay under the objective of 95%."
    )


def test_nothing_decided_is_said_and_drawn_without_a_mark() -> None:
    drawing = trend([week(number, 0, 0) for number in range(13)], words("en"))
    assert "no clock was decided" in drawing.alt
    assert [len(trace.x) for trace in drawing.figure.data if trace.mode == "markers"] == [0, 0]


def test_time_runs_from_left_to_right_in_arabic_too() -> None:
    figure = trend(ROWS, words("ar")).figure
    assert list(figure.layout.xaxis.range) == [-0.5, 12.5]
    assert figure.layout.xaxis.ticktext[0].startswith("34")


def test_under_the_objective_differs_in_shape_and_too_few_is_open() -> None:
    over, under = (trace for trace in trend(ROWS, words("en")).figure.data if trace.mode == "markers")
    assert set(over.marker.symbol) == {"circle"}
    assert list(under.marker.symbol) == ["diamond-open", "diamond"]  # weeks 36 and 37
    assert over.marker.color != under.marker.color


def test_too_few_have_no_interval() -> None:
    under = [trace for trace in trend(ROWS, words("en")).figure.data if trace.mode == "markers"][1]
    assert under.error_y.array[0] == 0
    assert under.error_y.array[1] == pytest.approx(0.05)


def test_an_empty_week_is_a_gap_and_never_nought() -> None:
    line = trend(ROWS, words("en")).figure.data[0]
    assert line.y[1] is None
    assert line.connectgaps is False


def test_a_policy_without_an_objective_has_no_line() -> None:
    rows = [week(number, 96, 100, None) for number in range(13)]
    drawing = trend(rows, words("en"))
    assert [trace.line.dash for trace in drawing.figure.data if trace.mode == "lines"] == [None]
    assert "no objective" in drawing.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_words(language: str) -> None:
    drawing = trend(ROWS, words(language))
    assert drawing.alt
    assert any(words(language).percent(0.96) in note.text for note in drawing.figure.layout.annotations)


def test_a_share_that_just_misses_its_objective_does_not_read_as_it() -> None:
    drawing = trend([*ROWS[:4], *(week(number, 377, 397) for number in range(4, 13))], words("en"))  # 94.96 %
    hovers = [text for trace in drawing.figure.data for text in trace.hovertext or ()]
    assert any("<br>94.96%: 377 of 397 in time" in text for text in hovers)
    assert not any("95.0%:" in text for text in hovers)
    assert "to 98.0% in week 34; 10 weeks lay under the objective of 95%" in drawing.alt
    assert "from 94.96% in week 38" in trend([week(0, 98, 100), *(week(4, 377, 397),) * 12], words("en")).alt
