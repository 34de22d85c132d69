"""What the slides of a pack say: titles, sentences, tables of texts and charts of numbers; none of it drawn.

Tables are as long as their rows; whoever draws them spreads them over slides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sla.review.content import Part, Trend, Volume
from sla.review.notes import ClockKey
from sla.review.pack import Pack
from sla.words import OWN_NAMES, Words, digits_beside, pack_changes, reasons
from sla.words import pack as told
from sla.words import review as sentences

MOST_ROWS = 300  # of breaches or open tickets; the workbook has them all


@dataclass(frozen=True)
class Table:
    """Heads, rows of texts, and how wide the columns are against each other."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """Numbers under named categories; a line over time (`is_time`) or columns; None is no mark.

    `under` are the places of the first series that miss its objective, the second series where there is one. Shares
    have so many `digits` that none reads as an objective that it is not.
    """

    alt: str
    is_time: bool
    is_share: bool
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    under: tuple[int, ...] = ()
    digits: int = 1


@dataclass(frozen=True)
class Slide:
    """A title, sentences, then a chart, a table, or both side by side."""

    title: str
    lines: tuple[str, ...] = ()
    chart: Chart | None = None
    table: Table | None = None


def slides(pack: Pack) -> tuple[Slide, ...]:
    """The slides after the first, in the order of telling."""
    words = pack.words
    return tuple(_all(pack, words))


def cover(pack: Pack, words: Words) -> tuple[str, ...]:
    """What stands under the two sentences of the first slide: with what it is compared, of when it is, its state."""
    content = pack.content
    zones = words.listed(dict.fromkeys(words.zone(part.timezone) for part in content.parts)) or "UTC"
    as_of = words.instant(content.provenance.as_of, pack.timezone)
    lines = [words("review.compared", before=sentences.period(content.before, words), zone=zones, as_of=as_of)]
    if not all(part.is_over for part in content.parts):
        lines.append(words("review.so_far", as_of=as_of))
    return (*lines, *told.issued(pack, words))


def _all(pack: Pack, words: Words) -> Iterator[Slide]:
    content = pack.content
    lines = list(content.summary)
    if pack.comment:
        said = told.signed(pack.comment.signed, pack.timezone, words)
        lines += [f"{words('pack.comment')}: {_written(pack.comment.remark, words)}", said]
    yield Slide(words("workbook.sheet.summary"), (*lines, *told.orphans(pack.orphans, words)))
    for part in content.parts:
        yield from _part(pack, part, words)
    yield _open(pack, words)
    if pack.clauses:
        rows = tuple(
            (
                words.named("metric", one.metric),
                _written(one.text, words),
                OWN_NAMES.get(one.language or "", one.language or ""),
            )
            for one in pack.clauses
        )
        head = (words("column.metric"), words("workbook.column.clause"), words("workbook.column.language"))
        yield Slide(words("workbook.sheet.clauses"), table=Table(head, rows, (2, 8, 1.4)))
    if pack.since:
        changed = tuple((one.figure, one.before, one.now, one.why) for one in pack_changes.changes(pack, words))
        named = tuple(words(f"pack.since.{key}") for key in ("figure", "before", "now", "why"))
        title = words("pack.since.title", number=str(pack.since.stamp.issue_no))
        table = Table(named, changed[:MOST_ROWS], (5, 1.5, 1.5, 5)) if changed else None
        yield Slide(title, (pack_changes.since(pack, words), *_more(len(changed), words)), table=table)
    yield Slide(words("review.part.definitions"), pack.definitions)
    yield Slide(words("review.part.source"), pack.provenance)


def _part(pack: Pack, part: Part, words: Words) -> Iterator[Slide]:
    def title(key: str) -> str:
        name = words(f"review.part.{key}")
        return words("review.summary.under", policy=part.name, text=name) if len(pack.content.parts) > 1 else name

    if any(total.has_target for total in part.totals):
        yield _promises(pack, part, title("promises"), words)
    for trend in part.trends:
        if trend.points:
            yield _trend(part, trend, title("trend_weeks" if trend.grain == "week" else "trend"), words)
    if part.waits:
        keys = ("clocks", "ended", "median", "p90")
        head = (words("column.metric"), *(words(f"review.waits.{key}") for key in keys))
        rows = tuple(
            (
                *(words.named("metric", wait.metric), words.number(wait.clocks_count)),
                *(words.number(wait.answered_count), sentences.median(wait, words), sentences.ninetieth(wait, words)),
            )
            for wait in part.waits
        )
        yield Slide(title("waits"), (words("waits.rule"),), table=Table(head, rows, (3, 2, 2, 3, 3)))
    yield from _volumes(pack, part, title("volumes"), words)
    if part.breaches or any(total.has_target for total in part.totals):
        yield _breaches(pack, part, title("breaches"), words)
    yield _satisfaction(pack, part, title("satisfaction"), words)
    lines = sentences.left_out(part.left_out, words) or (words("review.left_out.none"),)
    yield Slide(title("left_out"), (*lines, *part.missing))


def _promises(pack: Pack, part: Part, title: str, words: Words) -> Slide:
    if not part.promises:
        return Slide(title, (words("review.promise.none"),))
    rows = []
    for promise in part.promises:
        waived = pack.waived.get(promise.key(part.policy))
        kept = [
            ("✕ " if part.is_under(promise) else "") + sentences.kept(promise, part.objective, words),
            *sentences.kept_lines(promise, words),
        ]
        kept += [told.kept_waived(waived, part.objective, words)] if waived else []
        whose = words("review.summary.under", policy=words.named("metric", promise.metric), text="").strip()
        rows.append(
            (
                f"{whose} {sentences.promised_to(promise, words)}",
                *(sentences.target(promise, words), "\n".join(kept)),
                sentences.kept_before(promise, part.objective, words),
            )
        )
    keys = ("clause", "target", "kept")
    head = (*(words(f"review.promise.{key}") for key in keys), sentences.short_period(pack.content.before, words))
    return Slide(title, table=Table(head, tuple(rows), (4, 2.5, 4, 2.5)))


def _trend(part: Part, trend: Trend, title: str, words: Words) -> Slide:
    metric = words.named("metric", trend.metric)
    names = []
    for point in trend.points:
        counts = words("matrix.counts", met=point.met_count, decided=point.decided_count)
        counted = counts if point.decided_count else words("none")
        names.append(f"{sentences.point_name(point, trend.grain, words)}\n{counted}")
    shares = tuple(None if point.is_too_few else point.share for point in trend.points)
    aims = tuple(point.objective for point in trend.points)
    series = [(metric, shares)]
    if any(aim is not None for aim in aims):
        series.append((words("workbook.objective"), aims))
    under = tuple(
        at
        for at, (share, aim) in enumerate(zip(shares, aims, strict=True))
        if share is not None and aim is not None and share < aim
    )
    said = " ".join(
        words(
            "workbook.point",
            name=name.replace("\n", ": "),
            share=words("review.too_few") if share is None else words.percent(share, 0, aim),
        )
        for name, share, aim in zip(names, shares, aims, strict=True)
    )
    digits = max(
        digits_beside(share, aim, 1) if share is not None and aim is not None else 1
        for share, aim in zip(shares, aims, strict=True)
    )
    lines = (words("workbook.trend_note"),)
    chart = Chart(f"{metric}. {said}", True, True, tuple(names), tuple(series), under, digits)
    return Slide(words("review.summary.under", policy=title, text=metric), lines, chart)


def _volumes(pack: Pack, part: Part, title: str, words: Words) -> Iterator[Slide]:
    before = sentences.short_period(pack.content.before, words)
    summary = sentences.volume(part.volumes, pack.content.before, words)
    if not part.volumes:
        yield Slide(title, (summary,))
    for dimension in ("severity", "channel"):
        of_all = [one for one in part.volumes if one.dimension == "all"]
        shown = [one for one in part.volumes if one.dimension == dimension]
        if not any(one.name for one in shown):
            continue
        names = tuple(one.name or words("review.volume.unnamed") for one in shown)
        now = tuple(one.opened_count for one in shown)
        then = tuple(one.before_opened_count for one in shown)
        series = ((words("review.volume.opened"), now), (words.embedded(before), then))
        first = (words(f"review.volume.{dimension}"), words("review.volume.opened"), before)
        head = (*first, words("review.volume.solved"), before)
        rows = tuple(_volume(one, words) for one in (*shown, *of_all))
        chart = Chart(summary, False, False, names, series)
        named = words("review.summary.under", policy=title, text=words(f"review.volume.{dimension}"))
        yield Slide(named, (summary,), chart, Table(head, rows, (2.4, 1.4, 1.6, 1.4, 1.6)))


def _volume(volume: Volume, words: Words) -> tuple[str, ...]:
    unnamed = words("review.volume.all" if volume.dimension == "all" else "review.volume.unnamed")
    counts = (volume.opened_count, volume.before_opened_count, volume.solved_count, volume.before_solved_count)
    return (volume.name or unnamed, *(words.number(count) for count in counts))


def _breaches(pack: Pack, part: Part, title: str, words: Words) -> Slide:
    rows = []
    for one in part.breaches[:MOST_ROWS]:
        said = pack.done(ClockKey(one.ticket_id, one.metric, one.cycle)) or (words("pack.open_note"),)
        rows.append(
            (
                _ticket(one.ticket_id, one.subject, words),
                "\n".join([words.named("metric", one.metric), one.severity or words("none")]),
                *(words.duration(one.target_s), words.weekday_time(one.due_local), words.duration(one.late_s)),
                *(" ".join(one.reasons), " ".join(said)),
            )
        )
    summary = reasons.endings(part.endings, words)
    if not rows:
        return Slide(title, (summary,))
    head = (*(words(f"column.{key}") for key in ("ticket", "metric", "target")),)
    head += tuple(words(f"review.breaches.{key}") for key in ("due", "late", "reason"))
    more = _more(sum(part.endings.values()), words)
    table = Table((*head, words("pack.notes")), tuple(rows), (2.6, 1.6, 1.1, 1.5, 1.3, 3.2, 3.2))
    return Slide(title, (summary, *more), table=table)


def _satisfaction(pack: Pack, part: Part, title: str, words: Words) -> Slide:
    one = part.satisfaction
    lines = [sentences.satisfied(one, pack.content.before, words), sentences.comments_shown(one, words)]
    rows = tuple(
        (
            *(comment.ticket_id, words.weekday_time(comment.given_local)),
            *(sentences.scored(comment, words), _written(comment.comment, words)),
        )
        for comment in one.comments
    )
    if not rows and one.answered_count:
        lines.append(words("review.satisfaction.no_comments"))
    keys = ("given", "score", "comment")
    head = (words("column.ticket"), *(words(f"workbook.column.{key}") for key in keys))
    table = Table(head, rows, (1.6, 2, 1.4, 8)) if rows else None
    return Slide(title, tuple(line for line in lines if line), table=table)


def _open(pack: Pack, words: Words) -> Slide:
    tickets, zone = pack.content.open_tickets, pack.timezone
    rows = tuple(
        (
            *(_ticket(one.ticket_id, one.subject, words), one.severity or words("none")),
            *(words.day(one.created_local.date()), sentences.state(one, words)),
            words.weekday_time(one.due_local) if one.due_local else words("none"),
        )
        for one in tickets[:MOST_ROWS]
    )
    named = (words(f"review.open.{key}") for key in ("age", "state", "due"))
    head = (words("column.ticket"), words("column.severity"), *named)
    lines = (sentences.opened(tickets, pack.content.provenance.as_of, zone, words), *_more(len(tickets), words))
    return Slide(words("review.part.open"), lines, table=Table(head, rows, (5, 1.6, 2, 3, 2)) if rows else None)


def _ticket(ticket_id: str, subject: str | None, words: Words) -> str:
    return f"{words.isolated(ticket_id)}\n{_written(subject, words)}" if subject else words.isolated(ticket_id)


def _written(text: str, words: Words) -> str:
    """A text that others wrote, each of its lines kept from turning what stands around it."""
    return "\n".join(words.isolated(line) if line else "" for line in text.split("\n"))


def _more(count: int, words: Words) -> Sequence[str]:
    return (words("list.first", shown=MOST_ROWS, all=count),) if count > MOST_ROWS else ()
