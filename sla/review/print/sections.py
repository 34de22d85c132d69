"""The parts of a pack on paper, in the order in which a client asks: kept, trend, tickets, breaches, satisfaction."""

from dataclasses import dataclass

from sla.review.content import Breach, Counts, Part, Promise, Total, Volume
from sla.review.notes import ClockKey
from sla.review.pack import Pack
from sla.review.print.chart import chart
from sla.review.print.pieces import Piece, cell, heading, line, lines, owned, subject, table, whole, written
from sla.review.waivers import Waived
from sla.words import Words
from sla.words import pack as told
from sla.words import reasons as endings
from sla.words import review as sentences


@dataclass(frozen=True)
class Section:
    """Where a part of a pack stands: its policy, and the level of its headings in the outline."""

    part: Part
    pack: Pack
    level: int

    @property
    def words(self) -> Words:
        """The words of the pack's language."""
        return self.pack.words

    @property
    def is_promised(self) -> bool:
        """Whether the policy promises anything at all."""
        return any(total.has_target for total in self.part.totals)

    def title(self, key: str) -> list[Piece]:
        """A heading by the key of its message."""
        return heading(self.words(key), self.level)


def promises(at: Section) -> list[Piece]:
    """Promised and kept: all clauses of a metric, then each; the figures with waivers beside the raw ones."""
    part, pack, words = at.part, at.pack, at.words
    if not at.is_promised:
        return []
    title = at.title("review.part.promises")
    if not part.promises:
        return [*title, *line("", words("review.promise.none"))]
    totals = [total for total in part.totals if total.has_target and total.is_in_export]
    shown = {total.metric for total in totals}
    told_of: list[Total | Promise] = []
    for total in totals:
        told_of += [total, *(one for one in part.promises if one.metric == total.metric)]
    told_of += [one for one in part.promises if one.metric not in shown]
    has_waived = any(one.key(part.policy) in pack.waived for one in told_of)
    head = [words("review.promise.clause"), words("review.promise.target"), words("review.promise.kept")]
    head += [words("print.waived")] if has_waived else []
    head += [sentences.short_period(pack.content.before, words), words("print.change")]
    widths = [26, 15, 22, 22, 19, 15] if has_waived else [30, 17, 26, 22, 17]
    return [*title, *table(head, widths, [_counted(at, one, has_waived) for one in told_of])]


def _counted(at: Section, counts: Total | Promise, has_waived: bool) -> list[Piece]:
    words, kind = at.words, "all" if isinstance(counts, Total) else "one"
    is_under = at.part.is_under(counts)
    kept = ("✕ " if is_under else "") + sentences.kept(counts, at.part.objective, words)
    without = at.pack.waived.get(counts.key(at.part.policy))
    target = words("none") if isinstance(counts, Total) else sentences.target(counts, words)
    name = _of_metric(counts, words) if isinstance(counts, Total) else _clause(counts, words)
    return [
        cell(f"{kind} name", *name),
        cell(kind, *line("", target)),
        cell(
            kind,
            *line("kept under" if is_under else "kept", kept),
            *lines("small", sentences.kept_lines(counts, words)),
        ),
        *([cell(kind, *_waived(without, at.part.objective, words))] if has_waived else []),
        cell(kind, *line("", sentences.kept_before(counts, at.part.objective, words))),
        cell(kind, *line("", _change(counts, words))),
    ]


def _of_metric(total: Total, words: Words) -> list[Piece]:
    aim = words("review.promise.objective", objective=words.objective(total.objective)) if total.objective else ""
    return line("bold", words.named("metric", total.metric)) + lines("small", (words("print.all_clauses"), aim))


def _clause(promise: Promise, words: Words) -> list[Piece]:
    number = words("pack.figure.kept", metric=words.named("metric", promise.metric), number=str(promise.clause_no))
    return line("", number) + line("small", sentences.promised_to(promise, words))


def _waived(waived: Waived | None, objective: float | None, words: Words) -> list[Piece]:
    if waived is None:
        return line("", words("none"))
    if not waived.decided_count:
        return line("", words("pack.waived.none"))
    if waived.is_too_few:
        counts = words("matrix.counts", met=waived.met_count, decided=waived.decided_count)
        return line("kept", counts) + line("small", words("review.too_few"))
    low, high = words.percent(waived.share_low), words.percent(waived.share_high)
    more = [words("figure.of", met=waived.met_count, decided=waived.decided_count)]
    more += [words("figure.interval", low=low, high=high)]
    return line("kept", words.percent(waived.share, beside=objective)) + lines("small", more)


def _change(counts: Counts, words: Words) -> str:
    if counts.change is None:
        return words("none")
    if counts.change == 0:
        return words("print.points_level")
    sign = "+" if counts.change > 0 else "\N{MINUS SIGN}"
    return words("print.points", points=sign + words.points(counts.change))


def trends(at: Section) -> list[Piece]:
    """The weeks or months of each promised metric."""
    drawn = [trend for trend in at.part.trends if trend.points]
    if not drawn:
        return []
    title = at.title("review.part.trend_weeks" if drawn[0].grain == "week" else "review.part.trend")
    figures = [
        heading(at.words.named("metric", trend.metric), at.level + 1, "small") + chart(trend, at.words)
        for trend in drawn
    ]
    figures[0] = title + figures[0]
    figures[-1] += line("quiet", at.words("review.trend.note"))
    return [piece for figure in figures for piece in whole(figure)]


def waits(at: Section) -> list[Piece]:
    """Waiting times of what is not promised; no verdict."""
    part, words = at.part, at.words
    if not part.waits:
        return []
    head = [words("column.metric"), *(words(f"review.waits.{key}") for key in ("clocks", "ended", "median", "p90"))]
    rows = [
        [
            cell("", *line("", words.named("metric", wait.metric))),
            cell("number", *line("", words.number(wait.clocks_count))),
            cell("number", *line("", words.number(wait.answered_count))),
            cell("", *line("", sentences.median(wait, words))),
            cell("", *line("", sentences.ninetieth(wait, words))),
        ]
        for wait in part.waits
    ]
    return [*at.title("review.part.waits"), *table(head, [3, 2, 2, 3, 3], rows), *line("quiet", words("waits.rule"))]


def volumes(at: Section) -> list[Piece]:
    """Tickets opened and solved, by severity and by channel."""
    part, words, title = at.part, at.words, at.title("review.part.volumes")
    if not part.volumes:
        return [*title, *line("", words("review.volume.none"))]
    before = sentences.short_period(at.pack.content.before, words)
    most = max(one.opened_count for one in part.volumes) or 1
    drawn = title + line("", sentences.volume(part.volumes, at.pack.content.before, words))
    for dimension in ("severity", "channel"):
        head = [words(f"review.volume.{dimension}"), words("review.volume.opened"), ""]
        head += [before, words("review.volume.solved"), before]
        of_all, *shown = (one for one in part.volumes if one.dimension in (dimension, "all"))
        if any(one.name for one in shown):
            rows = [_volume(one, most, words) for one in (*shown, of_all)]
            drawn += whole(table(head, [24, 12, 24, 16, 12, 16], rows))
    return drawn


def _volume(volume: Volume, most: int, words: Words) -> list[Piece]:
    is_all = volume.dimension == "all"
    kind = "total number" if is_all else "number"
    name = volume.name or words("review.volume.all" if is_all else "review.volume.unnamed")
    bar = {} if is_all else {"bar": round(volume.opened_count / most, 3)}
    counts = (volume.before_opened_count, volume.solved_count, volume.before_solved_count)
    return [
        cell("total" if is_all else "", *owned("", name)),
        cell(kind, *line("", words.number(volume.opened_count))),
        cell("total" if is_all else "") | bar,
        *(cell(kind, *line("", words.number(count))) for count in counts),
    ]


def breaches(at: Section) -> list[Piece]:
    """Every breach: what the data say of it, and what people add."""
    part, words = at.part, at.words
    if not at.is_promised:
        return []
    drawn = at.title("review.part.breaches") + line("", endings.endings(part.endings, words))
    if not part.breaches:
        return drawn
    shown, every = len(part.breaches), sum(part.endings.values())
    drawn += line("", words("list.first", shown=shown, all=every)) if shown < every else []
    head = [words("column.ticket"), words("column.metric"), words("review.breaches.late")]
    head += [words("review.breaches.reason"), words("print.done")]
    return drawn + table(head, [18, 13, 18, 26, 25], [_breach(one, at.pack, words) for one in part.breaches])


def _breach(breach: Breach, pack: Pack, words: Words) -> list[Piece]:
    done = _done(ClockKey(breach.ticket_id, breach.metric, breach.cycle), pack, words)
    due = f"{words('review.breaches.due')}: {words.isolated(words.weekday_time(breach.due_local))}"
    target = f"{words('column.target')}: {words.isolated(words.duration(breach.target_s))}"
    return [
        cell("", *owned("bold", breach.ticket_id), *subject(breach.subject)),
        cell("", *line("", words.named("metric", breach.metric)), *owned("small", breach.severity)),
        cell("", *line("bold", words.duration(breach.late_s)), *lines("small", (target, due))),
        cell("", *line("", " ".join(breach.reasons))),
        cell("", *(done or line("small", words("pack.open_note")))),
    ]


def _done(clock: ClockKey, pack: Pack, words: Words) -> list[Piece]:
    """What people add to a breach, each remark a paragraph in its own direction."""
    drawn: list[Piece] = []
    note, waiver = pack.notes.breaches.get(clock), pack.waiver(clock)
    if note:
        reason = words("pack.done.reason_alone", reason=words.named("pack.reason", note.reason))
        by = words("pack.done.by", who=told.signed(note.signed, pack.timezone, words))
        drawn += line("bold", reason) + written("note", note.remark) + line("small", by)
    if waiver:
        by = words("pack.done.by", who=told.signed(waiver.signed, pack.timezone, words))
        agreed = words("pack.done.waived", whom=waiver.agreed_with)
        drawn += line("bold", agreed) + written("note", waiver.remark) + line("small", by)
    return drawn


def satisfaction(at: Section) -> list[Piece]:
    """What customers answered, and every comment as it was written."""
    told_of, words = at.part.satisfaction, at.words
    drawn = at.title("review.part.satisfaction")
    drawn += line("", sentences.satisfied(told_of, at.pack.content.before, words))
    if told_of.share is not None and not told_of.is_too_few:
        low, high = words.percent(told_of.share_low), words.percent(told_of.share_high)
        drawn += line("quiet", words("figure.interval", low=low, high=high))
    for one in told_of.comments:
        given = (words.isolated(one.ticket_id), words.isolated(words.weekday_time(one.given_local)))
        by = " · ".join((sentences.scored(one, words), *given))
        drawn.append({"is": "comment", "pieces": written("said", one.comment) + line("small", by)})
    if told_of.comments:
        drawn += line("quiet", sentences.comments_shown(told_of, words))
    elif told_of.answered_count:
        drawn += line("quiet", words("review.satisfaction.no_comments"))
    return drawn


def left_out(at: Section) -> list[Piece]:
    """What counted and what did not."""
    told_of = sentences.left_out(at.part.left_out, at.words) or (at.words("review.left_out.none"),)
    return [*at.title("review.part.left_out"), *lines("", told_of), *lines("quiet", at.part.missing)]


def clauses(at: Section) -> list[Piece]:
    """The clauses in the document's words, each in its own language and direction, and the document."""
    part, words = at.part, at.words
    if not at.is_promised:
        return []
    drawn = at.title("print.clauses")
    found = [clause for clause in at.pack.clauses if clause.policy == part.policy]
    for clause in found:
        name = line("small", words.named("metric", clause.metric))
        drawn.append({"is": "clause", "pieces": name + written("quoted", clause.text, clause.language)})
    drawn += [] if found else line("", words("print.no_clauses"))
    return drawn + (line("quiet", words("review.source.document", source=part.source)) if part.source else [])


def open_tickets(pack: Pack) -> list[Piece]:
    """What is open as of the snapshot."""
    content, words = pack.content, pack.words
    drawn = heading(words("review.part.open"))
    drawn += line("", sentences.opened(content.open_tickets, content.provenance.as_of, pack.timezone, words))
    if not content.open_tickets:
        return drawn
    head = [words("column.ticket"), words("column.severity")]
    head += [words(f"review.open.{key}") for key in ("age", "state", "due")]
    rows = [
        [
            cell("", *owned("bold", ticket.ticket_id), *subject(ticket.subject)),
            cell("", *owned("", ticket.severity or words("none"))),
            cell("", *line("", words.day(ticket.created_local.date()))),
            cell("", *line("", sentences.state(ticket, words))),
            cell("", *line("", words.weekday_time(ticket.due_local) if ticket.due_local else words("none"))),
        ]
        for ticket in content.open_tickets
    ]
    return drawn + table(head, [34, 14, 16, 20, 16], rows)
