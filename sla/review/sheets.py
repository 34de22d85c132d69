"""What the sheets of a pack's workbook hold: names, notes, columns and typed values; none of it drawn.

Shares are 0 to 1, durations open seconds, instants local ones of the zone that stands beside them. Under ten decided
clocks the share and its interval stay empty and the note says why.
"""

from collections.abc import Callable

from sla.review.columns import Column, Sheet, Value, column, measure, text, times
from sla.review.content import Counts
from sla.review.notes import ClockKey
from sla.review.pack import Pack
from sla.review.sheets_behind import changes, clauses, clocks, counted, definitions, provenance
from sla.review.waivers import Waived
from sla.words import Words, pack_changes, reasons
from sla.words import pack as told
from sla.words import review as sentences

COUNTS = ("met_count", "breached_count", "decided_count")
_INTERVAL = ("share", "share_low", "share_high")
_BEFORE = ("before_met_count", "before_decided_count", "before_share")
_WAIVED = ("waived_count", *COUNTS, "share")
_FEWEST = 10


def sheets(pack: Pack) -> tuple[Sheet, ...]:
    """The sheets in the order of reading; those that would say nothing are left out."""
    makers: tuple[Callable[[Pack, Words], Sheet], ...] = (
        *(_summary, _promises, _trend, _waits, _volumes, _breaches, _satisfaction, _comments, _open, clocks),
        *(counted, clauses, definitions, provenance, changes),
    )
    made = (maker(pack, pack.words) for maker in makers)
    always = ("summary", "breaches", "clocks")
    return tuple(sheet for sheet in made if sheet.rows or sheet.key in always)


def _summary(pack: Pack, words: Words) -> Sheet:
    lines = [*pack.lead.sentences, *pack.content.summary]
    if pack.comment:
        said = told.signed(pack.comment.signed, pack.timezone, words)
        lines += [f"{words('pack.comment')}: {pack.comment.remark}", said]
    lines += [*told.orphans(pack.orphans, words)]
    lines += [pack_changes.since(pack, words)] if pack.since else []
    rows: list[tuple[Value, ...]] = []
    lead = pack.lead
    if lead.decided_count or lead.running_count:
        before = _share(lead.before_met_count, lead.before_decided_count)
        counts = (lead.met_count, lead.breached_count, lead.decided_count)
        share = (None if lead.is_too_few else lead.share, None, None)
        then = (lead.before_met_count, lead.before_decided_count, before)
        note = _few(lead.is_too_few, words)
        beside = _waived(pack.waived.get("lead"))
        rows.append((None, words("pack.figure.lead"), *counts, *share, lead.running_count, *then, None, note, *beside))
    for part in pack.content.parts:
        rows += [
            (
                *(part.name, words.named("metric", total.metric), *_counts(total), total.objective),
                *(_few(total.is_too_few, words), *_waived(pack.waived.get(total.key(part.policy)))),
            )
            for total in part.totals
            if total.has_target and total.is_in_export
        ]
    columns = (text("policy", words), text("figure", words), *_judged(words))
    return Sheet("summary", words("workbook.sheet.summary"), tuple(lines), columns, tuple(rows))


def _promises(pack: Pack, words: Words) -> Sheet:
    rows = [
        (
            *(part.name, words.named("metric", promise.metric), promise.clause_no),
            *(sentences.promised_to(promise, words), promise.target_s, sentences.target(promise, words)),
            *_counts(promise),
            *(part.objective, _few(promise.is_too_few, words), *_waived(pack.waived.get(promise.key(part.policy)))),
            promise.clause,
        )
        for part in pack.content.parts
        for promise in part.promises
    ]
    columns = (
        *(text("policy", words), Column(words("column.metric")), column("clause_no", "count", words)),
        *(text("whom", words), measure("target_s", words), text("in_words", words)),
        *(*_judged(words), text("clause", words)),
    )
    notes = (words("workbook.empty"),)
    return Sheet("promises", words("workbook.sheet.promises"), notes, columns, tuple(rows), naming=3)


def _trend(pack: Pack, words: Words) -> Sheet:
    rows = [
        (
            *(part.name, words.named("metric", trend.metric), point.first_on, point.last_on),
            *(point.met_count, point.decided_count, None if point.is_too_few else point.share, point.objective),
            _few(point.is_too_few, words),
        )
        for part in pack.content.parts
        for trend in part.trends
        for point in trend.points
    ]
    columns = (
        *(
            text("policy", words),
            Column(words("column.metric")),
            column("from", "day", words),
            column("to", "day", words),
        ),
        *(measure(name, words) for name in ("met_count", "decided_count", "share", "objective")),
        text("note", words),
    )
    return Sheet("trend", words("workbook.sheet.trend"), (words("workbook.empty"),), columns, tuple(rows))


def _waits(pack: Pack, words: Words) -> Sheet:
    waits = ("clocks_count", "answered_count", "median_s", "p90_s", "longest_s")
    names = (*waits, "before_clocks_count", "before_median_s")
    rows = [
        (part.name, words.named("metric", wait.metric), *(getattr(wait, name) for name in names))
        for part in pack.content.parts
        for wait in part.waits
    ]
    columns = (
        text("policy", words),
        Column(words("column.metric")),
        *(measure(name, words) for name in names),
    )
    return Sheet("waits", words("workbook.sheet.waits"), (words("waits.rule"),), columns, tuple(rows))


def _volumes(pack: Pack, words: Words) -> Sheet:
    plain = ("opened_count", "solved_count", "left_out_count")
    names = [f"{before}{name}" for name in plain for before in ("", "before_")]
    rows = [
        (
            *(part.name, words(f"workbook.by.{volume.dimension}")),
            volume.name or words("review.volume.all" if volume.dimension == "all" else "review.volume.unnamed"),
            *(getattr(volume, name) for name in names),
        )
        for part in pack.content.parts
        for volume in part.volumes
    ]
    named = (text("policy", words), text("by", words), text("name", words))
    columns = (*named, *(measure(name, words) for name in names))
    return Sheet("volumes", words("workbook.sheet.volumes"), (), columns, tuple(rows))


def _breaches(pack: Pack, words: Words) -> Sheet:
    rows = [
        (
            *(part.name, breach.ticket_id, breach.subject, words.named("metric", breach.metric), breach.cycle),
            *(breach.severity, breach.plan, breach.target_s, breach.elapsed_s, breach.late_s),
            *(breach.started_local, breach.due_local, breach.stopped_local, words.zone(part.timezone)),
            " ".join(breach.reasons),
            *_said(pack, ClockKey(breach.ticket_id, breach.metric, breach.cycle), words),
        )
        for part in pack.content.parts
        for breach in part.breaches
    ]
    notes = [reasons.endings(part.endings, words) for part in pack.content.parts if part.promises]
    every = sum(sum(part.endings.values()) for part in pack.content.parts)
    if len(rows) < every:
        notes.append(words("list.first", shown=len(rows), all=every))
    columns = (
        *(text("policy", words), Column(words("column.ticket")), Column(words("review.breaches.subject"))),
        *(Column(words("column.metric")), column("cycle", "count", words)),
        *(Column(words("column.severity")), Column(words("column.plan"))),
        *(measure(name, words) for name in ("target_s", "elapsed_s", "late_s")),
        *(column("started", "instant", words), column("due", "instant", words), column("ended", "instant", words)),
        *(text("zone", words), Column(words("review.breaches.reason")), Column(words("pack.notes"))),
        text("waived", words),
    )
    return Sheet("breaches", words("workbook.sheet.breaches"), tuple(notes), columns, tuple(rows))


def _said(pack: Pack, clock: ClockKey, words: Words) -> tuple[Value, Value]:
    said = " ".join(pack.done(clock)) or words("pack.open_note")
    return said, words("workbook.yes") if pack.waiver(clock) else None


def _satisfaction(pack: Pack, words: Words) -> Sheet:
    counts = ("offered_count", "answered_count", "positive_count", *_INTERVAL, "response")
    names = (*counts, "before_answered_count", "before_positive_count")
    rows = []
    for part in pack.content.parts:
        one = part.satisfaction
        hidden = _INTERVAL if one.is_too_few else ()
        values = (None if name in hidden else getattr(one, name) for name in names)
        rows.append((part.name, *values, _few(one.is_too_few, words)))
    lines = tuple(sentences.satisfied(part.satisfaction, pack.content.before, words) for part in pack.content.parts)
    columns = (
        text("policy", words),
        *(measure(name, words) for name in names),
        text("note", words),
    )
    return Sheet("satisfaction", words("workbook.sheet.satisfaction"), lines, columns, tuple(rows))


def _comments(pack: Pack, words: Words) -> Sheet:
    rows = [
        (
            *(part.name, one.ticket_id, one.given_local, words.zone(part.timezone)),
            None if one.is_positive is None else words.named("review.satisfaction", _sign(one.is_positive)),
            *(one.score, one.scale_min, one.scale_max, one.comment),
        )
        for part in pack.content.parts
        for one in part.satisfaction.comments
    ]
    lines = (sentences.comments_shown(part.satisfaction, words) for part in pack.content.parts)
    columns = (
        *(text("policy", words), Column(words("column.ticket")), column("given", "instant", words)),
        *(text("zone", words), text("verdict", words), column("score", "score", words)),
        *(column("scale_min", "score", words), column("scale_max", "score", words), text("comment", words)),
    )
    notes = tuple(line for line in lines if line)
    return Sheet("comments", words("workbook.sheet.comments"), notes, columns, tuple(rows))


def _sign(is_positive: bool) -> str:
    return "positive" if is_positive else "negative"


def _open(pack: Pack, words: Words) -> Sheet:
    content, zone = pack.content, pack.timezone
    rows = [
        (
            *(one.ticket_id, one.subject, one.severity, sentences.state(one, words), one.waited_s, one.age_s),
            *(one.created_local, one.due_local, one.breached_count),
        )
        for one in content.open_tickets
    ]
    columns = (
        *(Column(words("column.ticket")), Column(words("review.breaches.subject")), Column(words("column.severity"))),
        *(Column(words("review.open.state")), measure("waited_s", words), measure("age_s", words)),
        *(column("opened", "instant", words), column("due", "instant", words), measure("breached_count", words)),
    )
    notes = (sentences.opened(content.open_tickets, content.provenance.as_of, zone, words), words("workbook.wall"))
    return Sheet("open", words("workbook.sheet.open"), (*notes, times(pack, words)), columns, tuple(rows))


def _counts(counts: Counts) -> tuple[Value, ...]:
    shares = (None if counts.is_too_few else getattr(counts, name) for name in _INTERVAL)
    before = _share(counts.before_met_count, counts.before_decided_count)
    values = (*(getattr(counts, name) for name in COUNTS), *shares, counts.running_count)
    return (*values, counts.before_met_count, counts.before_decided_count, before)


def _judged(words: Words) -> tuple[Column, ...]:
    names = (*COUNTS, *_INTERVAL, "running_count", *_BEFORE, "objective")
    without = (
        Column(words("pack.figure.without", figure=measure(name, words).title), measure(name, words).kind)
        for name in _WAIVED[1:]
    )
    columns = (measure(name, words) for name in names)
    return (*columns, text("note", words), measure("waived_count", words), *without)


def _waived(counts: Waived | None) -> tuple[Value, ...]:
    if counts is None:
        return (None,) * len(_WAIVED)
    share = None if counts.is_too_few else counts.share
    return (counts.waived_count, counts.met_count, counts.breached_count, counts.decided_count, share)


def _share(met: int, decided: int) -> float | None:
    return met / decided if decided >= _FEWEST else None


def _few(is_too_few: bool, words: Words) -> str | None:
    return words("review.too_few") if is_too_few else None
