"""A pack: everything that a client review hands over, the one source of its page and of all its forms.

Nothing here is drawn. Whatever a form prints is a value or a sentence of the pack; `sla.review.figures` names them all.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import lru_cache

from sla.policies.model import Policy, word_key
from sla.policies.reader import read_policy_text
from sla.review.content import Days, Part, ReviewContent, Span
from sla.review.gathering import Ask, Most, Row, review_content
from sla.review.notes import NO_NOTES, BreachNote, ClockKey, Notes, PeriodComment, Waiver
from sla.review.style import Style
from sla.review.waivers import Waived, waived_counts, without
from sla.words import Words, words
from sla.words import pack as sentences
from sla.words import review as review_sentences
from sla.words.calendars import calendar_names

MOST = Most(breaches=2_000, comments=200)


@dataclass(frozen=True)
class Clock:
    """A clock of the account that counts in the period; local instants, open seconds; names in the pack's language.

    `calendar` says in words when it runs.
    """

    policy: str
    ticket_id: str
    subject: str | None
    metric: str
    cycle: int
    outcome: str
    reason: str | None
    is_open: bool
    severity: str | None
    plan: str | None
    channel: str | None
    calendar: str | None
    target_no: int | None
    target_s: int | None
    elapsed_s: int
    late_s: int | None
    carried_s: int
    paused_s: int
    stopped_by: str | None
    counted_on: date
    started_local: datetime
    due_local: datetime | None
    stopped_local: datetime | None

    @property
    def key(self) -> ClockKey:
        """What names it in every snapshot."""
        return ClockKey(self.ticket_id, self.metric, self.cycle)


@dataclass(frozen=True)
class Clause:
    """A promise in the document's own words, `language` theirs; `source` is the document."""

    policy: str
    name: str
    metric: str
    text: str
    language: str | None
    source: str | None


@dataclass(frozen=True)
class Lead:
    """All promises of the pack together: raw counts, and two sentences that say how they were kept."""

    met_count: int
    breached_count: int
    decided_count: int
    is_too_few: bool
    share: float | None
    running_count: int
    before_met_count: int
    before_decided_count: int
    sentences: tuple[str, str]


@dataclass(frozen=True)
class Orphan:
    """A note or waiver whose clock is no breach in this snapshot; `outcome` None where the clock is not there."""

    note: BreachNote | Waiver
    outcome: str | None


@dataclass(frozen=True)
class Stamp:
    """Under which number a pack was issued, when (UTC without a zone) and by whom; `is_typed`: a typed name."""

    issue_no: int
    issued_at: datetime
    who: str
    is_typed: bool


@dataclass(frozen=True)
class Difference:
    """A figure that is not what it was when the pack was issued before; None where there was or is no such figure.

    `why` has codes of WHY in sla.review.differences, `tickets` those whose clocks or answers moved it.
    """

    key: str
    kind: str
    before: float | None
    now: float | None
    why: tuple[str, ...]
    tickets: tuple[str, ...]


@dataclass(frozen=True)
class Since:
    """The pack of this account and period that was issued before, and what changed since."""

    stamp: Stamp
    snapshot: str
    as_of: datetime
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Pack:
    """One account in one period, in one language. `content` is the review as the page has it, with every breach.

    `waived` has the counts without waived breaches of the totals and clauses that a waiver touches, by their keys, and
    of all promises as 'lead'; they stand beside the raw ones, never alone. `stamp` is None until it is issued.
    """

    content: ReviewContent
    lead: Lead
    clocks: tuple[Clock, ...]
    notes: Notes
    waived: Mapping[str, Waived]
    orphans: tuple[Orphan, ...]
    style: Style
    stamp: Stamp | None = None
    since: Since | None = None

    @property
    def words(self) -> Words:
        """The words of its language."""
        return words(self.content.language)

    @property
    def period(self) -> Days:
        """Its days."""
        return self.content.period

    @property
    def comment(self) -> PeriodComment | None:
        """What somebody says of the period."""
        return self.notes.comments.get((self.period.first_on, self.period.last_on))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The promises in the document's words, each sentence once for a metric, in the order of the policy."""
        found = {
            (part.policy, promise.metric, promise.clause): Clause(
                part.policy, part.name, promise.metric, promise.clause, promise.clause_language, part.source
            )
            for part in self.content.parts
            for promise in part.promises
            if promise.clause is not None
        }
        return tuple(found.values())

    @property
    def definitions(self) -> tuple[str, ...]:
        """The rules by which it counts, those of waivers and notes among them where it has any."""
        return (*self.content.definitions, *sentences.definitions(self, self.words))

    @property
    def provenance(self) -> tuple[str, ...]:
        """Snapshot, as-of instant, documents and versions, then under which number it was issued, in sentences."""
        return (*review_sentences.provenance(self.content, self.words), *sentences.issued(self, self.words))

    @property
    def instant(self) -> datetime:
        """The instant that files carry, so that they are the same when made again: of issuing, else as of. UTC."""
        return self.stamp.issued_at if self.stamp else self.content.provenance.as_of

    @property
    def timezone(self) -> str:
        """The reporting time zone of its first part, UTC without one."""
        return self.content.parts[0].timezone if self.content.parts else "UTC"

    def waiver(self, clock: ClockKey) -> Waiver | None:
        """The granted waiver of a clock."""
        return self.notes.waivers.get(clock)

    def done(self, clock: ClockKey) -> tuple[str, ...]:
        """What people say of a breach, in sentences: the reason, the remark, the waiver, each with its name."""
        return sentences.done(self.notes.breaches.get(clock), self.waiver(clock), self.timezone, self.words)


def read_pack(
    ask: Ask,
    account: str,
    period: Span,
    language: str,
    notes: Notes = NO_NOTES,
    style: Style | None = None,
    most: Most = MOST,
) -> Pack:
    """The pack of an account in a period, in one of LANGUAGES, with what holds of its notes.

    `most` limits the breaches and comments that it tells, never what it counts. `ask(report, **parameters)` gives the
    rows of a report. Raises what `ask` raises.
    """
    content = review_content(ask, account, period, language, most)
    clocks = tuple(clock for part in content.parts for clock in _clocks(ask, content, part))
    broken = {clock.key: (clock.policy, clock.target_no) for clock in clocks if clock.outcome == "breached"}
    waived = waived_counts(content.parts, broken, notes)
    lead = _lead(content.parts)
    if count := sum(key in broken for key in notes.waivers):
        waived["lead"] = without(count, lead.met_count, lead.breached_count)
    told = sentences.lead(lead, waived.get("lead"), content, words(language))
    return Pack(
        content=content,
        lead=replace(lead, sentences=told),
        clocks=clocks,
        notes=notes,
        waived=waived,
        orphans=_orphans(ask, account, content.period, notes, broken),
        style=style or Style(),
    )


def _clocks(ask: Ask, content: ReviewContent, part: Part) -> tuple[Clock, ...]:
    days = {"first_on": content.period.first_on, "last_on": content.period.last_on}
    rows = ask("review_clocks", policy=part.policy, account=content.account, **days, language=content.language)
    names = [field.name for field in fields(Clock)]
    hours = _calendars(ask, part.policy, words(content.language)) if rows else {}
    told = (
        {name: row[name] for name in names} | {"calendar": hours.get(row["calendar"], row["calendar"])} for row in rows
    )
    return tuple(Clock(**values) for values in told)


def _calendars(ask: Ask, policy: str, words: Words) -> dict[str, str]:
    """What the calendars of a policy are called in words, by their names in its files."""
    files = [row for row in ask("policy_files") if word_key(row["policy"]) == word_key(policy)]
    return calendar_names([_policy(row["text"], row["file"]) for row in files], words)


@lru_cache(maxsize=64)
def _policy(text: str, file: str) -> Policy:
    return read_policy_text(text, file)


def _lead(parts: tuple[Part, ...]) -> Lead:
    """The promised clocks of all parts; without its sentences."""
    totals = [total for part in parts for total in part.totals if total.has_target and total.is_in_export]
    met, breached = (sum(getattr(total, name) for total in totals) for name in ("met_count", "breached_count"))
    raw = without(0, met, breached)
    return Lead(
        met_count=met,
        breached_count=breached,
        decided_count=raw.decided_count,
        is_too_few=raw.is_too_few,
        share=raw.share,
        running_count=sum(total.running_count for total in totals),
        before_met_count=sum(total.before_met_count for total in totals),
        before_decided_count=sum(total.before_decided_count for total in totals),
        sentences=("", ""),
    )


def _orphans(
    ask: Ask, account: str, period: Days, notes: Notes, broken: Mapping[ClockKey, object]
) -> tuple[Orphan, ...]:
    """The notes and waivers written about breaches of the period that are none in this snapshot, in any period."""
    written: tuple[BreachNote | Waiver, ...] = (*notes.breaches.values(), *notes.waivers.values())
    of_period = [
        note for note in written if period.first_on <= note.counted_on <= period.last_on and note.clock not in broken
    ]
    if not of_period:
        return ()
    keys = sorted({note.clock for note in of_period})
    asked = json.dumps([{"ticket_id": key.ticket_id, "metric": key.metric, "cycle": key.cycle} for key in keys])
    found: dict[ClockKey, Row] = {
        ClockKey(row["ticket_id"], row["metric"], row["cycle"]): row
        for row in ask("review_noted", clocks=asked, account=account)
    }
    outcomes = {key: row["outcome"] for key, row in found.items()}
    return tuple(Orphan(note, outcomes.get(note.clock)) for note in of_period if outcomes.get(note.clock) != "breached")
