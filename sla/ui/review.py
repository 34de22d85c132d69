"""A review as one page of HTML that prints as it stands; every text is escaped, and stands in its own direction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from sla.review.content import Breach, Counts, OpenTicket, Part, Promise, ReviewContent, Satisfaction, Trend, Volume
from sla.review.notes import ClockKey
from sla.review.pack import Pack
from sla.ui.volumes import COUNTS
from sla.words import Words
from sla.words import pack as added
from sla.words import reasons as told
from sla.words import review as sentences

Link = Callable[[str], str]
Cell = tuple[str, str]  # the class of a cell and its HTML


@dataclass(frozen=True)
class Links:
    """Where a review leads: the addresses of a ticket's page by its id, of all breaches of a policy by its code, of
    its waits without a target by their metric, and of the tickets behind a volume of it by the name of the count, None
    where that counts none.
    """

    ticket: Link
    breaches: Link
    waits: Callable[[str, str], str]
    volume: Callable[[str, Volume, str], str | None]


def review_html(content: ReviewContent, words: Words, links: Links, pack: Pack | None = None) -> str:
    """The whole review as one element, to be drawn in its own language and direction.

    `pack` has what people added to it; None where nobody did.
    """
    parts = "".join(_part(part, content, words, links, pack) for part in content.parts)
    open_tickets = _open(content.open_tickets, words, links.ticket)
    inside = f"{_head(content, words, pack)}{parts}{open_tickets}{_foot(content, words, pack)}"
    return f"<article class='review'>{inside}</article>"


def _head(content: ReviewContent, words: Words, pack: Pack | None) -> str:
    as_of = content.provenance.as_of
    zone = content.parts[0].timezone if content.parts else "UTC"
    compared = words(
        "review.compared",
        before=sentences.period(content.before, words),
        zone=words.listed(dict.fromkeys(words.zone(part.timezone) for part in content.parts)) or "UTC",
        as_of=words.instant(as_of, zone),
    )
    about = [
        words("review.under_policy", policies=words.listed(part.name for part in content.parts)),
        *([words("review.plan", plan=content.plan)] if content.plan else []),
        *([words("review.manager", manager=content.manager)] if content.manager else []),
    ]
    is_over = all(part.is_over for part in content.parts)
    so_far = "" if is_over else _p("quiet", words("review.so_far", as_of=words.instant(as_of, zone)))
    summary = "".join(f"<li>{escape(sentence)}</li>" for sentence in content.summary)
    return (
        f"<h1 class='lead'>{escape(content.title)}</h1>{_p('quiet', ' · '.join(about))}{_p('quiet', compared)}{so_far}"
        f"<ul class='summary'>{summary}</ul>{_beside(pack, words)}"
    )


def _beside(pack: Pack | None, words: Words) -> str:
    """All promises as they are and, beside that, without waived breaches; then what somebody says of the period."""
    if pack is None:
        return ""
    both = "".join(_p("text", sentence) for sentence in pack.lead.sentences) if "lead" in pack.waived else ""
    if pack.comment is None:
        return both
    by = added.signed(pack.comment.signed, pack.timezone, words)
    said = f"<p class='text'><bdi>{escape(pack.comment.remark)}</bdi></p>"
    return f"{both}<h2 class='part'>{escape(words('pack.comment'))}</h2>{said}{_p('quiet', by)}"


def _part(part: Part, content: ReviewContent, words: Words, links: Links, pack: Pack | None) -> str:
    name = f"<h2 class='policy'>{escape(part.name)}</h2>" if len(content.parts) > 1 else ""
    drawn = [
        name,
        _promises(part, content, words, pack),
        *(_trends(part, words)),
        _waits(part, words, links),
        _volumes(part, content, words, links),
        _breaches(part, words, links, pack),
        _satisfaction(part.satisfaction, content, words, links.ticket),
        _left_out(part, words),
    ]
    return "".join(drawn)


def _promises(part: Part, content: ReviewContent, words: Words, pack: Pack | None) -> str:
    if not any(total.has_target for total in part.totals):
        return ""
    title = _heading("promises", words)
    if not part.promises:
        return title + _p("text", words("review.promise.none"))
    head = [
        words("review.promise.clause"),
        words("review.promise.target"),
        words("review.promise.kept"),
        sentences.short_period(content.before, words),
    ]
    rows = [
        [
            ("promise", _promise(promise, words)),
            ("", _text(sentences.target(promise, words))),
            (_standing(promise, part.objective), _kept(promise, part, words, pack)),
            ("", _text(sentences.kept_before(promise, part.objective, words))),
        ]
        for promise in part.promises
    ]
    return title + _table("promises", head, rows)


def _promise(promise: Promise, words: Words) -> str:
    named = words("review.summary.under", policy=words.named("metric", promise.metric), text="")
    whose = f"<b>{escape(named.strip())}</b> {_text(sentences.promised_to(promise, words))}"
    if promise.clause is None:
        return whose
    language = sentences.clause_language(promise, words)
    foreign = f" <small>({_text(language)})</small>" if language else ""
    quoted = f"<q lang='{escape(promise.clause_language or '')}' dir='auto'>{escape(promise.clause)}</q>"
    return f"{whose}<p class='quoted'>{quoted}{foreign}</p>"


def _standing(counts: Counts, objective: float | None) -> str:
    if counts.is_too_few or counts.share is None or objective is None:
        return "kept"
    return "kept under" if counts.share < objective else "kept over"


def _kept(promise: Promise, part: Part, words: Words, pack: Pack | None) -> str:
    kept = sentences.kept(promise, part.objective, words)
    sign = "✕ " if _standing(promise, part.objective).endswith("under") else ""
    waived = pack.waived.get(promise.key(part.policy)) if pack else None
    beside = [added.kept_waived(waived, part.objective, words)] if waived else []
    lines = "".join(f"<small>{escape(line)}</small>" for line in (*sentences.kept_lines(promise, words), *beside))
    return f"<b>{sign}{_text(kept)}</b>{lines}"


def _trends(part: Part, words: Words) -> list[str]:
    drawn = [trend for trend in part.trends if trend.points]
    if not drawn:
        return []
    title = _heading("trend_weeks" if drawn[0].grain == "week" else "trend", words)
    return [title, *(_trend(trend, words) for trend in drawn), _p("quiet", words("review.trend.note"))]


def _trend(trend: Trend, words: Words) -> str:
    """A column for each week or month: the share as height, its number above, its counts below."""
    columns = []
    for point in trend.points:
        name = sentences.point_name(point, trend.grain, words)
        counts = words("matrix.counts", met=point.met_count, decided=point.decided_count)
        share = "" if point.is_too_few else words.percent(point.share, 0, point.objective)
        is_under = point.objective is not None and (point.share or 0) < point.objective
        kind = "none" if not point.decided_count else "few" if point.is_too_few else "under" if is_under else "over"
        sign = "✕ " if kind == "under" else ""
        columns.append(
            f"<li class='{kind}'><b>{sign}{_text(share)}</b>"
            f"<i style='height:{round((point.share or 0) * 100)}%'></i>"
            f"<span>{_text(name)}</span><small>{_text(counts if point.decided_count else words('none'))}</small></li>"
        )
    objective = trend.points[-1].objective
    name, drawn = escape(words.named("metric", trend.metric)), f"<ol>{''.join(columns)}</ol>"
    style = f"--columns:{len(columns)}"
    if objective is None:
        return f"<figure class='trend' style='{style}'><figcaption>{name}</figcaption>{drawn}</figure>"
    aim = escape(words("review.promise.objective", objective=words.objective(objective)))
    return (
        f"<figure class='trend aimed' style='{style};--aim-share:{objective:.4f}'>"
        f"<figcaption>{name} <em>{aim}</em></figcaption>{drawn}</figure>"
    )


def _waits(part: Part, words: Words, links: Links) -> str:
    if not part.waits:
        return ""
    head = [words("column.metric"), *(words(f"review.waits.{key}") for key in ("clocks", "ended", "median", "p90"))]
    rows = [
        [
            ("", _text(words.named("metric", wait.metric))),
            ("", _linked(_text(words.number(wait.clocks_count)), links.waits(part.policy, wait.metric))),
            ("", _text(words.number(wait.answered_count))),
            ("", _text(sentences.median(wait, words))),
            ("", _text(sentences.ninetieth(wait, words))),
        ]
        for wait in part.waits
    ]
    return _heading("waits", words) + _table("waits", head, rows) + _p("quiet", words("waits.rule"))


def _volumes(part: Part, content: ReviewContent, words: Words, links: Links) -> str:
    if not part.volumes:
        return _heading("volumes", words) + _p("text", words("review.volume.none"))
    before = sentences.short_period(content.before, words)
    tables = []
    for dimension in ("severity", "channel"):
        head = [words(f"review.volume.{dimension}"), words("review.volume.opened"), before]
        head += [words("review.volume.solved"), before]
        of_all, *shown = (one for one in part.volumes if one.dimension in (dimension, "all"))
        if any(one.name for one in shown):
            tables.append(_table("volumes", head, [_volume(one, part, words, links) for one in (*shown, of_all)]))
    return _heading("volumes", words) + f"<div class='pair'>{''.join(tables)}</div>"


def _volume(volume: Volume, part: Part, words: Words, links: Links) -> list[Cell]:
    unnamed = words("review.volume.unnamed") if volume.dimension != "all" else words("review.volume.all")
    kind = "total number" if volume.dimension == "all" else "number"
    name = ("total" if volume.dimension == "all" else "", _text(volume.name or unnamed))
    cells = [name]
    for count in COUNTS:
        number = _text(words.number(getattr(volume, f"{count}_count")))
        cells.append((kind, _linked(number, links.volume(part.policy, volume, count))))
    return cells


def _breaches(part: Part, words: Words, links: Links, pack: Pack | None) -> str:
    title = _heading("breaches", words)
    summary = _p("text", told.endings(part.endings, words))
    if not part.breaches:
        return (title + summary) if any(total.has_target for total in part.totals) else ""
    head = [words("column.ticket"), words("column.metric"), words("column.target")]
    head += [words(f"review.breaches.{key}") for key in ("due", "late", "reason")]
    rows = [
        [
            ("ticket", _ticket(breach.ticket_id, breach.subject, links.ticket)),
            ("whole", f"{_text(words.named('metric', breach.metric))}<small>{_text(breach.severity or '')}</small>"),
            ("whole", _text(words.duration(breach.target_s))),
            ("whole", _text(words.weekday_time(breach.due_local))),
            ("whole", _text(words.duration(breach.late_s))),
            (
                "reason",
                " ".join(f"<span><bdi>{escape(line)}</bdi></span>" for line in (*breach.reasons, *_done(breach, pack))),
            ),
        ]
        for breach in part.breaches
    ]
    return title + summary + _breaches_shown(part, words, links) + _table("breaches", head, rows)


def _done(breach: Breach, pack: Pack | None) -> tuple[str, ...]:
    """What people say of a breach."""
    return pack.done(ClockKey(breach.ticket_id, breach.metric, breach.cycle)) if pack else ()


def _breaches_shown(part: Part, words: Words, links: Links) -> str:
    """That the later ones alone are shown, and where all of them are; nothing where they are all."""
    shown, every = len(part.breaches), sum(part.endings.values())
    if shown == every:
        return ""
    where = f"<a href='{escape(links.breaches(part.policy))}' target='_self'>{escape(words('review.breaches.all'))}</a>"
    return f"<p class='text'>{escape(words('list.first', shown=shown, all=every))} {where}</p>"


def _satisfaction(satisfaction: Satisfaction, content: ReviewContent, words: Words, link: Link) -> str:
    drawn = [_heading("satisfaction", words), _p("text", sentences.satisfied(satisfaction, content.before, words))]
    if satisfaction.comments:
        items = "".join(
            f"<li><q dir='auto'>{escape(one.comment)}</q> <small>{_text(sentences.scored(one, words))} · "
            f"{_ticket(one.ticket_id, None, link)} · {_text(words.weekday_time(one.given_local))}</small></li>"
            for one in satisfaction.comments
        )
        more = sentences.comments_shown(satisfaction, words)
        drawn.append(f"<ul class='comments'>{items}</ul>{_p('quiet', more) if more else ''}")
    elif satisfaction.answered_count:
        drawn.append(_p("quiet", words("review.satisfaction.no_comments")))
    return "".join(drawn)


def _left_out(part: Part, words: Words) -> str:
    lines = sentences.left_out(part.left_out, words) or (words("review.left_out.none"),)
    return _heading("left_out", words) + "".join(_p("quiet", line) for line in (*lines, *part.missing))


def _open(tickets: Sequence[OpenTicket], words: Words, link: Link) -> str:
    if not tickets:
        return ""
    head = [words("column.ticket"), words("column.severity")]
    head += [words(f"review.open.{key}") for key in ("age", "state", "due")]
    rows = [
        [
            ("ticket", _ticket(ticket.ticket_id, ticket.subject, link)),
            ("", _text(ticket.severity or words("none"))),
            ("", _text(words.day(ticket.created_local.date()))),
            ("", escape(sentences.state(ticket, words))),
            ("", _text(words.weekday_time(ticket.due_local)) if ticket.due_local else _text(words("none"))),
        ]
        for ticket in tickets
    ]
    return _heading("open", words) + _table("open", head, rows)


def _foot(content: ReviewContent, words: Words, pack: Pack | None) -> str:
    rules = (*pack.definitions, *added.orphans(pack.orphans, words)) if pack else content.definitions
    counted = "".join(_p("quiet", line) for line in rules)
    sources = "".join(_p("quiet", line) for line in sentences.provenance(content, words))
    return (
        f"<footer><section>{_heading('definitions', words)}{counted}</section>"
        f"<section>{_heading('source', words)}{sources}</section></footer>"
    )


def _table(name: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    titles = "".join(f"<th scope='col'>{escape(title)}</th>" for title in head)
    body = "".join(f"<tr>{''.join(_cell(at, cell, head[at]) for at, cell in enumerate(row))}</tr>" for row in rows)
    return f"<table class='plain {name}'><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _cell(at: int, cell: Cell, title: str) -> str:
    kind, html = cell
    tag = "th scope='row'" if at == 0 else "td"
    return f"<{tag} class='{kind}' data-title='{escape(title)}'>{html}</{tag.split()[0]}>"


def _ticket(ticket_id: str, subject: str | None, link: Link) -> str:
    about = f"<small><bdi>{escape(subject)}</bdi></small>" if subject else ""
    return f"<a href='{escape(link(ticket_id))}' target='_self'>{_text(ticket_id)}</a>{about}"


def _linked(inside: str, address: str | None) -> str:
    return f"<a href='{escape(address)}' target='_self'>{inside}</a>" if address else inside


def _heading(key: str, words: Words) -> str:
    return f"<h2 class='part'>{escape(words(f'review.part.{key}'))}</h2>"


def _p(kind: str, text: str) -> str:
    return f"<p class='{kind}'>{escape(text)}</p>"


def _text(text: str) -> str:
    """A text that must not turn its neighbours around."""
    return f"<bdi>{escape(text)}</bdi>" if text else ""
