"""The targets of a policy file, and what its readings would change in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sla.errors import Refused
from sla.policies.durations import seconds_within
from sla.policies.entry import Entry
from sla.policies.model import METRICS, STOPS, Calendar, Change, Plan, Reading, Severity, Target, word_key

FIRST_RESPONSE = METRICS[0]
_SELECTORS = ("metric", "severities", "plans")
_TERMS = ("within", "calendar", "stops_on", "pause_on", "clause")


@dataclass(frozen=True)
class Vocabulary:
    """What names in targets may mean: calendars by name, severities and plans by word."""

    calendars: Mapping[str, Calendar]
    calendar_names: tuple[str, ...]
    severities: Mapping[str, str]
    plans: Mapping[str, str]


def read_targets(policy: Entry, vocabulary: Vocabulary, severities: list[Severity], plans: list[Plan]) -> list[Target]:
    """The targets in the order of the file; those that could not be read are noted and left out."""
    read = [(entry, _target(entry, vocabulary)) for entry in policy.entries("targets")]
    sound = [(entry, target) for entry, target in read if target is not None]
    _note_mixed_stops(sound)
    _note_two_for_one(sound, [severity.code for severity in severities], [plan.code for plan in plans])
    return [target for _, target in sound]


def read_readings(policy: Entry, vocabulary: Vocabulary) -> list[tuple[Entry, Reading]]:
    """The readings in the order of the file, each with its table."""
    return [(entry, _reading(entry, vocabulary)) for entry in policy.entries("readings")]


def cells(target: Target, severities: list[str], plans: list[str]) -> Iterator[tuple[str, str]]:
    """The severity and plan codes that a target is for, '' where the policy knows every severity or every plan."""
    for severity in target.severities if target.severities is not None else severities or [""]:
        for plan in target.plans if target.plans is not None else plans or [""]:
            yield severity, plan


def _target(entry: Entry, vocabulary: Vocabulary) -> Target | None:
    entry.allow(*_SELECTORS, *_TERMS)
    entry.need("metric", "within", "calendar")
    metric = entry.choice("metric", METRICS)
    within, calendar = entry.text("within"), calendar_named(entry, "calendar", vocabulary)
    severities, plans = _codes(entry, "severities", vocabulary.severities), _codes(entry, "plans", vocabulary.plans)
    stops_on, pause_on = _stops_on(entry, metric), entry.words("pause_on")
    clauses = entry.texts("clause")
    seconds = _seconds(entry, within, vocabulary.calendars.get(calendar or ""))
    if metric is None or within is None or calendar is None or seconds is None:
        return None
    return Target(
        metric=metric,
        within=within,
        target_s=seconds,
        calendar=calendar,
        severities=severities,
        plans=plans,
        stops_on=(stops_on or STOPS[0]) if metric == FIRST_RESPONSE else None,
        pause_on=pause_on,
        clauses=clauses or {},
    )


def _reading(entry: Entry, vocabulary: Vocabulary) -> Reading:
    entry.allow("question", "chosen", "otherwise", "default_calendar")
    entry.need("question", "chosen")
    changes = [_change(change, vocabulary) for change in entry.entries("otherwise")]
    if "default_calendar" in entry.table:
        changes.append(Change(default_calendar=calendar_named(entry, "default_calendar", vocabulary)))
    return Reading(
        questions=entry.texts("question") or {},
        chosen=entry.texts("chosen") or {},
        otherwise=tuple(changes),
    )


def _change(entry: Entry, vocabulary: Vocabulary) -> Change:
    entry.allow(*_SELECTORS, *_TERMS, "remove", "default_calendar")
    metric, is_removed = entry.choice("metric", METRICS), entry.flag("remove")
    terms = [key for key in _TERMS if key in entry.table]
    if is_removed and terms:
        entry.refuse(terms[0], "expected nothing but metric, severities and plans beside remove; leave this key out.")
    if not terms and not is_removed and "default_calendar" not in entry.table:
        entry.refuse(None, f"expected what changes: one of {', '.join(_TERMS)}, remove, default_calendar.")
    return Change(
        metric=metric,
        severities=_codes(entry, "severities", vocabulary.severities),
        plans=_codes(entry, "plans", vocabulary.plans),
        within=entry.text("within"),
        calendar=calendar_named(entry, "calendar", vocabulary),
        stops_on=_stops_on(entry, metric),
        pause_on=entry.words("pause_on"),
        clauses=entry.texts("clause"),
        is_removed=is_removed,
        default_calendar=calendar_named(entry, "default_calendar", vocabulary),
    )


def calendar_named(entry: Entry, key: str, vocabulary: Vocabulary) -> str | None:
    """The calendar name under a key; None where it is missing or, once noted, no calendar of the file."""
    name = entry.text(key)
    if name is None or name in vocabulary.calendar_names:
        return name
    known = ", ".join(vocabulary.calendar_names) or "none there"
    entry.refuse(key, f'expected a calendar of this file ({known}), but found "{name}".')
    return None


def _codes(entry: Entry, key: str, known: Mapping[str, str]) -> tuple[str, ...] | None:
    words = entry.words(key)
    if words is None:
        return None
    if not words:
        entry.refuse(key, "expected at least one, but found an empty list; leave the key out for every one.")
    codes: dict[str, None] = {}
    for word in words:
        code = known.get(word_key(word))
        if code is None:
            listed = ", ".join(dict.fromkeys(known.values())) or f"none there; add [[{key}]]"
            entry.refuse(key, f'expected {key} of this file ({listed}), but found "{word}".')
        else:
            codes[code] = None
    return tuple(codes) or None


def _stops_on(entry: Entry, metric: str | None) -> str | None:
    stop = entry.choice("stops_on", STOPS)
    if stop is not None and metric is not None and metric != FIRST_RESPONSE:
        entry.refuse("stops_on", f"expected this key only where metric is first_response, but that is {metric}.")
    return stop


def _seconds(entry: Entry, within: str | None, calendar: Calendar | None) -> int | None:
    """The target in seconds. A wrong duration is noted even where its calendar is not known."""
    if within is None or (calendar is None and "business" in within):
        return None
    try:
        return seconds_within(within, calendar or Calendar("", "UTC", ((),) * 7))
    except Refused as refused:
        entry.refuse("within", str(refused))
        return None


def _note_mixed_stops(targets: list[tuple[Entry, Target]]) -> None:
    stops = [(entry, target.stops_on) for entry, target in targets if target.stops_on]
    for entry, stop in stops[1:]:
        first_entry, first = stops[0]
        if stop != first:
            line = entry.problems.line(first_entry.path)
            entry.refuse(
                "stops_on",
                f'expected one stops_on for all first_response targets of a policy, but this is "{stop}" and '
                f'line {line} says "{first}".',
            )


def _note_two_for_one(targets: list[tuple[Entry, Target]], severities: list[str], plans: list[str]) -> None:
    named = plans if any(target.plans is not None for _, target in targets) else []
    taken: dict[tuple[str, str, str], Entry] = {}
    for entry, target in targets:
        for severity, plan in cells(target, severities, named):
            first = taken.setdefault((target.metric, severity, plan), entry)
            if first is not entry:
                entry.refuse(
                    None,
                    f"expected one {target.metric} target for {_cell_said(severity, plan)}, but line "
                    f"{entry.problems.line(first.path)} has one already.",
                )
                break


def _cell_said(severity: str, plan: str) -> str:
    return f"{f'severity {severity}' if severity else 'every severity'} and {f'plan {plan}' if plan else 'every plan'}"
