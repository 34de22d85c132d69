"""Laws that hold whatever the tickets are, tried on the random worlds of strategies.py through the real build.

`SLA_LAWS` says on how many worlds each law is tried (default 2), `SLA_LAWS_SEED` where the seeds begin.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from sla import snapshot
from tests.clock.snapshots import Row, all_tables, world_rows, write_policies, write_rows
from tests.clock.strategies import World, worlds

WORLDS = int(os.environ.get("SLA_LAWS", "2"))
SEED = int(os.environ.get("SLA_LAWS_SEED", "1"))
TICKETS = 300
WITHOUT_CLOCK_CHANGES = {
    "America/Sao_Paulo": "America/Bogota",
    "America/New_York": "America/Bogota",
    "Australia/Lord_Howe": "Asia/Tokyo",
    "Pacific/Apia": "Asia/Tokyo",
    "Africa/Casablanca": "UTC",
    "Europe/Berlin": "UTC",
}
SAME_STATE = {"new", "open", "pending", "on hold"}  # words that no policy of these worlds takes for solved or excluded

Clock = tuple[str, str, int]


def law(test: Callable[[World], None]) -> Callable[[], None]:
    """The test on a few worlds, the same every time."""
    tried = settings(
        max_examples=WORLDS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(world=worlds(TICKETS).filter(is_lively))(test))
    return seed(SEED)(tried)


def is_lively(world: World) -> bool:
    """Whether every policy is in force from the beginning, and most tickets were created by the as-of instant."""
    since_ever = {policy["id"] for policy in world.policies if "valid_from" not in policy}
    known = sum(ticket["created_at"] <= world.as_of for ticket in world.tickets)
    return since_ever == {policy["id"] for policy in world.policies} and known > TICKETS / 2


def tables(world: World, tickets_a_shard: int = 500_000) -> dict[str, list[Row]]:
    """Every table of the world's snapshot."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, rows in world_rows(world).items():
            write_rows(folder / "export" / f"{kind}.csv", rows)
        return build(folder, [folder / "export"], world.policies, world.as_of, world.default_policy, tickets_a_shard)


def build(
    folder: Path,
    exports: list[Path],
    policies: list[Row],
    as_of: datetime | None,
    default_policy: str | None,
    tickets_a_shard: int = 500_000,
) -> dict[str, list[Row]]:
    built = snapshot.build(
        exports,
        policies=write_policies(folder / "policies", policies),
        out=folder / "out",
        as_of=as_of,
        timezone="UTC",
        default_policy=default_policy,
        tickets_a_shard=tickets_a_shard,
    )
    return all_tables(Path(built.snapshot))


def clocks(world: World) -> dict[Clock, Row]:
    found = {(row["ticket_id"], row["metric"], row["cycle"]): row for row in tables(world)["clock_facts"]}
    assert len(found) > 100
    return found


def assert_same(first: dict[Clock, Row], second: dict[Clock, Row], world: World) -> None:
    """Fails with the first clock that differs, and in what."""
    assert first.keys() == second.keys(), f"seed {world.seed}"
    for clock, row in first.items():
        other = second[clock]
        differing = {name: (value, other[name]) for name, value in row.items() if value != other[name]}
        assert not differing, f"seed {world.seed}, {clock}: {differing}"


def changed(row: Row, change: Callable[[Any], Any], *but: str) -> Row:
    return {name: value if name in but else change(value) for name, value in row.items()}


# Time is the same in every week


def without_special_days(world: World) -> World:
    """The world in zones that change no clocks, without holidays and closures; a day is like every such weekday."""
    policies = deepcopy(world.policies)
    for policy in policies:
        for calendar in policy["calendars"].values():
            calendar["timezone"] = WITHOUT_CLOCK_CHANGES.get(calendar["timezone"], calendar["timezone"])
            for key in ("holidays", "holiday_calendar", "dates", "closures"):
                calendar.pop(key, None)
        if "reporting_timezone" in policy:
            zone = policy["reporting_timezone"]
            policy["reporting_timezone"] = WITHOUT_CLOCK_CHANGES.get(zone, zone)
    return replace(world, policies=policies)


@law
def test_a_world_some_weeks_later_is_measured_alike(world: World) -> None:
    world = without_special_days(world)
    weeks = timedelta(weeks=Random(world.seed).choice([-9, 1, 26, 40]))

    def later(value: Any) -> Any:
        return value + weeks if hasattr(value, "year") else value

    moved = replace(
        world,
        policies=[changed(policy, later) for policy in world.policies],
        tickets=[changed(row, later) for row in world.tickets],
        events=[changed(row, later) for row in world.events],
        accounts=[changed(row, later) for row in world.accounts],
        as_of=world.as_of + weeks,
    )
    # a month has no fixed number of weeks
    wanted = {clock: changed(row, later, "month_start") | {"month_start": None} for clock, row in clocks(world).items()}
    got = {clock: row | {"month_start": None} for clock, row in clocks(moved).items()}
    assert_same(wanted, got, world)


# A pause is as long as its parts


def with_pauses_split(world: World) -> World:
    """The world with statuses told a second time while they last.

    Left out is what a status event changes by being one: D5 (the status column, the columns of a solve).
    """
    dice = Random(world.seed)
    told = []
    by_ticket: dict[str, list[Row]] = {}
    for event in world.events:
        if event["kind"] == "status":
            by_ticket.setdefault(event["ticket_id"], []).append(event)
    for events in by_ticket.values():
        events.sort(key=lambda event: event["at"])
        untils = [*(event["at"] for event in events[1:]), world.as_of]
        for event, until in zip(events, untils, strict=True):
            last_of_its_second = event["at"] < until
            room = int((until - event["at"]).total_seconds())
            is_alone = sum(other["at"] == event["at"] for other in events) == 1
            if last_of_its_second and is_alone and room > 1 and event["value"].strip().lower() in SAME_STATE:
                again = event["at"] + timedelta(seconds=dice.randrange(1, room))
                told.append(event | {"at": again, "value": f" {event['value'].upper()}", "author": None, "seq": None})
    assert len(told) > 50
    return replace(world, events=world.events + told)


@law
def test_a_pause_told_in_two_parts_is_one_pause(world: World) -> None:
    bare = [row | {"status": None, "solved_at": None, "closed_at": None} for row in world.tickets]
    world = replace(world, tickets=bare)
    assert_same(clocks(world), clocks(with_pauses_split(world)), world)


# More open hours


def with_fixed_promises(world: World) -> World:
    """The world with desks that sleep, without regradings, and with promises in hours.

    So each clock has one target whatever the hours, and none is open already whenever it could be.
    """
    policies = deepcopy(world.policies)
    for policy in policies:
        for calendar in policy["calendars"].values():
            if calendar["hours"] == "24x7":
                calendar["hours"] = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
        for target in policy["targets"]:
            if "business" in target["within"]:
                target["within"] = "9h"
    return replace(
        world,
        policies=policies,
        events=[event for event in world.events if event["kind"] not in ("severity", "plan")],
    )


def with_more_hours(world: World) -> World:
    """The world with desks that close later, work on days that were free, and keep fewer holidays and closures."""
    dice = Random(world.seed)
    policies = deepcopy(world.policies)
    for policy in policies:
        for calendar in policy["calendars"].values():
            for key in dice.sample(["holidays", "holiday_calendar", "closures"], 2):
                calendar.pop(key, None)
            if set(calendar) == {"timezone", "hours"} and dice.random() < 0.5:
                calendar["hours"] = "24x7"  # with holidays or own dates it would lose the shifts that run into them
                continue
            hours = {
                day: [[opens, _later(closes)] for opens, closes in shifts] for day, shifts in calendar["hours"].items()
            }
            if dice.random() < 0.7:
                free = {"mon", "wed", "fri", "sun"} - set(hours)
                hours |= {day: [["10:00", "19:30"]] for day in free}
            calendar["hours"] = hours
    return replace(world, policies=policies)


def _later(time: str) -> str:
    """A quarter of an hour later, at most the day's end."""
    minutes = int(time[:2]) * 60 + int(time[3:]) + (15 if time != "24:00" else 0)
    return f"{minutes // 60:02}:{minutes % 60:02}"


@law
def test_more_open_hours_never_make_a_clock_shorter(world: World) -> None:
    world = with_fixed_promises(world)
    narrow, wide = clocks(world), clocks(with_more_hours(world))
    assert narrow.keys() == wide.keys()
    longer_count = 0
    for clock, few in narrow.items():
        many = wide[clock]
        told = f"seed {world.seed}, {clock}"
        longer_count += many["elapsed_s"] > few["elapsed_s"]
        for column in ("elapsed_s", "carried_s", "paused_s"):
            assert many[column] >= few[column], f"{told}, {column}"
        if few["outcome"] == "breached" and clock[2] == 1:
            assert many["outcome"] == "breached", told
        if few["due_at"] and many["due_at"] and clock[2] == 1:
            assert many["due_at"] <= few["due_at"], f"{told}, due_at"
    assert longer_count > 20


# What takes no part


@law
def test_what_happened_after_the_as_of_instant_takes_no_part(world: World) -> None:
    world = replace(
        world, tickets=[row | {"status": None} for row in world.tickets]
    )  # the column may be of later (D19)

    def known(row: Row) -> Row:
        is_later = {name for name, value in row.items() if isinstance(value, datetime) and value > world.as_of}
        # closed_at counts only where solved_at is missing, and here it is not
        return row | dict.fromkeys(is_later) | ({"closed_at": None} if "solved_at" in is_later else {})

    before = replace(
        world,
        tickets=[known(row) for row in world.tickets if row["created_at"] <= world.as_of],
        events=[event for event in world.events if event["at"] <= world.as_of],
        accounts=[row for row in world.accounts if row["valid_from"] is None or row["valid_from"] <= world.as_of],
    )
    created = {ticket["ticket_id"] for ticket in before.tickets}
    before = replace(before, events=[event for event in before.events if event["ticket_id"] in created])
    numbered = {"ticket_no": None}
    all_told = {clock: row | numbered for clock, row in clocks(world).items()}
    assert_same(all_told, {clock: row | numbered for clock, row in clocks(before).items()}, world)


@law
def test_tickets_of_other_requesters_take_no_part(world: World) -> None:
    dice = Random(world.seed)
    left_out = set(dice.sample([row["ticket_id"] for row in world.tickets if not row["requester"]], 100))
    left_out |= {row["ticket_id"] for row in world.tickets if row["requester"] == "li@b.example"}
    fewer = replace(
        world,
        tickets=[row for row in world.tickets if row["ticket_id"] not in left_out],
        events=[row for row in world.events if row["ticket_id"] not in left_out],
    )
    numbered = {"ticket_no": None}
    wanted = {clock: row | numbered for clock, row in clocks(world).items() if clock[0] not in left_out}
    assert_same(wanted, {clock: row | numbered for clock, row in clocks(fewer).items()}, world)


# The order of rows and files, and the size of shards

NOT_COMPARED = {
    "tickets": {"file_no", "row_no"},
    "rejected_rows": {"file", "line"},
    "policy_files": {"file"},
    "snapshot": {"built_at", "source_files", "policy_files"},
}


def with_repetitions(world: World) -> World:
    """The world with exact repetitions of events, older states of tickets, and rows that are no ticket's."""
    dice = Random(world.seed)
    newest = [row | {"updated_at": world.as_of} for row in world.tickets]
    older = [
        row | {"updated_at": world.as_of - timedelta(hours=dice.randint(0, 2)), "status": "Open", "team": "Old"}
        for row in dice.sample(world.tickets, 60)
    ]
    # with the same updated_at the texts of the rows decide
    lost = [{"ticket_id": "nobody's", "at": world.as_of, "kind": "status", "value": "Open"}]
    return replace(
        world,
        tickets=newest + older,
        events=world.events + dice.sample(world.events, 60) + lost,
    )


def ratings_of(world: World) -> list[Row]:
    """A rating or two of some tickets, two of them in one second."""
    dice = Random(world.seed)
    return [
        {
            "ticket_id": row["ticket_id"],
            "rated_at": world.as_of - timedelta(seconds=dice.choice([0, 60])),
            "score": dice.randint(1, 5),
            "scale_min": 1,
            "scale_max": 5,
        }
        for row in dice.choices(world.tickets, k=80)
    ]


def as_it_comes(folder: Path, world: World) -> list[Path]:
    for kind, rows in (world_rows(world) | {"ratings": ratings_of(world)}).items():
        write_rows(folder / f"{kind}.csv", rows)
    return [folder]


def in_pieces(folder: Path, world: World, dice: Random) -> list[Path]:
    """The same rows shuffled, in files whose names and places say nothing; some in folders, named in any order."""
    paths = []
    for kind, rows in (world_rows(world) | {"ratings": ratings_of(world)}).items():
        shuffled = dice.sample(rows, len(rows))
        cut = dice.randint(1, max(1, len(rows) - 1)) if kind in ("tickets", "events", "ratings") else len(rows)
        for number, piece in enumerate(filter(None, [shuffled[:cut], shuffled[cut:]])):
            file = folder / f"{dice.randint(0, 99):02}{kind}{number}" / f"{kind}-{dice.randint(0, 10**6)}.csv"
            write_rows(file, piece)
            paths.append(dice.choice([file, file.parent]))
    return dice.sample(paths, len(paths))


def comparable(found: dict[str, list[Row]]) -> dict[str, list[str]]:
    """Every table's rows as text, without what says where a row stood; of files only the sums by kind."""
    plain = {
        name: sorted(
            repr({key: value for key, value in row.items() if key not in NOT_COMPARED.get(name, ())}) for row in rows
        )
        for name, rows in found.items()
        if name != "source_files"
    }
    sums: dict[tuple[str, str], int] = {}
    for row in found["source_files"]:
        for count in ("rows_read", "rows_accepted", "rows_rejected", "rows_superseded"):
            sums[row["kind"], count] = sums.get((row["kind"], count), 0) + row[count]
    return plain | {"source_files": [repr(entry) for entry in sorted(sums.items())]}


@law
def test_neither_the_order_of_rows_and_files_nor_the_shards_change_any_table(world: World) -> None:
    dice = Random(world.seed)
    world = with_repetitions(world)
    as_of = dice.choice([None, world.as_of])
    with tempfile.TemporaryDirectory() as name:
        one, other = Path(name) / "one", Path(name) / "other"
        exports = as_it_comes(one / "export", world)
        expected = comparable(build(one, exports, world.policies, as_of, world.default_policy))
        pieces = in_pieces(other / "export", world, dice)
        policies = dice.sample(world.policies, len(world.policies))
        got = comparable(build(other, pieces, policies, as_of, world.default_policy, tickets_a_shard=50))
    assert expected.keys() == got.keys()
    assert len(expected) > 20
    for table, rows in expected.items():
        differing = [pair for pair in zip(rows, got[table], strict=False) if pair[0] != pair[1]]
        assert not differing, f"seed {world.seed}, {table}: {len(differing)} rows, first {differing[0]}"
        assert len(rows) == len(got[table]), f"seed {world.seed}, {table}"
