"""What a pack says in sentences beside its review: the lead, what people add, waivers, what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla.words import Words
from sla.words.review import period as period_of
from sla.words.review import volume, waited

if TYPE_CHECKING:
    from sla.review.content import ReviewContent
    from sla.review.notes import BreachNote, Signed, Waiver
    from sla.review.pack import Lead, Orphan, Pack
    from sla.review.waivers import Waived


def lead(counts: Lead, waived: Waived | None, content: ReviewContent, words: Words) -> tuple[str, str]:
    """Two sentences that say how the promise was kept: the counts, then what was broken, waived, before, running."""
    period = period_of(content.period, words)
    if not content.parts:
        return words("pack.lead.nothing", period=period), words("pack.lead.no_clocks")
    if not any(total.has_target for part in content.parts for total in part.totals):
        first = content.parts[0]
        second = waited(first.waits[0], words) if first.waits else volume(first.volumes, content.before, words)
        return words("pack.lead.no_targets", period=period), second
    beside = _beside(counts, waived, words)
    if not counts.decided_count:
        return words("pack.lead.none", period=period), words.clauses(_capital(beside))
    told = {"period": period, "met": counts.met_count, "count": counts.decided_count}
    if counts.is_too_few:
        first_sentence = words("pack.lead.few", **told)
    else:
        first_sentence = words("pack.lead.kept", share=words.percent(counts.share), **told)
    broken = words("pack.lead.no_broken")
    if counts.breached_count:
        broken = words("pack.lead.broken", count=counts.breached_count)
    return first_sentence, words.clauses([broken, *beside])


def _beside(counts: Lead, waived: Waived | None, words: Words) -> list[str]:
    told = []
    if waived:
        of = {"met": waived.met_count, "decided": waived.decided_count}
        told.append(words("pack.lead.waived", count=waived.waived_count, **of))
    of_before = {"met": counts.before_met_count, "decided": counts.before_decided_count}
    if not counts.before_decided_count:
        told.append(words("pack.lead.before_none"))
    elif counts.before_decided_count < 10:
        told.append(words("pack.lead.before_few", **of_before))
    else:
        share = words.percent(counts.before_met_count / counts.before_decided_count)
        told.append(words("pack.lead.before", share=share, **of_before))
    if counts.running_count:
        told.append(words("pack.lead.running", count=counts.running_count))
    return told


def _capital(clauses: list[str]) -> list[str]:
    return [clauses[0][:1].upper() + clauses[0][1:], *clauses[1:]]


def kept_waived(waived: Waived, objective: float | None, words: Words) -> str:
    """The figure without the waived breaches, to stand beside the raw one and its objective."""
    if not waived.decided_count:
        return words("pack.waived.none")
    counts = {"met": waived.met_count, "decided": waived.decided_count}
    if waived.is_too_few:
        return words("pack.waived.counts", **counts)
    return words("pack.waived.share", share=words.percent(waived.share, beside=objective), **counts)


def done(note: BreachNote | None, waiver: Waiver | None, zone: str, words: Words) -> tuple[str, ...]:
    """What people say of a breach: why, what was done, by whom noted; then a granted waiver."""
    told = []
    if note:
        reason = words.named("pack.reason", note.reason)
        if note.remark:
            told.append(words("pack.done.reason", reason=reason, remark=note.remark))
        else:
            told.append(words("pack.done.reason_alone", reason=reason))
        told.append(words("pack.done.by", who=signed(note.signed, zone, words)))
    if waiver:
        told.append(words("pack.done.waived", whom=waiver.agreed_with))
        told.extend([words.isolated(waiver.remark)] if waiver.remark else [])
        told.append(words("pack.done.by", who=signed(waiver.signed, zone, words)))
    return tuple(told)


def signed(by: Signed, zone: str, words: Words) -> str:
    """Who wrote a note, marked where the name was typed, and when."""
    return words("pack.signed", who=named(by.who, by.is_typed, words), at=words.instant(by.written_at, zone))


def named(who: str, is_typed: bool, words: Words) -> str:
    """A name, marked where it was typed and nobody signed in."""
    return words("pack.typed", who=who) if is_typed else who


def orphans(found: tuple[Orphan, ...], words: Words) -> tuple[str, ...]:
    """Notes whose breach is none any more, a sentence each."""
    told = []
    for orphan in found:
        clock, who = orphan.note.clock, orphan.note.signed.who
        about = {"ticket": clock.ticket_id, "metric": words.named("metric", clock.metric), "who": who}
        if orphan.outcome is None:
            told.append(words("pack.orphan.gone", **about))
        else:
            told.append(words("pack.orphan.changed", outcome=words.named("outcome", orphan.outcome), **about))
    return tuple(told)


def definitions(pack: Pack, words: Words) -> tuple[str, ...]:
    """The rules of waivers and of notes, where the pack has any."""
    broken = {clock.key for clock in pack.clocks if clock.outcome == "breached"}
    has_notes = bool(pack.comment or pack.orphans or broken & pack.notes.breaches.keys())
    keys = [*(["waiver"] if pack.waived else []), *(["notes"] if has_notes or pack.waived else [])]
    return tuple(words(f"pack.definition.{key}") for key in keys)


def issued(pack: Pack, words: Words) -> tuple[str, ...]:
    """Under which number the pack was issued, or that it was not; then which was issued before."""
    zone, stamp = pack.timezone, pack.stamp
    if stamp is None:
        told = [words("pack.draft")]
    else:
        who, at = named(stamp.who, stamp.is_typed, words), words.instant(stamp.issued_at, zone)
        told = [words("pack.issued", number=str(stamp.issue_no), at=at, who=who)]
    if pack.since:
        at = words.instant(pack.since.stamp.issued_at, zone)
        told.append(words("pack.after", number=str(pack.since.stamp.issue_no), at=at))
    return tuple(told)
