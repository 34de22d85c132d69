"""What changed since a pack was issued before, in words: the figure's name, what it was and is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sla.review.content import NO_POLICY, figure_parts
from sla.words import Words

if TYPE_CHECKING:
    from sla.review.pack import Difference, Pack

MOST_TICKETS = 10


@dataclass(frozen=True)
class Change:
    """A figure that changed: its name, what it was and what it is, and why, with the tickets behind it."""

    figure: str
    before: str
    now: str
    why: str


def since(pack: Pack, words: Words) -> str:
    """How many figures changed since the pack that was issued before; nothing where none was."""
    if pack.since is None:
        return ""
    told, count = pack.since, len(pack.since.differences)
    at = words.instant(told.stamp.issued_at, pack.timezone)
    values = {"number": str(told.stamp.issue_no), "at": at, "snapshot": told.snapshot}
    return words("pack.since.count", count=count, **values) if count else words("pack.since.none", **values)


def changes(pack: Pack, words: Words) -> tuple[Change, ...]:
    """Every figure that changed, in the order of the pack; none where no pack was issued before."""
    found = pack.since.differences if pack.since else ()
    return tuple(
        Change(
            figure_name(one.key, pack, words),
            figure_value(one.before, one.kind, words),
            figure_value(one.now, one.kind, words),
            why(one, words),
        )
        for one in found
    )


def figure_name(key: str, pack: Pack, words: Words) -> str:
    """The name of a figure for a reader, with its policy where the pack has several."""
    family, *named, measure = figure_parts(key)
    is_waived = bool(named) and named[-1] == "waived"
    if is_waived:
        named = named[:-1]
    name = _named(family, named, pack, words)
    policies = {part.policy or NO_POLICY: part.name for part in pack.content.parts}
    if len(policies) > 1 and named and family != "open":
        name = words("pack.figure.under", policy=policies.get(named[0], named[0]), figure=name)
    if is_waived:
        name = words("pack.figure.without", figure=name)
    return words("pack.figure.of", figure=name, measure=words.named("pack.measure", measure))


def figure_value(value: float | None, kind: str, words: Words) -> str:
    """A figure as a reader sees it; a dash where there was none."""
    if value is None:
        return words("none")
    match kind:
        case "share":
            return words.percent(value)
        case "seconds":
            return words.duration(int(value))
    return words.number(value)


def why(difference: Difference, words: Words) -> str:
    """Why a figure changed, and the tickets behind it."""
    reasons = words.listed(words(f"pack.why.{code}") for code in difference.why)
    shown = words.listed(words.isolated(ticket) for ticket in difference.tickets[:MOST_TICKETS])
    left = len(difference.tickets) - MOST_TICKETS
    if not shown:
        return reasons
    tickets = words("pack.since.more", tickets=shown, count=left) if left > 0 else shown
    return words("pack.since.tickets", why=reasons, tickets=tickets)


def _named(family: str, named: list[str], pack: Pack, words: Words) -> str:
    match family:
        case "kept":
            code, _, version = named[1].partition("@")
            told = {"metric": words.named("metric", code), "number": named[2]}
            if not version:
                return words("pack.figure.kept", **told)
            since = words("review.source.since_ever") if version == "ever" else words.day(date.fromisoformat(version))
            return words("pack.figure.kept_version", version=since, **told)
        case "trend":
            day = date.fromisoformat(named[3])
            when = words.week(day) if named[2] == "week" else words.period("month", day, day)
            return words("pack.figure.trend", metric=words.named("metric", named[1]), when=when)
        case "volume":
            return _volume(named, pack, words)
        case "breach":
            told = {"ticket": named[1], "metric": words.named("metric", named[2])}
            return words(
                "pack.figure.breach_cycle" if named[3] != "1" else "pack.figure.breach", **told, cycle=named[3]
            )
        case "comment":
            return words("pack.figure.comment", ticket=named[1])
        case "left_out":
            told = {"metric": words.named("metric", named[1]), "reason": words.named("reason", named[2])}
            return words("pack.figure.left_out", **told)
        case "total" | "waits":
            return words(f"pack.figure.{family}", metric=words.named("metric", named[1]))
    return words(f"pack.figure.{family}")


def _volume(named: list[str], pack: Pack, words: Words) -> str:
    policy, dimension, value = named
    if dimension == "all":
        return words("pack.figure.volume")
    names = {
        volume.value: volume.name
        for part in pack.content.parts
        if (part.policy or NO_POLICY) == policy
        for volume in part.volumes
        if volume.dimension == dimension
    }
    return words("pack.figure.volume_of", name=names.get(value) or value or words("review.volume.unnamed"))
