"""Blocks of a page: type, figures, the matrix, charts. Whatever comes in is text, never markup or markdown."""

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from sla.charts import BREACHED, MET, RUNNING, Drawing
from sla.ui.matrix import matrix_html, plans_without_clocks
from sla.words import Words
from sla.words.week import Figure, Row

_STYLES = Path(__file__).with_name("styles")
_RTL = Path(__file__).with_name("rtl.css")

# As in .streamlit/config.toml, which charts and style sheets do not read.
INK = {"light": "#1c1e21", "dark": "#e8e6e1"}
PAPER = {"light": "#fffdf9", "dark": "#14171b"}


def style(words: Words) -> None:
    """The look of every page; for Arabic also its direction."""
    paper = PAPER[_theme()]
    colours = f":root {{ --met: {MET}; --breached: {BREACHED}; --running: {RUNNING}; --paper: {paper}; }}"
    sheets = [_sheet(path) for path in sorted(_STYLES.glob("*.css"))]
    st.html(f"<style>{''.join([colours, *sheets, *([_sheet(_RTL)] if words.is_rtl else [])])}</style>")


def masthead(title: str, as_of: str, words: Words) -> None:
    """The name of the whole, and the instant up to which it knows anything."""
    _html(f"<header class='masthead'><span>{escape(title)}</span><p>{escape(as_of)}</p></header>", words)


def lead(text: str, words: Words) -> None:
    """The answer, in the largest type of the page."""
    _html(f"<h1 class='lead'>{escape(text)}</h1>", words)


def heading(text: str, words: Words) -> None:
    """The title of a part of the page."""
    _html(f"<h2 class='part'>{escape(text)}</h2>", words)


def paragraph(text: str, words: Words) -> None:
    """Text to read."""
    _html(f"<p class='text'>{escape(text)}</p>", words)


def quiet(text: str, words: Words) -> None:
    """The small print: a rule, or how to read a chart."""
    _html(f"<p class='quiet'>{escape(text)}</p>", words)


def notice(text: str, words: Words) -> None:
    """Something to know before reading on."""
    _html(f"<p class='notice' role='status'>{escape(text)}</p>", words)


def figures(shown: Sequence[Figure], words: Words) -> None:
    """The metrics side by side, one under the other on a phone."""
    _html(f"<div class='figures'>{''.join(_figure(figure) for figure in shown)}</div>", words)


def matrix(rows: Sequence[Row], metric: Row, words: Words) -> None:
    """Severity by plan, from rows of week_severity_by_plan and the metric's row of week_attainment."""
    name = words.named("metric", metric["metric"])
    _html(matrix_html(rows, metric["objective"], words), words)
    if metric["objective"] is None:
        note = words("matrix.note_plain", metric=name)
    else:
        note = words("matrix.note", metric=name, objective=words.objective(metric["objective"]))
    quiet(f"{note} {words('matrix.left_out')}" if plans_without_clocks(rows) else note, words)


def scrolling(table: str, words: Words) -> None:
    """A finished table of a list of tickets, which scrolls where it is too wide or too long."""
    _html(table, words)


def chart(drawing: Drawing, key: str) -> None:
    """A figure as wide as the page, with its finding as text for those who cannot see it."""
    drawing.figure.update_layout(font_color=INK[_theme()])
    st.plotly_chart(drawing.figure, key=key, alt=drawing.alt, config={"displayModeBar": False, "scrollZoom": False})


def _figure(figure: Figure) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in figure.lines)
    counts = f"<p class='counts'>{escape(figure.counts)}</p>" if figure.counts else ""
    size = "number" if figure.is_share else "number words"
    return (
        f"<article class='figure {figure.standing}' data-metric='{escape(figure.metric)}'>"
        f"<h3>{escape(figure.name)}</h3><p class='{size}'>{escape(figure.value)}</p>{counts}{lines}</article>"
    )


@cache
def _sheet(path: Path) -> str:
    return path.read_text("utf-8")


def _theme() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"


def _html(inside: str, words: Words) -> None:
    st.html(f"<div class='sla' dir='{words.direction}' lang='{words.language}'>{inside}</div>")
