"""What a client's review says, in sentences: from the parts of its content, in the language of the review."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sla.review.content import (
    Comment,
    Counts,
    Days,
    LeftOut,
    OpenTicket,
    Part,
    Point,
    Promise,
    Provenance,
    ReviewContent,
    Satisfaction,
    Total,
    Volume,
    Waits,
)
from sla.words import OWN_NAMES, Words

Row = Mapping[str, Any]


def period(days: Days, words: Words) -> str:
    """The name of a period."""
    return words.period(days.kind, days.first_on, days.last_on)


def short_period(days: Days, words: Words) -> str:
    """The name of a period for the head of a column: a week without its days."""
    return words.week(days.first_on) if days.kind == "week" else period(days, words)


def title(name: str, now: Days, words: Words) -> str:
    """The title of a review."""
    return words("review.title", account=name, period=period(now, words))


def summary(
    parts: Sequence[Part], open_tickets: Sequence[OpenTicket], built: Provenance, zone: str, words: Words
) -> tuple[str, ...]:
    """What a reader takes home, a sentence each: every policy's, then what is open."""
    if not parts:
        return (words("review.summary.nothing"),)
    told = [
        words("review.summary.under", policy=part.name, text=sentence) if len(parts) > 1 else sentence
        for part in parts
        for sentence in part.summary
    ]
    return (*told, opened(open_tickets, built.as_of, zone, words))


def part_summary(
    totals: Sequence[Total],
    waits: Sequence[Waits],
    volumes: Sequence[Volume],
    satisfaction: Satisfaction,
    before: Days,
    words: Words,
) -> tuple[str, ...]:
    """Each promise, then what is not promised, how much came, and what customers said."""
    kept = [kept_in_all(total, before, words) for total in totals if total.has_target]
    promised = {total.metric for total in totals if total.has_target}
    unpromised = [wait for wait in waits if wait.metric not in promised]
    none = [words("review.summary.no_targets")] if not promised else []
    return (
        *kept,
        *none,
        *(waited(wait, words) for wait in unpromised if not promised),
        volume(volumes, before, words),
        satisfied(satisfaction, before, words),
    )


def kept_in_all(total: Total, before: Days, words: Words) -> str:
    """One promised metric over all clauses, against the objective and the period before."""
    many = words.named("many", total.metric)
    if not total.is_in_export:
        return words.clauses([words("review.total.not_in_export")])
    counts = {"many": many, "met": total.met_count, "decided": total.decided_count}
    running = [words("lead.running", count=total.running_count)] if total.running_count else []
    if not total.decided_count:
        return words.clauses([words("review.total.none", many=many), *running])
    if total.is_too_few:
        return words.clauses([words("review.total.too_few", **counts), words("review.too_few"), *running])
    clauses = [words("review.total.share", share=words.percent(total.share, beside=total.objective), **counts)]
    if total.gap is not None and total.objective is not None:
        side = "on" if total.gap == 0 else "under" if total.gap < 0 else "over"
        objective = words.objective(total.objective)
        clauses.append(words(f"lead.{side}", points=words.points(total.gap), objective=objective))
    return f"{words.series([*clauses, *changed(total, before, words), *running])}."


def changed(counts: Counts, before: Days, words: Words) -> list[str]:
    """The change against the period before, where both can be judged; else the counts of before, if there were any."""
    if counts.change is not None:
        side = "level" if counts.change == 0 else "down" if counts.change < 0 else "up"
        return [words(f"review.change.{side}", points=words.points(counts.change), before=period(before, words))]
    if not counts.before_decided_count:
        return []
    of_before = {"met": counts.before_met_count, "decided": counts.before_decided_count}
    return [words("review.change.counts", before=period(before, words), **of_before)]


def waited(wait: Waits, words: Words) -> str:
    """How long half of the waits without a target took, or took at least."""
    many = words.named("many", wait.metric)
    return words("review.waits.summary", many=many, median=median(wait, words), count=wait.clocks_count)


def median(wait: Waits, words: Words) -> str:
    """What half of the waits took, or more than the longest where the data cannot reach half."""
    return _reached(wait.median_s, wait.longest_s, words)


def ninetieth(wait: Waits, words: Words) -> str:
    """What nine in ten of the waits took, or more than the longest."""
    return _reached(wait.p90_s, wait.longest_s, words)


def volume(volumes: Sequence[Volume], before: Days, words: Words) -> str:
    """How many tickets were opened and solved, against the period before."""
    of_all = next((one for one in volumes if one.dimension == "all"), None)
    if of_all is None:
        return words("review.volume.none")
    told = words(
        "review.volume.summary",
        count=of_all.opened_count,
        opened_before=of_all.before_opened_count,
        solved=of_all.solved_count,
        solved_before=of_all.before_solved_count,
        before=period(before, words),
    )
    left = [words("review.volume.left_out", count=of_all.left_out_count)] if of_all.left_out_count else []
    return " ".join([told, *left])


def satisfied(told: Satisfaction, before: Days, words: Words) -> str:
    """What customers answered, with the counts behind it."""
    if not told.is_in_export:
        return words("review.satisfaction.not_in_export")
    if not told.offered_count:
        return words("review.satisfaction.none")
    counts = {"positive": told.positive_count, "answered": told.answered_count}
    if not told.answered_count:
        return words("review.satisfaction.no_answers", count=told.offered_count)
    answers = words("review.satisfaction.response", answered=told.answered_count, offered=told.offered_count)
    if told.is_too_few:
        few = words("review.satisfaction.too_few", **counts)
        return words.clauses([few, words("review.too_few"), answers])
    share = words("review.satisfaction.share", share=words.percent(told.share), **counts)
    change = []
    if told.change is not None:
        side = "level" if told.change == 0 else "down" if told.change < 0 else "up"
        change = [words(f"review.change.{side}", points=words.points(told.change), before=period(before, words))]
    elif told.before_answered_count:
        of_before = {"met": told.before_positive_count, "decided": told.before_answered_count}
        change = [words("review.change.counts", before=period(before, words), **of_before)]
    return f"{words.series([share, *change, answers])}."


def opened(open_tickets: Sequence[OpenTicket], as_of: datetime, zone: str, words: Words) -> str:
    """How many tickets are open as of the snapshot, and how many of them wait for an answer."""
    at = words.instant(as_of, zone)
    if not open_tickets:
        return words("review.open.none", as_of=at)
    told = words("review.open.count", count=len(open_tickets), as_of=at)
    waiting = sum(ticket.state == "on_us" for ticket in open_tickets)
    return f"{told} {words('review.open.waiting', count=waiting)}" if waiting else told


def state(ticket: OpenTicket, words: Words) -> str:
    """Whom an open ticket waits for and how long, and whether a clock of it is breached already."""
    if ticket.state == "on_us" and ticket.waited_s is not None:
        told = words("review.state.waiting", time=words.span(ticket.waited_s))
    else:
        told = words(f"review.state.{ticket.state}")
    return words("comma").join([told, words("review.open.breached")]) if ticket.breached_count else told


def promised_to(promise: Promise, words: Words) -> str:
    """The severities and plans that a clause is for."""
    severities = words("matrix.all_severities") if promise.is_every_severity else words.listed(promise.severities)
    plans = [] if promise.is_every_plan else [words("review.promise.plans", plans=words.listed(promise.plans))]
    since = []
    if promise.valid_from_on and not promise.is_in_force:
        since = [words("review.promise.version", day=words.day(promise.valid_from_on))]
    return words("comma").join([severities, *plans, *since])


def target(promise: Promise, words: Words) -> str:
    """How long the clause gives, and of which hours."""
    count, _, unit = promise.within.partition(" business day")
    if unit or promise.within.endswith("business day"):
        time = words("review.promise.business_days", count=int(count))
    else:
        time = words.duration(promise.target_s)
    hours = words("review.promise.always") if promise.is_always else words("review.promise.open_hours")
    return words("comma").join([time, hours])


def clause_language(promise: Promise, words: Words) -> str:
    """The name of the clause's language where it is not the review's, else nothing."""
    if promise.clause_language is None or promise.clause_language == words.language:
        return ""
    return OWN_NAMES.get(promise.clause_language, promise.clause_language)


def kept(counts: Counts, objective: float | None, words: Words) -> str:
    """The share of a clause beside its objective, its counts where they are too few, or that none fell due."""
    if not counts.decided_count:
        return words("matrix.none")
    if counts.is_too_few:
        return words("matrix.counts", met=counts.met_count, decided=counts.decided_count)
    return words.percent(counts.share, beside=objective)


def kept_lines(counts: Counts, words: Words) -> tuple[str, ...]:
    """What stands behind a share: its counts, its interval, and where the running can still take it."""
    lines = []
    if counts.decided_count and counts.is_too_few:
        lines.append(words("review.too_few"))
    elif counts.decided_count and counts.share_low is not None and counts.share_high is not None:
        lines.append(words("figure.of", met=counts.met_count, decided=counts.decided_count))
        low, high = words.percent(counts.share_low), words.percent(counts.share_high)
        lines.append(words("figure.interval", low=low, high=high))
    if counts.running_count and counts.is_too_few:
        lines.append(words("lead.running", count=counts.running_count))
    elif counts.running_count:
        low, high = words.percent(counts.band_low), words.percent(counts.band_high)
        lines.append(words("figure.band", count=counts.running_count, low=low, high=high))
    return tuple(lines)


def kept_before(counts: Counts, objective: float | None, words: Words) -> str:
    """The period before of a clause: its share beside the objective, counts alone where few, a dash for none."""
    if not counts.before_decided_count:
        return words("none")
    of_before = words("matrix.counts", met=counts.before_met_count, decided=counts.before_decided_count)
    if counts.before_decided_count < 10:
        return of_before
    return words("review.promise.before", share=words.percent(counts.before_share, beside=objective), counts=of_before)


def point_name(point: Point, grain: str, words: Words) -> str:
    """The short name of a week or month."""
    return words.week(point.first_on) if grain == "week" else words.month(point.first_on)


def scored(comment: Comment, words: Words) -> str:
    """The score of a comment on its scale, or that it came without one."""
    if comment.score is None or comment.scale_max is None:
        return words("review.satisfaction.no_score")
    values = {"score": _plain(comment.score), "most": _plain(comment.scale_max)}
    return words("review.satisfaction.score", **values)


def comments_shown(told: Satisfaction, words: Words) -> str:
    """That some comments are not shown, or nothing."""
    shown = len(told.comments)
    return words("list.first", shown=shown, all=told.comments_count) if shown < told.comments_count else ""


def left_out(rows: Sequence[LeftOut], words: Words) -> tuple[str, ...]:
    """What was not judged and why, a sentence for each metric."""
    metrics = list(dict.fromkeys(row.metric for row in rows))
    return tuple(_left_out_of([row for row in rows if row.metric == metric], metric, words) for metric in metrics)


def missing(row: Row, words: Words) -> tuple[str, ...]:
    """What the export does not tell of the tickets of a policy."""
    kinds = ("messages", "statuses", "regradings")
    return tuple(words(f"history.no_{kind}") for kind in kinds if not row[f"tickets_with_{kind}_count"])


def definitions(parts: Sequence[Part], words: Words) -> tuple[str, ...]:
    """The rules by which the review counts."""
    zones = words.listed(dict.fromkeys(words.zone(part.timezone) for part in parts)) or "UTC"
    has_objective = any(part.objective is not None for part in parts)
    keys = ["period", "in_time", "interval", *(["objective"] if has_objective else [])]
    keys += ["late", "reasons", "satisfaction", "before"]
    return tuple(words(f"review.definition.{key}", **({"zone": zones} if key == "period" else {})) for key in keys)


def provenance(content: ReviewContent, words: Words) -> tuple[str, ...]:
    """Which snapshot, which documents and which versions the numbers come from."""
    built = content.provenance
    lines = [
        words("review.source.snapshot", snapshot=built.snapshot, as_of=words.instant(built.as_of, "UTC")),
        words("review.source.rows", count=built.rows_accepted_count, rejected=built.rows_rejected_count),
    ]
    for part in content.parts:
        since = _since(part.valid_from_on, words)
        if len(part.files) > 1:  # the snapshot does not tell which of them is of which version
            since = words("review.source.several", since=since)
        for file, sha256 in zip(part.files, part.sha256s, strict=True):
            lines.append(words("review.source.policy", policy=part.name, file=file, sha256=sha256[:12], since=since))
        if part.source:
            lines.append(words("review.source.document", source=part.source))
    versions = {"holidays": built.holidays_version, "zones": built.tzdata_version}
    return (*lines, words("review.source.versions", **versions))


def _since(day: date | None, words: Words) -> str:
    return words("review.source.since", day=words.day(day)) if day else words("review.source.since_ever")


def _left_out_of(rows: Sequence[LeftOut], metric: str, words: Words) -> str:
    kinds = [words("figure.reason", reason=words.named("reason", row.reason), count=row.clocks_count) for row in rows]
    count = sum(row.clocks_count for row in rows)
    return words("review.left_out.of", metric=words.named("metric", metric), count=count, reasons=words.listed(kinds))


def _reached(seconds: int | None, longest_s: int, words: Words) -> str:
    if seconds is None:
        return words("review.waits.more", time=words.duration(longest_s))
    return words.duration(seconds)


def _plain(score: float) -> int | float:
    return int(score) if score == int(score) else score
