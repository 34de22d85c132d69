"""What people add to a review: why a promise was broken, a comment on the period, an agreed waiver.

Notes name a clock by its ticket, metric and cycle, never by a row of a snapshot, so that a rebuild loses none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

REASONS = (
    "customer_wait",
    "third_party",
    "staffing",
    "outage",
    "handover",
    "misrouted",
    "our_mistake",
    "data_error",
    "other",
)
MOST_LETTERS = 2_000  # of a remark or a comment
MOST_LETTERS_OF_A_NAME = 80


@dataclass(frozen=True, order=True)
class ClockKey:
    """A clock by what no build changes."""

    ticket_id: str
    metric: str
    cycle: int


@dataclass(frozen=True)
class Signed:
    """Who wrote it and when, UTC without a zone; `is_typed` says that the name was typed, not signed in with.

    `note_no` counts the notes of the file from 1; a later note about the same thing holds, the earlier one stays.
    """

    note_no: int
    who: str
    is_typed: bool
    written_at: datetime


@dataclass(frozen=True)
class BreachNote:
    """Why a clock was breached, one of REASONS, and what was done; `remark` may be ''.

    `counted_on` is the day by which the breach counted when the note was written.
    """

    clock: ClockKey
    counted_on: date
    reason: str
    remark: str
    signed: Signed


@dataclass(frozen=True)
class PeriodComment:
    """What somebody says of an account's whole period; '' takes the comment before it back."""

    first_on: date
    last_on: date
    remark: str
    signed: Signed


@dataclass(frozen=True)
class Waiver:
    """That a breach shall not count, agreed with `agreed_with` of the client; or, not granted, that it counts again."""

    clock: ClockKey
    counted_on: date
    is_granted: bool
    agreed_with: str
    remark: str
    signed: Signed


Note = BreachNote | PeriodComment | Waiver


@dataclass(frozen=True)
class Notes:
    """What holds of an account's notes: the newest of each thing. `last_no` is the newest note of the whole file.

    `waivers` has those that are granted alone; `history` every note of the account in the order of writing.
    """

    breaches: Mapping[ClockKey, BreachNote] = field(default_factory=dict)
    comments: Mapping[tuple[date, date], PeriodComment] = field(default_factory=dict)
    waivers: Mapping[ClockKey, Waiver] = field(default_factory=dict)
    history: tuple[Note, ...] = ()
    last_no: int = 0


NO_NOTES = Notes()


def holding(history: tuple[Note, ...], last_no: int) -> Notes:
    """What holds after these notes, which are in the order of writing."""
    breaches: dict[ClockKey, BreachNote] = {}
    comments: dict[tuple[date, date], PeriodComment] = {}
    waivers: dict[ClockKey, Waiver] = {}
    for note in history:
        match note:
            case BreachNote():
                breaches[note.clock] = note
            case PeriodComment():
                comments[note.first_on, note.last_on] = note
            case Waiver():
                waivers[note.clock] = note
    granted = {key: waiver for key, waiver in waivers.items() if waiver.is_granted}
    said = {days: comment for days, comment in comments.items() if comment.remark}
    return Notes(breaches, said, granted, history, last_no)
