"""Periods and links: a copied link means the same days next month."""

from datetime import date

import pytest

from sla.ui.scope import Period, PeriodKind, Scope, period_of, periods


@pytest.mark.parametrize(
    ("kind", "day", "first_on", "last_on"),
    [
        ("week", date(2026, 1, 1), date(2025, 12, 29), date(2026, 1, 4)),
        ("month", date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 11, 23), date(2026, 10, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_a_day_lies_in_its_period(kind: PeriodKind, day: date, first_on: date, last_on: date) -> None:
    assert period_of(kind, day) == Period(kind, first_on, last_on)


@pytest.mark.parametrize(
    ("period", "first_on", "last_on"),
    [
        (period_of("week", date(2026, 1, 5)), date(2025, 12, 29), date(2026, 1, 4)),
        (period_of("month", date(2026, 3, 31)), date(2026, 2, 1), date(2026, 2, 28)),
        (period_of("quarter", date(2026, 1, 1)), date(2025, 10, 1), date(2025, 12, 31)),
        (Period("dates", date(2026, 1, 11), date(2026, 1, 20)), date(2026, 1, 1), date(2026, 1, 10)),
        (Period("dates", date(2026, 1, 11), date(2026, 1, 11)), date(2026, 1, 10), date(2026, 1, 10)),
    ],
)
def test_the_period_before_ends_the_day_before(period: Period, first_on: date, last_on: date) -> None:
    assert (period.before.first_on, period.before.last_on) == (first_on, last_on)


def test_periods_run_from_the_newest_to_the_one_with_the_first_day() -> None:
    found = periods("month", date(2025, 12, 15), date(2026, 2, 1))
    assert [period.first_on for period in found] == [date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1)]


def test_a_period_ends_in_a_week() -> None:
    assert period_of("month", date(2026, 1, 1)).week == date(2026, 1, 26)


def test_a_link_has_resolved_days_and_every_filter_that_is_set() -> None:
    scope = Scope({"policy": "desk"}, period_of("month", date(2026, 1, 9)), severity="1", team="Red & Blue")
    assert scope.link("breaches", "pt-BR", metric="resolution", severity=None) == (
        "breaches?lang=pt-BR&period=month&month=2026-01-01&policy=desk&team=Red+%26+Blue&metric=resolution"
    )


def test_the_first_page_stands_at_the_bare_address() -> None:
    scope = Scope({"policy": "desk"}, period_of("week", date(2026, 1, 9)))
    assert scope.link("week", "en") == "./?lang=en&period=week&week=2026-01-05&policy=desk"
