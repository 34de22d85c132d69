"""What a person should know before reading numbers of their own files, a sentence each, the weightiest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sla.words import Words
from sla.words.week import Row

MOST_WORDS = 5
QUIET = timedelta(days=3)  # a desk may be still for a long weekend; longer, and its file ends there


@dataclass(frozen=True)
class Measured:
    """What reports say of the files: rows of policies, export_ends, source_files, warnings and, of every policy,
    exclusions; the row of snapshot_as_of. `timezone` is that in which days are told.
    """

    policies: Sequence[Row]
    ends: Sequence[Row]
    files: Sequence[Row]
    told: Sequence[Row]
    excluded: Sequence[Row]
    snapshot: Row
    timezone: str


def warnings(measured: Measured, words: Words) -> list[str]:
    """All of them; none where nothing stood out."""
    return [
        *_zone(measured, words),
        *_unmeasured(measured, words),
        *_ends(measured, words),
        *_missing(measured, words),
        *_unknown(measured, words),
        *_rows(measured, words),
    ]


def _zone(measured: Measured, words: Words) -> list[str]:
    snapshot = measured.snapshot
    if not snapshot["timezone_is_assumed"]:
        return []
    return [words("upload.warning.zone_assumed", zone=words.zone(snapshot["timezone"]))]


def _unmeasured(measured: Measured, words: Words) -> list[str]:
    counts = _clocks(measured.excluded, "stop_unknown")
    return [
        words("upload.warning.unmeasured", metric=words.named("metric", metric), count=count)
        for metric, count in counts.items()
    ]


def _clocks(excluded: Sequence[Row], reason: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in excluded:
        if row["reason"] == reason:
            counts[row["metric"]] = counts.get(row["metric"], 0) + row["clocks_count"]
    return counts


def _ends(measured: Measured, words: Words) -> list[str]:
    last_at: datetime = measured.snapshot["as_of"]
    last = _local(last_at, measured.timezone)
    monday = last - timedelta(days=last.weekday())
    week = f"{words.week(monday)} ({words.week_span(monday)})"
    return [
        *ends_early(measured.ends, last_at, measured.timezone, words),
        words("upload.warning.unfinished", day=words.day(last), period=week),
    ]


def ends_early(ends: Iterable[Row], as_of: datetime, timezone: str, words: Words) -> list[str]:
    """A sentence for each row of export_ends that ends days before the as-of instant (UTC), days told in `timezone`."""
    return [
        words(
            "upload.warning.ends_early",
            kind=words.named("upload.kinds", row["kind"]),
            day=words.day(_local(row["newest_at"], timezone)),
            last=words.day(_local(as_of, timezone)),
        )
        for row in ends
        if as_of - row["newest_at"] > QUIET
    ]


def _local(at: datetime, timezone: str) -> date:
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).date()


def _missing(measured: Measured, words: Words) -> list[str]:
    missing = {"no_messages": "tickets_with_messages_count", "no_history": "tickets_with_statuses_count"}
    return [
        words(f"upload.warning.{key}")
        for key, column in missing.items()
        if not any(row[column] for row in measured.policies)
    ]


def _unknown(measured: Measured, words: Words) -> list[str]:
    statuses = [row for row in measured.told if row["kind"] == "unknown_status"]
    found = [
        words("upload.warning.unknown_status", word=row["value"], count=row["tickets_count"])
        for row in statuses[:MOST_WORDS]
    ]
    if len(statuses) > MOST_WORDS:
        found.append(words("upload.warning.unknown_more", count=len(statuses) - MOST_WORDS))
    for reason in ("unknown_policy", "unknown_severity", "unknown_plan"):
        count = sum(_clocks(measured.excluded, reason).values())
        if count:
            found.append(words(f"upload.warning.{reason}", count=count))
    return found


def _rows(measured: Measured, words: Words) -> list[str]:
    superseded = sum(row["rows_superseded"] for row in measured.files)
    early = sum(row["kind"] == "reply_before_creation" for row in measured.told)
    late = sum(row["tickets_count"] for row in measured.told if row["kind"] == "rating_after_as_of")
    counted = {"superseded": superseded, "early": early, "late_ratings": late}
    return [words(f"upload.warning.{key}", count=count) for key, count in counted.items() if count]
