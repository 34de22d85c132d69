"""The ways of open seconds side by side: first that they agree, then how fast each is."""

import importlib.util
from importlib.metadata import version
from time import perf_counter

import numpy as np

from tests.bench import open_seconds
from tests.bench.figures import Line, at_least, at_most, medians, short

BUSINESSTIMEDELTA_PAIRS = 10_000
CUSTOM_BUSINESS_HOUR_PAIRS = 1_000
TIMES_BUSINESSTIMEDELTA = 50
TIMES_CUSTOM_BUSINESS_HOUR = 500
TIMES_NUMPY = 2


class Disagreement(Exception):
    """Two ways gave different seconds for one pair."""


def lines_of(count: int) -> list[Line]:
    """The lines of every way on the same pairs; raises Disagreement before anything is timed against a wrong answer."""
    pairs = open_seconds.make_pairs(count)
    spans, started, stopped = open_seconds.spans_of(pairs), pairs.started, pairs.stopped
    hours = pairs.head(CUSTOM_BUSINESS_HOUR_PAIRS)
    with open_seconds.prepared(pairs) as con:
        open_seconds.by_sql(con)
        answers = open_seconds.answers_of(con)
        _require_all_same(pairs, answers)
        sql_s, alone_s, threads_s, table_s, bisection_s, range_s = medians(
            [
                lambda: open_seconds.by_sql(con),
                lambda: open_seconds.by_numpy(spans, started, stopped),
                lambda: open_seconds.by_numpy_threads(spans, started, stopped),
                lambda: open_seconds.by_numpy_from_table(spans, con),
                lambda: open_seconds.by_bisection(hours),
                lambda: open_seconds.by_date_range(hours),
            ]
        )
    numpy = "NumPy searchsorted"
    pandas = "pandas' CustomBusinessHour, whole hours"
    sql_rate = count / sql_s
    return [
        Line(f"open seconds of {count:,} pairs: the product's SQL, two threads", _rate(count, sql_s)),
        _against_numpy(f"{numpy}, int64 arrays in memory, one thread", count, alone_s, sql_s),
        _against_numpy(f"{numpy}, int64 arrays in memory, two threads", count, threads_s, sql_s),
        _against_numpy(f"{numpy}, two threads, from a database's table and back into one", count, table_s, sql_s),
        _businesstimedelta_line(pairs, answers, sql_rate),
        _beaten(f"{pandas} by date_range", len(hours.started), range_s, sql_rate, TIMES_CUSTOM_BUSINESS_HOUR),
        _beaten(f"{pandas} by bisection", len(hours.started), bisection_s, sql_rate, TIMES_CUSTOM_BUSINESS_HOUR),
    ]


def require_same(
    way: str, pairs: open_seconds.Pairs, expected: open_seconds.Seconds, found: open_seconds.Seconds
) -> None:
    """Nothing where a way gives the product's seconds for its pairs; else Disagreement with the first that differs."""
    wrong = np.flatnonzero(found != expected[: len(found)])
    if len(wrong):
        at = int(wrong[0])
        instants = " to ".join(str(np.datetime64(int(end[at]), "s")) for end in (pairs.started, pairs.stopped))
        raise Disagreement(f"{way}: {instants} UTC gives {found[at]} s, the product's SQL {expected[at]} s.")


def _require_all_same(pairs: open_seconds.Pairs, answers: open_seconds.Seconds) -> None:
    spans, hours = open_seconds.spans_of(pairs), pairs.head(CUSTOM_BUSINESS_HOUR_PAIRS)
    for name, found in (
        ("NumPy, one thread", open_seconds.by_numpy(spans, pairs.started, pairs.stopped)),
        ("NumPy, two threads", open_seconds.by_numpy_threads(spans, pairs.started, pairs.stopped)),
        ("CustomBusinessHour by bisection", open_seconds.by_bisection(hours)),
        ("CustomBusinessHour by date_range", open_seconds.by_date_range(hours)),
    ):
        require_same(name, pairs, answers, found)


def _against_numpy(name: str, count: int, took: float, sql_s: float) -> Line:
    figure = f"{_rate(count, took)}; the SQL takes {sql_s / took:.1f} times as long"
    return at_most(name, figure, sql_s / took, TIMES_NUMPY, "times as long")


def _businesstimedelta_line(pairs: open_seconds.Pairs, answers: open_seconds.Seconds, sql_rate: float) -> Line:
    name, some = "businesstimedelta", pairs.head(BUSINESSTIMEDELTA_PAIRS)
    if importlib.util.find_spec(name) is None:
        return Line(name, "not installed: pip install -r tests/bench/requirements.txt")
    begun = perf_counter()
    found = open_seconds.by_businesstimedelta(some)
    took = perf_counter() - begun
    require_same(name, some, answers, found)
    return _beaten(f"{name} {version(name)}", len(some.started), took, sql_rate, TIMES_BUSINESSTIMEDELTA)


def _beaten(name: str, count: int, took: float, sql_rate: float, goal: int) -> Line:
    factor = sql_rate * took / count
    figure = f"{count:,} pairs in {_rate(count, took)}; the SQL is {factor:,.0f} times as fast"
    return at_least(name, figure, factor, goal, "times as fast")


def _rate(count: int, took: float) -> str:
    return f"{short(took)} s, {count / took:,.0f} pairs/s"
