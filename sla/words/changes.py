"""Which finished weeks changed, in sentences."""

from collections.abc import Sequence
from datetime import datetime

from sla.changes import ChangedClock, ChangedMetric, ChangedWeek, Verdict
from sla.words import Words, ticket

MOST_NAMED = 4


def summary(weeks: Sequence[ChangedWeek], as_of: datetime | None, refusal: str | None, zone: str, words: Words) -> str:
    """One sentence: the newest changed weeks with their tickets, or that nothing changed, or why nobody knows.

    `as_of` is the instant (UTC) up to which the snapshot before knew anything, None where there was none.
    """
    if refusal is not None:
        return words("changes.refused", reason=refusal)
    if as_of is None:
        return words("changes.first")
    if not weeks:
        return words("changes.none", as_of=words.instant(as_of, zone))
    named = [_week(week, words) for week in weeks[:MOST_NAMED]]
    if len(weeks) > MOST_NAMED:
        named.append(words("changes.more", count=len(weeks) - MOST_NAMED))
    return words("changes.some", count=len(weeks), weeks=words.listed(named))


def counts(metric: ChangedMetric, words: Words) -> str:
    """How many of one metric were in time before and are now; what is left out too, where that changed."""
    if not metric.before.decided and not metric.after.decided:
        name = words.named("metric", metric.metric)
        left_out = words("changes.left_out", before=metric.before.excluded, after=metric.after.excluded)
        return f"{words('changes.undecided', metric=name)} {left_out}"
    said = words(
        "changes.counts",
        metric=words.named("metric", metric.metric),
        before_met=metric.before.met,
        before_decided=metric.before.decided,
        met=metric.after.met,
        decided=metric.after.decided,
    )
    if metric.before.excluded == metric.after.excluded:
        return said
    return f"{said} {words('changes.left_out', before=metric.before.excluded, after=metric.after.excluded)}"


def clock_name(clock: ChangedClock, clocks: Sequence[ChangedClock], words: Words) -> str:
    """What a changed clock is called: its metric, with its number where several of its ticket's changed."""
    of_ticket = [{"metric": other.metric} for other in clocks if other.ticket_id == clock.ticket_id]
    return ticket.clock_name({"metric": clock.metric, "cycle": clock.cycle}, of_ticket, words)


def why(clock: ChangedClock, words: Words) -> str:
    """Why a clock counts otherwise than before."""
    return words.named("changes.because", clock.why)


def verdict(told: Verdict, other: Verdict, words: Words) -> str:
    """What one snapshot says of a clock, with the week where the other one counts it in another.

    Where both say the same of it, what differs is how long it took.
    """
    if told.outcome is None or told.week is None:
        return words("changes.absent")
    said = words.named("outcome", told.outcome)
    if told.reason:
        said = words("changes.reason", outcome=said, reason=words.named("reason", told.reason))
    if other.week not in (None, told.week):
        return words("changes.in_week", verdict=said, week=words.week_inside(told.week))
    if (told.outcome, told.reason) == (other.outcome, other.reason) and told.elapsed_s is not None:
        return words("changes.took", verdict=said, duration=words.duration(told.elapsed_s))
    return said


def _week(week: ChangedWeek, words: Words) -> str:
    name = words.week_inside(week.week)
    return name if week.tickets is None else words("changes.week", week=name, count=len(week.tickets))
