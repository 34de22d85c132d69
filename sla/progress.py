"""How far a long job is: a step in words and the share of the whole that is done, 0 to 1."""

import time
from collections.abc import Callable
from typing import TextIO

Progress = Callable[[str, float], None]


def silent(step: str, done: float) -> None:
    """Says nothing."""


def part(progress: Progress, first: float, last: float) -> Progress:
    """A progress of its own, from 0 to 1, that moves `progress` from `first` to `last`."""
    return lambda step, done: progress(step, first + (last - first) * done)


def on_terminal(out: TextIO, clock: Callable[[], float] = time.monotonic) -> Progress:
    """A progress that keeps one line of a terminal true: the step, how far, and how long yet; gone when all is done."""
    started = clock()

    def show(step: str, done: float) -> None:
        spent = clock() - started
        left = f", {_minutes(spent / done * (1 - done))} left" if done > 0.02 and spent > 2 else ""
        line = "" if done >= 1 else f"{done:4.0%}  {step}{left}"
        out.write(f"\r\x1b[K{line[:100]}")
        out.flush()

    return show


def _minutes(seconds: float) -> str:
    if seconds < 60:
        return f"about {max(1, round(seconds))} s"
    return f"about {round(seconds / 60)} min"
