"""Every number of a pack under a stable name: what is frozen when it is issued, compared later, and checked in forms.

Names are the same in every language and snapshot; their parts are told apart by slashes (`figure_key`).
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sla.review.content import NO_POLICY, Part, figure_key
from sla.review.pack import Pack
from sla.review.waivers import Waived

Kind = Literal["count", "share", "seconds", "score"]
Value = int | float | None
Named = tuple[str, Value]

_SHARES = frozenset({"share", "share_low", "share_high", "band_low", "band_high", "response", "objective"})
_DIFFERENCES = frozenset({"gap", "change", "before_share"})
_COUNTS = ("met_count", "breached_count", "decided_count", "running_count")
_BEFORE = ("before_met_count", "before_decided_count")
_JUDGED = ("share", "share_low", "share_high", "band_low", "band_high", "before_share", "change")
_VOLUMES = ("opened_count", "solved_count", "left_out_count")
_SATISFACTION = ("offered_count", "answered_count", "positive_count", "share", "share_low", "share_high", "response")
_WAITS = ("clocks_count", "answered_count", "median_s", "p90_s", "longest_s", "before_clocks_count", "before_median_s")


@dataclass(frozen=True)
class Figure:
    """A number: shares 0 to 1, durations whole seconds; None where there is nothing to say."""

    key: str
    value: Value
    kind: Kind

    @property
    def measure(self) -> str:
        """What it counts or measures: the last part of its name."""
        return self.key.rpartition("/")[2]


def figures(pack: Pack) -> dict[str, Figure]:
    """The numbers of a pack by their names, in the order in which a reader meets them."""
    return {name: Figure(name, value, _kind(name)) for name, value in _all(pack)}


def figures_json(found: Mapping[str, Figure]) -> str:
    """Figures as JSON, the same text for the same figures: {name: value}, sorted by name."""
    values = {name: figure.value for name, figure in found.items()}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def figures_of(text: str) -> dict[str, Figure]:
    """The figures that `figures_json` wrote."""
    return {name: Figure(name, value, _kind(name)) for name, value in json.loads(text).items()}


def _kind(key: str) -> Kind:
    measure = key.rpartition("/")[2]
    if measure in _SHARES or measure in _DIFFERENCES:
        return "share"
    if measure == "score":
        return "score"
    return "seconds" if measure.endswith("_s") else "count"


def _all(pack: Pack) -> Iterator[Named]:
    content = pack.content
    yield from _of("lead", pack.lead, (*_COUNTS, "share", *_BEFORE))
    yield from _without("lead", pack.waived)
    for part in content.parts:
        yield from _promised(part, pack.waived)
        yield from _happened(part)
    for clock, count in sorted(Counter((one.policy or NO_POLICY, one.outcome) for one in pack.clocks).items()):
        yield figure_key("clocks", *clock), count
    yield "open/open_count", len(content.open_tickets)
    yield "open/waiting_count", sum(ticket.state == "on_us" for ticket in content.open_tickets)
    for ticket in content.open_tickets:
        yield from _of(figure_key("open", ticket.ticket_id), ticket, ("age_s", "waited_s", "breached_count"))


def _promised(part: Part, waived: Mapping[str, Waived]) -> Iterator[Named]:
    policy = part.policy or NO_POLICY
    for total in part.totals:
        names = (*_COUNTS, *_JUDGED, *_BEFORE, "objective", "gap", "unpromised_count")
        yield from _of(total.key(part.policy), total, names)
        yield from _without(total.key(part.policy), waived)
    for promise in part.promises:
        yield from _of(promise.key(part.policy), promise, (*_COUNTS, *_JUDGED, *_BEFORE, "target_s"))
        yield from _without(promise.key(part.policy), waived)
    for wait in part.waits:
        yield from _of(figure_key("waits", policy, wait.metric), wait, _WAITS)
    for trend in part.trends:
        for point in trend.points:
            key = figure_key("trend", policy, trend.metric, trend.grain, point.first_on)
            yield from _of(key, point, ("met_count", "decided_count", "share"))


def _happened(part: Part) -> Iterator[Named]:
    policy = part.policy or NO_POLICY
    for volume in part.volumes:
        names = [f"{before}{name}" for name in _VOLUMES for before in ("", "before_")]
        yield from _of(figure_key("volume", policy, volume.dimension, volume.value or ""), volume, names)
    for ending, count in sorted(part.endings.items()):
        yield figure_key("endings", policy, ending), count
    for breach in part.breaches:
        key = figure_key("breach", policy, breach.ticket_id, breach.metric, breach.cycle)
        yield from _of(key, breach, ("target_s", "elapsed_s", "late_s"))
    told = part.satisfaction
    key = figure_key("satisfaction", policy)
    before = ("before_answered_count", "before_positive_count", "before_share", "change", "comments_count")
    yield from _of(key, told, (*_SATISFACTION, *before))
    for at, comment in enumerate(told.comments, 1):
        yield figure_key("comment", policy, comment.ticket_id, at, "score"), comment.score
    for row in part.left_out:
        key = figure_key("left_out", policy, row.metric, row.reason)
        yield from _of(key, row, ("clocks_count", "tickets_count"))


def _of(key: str, told: object, names: tuple[str, ...] | list[str]) -> Iterator[Named]:
    yield from ((f"{key}/{name}", getattr(told, name)) for name in names)


def _without(key: str, waived: Mapping[str, Waived]) -> Iterator[Named]:
    names = ("waived_count", "met_count", "breached_count", "decided_count", "share", "share_low", "share_high")
    if key in waived:
        yield from _of(f"{key}/waived", waived[key], names)
