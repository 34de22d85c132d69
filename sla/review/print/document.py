"""The whole pack as one HTML document for paper: the first page, the parts, and where the numbers come from."""

from collections.abc import Sequence

from sla.review.content import Part, Total
from sla.review.pack import Pack
from sla.review.print import sections
from sla.review.print.chart import trend_svg
from sla.review.print.html import bullets, heading, lines, own, p, plain, table, text, written
from sla.words import Words
from sla.words import pack as told
from sla.words import pack_changes as changes
from sla.words import review as sentences

LOGO = "pack:logo"  # the address of the logo, which the program alone answers


def document(pack: Pack) -> str:
    """The HTML of a pack, with its title, language, direction and dates."""
    words, content = pack.words, pack.content
    at = f"{pack.instant:%Y-%m-%dT%H:%M:%SZ}"
    parts = "".join(_part(part, pack, words) for part in content.parts)
    return (
        f"<!doctype html><html lang='{words.language}' dir='{words.direction}' class='{words.direction}'>"
        f"<head><meta charset='utf-8'><title>{plain(content.title)}</title>"
        f"<meta name='dcterms.created' content='{at}'><meta name='dcterms.modified' content='{at}'>"
        f"<meta name='author' content='{plain(pack.style.sender)}'>"
        f"<style>{_accent(pack, words)}</style></head><body>"
        f"{_running(pack, words)}{_cover(pack, words)}{parts}{sections.open_tickets(pack, words)}"
        f"{_changed(pack, words)}{_orphans(pack, words)}{_foot(pack, words)}</body></html>"
    )


def pictures(pack: Pack) -> dict[str, tuple[str, bytes]]:
    """The kinds and bytes of the pictures of a pack by their addresses in its HTML."""
    found = {
        sections.trend_address(part, trend): ("svg+xml", trend_svg(trend, pack.style.accent).encode())
        for part in pack.content.parts
        for trend in part.trends
        if trend.points
    }
    return found | ({LOGO: (pack.style.logo.kind, pack.style.logo.data)} if pack.style.logo else {})


def _accent(pack: Pack, words: Words) -> str:
    """What is different from pack to pack: the accent colour and the words around the page's number."""
    accent = pack.style.accent
    before, _, rest = words("print.page", page="\0", pages="\1").partition("\0")
    between, _, after = rest.partition("\1")
    numbered = f"{_css(before)} counter(page) {_css(between)} counter(pages) {_css(after)}"
    side = "left" if words.is_rtl else "right"
    return (
        f"@page{{@bottom-{side}{{content:{numbered};direction:{words.direction}}}}}"
        f"h1,h2,.figure .big,.band .kind{{color:{accent}}}"
        f".band{{border-color:{accent}}}.lead{{border-color:{accent}}}.bar{{background:{accent}}}"
        f"thead th{{border-color:{accent}}}"
    )


def _css(told_text: str) -> str:
    return '"' + "".join(f"\\{ord(letter):x} " for letter in told_text) + '"'


def _running(pack: Pack, words: Words) -> str:
    """The running head and foot."""
    content = pack.content
    reading = words(
        "print.reading",
        snapshot=content.provenance.snapshot,
        as_of=words.instant(content.provenance.as_of, pack.timezone),
    )
    return f"<div class='running-head'>{text(content.title)}</div><div class='running-foot'>{text(reading)}</div>"


def _cover(pack: Pack, words: Words) -> str:
    content, style = pack.content, pack.style
    as_of = words.instant(content.provenance.as_of, pack.timezone)
    alt = words("print.alt.logo", sender=style.sender) if style.sender else words("print.alt.logo_alone")
    logo = f"<img class='logo' src='{LOGO}' alt='{text(alt)}'>" if style.logo else ""
    sender = p("sender", words("print.by", sender=style.sender)) if style.sender else ""
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
    comment = ""
    if pack.comment:
        by = told.signed(pack.comment.signed, pack.timezone, words)
        comment = f"{heading(words('pack.comment'), 3)}{written('said', pack.comment.remark)}{p('quiet', by)}"
    return (
        f"<section class='cover'><div class='band'>{logo}{p('kind', words('print.kind'))}{sender}</div>"
        f"<h1>{own(content.name)}</h1>{p('period', sentences.period(content.period, words))}"
        f"<div class='lead'>{p('first', first)}{p('second', second)}</div>"
        f"{_figures(pack, words)}{p('about', ' · '.join(about))}{p('quiet', compared)}"
        f"{'' if is_over else p('quiet', words('review.so_far', as_of=as_of))}"
        f"{comment}{bullets('summary', content.summary)}{lines('stamp', told.issued(pack, words))}</section>"
    )


def _figures(pack: Pack, words: Words) -> str:
    """The figures of the first page: each promised metric, raw, with waivers beside; none without promises."""
    shown = [
        _figure(part, total, pack, words)
        for part in pack.content.parts
        for total in part.totals
        if total.has_target and total.is_in_export
    ]
    if not shown:
        return ""
    width = 100 // min(len(shown), 4)
    rows = [shown[at : at + 4] for at in range(0, len(shown), 4)]
    drawn = "".join("".join(f"<div class='figure' style='width:{width}%'>{one}</div>" for one in row) for row in rows)
    return f"<div class='figures'>{drawn}</div>"


def _figure(part: Part, total: Total, pack: Pack, words: Words) -> str:
    name = words.named("metric", total.metric)
    if len(pack.content.parts) > 1:
        name = words("pack.figure.under", policy=part.name, figure=name)
    waived = pack.waived.get(total.key(part.policy))
    beside = [told.kept_waived(waived, words)] if waived else []
    before = words("comma").join([sentences.short_period(pack.content.before, words)]) + ": "
    change = lines(
        "small", [*sentences.kept_lines(total, words), *beside, before + sentences.kept_before(total, words)]
    )
    return f"{p('name', name)}{p('big', sentences.kept(total, words))}{change}"


def _part(part: Part, pack: Pack, words: Words) -> str:
    name = f"<h2 class='policy'>{own(part.name)}</h2>" if len(pack.content.parts) > 1 else ""
    drawn: Sequence[str] = (
        name,
        sections.promises(part, pack, words),
        sections.trends(part, words),
        sections.waits(part, words),
        sections.volumes(part, pack, words),
        sections.breaches(part, pack, words),
        sections.satisfaction(part, pack, words),
        sections.left_out(part, words),
        sections.clauses(part, pack, words),
    )
    return "".join(drawn)


def _changed(pack: Pack, words: Words) -> str:
    """What changed since the pack that was issued before."""
    if pack.since is None:
        return ""
    title = heading(words("pack.since.title", number=str(pack.since.stamp.issue_no)))
    head = [words(f"pack.since.{key}") for key in ("figure", "before", "now", "why")]
    rows = [
        [("", text(one.figure)), ("", text(one.before)), ("", text(one.now)), ("wide", text(one.why))]
        for one in changes.changes(pack, words)
    ]
    return (
        f"<section>{title}{p('', changes.since(pack, words))}{table('changes', head, rows) if rows else ''}</section>"
    )


def _orphans(pack: Pack, words: Words) -> str:
    found = told.orphans(pack.orphans, words)
    return f"<section>{heading(words('print.orphans'))}{lines('', found)}</section>" if found else ""


def _foot(pack: Pack, words: Words) -> str:
    return (
        f"<section class='foot'>{heading(words('review.part.definitions'))}{lines('quiet', pack.definitions)}"
        f"{heading(words('review.part.source'))}{lines('quiet', pack.provenance)}</section>"
    )
