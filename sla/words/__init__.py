"""Every word a person reads, in three languages: messages, plurals, numbers, shares, dates and durations.

Messages stand in `LANGUAGE/*.toml`, a file for each part of the product; codes go in, words come out. A message whose
entries are CLDR plural categories is chosen by its `count`. Digits are Latin in every language, as in the exports and
tables beside them.
"""

import re
import string
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    get_day_names,
    get_timezone_location,
)
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

LANGUAGES = ("en", "pt-BR", "ar")
OWN_NAMES = {"en": "English", "pt-BR": "Português", "ar": "العربية"}
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})

# English dates are day first with a 24-hour clock: read alike everywhere.
_LOCALES = {"en": "en_GB", "pt-BR": "pt_BR", "ar": "ar"}
_FOLDER = Path(__file__).resolve().parent
_EMBED, _ISOLATE, _POP = "\u2067", "\u2068", "\u2069"

_SPACED_DAYS = re.compile(r"(?<=^\d)\u2009–\u2009(?=\d)|(?<=^\d\d)\u2009–\u2009(?=\d)")

_OFFSET = re.compile(r"Etc/GMT([+-])(\d+)")

Message = str | Mapping[str, str]


def nearest(locale: str | None) -> str:
    """The language of LANGUAGES for a browser's locale such as 'pt-PT'; English where none is near."""
    first = (locale or "").replace("_", "-").split("-")[0].lower()
    return next((language for language in LANGUAGES if language.split("-")[0] == first), LANGUAGES[0])


@cache
def messages(language: str) -> dict[str, Message]:
    """Every message of a language by its dotted key; no two files of a language begin the same section."""
    files = sorted((_FOLDER / language).glob("*.toml"))
    return {key: message for file in files for key, message in _flat(tomllib.loads(file.read_text(encoding="utf-8")))}


def digits_beside(share: float, other: float, digits: int) -> int:
    """How many digits a percentage needs so as not to read as another one: as many as given where it does not."""
    while digits < 4 and share != other and _rounded(share, digits + 2) == _rounded(other, digits + 2):
        digits += 1
    return digits


def placeholders(message: Message) -> frozenset[str]:
    """The names in braces of a message, in whatever plural form they stand."""
    texts = [message] if isinstance(message, str) else message.values()
    return frozenset(name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name)


@cache
def words(language: str) -> "Words":
    """The words of one of LANGUAGES."""
    return Words(language, Locale.parse(_LOCALES[language]), messages(language))


@dataclass(frozen=True)
class Words:
    """One language. Calling it gives a message; whatever is put into one stands in its own direction in Arabic."""

    language: str
    locale: Locale
    messages: Mapping[str, Message]

    @cached_property  # asked for every sentence, and Babel looks it up each time
    def is_rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return self.locale.text_direction == "rtl"

    @property
    def direction(self) -> str:
        """'rtl' or 'ltr'."""
        return self.locale.text_direction

    def __call__(self, key: str, **values: object) -> str:
        """The message of a dotted key with its values; numbers among them are written as the language does.

        Raises KeyError for a key or a placeholder that is missing: a fault of the program.
        """
        message = self.messages[key]
        if not isinstance(message, str):
            count = values["count"]
            assert isinstance(count, int | Decimal)
            message = message.get(self.locale.plural_form(count), message["other"])
        return message.format(**{name: self._inserted(value) for name, value in values.items()})

    def named(self, section: str, code: str | None) -> str:
        """The word for a code of a section (metric, outcome, reason, dimension); a code without one stands as it is."""
        message = self.messages.get(f"{section}.{code}")
        return message if isinstance(message, str) else (code or self("none"))

    def number(self, value: float | Decimal) -> str:
        """A number with the language's separators."""
        return _decimal(value, self.locale)

    def percent(self, share: float | None, digits: int = 1, beside: float | None = None) -> str:
        """A share of 0 to 1 as a percentage, one digit after the point unless told; a dash where there is none.

        Only all is 100 % and only nothing 0 %: a share that rounding would take there stops one digit short of it.
        Where it would read as the share `beside` it, such as the objective that it just misses, it has more digits.
        """
        if share is None:
            return self("none")
        if beside is not None:
            digits = digits_beside(share, beside, digits)
        step = Decimal(1).scaleb(-digits - 2)
        shown = _rounded(share, digits + 2)
        if shown == 1 and share < 1:
            shown = 1 - step
        if shown == 0 and share > 0:
            shown = step
        return format_percent(shown, format=_percent_pattern(self.locale, "0" * digits), locale=self.locale)

    def objective(self, share: float) -> str:
        """A share that was set, with no more digits than it has."""
        return format_percent(_rounded(share, 6), format=_percent_pattern(self.locale, "####"), locale=self.locale)

    def points(self, difference: float) -> str:
        """The size of a difference of shares in percentage points, without sign; a second digit where one says 0."""
        size = abs(difference) * 100
        digits = 1 if size >= 0.05 else 2
        return format_decimal(_rounded(size, digits), format="0." + "0" * digits, locale=self.locale)

    def signed_points(self, difference: float) -> str:
        """The same with a sign where it is negative, for the ends of an interval."""
        return f"−{self.points(difference)}" if difference < 0 else self.points(difference)

    def duration(self, seconds: int) -> str:
        """Seconds in hours, minutes and seconds, the two largest of them; never days, which open time has none of."""
        return self._units(seconds, (("hour", 3600), ("minute", 60), ("second", 1)))

    def span(self, seconds: int) -> str:
        """Seconds of the wall clock in days, hours and minutes, the two largest of them."""
        return self._units(seconds, (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)))

    def day(self, day: date) -> str:
        """A date with its month in letters."""
        return format_date(day, "medium" if self.language == "en" else "long", locale=self.locale)

    def day_month(self, day: date) -> str:
        """A date without its year, short enough for an axis."""
        return str(format_skeleton("MMMd", day, locale=self.locale))

    def weekday_time(self, local: datetime) -> str:
        """A local instant as weekday, day, month and time, for tables."""
        return f"{self.weekday_day(local)} {local:%H:%M}"

    def weekday_day(self, day: date) -> str:
        """A date as weekday, day and month, short enough for tables."""
        return str(format_skeleton("MMMEd", day, locale=self.locale))

    def full_day(self, day: date) -> str:
        """A date as weekday, day, month and year, all in letters."""
        return format_date(day, "full", locale=self.locale)

    def weekday_short(self, day: date) -> str:
        """The weekday of a date, short enough for an axis."""
        return str(get_day_names("abbreviated", locale=self.locale)[day.weekday()])

    def instant(self, at: datetime, zone: str) -> str:
        """A UTC instant as local date and time of a zone, the zone's place named."""
        local = at.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
        return self("instant", date=self.day(local.date()), time=f"{local:%H:%M}", zone=self.zone(zone))

    def zone(self, zone: str) -> str:
        """The time of a zone's city, 'UTC' for UTC, with the hours where a zone is named by them."""
        if zone in {"UTC", "Etc/UTC"}:
            return "UTC"
        if offset := _OFFSET.fullmatch(zone):  # whose names count against the sun: Etc/GMT-1 is ahead of UTC
            return self.isolated(f"UTC{'+' if offset[1] == '-' else '-'}{offset[2]}")
        return self("zone", place=get_timezone_location(zone, locale=self.locale, return_city=True))

    def weekday(self, isodow: int) -> str:
        """The name of a weekday, 1 (Monday) to 7."""
        return str(get_day_names("wide", locale=self.locale)[isodow - 1])

    def week(self, monday: date) -> str:
        """The short name of an ISO week."""
        return self("week.name", number=str(monday.isocalendar().week))

    def week_inside(self, monday: date) -> str:
        """The short name of an ISO week inside a sentence."""
        return self("week.inside", number=str(monday.isocalendar().week))

    def month(self, day: date) -> str:
        """The short name of a date's month."""
        return str(format_skeleton("MMM", day, locale=self.locale))

    def week_span(self, monday: date) -> str:
        """The days of an ISO week, Monday to Sunday, with the year."""
        return self._days(monday, date.fromordinal(monday.toordinal() + 6))

    def period(self, kind: str, first_on: date, last_on: date) -> str:
        """The name of a week, month or quarter, of own dates their first and last day."""
        match kind:
            case "week":
                return self("period.week_of", week=self.week(first_on), days=self.week_span(first_on))
            case "month":
                return str(format_skeleton("yMMMM", first_on, locale=self.locale))
            case "quarter":
                return self("period.quarter_of", number=str((first_on.month + 2) // 3), year=str(first_on.year))
        return self._days(first_on, last_on)

    def listed(self, items: Iterable[str]) -> str:
        """Items joined as the language joins a list in a sentence."""
        return format_list(list(items), locale=self.locale)

    def series(self, items: Iterable[str]) -> str:
        """Items with commas of their own, one after the other."""
        return self("semicolon").join(items)

    def clauses(self, parts: Iterable[str]) -> str:
        """Parts of one sentence, joined by the language's comma, with its full stop."""
        return self("comma").join(parts) + "."

    def isolated(self, text: str) -> str:
        """A text kept from turning the words around it in Arabic; the same text in the others."""
        return f"{_ISOLATE}{text}{_POP}" if self.is_rtl else text

    def embedded(self, text: str) -> str:
        """A text that reads in the language's direction wherever it is put, as in a chart, which knows none."""
        return f"{_EMBED}{text}{_POP}" if self.is_rtl else text

    def _days(self, first_on: date, last_on: date) -> str:
        """Two dates as one span; newer versions of Babel set thin spaces between days of a month, older ones none."""
        span = str(format_interval(first_on, last_on, "yMMMd", locale=self.locale))
        return _SPACED_DAYS.sub("–", span)

    def _inserted(self, value: object) -> str:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return self.isolated(self.number(value))
        text = str(value)
        # Letters inside isolates do not tell the direction of what stands around them: a sentence says its own.
        return self.embedded(text) if _ISOLATE in text else self.isolated(text)

    def _units(self, seconds: int, units: tuple[tuple[str, int], ...]) -> str:
        left = seconds
        parts: list[str] = []
        for name, size in units:
            count, left = divmod(left, size)
            if count or (not parts and size == 1):
                parts.append(self(f"unit.{name}", count=count))
            elif parts:
                break
            if len(parts) == 2:
                break
        return " ".join(parts)


@lru_cache(maxsize=20_000)
def _decimal(value: float | Decimal, locale: Locale) -> str:
    return format_decimal(value, locale=locale)


@cache
def _percent_pattern(locale: Locale, digits: str) -> str:
    whole: Any = locale.percent_formats[None]
    return str(whole.pattern).replace("#,##0", f"#,##0.{digits}" if digits else "#,##0")


def _rounded(value: float, digits: int) -> Decimal:
    """Half away from zero, as people round, of the shortest decimal that stands for the value."""
    return Decimal(repr(round(value, 12))).quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP")


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Message]]:
    for key, value in table.items():
        if isinstance(value, str) or set(value) <= PLURALS:
            yield prefix + key, value
        else:
            yield from _flat(value, f"{prefix}{key}.")
