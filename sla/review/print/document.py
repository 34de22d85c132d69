"""The whole pack as the values that `pack.typ` sets: the first page, the parts, and where the numbers come from."""

from sla.review.content import Part, Total
from sla.review.pack import Pack
from sla.review.print import sections
from sla.review.print.letters import FAMILIES
from sla.review.print.pieces import Piece, cell, heading, line, lines, plain, spoken, table, text, written
from sla.words import Words
from sla.words import pack as told
from sla.words import pack_changes as changes
from sla.words import review as sentences


def document(pack: Pack) -> Piece:
    """A pack with its title, language, direction and dates."""
    words, content, at = pack.words, pack.content, pack.instant
    reading = words(
        "print.reading",
        snapshot=content.provenance.snapshot,
        as_of=words.instant(content.provenance.as_of, pack.timezone),
    )
    return {
        "title": plain(content.title),
        "author": plain(pack.style.sender),
        "at": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "language": spoken(words.language),
        "direction": words.direction,
        "fonts": list(FAMILIES),
        "accent": pack.style.accent,
        "page": text(words("print.page", page="{page}", pages="{pages}")),
        "head": text(content.title),
        "foot": text(reading),
        "cover": _cover(pack, words),
        "body": _body(pack, words),
    }


def _body(pack: Pack, words: Words) -> list[Piece]:
    drawn: list[Piece] = []
    for part in pack.content.parts:
        drawn += _part(part, pack)
    return [*drawn, *sections.open_tickets(pack), *_changed(pack, words), *_orphans(pack, words), *_foot(pack, words)]


def _cover(pack: Pack, words: Words) -> Piece:
    content, style = pack.content, pack.style
    as_of = words.instant(content.provenance.as_of, pack.timezone)
    alt = words("print.alt.logo", sender=style.sender) if style.sender else words("print.alt.logo_alone")
    policies = words.listed(part.name for part in content.parts)
    about = [
        *([words("review.under_policy", policies=policies)] if policies else []),
        *([words("review.plan", plan=content.plan)] if content.plan else []),
        *([words("review.manager", manager=content.manager)] if content.manager else []),
    ]
    compared = words(
        "review.compared",
        before=sentences.period(content.before, words),
        zone=words.listed(dict.fromkeys(words.zone(part.timezone) for part in content.parts)) or "UTC",
        as_of=as_of,
    )
    is_over = all(part.is_over for part in content.parts)
    first, second = pack.lead.sentences
    said: list[Piece] = []
    if pack.comment:
        by = told.signed(pack.comment.signed, pack.timezone, words)
        said = heading(words("pack.comment"), 2, "small") + written("said", pack.comment.remark) + line("quiet", by)
    return {
        "logo": {"bytes": list(style.logo.data), "alt": plain(alt)} if style.logo else None,
        "band": line("kind", words("print.kind"))
        + (line("sender", words("print.by", sender=style.sender)) if style.sender else []),
        "name": written("name", content.name) or line("name", words("none")),
        "period": line("period", sentences.period(content.period, words)),
        "lead": line("first", first) + line("second", second),
        "figures": _figures(pack, words),
        "more": line("bold", " · ".join(about))
        + line("quiet", compared)
        + ([] if is_over else line("quiet", words("review.so_far", as_of=as_of)))
        + said,
        "summary": lines("", content.summary),
        "stamp": lines("stamp", told.issued(pack, words)),
    }


def _figures(pack: Pack, words: Words) -> list[list[Piece]]:
    """The figures of the first page: each promised metric, raw, with waivers beside; none without promises."""
    return [
        _figure(part, total, pack, words)
        for part in pack.content.parts
        for total in part.totals
        if total.has_target and total.is_in_export
    ]


def _figure(part: Part, total: Total, pack: Pack, words: Words) -> list[Piece]:
    name = words.named("metric", total.metric)
    if len(pack.content.parts) > 1:
        name = words("pack.figure.under", policy=part.name, figure=name)
    waived = pack.waived.get(total.key(part.policy))
    beside = [told.kept_waived(waived, total.objective, words)] if waived else []
    before = sentences.short_period(pack.content.before, words)
    then = sentences.kept_before(total, total.objective, words)
    more = [*sentences.kept_lines(total, words), *beside, f"{before}: {then}"]
    return line("bold", name) + line("big", sentences.kept(total, total.objective, words)) + lines("small", more)


def _part(part: Part, pack: Pack) -> list[Piece]:
    is_one = len(pack.content.parts) == 1
    at = sections.Section(part, pack, 2 if is_one else 3)
    drawn: list[Piece] = [] if is_one else heading(plain(part.name), 2, "policy")
    for section in (
        sections.promises,
        sections.trends,
        sections.waits,
        sections.volumes,
        sections.breaches,
        sections.satisfaction,
        sections.left_out,
        sections.clauses,
    ):
        drawn += section(at)
    return drawn


def _changed(pack: Pack, words: Words) -> list[Piece]:
    """What changed since the pack that was issued before."""
    if pack.since is None:
        return []
    drawn = heading(words("pack.since.title", number=str(pack.since.stamp.issue_no)))
    drawn += line("", changes.since(pack, words))
    head = [words(f"pack.since.{key}") for key in ("figure", "before", "now", "why")]
    rows = [
        [cell("", *line("", told_of)) for told_of in (one.figure, one.before, one.now, one.why)]
        for one in changes.changes(pack, words)
    ]
    return drawn + (table(head, [36, 15, 15, 34], rows) if rows else [])


def _orphans(pack: Pack, words: Words) -> list[Piece]:
    found = told.orphans(pack.orphans, words)
    return heading(words("print.orphans")) + lines("", found) if found else []


def _foot(pack: Pack, words: Words) -> list[Piece]:
    return [
        *heading(words("review.part.definitions")),
        *lines("quiet", pack.definitions),
        *heading(words("review.part.source")),
        *lines("quiet", pack.provenance),
    ]
