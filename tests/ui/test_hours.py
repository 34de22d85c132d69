"""The hours of a week as a table: what cells say, where they lead, how they look and what the whole says."""

import re
from typing import Any

import pytest

from sla.ui.arrivals import arrivals_html
from sla.ui.hours import code_of, hour_of
from sla.ui.work_hours import work_hours_html
from sla.words import LANGUAGES, words

Row = dict[str, Any]


def began(weekday: int, at: int, met: int, decided: int, clocks: int | None = None) -> Row:
    return {
        "weekday": weekday,
        "hour": at,
        "clocks_count": decided if clocks is None else clocks,
        "met_count": met,
        "decided_count": decided,
        "is_too_few": decided < 10,
        "share": met / decided if decided else None,
    }


def came(weekday: int, at: int, arrivals: int, agents: float) -> Row:
    means = {"arrivals_mean": arrivals / 13, "agents_mean": agents, "hours_count": 13}
    unattended = 0 if agents else arrivals
    return {"weekday": weekday, "hour": at, "arrivals_count": arrivals, "unattended_count": unattended, **means}


# Monday 9:00 all in time, Tuesday 10:00 half, Sunday 23:00 too few
BEGAN = [began(1, 9, 20, 20), began(2, 10, 6, 12), began(7, 23, 1, 3)]
CAME = [came(1, 9, 26, 1.5), came(7, 23, 13, 0.0), came(2, 5, 0, 0.0)]


def arrivals(
    rows: list[Row], objective: float | None = 0.95, language: str = "en", metric: str = "first_response"
) -> str:
    drawn = arrivals_html(rows, metric, objective, words(language), lambda *at: f"?cell_hour={code_of(*at)}")
    return re.sub("[\u2066-\u2069]", "", drawn)


def work(rows: list[Row], language: str = "en") -> str:
    drawn = work_hours_html(rows, words(language), lambda *at: f"?cell_hour={code_of(*at)}")
    return re.sub("[\u2066-\u2069]", "", drawn)


def cell(table: str, weekday: int, hour: int) -> str:
    """The cell of a weekday and an hour: the eighth part of the lines, after the name of the weekday."""
    line = table.split("<tr role='row'>")[weekday + 1]
    return line.split("<td role='cell'")[hour + 1]


def test_arrivals_are_told_with_the_most_and_the_lowest() -> None:
    assert (
        "aria-label='First response: most clocks began on Monday at 09:00 (20). "
        "The lowest share in time: 50.0% of those that began on Tuesday at 10:00 (6 of 12).'"
    ) in arrivals(BEGAN)


def test_cells_say_their_count_and_where_enough_were_decided_their_share() -> None:
    table = arrivals(BEGAN)
    shown = [re.sub("<[^>]+>", "", cell(table, *at).partition(">")[2]) for at in ((1, 9), (2, 10), (7, 23), (3, 3))]
    assert shown == ["20 100%", "12 50%", "3", ""]


def test_cells_lead_to_the_tickets_of_their_hour_and_empty_ones_nowhere() -> None:
    assert re.findall(r"cell_hour=([^']+)", arrivals(BEGAN)) == ["1-09", "2-10", "7-23"]
    assert re.findall(r"cell_hour=([^']+)", work(CAME)) == ["1-09", "7-23"]  # nothing came on Tuesday
    assert [hour_of(code) for code in ("1-09", "7-23", "8-09", "1-24", "", None)] == [(1, 9), (7, 23), *[None] * 4]


def test_cells_over_and_under_the_objective_have_their_colour_the_stronger_the_farther() -> None:
    table = arrivals(BEGAN)
    assert "class='over' style='--part:62%'" in cell(table, 1, 9)  # 5 points over, and no more can be
    assert "class='under' style='--part:62%'" in cell(table, 2, 10)  # 45 points under
    assert "class='under' style='--part:25%'" in cell(arrivals([began(2, 10, 17, 20)]), 2, 10)  # 10 of 25 points
    assert "class='' style=''" in cell(table, 7, 23)
    assert "--part" not in arrivals(BEGAN, objective=None)


def test_arrivals_that_nothing_was_promised_are_counts_alone() -> None:
    table = arrivals([began(1, 9, 0, 0, clocks=30)], None, metric="resolution")
    assert "aria-label='Resolution: most clocks began on Monday at 09:00 (30).'" in table
    assert "%" not in table


def test_an_hour_without_anybody_is_a_ring_and_one_without_arrivals_has_no_mark() -> None:
    table = work(CAME)
    assert "class='circle'" in cell(table, 1, 9)
    assert "class='circle ring'" in cell(table, 7, 23)
    assert "circle" not in cell(table, 2, 5)


def test_circles_are_drawn_by_area_and_shades_by_the_agents_there() -> None:
    table = work(CAME)
    assert "--across:1.10rem" in cell(table, 1, 9)
    assert "--across:0.78rem" in cell(table, 7, 23)  # half as many: 1.1 times the root of a half
    assert "--part:60%" in cell(table, 1, 9)
    assert "--part:4%" in cell(table, 7, 23)
    assert "circle" not in work([came(day, 9, 0, 0.0) for day in range(1, 8)])


def test_hours_say_the_busiest_and_what_came_while_nobody_wrote() -> None:
    assert (
        "The busiest hour is Monday, 09:00 to 10:00: 2 tickets arrive in it and 1.5 agents reply, on average. "
        "13 of 39 tickets (33%) arrived in an hour in which nobody wrote a reply.'"
    ) in work(CAME)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_run_from_left_to_right_and_days_down_in_every_language(language: str) -> None:
    for table in (arrivals(BEGAN, language=language), work(CAME, language)):
        assert "dir='ltr' aria-label='" in table
        assert re.findall(r"<th role='columnheader' scope='col'>(\d\d)</th>", table) == [f"{at:02}" for at in range(24)]
        days = re.findall(r"<span class='long'[^>]*>([^<]+)</span>", table)
        assert days == [words(language).weekday(day) for day in range(1, 8)]


def test_an_hour_that_just_misses_the_objective_does_not_read_as_it() -> None:
    table = arrivals([began(1, 9, 377, 397)])  # 94.96 %
    assert "<small>94.96%</small>" in cell(table, 1, 9)
    assert "94.96%: 377 of 397 in time" in table
