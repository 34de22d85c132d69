"""Random clocks, measured twice: by the product's SQL and by the second opinion, which must agree in every column.

`SLA_FUZZ_CLOCKS` says how many clocks at least (default 3000).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.clock.harness import product_is_here
from tests.clock.smaller import both, described, differences, smallest
from tests.clock.strategies import World, worlds

CLOCKS = int(os.environ.get("SLA_FUZZ_CLOCKS", "3000"))
TICKETS = 500  # a world; each has more than three clocks on average
CLOCKS_A_WORLD = 3 * TICKETS


@pytest.mark.skipif(not product_is_here(), reason="there is no build yet")
@settings(
    max_examples=max(1, -(-CLOCKS // CLOCKS_A_WORLD)),
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a failing ticket is made smaller by rebuilding it, not by trying other seeds
    suppress_health_check=list(HealthCheck),
)
@given(world=worlds(TICKETS))
def test_the_product_and_the_second_opinion_agree_on_random_clocks(world: World) -> None:
    found = differences(*both(world))
    if found:
        small = smallest(world, found[0][0])
        left = differences(*both(small))
        pytest.fail(f"{len(found)} clocks differ; the smallest ticket:\n{described(small, left)}", pytrace=False)


def test_a_world_has_more_clocks_than_it_is_counted_for() -> None:
    from tests.clock.strategies import random_world
    from tests.reference_clock import reference_clocks

    world = random_world(1, TICKETS)
    given_rows = (world.tickets, world.events, world.accounts, world.agents)
    clocks = reference_clocks(*given_rows, world.policies, world.as_of, world.default_policy)
    assert len(clocks) >= CLOCKS_A_WORLD
