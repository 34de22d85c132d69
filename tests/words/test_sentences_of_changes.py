"""Finished weeks that changed, in sentences."""

from datetime import date, datetime, timedelta

from sla.changes import ChangedClock, ChangedWeek, Verdict
from sla.words import changes as sentences
from sla.words import words


def changed(ticket: str, metric: str, cycle: int = 1) -> ChangedClock:
    return ChangedClock(ticket, metric, cycle, Verdict(), Verdict(), "rows")


def test_weeks_that_are_not_named_follow_the_named_ones_with_one_and() -> None:
    weeks = [ChangedWeek(date(2026, 11, 9) - timedelta(weeks=at), (), None) for at in range(6)]
    of = (weeks, datetime(2026, 11, 20), None, "UTC")
    assert sentences.summary(*of, words("en")).endswith("week 45, week 44, week 43 and 2 more.")
    assert sentences.summary(*of, words("ar")).endswith(" وأسبوعان آخران\u2069.")


def test_clocks_of_one_metric_and_ticket_are_told_apart_by_their_number() -> None:
    clocks = [changed("A", "resolution"), changed("A", "resolution", 2), changed("A", "first_response")]
    clocks.append(changed("B", "resolution", 2))
    assert [sentences.clock_name(clock, clocks, words("en")) for clock in clocks] == [
        "Resolution, no. 1",
        "Resolution, no. 2",
        "First response",
        "Resolution",
    ]


def test_two_verdicts_that_read_alike_tell_how_long_each_took() -> None:
    before, after = (Verdict("met", None, date(2026, 11, 2), seconds) for seconds in (600, 3600))
    assert sentences.verdict(before, after, words("en")) == "Met (10\u00a0min)"
    assert sentences.verdict(after, before, words("en")) == "Met (1\u00a0h)"
    late = Verdict("breached", None, date(2026, 11, 2), 7200)
    assert sentences.verdict(late, after, words("en")) == "Breached"
