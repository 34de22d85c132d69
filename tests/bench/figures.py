"""The lines of the one table, and how they are written."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

COLUMNS = ("what", "figure", "goal", "kept or short")


@dataclass(frozen=True)
class Line:
    """One figure; `is_kept` is None where nobody set a goal."""

    what: str
    figure: str
    goal: str = "–"
    is_kept: bool | None = None


def as_markdown(lines: Sequence[Line]) -> str:
    """The lines as a table; a figure that misses its goal is called short."""
    rows = [COLUMNS, tuple("---" for _ in COLUMNS), *(_cells(line) for line in lines)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cells(line: Line) -> tuple[str, str, str, str]:
    verdict = {None: "–", True: "kept", False: "**short**"}[line.is_kept]
    return (line.what, line.figure, line.goal, verdict)


def at_least(what: str, figure: str, value: float, goal: float, unit: str) -> Line:
    """A line whose value must reach the goal."""
    return Line(what, figure, f"at least {goal:,g} {unit}", value >= goal)


def at_most(what: str, figure: str, value: float, goal: float, unit: str) -> Line:
    """A line whose value must not pass the goal."""
    return Line(what, figure, f"at most {goal:,g} {unit}", value <= goal)


def timings(run: Callable[[], object], times: int = 5) -> list[float]:
    """The seconds of so many runs, after one that does not count."""
    run()
    return [seconds(run) for _ in range(times)]


def medians(runs: Sequence[Callable[[], object]], times: int = 5) -> list[float]:
    """The median seconds of each, which take turns, so that a busy moment of the machine meets them all."""
    for run in runs:
        run()
    rounds = [[seconds(run) for run in runs] for _ in range(times)]
    return [statistics.median(took) for took in zip(*rounds, strict=True)]


def seconds(run: Callable[[], object]) -> float:
    """The seconds of one run."""
    begun = perf_counter()
    run()
    return perf_counter() - begun


def short(value: float) -> str:
    """A number with three figures, thousands apart."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
