"""Every worked ticket, measured by the second opinion and by the product.

The second opinion measures each example alone. The product measures all examples of one as-of instant in one build,
under names of their own (`together.py`): the neighbours of a ticket must not change it either.
"""

from __future__ import annotations

import pytest

from tests.clock.examples import Example, Row
from tests.clock.examples_of_clocks import EXAMPLES as OF_CLOCKS
from tests.clock.examples_of_corners import EXAMPLES as OF_CORNERS
from tests.clock.examples_of_time import EXAMPLES as OF_TIME
from tests.clock.examples_of_verdicts import EXAMPLES as OF_VERDICTS
from tests.clock.harness import parsed
from tests.clock.together import Together
from tests.reference_clock import reference_clocks

EXAMPLES = OF_TIME + OF_CLOCKS + OF_VERDICTS + OF_CORNERS


@pytest.fixture(scope="module")
def built() -> Together:
    """The product's clocks of every example."""
    return Together(EXAMPLES)


def assert_as_written(example: Example, clocks: list[Row]) -> None:
    rows = {(row["ticket_id"], row["metric"], row["cycle"]): row for row in clocks}
    for clock, columns in example.expected.items():
        assert clock in rows, f"{clock} is missing; there are {sorted(rows)}"
        assert {name: rows[clock][name] for name in columns} == columns, f"rules {example.rules}, clock {clock}"
    assert not set(example.absent) & set(rows)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_second_opinion_measures_a_worked_ticket_as_written(example: Example) -> None:
    given = (example.tickets, example.events, example.accounts, example.agents)
    clocks = reference_clocks(*given, parsed(example.policies), example.as_of, example.default_policy)
    assert_as_written(example, clocks)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_product_measures_a_worked_ticket_as_written(example: Example, built: Together) -> None:
    assert_as_written(example, built.clocks(example.name))


def test_every_worked_ticket_has_a_name_of_its_own() -> None:
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES)
