"""Builds a snapshot: exports in, every clock measured and checked, one file out that nobody sees before it is whole."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from sla import publication
from sla.errors import Refused
from sla.intake import IntakeSummary, read_exports
from sla.intake.questions import Answer
from sla.intake.sources import LIMITS, Limits
from sla.models import run_models
from sla.policies.model import Policy
from sla.policies.reader import read_policies
from sla.policies.tables import policy_tables
from sla.progress import Progress, part, silent

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "queries"
POLICIES = ROOT / "data" / "policies"
FORMATS = ROOT / "data" / "formats"
SNAPSHOTS = ROOT / "data" / "snapshots"
TICKETS_A_SHARD = 500_000


@dataclass(frozen=True)
class Summary:
    """What a build did. `snapshot` is the path of the file, `as_of` an instant in UTC; `notes` are plain sentences."""

    snapshot: str
    as_of: datetime
    is_current: bool
    files: list[dict[str, Any]]
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    tickets: int
    events: int
    clocks: int
    outcomes: dict[str, int]
    notes: list[str]

    def as_json(self) -> dict[str, Any]:
        """The summary as values that JSON knows; instants as ISO 8601 with Z."""
        return asdict(self) | {"as_of": f"{self.as_of.isoformat()}Z"}


def build(
    exports: list[Path],
    *,
    policies: Path = POLICIES,
    out: Path = SNAPSHOTS,
    publish: bool = True,
    as_of: datetime | None = None,
    timezone: str | None = None,
    default_policy: str | None = None,
    format_name: str | None = None,
    dates: str | None = None,
    encoding: str | None = None,
    said: Mapping[str, str] = MappingProxyType({}),
    tickets_a_shard: int = TICKETS_A_SHARD,
    answers: Mapping[str, Answer] = MappingProxyType({}),
    progress: Progress = silent,
) -> Summary:
    """The summary of a new snapshot of these exports, published unless told otherwise.

    `as_of` is an instant in UTC without a zone (None: the newest creation, event or update accepted). `answers` is what
    a person said of a file, by its SHA-256; `dates`, `encoding` and `said` are of every file, as in read_exports.
    Raises Refused, and leaves `out` as it was, where anything keeps the snapshot from being right.
    """
    progress("reading policies", 0)
    known = read_policies(policies)
    require_policy(default_policy, known)
    machine_now = datetime.now(UTC).replace(tzinfo=None)
    with publication.workshop(out) as workshop:
        file = workshop / "snapshot.building"
        summary = build_file(
            file,
            exports,
            known,
            workshop=workshop,
            as_of=as_of,
            timezone=timezone,
            default_policy=default_policy,
            format_name=format_name,
            dates=dates,
            encoding=encoding,
            said=said,
            tickets_a_shard=tickets_a_shard,
            answers=answers,
            machine_now=machine_now,
            progress=part(progress, 0.02, 0.99),
        )
        progress("publishing", 0.99)
        snapshot = publication.place(file, out, machine_now)
    if publish:
        publication.make_current(snapshot)
    progress("done", 1)
    return replace(summary, snapshot=str(snapshot), is_current=publish)


def build_file(
    file: Path,
    exports: list[Path],
    policies: list[Policy],
    *,
    workshop: Path,
    machine_now: datetime,
    as_of: datetime | None = None,
    timezone: str | None = None,
    default_policy: str | None = None,
    format_name: str | None = None,
    dates: str | None = None,
    encoding: str | None = None,
    said: Mapping[str, str] = MappingProxyType({}),
    formats: Path = FORMATS,
    tickets_a_shard: int = TICKETS_A_SHARD,
    memory: int | None = None,
    answers: Mapping[str, Answer] = MappingProxyType({}),
    limits: Limits = LIMITS,
    progress: Progress = silent,
) -> Summary:
    """The summary of the new snapshot `file`, closed and checked, that nobody has published.

    `memory` is in bytes (None: half of the machine's, at most 6 GiB); `workshop` is a folder for what spills; `limits`:
    what the exports may take. Raises Refused where anything keeps the snapshot from being right.
    """
    with duckdb.connect(str(file)) as con:
        _prepare(con, workshop, memory or _working_memory())
        intake = read_exports(
            con,
            exports,
            timezone=timezone,
            format_name=format_name,
            default_policy=default_policy,
            as_of=as_of,
            machine_now=machine_now,
            formats_dir=formats,
            queries=QUERIES,
            progress=part(progress, 0, 0.6),
            answers=answers,
            dates=dates,
            encoding=encoding,
            said=said,
            limits=limits,
            workshop=workshop,
        )
        measure(con, policies, intake.as_of, tickets_a_shard=tickets_a_shard, progress=part(progress, 0.6, 0.96))
        _describe(con, intake, default_policy, machine_now)
        progress("checking", 0.96)
        _check(con, intake.as_of)
        return Summary(snapshot=str(file), is_current=False, **_summary(con, intake))


def measure(
    con: duckdb.DuckDBPyConnection,
    policies: list[Policy],
    as_of: datetime,
    *,
    tickets_a_shard: int = TICKETS_A_SHARD,
    progress: Progress = silent,
) -> None:
    """Measures every clock of the tickets in `con` and leaves the policy tables, `clock_facts` and the marts there."""
    first_at, last_at = _row(con, "time_span", as_of=as_of)
    for name, table in policy_tables(policies, first_at, last_at).items():
        con.from_arrow(table).create(name)
    counts = _row(con, "shard_sizes")
    by_number, by_subject = (-(-count // tickets_a_shard) for count in counts)
    if sum(counts) <= tickets_a_shard:
        by_number, by_subject = 1, 0
    shards = by_number + by_subject
    for shard in range(shards):
        share = f" (part {shard + 1} of {shards})" if shards > 1 else ""
        of_shard = part(progress, 0.95 * shard / shards, 0.95 * (shard + 1) / shards)
        _execute(con, "shard_tickets", shard=shard, number_shards=by_number, subject_shards=by_subject)
        _run_clock(con, as_of, f"measuring clocks{share}", of_shard)
        if shard == 0:
            _execute(con, "clock_facts")
        _execute(con, "add_clock_facts")
    gathering = part(progress, 0.95, 1)
    run_models(
        con, QUERIES / "marts", {"as_of": as_of}, lambda _, done: gathering("gathering what pages ask for", done)
    )


def _run_clock(con: duckdb.DuckDBPyConnection, as_of: datetime, step: str, progress: Progress) -> None:
    run_models(con, QUERIES / "clock", {"as_of": as_of}, lambda _, done: progress(step, 0.8 * done))


def require_policy(default_policy: str | None, known: list[Policy]) -> None:
    """Raises Refused where `default_policy` is the id of no policy that is known."""
    ids = sorted({policy.id for policy in known})
    if default_policy is not None and default_policy.strip().lower() not in {name.lower() for name in ids}:
        raise Refused(f"--policy names {default_policy!r}, which no policy file has; there are {', '.join(ids)}.")


def _prepare(con: duckdb.DuckDBPyConnection, workshop: Path, memory: int) -> None:
    _execute(con, "utc")
    _execute(con, "memory", limit=f"{memory // 2**20}MiB")
    _execute(con, "spill_to", folder=str(workshop / "spill"))


def _working_memory() -> int:
    """Bytes that a build works in before it spills: half of the machine's, at most 6 GiB."""
    return min(6 * 2**30, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2)


def _describe(
    con: duckdb.DuckDBPyConnection, intake: IntakeSummary, default_policy: str | None, built_at: datetime
) -> None:
    _execute(
        con,
        "snapshot",
        as_of=intake.as_of,
        built_at=built_at.replace(microsecond=0),
        timezone=intake.timezone,
        timezone_is_assumed=intake.timezone_was_assumed,
        default_policy=default_policy,
        duckdb_version=duckdb.__version__,
        holidays_version=version("holidays"),
        tzdata_version=version("tzdata"),
    )


def _check(con: duckdb.DuckDBPyConnection, as_of: datetime) -> None:
    for path in sorted((QUERIES / "checks").glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        cursor = con.execute(sql, {"as_of": as_of} if "$as_of" in sql else None)
        names = [column[0] for column in cursor.description or []]
        wrong = cursor.fetchall()
        if wrong:
            found = ", ".join(f"{name} {value}" for name, value in zip(names, wrong[0], strict=True))
            raise Refused(f"The new snapshot fails the check '{path.stem}' ({found}) and was not published.")


def _summary(con: duckdb.DuckDBPyConnection, intake: IntakeSummary) -> dict[str, Any]:
    tickets, events, clocks = _row(con, "totals")
    outcomes = dict.fromkeys(("met", "breached", "running", "excluded"), 0)
    outcomes |= dict(con.execute(_query("outcomes")).fetchall())
    words = con.execute(_query("unknown_words")).fetchall()
    (early,) = _row(con, "early_replies")
    listed = "'python -m sla report warnings' lists them"
    notes = [f"Replies dated before their ticket's creation, which stop nothing: {early}; {listed}."] if early else []
    (late,) = _row(con, "late_ratings")
    notes += [f"Tickets with a rating given after the as-of instant, which takes no part: {late}."] if late else []
    notes += [f"Status {word!r} is unknown and counts as open; tickets with it: {count}." for word, count in words]
    return {
        "as_of": intake.as_of,
        "files": [asdict(file) for file in intake.files],
        "rows_read": intake.rows_read,
        "rows_accepted": intake.rows_accepted,
        "rows_rejected": intake.rows_rejected,
        "tickets": tickets,
        "events": events,
        "clocks": clocks,
        "outcomes": outcomes,
        "notes": [*intake.notes, *notes],
    }


def _query(name: str) -> str:
    return (QUERIES / "snapshot" / f"{name}.sql").read_text(encoding="utf-8")


def _execute(con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    con.execute(_query(name), parameters or None)


def _row(con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> tuple[Any, ...]:
    row: tuple[Any, ...] = con.execute(_query(name), parameters or None).fetchall()[0]
    return row
