"""Finished weeks that changed, in sentences."""

from sla.changes import ChangedClock, Verdict
from sla.words import changes as sentences
from sla.words import words


def changed(ticket: str, metric: str, cycle: int = 1) -> ChangedClock:
    return ChangedClock(ticket, metric, cycle, Verdict(), Verdict(), "rows")


def test_clocks_of_one_metric_and_ticket_are_told_apart_by_their_number() -> None:
    clocks = [changed("A", "resolution"), changed("A", "resolution", 2), changed("A", "first_response")]
    clocks.append(changed("B", "resolution", 2))
    assert [sentences.clock_name(clock, clocks, words("en")) for clock in clocks] == [
        "Resolution, no. 1",
        "Resolution, no. 2",
        "First response",
        "Resolution",
    ]
