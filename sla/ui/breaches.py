"""Breached, running and longest waiting clocks: which to show, in what order, as a list and all of them as a file."""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from zoneinfo import available_timezones

import streamlit as st

from sla.catalog import Value
from sla.charts.at_risk import at_risk
from sla.ui import blocks
from sla.ui.filters import ALL, ask_text, choose, choose_metric, hold, scope
from sla.ui.policies import calendars
from sla.ui.snapshot import Row, Rows, in_use, report
from sla.ui.tables import MOST_ROWS, Cell, ticket_list
from sla.words import Words
from sla.words import breaches as sentences

MOST_IN_FILE = 100_000
SHOWN = ("breached", "open")
SORTS = ("newest", "overrun", "account", "oldest")
RISK_SORTS = ("due", "used", "account")
WAITS = ("first_response", "next_response", "resolution")


def choose_clocks(metrics: Sequence[str], every: str, words: Words) -> dict[str, str | None]:
    """The metric and the search chosen, as parameters of reports: None for all. `every` names all metrics."""
    with st.container(key="found"):
        left, right = st.columns(2)
    with left:
        metric = choose_metric(metrics, words, every)
    with right:
        search = ask_text("search", words("breached.search"), words("breached.search_in"))
    return {"metric": metric or None, "search": search}


def reader_zone() -> str:
    """The time zone that the reader's browser tells, else the reporting time zone."""
    told = st.context.timezone
    return told if told in available_timezones() else scope().timezone


def breached_list(chosen: Mapping[str, str | None], words: Words) -> None:
    """Draws the breached clocks of the period that the reader asks for, or says why there are none."""
    left, right = st.columns(2)
    with left:
        show = _pick("show", "breached.show", SHOWN, "breached_show", words)
    with right:
        sort = _pick("sort", "breached.sort", SORTS, "breached_sort", words)
    values = {**scope().values, **chosen, "show": show, "sort": sort, "language": words.language}
    rows = report("breached_clocks", **values, most=MOST_ROWS)
    if not rows:
        why = "none_found" if chosen["search"] else "none_open" if show == "open" else "none"
        blocks.paragraph(words(f"breached.{why}"), words)
        return
    counted = words("breached.count", count=rows[0]["clocks_count"], open=rows[0]["open_count"])
    columns = {
        **_ticket(),
        "breaches.late": lambda row: words.duration(row["late_s"]),
        "breaches.state": lambda row: sentences.ended(row, words),
        **_whose("breached.credited"),
        "breached.clause": lambda row: shorten(row["clause"], 140, placeholder=" …") if row["clause"] else None,
        **_kind(words),
        "breached.due": lambda row: words.weekday_time(row["due_local"]),
        **_calendar(words),
    }
    _list(rows, counted, columns, "breached_clocks", values, words)


def running_list(chosen: Mapping[str, str | None], bands: Rows, zone: str, words: Words) -> None:
    """Draws the bands of what runs, of which one can be chosen, and its clocks, due times in `zone`."""
    band = hold("band", [ALL, *sentences.BANDS], ALL)
    mark = blocks.chosen_mark(blocks.drawn(at_risk, bands, words), f"at risk {bands.key} {words.language} {band}")
    if mark:
        st.session_state["band"] = mark[0]
    names = {ALL: words("at_risk.all")} | {code: words.named("band", code) for code in sentences.BANDS}
    left, right = st.columns(2)
    with left:
        band = choose("band", words("at_risk.band_choice"), list(names), ALL, names.__getitem__)
    with right:
        sort = _pick("order", "at_risk.sort", RISK_SORTS, "risk_sort", words)
    values = {**scope().filters, **chosen, "band": band or None, "sort": sort, "language": words.language}
    rows = report("at_risk", **values, most=MOST_ROWS)
    if not rows:
        blocks.paragraph(words("at_risk.none_found"), words)
        return
    columns = {
        **_ticket(),
        "at_risk.used": lambda row: sentences.used(row, words),
        "due.at": lambda row: sentences.due(row, zone, words),
        "due.left": lambda row: words.span(row["left_s"]) if row["due_at"] else None,
        **_whose("at_risk.owner"),
        **_kind(words),
        "column.target": lambda row: words.duration(row["target_s"]),
        **_calendar(words),
    }
    _list(rows, words("at_risk.count", count=rows[0]["clocks_count"]), columns, "at_risk", values, words)


def longest_waits(chosen: Mapping[str, str | None], words: Words) -> None:
    """Draws the longest waits of the period, or says that there are none."""
    names = {"breached": words("longest_waits.show_all"), "open": words("breached_show.open")}
    show = choose("show", words("breached.show"), list(names), "breached", names.__getitem__)
    values = {**scope().values, **chosen, "show": show, "language": words.language}
    rows = report("longest_waits", **values, most=MOST_ROWS)
    if not rows:
        blocks.paragraph(words("longest_waits.none_found"), words)
        return
    counted = words("longest_waits.count", count=rows[0]["clocks_count"], open=rows[0]["open_count"])
    columns = {
        **_ticket(),
        "longest_waits.waited": lambda row: words.duration(row["elapsed_s"]),
        "breaches.state": lambda row: sentences.ended(row, words),
        **_whose("breached.credited"),
        **_kind(words),
        "longest_waits.since": lambda row: words.weekday_time(row["started_local"]),
        **_calendar(words),
    }
    _list(rows, counted, columns, "longest_waits", values, words)


def _ticket() -> dict[str, Cell]:
    return {"column.ticket": lambda row: row["ticket_id"], "breached.subject": lambda row: row["subject"]}


def _whose(agent: str) -> dict[str, Cell]:
    """Whose a clock is; `agent` is the title of the agent's column."""
    return {
        "column.account": lambda row: row["account"],
        agent: lambda row: row["agent"],
        "column.team": lambda row: row["team"],
    }


def _kind(words: Words) -> dict[str, Cell]:
    """What kind of clock it is."""
    return {
        "column.metric": lambda row: words.named("metric", row["metric"]),
        "column.severity": lambda row: row["severity"],
        "column.plan": lambda row: row["plan"],
    }


def _calendar(words: Words) -> dict[str, Cell]:
    """When a clock runs."""
    names = calendars(scope().policy["policy"], words)
    return {"breached.calendar": lambda row: names.get(row["calendar"], row["calendar"])}


def _pick(key: str, label: str, codes: Sequence[str], section: str, words: Words) -> str:
    return choose(key, words(label), codes, codes[0], lambda code: words.named(section, code))


def _list(
    rows: Sequence[Row], counted: str, columns: Mapping[str, Cell], name: str, values: Mapping[str, Value], words: Words
) -> None:
    """The first rows of a report as a table, and everything found as a file."""
    if rows[0]["clocks_count"] > MOST_IN_FILE:
        counted = f"{counted} {words('breached.file_first', most=MOST_IN_FILE)}"
    answers = in_use()  # the file is made outside this run, which alone knows what is in use
    of = [f"{values[key]}" for key in ("policy", "first_on", "last_on") if values.get(key)]
    section = name.removesuffix("_clocks")
    ticket_list(
        rows,
        counted,
        columns,
        words,
        (section, *of),
        every=lambda: answers.ask(name, {**values, "most": MOST_IN_FILE}),
        kept_by=(reader_zone(),),
    )
