"""Policies as tables of a snapshot."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from policy_texts import SOUND, read

from sla.errors import Refused
from sla.policies.schemas import SCHEMAS
from sla.policies.tables import policy_tables

README = Path(__file__).parents[2] / "queries" / "README.md"
SINCE, AS_OF = datetime(2026, 3, 4, 15), datetime(2026, 3, 9, 12)  # a Wednesday; the Monday after
WITH_PLANS = SOUND.replace('severities = ["1"]', 'severities = ["1"]\nplans = ["Pro", "Gold"]')


def _tables(*texts: str) -> dict[str, pa.Table]:
    return policy_tables([read(text) for text in texts], SINCE, AS_OF)


def _rows(name: str, *texts: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in _tables(*texts)[name].to_pylist()]


def test_tables_and_columns_are_those_of_the_readme():
    section = README.read_text(encoding="utf-8").split("## What policies leave")[1].split("\n## ")[0]
    promised: dict[str, Sequence[str]] = {}
    for line in section.splitlines():
        cells = line.split("|")
        if line.startswith("| `"):
            columns = re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", cells[3]))
            for table in re.findall(r"`(\w+)`", cells[1]):
                promised[table] = [column for column in columns if column not in _others(table)]
    assert promised == {name: schema.names for name, schema in SCHEMAS.items()}


def _others(table: str) -> set[str]:
    """Columns of the other table that shares a line with this one."""
    return {
        "severity_words": {"plan_key", "plan"},
        "plan_words": {"severity_key", "severity"},
    }.get(table, set())


def test_no_policy_gives_every_table_empty_with_its_types():
    tables = policy_tables([], SINCE, AS_OF)
    assert {name: table.schema for name, table in tables.items()} == SCHEMAS
    assert not any(table.num_rows for table in tables.values())


def test_types_do_not_depend_on_the_rows():
    assert {name: table.schema for name, table in _tables(SOUND, WITH_PLANS.replace("example", "b")).items()} == SCHEMAS


def test_duckdb_reads_instants_maps_and_dates():
    with duckdb.connect() as connection:
        connection.register("versions", _tables("valid_from = 2025-01-01\n" + SOUND)["policy_versions"])
        query = "select typeof(valid_from_at), names['en'], typeof(names) from versions"
        found = connection.execute(query).fetchall()
    assert found == [("TIMESTAMP", "Example", "MAP(VARCHAR, VARCHAR)")]


def test_a_version_holds_from_local_midnight_until_the_next_begins():
    zone = 'reporting_timezone = "America/Sao_Paulo"\n'
    first, second = SOUND, zone + "valid_from = 2025-01-01\n" + SOUND
    third = 'reporting_timezone = "Asia/Tokyo"\nvalid_from = 2026-01-01\n' + SOUND
    rows = _tables(third, first, second, SOUND.replace('"example"', '"zeta"'))["policy_versions"].to_pylist()
    held = [(row["version_no"], row["policy"], row["valid_from_at"], row["valid_until_at"]) for row in rows]
    # midnight is 03:00 UTC in São Paulo (UTC-3) and 15:00 UTC of the day before in Tokyo (UTC+9)
    assert held == [
        (1, "example", None, datetime(2025, 1, 1, 3)),
        (2, "example", datetime(2025, 1, 1, 3), datetime(2025, 12, 31, 15)),
        (3, "example", datetime(2025, 12, 31, 15), None),
        (4, "zeta", None, None),
    ]


def test_words_are_codes_names_and_aliases_in_lower_case():
    assert _rows("severity_words", SOUND) == [
        (1, "1", "1"),
        (1, "critical", "1"),
        (1, "crítico", "1"),
        (1, "p1", "1"),
        (1, "2", "2"),
        (1, "high", "2"),
    ]
    assert _rows("plan_words", WITH_PLANS) == [(1, "pro", "Pro"), (1, "professional", "Pro"), (1, "gold", "Gold")]


def test_statuses_and_tags_have_their_class():
    text = 'statuses.waiting = ["Held "]\nstatuses.open = ["New"]\ntags.merged = ["Joined"]\n' + SOUND
    assert set(_rows("status_words", text)) == {(1, "held", "waiting"), (1, "new", "open")}
    assert _rows("tag_words", text) == [(1, "joined", "merged")]


def test_the_grid_has_a_target_for_each_severity_and_plan():
    assert _rows("target_grid", WITH_PLANS) == [
        (1, "first_response", "1", "Pro", 1),
        (1, "first_response", "1", "Gold", 1),
        (1, "first_response", "2", "Pro", 2),
        (1, "first_response", "2", "Gold", 2),
    ]


def test_the_grid_is_blank_where_every_severity_and_plan_is_known():
    text = re.sub(r"\[\[severities\]\].*?(?=\[\[targets\]\])", "", SOUND, flags=re.DOTALL)
    text = text.replace('severities = ["1"]\n', "").split('\n[[targets]]\nmetric = "first_response"\nseverities')[0]
    assert _rows("target_grid", text) == [(1, "first_response", "", "", 1)]


def test_numbers_run_through_all_versions():
    second = "valid_from = 2025-01-01\n" + SOUND
    assert [row[:2] for row in _rows("targets", SOUND, second)] == [(1, 1), (2, 1), (3, 2), (4, 2)]
    assert [row[:3] for row in _rows("calendars", SOUND, second)] == [
        (1, 1, "always"),
        (2, 1, "office"),
        (3, 2, "always"),
        (4, 2, "office"),
    ]
    assert [row["default_calendar_no"] for row in _tables(SOUND, second)["policy_versions"].to_pylist()] == [1, 3]


def test_pauses_on_waiting_only_resolution_and_updates_that_say_nothing_else():
    more = "".join(
        f'\n[[targets]]\nmetric = "{metric}"\nwithin = "1h"\ncalendar = "always"\n{pause}'
        for metric, pause in (("resolution", ""), ("next_response", ""), ("periodic_update", 'pause_on = [" Held"]\n'))
    )
    tables = _tables(SOUND + more)
    assert tables["targets"]["pauses_on_waiting"].to_pylist() == [False, False, True, False, False]
    assert tables["targets"]["stops_on"].to_pylist() == ["agent_reply", "agent_reply", None, None, None]
    assert _rows("target_pauses", SOUND + more) == [(5, "held")]


def test_spans_begin_with_an_empty_one_and_count_the_open_seconds_before_each():
    spans = [row[1:] for row in _rows("calendar_spans", SOUND) if row[0] == 2]
    # Mondays 09:00-12:00 and 13:00-18:00, Tuesdays 10:00-18:00 in São Paulo, UTC-3, from a Monday before
    epoch = datetime(1970, 1, 1)
    assert spans[:4] == [
        (epoch, epoch, 0),
        (datetime(2026, 2, 23, 12), datetime(2026, 2, 23, 15), 0),
        (datetime(2026, 2, 23, 16), datetime(2026, 2, 23, 21), 10800),
        (datetime(2026, 2, 24, 13), datetime(2026, 2, 24, 21), 28800),
    ]


def test_spans_reach_beyond_the_largest_target_after_the_as_of_instant():
    text = SOUND.replace('"1 business day"', '"200 business days"')  # two a week: 100 weeks
    last = max(row[2] for row in _rows("calendar_spans", text) if row[0] == 2)
    assert last > datetime(2028, 2, 1)


def test_a_calendar_around_the_clock_is_one_span():
    spans = [row for row in _rows("calendar_spans", SOUND) if row[0] == 1]
    assert len(spans) == 2
    assert spans[1][1] <= datetime(2026, 3, 2)
    assert spans[1][2] > AS_OF


def test_a_calendar_that_no_longer_opens_is_refused_for_a_target():
    text = SOUND.replace(
        'hours = "24x7"', 'hours.mon = []\ndates."2026-03-10" = [["09:00", "09:30"]]'
    )  # half an hour, an hour is promised
    with pytest.raises(
        Refused, match=r"calendars\.always: expected open hours for a target of 3600 seconds .* never opens"
    ):
        _tables(text)


def test_holidays_are_those_of_the_time_that_the_spans_cover():
    text = SOUND.replace('hours = "24x7"', 'hours = "24x7"\nholidays = ["2026-03-06", "2016-01-01"]')
    assert _rows("calendar_holidays", text) == [(1, date(2026, 3, 6), "")]


def test_exceptions_say_what_kept_which_date_closed():
    # Office hours on Mondays and Tuesdays in São Paulo, UTC-3; Monday 9 March 09:00-10:00 instead of 09:00-12:00 and
    # 13:00-18:00.
    text = SOUND.replace("hours.tue", 'dates."2026-03-09" = [["09:00", "10:00"]]\nholidays = ["2026-03-10"]\nhours.tue')
    assert _rows("calendar_exceptions", text) == [
        (2, "own_hours", date(2026, 3, 9), "", datetime(2026, 3, 9, 13), datetime(2026, 3, 9, 15)),
        (2, "own_hours", date(2026, 3, 9), "", datetime(2026, 3, 9, 16), datetime(2026, 3, 9, 21)),
        (2, "holiday", date(2026, 3, 10), "", datetime(2026, 3, 10, 3), datetime(2026, 3, 11, 3)),
    ]


def test_files_are_known_by_name_and_content():
    rows = _rows("policy_files", SOUND)
    assert rows[0][0] == "p.toml"
    assert len(str(rows[0][1])) == 64
    assert rows[0][2] == "example"
