"""A promise filled in as a table, what is wrong with it field by field, and the policy file that says the same."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from sla.policies.model import METRICS, STATUS_CLASSES, STOPS, WEEKDAYS, Policy, word_key
from sla.policies.reader import read_policy_text

Unit = Literal["hours", "minutes"]
OFFICE, ALWAYS = "office", "always"
OFFICE_HOURS: Mapping[str, str] = dict.fromkeys(WEEKDAYS[:5], "09:00-18:00")
LONGEST_ID = 40
_NUMBER = re.compile(r"\d{1,7}(?:\.\d{1,4})?")
_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)")
_WINDOW = re.compile(r"(\d{1,2})(?:[:hH](\d{2})|[hH])?\s*(?:-|–|—|~|to|às|a|إلى)\s*(\d{1,2})(?:[:hH](\d{2})|[hH])?")
_BUSINESS_DAYS = re.compile(
    r"(\d{1,4})\s*(?:(?:business|working) days?|dias? (?:útil|úteis|util|uteis)|(?:يوم|أيام|ايام) عمل)"
)
_MOST_HOURS = 24 * 366
_CONTROL = re.compile(r"[\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class DraftSeverity:
    """A line of the table: a severity's name, other words for it, and what is promised for each metric, as typed.

    `within` is by metric, "" or missing where nothing is promised. `is_always`: its time runs day and night whatever
    the hours. A name of "" is every severity, then there is no other line.
    """

    name: str = ""
    aliases: str = ""
    within: Mapping[str, str] = field(default_factory=dict)
    is_always: bool = False


@dataclass(frozen=True)
class Draft:
    """A promise as it was filled in; texts as typed.

    `unit` is what a plain number in the table counts. `hours` is by weekday, as "09:00-12:00, 13:00-18:00", "" where
    it is closed; none at all where the desk is open day and night (`is_always`). `holidays` are dates, one a line;
    `holiday_calendar` is a country or a part of one, as the holidays package calls it. `statuses` has words by class,
    separated by commas or lines. `objective` is a percentage, "" for none.
    """

    name: str
    severities: tuple[DraftSeverity, ...]
    unit: Unit = "hours"
    timezone: str = "UTC"
    is_always: bool = False
    hours: Mapping[str, str] = field(default_factory=lambda: dict(OFFICE_HOURS))
    holiday_calendar: str | None = None
    holidays: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    objective: str = ""
    stops_on: str = STOPS[0]


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a field, in codes: the words are the page's.

    `field`: name, severities, within, hours, holidays, statuses or objective; `place` says which one (the severity's
    name, the weekday, the date); `value` is what was typed. `kind` says what is wrong with it.
    """

    field: str
    kind: str
    place: str = ""
    value: str = ""


def mistakes(draft: Draft) -> tuple[Mistake, ...]:
    """Everything in a draft that would keep it from being a policy and that a field is to blame for."""
    return tuple(_mistakes(draft))


def policy_text(draft: Draft) -> str:
    """The policy file of a draft without mistakes, as TOML in UTF-8. Raises ValueError where it has any."""
    wrong = mistakes(draft)
    if wrong:
        raise ValueError(f"This draft has mistakes: {', '.join(mistake.field for mistake in wrong)}.")
    return "\n\n".join("\n".join(lines) for lines in _parts(draft)) + "\n"


def check_policy(text: str | bytes, name: str, known: Sequence[Policy] = ()) -> tuple[Policy, ...]:
    """The policies to measure by: that of a text, and those known but for the ones whose place it takes by its id.

    `name` is the file's, for messages. Raises one Refused with every mistake in it, a line each, as `sla policies`.
    """
    own = read_policy_text(text, name)
    return (own, *(policy for policy in known if word_key(policy.id) != word_key(own.id)))


def policy_id(name: str) -> str:
    """A short id made of a name; "own" where nothing of it is Latin."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].strip("-") or "own"


def within_seconds(written: str, unit: Unit) -> int | None:
    """The seconds of a time as it may be typed: 4, 1.5, 1,5, 1:30 (hours and minutes), 30m, 2h, 45s; None for others.

    Digits of any script; a number alone counts the unit.
    """
    plain = _latin(written.strip().lower())
    if clock := _CLOCK.fullmatch(plain):
        return 3600 * int(clock[1]) + 60 * int(clock[2])
    found = re.fullmatch(rf"({_NUMBER.pattern})\s*([^\d\s.]*)\.?", plain)
    factor = _UNITS.get(found[2] or unit) if found else None
    if found is None or factor is None:
        return None
    try:
        seconds = Decimal(found[1]) * factor
    except InvalidOperation:
        return None
    return int(seconds) if seconds == int(seconds) else None


def business_days(written: str) -> int | None:
    """The number in a time typed as 1 business day, 2 dias úteis or 3 أيام عمل; None for any other."""
    found = _BUSINESS_DAYS.fullmatch(_latin(written.strip().lower()))
    return int(found[1]) if found else None


_UNITS: Mapping[str, int] = {
    **dict.fromkeys(("s", "sec", "seg", "seconds", "segundos", "ث", "ثانية", "ثوان"), 1),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuto", "minutos", "د", "دقيقة", "دقائق"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "hora", "horas", "س", "ساعة", "ساعات"), 3600),
}


def windows(written: str) -> list[tuple[str, str]] | None:
    """The hours of a day as typed, each with start and end as HH:MM; an end at or before its start is on the next day.

    None where they cannot be read.
    """
    found = []
    for said in re.split(r"\s*[,;/،؛\n]\s*|\s+(?:and|e|و)\s+", written.strip()):
        times = _WINDOW.fullmatch(_latin(said.strip()))
        if times is None:
            return None
        first, last = (f"{int(times[at]):02}:{times[at + 1] or '00'}" for at in (1, 3))
        if not _is_time(first) or not (_is_time(last) or last == "24:00") or first == last:
            return None
        found.append((first, last))
    return found


def days(written: str) -> dict[str, date | None]:
    """The dates of a text, one a line or separated by commas, year first; None for what is no date."""
    read: dict[str, date | None] = {}
    for said in _words(written):
        try:
            read[said] = date.fromisoformat(said) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) else None
        except ValueError:
            read[said] = None
    return read


def _mistakes(draft: Draft) -> Iterator[Mistake]:
    if not draft.name.strip():
        yield Mistake("name", "missing")
    yield from _of_severities(draft)
    if not draft.is_always:
        yield from _of_hours(draft)
    yield from (Mistake("holidays", "no_date", said, said) for said, day in days(draft.holidays).items() if day is None)
    yield from _of_statuses(draft)
    if draft.objective.strip() and _share(draft.objective) is None:
        yield Mistake("objective", "no_share", value=draft.objective)


def _of_severities(draft: Draft) -> Iterator[Mistake]:
    meanings: dict[str, str] = {}
    if not any(written.strip() for line in draft.severities for written in line.within.values()):
        yield Mistake("severities", "nothing_promised")
    for line in draft.severities:
        name = line.name.strip()
        if not name and len(draft.severities) > 1:
            yield Mistake("severities", "no_name")
        for word in (name, *_words(line.aliases)) if name else ():
            other = meanings.setdefault(word_key(word), name)
            if other != name or (word is not name and word_key(word) == word_key(name)):
                yield Mistake("severities", "twice", other, word)
        for metric in METRICS:
            written = line.within.get(metric, "").strip()
            days_said = business_days(written)
            hours_said = within_seconds(written, draft.unit) if written else 1
            seconds = hours_said if days_said is None else 86_400 * days_said
            if seconds is None:
                yield Mistake("within", "no_time", name, written)
            elif not 0 < seconds <= 3600 * _MOST_HOURS:
                yield Mistake("within", "out_of_bounds", name, written)
            elif days_said and not (draft.is_always or line.is_always or _is_even(draft)):
                yield Mistake("within", "uneven_days", name, written)
    names = [line.name.strip() for line in draft.severities if line.name.strip()]
    yield from (Mistake("severities", "twice", name, name) for name in sorted({n for n in names if names.count(n) > 1}))


def _is_even(draft: Draft) -> bool:
    """Whether all weekdays with hours have as many of them, so that a business day is one time."""
    opened = [found for written in draft.hours.values() if (found := windows(written))]
    return len({sum((_minute(last) - _minute(first) - 1) % 1440 + 1 for first, last in day) for day in opened}) <= 1


def _minute(written: str) -> int:
    hour, minute = written.split(":")
    return 60 * int(hour) + int(minute)


def _of_hours(draft: Draft) -> Iterator[Mistake]:
    if not any(draft.hours.get(day, "").strip() for day in WEEKDAYS):
        yield Mistake("hours", "never_open")
    for day in WEEKDAYS:
        written = draft.hours.get(day, "").strip()
        if written and windows(written) is None:
            yield Mistake("hours", "no_hours", day, written)


def _of_statuses(draft: Draft) -> Iterator[Mistake]:
    meanings: dict[str, str] = {}
    for name in STATUS_CLASSES:
        for word in _words(draft.statuses.get(name, "")):
            other = meanings.setdefault(word_key(word), name)
            if other != name:
                yield Mistake("statuses", "in_two", other, word)


def _parts(draft: Draft) -> Iterator[list[str]]:
    yield [
        f"id = {_text(policy_id(draft.name))}",
        f"name = {_text(draft.name.strip())}",
        *([f"objective = {share}"] if (share := _share(draft.objective)) is not None else []),
        f"default_calendar = {_text(ALWAYS if draft.is_always else OFFICE)}",
        f"reporting_timezone = {_text(draft.timezone)}",
        *(
            f"statuses.{name} = {_list(words)}"
            for name in STATUS_CLASSES
            if (words := _words(draft.statuses.get(name, "")))
        ),
    ]
    if not draft.is_always:
        yield _office(draft)
    if draft.is_always or any(line.is_always for line in draft.severities):
        yield [f"[calendars.{ALWAYS}]", f"timezone = {_text(draft.timezone)}", 'hours = "24x7"']
    for line in draft.severities:
        if line.name.strip():
            aliases = _words(line.aliases)
            also = [f"aliases = {_list(aliases)}"] if aliases else []
            yield ["[[severities]]", f"code = {_text(line.name.strip())}", *also]
    for line in draft.severities:
        for metric in METRICS:
            if line.within.get(metric, "").strip():
                yield _target(line, metric, draft)


def _office(draft: Draft) -> list[str]:
    opened = {day: windows(written) for day in WEEKDAYS if (written := draft.hours.get(day, "").strip())}
    named = [day for day in days(draft.holidays).values() if day is not None]
    return [
        f"[calendars.{OFFICE}]",
        f"timezone = {_text(draft.timezone)}",
        *(f"hours.{day} = {json.dumps([list(pair) for pair in pairs or []])}" for day, pairs in opened.items()),
        *([f"holiday_calendar = {_text(draft.holiday_calendar)}"] if draft.holiday_calendar else []),
        *([f"holidays = {_list([day.isoformat() for day in sorted(named)])}"] if named else []),
    ]


def _target(line: DraftSeverity, metric: str, draft: Draft) -> list[str]:
    return [
        "[[targets]]",
        f"metric = {_text(metric)}",
        *([f"severities = {_list([line.name.strip()])}"] if line.name.strip() else []),
        f"within = {_text(_within(line.within[metric], draft.unit))}",
        f"calendar = {_text(ALWAYS if draft.is_always or line.is_always else OFFICE)}",
        *([f"stops_on = {_text(draft.stops_on)}"] if metric == METRICS[0] else []),
    ]


def _within(written: str, unit: Unit) -> str:
    """A time as a policy file has it."""
    if count := business_days(written):
        return f"{count} business {'day' if count == 1 else 'days'}"
    seconds = within_seconds(written, unit) or 0
    size, letter = next((size, letter) for size, letter in ((3600, "h"), (60, "m"), (1, "s")) if seconds % size == 0)
    return f"{seconds // size}{letter}"


def _share(percentage: str) -> str | None:
    """A share above 0 and up to 1 as TOML writes it; None where the percentage is none."""
    try:
        share = Decimal(_latin(percentage).strip().rstrip("%٪").strip()) / 100
        return format(share.normalize(), "f") if 0 < share <= 1 else None
    except InvalidOperation:
        return None


def _latin(written: str) -> str:
    """The same with the digits and the decimal sign of any script as Latin ones."""
    digits = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in written)
    return "".join(digits).replace("٫", ".").replace(",", ".")


def _is_time(written: str) -> bool:
    hour, minute = written.split(":")
    return int(hour) < 24 and int(minute) < 60


def _words(written: str) -> list[str]:
    """The words of a field, each once, whatever its case."""
    found: dict[str, str] = {}
    for word in re.split(r"[,;،؛\n]", written):
        if word.strip():
            found.setdefault(word_key(word), word.strip())
    return list(found.values())


def _list(words: Sequence[str]) -> str:
    return f"[{', '.join(_text(word) for word in words)}]"


def _text(text: str) -> str:
    """A text in quotes as TOML writes it: as JSON does, with what TOML does not allow as it stands escaped too."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _CONTROL.sub(lambda sign: "\\u007f" if sign[0] == "\x7f" else "\\ufffd", quoted)
