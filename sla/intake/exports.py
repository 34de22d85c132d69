"""Reads exports of any known format into the tables that a build starts from."""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa

from sla.errors import Refused
from sla.intake.converted import Rejected
from sla.intake.dates import YEAR_FIRST, are_year_first, require_order, settle_dates
from sla.intake.formats import COLUMNS, DATES, Format, read_formats
from sla.intake.planning import Plan, Read, plan_file, require_zone
from sla.intake.questions import Answer
from sla.intake.reading import load, locate
from sla.intake.sources import LIMITS, Limits, find_sources
from sla.intake.summary import IntakeSummary, summarise
from sla.intake.unconfirmed import require_said, told_by_events, unknown_answers
from sla.models import run_models, run_statement
from sla.progress import Progress

LONGEST_TEXT = 20_000
_AT_ONCE = 10_000  # rejected rows in memory
_BIG_TABLES = ("stg_event_rows", "stg_ticket_rows", "stg_candidates", "stg_winners", "stg_log_changes")
_WORDS = pa.schema([(name, pa.string()) for name in ("format", "column_name", "written", "word")])
_REJECTED = pa.schema([("file", pa.string()), ("line", pa.int64()), ("reason", pa.string()), ("row", pa.string())])


def read_exports(
    con: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    *,
    timezone: str | None,
    format_name: str | None,
    default_policy: str | None,
    as_of: datetime | None,
    machine_now: datetime,
    formats_dir: Path,
    queries: Path,
    progress: Progress,
    answers: Mapping[str, Answer] = MappingProxyType({}),
    dates: str | None = None,
    encoding: str | None = None,
    said: Mapping[str, str] = MappingProxyType({}),
    limits: Limits = LIMITS,
    workshop: Path | None = None,
) -> IntakeSummary:
    """What was read; the tables tickets, events, ratings, accounts, agents, rejected_rows, source_files and
    format_statuses then stand in the main database of `con`, all of them or none.

    `paths` are files, folders and zips, in any order. `timezone` is an IANA name for instants without an offset whose
    format names none. `as_of` and `machine_now` without a zone are UTC; without `as_of` a row with an instant more than
    a day after `machine_now` is rejected. `answers` is what a person said of a file, by its SHA-256; `dates` and
    `encoding` are said of every file, and so is `said`, the answers to formats' own questions by their id. What
    has to be written stands in a folder of its own within `workshop` (None: where temporary files do). Raises
    `Refused` where there is nothing to read, where a file is no export or more than `limits` allows, where a zone or
    format is unknown, where something has to be asked first, and where no ticket was accepted.
    """
    require_zone(timezone, "--timezone")
    if dates not in (None, *DATES):
        raise Refused(f"--dates names {dates!r}: expected one of {', '.join(DATES)}.")
    formats = read_formats(formats_dir)
    now = _utc(machine_now) + timedelta(days=1)
    parameters: dict[str, object] = {
        "latest_at": None if as_of else now,
        "as_of": _utc(as_of) if as_of else None,
        "default_policy": default_policy,
    }
    statements = {path.stem: path.read_text(encoding="utf-8") for path in sorted((queries / "intake").glob("*.sql"))}
    with tempfile.TemporaryDirectory(prefix="sla-intake-", dir=workshop) as folder:
        sources, notes = find_sources(paths, Path(folder), limits)
        for_all = Answer(format=format_name, timezone=timezone, dates=dates, encoding=encoding, said=said)
        plans = [
            plan_file(source, Path(folder), number, formats, answers.get(source.sha256, Answer()), for_all, limits)
            for number, source in enumerate(sources)
        ]
        if unknown := unknown_answers(said, [plan.match for plan in plans]):
            raise Refused(f"--say names {unknown[0]!r}: no question of these files' formats has that answer.")
        for plan in plans:
            require_said(plan.source.name, plan.match, plan.asked)
        told = told_by_events([plan.match for plan in plans])
        plans = [replace(plan, match=match) for plan, match in zip(plans, told, strict=True)]
        loaded = _load_all(con, statements, plans, Path(folder), limits, progress)
        notes += [note for plan, result in zip(plans, loaded, strict=True) for note in plan.notes(result)]
        con.begin()
        try:
            summary = _make_tables(con, statements, queries, parameters, plans, loaded, timezone, notes, progress)
        except BaseException:
            con.rollback()
            raise
        con.commit()
        run_statement(con, "drop_repeated_events", statements["drop_repeated_events"], {})
    return summary


def _load_all(
    con: duckdb.DuckDBPyConnection,
    statements: dict[str, str],
    plans: list[Plan],
    room: Path,
    limits: Limits,
    progress: Progress,
) -> list[Read]:
    for name in ("intake_files", "format_words", "as_plain_signs", *(f"raw_{kind}" for kind in COLUMNS)):
        run_statement(con, name, statements[name], {})
    first_places = dict.fromkeys(COLUMNS, 0)
    results = []
    total, read = sum(plan.source.size for plan in plans), 0
    for file_no, plan in enumerate(plans):
        kind = plan.match.file_kind.kind
        progress(f"reading {plan.source.name} ({plan.match.format.name} {kind})", 0.4 * read / max(1, total))
        loaded = load(con, statements[f"read_{kind}"], file_no, plan.file, plan.match, room, limits.rows)
        if are_year_first(con, statements["date_span"], file_no):
            settled = YEAR_FIRST
        else:
            settled = settle_dates(con, statements["date_evidence"], file_no, plan.match.format, plan.dates)
        result = Read(loaded, settled, require_order(plan.source.name, settled), plan.zone(loaded.trailing))
        _note_file(con, file_no, plan, result, first_places[kind])
        first_places[kind] += loaded.rows
        results.append(result)
        read += plan.source.size
    con.from_arrow(_words({plan.match.format.name: plan.match.format for plan in plans})).insert_into("format_words")
    return results


def _note_file(con: duckdb.DuckDBPyConnection, file_no: int, plan: Plan, result: Read, first_place: int) -> None:
    con.table("intake_files").insert(
        (
            file_no,
            plan.source.name,
            plan.match.format.name,
            plan.match.file_kind.kind,
            plan.source.sha256,
            plan.source.size,
            result.zone.value or "UTC",
            result.zone.value is None,
            result.dates,
            plan.match.file_kind.constants,
            list(plan.match.file_kind.initial_statuses),
            first_place,
            result.loaded.rows,
            len(result.loaded.unreadable),
            plan.file.encoding.value,
            plan.file.mark,
            result.settled.told.certainty,
        )
    )


def _words(formats: dict[str, Format]) -> pa.Table:
    words = [
        {"format": format_.name, "column_name": column, "written": spelling, "word": word}
        for format_ in formats.values()
        for column, lists in {"status": format_.statuses, **format_.words}.items()
        for word, spellings in lists.items()
        for spelling in spellings
    ]
    return pa.Table.from_pylist(words, _WORDS)


def _make_tables(
    con: duckdb.DuckDBPyConnection,
    statements: dict[str, str],
    queries: Path,
    parameters: dict[str, object],
    plans: list[Plan],
    loaded: list[Read],
    timezone: str | None,
    notes: list[str],
    progress: Progress,
) -> IntakeSummary:
    sorting = "sorting out tickets and events"
    run_models(con, queries / "staging", parameters, lambda _, done: progress(sorting, 0.4 + 0.6 * done))
    run_statement(con, "rejected_rows", statements["rejected_rows"], {})
    count, first = _note_rejected(con, plans, loaded)
    notes += _unread_parts(con, plans, loaded)
    if not con.table("tickets").limit(1).fetchall():
        raise Refused(f"No ticket was accepted, so nothing can be measured{_first_reason(count, first)}.")
    as_of = con.table("stg_as_of").fetchall()[0][0]
    summary = summarise(con, as_of, timezone, notes)
    for name in [f"raw_{kind}" for kind in COLUMNS] + [f"drop_{table}" for table in _BIG_TABLES]:
        run_statement(con, name, statements[name], {})
    return summary


def _note_rejected(
    con: duckdb.DuckDBPyConnection, plans: list[Plan], loaded: list[Read]
) -> tuple[int, dict[str, Any] | None]:
    """Fills rejected_rows, file by file and line by line; returns how many there are, and the first.

    A few at a time, for a large file may have no other rows.
    """
    reasons: dict[int, dict[int, str]] = {}
    for file_no, row_no, reason in con.table("stg_rejects").fetchall():
        reasons.setdefault(file_no, {})[row_no] = sys.intern(reason)
    count, first = 0, None
    for file_no, (plan, result) in enumerate(zip(plans, loaded, strict=True)):
        found = _rejected_of(plan, result, reasons.pop(file_no, {}))
        while rows := list(islice(found, _AT_ONCE)):
            named = [(plan.source.name, row.line, row.reason, _cut(row.text)) for row in rows]
            told = [dict(zip(_REJECTED.names, row, strict=True)) for row in named]
            con.from_arrow(pa.Table.from_pylist(told, _REJECTED)).insert_into("rejected_rows")
            count, first = count + len(rows), first or told[0]
    return count, first


def _rejected_of(plan: Plan, result: Read, reasons: dict[int, str]) -> Iterator[Rejected]:
    """The rejected rows of a file in the order of their lines."""
    unreadable = sorted(result.loaded.unreadable, key=lambda row: row.line)
    if not reasons:
        return iter(unreadable)
    records = locate(plan.file, plan.match, result.loaded, reasons)
    read = (Rejected(record.line, reasons[place], plan.file.as_written(record)) for place, record in records)
    return merge(unreadable, read, key=lambda row: row.line)


def _unread_parts(con: duckdb.DuckDBPyConnection, plans: list[Plan], loaded: list[Read]) -> list[str]:
    """What could not be read of rows that were accepted, such as a rating: how much of each file, and the first."""
    parts: dict[int, list[tuple[int, str]]] = {}
    for file_no, row_no, problem in con.table("stg_unread_parts").fetchall():
        parts.setdefault(file_no, []).append((row_no, problem))
    notes = []
    for file_no, found in sorted(parts.items()):
        row_no, problem = min(found)
        plan, result = plans[file_no], loaded[file_no]
        line = next(locate(plan.file, plan.match, result.loaded, [row_no]))[1].line
        notes.append(
            f"{plan.source.name}: {len(found):,} ratings or messages within accepted rows could not be read, the first "
            f"on line {line}: {problem}."
        )
    return notes


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} …"


def _first_reason(count: int, first: dict[str, Any] | None) -> str:
    if first is None:
        return ": the files have no rows of tickets"
    return f"; the first of {count:,} rejected rows is {first['file']} line {first['line']}: {first['reason']}"


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant
