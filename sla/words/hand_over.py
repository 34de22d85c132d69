"""Sentences of what a review hands over: a breach in a list, an issued pack, every note in the order of writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla.review.notes import BreachNote, Note, Notes, PeriodComment
from sla.words import Words
from sla.words.pack import named, signed

if TYPE_CHECKING:
    from sla.review.content import Breach
    from sla.review.pack import Stamp


def breach(one: Breach, words: Words) -> str:
    """A breached clock in a list: its ticket, its metric, how late it is."""
    late = words.duration(one.late_s)
    return words("hand_over.option", ticket=one.ticket_id, metric=words.named("metric", one.metric), late=late)


def issued(stamp: Stamp, zone: str, words: Words) -> str:
    """Under which number a pack was issued, when by the clocks of a zone, and by whom."""
    who = named(stamp.who, stamp.is_typed, words)
    return words("pack.issued", number=str(stamp.issue_no), at=words.instant(stamp.issued_at, zone), who=who)


def history(notes: Notes, zone: str, words: Words) -> tuple[str, ...]:
    """Every note of an account, the newest first, a sentence each; those that no longer hold among them."""
    return tuple(_told(note, zone, words) for note in reversed(notes.history))


def _told(note: Note, zone: str, words: Words) -> str:
    by = signed(note.signed, zone, words)
    if isinstance(note, PeriodComment):
        days = words.period("dates", note.first_on, note.last_on)
        key = "hand_over.wrote.comment" if note.remark else "hand_over.wrote.comment_taken_back"
        return words(key, days=days, **({"remark": note.remark} if note.remark else {}), by=by)
    about = {"ticket": note.clock.ticket_id, "metric": words.named("metric", note.clock.metric), "by": by}
    if isinstance(note, BreachNote):
        reason = words.named("pack.reason", note.reason)
        text = words("pack.done.reason", reason=reason, remark=note.remark) if note.remark else reason
        return words("hand_over.wrote.reason", text=text, **about)
    if note.is_granted:
        told = words("hand_over.wrote.waived", whom=note.agreed_with, **about)
    else:
        told = words("hand_over.wrote.withdrawn", **about)
    return f"{told} {words.isolated(note.remark)}" if note.remark else told
