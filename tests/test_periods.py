"""Periods by name and by their days, for those who type them."""

from datetime import date

import pytest

from sla.errors import Refused
from sla.periods import Period, PeriodKind, period_between, period_named


@pytest.mark.parametrize(
    ("name", "kind", "first_on", "last_on"),
    [
        ("2026-Q3", "quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-10", "month", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-W01", "week", date(2025, 12, 29), date(2026, 1, 4)),
    ],
)
def test_a_period_has_a_name_and_is_known_by_its_days(
    name: str, kind: PeriodKind, first_on: date, last_on: date
) -> None:
    assert period_named(name) == period_between(first_on, last_on) == Period(kind, first_on, last_on)


def test_other_days_are_own_dates() -> None:
    days = date(2026, 7, 2), date(2026, 9, 30)
    assert period_between(*days) == Period("dates", *days)


@pytest.mark.parametrize("name", ["2026-Q5", "2026-13", "2026-W54", "2026", "Q3", "", "0000-01"])
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="is no period"):
        period_named(name)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match="before it begins"):
        period_between(date(2026, 2, 1), date(2026, 1, 31))
