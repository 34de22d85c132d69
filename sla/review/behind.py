"""What stands behind a figure of a review: its clocks, surveys or open tickets, and what each of them adds to it.

Two snapshots that disagree on a figure disagree on what one of these adds; that is how a difference finds its tickets.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sla.review.content import NO_POLICY, Days, figure_parts
from sla.review.gathering import Ask, ending_of
from sla.review.notes import ClockKey

Row = Mapping[str, Any]
Added = dict[Hashable, Hashable]  # by the ClockKey of a clock, or the id of a ticket

NO_CASE = ("merged", "excluded_status", "duplicate")
_DECIDED = ("met", "breached")


@dataclass(frozen=True)
class Known:
    """What one snapshot knows of an account, and which of its breaches were waived then."""

    clocks: Mapping[ClockKey, Row]
    surveys: Mapping[str, Row]
    open_tickets: Mapping[str, Row]
    waived: frozenset[ClockKey]

    @property
    def tickets(self) -> set[str]:
        """The tickets of all of them."""
        return {clock.ticket_id for clock in self.clocks} | self.surveys.keys() | self.open_tickets.keys()


@dataclass(frozen=True)
class Asked:
    """The periods that a review compares, and the first day of each policy's version that is in force."""

    now: Days
    before: Days
    in_force: Mapping[str, date | None]

    def days(self, measure: str) -> Days:
        """The period that a measure is of."""
        return self.before if measure.startswith("before_") else self.now


def read_known(ask: Ask, account: str, first_on: date, last_on: date, waived: frozenset[ClockKey]) -> Known:
    """What the snapshot behind `ask` knows of the clocks and surveys of these days, and of what is open."""
    days = {"first_on": first_on, "last_on": last_on}
    clocks = ask("review_verdicts", account=account, **days)
    return Known(
        clocks={ClockKey(row["ticket_id"], row["metric"], row["cycle"]): row for row in clocks},
        surveys={row["ticket_id"]: row for row in ask("review_ratings", account=account, **days)},
        open_tickets={row["ticket_id"]: row for row in ask("review_open", account=account)},
        waived=waived,
    )


def that_differ(old: Known, new: Known) -> tuple[Known, Known]:
    """Both without what is the same in both and adds the same to every figure; open tickets stay, they are few."""
    waived_anew = old.waived ^ new.waived
    clocks = {
        clock
        for clock in old.clocks.keys() | new.clocks.keys()
        if old.clocks.get(clock) != new.clocks.get(clock) or clock in waived_anew
    }
    surveys = {
        ticket
        for ticket in old.surveys.keys() | new.surveys.keys()
        if old.surveys.get(ticket) != new.surveys.get(ticket)
    }
    kept = [
        replace(
            known,
            clocks={clock: row for clock, row in known.clocks.items() if clock in clocks},
            surveys={ticket: row for ticket, row in known.surveys.items() if ticket in surveys},
        )
        for known in (old, new)
    ]
    return kept[0], kept[1]


def added(key: str, known: Known, asked: Asked) -> Added:
    """What each clock, survey or open ticket adds to a figure; those that add nothing are left out."""
    family, *named, measure = figure_parts(key)
    if family == "open":
        states = {ticket: row["state"] == "on_us" for ticket, row in known.open_tickets.items()}
        return {ticket: waits for ticket, waits in states.items() if waits or measure == "open_count"}
    if family == "satisfaction":
        return dict(_surveys(named[0], measure, known, asked))
    of_clock = _reader(family, named, measure, known, asked)
    read = ((clock, of_clock(clock, row)) for clock, row in known.clocks.items())
    return {clock: value for clock, value in read if value is not None}


def _reader(
    family: str, named: list[str], measure: str, known: Known, asked: Asked
) -> Callable[[ClockKey, Row], Hashable]:
    """The function that says what a clock adds to the figures of a name; None is nothing."""
    is_waived = bool(named) and named[-1] == "waived"
    days = asked.days(measure)
    plain = measure.removeprefix("before_")

    def judged(clock: ClockKey, row: Row) -> Hashable:
        if not _within(row["counted_on"], days):
            return None
        if is_waived and row["outcome"] == "breached" and clock in known.waived:
            return "waived" if plain == "waived_count" else None
        return _verdict(row, plain)

    def of_policy(row: Row) -> bool:
        return bool(row["policy"] == _policy(named[0]))

    match family:
        case "lead":
            return judged
        case "total":
            return lambda clock, row: judged(clock, row) if of_policy(row) and row["metric"] == named[1] else None
        case "kept":
            return lambda clock, row: judged(clock, row) if _is_of_clause(row, named, asked) else None
        case "trend":
            span = _span(named)
            return lambda clock, row: (
                _verdict(row, plain)
                if of_policy(row) and row["metric"] == named[1] and _within(row["counted_on"], span)
                else None
            )
        case "waits":
            return lambda clock, row: (
                (row["elapsed_s"], row["stopped_by"])
                if of_policy(row)
                and row["metric"] == named[1]
                and row["reason"] == "no_target"
                and _within(row["counted_on"], days)
                else None
            )
        case "volume":
            return lambda clock, row: _volume(row, named, plain, days) if of_policy(row) else None
        case "endings":
            return lambda clock, row: (
                True
                if of_policy(row)
                and row["outcome"] == "breached"
                and ending_of(row) == measure
                and _within(row["counted_on"], days)
                else None
            )
        case "left_out":
            return lambda clock, row: (
                row["reason"]
                if of_policy(row)
                and (row["metric"], row["reason"]) == (named[1], named[2])
                and _within(row["counted_on"], days)
                else None
            )
        case "breach":
            of = ClockKey(named[1], named[2], int(named[3]))
            return lambda clock, row: (
                (row["target_s"], row["late_s"])
                if clock == of and row["outcome"] == "breached" and _within(row["counted_on"], days)
                else None
            )
    return lambda clock, row: None


def _verdict(row: Row, measure: str) -> Hashable:
    outcome: str = row["outcome"]
    match measure:
        case "met_count" | "breached_count" | "running_count":
            return True if outcome == measure.removesuffix("_count") else None
        case "decided_count":
            return True if outcome in _DECIDED else None
        case "share":
            return outcome if outcome in _DECIDED else None
        case "unpromised_count":
            return True if row["reason"] == "no_target" else None
    return None


def _volume(row: Row, named: list[str], measure: str, days: Days) -> Hashable:
    """Whether a resolution counts among the tickets opened, solved or left out."""
    _, dimension, value = named
    if row["metric"] != "resolution" or (dimension != "all" and row[dimension] != value):
        return None
    is_left_out = row["reason"] in NO_CASE
    if measure == "solved_count":
        is_in = row["stopped_by"] == "solve" and not is_left_out and _within(row["ended_on"], days)
    else:
        is_in = row["cycle"] == 1 and is_left_out == (measure == "left_out_count") and _within(row["opened_on"], days)
    return True if is_in else None


def _surveys(policy: str, measure: str, known: Known, asked: Asked) -> Iterator[tuple[str, Hashable]]:
    days = asked.days(measure)
    for ticket, row in known.surveys.items():
        if row["policy"] != _policy(policy) or row["reason"] is not None or not _within(row["counted_on"], days):
            continue
        match measure.removeprefix("before_"):
            case "offered_count":
                yield ticket, True
            case "answered_count" if row["is_answered"]:
                yield ticket, True
            case "positive_count" if row["is_positive"]:
                yield ticket, True
            case "comments_count" if row["has_comment"]:
                yield ticket, True
            case "share" if row["is_answered"]:
                yield ticket, row["is_positive"]
            case "response":
                yield ticket, row["is_answered"]


def _is_of_clause(row: Row, named: list[str], asked: Asked) -> bool:
    metric, _, version = named[1].partition("@")
    if (row["policy"], row["metric"], str(row["clause_no"])) != (_policy(named[0]), metric, named[2]):
        return False
    if version:
        return str(row["valid_from_on"] or "ever") == version
    return bool(row["valid_from_on"] == asked.in_force.get(row["policy"], row["valid_from_on"]))


def _span(named: list[str]) -> Days:
    """The week or month of a point of a trend."""
    first_on = date.fromisoformat(named[3])
    if named[2] == "week":
        return Days("week", first_on, first_on + timedelta(days=6))
    after = (first_on + timedelta(days=31)).replace(day=1)
    return Days("month", first_on, after - timedelta(days=1))


def _within(day: date | None, days: Days) -> bool:
    return day is not None and days.first_on <= day <= days.last_on


def _policy(name: str) -> str:
    return "" if name == NO_POLICY else name
