"""Where breaches cluster: a short bar for each team, account and severity, each name leading to its clocks."""

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from sla.words import Words
from sla.words.breaches import cluster
from sla.words.week import Row

MOST = 6  # rows of a dimension, beside the one for the rest
Link = Callable[[Row], str | None]


def clusters_html(rows: Sequence[Row], words: Words, link: Link) -> str:
    """The rows of breaches_by as lists side by side; `link` gives the address that a row's name leads to."""
    groups = groupby(rows, key=lambda row: str(row["dimension"]))
    return f"<div class='clusters'>{''.join(_group(name, list(group), words, link) for name, group in groups)}</div>"


def _group(dimension: str, rows: Sequence[Row], words: Words, link: Link) -> str:
    lines = "".join(_line(row, words, link(row)) for row in rows)
    return f"<section><h3>{escape(words(f'clusters.{dimension}'))}</h3><ul>{lines}</ul></section>"


def _line(row: Row, words: Words, address: str | None) -> str:
    name = f"<bdi>{escape(cluster(row, words))}</bdi>"
    if address:
        name = f"<a href='{escape(address)}' target='_self'>{name}</a>"
    counts = words("clusters.of", breached=row["breached_count"], decided=row["decided_count"])
    width = 100 * row["breached_count"] / row["all_breached_count"]
    return (
        f"<li><span class='name'>{name}</span><span class='counts'>{escape(counts)}</span>"
        f"<span class='bar'><span style='inline-size: {width:.2f}%'></span></span></li>"
    )
