"""One ticket on a page: which one, its story from the snapshot in use, and its parts as HTML.

All text is text, never markup. It comes from sla.words in the direction of its language, with what the export wrote
kept apart in it, so that no cell needs a direction of its own.
"""

from collections.abc import Sequence
from html import escape

import streamlit as st

from sla.charts import Drawing
from sla.charts.timeline import timeline
from sla.explain import ClockStory, TicketStory, explain
from sla.ui import blocks
from sla.ui.policies import calendars
from sla.ui.snapshot import Row, Rows, in_use
from sla.words import Words
from sla.words import ticket as sentences
from sla.words.arithmetic import Line, lines
from sla.words.ticket import OUTCOMES, Clock, Happening, Pairs

Story = TicketStory
SIGNS = {"met": "✓", "breached": "✕", "running": "○", "excluded": "–"}
FEW_CLOCKS = 3
_KEY = "ticket"
_LINKED = "ticket in the link"


def choose_ticket(words: Words) -> str:
    """The id that the reader asks for: from the link, else typed, else of this session; then written to the link."""
    linked = st.query_params.get(_KEY)
    if linked is not None and linked != st.session_state.get(_LINKED):
        st.session_state[_KEY] = linked  # a new link, or the browser's way back
    asked = (st.text_input(words("ticket.ask"), key=_KEY, persist_state="session") or "").strip()
    if asked and linked != asked:
        st.query_params[_KEY] = asked
    if not asked and linked is not None:
        del st.query_params[_KEY]
    st.session_state[_LINKED] = asked
    return asked


def story(ticket_id: str) -> TicketStory:
    """The story of a ticket of the snapshot in use; the same for all who ask, to be read only. Raises Refused."""
    answers = in_use()
    return answers.made(
        ("story", ticket_id),
        lambda: answers.use("explain", lambda: answers.opened.use(lambda cursor: explain(cursor, ticket_id))),
    )


def line(facts: Rows, words: Words) -> Drawing:
    """The time line of the ticket of ticket_facts."""
    told = story(facts[0]["ticket_id"])
    return timeline(told, page_clock(facts[0], told, words), words)


def page_clock(row: Row, told: TicketStory, words: Words) -> Clock:
    """The wall clock of the reporting time zone, for all that stands outside the clocks' own parts of the page."""
    known = [row["created_at"], *(event["at"] for event in told.events)]
    known += [clock.clock["end_at"] for clock in told.clocks]
    return sentences.clock_of(row["timezone"], known, words)


def head(row: Row, link: str | None, words: Words) -> None:
    """The subject and what a ticket is, from its row of ticket_facts; `link` leads to the ticket it went into."""
    subject = row["subject"] or words("ticket.no_subject")
    pairs = sentences.facts(row, words)
    drawn = facts_html(pairs)
    if link and row["merged_into"]:
        name = escape(words.isolated(row["merged_into"]))
        drawn = drawn.replace(f"<dd>{name}</dd>", f"<dd><a href='{escape(link)}' target='_self'>{name}</a></dd>")
    blocks.scrolling(f"<p class='subject'><bdi>{escape(subject)}</bdi></p>{drawn}", words)


def clocks(facts: Rows, told: TicketStory, words: Words) -> None:
    """Every clock with its verdict, its clause and its arithmetic: what was breached first, what was left out last."""
    blocks.kept(facts, words, lambda: _clocks_html(told, words))


def happened(facts: Rows, told: TicketStory, words: Words) -> None:
    """What happened to a ticket, line by line, on the wall clock of the reporting time zone."""
    blocks.kept(facts, words, lambda: _happened_html(page_clock(facts[0], told, words), told, words))


def _clocks_html(told: TicketStory, words: Words) -> str:
    known = [clock.clock for clock in told.clocks]
    ordered = sorted(told.clocks, key=lambda clock: OUTCOMES.index(clock.clock["outcome"]))
    return "".join(clock_html(clock, known, words) for clock in ordered)


def _happened_html(at: Clock, told: TicketStory, words: Words) -> str:
    found = sentences.happenings(told.ticket, told.events, at, words)
    zone = escape(words("ticket.event.zone", zone=words.zone(at.zone)))
    return f"{happenings_html(found, words)}<p class='quiet'>{zone}</p>"


def clock_html(told: ClockStory, known: Sequence[Row], words: Words) -> str:
    """One clock: verdict, clause, facts and sum."""
    clock = told.clock
    instants = [clock["started_at"], clock["end_at"], *(span["until_at"] for span in told.spans)]
    at = sentences.clock_of(clock["timezone"], [*instants, *([clock["due_at"]] if clock["due_at"] else [])], words)
    name = sentences.clock_name(clock, known, words)
    outcome = clock["outcome"]
    clauses = "".join(_clause(language, text) for language, text in sentences.clauses(clock, words))
    said = f"<div class='clause'><p>{escape(words('ticket.clock.clause'))}</p>{clauses}</div>" if clauses else ""
    is_open = outcome != "excluded" or len(known) <= FEW_CLOCKS
    names = calendars(clock["policy"], words)
    return (
        f"<section class='clock {outcome}' data-clock='{clock['metric']} {clock['cycle']}'>"
        f"<h3>{escape(name)}</h3>"
        f"<p class='verdict'><b>{SIGNS[outcome]}</b> {escape(sentences.verdict(clock, words))}</p>"
        f"{said}{facts_html(sentences.clock_facts(clock, told.grades, at, words, names))}"
        f"<details{' open' if is_open else ''}><summary>{escape(words('ticket.sum.title'))}</summary>"
        f"{sum_html(told, at, words)}</details></section>"
    )


def sum_html(told: ClockStory, at: Clock, words: Words) -> str:
    """The arithmetic of a clock as a table that can be added up, its elapsed time in the last line."""
    clock = told.clock
    stretches = lines(clock, told.spans, at, words)
    columns = ("from", "until", "what", "counted", "total")
    titles = {column: words(f"ticket.sum.{column}") for column in columns}
    head = "".join(f"<th scope='col' class='{column}'>{escape(title)}</th>" for column, title in titles.items())
    body = "".join(_line(line, titles) for line in stretches)
    if not stretches:
        body = f"<tr><td colspan='5'>{escape(words('ticket.sum.nothing'))}</td></tr>"
    elapsed = sentences.hms(clock["elapsed_s"])
    foot = f"<th scope='row' colspan='4'>{escape(words('ticket.sum.elapsed'))}</th><td class='total'>{elapsed}</td>"
    notes = [words("ticket.sum.note"), words("ticket.zone_of", zone=words.zone(at.zone))]
    if clock["paused_s"]:
        notes.insert(1, words("ticket.sum.paused_sum", paused=sentences.hms(clock["paused_s"])))
    return (
        f"<div class='scroll' role='region' tabindex='0' aria-label='{escape(words('ticket.sum.title'))}'>"
        f"<table class='list sum'><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        f"<tfoot><tr>{foot}</tr></tfoot></table></div><p class='quiet'>{escape(' '.join(notes))}</p>"
    )


def happenings_html(found: Sequence[Happening], words: Words) -> str:
    """What happened as a table: when, what, who."""
    title = words("ticket.part.happened")
    head = "".join(f"<th scope='col'>{escape(words(f'ticket.event.{name}'))}</th>" for name in ("when", "what", "who"))
    body = "".join(
        f"<tr><th scope='row'>{escape(one.when)}</th><td>{escape(one.what)}</td><td>{escape(one.who)}</td></tr>"
        for one in found
    )
    return (
        f"<div class='scroll' role='region' tabindex='0' aria-label='{escape(title)}'><table class='list happened'>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def facts_html(pairs: Pairs) -> str:
    """Names and values side by side."""
    drawn = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in pairs)
    return f"<dl class='facts'>{drawn}</dl>"


def _clause(language: str, text: str) -> str:
    spoken = f" lang='{escape(language)}'" if language != "und" else ""
    return f"<blockquote dir='auto'{spoken}>{escape(text)}</blockquote>"


def _line(line: Line, titles: dict[str, str]) -> str:
    cells = {"from": line.since, "until": line.until, "what": line.what, "counted": line.counted, "total": line.total}
    drawn = "".join(
        f"<td class='{name}' data-name='{escape(titles[name])}'>{escape(cell)}</td>" for name, cell in cells.items()
    )
    return f"<tr class='{'counted' if line.counted else 'idle'}'>{drawn}</tr>"
