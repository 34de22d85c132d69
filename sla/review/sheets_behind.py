"""The sheets of a pack's workbook that stand behind its figures: every clock, what counted, clauses, sources."""

from collections.abc import Sequence

from sla.review.columns import Column, Sheet, Value, column, measure, text, times
from sla.review.pack import Pack
from sla.words import OWN_NAMES, Words, pack_changes


def clocks(pack: Pack, words: Words) -> Sheet:
    """Every clock of the period, with how it was judged."""
    names = {part.policy: part.name for part in pack.content.parts}
    zones = {part.policy: words.zone(part.timezone) for part in pack.content.parts}
    waived = words("workbook.yes")
    outcomes = {code: words.named("outcome", code) for code in {clock.outcome for clock in pack.clocks}}
    causes = {code: words.named("reason", code) for code in {clock.reason for clock in pack.clocks} if code}
    metrics = {code: words.named("metric", code) for code in {clock.metric for clock in pack.clocks}}
    stops = {code: words.named("workbook.stop", code) for code in {clock.stopped_by for clock in pack.clocks} if code}
    rows = [
        (
            *(names.get(one.policy, one.policy), one.ticket_id, one.subject, metrics[one.metric], one.cycle),
            *(outcomes[one.outcome], causes.get(one.reason or ""), waived if one.key in pack.notes.waivers else None),
            *(one.severity, one.plan, one.channel, one.counted_on, one.started_local, one.due_local),
            *(one.stopped_local, stops.get(one.stopped_by or ""), zones.get(one.policy, "UTC")),
            *(one.target_s, one.elapsed_s, one.late_s, one.paused_s, one.carried_s, one.calendar),
        )
        for one in pack.clocks
    ]
    columns = (
        *(text("policy", words), Column(words("column.ticket")), Column(words("review.breaches.subject"))),
        *(Column(words("column.metric")), column("cycle", "count", words), text("outcome", words)),
        *(
            text("why", words),
            text("waived", words),
            Column(words("column.severity")),
            Column(words("column.plan")),
        ),
        *(text("channel", words), column("counted_on", "day", words), column("started", "instant", words)),
        *(column("due", "instant", words), column("ended", "instant", words), text("stopped_by", words)),
        *(text("zone", words), *(measure(name, words) for name in ("target_s", "elapsed_s", "late_s"))),
        *(column("paused", "seconds", words), column("carried", "seconds", words), text("calendar", words)),
    )
    return Sheet("clocks", words("workbook.sheet.clocks"), (times(pack, words),), columns, tuple(rows))


def counted(pack: Pack, words: Words) -> Sheet:
    """How many clocks were judged, are running, or were left out and why."""
    rows: list[tuple[Value, ...]] = []
    for part in pack.content.parts:
        for total in part.totals:
            metric = words.named("metric", total.metric)
            for outcome in ("met", "breached", "running"):
                counted = getattr(total, f"{outcome}_count")
                if total.has_target:
                    rows.append((part.name, metric, words.named("outcome", outcome), None, counted, None))
        for row in part.left_out:
            why = (words.named("outcome", "excluded"), words.named("reason", row.reason))
            rows.append((part.name, words.named("metric", row.metric), *why, row.clocks_count, row.tickets_count))
    columns = (
        *(
            text("policy", words),
            Column(words("column.metric")),
            text("outcome", words),
            text("why", words),
        ),
        *(measure("clocks_count", words), measure("tickets_count", words)),
    )
    missing = tuple(line for part in pack.content.parts for line in part.missing)
    return Sheet("counted", words("workbook.sheet.counted"), missing, columns, tuple(rows))


def clauses(pack: Pack, words: Words) -> Sheet:
    """The promises in the document's words."""
    rows = [
        (one.name, words.named("metric", one.metric), one.text, _tongue(one.language), one.source)
        for one in pack.clauses
    ]
    named = (text(key, words) for key in ("clause", "language", "document"))
    columns = (text("policy", words), Column(words("column.metric")), *named)
    return Sheet("clauses", words("workbook.sheet.clauses"), (), columns, tuple(rows))


def _tongue(language: str | None) -> str | None:
    return OWN_NAMES.get(language, language) if language else None


def definitions(pack: Pack, words: Words) -> Sheet:
    """The rules by which it counts."""
    return _lines("definitions", pack.definitions, words)


def provenance(pack: Pack, words: Words) -> Sheet:
    """Snapshot, documents, versions, under which number it was issued."""
    return _lines("provenance", pack.provenance, words)


def _lines(key: str, lines: Sequence[str], words: Words) -> Sheet:
    name = words(f"workbook.sheet.{key}")
    return Sheet(key, name, (), (Column(name),), tuple((line,) for line in lines))


def changes(pack: Pack, words: Words) -> Sheet:
    """What changed since a pack was issued before."""
    rows = [(one.figure, one.before, one.now, one.why) for one in pack_changes.changes(pack, words)]
    columns = tuple(Column(words(f"pack.since.{key}")) for key in ("figure", "before", "now", "why"))
    notes = (pack_changes.since(pack, words),) if pack.since else ()
    return Sheet("changes", words("workbook.sheet.changes"), notes, columns, tuple(rows))
