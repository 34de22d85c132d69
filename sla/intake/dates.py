"""In which order a file writes day and month: by all its instants, by its format, or by what a person says."""

from dataclasses import dataclass

import duckdb

from sla.errors import Refused
from sla.intake.formats import DATES, Format
from sla.intake.questions import Question, Told

ORDERS = ("dmy", "mdy")
NUMBERS = ("serial", "epoch_s", "epoch_ms")
_NAMES = {
    "dmy": "day first",
    "mdy": "month first",
    "serial": "days, as a spreadsheet counts them",
    "epoch_s": "seconds since 1970",
    "epoch_ms": "milliseconds since 1970",
}


@dataclass(frozen=True)
class Settled:
    """How the instants of a file are read; `told.value` is None where that must be asked.

    `notes`: sentences for people. `without_offset`: a value without an offset, "" where each has one.
    """

    told: Told
    questions: tuple[Question, ...]
    notes: tuple[str, ...]
    without_offset: str


YEAR_FIRST = Settled(Told("iso", "seen"), (), (), "")


@dataclass(frozen=True)
class _Evidence:
    """Counts of the instants written in a file, and examples.

    `year_first`: those in ISO 8601. `open`: those that begin with two numbers below 13 that differ; `day_first` and
    `month_first`: those that can only be so; `alike`: those that mean the same in both orders. `numbers`: plain ones.
    """

    year_first: int
    open: int
    day_first: int
    month_first: int
    alike: int
    numbers: int
    open_examples: tuple[str, ...]
    day_example: str | None
    month_example: str | None
    number_example: str | None
    without_offset: str | None


def are_year_first(con: duckdb.DuckDBPyConnection, query: str, file_no: int) -> bool:
    """Whether every instant of the file certainly begins with its year; much cheaper than `settle_dates`."""
    return bool(con.execute(query, {"file_no": file_no}).fetchall()[0][0])


def settle_dates(
    con: duckdb.DuckDBPyConnection, query: str, file_no: int, format_: Format, said: str | None
) -> Settled:
    """The layout of the instants that stand in the raw tables of `con` for this file.

    What can be read in one order alone decides; then what was `said`; then the format. Where nothing does, a question.
    """
    row = con.execute(query, {"file_no": file_no, "missing": ["", *format_.missing]}).fetchall()[0]
    *counts, examples, day, month, number, clock_time = row
    year_first, open_, day_first, month_first, alike, numbers = counts
    examples = tuple(filter(None, examples or ()))
    of_each = (year_first, open_, day_first, month_first, alike, numbers)
    seen = _Evidence(*of_each, examples, day, month, number, clock_time)
    told, notes = _order(seen, format_, said)
    questions = (_question(seen),) if told.value is None else ()
    return Settled(told, questions, notes, seen.without_offset or "")


def _order(seen: _Evidence, format_: Format, said: str | None) -> tuple[Told, tuple[str, ...]]:
    by_format = format_.dates if format_.dates != "iso" else None
    if seen.day_first and not seen.month_first:
        return Told("dmy", "seen", seen.day_example or ""), _contradiction(said, "dmy", seen.day_example)
    if seen.month_first and not seen.day_first:
        return Told("mdy", "seen", seen.month_example or ""), _contradiction(said, "mdy", seen.month_example)
    if said:
        return Told(said, "answered"), ()
    if seen.day_first and seen.month_first:
        order = "dmy" if seen.day_first >= seen.month_first else "mdy"
        examples = f"{seen.day_example} and {seen.month_example}"
        note = f"Dates stand both day first and month first, such as {examples}; read {_NAMES[order]}, as most are."
        return Told(order, "seen", seen.day_example or ""), (note,)
    if by_format:
        return Told(by_format, "format"), ()
    if seen.open:
        is_stray = seen.open <= seen.year_first and format_.dates == "iso"
        return (Told("iso", "format") if is_stray else Told(None, "unknown")), ()
    if seen.alike > seen.year_first:
        return Told("dmy", "seen"), ()
    if seen.numbers > seen.year_first and _known_numbers():
        return Told(None, "unknown"), ()
    return Told("iso", "seen" if seen.year_first else "format"), ()


def _contradiction(said: str | None, order: str, example: str | None) -> tuple[str, ...]:
    if said not in ORDERS or said == order:
        return ()
    return (f"Dates were said to be {_NAMES[said]}, but {example} can only be {_NAMES[order]}, and so all were read.",)


def _question(seen: _Evidence) -> Question:
    if seen.open:
        return Question("dates", seen.open_examples, ORDERS)
    return Question("dates", (seen.number_example or "",), _known_numbers())


def _known_numbers() -> tuple[str, ...]:
    return tuple(layout for layout in NUMBERS if layout in DATES)


def require_order(file: str, settled: Settled) -> str:
    """The layout; raises `Refused` with a value of the file where it has to be asked."""
    if settled.told.value is not None:
        return settled.told.value
    [question] = settled.questions
    example = question.what[0]
    if question.options != ORDERS:
        options = " or ".join(f"--dates {layout} ({_NAMES[layout]})" for layout in question.options)
        raise Refused(f"{file} writes its dates as numbers such as {example}: say what they are with {options}.")
    first, second = (part for part in example.replace("-", "/").replace(".", "/").split("/")[:2])
    raise Refused(
        f"{file} has dates such as {example}, which is day {int(first)} of month {int(second)} or day {int(second)} of "
        f"month {int(first)}, and none that can only be one of them: say which with --dates dmy or --dates mdy."
    )


def zone_question(zone: Told, settled: Settled) -> tuple[Question, ...]:
    """The zone is asked for where an instant has no offset and nobody knows it; it may be left."""
    return (
        (Question("timezone", (settled.without_offset,), ()),) if zone.value is None and settled.without_offset else ()
    )
