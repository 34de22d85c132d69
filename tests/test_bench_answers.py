"""The benchmark compares ways to count open seconds; they must count the same. Nothing is timed here.

The office is open 9:00 to 12:00 and 13:00 to 18:00 from Monday to Friday in Lisbon, closed on Portugal's holidays.
"""

import importlib.util
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.bench import contest, open_seconds
from tests.bench.open_seconds import Pairs, Seconds


def by_sql(pairs: Pairs) -> Seconds:
    with open_seconds.prepared(pairs) as con:
        open_seconds.by_sql(con)
        return open_seconds.answers_of(con)


def by_numpy(pairs: Pairs) -> Seconds:
    return open_seconds.by_numpy(open_seconds.spans_of(pairs), pairs.started, pairs.stopped)


def by_numpy_threads(pairs: Pairs) -> Seconds:
    return open_seconds.by_numpy_threads(open_seconds.spans_of(pairs), pairs.started, pairs.stopped)


WAYS = (
    by_sql,
    by_numpy,
    by_numpy_threads,
    open_seconds.by_bisection,
    open_seconds.by_date_range,
    pytest.param(
        open_seconds.by_businesstimedelta,
        marks=pytest.mark.skipif(
            importlib.util.find_spec("businesstimedelta") is None, reason="only the benchmark needs businesstimedelta"
        ),
    ),
)


def at(text: str) -> int:
    """A reading of Lisbon's clock in seconds since 1970."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Lisbon")).astimezone(UTC).timestamp())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [
        ("2026-04-22T11:30:00", "2026-04-22T13:15:00", 2_700),  # half an hour before lunch, a quarter after it
        ("2026-04-30T17:00:00", "2026-05-04T10:00:00", 7_200),  # an hour, 1 May and a weekend, an hour
        ("2026-03-27T17:59:59", "2026-03-30T09:00:01", 2),  # the night to 29 March had the clocks go forward
        ("2026-04-22T12:10:00", "2026-04-22T12:50:00", 0),  # lunch alone
        ("2026-04-22T11:00:00", "2026-04-22T12:00:00", 3_600),  # to the very end of the morning
        ("2026-04-22T11:59:59", "2026-04-22T13:00:00", 1),  # the last second before lunch
    ],
)
def test_a_way_counts_what_a_person_counts(
    way: Callable[[Pairs], Seconds], start: str, stop: str, expected: int
) -> None:
    pairs = Pairs(np.array([at(start)]), np.array([at(stop)]), open_seconds.make_pairs(0).tables)
    assert way(pairs).tolist() == [expected]


@pytest.mark.parametrize("way", WAYS[1:])
def test_every_way_agrees_with_the_products_sql_on_random_pairs(way: Callable[[Pairs], Seconds]) -> None:
    pairs = open_seconds.make_pairs(200, seed=7)
    contest.require_same("this way", pairs, by_sql(pairs), way(pairs))


def test_a_wrong_second_is_found() -> None:
    pairs = open_seconds.make_pairs(3)
    right = by_sql(pairs)
    with pytest.raises(contest.Disagreement, match="this way: "):
        contest.require_same("this way", pairs, right, right + np.array([0, 0, 1]))
