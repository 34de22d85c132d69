"""Every worked ticket, measured by the second opinion and by the product."""

from __future__ import annotations

import pytest

from tests.clock.examples import Example, Row
from tests.clock.examples_of_clocks import EXAMPLES as OF_CLOCKS
from tests.clock.examples_of_corners import EXAMPLES as OF_CORNERS
from tests.clock.examples_of_time import EXAMPLES as OF_TIME
from tests.clock.examples_of_verdicts import EXAMPLES as OF_VERDICTS
from tests.clock.harness import build_clocks, parsed
from tests.reference_clock import reference_clocks

EXAMPLES = OF_TIME + OF_CLOCKS + OF_VERDICTS + OF_CORNERS
SIDES = ["reference", "sql"]


def measured(side: str, example: Example) -> list[Row]:
    """The clocks of an example, by one of the two sides."""
    given = (example.tickets, example.events, example.accounts, example.agents)
    if side == "sql":
        return build_clocks(*given, example.policies, example.as_of, example.default_policy)
    return reference_clocks(*given, parsed(example.policies), example.as_of, example.default_policy)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_worked_ticket_is_measured_as_written(example: Example, side: str) -> None:
    rows = {(row["ticket_id"], row["metric"], row["cycle"]): row for row in measured(side, example)}
    for clock, columns in example.expected.items():
        assert clock in rows, f"{clock} is missing; there are {sorted(rows)}"
        assert {name: rows[clock][name] for name in columns} == columns, f"rules {example.rules}, clock {clock}"
    assert not set(example.absent) & set(rows)


def test_every_worked_ticket_has_a_name_of_its_own() -> None:
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES)
