"""Policies from a folder, a file or a text, checked whole: every mistake is found before anything is refused."""

import hashlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from sla.errors import Refused
from sla.policies.calendar_reader import read_calendars, zone_of
from sla.policies.entry import Entry, Problems
from sla.policies.lines import line_index
from sla.policies.model import (
    STATUS_CLASSES,
    TAG_CLASSES,
    UNDETERMINED,
    Calendar,
    Plan,
    Policy,
    Reading,
    Severity,
    Texts,
    word_key,
)
from sla.policies.readings import with_change, with_other_reading
from sla.policies.target_reader import Vocabulary, calendar_named, read_readings, read_targets

_KEYS = (
    "id",
    "name",
    "source",
    "valid_from",
    "objective",
    "default_plan",
    "default_calendar",
    "reporting_timezone",
    "statuses",
    "tags",
    "duplicates",
    "calendars",
    "severities",
    "plans",
    "targets",
    "readings",
)
_PARSER_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
Named = TypeVar("Named", Severity, Plan)


def read_policies(folder: Path) -> list[Policy]:
    """The policies of every `*.toml` in a folder, by id and then by the day from which each version holds.

    Raises one Refused with every mistake of every file, a line each (`file:line: key: sentence`); also where the folder
    is not there or has no such file.
    """
    if not folder.is_dir():
        raise Refused(f"{folder}: expected a folder with policy files, but there is none; create it or name another.")
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise Refused(f"{folder}: expected policy files named NAME.toml, but found none; add one.")
    policies, mistakes = [], []
    for file in files:
        try:
            policies.append(read_policy(file))
        except Refused as refused:
            mistakes.append(str(refused))
    mistakes += version_mistakes(policies)
    if mistakes:
        raise Refused("\n".join(mistakes))
    return in_order(policies)


def read_policy(file: Path) -> Policy:
    """The policy of a file. Raises one Refused with every mistake in it, a line each."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(f"{file}: expected a policy file that can be read, but {error.strerror}.") from error
    return read_policy_text(content, str(file))


def read_policy_text(content: str | bytes, file: str) -> Policy:
    """The policy of a text, an upload say; `file` is the name that messages give it.

    Raises one Refused with every mistake in it, a line each.
    """
    raw = content.encode() if isinstance(content, str) else content
    text = _decoded(raw, file)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(_parser_sentence(error, text, file)) from error
    problems = Problems(file, line_index(text))
    policy = _policy(Entry(table, (), problems), hashlib.sha256(raw).hexdigest())
    if problems.found:
        raise Refused("\n".join(problems.sentences()))
    return replace(policy, text=text)


def in_order(policies: list[Policy]) -> list[Policy]:
    """The policies by id, versions of one by the day from which they hold; the one since ever first."""
    return sorted(
        policies, key=lambda policy: (word_key(policy.id), policy.valid_from is not None, str(policy.valid_from))
    )


def version_mistakes(policies: list[Policy]) -> list[str]:
    """A sentence for every file whose policy holds from the same day as that of an earlier file."""
    seen: dict[tuple[str, object], Policy] = {}
    mistakes = []
    for policy in policies:
        first = seen.setdefault((word_key(policy.id), policy.valid_from), policy)
        if first is not policy:
            since = f"from {policy.valid_from}" if policy.valid_from else "since ever (without valid_from)"
            mistakes.append(
                f"{policy.file}:{policy.line}: valid_from: expected one version of {policy.id} {since}, but "
                f"{first.file}:{first.line} is one already; give each version its own valid_from."
            )
    return mistakes


def _decoded(raw: bytes, file: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Refused(
            f"{file}:{line}: expected text in UTF-8, but found a byte that is not; save the file as UTF-8."
        ) from error


def _parser_sentence(error: tomllib.TOMLDecodeError, text: str, file: str) -> str:
    message = str(error)
    place = _PARSER_PLACE.search(message)
    said = message[: place.start()] if place else message
    line = place.group(1) if place and place.group(1) else text.count("\n") + 1
    return f"{file}:{line}: expected TOML, but it could not be read here ({said[:1].lower()}{said[1:]})."


def _policy(entry: Entry, sha256: str) -> Policy:
    """The policy of a file; of no use where the entry's problems are not empty afterwards."""
    entry.allow(*_KEYS)
    entry.need("id", "calendars")
    calendars = read_calendars(entry)
    severities, severity_codes = _named(entry, "severities", Severity)
    plans, plan_codes = _with_plans_of_targets(entry, *_named(entry, "plans", Plan))
    vocabulary = Vocabulary(calendars, tuple(entry.inner("calendars").table), severity_codes, plan_codes)
    policy_id, default_plan = entry.text("id") or "", entry.text("default_plan")
    default_calendar = calendar_named(entry, "default_calendar", vocabulary) or next(iter(calendars), "")
    readings = read_readings(entry, vocabulary)
    policy = Policy(
        id=policy_id,
        names=entry.texts("name") or {UNDETERMINED: policy_id},
        sources=entry.texts("source") or {},
        calendars=tuple(calendars.values()),
        severities=tuple(severities),
        plans=tuple(plans),
        targets=tuple(read_targets(entry, vocabulary, severities, plans)),
        readings=tuple(reading for _, reading in readings),
        default_calendar=default_calendar,
        reporting_timezone=_reporting_zone(entry, calendars.get(default_calendar)),
        valid_from=entry.day("valid_from"),
        objective=_objective(entry),
        default_plan=plan_codes.get(word_key(default_plan), default_plan) if default_plan else None,
        statuses=_word_lists(entry, "statuses", STATUS_CLASSES),
        tags=_word_lists(entry, "tags", TAG_CLASSES),
        duplicates=entry.choice("duplicates", ("same_subject",)),
        file=entry.problems.file,
        sha256=sha256,
        line=entry.problems.line(("valid_from",) if "valid_from" in entry.table else ("id",)),
    )
    if not entry.problems.found:
        for table, reading in readings:
            _note_what_cannot_be(table, policy, reading)
    return policy


def _reporting_zone(entry: Entry, default: Calendar | None) -> str:
    return zone_of(entry, "reporting_timezone") or (default.timezone if default else "UTC")


def _named(
    entry: Entry, key: str, kind: Callable[[str, Texts, tuple[str, ...]], Named]
) -> tuple[list[Named], dict[str, str]]:
    """The severities or plans of the file, and the code of each word; a word of two of them is noted."""
    named: list[Named] = []
    codes: dict[str, str] = {}
    if key in entry.table and entry.table[key] == []:
        entry.refuse(key, "expected at least one, but found an empty list; leave the key out for every one.")
    for table in entry.entries(key):
        table.allow("code", "name", "aliases")
        table.need("code")
        code = table.text("code")
        names, aliases = table.texts("name") or {}, table.words("aliases") or ()
        if code is None:
            continue
        item = kind(code, names, aliases)
        if code in codes.values():
            table.refuse("code", f'expected a code of its own, but "{code}" stands above already.')
        for word in item.words:
            other = codes.setdefault(word_key(word), code)
            if other != code:
                table.refuse(None, f'expected words of its own for "{code}", but "{word}" means "{other}" already.')
        named.append(item)
    return named, codes


def _with_plans_of_targets(entry: Entry, plans: list[Plan], codes: dict[str, str]) -> tuple[list[Plan], dict[str, str]]:
    """The plans of `[[plans]]`, then those that only targets name."""
    for table in entry.table.get("targets", []) if isinstance(entry.table.get("targets"), list) else []:
        words = table.get("plans") if isinstance(table, dict) else None
        for word in words if isinstance(words, list) else []:
            if isinstance(word, str) and word.strip() and word_key(word) not in codes:
                plans.append(Plan(word.strip(), {}))
                codes[word_key(word)] = word.strip()
    return plans, codes


def _objective(entry: Entry) -> float | None:
    value = entry.table.get("objective")
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1:
        return float(value)
    entry.refuse("objective", f"expected a share above 0 and up to 1 such as 0.95, but found {value!r}.")
    return None


def _word_lists(entry: Entry, key: str, classes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The words of each class; a word in two classes is noted."""
    lists = entry.inner(key)
    lists.allow(*classes)
    meanings: dict[str, str] = {}
    read: dict[str, tuple[str, ...]] = {}
    for name in classes:
        words = lists.words(name)
        if words is None:
            continue
        read[name] = words
        for word in words:
            other = meanings.setdefault(word_key(word), name)
            if other != name:
                lists.refuse(name, f'expected words of its own, but "{word}" stands in {other} too.')
    return read


def _note_what_cannot_be(table: Entry, policy: Policy, reading: Reading) -> None:
    """Notes the first change of a reading that cannot be made."""
    changed = policy
    places = [entry.path for entry in table.entries("otherwise")]
    for position, change in enumerate(reading.otherwise):
        try:
            changed = with_change(changed, change)
        except Refused as refused:
            place = places[position] if position < len(places) else table.path
            table.problems.add(place, str(refused))
            return
    try:
        with_other_reading(policy, reading)
    except Refused as refused:
        table.refuse("otherwise", str(refused))
