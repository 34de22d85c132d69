"""The stretches of an explanation add up for every clock of a random world, holidays, clock changes and all."""

import os
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from sla import snapshot, store
from sla.explain import QUERIES
from sla.models import run_models
from tests.clock.snapshots import Row, rows_of, world_rows, write_policies, write_rows
from tests.clock.strategies import random_world
from tests.reference_calendar import WEEKDAYS, Calendar, offset_at, second_of, wall_span

# Two worlds of several versions, around Lord Howe's change of clocks; `SLA_EXPLAIN_WORLDS` says on how many others too
SEEDS = [3, 8, *range(1000, 1000 + int(os.environ.get("SLA_EXPLAIN_WORLDS", "0")))]
TICKETS = 400


def explained(folder: Path, seed: int) -> tuple[list[Row], list[Row], dict[tuple[int, str], Calendar]]:
    """Every clock of the world of a seed, every stretch of them, and the calendars by version and name."""
    world = random_world(seed, TICKETS)
    for kind, rows in world_rows(world).items():
        write_rows(folder / "export" / f"{kind}.csv", rows)
    built = snapshot.build(
        [folder / "export"],
        policies=write_policies(folder / "policies", world.policies),
        out=folder / "out",
        as_of=world.as_of,
        timezone="UTC",
        default_policy=world.default_policy,
    )
    with store.open_snapshot(Path(built.snapshot)) as con:
        clocks = rows_of(con, "from clock_facts")
        con.execute("create temp table shard_tickets as select ticket_no from tickets")
        run_models(con, QUERIES / "clock", {"as_of": world.as_of})
        sql = (QUERIES / "explain" / "spans.sql").read_text("utf-8")
        found = con.execute(sql, {"ticket_nos": list(range(TICKETS))})
        names = [column[0] for column in found.description or []]
        stretches = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        files = con.execute("select rowid + 1, text from policy_files").fetchall()  # in the order of versions
    calendars = {
        (version, name): Calendar(name, table)
        for version, text in files
        for name, table in tomllib.loads(text)["calendars"].items()
    }
    return clocks, stretches, calendars


def seconds(row: Row) -> int:
    length: int = (row["until_at"] - row["from_at"]).total_seconds()
    assert length == int(length) > 0
    return int(length)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_stretches_of_every_clock_add_up_and_follow_one_another(tmp_path: Path, seed: int) -> None:
    clocks, stretches, _ = explained(tmp_path, seed)
    of: dict[tuple[object, ...], list[Row]] = {}
    for row in stretches:
        of.setdefault((row["ticket_no"], row["metric"], row["cycle"]), []).append(row)
    kinds = {row["kind"] for row in stretches}
    assert {"counted", "paused", "closed"} <= kinds
    for clock in clocks:
        own = of.pop((clock["ticket_no"], clock["metric"], clock["cycle"]), [])
        told = f"seed {seed}, {clock['ticket_id']}, {clock['metric']} {clock['cycle']}"
        counted = sum(row["counted_s"] for row in own)
        assert counted == sum(seconds(row) for row in own if row["kind"] == "counted"), told
        assert counted == clock["elapsed_s"] - clock["carried_s"], told
        assert sum(seconds(row) for row in own if row["kind"] == "paused") == clock["paused_s"], told
        assert chain(own) == chain_wanted(clock, own), told
    assert of == {}


def chain(rows: list[Row]) -> list[datetime]:
    """Where the stretches begin."""
    return [row["from_at"] for row in rows]


def chain_wanted(clock: Row, rows: list[Row]) -> list[datetime]:
    """Where they must begin: at the clock's start, then each where the one before ends."""
    return [clock["started_at"], *(row["until_at"] for row in rows)][: len(rows)]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_kept_every_closed_stretch_closed_is_what_the_rules_say_of_its_first_and_last_second(
    tmp_path: Path, seed: int
) -> None:
    clocks, stretches, calendars = explained(tmp_path, seed)
    of = {(clock["ticket_no"], clock["metric"], clock["cycle"]): clock for clock in clocks}
    shut = [row for row in stretches if row["kind"] not in ("counted", "paused")]
    if seed == SEEDS[0]:
        assert {row["kind"] for row in shut} == {"holiday", "closure", "own_hours", "closed"}
    for row in shut:
        clock = of[row["ticket_no"], row["metric"], row["cycle"]]
        calendar = calendars[clock["version_no"], clock["calendar"]]
        for second in (second_of(row["from_at"]), second_of(row["until_at"]) - 1):
            told = f"seed {seed}, {clock['ticket_id']}, {row['from_at']}"
            assert (row["kind"], row["shift_on"]) == what_kept_closed(calendar, second), told


def what_kept_closed(calendar: Calendar, second: int) -> tuple[str, date | None]:
    """The reason why an instant is not open, and the date whose reason it is: rule 2, one date after the other."""
    wall = second + offset_at(calendar.zone, second)
    today = date(1970, 1, 1) + timedelta(days=wall // 86_400)
    near = (today - timedelta(days=1), today)
    weekly = {day: calendar.weekly.get(WEEKDAYS[day.weekday()], []) for day in near}
    own = {day: calendar.dates.get(day.isoformat(), weekly[day]) for day in near}

    def covers(day: date, hours: list[tuple[str, str]]) -> bool:
        return any(first <= wall < last for first, last in (wall_span(day, pair) for pair in hours))

    working = [day for day in near if not calendar.is_holiday(day)]
    reasons = [
        *(("holiday", day) for day in near if calendar.is_holiday(day) and covers(day, own[day])),
        *(("closure", day) for day in working if day.isoformat() in calendar.closures and covers(day, own[day])),
        *(("own_hours", day) for day in working if day.isoformat() in calendar.dates and covers(day, weekly[day])),
        *(("holiday", day) for day in near if calendar.is_holiday(day) and day == today),
    ]
    return reasons[0] if reasons else ("closed", None)
