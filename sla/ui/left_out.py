"""What no number holds: rows that were rejected, clocks that are excluded, and what else a reader should know."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from sla.ui import blocks, documents, tables
from sla.ui.changes import comparison
from sla.ui.documents import Cell, Link, Quoted, table
from sla.ui.filters import choose, scope
from sla.ui.snapshot import Answers, Rows, in_use, report
from sla.words import Words
from sla.words import changes as sentences

MOST_ROWS = 50
MOST_CLOCKS = 500
_ANY = "any"


def rejected(words: Words) -> None:
    """Rows that could not be read: counted by file and reason, searched, and as a file."""
    blocks.heading(words("definitions.rejected.title"), words)
    counted = report("rejections")
    if not counted:
        blocks.paragraph(words("definitions.rejected.none"), words)
        return
    blocks.paragraph(words("definitions.rejected.count", count=sum(row["rows_count"] for row in counted)), words)
    file, reason, rows = (
        words("definitions.data.file"),
        words("definitions.rejected.reason"),
        words("definitions.rejected.rows"),
    )
    lines: list[list[Cell]] = [
        [row["file"], Quoted(row["reason"], "en"), words.number(row["rows_count"])] for row in counted[:MOST_ROWS]
    ]
    table(words("definitions.rejected.title"), [file, reason, rows], lines, words)
    _rejected_rows(sorted({row["reason"] for row in counted}), words)


def _rejected_rows(reasons: list[str], words: Words) -> None:
    label = words("definitions.rejected.reason")
    with st.container(key="rejected-choices"):
        options = [_ANY, *reasons]
        shown = {_ANY: words("definitions.any_reason")}
        chosen = choose("rejected", label, options, _ANY, lambda code: shown.get(code, code))
        searched = st.text_input(words("definitions.search"), key="rejected search", max_chars=200)
    asked = {"reason": None if chosen == _ANY else chosen, "search": searched.strip() or None}
    found = report("rejected_rows", **asked, most=MOST_ROWS)
    if not found:
        blocks.paragraph(words("definitions.rejected.nothing_found"), words)
        return
    names = (
        "definitions.data.file",
        "definitions.rejected.line",
        "definitions.rejected.reason",
        "definitions.rejected.row",
    )
    if found[0]["all_count"] > len(found):
        blocks.quiet(words("definitions.first", shown=len(found), all=found[0]["all_count"]), words)
    lines: list[list[Cell]] = [
        [row["file"], str(row["line"]), Quoted(row["reason"], "en"), Quoted(row["row_text"] or "", "und")]
        for row in found
    ]
    table(words("definitions.rejected.title"), [words(name) for name in names], lines, words)
    st.download_button(
        words("definitions.download"),
        partial(_file, in_use(), asked),  # made only for whoever asks, which is no run of the page
        file_name="rejected-rows.csv",
        mime="text/csv",
        key="rejected file",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _file(answers: Answers, asked: Mapping[str, str | None]) -> bytes:
    rows = answers.ask("rejected_rows", asked)
    return tables.file_of([{name: row[name] for name in ("file", "line", "reason", "row_text")} for row in rows])


def excluded(words: Words) -> None:
    """Clocks of the chosen policy that are in no count: why, how many, and which."""
    title = words("definitions.excluded.title")
    blocks.heading(title, words)
    rows = report("exclusions", policy=scope().policy["policy"])
    if not rows:
        blocks.paragraph(words("definitions.excluded.none"), words)
        return
    blocks.quiet(words("definitions.excluded.note"), words)
    columns = (
        "definitions.rejected.reason",
        "column.metric",
        "definitions.excluded.clocks",
        "definitions.excluded.tickets",
    )
    head = [words(name) for name in (*columns, "definitions.excluded.meaning")]
    lines: list[list[Cell]] = [
        [
            words.named("reason", row["reason"]),
            words.named("metric", row["metric"]),
            Link(words.number(row["clocks_count"]), _address(row["reason"], row["metric"], words)),
            words.number(row["tickets_count"]),
            words.named("definitions.because", row["reason"]),
        ]
        for row in rows
    ]
    table(title, head, lines, words)
    _excluded_clocks(rows, words)


def _address(reason: str | None, metric: str | None, words: Words) -> str:
    return scope().link("definitions", words.language, part="left_out", reason=reason, clock=metric)


def _excluded_clocks(rows: Rows, words: Words) -> None:
    asked = {"reason": st.query_params.get("reason"), "metric": st.query_params.get("clock")}
    of_these = [row for row in rows if (row["reason"], row["metric"]) == (asked["reason"], asked["metric"])]
    if not of_these:
        return
    reason, metric = (words.named(name, asked[name]) for name in ("reason", "metric"))
    documents.subheading(words("definitions.excluded.listed", reason=reason, metric=metric), words)
    found = report("excluded_clocks", policy=scope().policy["policy"], **asked, most=MOST_CLOCKS)
    all_count = of_these[0]["clocks_count"]
    counted = words("definitions.excluded.shown", count=all_count)
    if all_count > len(found):
        counted = f"{counted} {words('definitions.first', shown=len(found), all=all_count)}"
    documents.linked(counted, Link(words("definitions.excluded.back"), _address(None, None, words)), words)
    names = ("column.ticket", "definitions.excluded.started", "column.severity", "column.plan", "column.account")
    lines: list[list[Cell]] = [
        [
            _ticket(row["ticket_id"], words),
            words.weekday_time(row["started_local"]),
            *(row[name] or words("none") for name in ("severity", "plan", "account")),
        ]
        for row in found
    ]
    table(words("definitions.excluded.title"), [words(name) for name in names], lines, words)


def _ticket(ticket: str, words: Words) -> Link:
    return Link(ticket, scope().link("ticket", words.language, ticket=ticket))


def warnings(words: Words) -> None:
    """Replies dated before their ticket's creation, ratings from after the as-of instant, words that nobody knows."""
    title = words("definitions.warning.title")
    blocks.heading(title, words)
    rows = report("warnings")
    early = [row for row in rows if row["kind"] == "reply_before_creation"]
    unknown = [row for row in rows if row["kind"] == "unknown_status"]
    if not rows:
        blocks.paragraph(words("definitions.warning.none"), words)
    if early:
        blocks.paragraph(words("definitions.warning.early", count=len(early)), words)
        head = [words("column.ticket"), words("definitions.warning.at")]
        lines: list[list[Cell]] = [
            [
                _ticket(row["ticket_id"], words),
                words.weekday_time(row["happened_at"]),
            ]
            for row in early[:MOST_CLOCKS]
        ]
        table(title, head, lines, words)
    for row in rows:
        if row["kind"] == "rating_after_as_of":
            blocks.paragraph(words("definitions.warning.late_ratings", count=row["tickets_count"]), words)
    if unknown:
        blocks.paragraph(words("definitions.warning.unknown", count=len(unknown)), words)
        head = [words("definitions.warning.word"), words("definitions.excluded.tickets")]
        table(title, head, [[row["value"], words.number(row["tickets_count"])] for row in unknown[:MOST_CLOCKS]], words)


def changed_weeks(words: Words) -> None:
    """The finished weeks of the chosen policy that the last export changed: counts before and now, tickets and why."""
    policy = scope().policy
    found = comparison(policy["policy"])
    blocks.paragraph(sentences.summary(found.weeks, found.as_of, found.refusal, policy["timezone"], words), words)
    if found.weeks and found.as_of:
        blocks.quiet(words("changes.compared", as_of=words.instant(found.as_of, policy["timezone"])), words)
    blocks.quiet(words("changes.rule"), words)
    for week in found.weeks:
        blocks.heading(f"{words.week(week.week)} · {words.week_span(week.week)}", words)
        documents.paragraphs([sentences.counts(metric, words) for metric in week.metrics], words)
        if week.clocks is None or week.tickets is None:
            blocks.quiet(words("changes.not_listed"), words)
            continue
        blocks.quiet(words("changes.tickets", count=len(week.tickets)), words)
        head = [
            words(name) for name in ("column.ticket", "column.metric", "changes.before", "changes.after", "changes.why")
        ]
        lines: list[list[Cell]] = [
            [
                clock.ticket_id if clock.after.outcome is None else _ticket(clock.ticket_id, words),
                sentences.clock_name(clock, week.clocks, words),
                sentences.verdict(clock.before, clock.after, words),
                sentences.verdict(clock.after, clock.before, words),
                sentences.why(clock, words),
            ]
            for clock in week.clocks
        ]
        table(words("changes.title"), head, lines, words)
