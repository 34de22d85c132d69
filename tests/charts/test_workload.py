"""Charts of work: weeks, parts and hours, each with a text that says what it shows."""

from datetime import date, timedelta
from typing import Any

from sla.charts import QUIET, WORK
from sla.charts.flow import flow
from sla.charts.spread import spread
from sla.words import LANGUAGES, words

MONDAY = date(2026, 1, 5)


def week(number: int, **counts: Any) -> dict[str, Any]:
    plain = {"arrivals_count": 10, "left_out_count": 0, "reopenings_count": 1, "replies_count": 20, "solves_count": 9}
    return {"week_start": MONDAY + timedelta(days=7 * number), **plain, "backlog_count": 2 + number} | counts


def part(measure: str, count: int, total: int, is_in_half: bool) -> dict[str, Any]:
    shared = {"total_count": total, "agents_count": 3, "half_agents_count": 1, "even_agents_count": 2}
    return {"measure": measure, "agent_count": count, "part": count / total, "is_in_half": is_in_half, **shared}


WEEKS = [week(number) for number in range(13)]
PARTS = [part("replies", 6, 12, True), part("replies", 4, 12, False), part("replies", 2, 12, False)]


def test_weeks_say_what_arrived_went_and_stayed() -> None:
    assert flow(WEEKS, words("en")).alt == (
        "In the 13 weeks to week 14: 130 tickets arrived, 13 were reopened, 117 were solved. "
        "Open at the end of week 2: 2, of week 14: 14."
    )


def test_a_bar_leads_to_its_work_and_its_week() -> None:
    arrivals, solves, _ = flow(WEEKS, words("en")).figure.data
    assert list(arrivals.customdata[0]) == ["arrival", "2026-01-05"]
    assert list(solves.customdata[12]) == ["solve", "2026-03-30"]


def test_a_week_that_has_not_begun_leaves_a_gap_and_no_label() -> None:
    rows = [*WEEKS[:12], week(12, arrivals_count=0, solves_count=0, backlog_count=None)]
    drawing = flow(rows, words("en"))
    assert drawing.figure.data[2].y[12] is None
    assert not any("open" in one.text for one in drawing.figure.layout.annotations)
    assert drawing.alt.endswith("of week 13: 13.")


def test_labels_of_the_last_week_have_room_in_every_language() -> None:
    margins = {language: flow(WEEKS, words(language)).figure.layout.margin.r for language in LANGUAGES}
    assert margins["pt-BR"] > margins["en"] > 70


def test_weeks_without_work_say_so() -> None:
    rows = [week(number, arrivals_count=0, reopenings_count=0, solves_count=0) for number in range(13)]
    assert "No ticket arrived and none was solved" in flow(rows, words("en")).alt


def test_parts_have_no_names_and_the_half_is_coloured() -> None:
    drawing = spread(PARTS, words("en"))
    assert list(drawing.figure.data[0].marker.color) == [WORK, QUIET, QUIET]
    assert list(drawing.figure.data[0].hovertext) == ["6 of 12 (50.0%)", "4 of 12 (33.3%)", "2 of 12 (16.7%)"]
    assert drawing.alt == "How evenly work is spread. Replies: half of 12 by 1 of 3 agents."


def test_parts_begin_at_the_right_in_arabic() -> None:
    assert list(spread(PARTS, words("ar")).figure.layout.xaxis.range) == [1, 0]
