"""Why a clock was breached, in sentences: only what the data prove, nothing that they leave to be guessed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sla.words import Words

Row = Mapping[str, Any]
_ENDINGS = (
    "late_reply",
    "late_notice",
    "late_update",
    "late_solve",
    "solved_without_reply",
    "unanswered",
    "unsolved",
    "unknown",
)


def reasons(row: Row, ending: str, as_of: datetime, zone: str, words: Words) -> tuple[str, ...]:
    """Why a clock was breached, from a row of review_breaches: what ended it, then what the data prove beside it."""
    stopped = row["stopped_local"]
    at = words.weekday_time(stopped) if stopped else words.instant(as_of, zone)
    told = [words(f"review.ending.{ending}", **({} if ending == "unknown" else {"at": at}))]
    if row["regraded_kind"]:
        told.append(_regraded(row, words))
    if row["opens_local"]:
        told.append(words("review.because.out_of_hours", opens=words.weekday_time(row["opens_local"])))
    if row["first_assigned_local"]:
        told.append(words("review.because.assigned_late", at=words.weekday_time(row["first_assigned_local"])))
    if row["handovers_count"]:
        told.append(words("review.because.handed_over", count=row["handovers_count"]))
    if row["carried_s"]:
        told.append(words("review.because.carried", time=words.duration(row["carried_s"])))
    if row["paused_s"]:
        told.append(words("review.because.paused", time=words.duration(row["paused_s"])))
    return tuple(told)


def endings(counted: Mapping[str, int], words: Words) -> str:
    """How many clocks were breached, and how they ended."""
    kinds = [words(f"review.endings.{ending}", count=counted[ending]) for ending in _ENDINGS if counted.get(ending)]
    if not kinds:
        return words("review.breaches.none")
    return words("review.breaches.count", count=sum(counted.values()), kinds=words.listed(kinds))


def _regraded(row: Row, words: Words) -> str:
    was, now = (row["regraded_from"] or words("none"), row["regraded_to"] or words("none"))
    told = words(
        f"review.because.regraded_{row['regraded_kind']}",
        was=was,
        now=now,
        at=words.weekday_time(row["regraded_local"]),
    )
    target_was = row["regraded_from_target_s"]
    if target_was is None or target_was <= row["target_s"]:
        return told
    targets = {"was": words.duration(target_was), "now": words.duration(row["target_s"])}
    is_used_up = row["regraded_local"] == row["due_local"]
    return f"{told} {words('review.because.used_up' if is_used_up else 'review.because.shorter', **targets)}"
