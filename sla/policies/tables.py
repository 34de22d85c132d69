"""Policies as the tables of a snapshot (`queries/README.md`, "What policies leave")."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from sla.policies.calendars import ClosedSpan
from sla.policies.horizon import EPOCH, calendar_time
from sla.policies.model import Calendar, Plan, Policy, Severity, Target, Texts, word_key
from sla.policies.reader import in_order
from sla.policies.schemas import SCHEMAS
from sla.policies.target_reader import cells

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Version:
    """A policy version with the numbers that its tables know it by."""

    number: int
    policy: Policy
    valid_until_at: datetime | None
    targets: tuple[tuple[int, Target], ...]
    calendars: tuple[tuple[int, Calendar], ...]

    def calendar_no(self, name: str) -> int:
        return next(number for number, calendar in self.calendars if calendar.name == name)


def policy_tables(policies: Sequence[Policy], since: datetime, as_of: datetime) -> dict[str, pa.Table]:
    """Every table that policies leave, by name, with the same columns and types whatever the input, empty too.

    `since` is the earliest instant that a clock can start at, `as_of` the latest (naive UTC); calendars reach from
    before the one to beyond every target after the other. Numbers count from 1. Raises Refused for a calendar that no
    longer opens long enough for a target.
    """
    versions = _versions(in_order(list(policies)))
    rows: dict[str, Callable[[Version], Iterable[Row]]] = {
        "policy_files": _files,
        "policy_versions": _version_rows,
        "policy_severities": _severities,
        "policy_plans": _plans,
        "severity_words": _severity_words,
        "plan_words": _plan_words,
        "status_words": _status_words,
        "tag_words": _tag_words,
        "targets": _targets,
        "target_pauses": _target_pauses,
        "target_grid": _target_grid,
        "readings": _readings,
        "calendars": _calendars,
    }
    tables = {name: _table(name, [row for version in versions for row in of(version)]) for name, of in rows.items()}
    return tables | _time_tables(versions, since, as_of)


def valid_from_at(policy: Policy) -> datetime | None:
    """The instant (naive UTC) at which the day of `valid_from` begins in the reporting time zone; None: since ever."""
    if policy.valid_from is None:
        return None
    midnight = datetime.combine(policy.valid_from, time(), ZoneInfo(policy.reporting_timezone))
    return midnight.astimezone(UTC).replace(tzinfo=None)


def _versions(policies: list[Policy]) -> list[Version]:
    versions: list[Version] = []
    target_no = calendar_no = 0
    for number, policy in enumerate(policies, start=1):
        following = policies[number] if number < len(policies) else None
        is_followed = following is not None and word_key(following.id) == word_key(policy.id)
        versions.append(
            Version(
                number=number,
                policy=policy,
                valid_until_at=valid_from_at(following) if following and is_followed else None,
                targets=tuple(enumerate(policy.targets, start=target_no + 1)),
                calendars=tuple(enumerate(policy.calendars, start=calendar_no + 1)),
            )
        )
        target_no += len(policy.targets)
        calendar_no += len(policy.calendars)
    return versions


def _table(name: str, rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMAS[name])


def _pairs(texts: Texts) -> list[tuple[str, str]]:
    return list(texts.items())


def _files(version: Version) -> Iterator[Row]:
    policy = version.policy
    yield {"file": Path(policy.file).name, "sha256": policy.sha256, "policy": policy.id, "text": policy.text}


def _version_rows(version: Version) -> Iterator[Row]:
    policy = version.policy
    yield {
        "version_no": version.number,
        "policy": policy.id,
        "valid_from_at": valid_from_at(policy),
        "valid_until_at": version.valid_until_at,
        "objective": policy.objective,
        "default_plan": policy.default_plan,
        "default_calendar_no": version.calendar_no(policy.default_calendar),
        "reporting_timezone": policy.reporting_timezone,
        "duplicates": policy.duplicates,
        "stops_on": policy.stops_on,
        "knows_all_severities": policy.knows_all_severities,
        "knows_all_plans": policy.knows_all_plans,
        "names": _pairs(policy.names),
        "sources": _pairs(policy.sources),
    }


def _severities(version: Version) -> Iterator[Row]:
    for position, severity in enumerate(version.policy.severities, start=1):
        names = _pairs(severity.names)
        yield {"version_no": version.number, "severity": severity.code, "position": position, "names": names}


def _plans(version: Version) -> Iterator[Row]:
    for position, plan in enumerate(version.policy.plans, start=1):
        yield {"version_no": version.number, "plan": plan.code, "position": position, "names": _pairs(plan.names)}


def _severity_words(version: Version) -> Iterator[Row]:
    for key, code in _meanings(version.policy.severities):
        yield {"version_no": version.number, "severity_key": key, "severity": code}


def _plan_words(version: Version) -> Iterator[Row]:
    for key, code in _meanings(version.policy.plans):
        yield {"version_no": version.number, "plan_key": key, "plan": code}


def _meanings(items: Sequence[Severity] | Sequence[Plan]) -> list[tuple[str, str]]:
    """Every word of severities or plans, once, with its code."""
    return list({word_key(word): item.code for item in items for word in item.words}.items())


def _status_words(version: Version) -> Iterator[Row]:
    for status_class, words in version.policy.statuses.items():
        for word in words:
            yield {"version_no": version.number, "status_key": word_key(word), "status_class": status_class}


def _tag_words(version: Version) -> Iterator[Row]:
    for tag_class, words in version.policy.tags.items():
        for word in words:
            yield {"version_no": version.number, "tag_key": word_key(word), "tag_class": tag_class}


def _targets(version: Version) -> Iterator[Row]:
    for number, target in version.targets:
        yield {
            "target_no": number,
            "version_no": version.number,
            "metric": target.metric,
            "target_s": target.target_s,
            "within": target.within,
            "calendar_no": version.calendar_no(target.calendar),
            "stops_on": target.stops_on,
            "pauses_on_waiting": target.pauses_on_waiting,
            "clauses": _pairs(target.clauses),
        }


def _target_pauses(version: Version) -> Iterator[Row]:
    for number, target in version.targets:
        for word in target.pause_on or ():
            yield {"target_no": number, "status_key": word_key(word)}


def _target_grid(version: Version) -> Iterator[Row]:
    policy = version.policy
    severities = [severity.code for severity in policy.severities]
    plans = [] if policy.knows_all_plans else [plan.code for plan in policy.plans]
    for number, target in version.targets:
        for severity, plan in cells(target, severities, plans):
            yield {
                "version_no": version.number,
                "metric": target.metric,
                "severity": severity,
                "plan": plan,
                "target_no": number,
            }


def _readings(version: Version) -> Iterator[Row]:
    for position, reading in enumerate(version.policy.readings, start=1):
        yield {
            "version_no": version.number,
            "reading_no": position,
            "questions": _pairs(reading.questions),
            "chosen": _pairs(reading.chosen),
        }


def _calendars(version: Version) -> Iterator[Row]:
    for number, calendar in version.calendars:
        yield {
            "calendar_no": number,
            "version_no": version.number,
            "calendar": calendar.name,
            "timezone": calendar.timezone,
            "is_always": calendar.is_always,
        }


def _time_tables(versions: list[Version], since: datetime, as_of: datetime) -> dict[str, pa.Table]:
    spans: list[Row] = []
    holidays: list[Row] = []
    exceptions: list[Row] = []
    for version in versions:
        for number, calendar in version.calendars:
            opened, dates, closed = calendar_time(version.policy, calendar, since, as_of)
            spans.extend(_span_rows(number, opened))
            holidays.extend({"calendar_no": number, "holiday_on": day, "name": name} for day, name in dates)
            exceptions.extend(_exception_rows(number, closed))
    return {
        "calendar_holidays": _table("calendar_holidays", holidays),
        "calendar_exceptions": _table("calendar_exceptions", exceptions),
        "calendar_spans": _table("calendar_spans", spans),
    }


def _exception_rows(number: int, closed: Iterable[ClosedSpan]) -> Iterator[Row]:
    for span in closed:
        yield {
            "calendar_no": number,
            "reason": span.reason,
            "shift_on": span.shift_on,
            "name": span.name,
            "from_at": span.from_at,
            "until_at": span.until_at,
        }


def _span_rows(number: int, spans: list[tuple[datetime, datetime]]) -> Iterator[Row]:
    """The spans of a calendar with the open seconds before each, after an empty one that stands before all time."""
    open_before = 0
    for opens, closes in [(EPOCH, EPOCH), *spans]:
        yield {"calendar_no": number, "opens_at": opens, "closes_at": closes, "open_before_s": open_before}
        open_before += (closes - opens) // timedelta(seconds=1)
