"""Instants and durations as helpdesks write them, each worked out by hand; the macros of queries/staging read them."""

from collections.abc import Iterator
from datetime import datetime

import duckdb
import pytest

from sla.snapshot import QUERIES

MACROS = (
    "as_month", "as_half_day_clock", "as_spelled_clock", "as_wall_clock", "as_offset_s", "as_usual_instant",
    "as_instant", "as_unit_s", "as_counted_units", "as_duration_s", "as_number", "as_whole_number",
)  # fmt: skip


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute((QUERIES / "intake" / "as_plain_signs.sql").read_text("utf-8"))
        for name in MACROS:
            connection.execute((QUERIES / "staging" / f"{name}.sql").read_text("utf-8"))
        yield connection


@pytest.mark.parametrize(
    ("written", "dates", "zone", "instant"),
    [
        ("25/Feb/26 10:17 PM", "iso", "UTC", datetime(2026, 2, 25, 22, 17)),
        ("25/fev/26 10:17 PM", "iso", "America/Sao_Paulo", datetime(2026, 2, 26, 1, 17)),  # three hours behind
        ("19/ene/26 12:47 PM", "iso", "UTC", datetime(2026, 1, 19, 12, 47)),
        ("19/ene/26 12:07 AM", "iso", "UTC", datetime(2026, 1, 19, 0, 7)),
        ("26 de jun. de 2026, 10:28", "iso", "UTC", datetime(2026, 6, 26, 10, 28)),
        ("1 de março de 2026", "iso", "UTC", datetime(2026, 3, 1)),
        ("02 Mar, 2026 09:14 AM", "iso", "UTC", datetime(2026, 3, 2, 9, 14)),
        ("Mar 2, 2026 9:14 am", "iso", "UTC", datetime(2026, 3, 2, 9, 14)),
        ("5 May 2026", "iso", "UTC", datetime(2026, 5, 5)),
        ("2 مارس 2026 10:15 م", "iso", "UTC", datetime(2026, 3, 2, 22, 15)),
        ("17/12/25 10:11", "dmy", "UTC", datetime(2025, 12, 17, 10, 11)),
        ("12/17/25 10:11 PM", "mdy", "UTC", datetime(2025, 12, 17, 22, 11)),
        ("2026-03-02 19:45:00 UTC", "iso", "America/Sao_Paulo", datetime(2026, 3, 2, 19, 45)),
        ("2026-03-02 19:45:00", "iso", "UTC", datetime(2026, 3, 2, 19, 45)),
        ("2026-03-02 19:45:00", "iso", "America/Sao_Paulo", datetime(2026, 3, 2, 22, 45)),
        ("2026-03-02T19:45:00Z", "iso", "America/Sao_Paulo", datetime(2026, 3, 2, 19, 45)),
        ("2026-03-02 24:00:00", "iso", "UTC", datetime(2026, 3, 3)),
        ("17/12/25 10:11 am", "dmy", "UTC", datetime(2025, 12, 17, 10, 11)),
        ("2026-02-25 16:38:58.679", "iso", "UTC", datetime(2026, 2, 25, 16, 38, 58)),
        ("1772442851999", "epoch_ms", "America/Sao_Paulo", datetime(2026, 3, 2, 9, 14, 11)),
        ("1772442851", "epoch_s", "America/Sao_Paulo", datetime(2026, 3, 2, 9, 14, 11)),
        (
            "46083.385416667",
            "serial",
            "America/Sao_Paulo",
            datetime(2026, 3, 2, 12, 15),
        ),  # 0.385416667 of a day is 9:15
        ("46083,5", "serial", "UTC", datetime(2026, 3, 2, 12)),
        ("٢٠٢٦-٠٣-٠٢ ٠٩:١٤:١١", "iso", "America/Sao_Paulo", datetime(2026, 3, 2, 12, 14, 11)),
        ("١٣/٠٣/٢٠٢٦ ١٠:١٥ م", "dmy", "UTC", datetime(2026, 3, 13, 22, 15)),
        ("١٣\u200f/٣\u200f/٢٠٢٦، ١٠:١٥:٠٠ ص", "dmy", "UTC", datetime(2026, 3, 13, 10, 15)),  # as browsers write it
        ("۱۳ مارس ۲۰۲۶ ۱۰:۱۵", "iso", "UTC", datetime(2026, 3, 13, 10, 15)),  # digits of Persian
        ("١٣ مارس ٢٠٢٦ ١٠:١٥ مساءً", "iso", "UTC", datetime(2026, 3, 13, 22, 15)),
        ("2 كانون الثاني 2026", "iso", "UTC", datetime(2026, 1, 2)),
        ("2 تشرين الثاني 2026 10:15 صباحًا", "iso", "UTC", datetime(2026, 11, 2, 10, 15)),
        ("2 كانون الأول 2026", "iso", "UTC", datetime(2026, 12, 2)),
        ("13 جويلية 2026 10:15", "iso", "UTC", datetime(2026, 7, 13, 10, 15)),
        ("3/13/2026, 10:15:00\u202fPM", "mdy", "UTC", datetime(2026, 3, 13, 22, 15)),
        ("13/3/2026, 10:15:00\xa0p.\xa0m.", "dmy", "UTC", datetime(2026, 3, 13, 22, 15)),
        ("2 de março de 2026 às 10:28", "iso", "UTC", datetime(2026, 3, 2, 10, 28)),
        ("02/03/2026 às 10:28", "dmy", "UTC", datetime(2026, 3, 2, 10, 28)),
        ("Mon, 02 Mar 2026 09:14:11 +0200", "iso", "America/Sao_Paulo", datetime(2026, 3, 2, 7, 14, 11)),
        ("Mon, 2 Mar 2026 09:14:11 GMT", "iso", "America/Sao_Paulo", datetime(2026, 3, 2, 9, 14, 11)),
        ("Mon Mar 02 2026 09:14:11 GMT-0300", "iso", "UTC", datetime(2026, 3, 2, 12, 14, 11)),
        ("segunda-feira, 2 de março de 2026 10:28", "iso", "UTC", datetime(2026, 3, 2, 10, 28)),
        ("2/3/26 9:14 -0300", "dmy", "UTC", datetime(2026, 3, 2, 12, 14)),
        ("02/03/2026 9:14 PM +01:00", "dmy", "UTC", datetime(2026, 3, 2, 20, 14)),
    ],
)
def test_an_instant_is_read(
    con: duckdb.DuckDBPyConnection, written: str, dates: str, zone: str, instant: datetime
) -> None:
    assert con.execute("select as_instant($1, $2, $3)", [written, dates, zone]).fetchone() == (instant,)


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ("17/12/25 10:11", "iso"),
        ("2026-02-30 10:00:00", "iso"),
        ("2026- 1-01 10:00:00", "iso"),
        ("31/Feb/26 10:17 PM", "iso"),
        ("25/Feb/26 13:17 PM", "iso"),
        ("25/Feb/26 0:17 PM", "iso"),
        ("25/Feb/26 25:17", "iso"),
        ("25/Feb/26 10:77", "iso"),
        ("25/xyz/26 13:17", "iso"),
        ("13/13/26", "dmy"),
        ("17/12/25 10:11", "mdy"),
        ("46083.5", "iso"),
        ("1772442851999", "iso"),
        ("Feb 2026", "iso"),
        ("de 2 de 2026", "iso"),
    ],
)
def test_what_is_no_instant_stays_none(con: duckdb.DuckDBPyConnection, written: str, dates: str) -> None:
    assert con.execute("select as_instant($1, $2, 'UTC')", [written, dates]).fetchone() == (None,)


@pytest.mark.parametrize(
    ("written", "unit", "seconds"),
    [
        ("37", "min", 2_220),
        ("37", "s", 37),
        ("1.5", "h", 5_400),
        ("1,5", "h", 5_400),
        ("90500", "ms", 90),
        ("-3", "min", -180),
        ("0:37", "h", 2_220),
        ("00:37:19", "h", 2_239),
        ("31:07:12", "h", 112_032),
        ("-1:26", "h", -5_160),
        ("+3:23", "h", 12_180),
        ("4 days 00:01 hrs", "h", 345_660),
        ("0 days 07:25 hrs", "h", 26_700),
        ("7 horas 25 minutos 51 segundos", "s", 26_751),
        ("0 segundos", "s", 0),
        ("2 dias, 1 hora e 5 minutos", "s", 176_700),
        ("1 d 2 h", "s", 93_600),
        ("37 minutes", "s", 2_220),
        ("3 ساعات و 5 دقائق", "s", 11_100),
        ("٣ ساعات و٥ دقائق", "s", 11_100),
        ("۷:۲۵", "h", 26_700),
        ("١٫٥", "h", 5_400),
        ("ساعتان", "s", 7_200),
        ("ساعتين ودقيقتين", "s", 7_320),
        ("يومان و 3 ساعات", "s", 183_600),
        ("يوم واحد، ساعتان و ثانيتان", "s", 93_602),
        ("ساعة ودقيقة", "s", 3_660),
        ("أسبوعان", "s", 1_209_600),
        ("11 يومًا", "s", 950_400),
    ],
)
def test_a_duration_is_read(con: duckdb.DuckDBPyConnection, written: str, unit: str, seconds: int) -> None:
    assert con.execute("select as_duration_s($1, $2)", [written, unit]).fetchone() == (seconds,)


@pytest.mark.parametrize(
    "written", ["", "soon", "1 mês", "7:61", "12 parsecs", "1.2.3", "2 hours 1 month", "--3", "NaN"]
)
def test_what_is_no_duration_stays_none(con: duckdb.DuckDBPyConnection, written: str) -> None:
    assert con.execute("select as_duration_s($1, 's')", [written]).fetchone() == (None,)


@pytest.mark.parametrize(
    ("written", "number"),
    [("4", 4), ("4.5", 4.5), ("4,5", 4.5), ("٤٫٥", 4.5), ("-۴", -4), ("4.5.1", None), ("four", None), ("", None)],
)
def test_a_number_is_read_with_either_decimal_mark_and_in_either_digits(
    con: duckdb.DuckDBPyConnection, written: str, number: float | None
) -> None:
    assert con.execute("select as_number($1)", [written]).fetchone() == (number,)


def test_a_whole_number_is_read_in_arabic_digits(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("select as_whole_number('١٢'), as_whole_number('١٫٢')").fetchone() == (12, None)
