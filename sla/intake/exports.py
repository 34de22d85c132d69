"""Reads exports of any known format into the tables that a build starts from."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import available_timezones

import duckdb
import pyarrow as pa

from sla.errors import Refused
from sla.intake.formats import COLUMNS, Format, read_formats
from sla.intake.inspection import Answer
from sla.intake.reading import Header, Loaded, Rejected, load, locate, read_header
from sla.intake.recognition import Match, recognise
from sla.intake.sources import Source, find_sources
from sla.intake.summary import IntakeSummary, summarise
from sla.models import run_models, run_statement
from sla.progress import Progress

LONGEST_TEXT = 20_000
_BIG_TABLES = ("stg_event_rows", "stg_ticket_rows", "stg_candidates", "stg_winners", "stg_log_changes")
_WORDS = pa.schema([(name, pa.string()) for name in ("format", "column_name", "written", "word")])
_REJECTED = pa.schema([("file", pa.string()), ("line", pa.int64()), ("reason", pa.string()), ("row", pa.string())])


@dataclass(frozen=True)
class _Plan:
    """A file that is going to be read: what it is and in which zone its instants are."""

    source: Source
    header: Header
    match: Match
    timezone: str
    is_zone_assumed: bool


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
) -> IntakeSummary:
    """What was read; the tables tickets, events, ratings, accounts, agents, rejected_rows, source_files and
    format_statuses then stand in the main database of `con`, all of them or none.

    `paths` are files, folders and zips, in any order. `timezone` is an IANA name for instants without an offset whose
    format names none. `as_of` and `machine_now` without a zone are UTC; without `as_of` a row with an instant more than
    a day after `machine_now` is rejected. `answers` is what a person said of a file, by its SHA-256. Raises `Refused`
    where there is nothing to read, where a file is no export, where a zone or format is unknown, and where no ticket
    was accepted.
    """
    _require_zone(timezone, "--timezone")
    formats = read_formats(formats_dir)
    now = _utc(machine_now) + timedelta(days=1)
    parameters: dict[str, object] = {
        "latest_at": None if as_of else now,
        "as_of": _utc(as_of) if as_of else None,
        "default_policy": default_policy,
    }
    statements = {path.stem: path.read_text(encoding="utf-8") for path in sorted((queries / "intake").glob("*.sql"))}
    with tempfile.TemporaryDirectory(prefix="sla-intake-") as folder:
        sources, notes = find_sources(paths, Path(folder))
        plans = [
            _plan(source, formats, format_name, timezone, answers.get(source.sha256, Answer())) for source in sources
        ]
        loaded = _load_all(con, statements, plans, Path(folder), progress)
        con.begin()
        try:
            summary = _make_tables(con, statements, queries, parameters, plans, loaded, timezone, notes, progress)
        except BaseException:
            con.rollback()
            raise
        con.commit()
        run_statement(con, "drop_repeated_events", statements["drop_repeated_events"], {})
    return summary


def _plan(
    source: Source, formats: dict[str, Format], format_name: str | None, timezone: str | None, answer: Answer
) -> _Plan:
    header = read_header(source)
    timezone = answer.timezone or timezone
    match = recognise(source.name, header.names, formats, answer.format or format_name)
    named = {name.casefold(): name for name in available_timezones()}
    own = match.header_zone and named.get(match.header_zone.casefold(), match.header_zone)
    zone = own or match.format.timezone
    _require_zone(zone, source.name if own else f"format {match.format.name}")
    return _Plan(source, header, match, zone or timezone or "UTC", zone is None and timezone is None)


def _require_zone(zone: str | None, where: str) -> None:
    if zone is not None and (zone not in available_timezones() or zone == "localtime"):
        raise Refused(f"{where} names the zone {zone!r}: expected an IANA name such as America/Sao_Paulo or UTC.")


def _load_all(
    con: duckdb.DuckDBPyConnection, statements: dict[str, str], plans: list[_Plan], room: Path, progress: Progress
) -> list[Loaded]:
    for name in ("intake_files", "format_words", *(f"raw_{kind}" for kind in COLUMNS)):
        run_statement(con, name, statements[name], {})
    first_places = dict.fromkeys(COLUMNS, 0)
    results = []
    total, read = sum(plan.source.size for plan in plans), 0
    for file_no, plan in enumerate(plans):
        kind = plan.match.file_kind.kind
        progress(f"reading {plan.source.name} ({plan.match.format.name} {kind})", 0.4 * read / max(1, total))
        result = load(con, statements[f"read_{kind}"], file_no, plan.source, plan.header, plan.match, room)
        _note_file(con, file_no, plan, result, first_places[kind])
        first_places[kind] += result.rows
        results.append(result)
        read += plan.source.size
    con.from_arrow(_words({plan.match.format.name: plan.match.format for plan in plans})).insert_into("format_words")
    return results


def _note_file(con: duckdb.DuckDBPyConnection, file_no: int, plan: _Plan, result: Loaded, first_place: int) -> None:
    con.table("intake_files").insert(
        (
            file_no,
            plan.source.name,
            plan.match.format.name,
            plan.match.file_kind.kind,
            plan.source.sha256,
            plan.source.size,
            plan.timezone,
            plan.is_zone_assumed,
            plan.match.format.dates,
            plan.match.file_kind.constants,
            list(plan.match.file_kind.initial_statuses),
            first_place,
            result.rows,
            len(result.unreadable),
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
    plans: list[_Plan],
    loaded: list[Loaded],
    timezone: str | None,
    notes: list[str],
    progress: Progress,
) -> IntakeSummary:
    sorting = "sorting out tickets and events"
    run_models(con, queries / "staging", parameters, lambda _, done: progress(sorting, 0.4 + 0.6 * done))
    run_statement(con, "rejected_rows", statements["rejected_rows"], {})
    rejected = _rejected(con, plans, loaded)
    if rejected.num_rows:
        con.from_arrow(rejected).insert_into("rejected_rows")
    if not con.table("tickets").limit(1).fetchall():
        raise Refused(f"No ticket was accepted, so nothing can be measured{_first_reason(rejected)}.")
    as_of = con.table("stg_as_of").fetchall()[0][0]
    summary = summarise(con, as_of, timezone, notes)
    for name in [f"raw_{kind}" for kind in COLUMNS] + [f"drop_{table}" for table in _BIG_TABLES]:
        run_statement(con, name, statements[name], {})
    return summary


def _rejected(con: duckdb.DuckDBPyConnection, plans: list[_Plan], loaded: list[Loaded]) -> pa.Table:
    reasons: dict[int, dict[int, str]] = {}
    for file_no, row_no, reason in con.table("stg_rejects").fetchall():
        reasons.setdefault(file_no, {})[row_no] = reason
    rows = []
    for file_no, (plan, result) in enumerate(zip(plans, loaded, strict=True)):
        found = list(result.unreadable)
        if file_no in reasons:
            wanted = reasons[file_no]
            records = locate(plan.source, plan.match, len(plan.header.names), result.is_mended, list(wanted))
            found += [Rejected(record.line, wanted[place], record.text) for place, record in records.items()]
        rows += [(plan.source.name, row.line, row.reason, _cut(row.text)) for row in found]
    return pa.Table.from_pylist([dict(zip(_REJECTED.names, row, strict=True)) for row in sorted(rows)], _REJECTED)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} …"


def _first_reason(rejected: pa.Table) -> str:
    if not rejected.num_rows:
        return ": the files have no rows of tickets"
    first = rejected.slice(0, 1).to_pylist()[0]
    return (
        f"; the first of {rejected.num_rows:,} rejected rows is {first['file']} line {first['line']}: {first['reason']}"
    )


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant
