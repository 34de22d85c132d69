"""Random clocks, measured twice: by the product's SQL and by the second opinion, which must agree in every column.

`SLA_FUZZ_CLOCKS` says how many clocks at least (default 3000), `SLA_FUZZ_SEED` where the seeds begin (default: the same
worlds every time).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.clock.smaller import both, described, differences, smallest
from tests.clock.strategies import World, worlds

CLOCKS = int(os.environ.get("SLA_FUZZ_CLOCKS", "3000"))
SEED = int(os.environ.get("SLA_FUZZ_SEED", "20260302"))
TICKETS = 500  # a world; they have some 1200 clocks, in a poor one 700
FEW_CLOCKS_A_WORLD = 600


@pytest.mark.parametrize(("tickets", "clocks"), [(TICKETS, CLOCKS * 4 // 5), (6 * TICKETS, CLOCKS // 5)])
def test_the_product_and_the_second_opinion_agree_on_random_clocks(tickets: int, clocks: int) -> None:
    few = FEW_CLOCKS_A_WORLD * tickets // TICKETS
    measured = 0

    @seed(SEED)
    @settings(
        max_examples=-(-clocks // few),
        deadline=None,
        database=None,
        phases=[Phase.generate],  # a failing ticket is made smaller by rebuilding it, not by trying other seeds
        suppress_health_check=list(HealthCheck),
    )
    @given(world=worlds(tickets))
    def agree(world: World) -> None:
        nonlocal measured
        ours, theirs = both(world)
        found = differences(ours, theirs)
        if found:
            small = smallest(world, found[0][0])
            left = differences(*both(small))
            told = left if len(small.tickets) == 1 else found
            pytest.fail(f"{len(found)} clocks differ; the smallest ticket:\n{described(small, told)}", pytrace=False)
        measured += len(ours)

    agree()
    assert measured >= clocks
