"""Definitions, policies and readings in words: each function takes a value of a policy or a row and gives text."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Literal

from sla.policies.listing import in_language
from sla.policies.model import Calendar, Plan, Policy, Severity, Target, Windows
from sla.words import Words
from sla.words.calendars import calendar_name, opening

Row = Mapping[str, Any]
TERMS = (
    *("first_response", "next_response", "periodic_update", "resolution", "elapsed", "met", "breached", "running"),
    *("excluded", "attainment", "percentile", "satisfaction", "week", "as_of"),
)
RULES = (
    *("seconds", "unanswered", "regrading", "solved", "reopened", "pauses", "messages", "replies", "days", "version"),
    "credit",
)
FEWEST = 10  # decided clocks; fewer are too few for a share (rule 22)


def terms(words: Words) -> dict[str, str]:
    """What each number means, by its name."""
    return {_term(code, words): words(f"definitions.term.{code}") for code in TERMS}


def rules(words: Words) -> list[str]:
    """The rules that a reader could dispute, a sentence or two each."""
    return [words(f"definitions.rule.{code}") for code in RULES]


def title(policy: Policy, words: Words) -> str:
    """The name of a policy's version."""
    name = in_language(policy.names, words.language) or policy.id
    if policy.valid_from is None:
        return words("definitions.policy.only", name=name)
    return words("definitions.policy.version", name=name, day=words.day(policy.valid_from))


def facts(policy: Policy, words: Words) -> dict[str, str]:
    """What holds for a whole version, by the name of the fact."""
    since = words.day(policy.valid_from) if policy.valid_from else words("definitions.fact.since_ever")
    told = {
        "valid_from": since,
        "zone": words.zone(policy.reporting_timezone),
        "objective": objective(policy, words),
        "default_plan": _named(policy.plans, policy.default_plan, words) if policy.default_plan else None,
        "default_calendar": calendar_name(policy.calendar(policy.default_calendar), words),
        "ends": words(f"definitions.fact.{policy.stops_on}"),
        "duplicates": words("definitions.fact.same_subject") if policy.duplicates else None,
    }
    told |= {f"statuses_{name}": as_written(listed) for name, listed in policy.statuses.items()}
    told |= {f"tags_{name}": as_written(listed) for name, listed in policy.tags.items()}
    return {words(f"definitions.fact.{name}"): text for name, text in told.items() if text}


def objective(policy: Policy, words: Words) -> str:
    """The aim, which no document gives."""
    if policy.objective is None:
        return words("definitions.fact.objective_none")
    return words("definitions.fact.objective_ours", objective=words.objective(policy.objective))


def codes(
    kind: Literal["severity", "plan"],
    items: Sequence[Severity] | Sequence[Plan],
    chosen: Sequence[str] | None,
    words: Words,
) -> str:
    """The severities or plans that a target names; every one where it names none."""
    if chosen is None:
        return words(f"definitions.fact.every_{kind}")
    return words.listed([_named(items, code, words) for code in chosen])


def stops(target: Target, words: Words) -> str:
    """What ends a clock of this target."""
    match target.metric, target.stops_on:
        case "first_response", "acknowledged":
            return words("definitions.policy.notice")
        case (("first_response" | "next_response"), _):
            return words("definitions.policy.reply")
        case "periodic_update", _:
            return words("definitions.policy.next")
    return words("definitions.policy.solve")


def stands(target: Target, words: Words) -> str:
    """In which statuses a clock of this target stands still."""
    if target.pauses_on_waiting:
        return words("definitions.policy.waiting")
    return as_written(target.pause_on or ()) or words("definitions.policy.nothing")


def as_written(listed: Iterable[str]) -> str:
    """Words of a helpdesk in whatever scripts, one beside the other, none turning its neighbours around."""
    return " · ".join(f"\u2068{word}\u2069" for word in listed)


def hours(calendar: Calendar, words: Words) -> list[str]:
    """The hours of a week, neighbouring days with the same hours together; in words where it never shuts."""
    if calendar.is_always:
        return [words("definitions.policy.always")]
    lines: list[str] = []
    for windows, days in groupby(enumerate(calendar.hours, 1), lambda day: day[1]):
        numbers = [number for number, _ in days]
        first, last = words.weekday(numbers[0]), words.weekday(numbers[-1])
        shown = opening(windows, words)
        if first == last:
            lines.append(words("definitions.policy.day", day=first, hours=shown))
        else:
            lines.append(words("definitions.policy.days", first=first, last=last, hours=shown))
    return lines


def dates(special: Mapping[date, Windows], words: Words) -> list[str]:
    """Dates with their hours, in order."""
    return [
        words("definitions.policy.day", day=words.day(day), hours=opening(windows, words))
        for day, windows in sorted(special.items())
    ]


def holidays(rows: Iterable[Row], words: Words) -> str:
    """The closed dates of a year with their names, from rows of holidays."""
    named = [
        words("definitions.policy.holiday", day=words.day_month(row["holiday_on"]), name=row["name"])
        if row["name"]
        else words.day_month(row["holiday_on"])
        for row in rows
    ]
    return words("comma").join(named) or words("definitions.policy.no_holidays")


def effect(record: Row, words: Words) -> str:
    """What the other reading would give, from a record of reading_effects that has a metric."""
    metric = words.named("metric", record["metric"])
    before, after = (_share(record, prefix, words) for prefix in ("", "other_"))
    if not any(record[f"{prefix}{name}_count"] for prefix in ("", "other_") for name in ("met", "breached")):
        return words("definitions.reading.undecided", metric=metric)
    return words(
        "definitions.reading.changes", count=record["changed_count"], metric=metric, before=before, after=after
    )


def _share(record: Row, prefix: str, words: Words) -> str:
    met, decided = record[f"{prefix}met_count"], record[f"{prefix}met_count"] + record[f"{prefix}breached_count"]
    if decided < FEWEST:
        return words("definitions.of", met=met, decided=decided)
    share = words.percent(met / decided)
    return words("definitions.reading.share", share=share, met=met, decided=decided)


def _term(code: str, words: Words) -> str:
    section = next(name for name in ("metric", "outcome", "definitions.name") if f"{name}.{code}" in words.messages)
    return words(f"{section}.{code}")


def _named(items: Sequence[Severity] | Sequence[Plan], code: str, words: Words) -> str:
    found = next((item for item in items if item.code == code), None)
    return (in_language(found.names, words.language) if found else "") or code
