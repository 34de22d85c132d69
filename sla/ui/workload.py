"""The table of teams and agents, and the tickets behind the one of its numbers that stands in the link."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from sla.ui import blocks, documents, work_lists
from sla.ui.filters import scope
from sla.ui.hours import CELL as HOUR
from sla.ui.hours import code_of, hour_of
from sla.ui.snapshot import Row, Rows, in_use, report
from sla.ui.tables import file_of
from sla.ui.work_hours import work_hours_html
from sla.words import Words
from sla.words import workload as sentences

PAGE = "workload"
NUMBERS = {  # columns of workload_by_agent with the code that stands in the link
    "arrivals_count": "arrival",
    "replies_count": "reply",
    "solves_count": "solve",
    "open_count": "open",
    "on_us_count": "on_us",
}
TITLES = tuple(f"work_agents.{name}" for name in ("arrived", "replies", "solves", "open", "on_us"))
ASKED = ("work", "of_team", "of")


def key_of(chart: str) -> str:
    """A name for a chart that changes with all that its marks depend on."""
    return " ".join([chart, *(str(value) for value in scope().values.values())])


def has_severities(words: Words) -> bool:
    """Whether tickets of the policy have severities."""
    values = report("scope_values", policy=scope().filters["policy"], language=words.language)
    return any(value["dimension"] == "severity" for value in values)


def agents(rows: Rows, words: Words) -> None:
    """Draws the rows of workload_by_agent as a table, in their order: a line for each team and under it its agents."""
    graded = has_severities(words)
    address = scope().link(PAGE, words.language)
    blocks.kept(rows, words, lambda: _table(rows, graded, address, words), graded, address)


def _table(rows: Rows, graded: bool, address: str, words: Words) -> str:
    heads = ["name", "arrived", "replies", "weeks", "solves", "open", "on_us", "median"]
    head = "".join(f"<th scope='col'>{escape(words(f'work_agents.{name}'))}</th>" for name in heads)
    most = {
        is_team: max((max(row["weekly_replies"]) for row in rows if row["is_team"] == is_team), default=0)
        for is_team in (True, False)
    }
    body = "".join(_line(row, most[row["is_team"]], graded, address, words) for row in rows)
    title = escape(words("work_agents.title"))
    return (
        f"<div class='scroll cards' role='region' tabindex='0' aria-label='{title}'>"
        "<table class='list agents'>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def file_of_weeks(rows: Rows, words: Words) -> None:
    """A button for every agent's weeks as a file, where the rows of workload_by_agent have any work."""
    if not any(row["arrivals_count"] or row["solves_count"] or any(row["weekly_replies"]) for row in rows):
        return
    values, answers = {**scope().filters, "last_on": scope().period.last_on}, in_use()
    st.download_button(
        words("work_agents.file"),
        lambda: file_of(answers.ask("workload_agent_weeks", values)),  # asked for whoever wants it
        file_name=f"agents-{scope().filters['policy']}-{scope().period.last_on}.csv",
        mime="text/csv",
        key="agents file",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def tickets_behind_the_number(rows: Sequence[Row], words: Words) -> None:
    """Draws the tickets behind the number that the link names; nothing where it names none."""
    work, team, agent = (st.query_params.get(name) for name in ASKED)
    row = next((row for row in rows if _codes(row) == (team, agent)), None)
    if row is None or work not in NUMBERS.values():
        return
    blocks.heading(words("work_tickets.title"), words)
    choice = {"of_team": team, "agent": agent}
    if work in ("open", "on_us"):
        work_lists.open_tickets(None if work == "open" else work, words, choice, _name(row, words))
    else:
        work_lists.work(str(work), words, choice, _name(row, words))
    way_back("work_tickets.close", words)


def oldest_wait(now: Row, words: Words) -> None:
    """The ticket of workload_of_period that waits longest while younger ones were answered, if there is such a one."""
    if told := sentences.order_oldest(now, words):
        ticket = now["oldest_ticket_id"]
        documents.leading(told, documents.Link(ticket, scope().link("ticket", words.language, ticket=ticket)), words)


def hours(rows: Rows, words: Words) -> None:
    """Draws the rows of workload_by_hour, each hour with the way to the tickets that arrived in it."""

    def link(weekday: int, hour: int) -> str:
        return scope().link(PAGE, words.language, **{HOUR: code_of(weekday, hour)})

    blocks.kept(rows, words, lambda: work_hours_html(rows, words, link), scope().link(PAGE, words.language))


def chosen_hour() -> tuple[int, int] | None:
    """The weekday and hour that the link names; None where it names none."""
    return hour_of(st.query_params.get(HOUR))


def way_back(key: str, words: Words) -> None:
    """A link to the page without what was chosen, in the words of `key`."""
    documents.way_back(documents.Link(words(key), scope().link(PAGE, words.language)), words)


def _codes(row: Row) -> tuple[str, str | None]:
    return row["team"] or "", None if row["is_team"] else row["agent"] or ""


def _name(row: Row, words: Words) -> str:
    if row["is_team"]:
        return str(row["team"] or words("work_agents.no_team"))
    return str(row["name"] or words("work_agents.nobody"))


def _line(row: Row, most: int, graded: bool, address: str, words: Words) -> str:
    cells = {
        column: f"<td class='count' data-title='{escape(words(title))}'>{_number(row, column, address, words)}</td>"
        for column, title in zip(NUMBERS, TITLES, strict=True)
    }
    title, bars = escape(words("work_agents.weeks")), _bars(row["weekly_replies"], most, words)
    weeks = f"<td class='bars' data-title='{title}'>{bars}</td>"
    parts = [
        cells["arrivals_count"],
        cells["replies_count"],
        weeks,
        *list(cells.values())[2:],
        _median(row, graded, words),
    ]
    kind = "team" if row["is_team"] else "agent"
    return f"<tr class='{kind}'><th scope='row'><bdi>{escape(_name(row, words))}</bdi></th>{''.join(parts)}</tr>"


def _number(row: Row, column: str, address: str, words: Words) -> str:
    number = words.number(row[column])
    if not row[column]:
        return number
    team, agent = _codes(row)
    asked = urlencode({"work": NUMBERS[column], "of_team": team, **({} if agent is None else {"of": agent})})
    return f"<a href='{escape(address)}&amp;{escape(asked)}' target='_self'>{number}</a>"


def _bars(weekly: Sequence[int], most: int, words: Words) -> str:
    """Thirteen small bars, from left to right also in Arabic, with their numbers for those who cannot see them."""
    drawn = "".join(f"<i style='height: {100 * count / most if most else 0:.0f}%'></i>" for count in weekly)
    name = escape(words("work_agents.weekly", counts=words("comma").join(str(count) for count in weekly)))
    return f"<span class='weeks' role='img' aria-label='{name}' title='{name}'>{drawn}</span>"


def _median(row: Row, graded: bool, words: Words) -> str:
    lines = [f"<small>{escape(line)}</small>" for line in sentences.mix(row, words, has_severities=graded)]
    if not row["is_too_few"]:
        lines.insert(0, f"<b>{escape(words('work_agents.within', duration=words.duration(row['median_s'])))}</b>")
    return f"<td class='median' data-title='{escape(words('work_agents.median'))}'>{''.join(lines)}</td>"
