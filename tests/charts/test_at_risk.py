"""The running clocks as bars: what each says, what it carries, and that its parts make up the whole."""

from typing import Any

import pytest

from sla.charts.at_risk import at_risk
from sla.words import LANGUAGES, words
from sla.words.breaches import BANDS

COUNTS = {
    "over_90": {"first_response": 3, "resolution": 1},
    "over_75": {"first_response": 0, "resolution": 2},
    "over_50": {"first_response": 0, "resolution": 0},
    "upto_50": {"first_response": 5, "resolution": 5},
    "standing": {"first_response": 0, "resolution": 1},
}


def rows_of(counts: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    return [
        {"band": band, "metric": metric, "clocks_count": count}
        for band, by_metric in counts.items()
        for metric, count in by_metric.items()
    ]


def labels_of(rows: list[dict[str, Any]], language: str = "en") -> list[str]:
    return [note.text for note in at_risk(rows, words(language)).figure.layout.annotations]


def test_the_alt_text_counts_every_band_that_has_clocks() -> None:
    assert at_risk(rows_of(COUNTS), words("en")).alt == (
        "17 clocks are running. "
        "Share of the target used: over 90%: 4, 75 to 90%: 2, up to 50%: 10 and standing still: 1."
    )


def test_every_band_has_its_sign_its_name_and_its_count() -> None:
    labels = labels_of(rows_of(COUNTS))
    for label in ("● over 90%: 4", "◕ 75 to 90%: 2", "◑ 50 to 75%: 0", "◔ up to 50%: 10", "‖ standing still: 1"):
        assert label in labels


def test_parts_with_room_have_the_name_of_their_metric() -> None:
    # the longest bar has ten clocks, so four are the fewest with room
    named = [label for label in labels_of(rows_of(COUNTS)) if "sponse" in label or "Resol" in label]
    assert named == ["First response 5", "Resolution 5"]


def test_one_metric_alone_is_not_named_again_and_again() -> None:
    rows = [row for row in rows_of(COUNTS) if row["metric"] == "resolution"]
    assert len(labels_of(rows)) == len(BANDS)


def test_every_mark_carries_its_band_and_an_empty_one_is_not_drawn() -> None:
    traces = at_risk(rows_of(COUNTS), words("en")).figure.data
    drawn = [(code, x) for trace in traces for (code,), x in zip(trace.customdata, trace.x, strict=True)]
    assert sorted(drawn) == [
        ("over_75", 2),
        ("over_90", 1),
        ("over_90", 3),
        ("standing", 1),
        ("upto_50", 5),
        ("upto_50", 5),
    ]
    for trace in traces:
        assert [BANDS[place] for place in trace.y] == [code for (code,) in trace.customdata]


def test_what_stands_still_is_hatched() -> None:
    resolution = at_risk(rows_of(COUNTS), words("en")).figure.data[1]
    assert list(resolution.marker.pattern.shape) == ["", "", "", "/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_grow_in_the_direction_of_the_language(language: str) -> None:
    drawing = at_risk(rows_of(COUNTS), words(language))
    assert list(drawing.figure.layout.xaxis.range) == ([10, 0] if language == "ar" else [0, 10])
    assert "{" not in drawing.alt
