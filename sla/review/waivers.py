"""What agreed waivers make of the counts. The raw figure always stands beside; nothing here replaces it (D27)."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sla.review.content import Part
from sla.review.notes import ClockKey, Notes

FEWEST_TO_JUDGE = 10
_Z = 1.959964


@dataclass(frozen=True)
class Waived:
    """The counts of a total or clause without its waived breaches, which leave the breached and the decided alike.

    The share and its interval are None where nothing is left to decide.
    """

    waived_count: int
    met_count: int
    breached_count: int
    decided_count: int
    is_too_few: bool
    share: float | None
    share_low: float | None
    share_high: float | None


def without(waived_count: int, met_count: int, breached_count: int) -> Waived:
    """The counts without so many of the breaches."""
    breached = breached_count - waived_count
    decided = met_count + breached
    low, high = wilson(met_count, decided)
    share = met_count / decided if decided else None
    return Waived(waived_count, met_count, breached, decided, decided < FEWEST_TO_JUDGE, share, low, high)


def waived_counts(
    parts: Iterable[Part], breached: Mapping[ClockKey, tuple[str, int | None]], notes: Notes
) -> dict[str, Waived]:
    """The totals and clauses that a waiver touches, by their keys.

    `breached` has the policy and the target's number of every breached clock of the period.
    """
    held = [(key.metric, *breached[key]) for key in notes.waivers if key in breached]
    found: dict[str, Waived] = {}
    for part in parts:
        of_metric = Counter(metric for metric, policy, _ in held if policy == part.policy)
        of_target = Counter(target_no for _, policy, target_no in held if policy == part.policy)
        for total in part.totals:
            if count := of_metric[total.metric]:
                found[total.key(part.policy)] = without(count, total.met_count, total.breached_count)
        for promise in part.promises:
            if count := of_target[promise.target_no]:
                found[promise.key(part.policy)] = without(count, promise.met_count, promise.breached_count)
    return found


def wilson(hits: int, total: int) -> tuple[float | None, float | None]:
    """The 95 % Wilson interval of a share, as queries/macros/wilson_low.sql and wilson_high.sql have it."""
    if not total:
        return None, None
    spread = _Z * math.sqrt(hits * (total - hits) / total + 0.9603647)
    middle, size = hits + 1.920729, total + 3.841459
    return (0.0 if not hits else (middle - spread) / size), (1.0 if hits == total else (middle + spread) / size)
