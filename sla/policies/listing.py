"""What `python -m sla policies` prints."""

from collections import Counter
from pathlib import Path

from sla.policies.model import METRICS, UNDETERMINED, WEEKDAYS, Calendar, Policy, Texts
from sla.policies.reader import read_policies


def listing(folder: Path, language: str = "en") -> str:
    """The policies of a folder as text: versions, severities, plans, targets, calendars and readings of each.

    Raises Refused with every mistake, a line each (`file:line: key: sentence`), where a file is wrong.
    """
    return "\n\n".join(_policy(policy, language) for policy in read_policies(folder)) + "\n"


def in_language(texts: Texts, language: str) -> str:
    """The text in a language; else in English, else in the first there is; empty where there is none."""
    for code in (language, "en", UNDETERMINED):
        if code in texts:
            return texts[code]
    return next(iter(texts.values()), "")


def _policy(policy: Policy, language: str) -> str:
    since = f"from {policy.valid_from}" if policy.valid_from else "since ever"
    objective = f", objective {policy.objective:.1%}" if policy.objective is not None else ", no objective"
    lines = [
        f"{policy.id}: {in_language(policy.names, language)} ({Path(policy.file).name})",
        f"  version     {since}, days and weeks of {policy.reporting_timezone}{objective}",
        f"  severities  {_codes([severity.code for severity in policy.severities], 'every one')}",
        f"  plans       {_codes([plan.code for plan in policy.plans], 'every one')}",
        f"  targets     {_targets(policy)}",
        *(_calendar(policy, calendar) for calendar in policy.calendars),
        f"  readings    {len(policy.readings)}",
    ]
    return "\n".join(lines)


def _codes(codes: list[str], otherwise: str) -> str:
    return ", ".join(codes) or otherwise


def _targets(policy: Policy) -> str:
    counts = Counter(target.metric for target in policy.targets)
    listed = ", ".join(f"{metric} {counts[metric]}" for metric in METRICS if counts[metric])
    return f"{len(policy.targets)} ({listed})" if listed else "0 (volumes and waiting times only)"


def _calendar(policy: Policy, calendar: Calendar) -> str:
    default = ", the default" if calendar.name == policy.default_calendar else ""
    public = f", holidays of {calendar.holiday_calendar}" if calendar.holiday_calendar else ""
    return f"  calendar    {calendar.name}: {_hours(calendar)}, {calendar.timezone}{public}{default}"


def _hours(calendar: Calendar) -> str:
    """The week's hours, neighbouring days with the same hours together."""
    if calendar.is_always:
        return "24x7"
    runs: list[tuple[str, str, str]] = []
    for day, windows in zip(WEEKDAYS, calendar.hours, strict=True):
        said = " ".join(f"{_time(start)}–{_time(end)}" for start, end in windows)
        if runs and runs[-1][2] == said:
            runs[-1] = (runs[-1][0], day, said)
        else:
            runs.append((day, day, said))
    days = [f"{first if first == last else f'{first}–{last}'} {said}" for first, last, said in runs if said]
    return "; ".join(days) or "single dates only"


def _time(minute: int) -> str:
    within_day = minute if minute <= 1440 else minute - 1440
    return f"{within_day // 60:02}:{within_day % 60:02}"
