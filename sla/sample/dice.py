"""Chance that falls the same way everywhere: only `Random.random()` and plain arithmetic, whose results are fixed."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things to choose from, each with its weight."""

    __slots__ = ("cumulative", "items")

    def __init__(self, *pairs: tuple[T, float]) -> None:
        self.items = [item for item, _ in pairs]
        self.cumulative = list(accumulate(weight for _, weight in pairs))


class Dice:
    """A stream of chance named by a text: the same text gives the same stream."""

    __slots__ = ("roll",)

    def __init__(self, name: str) -> None:
        self.roll = random.Random(name).random

    def chance(self, share: float) -> bool:
        """True in `share` of the calls."""
        return self.roll() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` up to, not including, `high`."""
        return low + int(self.roll() * (high - low))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each as likely as the other."""
        return items[int(self.roll() * len(items))]

    def weigh(self, choice: Weighted[T]) -> T:
        """One of the items, by its weight."""
        sums = choice.cumulative
        return choice.items[bisect(sums, self.roll() * sums[-1], 0, len(sums) - 1)]

    def draw(self, curve: Sequence[float]) -> float:
        """A value from a curve given by its quantiles at equal steps, in straight lines between them."""
        place = self.roll() * (len(curve) - 1)
        step = int(place)
        return curve[step] + (place - step) * (curve[step + 1] - curve[step])
