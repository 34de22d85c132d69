"""What a policy file says, resolved the plain way from the dicts that tomllib reads (CONTRACT section 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.reference_calendar import Calendar, first_instant_of

METRICS = ("first_response", "next_response", "periodic_update", "resolution")
UNITS = {"s": 1, "m": 60, "h": 3600}


def key(text: str) -> str:
    """The form in which statuses, severities, plans, tags and policy ids are compared."""
    return text.strip().lower()


@dataclass(frozen=True, eq=False)
class Target:
    """One `[[targets]]` entry; two entries are never equal, whatever they say."""

    metric: str
    seconds: int
    calendar: Calendar
    severities: frozenset[str] | None  # None: every severity
    plans: frozenset[str] | None
    pause_on: frozenset[str] | None  # None: not given


class Words:
    """The codes of severities or plans, found by code, name or alias whatever the case."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        """Learn every way to write each entry."""
        self.codes: dict[str, str] = {}
        for entry in entries:
            names = entry.get("name", {})
            written = [entry["code"], *(names.values() if isinstance(names, dict) else [names])]
            for text in [*written, *entry.get("aliases", [])]:
                self.codes[key(text)] = entry["code"]

    def code(self, text: str) -> str | None:
        """The code that `text` stands for, or None."""
        return self.codes.get(key(text))


class Version:
    """One policy file: one version of one policy."""

    def __init__(self, table: dict[str, Any]) -> None:
        """Resolve `table`, as tomllib read it."""
        self.policy: str = table["id"]
        self.calendars = {name: Calendar(name, entry) for name, entry in table.get("calendars", {}).items()}
        always = Calendar("", {"timezone": "UTC", "hours": "24x7"})
        first = next(iter(self.calendars.values()), always)
        self.default_calendar = self.calendars.get(table.get("default_calendar", ""), first)
        self.zone: str = table.get("reporting_timezone", self.default_calendar.zone)
        self.starts_at = self._start(table.get("valid_from"))
        self.duplicates: str | None = table.get("duplicates")
        statuses, tags = table.get("statuses", {}), table.get("tags", {})
        self.statuses = {key(word): kind for kind, words in statuses.items() for word in words}
        self.tags = {key(word): kind for kind, words in tags.items() for word in words}
        self.severities = Words(table.get("severities", []))
        self.knows_all_severities = not table.get("severities")
        self.plans = Words(table.get("plans", []))
        self._learn_plans_of_targets(table.get("targets", []))
        self.targets = [self._target(entry) for entry in table.get("targets", [])]
        self.knows_all_plans = all(target.plans is None for target in self.targets)
        written = table.get("default_plan")
        self.default_plan = self.plan_code(written) or written
        stops = {entry["stops_on"] for entry in table.get("targets", []) if "stops_on" in entry}
        self.stops_on_notice = "acknowledged" in stops

    def _start(self, valid_from: Any) -> int | None:
        """The instant a version begins: local midnight in its reporting time zone; None: it was always there."""
        if valid_from is None:
            return None
        if isinstance(valid_from, str):
            valid_from = date.fromisoformat(valid_from)
        if isinstance(valid_from, datetime):
            valid_from = valid_from.date()
        return first_instant_of(self.zone, valid_from)

    def _learn_plans_of_targets(self, targets: list[dict[str, Any]]) -> None:
        """A plan that only targets name is known by that name."""
        for name in (plan for entry in targets for plan in entry.get("plans", [])):
            self.plans.codes.setdefault(key(name), name)

    def _target(self, entry: dict[str, Any]) -> Target:
        calendar = self.calendars[entry["calendar"]] if "calendar" in entry else self.default_calendar
        severities, plans = entry.get("severities"), entry.get("plans")
        return Target(
            metric=entry["metric"],
            seconds=_seconds_within(entry["within"], calendar),
            calendar=calendar,
            severities=None if severities is None else frozenset(key(self.severity_code(s) or s) for s in severities),
            plans=None if plans is None else frozenset(key(self.plan_code(p) or p) for p in plans),
            pause_on=None if "pause_on" not in entry else frozenset(key(word) for word in entry["pause_on"]),
        )

    def severity_code(self, written: str | None) -> str | None:
        """The code of a severity; where the policy lists none, what is written; None: unknown (CONTRACT 3)."""
        if self.knows_all_severities:
            return written
        return None if written is None else self.severities.code(written)

    def plan_code(self, written: str | None) -> str | None:
        """The code of a plan, or None where neither `[[plans]]` nor a target has it."""
        return None if written is None else self.plans.code(written)

    def target_for(self, metric: str, severity: str | None, plan: str | None) -> Target | None:
        """The one target of `metric` for a severity and a plan, both codes."""
        for target in self.targets:
            fits_severity = target.severities is None or (severity is not None and key(severity) in target.severities)
            fits_plan = target.plans is None or (plan is not None and key(plan) in target.plans)
            if target.metric == metric and fits_severity and fits_plan:
                return target
        return None

    def promises_updates(self) -> bool:
        """Whether this version has a periodic_update target (D11)."""
        return any(target.metric == "periodic_update" for target in self.targets)


def _seconds_within(within: str, calendar: Calendar) -> int:
    """`45s`, `30m`, `8h` or `2 business days` in seconds (rule 4)."""
    match = re.fullmatch(r"(\d+)\s*(s|m|h|business days?)", within.strip())
    assert match, f"not a duration: {within}"
    count, unit = int(match[1]), match[2]
    return count * (UNITS[unit] if unit in UNITS else calendar.seconds_of_a_business_day())


class Policies:
    """Every version of every policy."""

    def __init__(self, tables: list[dict[str, Any]]) -> None:
        """Resolve `tables` and put the versions of each policy in the order in which they begin."""
        self.versions: dict[str, list[Version]] = {}
        for version in map(Version, tables):
            self.versions.setdefault(key(version.policy), []).append(version)
        for versions in self.versions.values():
            versions.sort(key=lambda version: (version.starts_at is not None, version.starts_at or 0))

    def named(self, policy: str | None) -> list[Version]:
        """The versions of a policy, oldest first; none where nobody knows it. Ids match whatever their case (D9)."""
        return [] if policy is None else self.versions.get(key(policy), [])

    def in_force(self, policy: str | None, second: int) -> Version | None:
        """The version in force at an instant (rule 11); None before the first one."""
        begun = [v for v in self.named(policy) if v.starts_at is None or v.starts_at <= second]
        return begun[-1] if begun else None
