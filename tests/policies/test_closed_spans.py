"""What kept a calendar closed: holidays, closures and a date's own hours, each with its whole shift."""

from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest

from sla.policies.calendars import closed_spans, open_spans
from sla.policies.model import Calendar

OFFICE = ((540, 1080),)  # 09:00 to 18:00
NIGHT = ((1320, 1800),)  # 22:00 to 06:00
SECOND, THIRD, FOURTH = (date(2026, 3, day) for day in (2, 3, 4))


def a_calendar(zone: str, hours: Any, **more: Any) -> Calendar:
    """A calendar with the same hours on all seven days."""
    return Calendar(name="desk", timezone=zone, hours=(hours,) * 7, **more)


def closed(calendar: Calendar, since: str, until: str) -> list[str]:
    """Closed spans as text, short enough to be compared at a glance."""
    found = closed_spans(calendar, datetime.fromisoformat(since), datetime.fromisoformat(until))
    return [f"{span.from_at:%d %H:%M}-{span.until_at:%d %H:%M} {span.reason} {span.shift_on:%d}" for span in found]


def test_a_weekday_that_is_not_open_is_closed_for_no_reason_of_its_own() -> None:
    assert closed(a_calendar("UTC", OFFICE), "2026-03-02", "2026-03-05") == []
    assert closed(a_calendar("UTC", OFFICE, is_always=True, holidays=(THIRD,)), "2026-03-02", "2026-03-05") == []


def test_a_holiday_is_its_whole_local_date() -> None:
    # Tokyo is UTC+9: 3 March is the 2nd 15:00 to the 3rd 15:00 UTC.
    desk = a_calendar("Asia/Tokyo", OFFICE, holidays=(THIRD,))
    assert closed(desk, "2026-03-01", "2026-03-05") == ["02 15:00-03 15:00 holiday 03"]


def test_a_holiday_takes_the_overnight_shift_that_starts_on_it_whole_and_leaves_the_one_before() -> None:
    # The shift of the 2nd runs to the 3rd 06:00; that of the 3rd would have run to the 4th 06:00.
    desk = a_calendar("UTC", NIGHT, holidays=(THIRD,))
    assert closed(desk, "2026-03-01", "2026-03-06") == ["03 06:00-04 06:00 holiday 03"]


def test_of_two_holidays_the_night_between_belongs_to_the_first() -> None:
    desk = a_calendar("UTC", NIGHT, holidays=(SECOND, THIRD))
    assert closed(desk, "2026-03-01", "2026-03-06") == ["02 06:00-03 06:00 holiday 02", "03 06:00-04 06:00 holiday 03"]


def test_a_closure_is_what_it_takes_out_of_the_dates_shift_and_no_more() -> None:
    # 08:00-10:00 of 09:00-18:00; and 01:00-02:00 of the shift that starts on the 2nd.
    assert closed(a_calendar("UTC", OFFICE, closures={SECOND: ((480, 600),)}), "2026-03-01", "2026-03-05") == [
        "02 09:00-02 10:00 closure 02"
    ]
    assert closed(a_calendar("UTC", NIGHT, closures={SECOND: ((60, 120),)}), "2026-03-01", "2026-03-05") == [
        "03 01:00-03 02:00 closure 02"
    ]


def test_own_hours_are_what_the_weekday_would_have_had_besides() -> None:
    # 10:00-20:00 instead of 09:00-18:00; none at all instead of a night.
    assert closed(a_calendar("UTC", OFFICE, dates={SECOND: ((600, 1200),)}), "2026-03-01", "2026-03-05") == [
        "02 09:00-02 10:00 own_hours 02"
    ]
    assert closed(a_calendar("UTC", NIGHT, dates={SECOND: ()}), "2026-03-01", "2026-03-05") == [
        "02 22:00-03 06:00 own_hours 02"
    ]


def test_a_closure_of_own_hours_stands_before_the_weekdays_hours() -> None:
    # Weekday 09:00-18:00; own hours 09:00-12:00, of which 11:00-13:00 is closed.
    desk = a_calendar("UTC", OFFICE, dates={SECOND: ((540, 720),)}, closures={SECOND: ((660, 780),)})
    assert closed(desk, "2026-03-01", "2026-03-05") == [
        "02 11:00-02 12:00 closure 02",
        "02 12:00-02 18:00 own_hours 02",
    ]


def test_on_a_holiday_nothing_else_is_a_reason() -> None:
    desk = a_calendar("UTC", OFFICE, holidays=(SECOND,), dates={SECOND: ()}, closures={SECOND: ((600, 660),)})
    assert closed(desk, "2026-03-01", "2026-03-05") == ["02 00:00-03 00:00 holiday 02"]


def test_a_holiday_with_an_hour_that_happens_twice_has_it_twice() -> None:
    # New York, 1 November 2026: 04:00 UTC to the 2nd 05:00 UTC, 25 hours.
    desk = a_calendar("America/New_York", OFFICE, holidays=(date(2026, 11, 1),))
    assert closed(desk, "2026-10-30", "2026-11-04") == ["01 04:00-02 05:00 holiday 01"]


def test_the_name_of_a_public_holiday_comes_with_it_in_the_countrys_language_on_every_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")
    desk = a_calendar("America/Sao_Paulo", OFFICE, holiday_calendar="BR")
    (span,) = closed_spans(desk, datetime(2026, 4, 20), datetime(2026, 4, 23))
    assert (span.reason, span.shift_on, span.name) == ("holiday", date(2026, 4, 21), "Tiradentes")


def test_closed_spans_never_overlap_each_other_or_open_time() -> None:
    desk = a_calendar(
        "Australia/Lord_Howe",
        ((0, 180), (1320, 1500)),
        holidays=(date(2026, 4, 4), date(2026, 4, 6)),
        dates={date(2026, 4, 5): ((60, 300),), date(2026, 4, 7): ((1200, 1700),)},
        closures={date(2026, 4, 5): ((120, 180),), date(2026, 4, 7): ((1380, 1560),)},
    )
    since, until = datetime(2026, 4, 1), datetime(2026, 4, 12)
    shut = [(span.from_at, span.until_at) for span in closed_spans(desk, since, until)]
    everything = sorted([*shut, *open_spans(desk, since, until)])
    assert len(shut) > 4
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(everything))
    assert all(since <= opens < closes <= until for opens, closes in everything)
