"""Whose breaches a week had, as bars that say what they show."""

from typing import Any

from sla.charts.standouts import standouts
from sla.words import words

ROW: dict[str, Any] = {
    "dimension": "account",
    "value": "X",
    "name": "<b>Bold</b> & Co",
    "breached_count": 16,
    "all_breached_count": 20,
    "part": 0.8,
    "usual_part": 0.29,
}


def test_the_alt_text_states_parts_and_usual_parts() -> None:
    assert (
        standouts([ROW], words("en")).alt
        == "Parts of the week’s 20 breaches: Account <b>Bold</b> & Co 80%, usually 29%."
    )


def test_text_of_the_export_is_shown_as_text() -> None:
    figure = standouts([ROW], words("en")).figure
    assert figure.layout.annotations[0].text.startswith("Account &lt;b&gt;Bold&lt;/b&gt; &amp; Co: <b>80%</b>")
    assert "<b>Bold" not in figure.data[0].hovertext[0]


def test_bars_grow_from_right_to_left_in_arabic() -> None:
    assert list(standouts([ROW], words("ar")).figure.layout.xaxis.range) == [1, 0]
    assert list(standouts([ROW], words("en")).figure.layout.xaxis.range) == [0, 1]


def test_one_that_had_none_before_is_drawn_at_nought() -> None:
    drawing = standouts([ROW | {"usual_part": None}], words("en"))
    assert list(drawing.figure.data[1].x) == [0]
    assert drawing.alt.endswith("usually 0%.")
