"""Open time of a calendar: cases worked by hand, a walk from minute to minute, and other helpdesks' tests."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sla.errors import Refused
from sla.policies.calendars import holidays_of, open_spans
from sla.policies.model import Calendar

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "business_time.json").read_text("utf-8")
)
ALL_DAY = ((0, 1440),)
OFFICE = ((540, 1080),)  # 09:00 to 18:00
NIGHT = ((1320, 1800),)  # 22:00 to 06:00
EARLY = ((60, 180),)  # 01:00 to 03:00


def a_calendar(zone: str, hours: Any = (), **more: Any) -> Calendar:
    """A calendar with the same hours on all seven days, or with the seven given."""
    week = hours if len(hours) == 7 else (hours,) * 7
    return Calendar(name="desk", timezone=zone, hours=week, **more)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def spans(calendar: Calendar, since: str, until: str) -> list[str]:
    """Spans as text, short enough to be compared at a glance."""
    found = open_spans(calendar, at(since), at(until))
    return [
        f"{opens:%d %H:%M:%S}-{closes:%d %H:%M:%S}".replace(":00-", "-").removesuffix(":00") for opens, closes in found
    ]


# Hours, holidays, dates and closures


def test_hours_are_local_and_half_open() -> None:
    # São Paulo is UTC-3: 09:00-18:00 is 12:00-21:00 UTC.
    desk = a_calendar("America/Sao_Paulo", OFFICE)
    assert spans(desk, "2026-03-02", "2026-03-04") == ["02 12:00-02 21:00", "03 12:00-03 21:00"]


def test_spans_are_clipped_to_the_asked_time_at_the_second() -> None:
    desk = a_calendar("UTC", OFFICE)
    assert spans(desk, "2026-03-02T09:00:01", "2026-03-02T17:59:59") == ["02 09:00:01-02 17:59:59"]
    assert spans(desk, "2026-03-02T18:00:00", "2026-03-03T09:00:00") == []


def test_nothing_is_open_in_an_empty_or_reversed_time() -> None:
    assert spans(a_calendar("UTC", ALL_DAY), "2026-03-02", "2026-03-02") == []
    assert spans(a_calendar("UTC", ALL_DAY, is_always=True), "2026-03-03", "2026-03-02") == []


def test_windows_that_touch_are_one_span() -> None:
    # 09:00-12:00 and 12:00-18:00; and whole days side by side.
    assert spans(a_calendar("UTC", ((540, 720), (720, 1080))), "2026-03-02", "2026-03-03") == ["02 09:00-02 18:00"]
    assert spans(a_calendar("America/New_York", ALL_DAY), "2026-03-07", "2026-03-10") == ["07 00:00-10 00:00"]


def test_an_overnight_shift_that_began_the_evening_before_is_open() -> None:
    # Tokyo is UTC+9: Monday 22:00 to Tuesday 06:00 is Monday 13:00 to 21:00 UTC.
    desk = a_calendar("Asia/Tokyo", (NIGHT, (), (), (), (), (), ()))
    assert spans(desk, "2026-03-02T20:00:00", "2026-03-09") == ["02 20:00-02 21:00"]


def test_far_behind_utc_a_shift_of_two_utc_dates_ago_is_still_open() -> None:
    # Pago Pago is UTC-11: Monday the 2nd 22:00 to 14:00 is the 3rd 09:00 to the 4th 01:00 UTC.
    desk = a_calendar("Pacific/Pago_Pago", (((1320, 2280),), (), (), (), (), (), ()))
    assert spans(desk, "2026-03-04", "2026-03-09") == ["04 00:00-04 01:00"]


def test_an_overnight_shift_belongs_whole_to_the_date_it_starts_on() -> None:
    # The 3rd is a holiday: its own shift falls out whole; the one of the 2nd still runs to 06:00 on the 3rd.
    desk = a_calendar("UTC", NIGHT, holidays=(date(2026, 3, 3),))
    assert spans(desk, "2026-03-02T12:00:00", "2026-03-04T23:00:00") == ["02 22:00-03 06:00", "04 22:00-04 23:00"]


def test_a_dates_own_hours_replace_the_weekdays() -> None:
    desk = a_calendar("UTC", OFFICE, dates={date(2026, 12, 24): ((540, 720),), date(2026, 12, 25): ()})
    assert spans(desk, "2026-12-24", "2026-12-27") == ["24 09:00-24 12:00", "26 09:00-26 18:00"]


def test_a_holiday_is_closed_even_where_the_date_has_hours_of_its_own() -> None:
    day = date(2026, 12, 24)
    assert spans(a_calendar("UTC", OFFICE, holidays=(day,), dates={day: OFFICE}), "2026-12-24", "2026-12-25") == []


def test_a_closure_is_taken_out_of_the_dates_own_hours() -> None:
    # 08:00-20:00 less 15:00-16:00.
    day = date(2026, 11, 30)
    desk = a_calendar("UTC", OFFICE, dates={day: ((480, 1200),)}, closures={day: ((900, 960),)})
    assert spans(desk, "2026-11-30", "2026-12-01") == ["30 08:00-30 15:00", "30 16:00-30 20:00"]


def test_a_closure_cuts_the_overnight_part_of_its_dates_shift_on_the_next_date() -> None:
    # The shift of the 2nd (22:00 to 06:00) less 01:00-02:00; the closure leaves the shift of the 1st alone.
    desk = a_calendar("UTC", NIGHT, closures={date(2026, 3, 2): ((60, 120),)})
    assert spans(desk, "2026-03-02", "2026-03-03T12:00:00") == [
        "02 00:00-02 06:00",
        "02 22:00-03 01:00",
        "03 02:00-03 06:00",
    ]


def test_a_closure_may_itself_run_overnight() -> None:
    # The shift of the 2nd less 23:00-01:00.
    desk = a_calendar("UTC", NIGHT, closures={date(2026, 3, 2): ((1380, 1500),)})
    assert spans(desk, "2026-03-02T12:00:00", "2026-03-03T12:00:00") == ["02 22:00-02 23:00", "03 01:00-03 06:00"]


def test_a_desk_with_whole_days_still_keeps_its_holidays() -> None:
    # Local 25 December in São Paulo is 25th 03:00 to 26th 03:00 UTC.
    desk = a_calendar("America/Sao_Paulo", ALL_DAY, holidays=(date(2026, 12, 25),))
    assert spans(desk, "2026-12-24", "2026-12-27") == ["24 00:00-25 03:00", "26 03:00-27 00:00"]


# Clock changes


def test_an_hour_that_never_happens_is_not_open() -> None:
    # New York, 8 March 2026: 02:00 EST (07:00 UTC) becomes 03:00 EDT. 01:00-03:00 is 06:00-07:00 UTC, one hour.
    assert spans(a_calendar("America/New_York", EARLY), "2026-03-08", "2026-03-09") == ["08 06:00-08 07:00"]


def test_an_hour_that_happens_twice_is_open_twice() -> None:
    # New York, 1 November 2026: 02:00 EDT (06:00 UTC) becomes 01:00 EST. 01:00-03:00 is 05:00-08:00 UTC, three hours.
    assert spans(a_calendar("America/New_York", EARLY), "2026-11-01", "2026-11-02") == ["01 05:00-01 08:00"]
    # 01:00-01:30 is two stretches: in EDT 05:00-05:30, in EST 06:00-06:30.
    half = a_calendar("America/New_York", ((60, 90),))
    assert spans(half, "2026-11-01", "2026-11-02") == ["01 05:00-01 05:30", "01 06:00-01 06:30"]


def test_an_overnight_shift_over_a_change_has_seven_or_nine_hours() -> None:
    # Berlin: 29 March 2026 at 01:00 UTC from +1 to +2; 25 October 2026 at 01:00 UTC back.
    desk = a_calendar("Europe/Berlin", NIGHT)
    assert spans(desk, "2026-03-28T12:00:00", "2026-03-29T12:00:00") == ["28 21:00-29 04:00"]
    assert spans(desk, "2026-10-24T12:00:00", "2026-10-25T12:00:00") == ["24 20:00-25 05:00"]


def test_half_an_hour_happens_twice_in_lord_howe() -> None:
    # 5 April 2026 at 15:00 UTC on the 4th, +11 becomes +10:30: 02:00 is 01:30 again.
    # 01:30-02:00 is 14:30-15:00 UTC and 15:00-15:30 UTC.
    assert spans(a_calendar("Australia/Lord_Howe", ((90, 120),)), "2026-04-04T12:00:00", "2026-04-05T12:00:00") == [
        "04 14:30-04 15:30"
    ]


def test_a_day_without_a_midnight_starts_at_one() -> None:
    # São Paulo, 4 November 2018: 00:00 at -3 (03:00 UTC) is 01:00 at -2. 00:00-02:00 is 03:00-04:00 UTC.
    assert spans(a_calendar("America/Sao_Paulo", ((0, 120),)), "2018-11-04", "2018-11-05") == ["04 03:00-04 04:00"]


def test_the_last_hour_of_a_date_happens_twice_under_that_dates_hours() -> None:
    # São Paulo: at midnight after Saturday 17 February 2018 (02:00 UTC) it is 23:00 again, at -3 to 03:00 UTC.
    # Saturday 23:00-24:00 is 01:00-03:00 UTC; Sunday's own first hour begins at 03:00 UTC.
    saturday = ((), (), (), (), (), ((1380, 1440),), ())
    sunday = ((), (), (), (), (), (), ((0, 60),))
    assert spans(a_calendar("America/Sao_Paulo", saturday), "2018-02-17T12:00:00", "2018-02-19") == [
        "18 01:00-18 03:00"
    ]
    assert spans(a_calendar("America/Sao_Paulo", sunday), "2018-02-17T12:00:00", "2018-02-19") == ["18 03:00-18 04:00"]


def test_a_date_that_never_happened_has_no_open_time() -> None:
    # Apia went from 29 December 2011, 24:00 at -10 (30th, 10:00 UTC) to 31 December, 00:00 at +14.
    # 09:00-18:00 on the 29th is 29th 19:00 to 30th 04:00 UTC; on the 31st it is 30th 19:00 to 31st 04:00 UTC.
    found = spans(a_calendar("Pacific/Apia", OFFICE), "2011-12-29T12:00:00", "2011-12-31T12:00:00")
    assert found == ["29 19:00-30 04:00", "30 19:00-31 04:00"]


def test_two_changes_within_five_weeks_are_both_seen() -> None:
    # Casablanca 2024: +1 until 10 March 02:00 UTC, then 0 (Ramadan) until 14 April 02:00 UTC.
    # 09:00-18:00 is 08:00-17:00 UTC on 9 March and 15 April, 09:00-18:00 UTC between.
    desk = a_calendar("Africa/Casablanca", OFFICE)
    found = spans(desk, "2024-03-09", "2024-04-16")
    assert (found[0], found[1], found[-3], found[-2]) == (
        "09 08:00-09 17:00",
        "10 09:00-10 18:00",
        "13 09:00-13 18:00",
        "14 08:00-14 17:00",
    )


def test_an_offset_with_seconds_is_kept_to_the_second() -> None:
    # Monrovia was 44 min 30 s behind UTC until 1972: 09:00-18:00 is 09:44:30 to 18:44:30 UTC.
    assert spans(a_calendar("Africa/Monrovia", OFFICE), "1971-06-01", "1971-06-02") == ["01 09:44:30-01 18:44:30"]


# Holidays


def test_holidays_of_brazil_come_with_the_packages_names() -> None:
    desk = a_calendar("America/Sao_Paulo", OFFICE, holiday_calendar="BR", holidays=(date(2026, 1, 2), date(2026, 1, 1)))
    found = holidays_of(desk, at("2026-01-01T03:00:00"), at("2026-04-22T03:00:00"))
    # 1 January, our own 2 January, Good Friday 3 April, Tiradentes 21 April; Carnival is no public holiday.
    assert [day for day, _ in found] == [date(2026, 1, 1), date(2026, 1, 2), date(2026, 4, 3), date(2026, 4, 21)]
    assert found[1] == (date(2026, 1, 2), "")
    assert "Tiradentes" in found[3][1]
    assert spans(desk, "2026-04-20T12:00:00", "2026-04-22T12:00:00") == ["20 12:00-20 21:00"]


def test_a_state_has_holidays_that_the_country_has_not() -> None:
    # 9 July, the Constitutionalist Revolution, in São Paulo alone.
    year = (at("2026-01-01T03:00:00"), at("2027-01-01T03:00:00"))
    country = dict(holidays_of(a_calendar("America/Sao_Paulo", OFFICE, holiday_calendar="BR"), *year))
    state = dict(holidays_of(a_calendar("America/Sao_Paulo", OFFICE, holiday_calendar="BR-SP"), *year))
    assert set(state) - set(country) == {date(2026, 7, 9)}


def test_holidays_are_dates_of_the_calendars_zone() -> None:
    # 25 December in Tokyo is 24th 15:00 to 25th 15:00 UTC.
    desk = a_calendar("Asia/Tokyo", OFFICE, holidays=(date(2026, 12, 25),))
    assert holidays_of(desk, at("2026-12-24T14:00:00"), at("2026-12-24T15:00:00")) == []
    assert holidays_of(desk, at("2026-12-24T14:00:00"), at("2026-12-24T15:00:01")) == [(date(2026, 12, 25), "")]
    assert holidays_of(desk, at("2026-12-25T15:00:00"), at("2026-12-25T16:00:00")) == []
    assert holidays_of(desk, at("2026-12-25T16:00:00"), at("2026-12-25T15:00:00")) == []


@pytest.mark.parametrize("code", ["Brasil", "BR-XX"])
def test_an_unknown_holiday_calendar_is_refused_by_its_name(code: str) -> None:
    with pytest.raises(Refused, match=f'"{code}"'):
        open_spans(a_calendar("UTC", OFFICE, holiday_calendar=code), at("2026-01-01"), at("2026-02-01"))


# Speed


def test_a_desk_that_never_closes_is_one_span_over_thirty_years() -> None:
    desk = a_calendar("America/New_York", ALL_DAY, is_always=True)
    began = perf_counter()
    assert open_spans(desk, at("2000-01-01"), at("2030-01-01")) == [(at("2000-01-01"), at("2030-01-01"))]
    assert perf_counter() - began < 0.05


def test_thirty_years_of_office_hours_take_less_than_a_second() -> None:
    desk = a_calendar("America/New_York", OFFICE, dates={date(2026, 12, 24): ((540, 720),)})
    began = perf_counter()
    found = open_spans(desk, at("2000-01-01"), at("2030-01-01"))
    assert perf_counter() - began < 1
    assert len(found) == 10_958  # days of 30 years, 8 of them leap years


# Against a walk from minute to minute

CHANGES = [
    ("Australia/Lord_Howe", "2024-04-06"), ("Australia/Lord_Howe", "2024-10-05"),
    ("America/Sao_Paulo", "2018-02-17"), ("America/Sao_Paulo", "2018-11-03"),
    ("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21"), ("Pacific/Chatham", "2024-04-06"),
    ("Africa/Casablanca", "2024-03-10"), ("Africa/Casablanca", "2024-04-14"), ("Africa/Cairo", "2014-07-31"),
    ("America/New_York", "2026-03-08"), ("America/New_York", "2026-11-01"), ("America/Havana", "2024-11-03"),
    ("America/Santiago", "2024-09-08"), ("Antarctica/Troll", "2024-03-31"), ("Antarctica/Troll", "2024-10-27"),
    ("Asia/Gaza", "2023-10-28"), ("Asia/Tehran", "2022-03-22"), ("Asia/Beirut", "2024-03-31"),
    ("Europe/Lisbon", "1992-09-27"), ("Asia/Kathmandu", "1986-01-01"), ("UTC", "2026-06-01"),
]  # fmt: skip


@st.composite
def windows(draw: st.DrawFn, most: int = 3) -> tuple[tuple[int, int], ...]:
    """Windows that do not overlap, the last of which may run overnight; most edges lie where clocks change."""
    edge = st.sampled_from([0, 30, 60, 90, 120, 150, 180, 240, 1380, 1410, 1440]) | st.integers(0, 1440)
    edges = sorted(draw(st.lists(edge, max_size=2 * most, unique=True)))
    found = list(zip(edges[::2], edges[1::2], strict=False))
    if len(edges) % 2 and edges[-1] < 1440:
        last = edges[-1]
        found.append((last, 1440 + draw(st.integers(1, last) if last else st.just(0))))
    return tuple(found)


@st.composite
def desks(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    zone, day = draw(st.sampled_from(CHANGES))
    near = date.fromisoformat(day)
    days = st.integers(-2, 2).map(lambda n: near + timedelta(days=n))
    calendar = a_calendar(
        zone,
        draw(st.tuples(*[windows()] * 7)),
        holidays=tuple(draw(st.lists(days, max_size=1))),
        dates=draw(st.dictionaries(days, windows(), max_size=2)),
        closures=draw(st.dictionaries(days, windows(2), max_size=2)),
    )
    return calendar, at(day) - timedelta(hours=36, minutes=draw(st.integers(0, 720)))


def is_open(calendar: Calendar, instant: datetime) -> bool:
    """RULES 2, read aloud: is the wall clock within the hours of its date, or within a shift of the date before?"""
    wall = instant.replace(tzinfo=UTC).astimezone(ZoneInfo(calendar.timezone))
    minute = 60 * wall.hour + wall.minute
    return works(calendar, wall.date(), minute) or works(calendar, wall.date() - timedelta(days=1), minute + 1440)


def works(calendar: Calendar, day: date, minute: int) -> bool:
    if day in calendar.holidays:
        return False
    hours = calendar.dates.get(day, calendar.hours[day.weekday()])
    if not any(opens <= minute < closes for opens, closes in hours):
        return False
    return not any(a <= minute < b or a <= minute - 1440 < b for a, b in calendar.closures.get(day, ()))


@settings(max_examples=150, deadline=None)
@given(desks())
@example((a_calendar("America/Sao_Paulo", ((60, 1500),)), at("2018-02-16T20:00:00")))
def test_spans_are_the_minutes_of_a_walk(desk: tuple[Calendar, datetime]) -> None:
    calendar, since = desk
    minutes = [since + timedelta(minutes=n) for n in range(72 * 60)]
    walked = [minute for minute in minutes if is_open(calendar, minute)]
    found = open_spans(calendar, since, since + timedelta(hours=72))
    assert [minute for minute in minutes if any(a <= minute < b for a, b in found)] == walked
    assert all(a < b for a, b in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    assert sum((b - a for a, b in found), timedelta()) == timedelta(minutes=len(walked))


@settings(max_examples=60, deadline=None)
@given(desks(), st.integers(0, 72 * 3600), st.integers(0, 72 * 3600))
def test_asking_for_less_cuts_the_same_spans(desk: tuple[Calendar, datetime], first: int, last: int) -> None:
    calendar, since = desk
    a, b = since + timedelta(seconds=first), since + timedelta(seconds=last)
    whole = open_spans(calendar, since, since + timedelta(hours=72))
    assert open_spans(calendar, a, b) == [(max(a, x), min(b, y)) for x, y in whole if max(a, x) < min(b, y)]


# What other helpdesks' own tests expect


def calendar_of(case: dict[str, Any]) -> Calendar:
    facts = case["calendar"]
    week = tuple(minutes(facts["hours"].get(day, ())) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    return a_calendar(
        facts["timezone"],
        week,
        holidays=tuple(map(date.fromisoformat, facts.get("holidays", ()))),
        dates={date.fromisoformat(day): minutes(hours) for day, hours in facts.get("dates", {}).items()},
        closures={date.fromisoformat(day): minutes(hours) for day, hours in facts.get("closures", {}).items()},
    )


def minutes(hours: Any) -> tuple[tuple[int, int], ...]:
    def minute(text: str) -> int:
        return 60 * int(text[:2]) + int(text[3:])

    return tuple((minute(opens), minute(closes)) for opens, closes in hours)


def utc(text: str) -> datetime:
    return at(text).astimezone(UTC).replace(tzinfo=None)


def elapsed(found: list[tuple[datetime, datetime]], start: datetime, stop: datetime) -> int:
    """B(stop) − B(start), never below 0: a stop before its start is out of order, elapsed 0 (RULES 3 and 19)."""
    parts = (min(b, stop) - max(a, start) for a, b in found)
    return int(sum(max(part.total_seconds(), 0) for part in parts))


def due(found: list[tuple[datetime, datetime]], start: datetime, target: int) -> datetime:
    """The earliest instant at which the elapsed time reaches the target: at the day's edge, closing time (RULES 3)."""
    if target == 0:
        return start
    left = timedelta(seconds=target)
    for opens, closes in found:
        begins = max(opens, start)
        if begins + left <= closes:
            return begins + left
        left -= max(closes - begins, timedelta())
    raise AssertionError("the calendar of this case ends too early")


def named(cases: list[dict[str, Any]]) -> Any:
    return [pytest.param(case, id=case["id"]) for case in cases]


@pytest.mark.parametrize("case", named([case for case in CASES if "end" in case]))
def test_elapsed_time_is_what_other_helpdesks_expect(case: dict[str, Any]) -> None:
    start, end = utc(case["start"]), utc(case["end"])
    found = open_spans(calendar_of(case), start - timedelta(days=3), max(start, end) + timedelta(days=3))
    assert elapsed(found, start, end) == case["expected"]


@pytest.mark.parametrize("case", named([case for case in CASES if "due" in case]))
def test_due_instants_are_what_other_helpdesks_expect(case: dict[str, Any]) -> None:
    start = utc(case["start"])
    found = open_spans(calendar_of(case), start - timedelta(days=3), start + timedelta(days=800))
    assert due(found, start, case["target"]) == utc(case["due"])


@pytest.mark.parametrize("case", named([case for case in CASES if "due_in_source" in case]))
def test_where_a_source_differs_nothing_is_open_between_its_due_instant_and_ours(case: dict[str, Any]) -> None:
    """RULES 3 wins: the earliest instant. These sources move a target of 0 s, or one that ends at closing, on to the
    next opening; no verdict differs, since verdicts compare elapsed seconds (RULES 6).
    """
    ours, theirs = sorted((utc(case["due"]), utc(case["due_in_source"])))
    assert ours == utc(case["due"])
    assert open_spans(calendar_of(case), ours, theirs) == []


def test_no_case_is_missing() -> None:
    assert len(CASES) == 363
    assert len({case["id"] for case in CASES}) == 363
