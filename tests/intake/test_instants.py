from datetime import datetime
from pathlib import Path

import pytest
from intake_runs import intake

from sla.errors import Refused


def created(tmp_path: Path, written: str, **options: object) -> datetime | None:
    """The creation as it was read; None where the row was rejected."""
    text = f'ticket_id,created_at\nother,2026-01-01\nx,"{written}"\n'
    rows = dict(intake(tmp_path, {"t.csv": text}, **options).rows("tickets", "ticket_id", "created_at"))
    return rows.get("x")


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02T03:04:05", datetime(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02 03:04", datetime(2026, 1, 2, 3, 4)),
        ("2026-01-02 03:04Z", datetime(2026, 1, 2, 3, 4)),
        ("2026-01-02", datetime(2026, 1, 2)),
        (" 2026-01-02 ", datetime(2026, 1, 2)),
        ("2026-01-02T24:00:00", datetime(2026, 1, 3)),
        ("2026-01-02T03:04:05.999Z", datetime(2026, 1, 2, 3, 4, 5)),  # cut, not rounded
        ("2026-01-02T03:04:05,5", datetime(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02T00:00:00+03:00", datetime(2026, 1, 1, 21)),
        ("2026-01-02T00:00:00-0330", datetime(2026, 1, 2, 3, 30)),
        ("2026-01-02T00:00:00.25+03", datetime(2026, 1, 1, 21)),
        ("2026-01-02 00:00+05:45", datetime(2026, 1, 1, 18, 15)),
        ("2026-01-02 03:04:05 -03:00", datetime(2026, 1, 2, 6, 4, 5)),
        ("1970-01-01T00:00:00Z", datetime(1970, 1, 1)),
        ("2024-02-29", datetime(2024, 2, 29)),
    ],
)
def test_an_iso_8601_instant_is_read(tmp_path: Path, written: str, instant: datetime) -> None:
    assert created(tmp_path, written) == instant


@pytest.mark.parametrize(
    "written",
    [
        "infinity", "epoch", "now", "2026-1-2", "2026-01-02 3:04", "2026-01-02T25:00:00", "2026-01-02T24:00:01",
        "2026-02-30", "2025-02-29", "2026-13-01", "20260102T030405Z", "02/01/2026", "2026-01-02T03:04:05 Europe/Paris",
        "2026-01-02T03:04:60Z", "1969-12-31T23:59:59Z", "2200-01-01", "2026-01-02T03", "2026-01-02T03:04:05+15:00",
        "1970-01-01T00:00:00+01:00", "-2026-01-02", "2026-01-02T03:04:05.", "12026-01-02", "२०२६-०१-०२",
    ],
)  # fmt: skip
def test_anything_else_is_unreadable(tmp_path: Path, written: str) -> None:
    assert created(tmp_path, written, as_of=datetime(2026, 1, 1)) is None


def test_an_instant_without_an_offset_is_in_the_zone_given(tmp_path: Path) -> None:
    # São Paulo is three hours behind UTC in January 2026.
    assert created(tmp_path, "2026-01-02T09:00:00", timezone="America/Sao_Paulo") == datetime(2026, 1, 2, 12)


def test_an_offset_is_stronger_than_the_zone_given(tmp_path: Path) -> None:
    assert created(tmp_path, "2026-01-02T09:00:00+01:00", timezone="America/Sao_Paulo") == datetime(2026, 1, 2, 8)


def test_the_repeated_hour_is_read_as_the_later_one(tmp_path: Path) -> None:
    # New York, 2025-11-02 01:30 happens at 05:30 and at 06:30 UTC.
    assert created(tmp_path, "2025-11-02 01:30", timezone="America/New_York") == datetime(2025, 11, 2, 6, 30)


def test_utc_is_assumed_where_nobody_names_a_zone_and_the_summary_says_so(tmp_path: Path) -> None:
    summary = intake(tmp_path, {"t.csv": "ticket_id,created_at\nx,2026-01-02 09:00\n"}).summary
    assert (summary.timezone, summary.timezone_was_assumed) == ("UTC", True)
    assert summary.notes == ["No zone in export/t.csv: UTC was assumed; --timezone says otherwise."]


@pytest.mark.parametrize(
    ("written", "timezone"),
    [("2026-01-02T09:00:00Z", None), ("2026-01-02T09:00", "UTC"), ("2026-01-02T09:00-03", None)],
)
def test_nothing_is_assumed_where_an_offset_or_a_zone_is_there(
    tmp_path: Path, written: str, timezone: str | None
) -> None:
    summary = intake(tmp_path, {"t.csv": f"ticket_id,created_at\nx,{written}\n"}, timezone=timezone).summary
    assert (summary.timezone_was_assumed, summary.notes) == (False, [])


@pytest.mark.parametrize("zone", ["Sao_Paulo", "GMT+25", "", "localtime", "../etc/passwd"])
def test_a_zone_that_is_no_iana_name_is_refused(tmp_path: Path, zone: str) -> None:
    with pytest.raises(Refused, match=r"--timezone names the zone .*IANA"):
        created(tmp_path, "2026-01-02", timezone=zone)
