"""Blocks of a page: type, figures, the matrix, charts. Whatever comes in is text, never markup or markdown."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from sla.charts import BREACHED, MET, RUNNING, WORK, Drawing, finished
from sla.ui.matrix import Link, has_clocks, matrix_html, plans_without_clocks
from sla.ui.snapshot import Rows, in_use
from sla.words import Words
from sla.words.week import Figure, Row

_STYLES = Path(__file__).with_name("styles")
_RTL = Path(__file__).with_name("rtl.css")
_LINKS = Path(__file__).with_name("links.js")

# As in .streamlit/config.toml, which charts and style sheets do not read.
PAPER = {"light": "#fffdf9", "dark": "#14171b"}
LINK = {"light": "#1f6aa8", "dark": "#6fb1e6"}


@dataclass(frozen=True)
class _Html:
    """HTML that is finished. Streamlit would look through a plain text for blanks to take away, at each run again."""

    text: str

    def _repr_html_(self) -> str:
        return self.text


def write(inside: str, words: Words) -> None:
    """Finished HTML, in the language's direction."""
    st.html(_Html(f"<div class='sla' dir='{words.direction}' lang='{words.language}'>{inside}</div>"))


def style(words: Words) -> None:
    """The look of every page; for Arabic also its direction."""
    st.html(_Html(_look(words.is_rtl)))


def keep_session() -> None:
    """Links of pages that lead to other pages stay in this session, with all that only the session holds."""
    st.html(_script(), unsafe_allow_javascript=True)


def masthead(title: str, as_of: str, words: Words) -> None:
    """The name of the whole, and the instant up to which it knows anything."""
    write(f"<header class='masthead'><span>{escape(title)}</span><p>{escape(as_of)}</p></header>", words)


def lead(text: str, words: Words) -> None:
    """The answer, in the largest type of the page."""
    write(f"<h1 class='lead'>{escape(text)}</h1>", words)


def heading(text: str, words: Words) -> None:
    """The title of a part of the page."""
    write(f"<h2 class='part'>{escape(text)}</h2>", words)


def subheading(text: str, words: Words) -> None:
    """The title of what belongs to the block before it."""
    write(f"<h3 class='under'>{escape(text)}</h3>", words)


def paragraph(text: str, words: Words) -> None:
    """Text to read."""
    write(f"<p class='text'>{escape(text)}</p>", words)


def quiet(text: str, words: Words) -> None:
    """The small print: a rule, or how to read a chart."""
    write(f"<p class='quiet'>{escape(text)}</p>", words)


def notice(text: str, words: Words) -> None:
    """Something to know before reading on."""
    write(f"<p class='notice' role='status'>{escape(text)}</p>", words)


def figures(shown: Sequence[Figure], words: Words, links: Mapping[str, str | None] | None = None) -> None:
    """The metrics side by side, one under the other on a phone; `links` says where the number of a metric leads."""
    sides([(figure, (links or {}).get(figure.metric)) for figure in shown], words)


def sides(shown: Sequence[tuple[Figure, str | None]], words: Words) -> None:
    """Numbers of one metric side by side, each with the address that it leads to, None where it leads nowhere."""
    drawn = "".join(_figure(figure, address) for figure, address in shown)
    write(f"<div class='figures'>{drawn}</div>", words)


def matrix(rows: Rows, metric: Row, words: Words, link: Link, address: str) -> None:
    """Severity by plan, from rows of week_severity_by_plan and the metric's row of week_attainment.

    `address` is what all the links of its cells have in common.
    """
    if not has_clocks(rows):
        paragraph(words("matrix.nothing"), words)
        return
    name = words.named("metric", metric["metric"])
    objective = metric["objective"]
    kept(rows, words, lambda: matrix_html(rows, objective, words, link), objective, address)
    if metric["objective"] is None:
        note = words("matrix.note_plain", metric=name)
    else:
        note = words("matrix.note", metric=name, objective=words.objective(metric["objective"]))
    quiet(f"{note} {words('matrix.left_out')}" if plans_without_clocks(rows) else note, words)


def scrolling(table: str, words: Words) -> None:
    """A finished table of a list of tickets, which scrolls where it is too wide or too long."""
    write(table, words)


def kept(rows: Rows, words: Words, make: Callable[[], str], *of: Hashable) -> None:
    """Draws what `make` writes of the rows of a report, written once for all who read the same in this language.

    `of` is all else that the text depends on, the addresses in it among them.
    """
    key = (make.__module__, make.__qualname__, rows.key, words.language, of)
    write(in_use().made(key, make), words)


def chart(drawing: Drawing, key: str) -> None:
    """A figure as wide as the page, with its finding as text for those who cannot see it."""
    st.plotly_chart(drawing.figure, key=key, alt=drawing.alt, config={"displayModeBar": False, "scrollZoom": False})


def chosen_mark(drawing: Drawing, key: str, place: str | None = None) -> tuple[Any, ...] | None:
    """A figure as `chart` draws it, whose marks can be chosen: the customdata of the one that was, None while none is.

    What was chosen is forgotten where `key` changes, so it names all that the figure depends on. A style sheet can lay
    hold of the figure by its `place`.
    """
    with st.container(key=place):
        event = st.plotly_chart(
            drawing.figure,
            key=key,
            alt=drawing.alt,
            on_select="rerun",
            selection_mode="points",
            config={"displayModeBar": False, "scrollZoom": False},
        )
    points = event.selection.points
    return tuple(points[0]["customdata"]) if points and points[0].get("customdata") else None


def mark_or_words(
    drawing: Drawing, key: str, note: str, words: Words, *, has_marks: bool, place: str | None = None
) -> tuple[Any, ...] | None:
    """As `chosen_mark`, with how to read the figure under it; its finding in words where it would have no mark."""
    if not has_marks:
        paragraph(drawing.alt, words)
        return None
    mark = chosen_mark(drawing, key, place)
    quiet(note, words)
    return mark


def drawn(draw: Callable[..., Drawing], rows: Rows, words: Words, *more: Hashable) -> Drawing:
    """What `draw(rows, words, *more)` gives: made once for all who read the same rows of a report in this language.

    Making a figure costs more than all the rest of a page, so `rows` are a report's own; the drawing is not to be
    changed.
    """
    key = (draw.__module__, draw.__qualname__, rows.key, words.language, more)
    return in_use().made(key, lambda: finished(draw(rows, words, *more)))


def _figure(figure: Figure, address: str | None) -> str:
    value = escape(figure.value)
    if address:
        value = f"<a href='{escape(address)}' target='_self'>{value}</a>"
    lines = "".join(f"<p>{escape(line)}</p>" for line in figure.lines)
    counts = f"<p class='counts'>{escape(figure.counts)}</p>" if figure.counts else ""
    size = "number" if figure.is_share else "number words"
    return (
        f"<article class='figure {figure.standing}' data-metric='{escape(figure.metric)}'>"
        f"<h2>{escape(figure.name)}</h2><p class='{size}'>{value}</p>{counts}{lines}</article>"
    )


@cache
def _script() -> str:
    return f"<script>{_LINKS.read_text('utf-8')}</script>"


@cache
def _look(is_rtl: bool) -> str:
    # Both themes at once: the reader may change over while a page stands there.
    both = {name: f"light-dark({of['light']}, {of['dark']})" for name, of in (("paper", PAPER), ("link", LINK))}
    named = {"met": MET, "breached": BREACHED, "running": RUNNING, "work": WORK, **both}
    colours = f":root {{ {' '.join(f'--{name}: {colour};' for name, colour in named.items())} }}"
    sheets = [path.read_text("utf-8") for path in (*sorted(_STYLES.glob("*.css")), *([_RTL] if is_rtl else []))]
    return f"<style>{''.join([colours, *sheets])}</style>"
