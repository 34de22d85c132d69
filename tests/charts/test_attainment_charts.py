"""The charts of attainment say in their alt text what their marks show; each mark says whose tickets it leads to."""

from datetime import date, timedelta
from typing import Any

import pytest

from sla.charts.over_time import over_time
from sla.charts.time_taken import time_taken
from sla.words import LANGUAGES, words

MONDAY = date(2026, 8, 17)  # ISO week 34
NAMES = {None: None, "1": "High", "2": "<b>Low</b>"}


def strip(severity: str | None, *counts: tuple[int, int], objective: float | None = 0.95) -> list[dict[str, Any]]:
    """Weeks of a severity, None for all of them, from met and decided."""
    return [
        {
            "metric": "first_response",
            "grain": "week",
            "severity": severity,
            "severity_name": NAMES[severity],
            "is_all_severities": severity is None,
            "first_on": MONDAY + timedelta(weeks=number),
            "last_on": MONDAY + timedelta(weeks=number, days=6),
            "met_count": met,
            "decided_count": decided,
            "is_too_few": decided < 10,
            "share": met / decided if decided else None,
            "share_low": met / decided - 0.05 if decided else None,
            "share_high": 1.0 if decided else None,
            "objective": objective,
        }
        for number, (met, decided) in enumerate(counts)
    ]


# High: 98 %, nothing, 4 of 5 (too few), 60 %; Low: too few throughout
HIGH = strip("1", (98, 100), (0, 0), (4, 5), (60, 100))
LOW = strip("2", (1, 1), (2, 2), (0, 0), (3, 3))
ALL = strip(None, (99, 101), (2, 2), (4, 5), (63, 103))
STRIPS = ALL + HIGH + LOW

TAKEN = [
    {"over_percent": over, "to_percent": to, "met_count": met, "breached_count": late, "running_count": running}
    | {"clocks_count": met + late + running, "unanswered_count": running + waiting}
    for over, to, met, late, running, waiting in (
        (None, 25, 10, 0, 2, 0),
        (25, 50, 5, 0, 0, 0),
        (50, 75, 0, 0, 1, 0),
        (75, 90, 3, 0, 0, 0),
        (90, 100, 4, 0, 0, 0),
        (100, 150, 0, 6, 0, 1),
        (150, 200, 0, 0, 0, 0),
        (200, None, 0, 7, 0, 3),
    )
]


def marks(figure: Any) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "scatter" and trace.mode.startswith("markers")]


# Over time


def test_each_severity_is_told_with_its_last_and_its_lowest_share() -> None:
    alt = over_time(STRIPS, words("en")).alt
    assert "High: last 60.0%, lowest 60.0% (week 37" in alt
    assert "<b>Low</b>: too few to judge" in alt


def test_every_strip_has_its_own_axis_and_marks_under_the_objective_another_shape() -> None:
    figure = over_time(STRIPS, words("en")).figure
    assert len({trace.yaxis for trace in figure.data}) == 3
    over, under = marks(figure)[2:4]  # of the second strip
    assert list(over.marker.symbol) == ["circle"]
    assert list(under.marker.symbol) == ["diamond-open", "diamond"]
    assert list(under.error_y.arrayminus) == [0, pytest.approx(0.05)]


def test_marks_carry_their_first_day_and_severity() -> None:
    first = marks(over_time(STRIPS, words("en")).figure)
    assert list(first[0].customdata[0]) == ["2026-08-17", None]
    assert [list(mark) for mark in first[3].customdata] == [["2026-08-31", "1"], ["2026-09-07", "1"]]


def test_nothing_due_is_a_gap_and_never_nought() -> None:
    line = over_time(STRIPS, words("en")).figure.data[4]
    assert (line.mode, list(line.y), line.connectgaps) == ("lines", [0.98, None, 0.8, 0.6], False)


def test_one_severity_alone_has_one_strip() -> None:
    assert len(marks(over_time(ALL + HIGH, words("en")).figure)) == 2


def test_names_of_severities_are_text() -> None:
    notes = [note.text for note in over_time(STRIPS, words("en")).figure.layout.annotations]
    assert "<b>&lt;b&gt;Low&lt;/b&gt;</b>" in notes


def test_without_an_objective_nothing_lies_under_it() -> None:
    figure = over_time(strip(None, (1, 20), objective=None), words("en")).figure
    assert [len(trace.x) for trace in marks(figure)] == [1, 0]


# Time taken


def test_the_time_taken_is_told_with_what_was_near_and_what_was_far_over() -> None:
    # 10 + 2 + 5 + 1 + 3 + 4 of 38 within, 4 of them in the last tenth; 7 over twice; 2 + 1 + 1 + 3 unfinished
    assert time_taken(TAKEN, words("en"), "first_response").alt == (
        "First response: 25 of 38 within the target, 4 of them in its last tenth; "
        "7 over twice the target; unfinished: 7."
    )


def test_bars_part_what_ended_from_what_did_not_and_add_up() -> None:
    figure = time_taken(TAKEN, words("en"), "first_response").figure
    heights = {trace.customdata[0][2]: [count or 0 for count in trace.y] for trace in figure.data}
    assert heights["breached"] == [0, 0, 0, 0, 0, 5, 0, 4]
    assert heights["unanswered"] == [0, 0, 0, 0, 0, 1, 0, 3]
    assert [sum(parts) for parts in zip(*heights.values(), strict=True)] == [row["clocks_count"] for row in TAKEN]
    hatched = {trace.customdata[0][2] for trace in figure.data if trace.marker.pattern.shape}
    assert hatched == {"running", "unanswered"}


def test_bars_carry_their_band_and_kind() -> None:
    last = time_taken(TAKEN, words("en"), "first_response").figure.data[1].customdata[-1]
    assert list(last) == [200, None, "breached"]


def test_the_target_stands_between_its_last_tenth_and_what_is_late() -> None:
    figure = time_taken(TAKEN, words("ar"), "first_response").figure
    assert figure.layout.shapes[0].x0 == 4.5
    assert figure.layout.xaxis.ticktext[5] == "100%"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_words_and_time_runs_from_left_to_right(language: str) -> None:
    spoken = words(language)
    strips = over_time(STRIPS, spoken)
    assert list(strips.figure.layout.xaxis3.range) == [-0.5, 3.5]
    assert strips.figure.layout.xaxis3.ticktext[0].startswith("34")
    assert all(drawing.alt for drawing in (strips, time_taken(TAKEN, spoken, "first_response")))


def test_a_share_that_just_misses_its_objective_does_not_read_as_it() -> None:
    drawing = over_time(strip(None, (98, 100), (377, 397)), words("en"))  # 94.96 %
    said = " ".join(text for trace in drawing.figure.data for text in trace.hovertext or ())
    assert "94.96%: 377 of 397 in time" in said
    assert "95.0%:" not in said
    assert "last 94.96%, lowest 94.96% (week 35)" in drawing.alt
