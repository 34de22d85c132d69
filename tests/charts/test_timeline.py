"""The time line of a ticket: instants in their places, closed time drawn short, a text for who cannot see it."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sla import store
from sla.charts import BREACHED, MET
from sla.charts.scale import day_ticks, midnights, minute_ticks, scale_of
from sla.charts.timeline import MOST_LANES, has_cuts, timeline
from sla.explain import ClockStory, TicketStory, explain
from sla.words import LANGUAGES, words
from sla.words.ticket import clock_of
from tests.store.small_desk import HOSTILE
from tests.store.story_desk import build_story_desk

MONDAY = datetime(2026, 3, 2)


def at(day: int, hour: float) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


# The scale


def test_without_anything_closed_time_runs_evenly() -> None:
    scale = scale_of(at(0, 9), at(0, 13), [(at(0, 9), at(0, 13))])
    assert [scale.place(at(0, hour)) for hour in (9, 10, 11, 13)] == [0, 0.25, 0.5, 1]
    assert scale.cuts == ()


def test_a_weekend_is_drawn_short_and_open_hours_keep_their_proportion() -> None:
    friday, monday = (at(4, 9), at(4, 18)), (at(7, 9), at(7, 12))
    scale = scale_of(at(4, 9), at(7, 12), [friday, monday])
    assert scale.cuts == ((at(4, 18), at(7, 9)),)
    nine, three = scale.place(at(4, 18)), 1 - scale.place(at(7, 9))
    assert nine / three == pytest.approx(3)
    # a twentieth of the twelve open hours
    assert 1 - nine - three == pytest.approx(0.6 / 12.6)
    assert scale.is_cut(at(5, 12))
    assert not scale.is_cut(at(7, 9))


def test_thirty_nights_take_less_room_than_the_days_between_them() -> None:
    days = [(at(day, 9), at(day, 18)) for day in range(30)]
    scale = scale_of(at(0, 9), at(29, 18), days)
    open_part = sum(scale.place(ends) - scale.place(begins) for begins, ends in days)
    assert 0.62 < open_part < 0.64  # 1 of 1.6
    assert len(scale.cuts) == 29


def test_places_never_go_back_and_stay_within_the_line() -> None:
    scale = scale_of(at(0, 9), at(9, 18), [(at(1, 9), at(1, 18)), (at(8, 9), at(8, 9.5))])
    places = [scale.place(at(0, hour)) for hour in range(-24, 300)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, 1)


def test_a_line_without_length_has_one_place() -> None:
    scale = scale_of(at(0, 9), at(0, 9), [])
    assert scale.place(at(0, 9)) == 0


def test_labels_stand_apart_however_long_the_line_is() -> None:
    for days in (1, 2, 3, 5, 9, 30, 200, 900):
        last = at(days - 1, 18)
        scale = scale_of(at(0, 9), last, [(at(day, 9), at(day, 18)) for day in range(days)])
        nights = midnights("UTC", at(0, 9), last)
        found = day_ticks(scale, nights[1:], 0.2)
        found += minute_ticks(scale, nights, found, 0.2) if days < 14 else []
        places = sorted(scale.place(tick) for tick in found)
        assert places
        assert all(after - before >= 0.2 for before, after in pairwise(places)), days
        assert all(0.03 < place < 0.97 for place in places), days


def test_midnights_are_the_zones_own() -> None:
    # Lisbon goes from UTC to UTC+1 on Sunday 29 March 2026
    found = midnights("Europe/Lisbon", datetime(2026, 3, 28, 12), datetime(2026, 3, 30, 12))
    assert found == [datetime(2026, 3, 28), datetime(2026, 3, 29), datetime(2026, 3, 29, 23)]


# The drawing


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, TicketStory]]:
    path = store.current(build_story_desk(tmp_path_factory.mktemp("story")))
    assert path is not None
    with store.open_snapshot(Path(path)) as con:
        yield {name: explain(con, name) for name in ("S1", "R1", "M1")}


def drawn(story: TicketStory, language: str = "en") -> Any:
    spoken = words(language)
    return timeline(story, clock_of("Europe/Lisbon", (), spoken), spoken)


def bars(figure: Any, colour: str) -> list[tuple[float, float]]:
    """Begin and length of the solid bars in a colour."""
    return [
        (begin, length)
        for trace in figure.data
        if trace.type == "bar" and trace.marker.color == colour
        for begin, length in zip(trace.base, trace.x, strict=True)
    ]


def texts(figure: Any) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_the_bars_begin_at_the_start_and_change_their_weight_at_the_due_instant(
    stories: dict[str, TicketStory],
) -> None:
    figure = drawn(stories["S1"]).figure
    before, after = bars(figure, BREACHED)
    # 11:00 to 12:00 within the target, 12:00 to 13:00 past it: one after the other, equally long
    assert before[0] + before[1] == pytest.approx(after[0])
    assert before[1] == pytest.approx(after[1])
    opacities = [
        trace.marker.opacity for trace in figure.data if trace.type == "bar" and trace.marker.color == BREACHED
    ]
    assert opacities == [0.45, None]


def test_pauses_are_hatched_and_closed_time_has_no_bar(stories: dict[str, TicketStory]) -> None:
    figure = drawn(stories["S1"]).figure
    hatched = [trace for trace in figure.data if trace.type == "bar" and trace.marker.pattern.shape == "/"]
    assert [len(trace.x) for trace in hatched] == [1]
    assert "Waiting on the customer (status Pending)" in hatched[0].hovertext[0]
    # Monday until 14:00 and from 16:00, Tuesday, Thursday; then Friday's hour of the second cycle; Wednesday is missing
    assert len(bars(figure, MET)) == 5


def test_each_lane_says_its_clock_and_its_verdict(stories: dict[str, TicketStory]) -> None:
    said = texts(drawn(stories["S1"]).figure)
    assert {"First response: breached by 1\u00a0h", "Resolution, no. 1: met", "Resolution, no. 2: met"} <= set(said)
    assert "due Mon 2 Mar 12:00" in said


def test_a_running_clock_shows_the_as_of_instant_and_what_is_due_after_it(stories: dict[str, TicketStory]) -> None:
    figure = drawn(stories["R1"]).figure
    assert "as of" in texts(figure)
    assert "circle-open" in {trace.marker.symbol for trace in figure.data if trace.type == "scatter"}


def test_a_due_instant_far_away_stands_at_the_edge_with_an_arrow(stories: dict[str, TicketStory]) -> None:
    # one hour has gone of the first response: due three open hours later; of the resolution 24 hours are promised
    assert any(text.startswith("due ") and text.endswith("→") for text in texts(drawn(stories["R1"]).figure))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "Time line of ticket S1, Mon 2 Mar 10:00 to Fri 6 Mar 18:00: 1 clock breached, 2 clocks met. "
            "First response: breached by 1 h; Resolution, no. 1: met; Resolution, no. 2: met.",
        ),
        (
            "pt-BR",
            "Linha do tempo do chamado S1, de seg., 2 de mar. 10:00 a sex., 6 de mar. 18:00: 1 relógio violado, "
            "2 relógios cumpridos. Primeira resposta: atraso de 1 h; Resolução, nº 1: no prazo; "
            "Resolução, nº 2: no prazo.",
        ),
        (
            "ar",
            "الخط الزمني للتذكرة S1، من الاثنين، 2 مارس 10:00 إلى الجمعة، 6 مارس 18:00: قياس واحد متأخر، "
            "قياسان في الموعد. الرد الأول: متأخر بمقدار 1 س؛ الحل، رقم 1: في الموعد؛ الحل، رقم 2: في الموعد.",
        ),
    ],
)
def test_the_alt_text_tells_how_every_clock_ended(stories: dict[str, TicketStory], language: str, told: str) -> None:
    alt = drawn(stories["S1"], language).alt
    assert re.sub("[\u2066-\u2069]", "", alt).replace("\u00a0", " ") == told


def test_time_runs_from_left_to_right_in_arabic_too(stories: dict[str, TicketStory]) -> None:
    for language in LANGUAGES:
        figure = drawn(stories["S1"], language).figure
        assert tuple(figure.layout.xaxis.range) == (0, 1)
    assert {annotation.xanchor for annotation in figure.layout.annotations if annotation.font.size == 15} == {"right"}


def test_text_of_the_ticket_is_text_in_every_hover(stories: dict[str, TicketStory]) -> None:
    told = stories["S1"]
    event = dict(told.events[0]) | {"kind": "status", "value": HOSTILE, "author_name": HOSTILE}
    figure = drawn(TicketStory(told.ticket, (event,), told.clocks)).figure
    hovers = [hover for trace in figure.data for hover in trace.hovertext or ()]
    assert any("&lt;img src=x" in hover for hover in hovers)
    assert not any("<img" in hover for hover in hovers)


def test_many_clocks_share_a_lane_by_metric(stories: dict[str, TicketStory]) -> None:
    told = stories["R1"]
    cycles = tuple(
        ClockStory({**told.clocks[0].clock, "metric": "next_response", "cycle": cycle}, told.clocks[0].spans)
        for cycle in range(1, MOST_LANES + 1)
    )
    few, many = (TicketStory(told.ticket, (), cycles[:count] + told.clocks[:1]) for count in (2, MOST_LANES))
    assert sum("Next response, no." in text for text in texts(drawn(few).figure)) == 2
    shared = texts(drawn(many).figure)
    assert shared.count("Next response") == 1
    assert not any("Next response, no." in text for text in shared)


def test_nothing_is_said_to_be_cut_where_nothing_is(stories: dict[str, TicketStory]) -> None:
    assert has_cuts(stories["S1"])
    assert not has_cuts(TicketStory(stories["R1"].ticket, (), stories["R1"].clocks[:1]))
