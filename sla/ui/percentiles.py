"""How long clocks took: a line for each severity, percentiles beside the target, and the tickets of one of them."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from sla.ui import attainment, blocks, clock_list
from sla.ui.filters import scope
from sla.ui.scope import FILTERS
from sla.ui.snapshot import Row
from sla.words import Words
from sla.words.attainment import severity_of

SHOWN = (50, 75, 90, 95)
CELL = ("cell_time_severity", "cell_time_target")  # in the link: the line whose tickets are listed below
Link = Callable[[Row], str]


def percentiles(rows: Sequence[Row], metric: str, words: Words) -> None:
    """Draws the rows of time_percentiles of a metric under their title, how they are counted, and below them the
    tickets of the one that the link names; nothing where there are none.
    """
    if not rows:
        return

    def link(row: Row) -> str:
        return attainment.link_to(metric, words, **dict(zip(CELL, _codes(row), strict=True)))

    blocks.heading(words("time_taken.percentiles"), words)
    blocks.scrolling(percentiles_html(rows, words, link), words)
    has_target = any(row["has_target"] for row in rows)
    note = words("time_taken.percentiles_note" if has_target else "time_taken.percentiles_plain")
    if any(row["is_too_few"] for row in rows):
        note = f"{note} {words('time_taken.percentiles_few')}"
    blocks.quiet(note, words)
    if row := _chosen(rows):
        clock_list.of_percentiles(row, metric, words)
        attainment.way_back(metric, words)


def percentiles_html(rows: Sequence[Row], words: Words, link: Link) -> str:
    """A table of the rows of time_percentiles; one with fewer than ten clocks has no percentiles.

    `link` gives the address of a row's tickets.
    """
    titles = [words(f"time_taken.{key}") for key in ("severity", "target", "clocks")]
    titles += [words("time_taken.within", percent=str(percent)) for percent in SHOWN]
    head = "".join(f"<th scope='col'>{escape(title)}</th>" for title in titles)
    body = "".join(_line(row, titles, words, link(row)) for row in rows)
    return (
        f"<div class='scroll cards' role='region' tabindex='0' aria-label='{escape(words('time_taken.percentiles'))}'>"
        f"<table class='list percentiles'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def unpromised(policy: str, metric: str, words: Words) -> str:
    """The address of an account's clocks of a metric in the period, of those for which a policy promises nothing."""
    whole = dict.fromkeys(FILTERS) | {"account": scope().account}
    cell = dict(zip(CELL, (attainment.ALL, "no"), strict=True))
    return scope().link(attainment.PAGE, words.language, **whole, policy=policy, metric=metric, **cell)


def _chosen(rows: Sequence[Row]) -> Row | None:
    """The row that the link names; of all severities also where there is but one, which has no total."""
    severity, target = (st.query_params.get(name) for name in CELL)
    of = {_codes(row)[0]: row for row in rows if _codes(row)[1] == target}
    return next(iter(of.values())) if severity == attainment.ALL and len(of) == 1 else of.get(severity or "")


def _codes(row: Row) -> tuple[str, str]:
    severity = attainment.ALL if row["is_all_severities"] else str(row["severity"])
    return severity, "yes" if row["has_target"] else "no"


def _line(row: Row, titles: Sequence[str], words: Words, address: str) -> str:
    clocks = words.number(row["clocks_count"])
    if row["unanswered_count"]:
        clocks = words("time_taken.unanswered_of", count=row["clocks_count"], unanswered=row["unanswered_count"])
    of = [f"data-title='{escape(title)}'" for title in titles]
    cells = [f"<td class='name' {of[1]}>{escape(_target(row, words))}</td>"]
    counted = f"<a href='{escape(address)}' target='_self'>{escape(clocks)}</a>"
    cells.append(f"<td class='name' {of[2]}>{counted}</td>")
    if row["is_too_few"]:
        cells.append(f"<td colspan='{len(SHOWN)}' class='said'>{escape(words('matrix.too_few'))}</td>")
    else:
        cells += [_cell(row, row[f"p{percent}_s"], of[3 + at], words) for at, percent in enumerate(SHOWN)]
    kind = " class='total'" if row["is_all_severities"] else ""
    return f"<tr{kind}><th scope='row'><bdi>{escape(severity_of(row, words))}</bdi></th>{''.join(cells)}</tr>"


def _target(row: Row, words: Words) -> str:
    least, most = row["least_target_s"], row["most_target_s"]
    if least is None:
        return words("time_taken.no_target")
    if least == most:
        return words.duration(least)
    return words("time_taken.targets", least=words.duration(least), most=words.duration(most))


def _cell(row: Row, seconds: int | None, of: str, words: Words) -> str:
    text = words.duration(row["longest_s"] if seconds is None else seconds)
    if seconds is None:
        text = words("time_taken.more", duration=text)
    most = row["most_target_s"]
    is_late = most is not None and (row["longest_s"] if seconds is None else seconds) > most
    return f"<td class='whole' {of}>{'✕ ' if is_late else ''}{escape(text)}</td>"
