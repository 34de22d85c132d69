"""Where the two sides differ: the rows that do, and the smallest ticket that still makes them differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pprint import pformat

from tests.clock.examples import Row
from tests.clock.harness import build
from tests.clock.strategies import World
from tests.reference_clock import reference_clocks

Difference = tuple[str, Row | None, Row | None]  # ticket, our row, the product's
ROUNDS = 40
TICKETS_A_SHARD = 300  # so that a world is measured in more than one


def both(world: World) -> tuple[list[Row], list[Row]]:
    """The clocks of a world by the second opinion and by the product."""
    given = (world.tickets, world.events, world.accounts, world.agents)
    built = build(*given, list(world.policies), world.as_of, world.default_policy, TICKETS_A_SHARD)
    assert not built.rejected, f"seed {world.seed}: rows were rejected, {built.rejected[:3]}"
    statuses = built.format_statuses
    return reference_clocks(*given, world.policies, world.as_of, world.default_policy, statuses), built.clocks


def differences(ours: list[Row], theirs: list[Row]) -> list[Difference]:
    """Every clock of which the two sides do not say the same in every column."""
    mine, product = _by_clock(ours), _by_clock(theirs)
    return [
        (clock[0], mine.get(clock), product.get(clock))
        for clock in sorted(set(mine) | set(product))
        if mine.get(clock) != product.get(clock)
    ]


def _by_clock(rows: list[Row]) -> dict[tuple[str, str, int], Row]:
    keyed = {(row["ticket_id"], row["metric"], row["cycle"]): row for row in rows}
    assert len(keyed) == len(rows), "a clock is there twice"
    return keyed


def alone(world: World, ticket_id: str) -> World:
    """The world with one ticket in it."""
    return replace(
        world,
        tickets=[ticket for ticket in world.tickets if ticket["ticket_id"] == ticket_id],
        events=[event for event in world.events if event["ticket_id"] == ticket_id],
    )


def smallest(world: World, ticket_id: str) -> World:
    """The ticket alone, with as few events and columns as still differ; the world as it is if it does not differ alone.

    Every way to leave one thing out is tried in one build, as tickets side by side.
    """
    small = alone(world, ticket_id)
    if not differences(*both(small)):
        return world
    for _ in range(ROUNDS):
        tries = list(_with_one_thing_less(small))
        together = replace(
            small,
            tickets=[ticket for one in tries for ticket in one.tickets],
            events=[event for one in tries for event in one.events],
        )
        failing = {ticket for ticket, _, _ in differences(*both(together))} if tries else set()
        still = [one for one in tries if one.tickets[0]["ticket_id"] in failing]
        if not still:
            break
        small = still[0]
    return small


def _with_one_thing_less(world: World) -> Iterator[World]:
    """The same lone ticket without one of its events or columns, each under an id and requester of its own."""
    ticket = world.tickets[0]
    columns = [c for c, value in ticket.items() if value and c not in ("ticket_id", "created_at", "requester")]
    events = world.events
    lives = [events[:number] + events[number + 1 :] for number in range(len(events))]
    for number, (column, left) in enumerate([(None, life) for life in lives] + [(c, events) for c in columns]):
        own = {"ticket_id": f"v{number}", "requester": f"r{number}"} | ({column: None} if column else {})
        yield replace(
            world,
            tickets=[ticket | own],
            events=[event | {"ticket_id": f"v{number}"} for event in left],
        )


def described(world: World, found: list[Difference]) -> str:
    """A ticket, its events and policies, and the columns in which the two sides differ."""
    lines = [f"seed {world.seed}, as of {world.as_of}, --policy {world.default_policy}"]
    for ticket_id, ours, theirs in found[:4]:
        both_rows = [row for row in (ours, theirs) if row]
        lines.append(f"clock {[both_rows[0][name] for name in ('ticket_id', 'metric', 'cycle')]}")
        if ours is None or theirs is None:
            lines.append(f"  only {'the product' if ours is None else 'the reference'} has it: {both_rows[0]}")
            continue
        differing = [name for name in ours if ours[name] != theirs.get(name)]
        lines += [f"  {name}: reference {ours[name]}, product {theirs.get(name)}" for name in differing]
        lines.append(f"  the product's row: {theirs}")
        one = alone(world, ticket_id)
        lines += [f"  {_told(row)}" for row in one.tickets]
        lines += [f"    {_told(row)}" for row in sorted(one.events, key=lambda event: str(event["at"]))]
    if len(world.tickets) == 1:
        lines.append(pformat(world.policies, width=150, sort_dicts=False))
        lines.append(pformat(world.accounts, width=150, sort_dicts=False))
    return "\n".join(lines)


def _told(row: Row) -> str:
    return ", ".join(f"{name}={value}" for name, value in row.items() if value not in (None, [], ""))
