"""Which figures of an issued pack are no longer what they were, and why, each with the tickets that moved it (D28)."""

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sla.review.behind import NO_CASE, Added, Asked, Known, Row, added, read_known, that_differ
from sla.review.content import figure_parts
from sla.review.figures import Figure, figures
from sla.review.gathering import Ask
from sla.review.notes import ClockKey
from sla.review.pack import Difference, Pack

WHY = ("late_data", "left_out", "policy", "time", "note", "program", "unknown")
# What follows from the counts beside it, or from the as-of instant alone, is told by those.
_FOLLOWS = frozenset(
    {"share_low", "share_high", "band_low", "band_high", "change", "gap", "elapsed_s", "age_s", "waited_s"}
)
_FAMILIES = ("lead", "total", "kept", "waits", "trend", "volume", "endings", "breach", "satisfaction", "left_out")


@dataclass(frozen=True)
class Then:
    """What a pack was issued from; `ask` gives reports of its snapshot, None where that is gone."""

    as_of: datetime
    policies: frozenset[tuple[str, str]]
    figures: Mapping[str, Figure]
    waived: frozenset[ClockKey]
    ask: Ask | None


def differences(then: Then, pack: Pack, ask: Ask) -> tuple[Difference, ...]:
    """Every figure told to a reader that is not what it was, in the order of the pack; `ask` is of its snapshot.

    Intervals, bands and points follow from the counts and are not told on their own, nor is what stands beside a
    single open ticket or comment.
    """
    now = figures(pack)
    names = [name for name in (*now, *(name for name in then.figures if name not in now)) if is_told(name)]
    changed = [name for name in names if not _same(then.figures.get(name), now.get(name))]
    if not changed:
        return ()
    reasons = _Reasons(then, pack, ask)
    return tuple(_difference(name, then.figures.get(name), now.get(name), reasons) for name in changed)


def is_told(name: str) -> bool:
    """Whether a figure is compared on its own."""
    family, *_, measure = figure_parts(name)
    if family == "open":
        return name in ("open/open_count", "open/waiting_count")
    return family in _FAMILIES and measure not in _FOLLOWS


def policies_of(pack: Pack) -> frozenset[tuple[str, str]]:
    """The policy files of a pack, each with its SHA-256."""
    return frozenset(pair for part in pack.content.parts for pair in zip(part.files, part.sha256s, strict=True))


def _same(before: Figure | None, now: Figure | None) -> bool:
    """Whether a figure is what it was; one that is not there is what one without a value, or a count of nothing, is."""
    if before is None or now is None:
        told = before or now
        return told is None or told.value is None or (told.kind == "count" and told.value == 0)
    old, new = before.value, now.value
    return old == new or (old is not None and new is not None and abs(old - new) < 1e-12)


def _difference(name: str, before: Figure | None, now: Figure | None, reasons: "_Reasons") -> Difference:
    told = now or before
    assert told is not None
    why, tickets = reasons.of(name)
    old, new = (figure.value if figure else None for figure in (before, now))
    return Difference(name, told.kind, old, new, why, tickets)


class _Reasons:
    """Both snapshots, asked for what stands behind the figures that changed."""

    def __init__(self, then: Then, pack: Pack, ask: Ask) -> None:
        content = pack.content
        self._then = then
        self._waived = frozenset(pack.notes.waivers)
        in_force = {part.policy: part.valid_from_on for part in content.parts}
        self._asked = Asked(content.period, content.before, in_force)
        self._is_policy_same = then.policies == policies_of(pack)
        self._as_of = min(then.as_of, content.provenance.as_of)
        first = [point.first_on for part in content.parts for trend in part.trends for point in trend.points]
        days = min([content.before.first_on, *first]), max([content.period.last_on, *_ends(pack)])
        self._is_known = then.ask is not None
        if then.ask is None:
            return
        known = read_known(then.ask, content.account, *days, then.waived)
        self._old, self._new = that_differ(known, read_known(ask, content.account, *days, self._waived))
        differing = sorted({ticket for known in (self._old, self._new) for ticket in known.tickets})
        self._old_rows, self._new_rows = (_histories(one, differing, self._as_of) for one in (then.ask, ask))

    def of(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Why a figure changed, in the order of WHY, and the tickets that moved it."""
        if not self._is_known:
            return ("unknown",), ()
        old, new = (self._added(name, known) for known in (self._old, self._new))
        moved = sorted({thing for thing in old.keys() | new.keys() if old.get(thing) != new.get(thing)}, key=_order)
        found = {why for thing in moved for why in self._why(name, thing, old, new)}
        if not moved:
            found = {"program" if self._is_policy_same else "policy"}
        tickets = sorted({thing.ticket_id if isinstance(thing, ClockKey) else str(thing) for thing in moved})
        return tuple(why for why in WHY if why in found), tuple(tickets)

    def _added(self, name: str, known: Known) -> Added:
        """What stands behind a figure; behind one without waived breaches also those, for by them it comes and goes."""
        found = added(name, known, self._asked)
        base, waived, _ = name.rpartition("/waived/")
        return found | (added(f"{base}{waived}waived_count", known, self._asked) if waived else {})

    def _why(self, name: str, thing: Hashable, old: Added, new: Added) -> Iterable[str]:
        if not isinstance(thing, ClockKey):
            surveys = self._old.surveys, self._new.surveys
            is_survey = figure_parts(name)[0] == "satisfaction"
            return self._why_survey(str(thing), *surveys) if is_survey else self._why_open(str(thing))
        was, now = self._old.clocks.get(thing), self._new.clocks.get(thing)
        is_waived_anew = (thing in self._then.waived) != (thing in self._waived) and "waived" in figure_parts(name)
        if is_waived_anew and was and now and was["outcome"] == now["outcome"]:
            return ("note",)
        told = self._why_clock(thing.ticket_id, was, now)
        return (*told, "note") if is_waived_anew else told

    def _why_clock(self, ticket: str, was: Row | None, now: Row | None) -> tuple[str, ...]:
        """The first that holds: the ticket came late or new, is no case any more, its rows, the policy, time."""
        told = self._why_ticket(ticket)
        if told:
            return told
        if now and now["reason"] in NO_CASE and (was is None or was["reason"] not in NO_CASE):
            return ("left_out",)
        if was and was["reason"] in NO_CASE and (now is None or now["reason"] not in NO_CASE):
            return ("late_data",)
        if self._old_rows.get(ticket, (None,))[0] != self._new_rows.get(ticket, (None,))[0]:
            return ("late_data",)
        # It may have gone on since; another version of the policy may have moved it too: nobody can tell them apart.
        has_gone_on = now["started_at"] > self._as_of if was is None and now else not _was_settled(was, self._as_of)
        if has_gone_on:
            return ("time",) if self._is_policy_same else ("policy", "time")
        return ("program",) if self._is_policy_same else ("policy",)

    def _why_ticket(self, ticket: str) -> tuple[str, ...]:
        """Why a ticket that one of the snapshots does not know came or went; nothing where both know it."""
        is_old, is_new = ticket in self._old_rows, ticket in self._new_rows
        if is_old and is_new:
            return ()
        created_at = (self._new_rows if is_new else self._old_rows).get(ticket, ("", self._as_of))[1]
        return ("time",) if created_at > self._as_of else ("late_data",)

    def _why_survey(self, ticket: str, old: Mapping[str, Row], new: Mapping[str, Row]) -> tuple[str, ...]:
        was, now = old.get(ticket), new.get(ticket)
        if now and now["reason"] in NO_CASE and not (was and was["reason"] in NO_CASE):
            return ("left_out",)
        given_at = (now["rated_at"] or now["offered_at"]) if now else None
        if given_at and given_at > self._as_of:
            return ("time",)
        return self._why_ticket(ticket) or ("late_data",)

    def _why_open(self, ticket: str) -> tuple[str, ...]:
        told = self._why_ticket(ticket)
        if told:
            return told
        is_same = self._old_rows[ticket][0] == self._new_rows[ticket][0]
        return ("time",) if is_same else ("late_data",)


def _ends(pack: Pack) -> list[date]:
    """The last days of the trends' points, which can lie after the period."""
    return [point.last_on for part in pack.content.parts for trend in part.trends for point in trend.points]


def _order(thing: Hashable) -> str:
    return str(thing)


def _was_settled(was: Row | None, as_of: datetime) -> bool:
    """Whether nothing but an export could change a clock: it had stopped by then."""
    return was is not None and was["stopped_at"] is not None and was["stopped_at"] <= as_of


def _histories(ask: Ask, tickets: list[str], as_of: datetime) -> dict[str, tuple[str, datetime]]:
    """A digest of what the export told of a ticket up to an instant, and its creation; of tickets that are known."""
    if not tickets:
        return {}
    rows = ask("ticket_histories", tickets=json.dumps(tickets), as_of=as_of)
    return {row["ticket_id"]: (row["digest"], row["created_at"]) for row in rows if row["is_known"]}
