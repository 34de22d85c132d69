"""Calendars as people read them: by their hours."""

import re
from dataclasses import replace
from datetime import date

import pytest

from sla.policies.model import Calendar, Policy
from sla.words import words
from sla.words.calendars import calendar_name, calendar_names

DAY = ((540, 1080),)
OFFICE = Calendar("office", "America/Sao_Paulo", (DAY,) * 5 + ((), ()))


def bare(text: str) -> str:
    """Without the marks that keep Arabic in order and hours on one line."""
    return re.sub("[\u2060\u2066-\u2069]", "", text)


def names(*versions: Policy) -> dict[str, str]:
    return {name: bare(told) for name, told in calendar_names(versions, words("en")).items()}


def policy(*calendars: Calendar) -> Policy:
    return Policy("desk", {}, {}, calendars, (), (), (), (), calendars[0].name, "UTC")


@pytest.mark.parametrize(
    ("language", "always", "office"),
    [
        ("en", "around the clock", "Mon–Fri 09:00–18:00 (São Paulo time)"),
        ("pt-BR", "24 horas por dia", "seg. a sex. 09:00–18:00 (horário de São Paulo)"),
        ("ar", "على مدار الساعة", "من الاثنين إلى الجمعة 09:00–18:00 (بتوقيت ساو باولو)"),
    ],
)
def test_a_calendar_is_told_by_its_hours(language: str, always: str, office: str) -> None:
    assert calendar_name(Calendar("always", "UTC", (((0, 1440),),) * 7, is_always=True), words(language)) == always
    assert bare(calendar_name(OFFICE, words(language))) == office


def test_days_of_other_hours_holidays_and_nights_are_told() -> None:
    lunch, night = ((540, 720), (780, 1080)), ((1320, 1800),)
    week = replace(OFFICE, hours=(lunch, lunch, (), DAY, DAY, night, ()), holidays=(date(2026, 12, 25),))
    assert bare(calendar_name(week, words("en"))) == (
        "Mon–Tue 09:00–12:00, 13:00–18:00; Thu–Fri 09:00–18:00; Sat 22:00–06:00, but for holidays (São Paulo time)"
    )
    dates = replace(OFFICE, timezone="UTC", hours=((),) * 7, dates={date(2026, 12, 25): DAY})
    assert bare(calendar_name(dates, words("en"))) == "on single dates (UTC)"


def test_calendars_that_read_alike_and_names_of_other_hours_keep_their_name() -> None:
    later = replace(OFFICE, hours=(((600, 1080),),) * 5 + ((), ()))
    twin = replace(OFFICE, name="twin")
    assert names(policy(OFFICE)) == {"office": "Mon–Fri 09:00–18:00 (São Paulo time)"}
    assert names(policy(OFFICE, twin)) == {
        "office": "office: Mon–Fri 09:00–18:00 (São Paulo time)",
        "twin": "twin: Mon–Fri 09:00–18:00 (São Paulo time)",
    }
    assert names(policy(later), policy(OFFICE)) == {
        "office": "office: Mon–Fri 09:00–18:00 (São Paulo time); Mon–Fri 10:00–18:00 (São Paulo time)"
    }
