"""What came of a person's own files: every row accounted for, what to know of the numbers, and the way to the pages."""

from datetime import timedelta
from functools import cache, partial
from itertools import chain

import streamlit as st

from sla.intake.formats import read_formats
from sla.store import ROOT
from sla.ui import blocks, documents, tables
from sla.ui.documents import Cell, Link, Quoted
from sla.ui.scope import HOME, Period, Scope
from sla.ui.snapshot import Answers, Row, Rows, in_use, report
from sla.words import Words
from sla.words import upload as sentences
from sla.words.upload_warnings import Measured, warnings

ENOUGH = 10  # decided clocks that can be judged
COUNTS = ("rows_read", "rows_accepted", "rows_rejected", "rows_superseded")


def summary(words: Words) -> None:
    """Draws what the snapshot in use was read from, row by row counted, and leads to the pages."""
    files, policies = report("source_files"), report("policies", language=words.language)
    as_of = report("snapshot_as_of")[0]
    timezone = policies[0]["timezone"] if policies else "UTC"
    blocks.lead(_counted(files, words), words)
    blocks.quiet(words("upload.result.as_of", instant=words.instant(as_of["as_of"], timezone)), words)
    _way_on(policies, words)
    _files(files, words)
    _rejected(words)
    blocks.heading(words("upload.title.warnings"), words)
    excluded = chain.from_iterable(report("exclusions", policy=row["policy"]) for row in policies)
    measured = Measured(
        policies, report("export_ends"), files, report("warnings"), tuple(excluded), as_of, str(timezone)
    )
    documents.points(warnings(measured, words) or [words("upload.warning.none")], words)


def _counted(files: Rows, words: Words) -> str:
    tickets = sum(row["tickets_count"] for row in report("policies"))
    read, accepted, rejected = (sum(row[name] for row in files) for name in COUNTS[:3])
    return words("upload.result.lead", count=tickets, read=read, accepted=accepted, rejected=rejected)


def _way_on(policies: Rows, words: Words) -> None:
    """The link to the page of a week in which something was decided, of the policy with most clocks."""
    judged = [row for row in policies if row["target_metrics"]] or list(policies)
    if not judged:
        return
    policy = max(judged, key=lambda row: row["clocks_count"])
    week = _week(report("weeks", policy=policy["policy"]))
    if week is None:
        return
    monday = week["week_start"]
    address = Scope(policy, Period("week", monday, monday)).link(HOME, words.language)
    documents.way_on(Link(words("upload.result.look"), address), words)
    name = policy["name"] or words("filter.no_policy")
    note = words("upload.result.look_note", policy=name, week=words.period("week", monday, monday + timedelta(days=6)))
    blocks.quiet(note if week["decided_count"] else words("upload.result.look_plain"), words)


def _week(weeks: Rows) -> Row | None:
    """The newest week with enough decided clocks, else the one with most, else the newest with any clock at all."""
    enough = (row for row in weeks if row["decided_count"] >= ENOUGH)
    decided = sorted((row for row in weeks if row["decided_count"]), key=lambda row: -row["decided_count"])
    any_clock = (row for row in weeks if row["running_count"] or row["excluded_count"])
    return next(chain(enough, decided, any_clock), None)


def _files(files: Rows, words: Words) -> None:
    head = [words(f"upload.result.{name}") for name in ("file", "read_as", *COUNTS, "times")]
    head += [words("upload.trait.dates"), words("upload.trait.encoding")]
    lines: list[list[Cell]] = [
        [
            sentences.short(row["file"]),
            _read_as(row, words),
            *(words.number(row[name]) for name in COUNTS),
            words.zone(row["timezone"]),
            sentences.sure(row["dates"], row["dates_certainty"], words.named("upload.dates", row["dates"]), words),
            (row["encoding"] or "").upper(),
        ]
        for row in files
    ]
    if len(files) > 1:
        totals = [words.number(sum(row[name] for row in files)) for name in COUNTS]
        lines.append([words("upload.result.all"), "", *totals, "", "", ""])
    documents.table(words("upload.title.result"), head, lines, words)


def _read_as(row: Row, words: Words) -> str:
    title = sentences.title(row["format"], _titles().get(row["format"], str(row["format"])), words)
    return words("upload.ask.fits", format=words.isolated(title), kind=words.named("upload.kind", row["kind"]))


@cache
def _titles() -> dict[str, str]:
    """What the project's formats are called; one of the person's own has its name alone here."""
    return {name: format_.title for name, format_ in read_formats(ROOT / "data" / "formats").items()}


def _rejected(words: Words) -> None:
    counted = report("rejections")
    if not counted:
        blocks.paragraph(words("upload.result.rejected_none"), words)
        return
    blocks.paragraph(words("upload.result.rejected", count=sum(row["rows_count"] for row in counted)), words)
    head = [words(f"upload.result.{name}") for name in ("file", "rejected_reason", "rejected_rows")]
    lines: list[list[Cell]] = [
        [sentences.short(row["file"]), Quoted(row["reason"], "en"), words.number(row["rows_count"])]
        for row in counted[:20]
    ]
    documents.table(words("upload.result.rejected_reason"), head, lines, words)
    st.download_button(
        words("upload.result.download_rejected"),
        partial(_rejected_rows, in_use()),  # made only for whoever asks, which is no run of the page
        file_name="rejected-rows.csv",
        mime="text/csv",
        key="upload rejected rows",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _rejected_rows(answers: Answers) -> bytes:
    """File, line, reason and text of each rejected row as CSV in which no text is a formula."""
    rows = answers.ask("rejected_rows", {})
    return tables.file_of([{name: row[name] for name in ("file", "line", "reason", "row_text")} for row in rows])
