"""What a review says: values, codes and finished sentences, none of them drawn.

Shares are 0 to 1, durations open seconds. Fields carry the names of the columns they come from; what each means
stands in queries/reports/review_*.sql.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

NO_POLICY = "-"  # in the names of figures, for clocks whose tickets name no policy


def figure_key(*parts: object) -> str:
    """The stable name of a figure, its parts told apart by slashes; the same in every language and snapshot."""
    return "/".join(str(part).replace("%", "%25").replace("/", "%2F") for part in parts)


def figure_parts(key: str) -> list[str]:
    """The parts that a figure's name was made of, as texts."""
    return [part.replace("%2F", "/").replace("%25", "%") for part in key.split("/")]


class Span(Protocol):
    """A period of whole local days, and the one before it."""

    @property
    def kind(self) -> str:
        """week, month, quarter or dates."""

    @property
    def first_on(self) -> date:
        """Its first day."""

    @property
    def last_on(self) -> date:
        """Its last day."""

    @property
    def before(self) -> "Span":
        """The period before."""


@dataclass(frozen=True)
class Days:
    """A period by its kind (week, month, quarter or dates) and its first and last day."""

    kind: str
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Counts:
    """Met and breached clocks of a period and of the one before; shares are None where nothing was decided.

    `change` is None unless both periods have ten decided; `band_low` and `band_high` are where the share can still end.
    """

    met_count: int
    breached_count: int
    decided_count: int
    is_too_few: bool
    share: float | None
    share_low: float | None
    share_high: float | None
    running_count: int
    band_low: float | None
    band_high: float | None
    before_met_count: int
    before_decided_count: int
    before_share: float | None
    change: float | None


@dataclass(frozen=True)
class Total(Counts):
    """Every clock of one metric; `unpromised_count` of them have no target. `gap` is to the objective."""

    metric: str
    has_target: bool
    is_in_export: bool
    objective: float | None
    gap: float | None
    unpromised_count: int

    def key(self, policy: str) -> str:
        """What the names of its figures begin with."""
        return figure_key("total", policy or NO_POLICY, self.metric)


@dataclass(frozen=True)
class Promise(Counts):
    """One clause and how it was kept; `severities` and `plans` are names in the review's language.

    `clause` stands in the document's words, in `clause_language`; both None where the policy quotes none. `clause_no`
    counts the clauses of a metric in the policy file from 1; `target_no` is the snapshot's own.
    """

    target_no: int
    clause_no: int
    metric: str
    is_every_severity: bool
    severities: tuple[str, ...]
    is_every_plan: bool
    plans: tuple[str, ...]
    clause: str | None
    clause_language: str | None
    target_s: int
    within: str
    calendar: str
    is_always: bool
    stops_on: str | None
    valid_from_on: date | None
    is_in_force: bool

    def key(self, policy: str) -> str:
        """What the names of its figures begin with; a version that is not in force is named by its first day."""
        version = "" if self.is_in_force else f"@{self.valid_from_on or 'ever'}"
        return figure_key("kept", policy or NO_POLICY, f"{self.metric}{version}", self.clause_no)


@dataclass(frozen=True)
class Waits:
    """Waiting times of a metric without a target; a percentile that the data cannot reach yet is None."""

    metric: str
    clocks_count: int
    answered_count: int
    median_s: int | None
    p90_s: int | None
    longest_s: int
    before_clocks_count: int
    before_median_s: int | None


@dataclass(frozen=True)
class Point:
    """A week or month of a trend."""

    first_on: date
    last_on: date
    met_count: int
    decided_count: int
    is_too_few: bool
    share: float | None
    objective: float | None


@dataclass(frozen=True)
class Trend:
    """A metric's weeks or months (`grain`), from the first that had a clock to the one in which the period ends."""

    metric: str
    grain: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Volume:
    """Tickets opened, solved and left out; `dimension` is all, severity or channel.

    `value` is the code, None of all; '' and no name stand for those without one.
    """

    dimension: str
    value: str | None
    name: str | None
    opened_count: int
    before_opened_count: int
    solved_count: int
    before_solved_count: int
    left_out_count: int
    before_left_out_count: int


@dataclass(frozen=True)
class Breach:
    """A breached clock with what the data say of it; local instants; `reasons` are sentences, what ended it first.

    `ending` is late_reply, late_notice, late_update, late_solve, solved_without_reply, unanswered, unsolved or unknown.
    """

    ticket_id: str
    subject: str | None
    metric: str
    cycle: int
    severity: str | None
    plan: str | None
    target_s: int
    elapsed_s: int
    late_s: int
    started_local: datetime
    due_local: datetime
    stopped_local: datetime | None
    is_open: bool
    ending: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """Clocks that count in the period and were not judged."""

    metric: str
    reason: str
    clocks_count: int
    tickets_count: int


@dataclass(frozen=True)
class Comment:
    """What a customer wrote beside an answer, as it was written; score None where only a comment came."""

    ticket_id: str
    given_local: datetime
    is_positive: bool | None
    score: float | None
    scale_min: float | None
    scale_max: float | None
    comment: str


@dataclass(frozen=True)
class Satisfaction:
    """Answers of a period: `share` is positive of answered, `response` answered of offered; the newest comments."""

    offered_count: int
    answered_count: int
    positive_count: int
    is_too_few: bool
    share: float | None
    share_low: float | None
    share_high: float | None
    response: float | None
    before_answered_count: int
    before_positive_count: int
    before_share: float | None
    change: float | None
    is_in_export: bool
    comments: tuple[Comment, ...]
    comments_count: int


@dataclass(frozen=True)
class OpenTicket:
    """A ticket that is open at the as-of instant, whatever the period; seconds of the wall clock.

    `state` is on_us (a wait runs), on_customer, on_hold or in_hand.
    """

    ticket_id: str
    subject: str | None
    severity: str | None
    state: str
    waited_s: int | None
    age_s: int
    created_local: datetime
    due_local: datetime | None
    breached_count: int


@dataclass(frozen=True)
class Part:
    """What one policy promised the account, and how that was kept.

    `breaches` are the latest of all that there were; `endings` says of all of them how many ended how.
    """

    policy: str
    name: str
    source: str | None
    timezone: str
    objective: float | None
    valid_from_on: date | None
    files: tuple[str, ...]
    sha256s: tuple[str, ...]
    is_over: bool
    summary: tuple[str, ...]
    totals: tuple[Total, ...]
    promises: tuple[Promise, ...]
    waits: tuple[Waits, ...]
    trends: tuple[Trend, ...]
    volumes: tuple[Volume, ...]
    breaches: tuple[Breach, ...]
    endings: Mapping[str, int]
    satisfaction: Satisfaction
    left_out: tuple[LeftOut, ...]
    missing: tuple[str, ...]

    def is_under(self, counts: Counts) -> bool:
        """Whether counts that are enough to judge miss the objective."""
        if counts.is_too_few or counts.share is None or self.objective is None:
            return False
        return counts.share < self.objective


@dataclass(frozen=True)
class Provenance:
    """The snapshot that every number was read from; instants UTC."""

    snapshot: str
    as_of: datetime
    built_at: datetime
    holidays_version: str
    tzdata_version: str
    source_files_count: int
    rows_accepted_count: int
    rows_rejected_count: int


@dataclass(frozen=True)
class ReviewContent:
    """One account in one period against the one before, in one language; no parts where it was not measured."""

    account: str
    name: str
    plan: str | None
    manager: str | None
    language: str
    period: Days
    before: Days
    title: str
    summary: tuple[str, ...]
    parts: tuple[Part, ...]
    open_tickets: tuple[OpenTicket, ...]
    definitions: tuple[str, ...]
    provenance: Provenance
