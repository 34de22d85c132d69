"""Where the numbers of the attainment page lead: a cell of severity by plan that was chosen stands in the link."""

from collections.abc import Sequence
from datetime import UTC, date
from zoneinfo import ZoneInfo

import streamlit as st

from sla.ui import blocks, documents
from sla.ui.arrivals import arrivals_html
from sla.ui.filters import choose, scope
from sla.ui.hours import CELL as HOUR
from sla.ui.hours import code_of, hour_of
from sla.ui.matrix import Link, codes_of, matrix_html
from sla.ui.snapshot import Row, Rows
from sla.words import Words

PAGE = "attainment"
GRAINS = ("week", "month")
ALL = "*"
CELL = ("cell_severity", "cell_plan")
KEPT = ("over", "compare", "with")


def is_over() -> bool:
    """Whether the as-of instant lies after the last day of the period, in the reporting time zone."""
    return scope().period.last_on < _today()


def last_day() -> date:
    """The last day of the period, or that of the as-of instant where the period is not over."""
    return min(scope().period.last_on, _today())


def values_with_before() -> dict[str, str | date | None]:
    """The parameters of attainment_of_period: the scope's, and the period before."""
    before = scope().period.before
    return {**scope().values, "before_first_on": before.first_on, "before_last_on": before.last_on}


def choose_grain(words: Words) -> str:
    """Whether attainment is shown by week or by month."""
    with st.columns([1, 3])[0]:
        return choose("over", words("over_time.grain"), GRAINS, GRAINS[0], lambda code: words(f"over_time.{code}"))


def key_of(chart: str, *more: str) -> str:
    """A name for a chart that changes with all that its marks depend on."""
    return " ".join([chart, *more, *(str(value) for value in scope().values.values())])


def links(metric: str, words: Words) -> Link:
    """Gives the address of the page with the tickets of a row of attainment_matrix; None where it has no clocks."""

    def link(row: Row) -> str | None:
        has_clocks = row["decided_count"] + row["running_count"] + row["excluded_count"]
        return link_to(metric, words, **dict(zip(CELL, _codes(row), strict=True))) if has_clocks else None

    return link


def tickets_of_week(metric: Row, row: Row, words: Words) -> str | None:
    """Where a number of the weekly page leads: to the week's breached clocks that the row counts, else to all of them.

    The row is a cell of severity by plan, else the metric's own; None where it counts nothing.
    """
    of, codes, name = scope().of_week, codes_of(row), metric["metric"]
    if row.get("breached_count") and "" not in codes.values():  # breaches cannot be asked for those without a plan
        return of.link("breaches", words.language, metric=name, show="breached", **codes)
    counts = ("clocks_count", "decided_count", "running_count", "excluded_count")
    if not sum(row.get(count) or 0 for count in counts):
        return None
    cell = dict(zip(CELL, _codes(row), strict=True)) if "is_all_plans" in row else {}
    return of.link(PAGE, words.language, metric=name, **cell)


def matrix(rows: Rows, metric: Row, words: Words) -> None:
    """Draws the rows of attainment_matrix, each cell with the way to its tickets; `metric` is its row of the period."""
    name, objective = metric["metric"], metric["objective"]
    address = link_to(name, words)
    blocks.kept(rows, words, lambda: matrix_html(rows, objective, words, links(name, words)), objective, address)


def chosen_cell(rows: Sequence[Row]) -> Row | None:
    """The row of attainment_matrix that the link names; None where it names none."""
    asked = tuple(st.query_params.get(name) for name in CELL)
    return next((row for row in rows if _codes(row) == asked), None)


def arrivals(rows: Rows, metric: Row, words: Words) -> None:
    """Draws the rows of attainment_by_hour, each hour with the way to its tickets."""
    name, objective = metric["metric"], metric["objective"]

    def link(weekday: int, hour: int) -> str:
        return link_to(name, words, **{HOUR: code_of(weekday, hour)})

    def make() -> str:
        return arrivals_html(rows, name, objective, words, link)

    blocks.kept(rows, words, make, name, objective, link_to(name, words))


def chosen_hour() -> tuple[int, int] | None:
    """The weekday and hour of arrival that the link names; None where it names none."""
    return hour_of(st.query_params.get(HOUR))


def way_back(metric: str, words: Words) -> None:
    """A link to the page without the cell that was chosen."""
    documents.way_back(documents.Link(words("clock_list.close"), link_to(metric, words)), words)


def link_to(metric: str, words: Words, **cell: str) -> str:
    """The address of the page about a metric, with what was chosen beside it kept; `cell` is what is chosen now."""
    kept = {name: st.query_params.get(name) for name in KEPT}
    return scope().link(PAGE, words.language, metric=metric, **kept, **cell)


def _today() -> date:
    here = scope()
    return here.as_of.replace(tzinfo=UTC).astimezone(ZoneInfo(here.timezone)).date()


def _codes(row: Row) -> tuple[str, str]:
    return (
        ALL if row["is_all_severities"] else str(row["severity"]),
        ALL if row["is_all_plans"] else str(row["plan"]),
    )
