"""Where instants stand on a time line on which stretches without anything to see are drawn short."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]

MOST_OF_CUTS = 0.6  # all short-drawn stretches together, of the rest
MOST_OF_A_CUT = 0.05  # one of them
DAYS = (1, 2, 3, 4, 5, 7, 14, 28, 56, 91, 182, 364)
MINUTES = (1, 5, 15, 30, 60, 120, 180, 360, 720)


@dataclass(frozen=True)
class Scale:
    """Instants and their places from 0 to 1, both in order; between two of them time runs evenly.

    `cuts` are the stretches that are drawn shorter than they are.
    """

    instants: tuple[datetime, ...]
    places: tuple[float, ...]
    cuts: tuple[Span, ...] = ()

    def place(self, at: datetime) -> float:
        """Where an instant stands; before the first at 0, after the last at 1."""
        if at <= self.instants[0]:
            return 0.0
        if at >= self.instants[-1]:
            return 1.0
        left = bisect_right(self.instants, at) - 1
        before, after = self.instants[left], self.instants[left + 1]
        return self.places[left] + (self.places[left + 1] - self.places[left]) * ((at - before) / (after - before))

    def is_cut(self, at: datetime) -> bool:
        """Whether an instant lies within a stretch that is drawn short."""
        return any(begins < at < ends for begins, ends in self.cuts)


def scale_of(first: datetime, last: datetime, busy: Iterable[Span]) -> Scale:
    """The scale from `first` to `last`, on which everything but `busy` is short where it would take much room."""
    if last <= first:
        last = first + timedelta(minutes=1)
    kept = joined(busy, first, last)
    edges = [first, *(edge for span in kept for edge in span), last]
    gaps = [(begins, ends) for begins, ends in zip(edges[::2], edges[1::2], strict=True) if begins < ends]
    shown = sum(((ends - begins) for begins, ends in kept), timedelta())
    longest = shown * min(MOST_OF_A_CUT, MOST_OF_CUTS / len(gaps)) if gaps else timedelta()
    cuts = tuple(gap for gap in gaps if shown and gap[1] - gap[0] > longest)
    instants = sorted({first, last, *(edge for cut in cuts for edge in cut)})
    lengths = [longest if span in cuts else span[1] - span[0] for span in pairwise(instants)]
    places = [sum(lengths[:count], timedelta()) / sum(lengths, timedelta()) for count in range(len(instants))]
    return Scale(tuple(instants), tuple(places), cuts)


def midnights(zone: str, first: datetime, last: datetime) -> list[datetime]:
    """The local midnight of a zone before `first`, and every one after it up to `last`; instants UTC without a zone."""
    day = first.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
    found: list[datetime] = []
    while True:
        local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
        midnight = local.astimezone(UTC).replace(tzinfo=None)
        if midnight > last:
            return found
        found.append(midnight)
        day += timedelta(days=1)


def day_ticks(scale: Scale, nights: Sequence[datetime], apart: float) -> list[datetime]:
    """Midnights that stand at least `apart` from each other: those of every day, of every second, seventh, and so on.

    `nights` are the midnights of every date in view, in order; of several in a stretch drawn short the last one stands.
    """
    hidden = {at for at, after in pairwise(nights) for cut in scale.cuts if cut[0] <= at and after <= cut[1]}
    inside = [at for at in nights if apart / 6 < scale.place(at) < 1 - apart / 6 and at not in hidden]
    for step in DAYS:
        chosen = inside[::step]
        if all(scale.place(after) - scale.place(before) >= apart for before, after in pairwise(chosen)):
            return chosen
    return inside[:1]


def minute_ticks(scale: Scale, nights: Sequence[datetime], taken: Sequence[datetime], apart: float) -> list[datetime]:
    """Times of the day that find room between the ticks taken: at the finest even step of which there are few."""
    for step in MINUTES:
        count = 24 * 60 // step
        found = (
            midnight + timedelta(minutes=step * number)
            for midnight in nights
            for number in range(1 if step * count == 24 * 60 else 0, count)
        )
        chosen = [at for at in found if apart / 6 < scale.place(at) < 1 - apart / 6 and not scale.is_cut(at)]
        if len(chosen) <= 1 / apart + 1:
            return _with_room(scale, chosen, taken, apart)
    return []


def _with_room(scale: Scale, wanted: Sequence[datetime], taken: Sequence[datetime], apart: float) -> list[datetime]:
    kept = list(taken)
    for at in wanted:
        if all(abs(scale.place(at) - scale.place(other)) >= apart for other in kept):
            kept.append(at)
    return [at for at in kept if at not in taken]


def joined(spans: Iterable[Span], first: datetime, last: datetime) -> list[Span]:
    """What the spans cover between two instants, in order, no two of which overlap or touch."""
    whole: list[Span] = []
    for begins, ends in sorted((max(span[0], first), min(span[1], last)) for span in spans):
        if begins >= ends:
            continue
        if whole and begins <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(ends, whole[-1][1]))
        else:
            whole.append((begins, ends))
    return whole
