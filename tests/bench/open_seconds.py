"""Open seconds between pairs of instants: by the product's SQL, by NumPy, by businesstimedelta and by pandas."""

import importlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from sla.policies.reader import read_policy
from sla.policies.tables import policy_tables

HERE = Path(__file__).resolve().parent
CLOCK = HERE.parent.parent / "queries" / "clock"
ZONE = "Europe/Lisbon"
FIRST, LAST = datetime(2026, 1, 1), datetime(2026, 12, 15)
SHORTEST_S, LONGEST_S = 60, 14 * 86_400
HOUR_S = 3_600
CHUNK = 32_768  # what two threads work on at a time stays in their caches

Seconds = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """Pairs of instants, in whole seconds since 1970 (UTC), and the tables of the calendar they are measured by."""

    started: Seconds
    stopped: Seconds
    tables: dict[str, pa.Table]

    def head(self, count: int) -> "Pairs":
        """The first pairs alone."""
        return Pairs(self.started[:count], self.stopped[:count], self.tables)

    @property
    def holidays(self) -> list[Any]:
        """The closed dates of the calendar, as the product's own tables have them."""
        days: list[Any] = self.tables["calendar_holidays"]["holiday_on"].to_pylist()
        return days


def make_pairs(count: int, seed: int = 1) -> Pairs:
    """Pairs that start anywhere in 2026 and last a minute to two weeks, each magnitude as often as the other."""
    dice = np.random.default_rng(seed)
    started = dice.integers(_seconds(FIRST), _seconds(LAST), count)
    lasting = np.exp(dice.uniform(np.log(SHORTEST_S), np.log(LONGEST_S), count)).astype(np.int64)
    tables = policy_tables([read_policy(HERE / "office.toml")], FIRST, datetime(2026, 12, 31))
    return Pairs(started, started + lasting, tables)


def prepared(pairs: Pairs) -> duckdb.DuckDBPyConnection:
    """A database in memory, of two threads, that holds the pairs and the calendar, as builds do."""
    con = duckdb.connect()
    con.execute(sql("two_threads"))
    con.from_arrow(pairs.tables["calendar_spans"]).create("calendar_spans")
    calendar_no = pairs.tables["calendars"]["calendar_no"]
    count = len(pairs.started)
    con.from_arrow(
        pa.table(
            {
                "pair_no": pa.array(np.arange(count)),
                "calendar_no": pa.repeat(calendar_no[0], count),
                "started_at": pa.array(pairs.started).cast(pa.timestamp("s")).cast(pa.timestamp("us")),
                "stopped_at": pa.array(pairs.stopped).cast(pa.timestamp("s")).cast(pa.timestamp("us")),
            }
        )
    ).create("pairs")
    con.execute(sql("clk_promises"))
    for name in ("clk_hours", "clk_open_s", "clk_bucket_sizes"):
        con.execute((CLOCK / f"{name}.sql").read_text(encoding="utf-8"))
    return con


def by_sql(con: duckdb.DuckDBPyConnection) -> None:
    """Leaves the table `open_seconds` in a database that `prepared` made."""
    con.execute(sql("clk_promised"))
    con.execute((CLOCK / "clk_buckets.sql").read_text(encoding="utf-8"))
    con.execute(sql("open_seconds"))


def answers_of(con: duckdb.DuckDBPyConnection) -> Seconds:
    """What `by_sql` left, in the order of the pairs."""
    found: Seconds = con.execute(sql("answers")).fetchnumpy()["open_s"].astype(np.int64)
    return found


@dataclass(frozen=True)
class Spans:
    """A calendar as three arrays: when a span opens, how long it lasts, and the open seconds before it."""

    opens: Seconds
    lasting: Seconds
    before: Seconds

    def open_before(self, instants: Seconds) -> Seconds:
        """B(t): the open seconds of the calendar before each instant."""
        place = self.opens.searchsorted(instants, "right")
        place -= 1
        within = instants - self.opens.take(place)
        np.minimum(within, self.lasting.take(place), out=within)
        within += self.before.take(place)
        return within


def spans_of(pairs: Pairs) -> Spans:
    """The calendar of the pairs for NumPy."""
    table = pairs.tables["calendar_spans"]
    opens, closes = (_whole_seconds(table[name]) for name in ("opens_at", "closes_at"))
    return Spans(opens, closes - opens, table["open_before_s"].to_numpy().astype(np.int64))


def by_numpy(spans: Spans, started: Seconds, stopped: Seconds) -> Seconds:
    """By one thread, from arrays of whole seconds."""
    answers = spans.open_before(stopped)
    answers -= spans.open_before(started)
    return answers


def by_numpy_threads(spans: Spans, started: Seconds, stopped: Seconds) -> Seconds:
    """By two threads, from arrays of whole seconds, chunk by chunk."""
    answers = np.empty_like(started)

    def fill(first: int) -> None:
        part = slice(first, first + CHUNK)
        np.subtract(spans.open_before(stopped[part]), spans.open_before(started[part]), out=answers[part])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(fill, range(0, len(started), CHUNK)))
    return answers


def by_numpy_from_table(spans: Spans, con: duckdb.DuckDBPyConnection) -> None:
    """By two threads, where the pairs stand in a database, as in a build, and the answers have to go back there."""
    columns = con.table("pairs").fetchnumpy()
    started, stopped = (columns[name].astype("datetime64[s]").astype(np.int64) for name in ("started_at", "stopped_at"))
    answers = by_numpy_threads(spans, started, stopped)
    con.execute(sql("drop_answers"))
    con.from_arrow(pa.table({"pair_no": columns["pair_no"], "open_s": answers})).create("open_seconds_of_numpy")


def by_businesstimedelta(pairs: Pairs) -> Seconds:
    """One pair at a time, with the package's own rules for working days, lunch and holidays."""
    package, pytz = importlib.import_module("businesstimedelta"), importlib.import_module("pytz")
    zone = pytz.timezone(ZONE)
    office = package.Rules(
        [
            package.WorkDayRule(start_time=time(9), end_time=time(18), working_days=[0, 1, 2, 3, 4], tz=zone),
            package.LunchTimeRule(start_time=time(12), end_time=time(13), working_days=[0, 1, 2, 3, 4], tz=zone),
            package.HolidayRule(frozenset(pairs.holidays), tz=zone),
        ]
    )
    starts, stops = (
        pd.to_datetime(instants, unit="s", utc=True).to_pydatetime() for instants in (pairs.started, pairs.stopped)
    )
    found = [
        office.difference(start, stop).timedelta.total_seconds() for start, stop in zip(starts, stops, strict=True)
    ]
    return np.array(found, np.int64)


def by_bisection(pairs: Pairs) -> Seconds:
    """One pair at a time with pandas' CustomBusinessHour, which adds whole open hours: as many as fit, by halving."""
    return _by_custom_business_hour(pairs, _most_by_bisection)


def by_date_range(pairs: Pairs) -> Seconds:
    """One pair at a time with pandas' CustomBusinessHour: how many hours fit is the length of a `date_range`."""
    return _by_custom_business_hour(pairs, _most_by_date_range)


Most = Callable[[Any, pd.Timestamp, pd.Timestamp], tuple[int, pd.Timestamp]]


def _by_custom_business_hour(pairs: Pairs, most: Most) -> Seconds:
    """In local wall-clock time: the zone's changes fall on nights without open time."""
    hours: Callable[..., Any] = pd.offsets.CustomBusinessHour
    hour = hours(start=["09:00", "13:00"], end=["12:00", "18:00"], holidays=pairs.holidays)
    starts, stops = (
        pd.to_datetime(instants, unit="s", utc=True).tz_convert(ZONE).tz_localize(None)
        for instants in (pairs.started, pairs.stopped)
    )
    return np.array([_between(hour, *pair, most) for pair in zip(starts, stops, strict=True)], np.int64)


def _between(hour: Any, start: pd.Timestamp, stop: pd.Timestamp, most: Most) -> int:
    opened = hour.rollforward(start)
    if stop <= opened:
        return 0
    fits, reached = most(hour, opened, stop)
    closed = hour.rollback(stop)
    rest = int((closed - reached).total_seconds())
    if rest > HOUR_S:  # a break lies between: what one hour more would have needed after it is not ours
        rest = HOUR_S - int((reached + hour - closed).total_seconds())
    return fits * HOUR_S + rest


def _most_by_bisection(hour: Any, opened: pd.Timestamp, stop: pd.Timestamp) -> tuple[int, pd.Timestamp]:
    """How many open hours fit, and where the last one ends."""
    fits, too_many, reached = 0, 1 + int((stop - opened).total_seconds()) // HOUR_S, opened
    while too_many - fits > 1:
        tried = (fits + too_many) // 2
        instant = opened + tried * hour
        if instant <= stop:
            fits, reached = tried, instant
        else:
            too_many = tried
    return fits, reached


def _most_by_date_range(hour: Any, opened: pd.Timestamp, stop: pd.Timestamp) -> tuple[int, pd.Timestamp]:
    """The same."""
    hours = pd.date_range(opened, stop, freq=hour)
    return len(hours) - 1, hours[-1]


def sql(name: str) -> str:
    """The text of a query of this folder."""
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


def _seconds(instant: datetime) -> int:
    return int((instant - datetime(1970, 1, 1)).total_seconds())


def _whole_seconds(column: pa.ChunkedArray) -> Seconds:
    found: Seconds = column.to_numpy().astype("datetime64[s]").astype(np.int64)
    return found
