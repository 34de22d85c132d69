"""Figures from rows of reports: pure functions, no Streamlit; each figure comes with a text that states its finding."""

from dataclasses import dataclass

import plotly.graph_objects as go

from sla.words import Words

# Told apart by people who cannot tell red from green, and readable on paper white and on near black; a mark in one of
# them always has its word, sign or shape beside it as well.
MET = "#2b7fc2"
BREACHED = "#d9580f"
RUNNING = "#8a8f98"
WORK = "#7d63b8"  # amounts of work, which nothing judges
QUIET = "rgba(128, 132, 140, 0.28)"
AXIS = "rgba(128, 132, 140, 0.9)"


@dataclass(frozen=True)
class Drawing:
    """A figure and the sentence that says what it shows."""

    figure: go.Figure
    alt: str


def finished(drawing: Drawing) -> Drawing:
    """The same drawing, of which nothing is changed any more: what it is as plain values is worked out once.

    Whoever draws a figure asks for its values, and would be given a deep copy each time.
    """
    values = drawing.figure.to_dict()
    vars(drawing.figure)["to_dict"] = lambda: values
    return drawing


def plain_layout(height: int) -> go.Layout:
    """A layout without frame, legend, tools or fill: the page's own ground and type show through."""
    return go.Layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"size": 15},
        hoverlabel={"font": {"size": 14}, "align": "left"},
        dragmode=False,
        separators=".,",
    )


def embedded_lines(text: str, words: Words) -> str:
    """A text of several lines (<br>), each in the language's direction."""
    return "<br>".join(words.embedded(line) for line in text.split("<br>"))
