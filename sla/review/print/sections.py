"""The parts of a pack on paper, in the order in which a client asks: kept, trend, tickets, breaches, satisfaction."""

from urllib.parse import quote

from sla.review.content import Breach, Counts, Part, Promise, Total, Trend, Volume
from sla.review.notes import ClockKey
from sla.review.pack import Pack
from sla.review.print.chart import trend_html
from sla.review.print.html import Cell, heading, lines, own, p, table, text, written
from sla.review.waivers import Waived
from sla.words import Words
from sla.words import pack as told
from sla.words import reasons as endings
from sla.words import review as sentences


def promises(part: Part, pack: Pack, words: Words) -> str:
    """Promised and kept: all clauses of a metric, then each; the figures with waivers beside the raw ones."""
    if not any(total.has_target for total in part.totals):
        return ""
    title = heading(words("review.part.promises"))
    if not part.promises:
        return f"<section>{title}{p('', words('review.promise.none'))}</section>"
    totals = [total for total in part.totals if total.has_target and total.is_in_export]
    keys = [total.key(part.policy) for total in totals] + [promise.key(part.policy) for promise in part.promises]
    has_waived = any(key in pack.waived for key in keys)
    head = [words("review.promise.clause"), words("review.promise.target"), words("review.promise.kept")]
    head += [words("print.waived")] if has_waived else []
    head += [sentences.short_period(pack.content.before, words), words("print.change")]
    rows: list[list[Cell]] = []
    for total in totals:
        rows.append(_counted(_of_metric(total, words), words("none"), total, part, pack, has_waived))
        of_metric = [one for one in part.promises if one.metric == total.metric]
        rows += [
            _counted(_clause(one, words), sentences.target(one, words), one, part, pack, has_waived)
            for one in of_metric
        ]
    shown = {total.metric for total in totals}
    rows += [
        _counted(_clause(one, words), sentences.target(one, words), one, part, pack, has_waived)
        for one in part.promises
        if one.metric not in shown
    ]
    return f"<section>{title}{table('promises', head, rows)}</section>"


def _of_metric(total: Total, words: Words) -> str:
    objective = words("review.promise.objective", objective=words.objective(total.objective)) if total.objective else ""
    return (
        f"<b>{text(words.named('metric', total.metric))}</b>{lines('small', (words('print.all_clauses'), objective))}"
    )


def _clause(promise: Promise, words: Words) -> str:
    number = words("pack.figure.kept", metric=words.named("metric", promise.metric), number=str(promise.clause_no))
    return f"{text(number)}{p('small', sentences.promised_to(promise, words))}"


def _counted(name: str, target: str, counts: Total | Promise, part: Part, pack: Pack, has_waived: bool) -> list[Cell]:
    words, kind = pack.words, "all" if isinstance(counts, Total) else "one"
    is_under = (
        not counts.is_too_few
        and counts.share is not None
        and part.objective is not None
        and counts.share < part.objective
    )
    raw = ("✕ " if is_under else "") + sentences.kept(counts, words)
    kept = (
        f"<b class='{'under' if is_under else ''}'>{text(raw)}</b>{lines('small', sentences.kept_lines(counts, words))}"
    )
    waived = [(kind, _waived(pack.waived.get(counts.key(part.policy)), words))] if has_waived else []
    return [
        (f"{kind} name", name),
        (kind, text(target)),
        (f"{kind} kept", kept),
        *waived,
        (kind, text(sentences.kept_before(counts, words))),
        (kind, text(_change(counts, words))),
    ]


def _waived(waived: Waived | None, words: Words) -> str:
    if waived is None:
        return text(words("none"))
    if not waived.decided_count:
        return text(words("pack.waived.none"))
    counts = words("matrix.counts", met=waived.met_count, decided=waived.decided_count)
    if waived.is_too_few:
        return f"<b>{text(counts)}</b>{p('small', words('review.too_few'))}"
    low, high = words.percent(waived.share_low), words.percent(waived.share_high)
    more = [words("figure.of", met=waived.met_count, decided=waived.decided_count)]
    more += [words("figure.interval", low=low, high=high)]
    return f"<b>{text(words.percent(waived.share))}</b>{lines('small', more)}"


def _change(counts: Counts, words: Words) -> str:
    if counts.change is None:
        return words("none")
    if counts.change == 0:
        return words("print.points_level")
    sign = "+" if counts.change > 0 else "\N{MINUS SIGN}"
    return words("print.points", points=sign + words.points(counts.change))


def trend_address(part: Part, trend: Trend) -> str:
    """The address of a trend's picture, which the program alone answers."""
    return f"pack:trend/{quote(part.policy, safe='')}/{quote(trend.metric, safe='')}"


def trends(part: Part, words: Words) -> str:
    """The weeks or months of each promised metric."""
    drawn = [trend for trend in part.trends if trend.points]
    if not drawn:
        return ""
    title = heading(words("review.part.trend_weeks" if drawn[0].grain == "week" else "review.part.trend"))
    figures = [
        heading(words.named("metric", trend.metric), 3) + trend_html(trend, trend_address(part, trend), words)
        for trend in drawn
    ]
    note = p("quiet", words("review.trend.note"))
    kept_whole = [f"<div class='trend'>{one}</div>" for one in (title + figures[0], *figures[1:-1])]
    if len(figures) == 1:
        return f"<section><div class='trend'>{title}{figures[0]}{note}</div></section>"
    return f"<section>{''.join(kept_whole)}<div class='trend'>{figures[-1]}{note}</div></section>"


def waits(part: Part, words: Words) -> str:
    """Waiting times of what is not promised; no verdict."""
    if not part.waits:
        return ""
    head = [words("column.metric"), *(words(f"review.waits.{key}") for key in ("clocks", "ended", "median", "p90"))]
    rows: list[list[Cell]] = [
        [
            ("", text(words.named("metric", wait.metric))),
            ("number", text(words.number(wait.clocks_count))),
            ("number", text(words.number(wait.answered_count))),
            ("", text(sentences.median(wait, words))),
            ("", text(sentences.ninetieth(wait, words))),
        ]
        for wait in part.waits
    ]
    title = heading(words("review.part.waits"))
    return f"<section>{title}{table('waits', head, rows)}{p('quiet', words('waits.rule'))}</section>"


def volumes(part: Part, pack: Pack, words: Words) -> str:
    """Tickets opened and solved, by severity and by channel."""
    title = heading(words("review.part.volumes"))
    if not part.volumes:
        return f"<section>{title}{p('', words('review.volume.none'))}</section>"
    before = sentences.short_period(pack.content.before, words)
    most = max(one.opened_count for one in part.volumes) or 1
    tables = []
    for dimension in ("severity", "channel"):
        head = [words(f"review.volume.{dimension}"), words("review.volume.opened"), ""]
        head += [before, words("review.volume.solved"), before]
        of_all, *shown = (one for one in part.volumes if one.dimension in (dimension, "all"))
        if any(one.name for one in shown):
            tables.append(table("volumes", head, [_volume(one, most, words) for one in (*shown, of_all)]))
    summary = p("", sentences.volume(part.volumes, pack.content.before, words))
    return f"<section>{title}{summary}{''.join(tables)}</section>"


def _volume(volume: Volume, most: int, words: Words) -> list[Cell]:
    is_all = volume.dimension == "all"
    kind = "total number" if is_all else "number"
    name = volume.name or words("review.volume.all" if is_all else "review.volume.unnamed")
    width = 0 if is_all else round(100 * volume.opened_count / most, 1)
    return [
        ("total name" if is_all else "name", own(name)),
        (kind, text(words.number(volume.opened_count))),
        (f"{kind} drawn", f"<div class='bar' style='width:{width}%'></div>" if width else ""),
        (kind, text(words.number(volume.before_opened_count))),
        (kind, text(words.number(volume.solved_count))),
        (kind, text(words.number(volume.before_solved_count))),
    ]


def breaches(part: Part, pack: Pack, words: Words) -> str:
    """Every breach: what the data say of it, and what people add."""
    if not any(total.has_target for total in part.totals):
        return ""
    title, summary = heading(words("review.part.breaches")), p("", endings.endings(part.endings, words))
    if not part.breaches:
        return f"<section>{title}{summary}</section>"
    shown, every = len(part.breaches), sum(part.endings.values())
    more = p("", words("list.first", shown=shown, all=every)) if shown < every else ""
    head = [words("column.ticket"), words("column.metric"), words("review.breaches.late")]
    head += [words("review.breaches.reason"), words("print.done")]
    rows = [_breach(breach, pack, words) for breach in part.breaches]
    return f"<section>{title}{summary}{more}{table('breaches', head, rows)}</section>"


def _breach(breach: Breach, pack: Pack, words: Words) -> list[Cell]:
    done = _done(ClockKey(breach.ticket_id, breach.metric, breach.cycle), pack, words)
    due = f"{words('review.breaches.due')}: {words.isolated(words.weekday_time(breach.due_local))}"
    target = f"{words('column.target')}: {words.isolated(words.duration(breach.target_s))}"
    metric = f"{text(words.named('metric', breach.metric))}<p class='small'>{own(breach.severity)}</p>"
    return [
        ("ticket", f"{own(breach.ticket_id)}{written('small', breach.subject)}"),
        ("metric", metric),
        ("late", f"<b>{text(words.duration(breach.late_s))}</b>{p('small', target)}{p('small', due)}"),
        ("reason", text(" ".join(breach.reasons))),
        ("done", done or p("small", words("pack.open_note"))),
    ]


def _done(clock: ClockKey, pack: Pack, words: Words) -> str:
    """What people add to a breach, each remark a paragraph in its own direction."""
    drawn, note, waiver = "", pack.notes.breaches.get(clock), pack.waiver(clock)
    if note:
        reason = words("pack.done.reason_alone", reason=words.named("pack.reason", note.reason))
        by = words("pack.done.by", who=told.signed(note.signed, pack.timezone, words))
        drawn += f"<b>{text(reason)}</b>{written('note', note.remark)}{p('small', by)}"
    if waiver:
        by = words("pack.done.by", who=told.signed(waiver.signed, pack.timezone, words))
        agreed = words("pack.done.waived", whom=waiver.agreed_with)
        drawn += f"{p('waived', agreed)}{written('note', waiver.remark)}{p('small', by)}"
    return drawn


def satisfaction(part: Part, pack: Pack, words: Words) -> str:
    """What customers answered, and every comment as it was written."""
    told_of = part.satisfaction
    drawn = [heading(words("review.part.satisfaction"))]
    drawn.append(p("", sentences.satisfied(told_of, pack.content.before, words)))
    if told_of.share is not None and not told_of.is_too_few:
        low, high = words.percent(told_of.share_low), words.percent(told_of.share_high)
        drawn.append(p("quiet", words("figure.interval", low=low, high=high)))
    for one in told_of.comments:
        at = text(words.isolated(words.weekday_time(one.given_local)))
        by = f"{text(sentences.scored(one, words))} · {own(one.ticket_id)} · {at}"
        drawn.append(f"<div class='comment'>{written('said', one.comment)}<p class='small'>{by}</p></div>")
    if told_of.comments:
        drawn.append(p("quiet", sentences.comments_shown(told_of, words)))
    elif told_of.answered_count:
        drawn.append(p("quiet", words("review.satisfaction.no_comments")))
    return f"<section>{''.join(drawn)}</section>"


def left_out(part: Part, words: Words) -> str:
    """What counted and what did not."""
    told_of = sentences.left_out(part.left_out, words) or (words("review.left_out.none"),)
    return (
        f"<section>{heading(words('review.part.left_out'))}{lines('', told_of)}{lines('quiet', part.missing)}</section>"
    )


def clauses(part: Part, pack: Pack, words: Words) -> str:
    """The clauses in the document's words, each in its own language and direction, and the document."""
    found = [clause for clause in pack.clauses if clause.policy == part.policy]
    if not any(total.has_target for total in part.totals):
        return ""
    drawn = [heading(words("print.clauses"))]
    for clause in found:
        name = words.named("metric", clause.metric)
        drawn.append(f"<div class='clause'>{p('small', name)}{written('quoted', clause.text, clause.language)}</div>")
    drawn += [] if found else [p("", words("print.no_clauses"))]
    drawn += [p("quiet", words("review.source.document", source=part.source))] if part.source else []
    return f"<section>{''.join(drawn)}</section>"


def open_tickets(pack: Pack, words: Words) -> str:
    """What is open as of the snapshot."""
    content = pack.content
    title = heading(words("review.part.open"))
    summary = p("", sentences.opened(content.open_tickets, content.provenance.as_of, pack.timezone, words))
    if not content.open_tickets:
        return f"<section>{title}{summary}</section>"
    head = [words("column.ticket"), words("column.severity")]
    head += [words(f"review.open.{key}") for key in ("age", "state", "due")]
    rows: list[list[Cell]] = [
        [
            ("ticket", f"{own(ticket.ticket_id)}{written('small', ticket.subject)}"),
            ("", own(ticket.severity or words("none"))),
            ("", text(words.day(ticket.created_local.date()))),
            ("", text(sentences.state(ticket, words))),
            ("", text(words.weekday_time(ticket.due_local) if ticket.due_local else words("none"))),
        ]
        for ticket in content.open_tickets
    ]
    return f"<section>{title}{summary}{table('open', head, rows)}</section>"
