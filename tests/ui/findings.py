"""What charts must say to those who cannot see them, counted anew over the tables; see recount."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from tests.ui.recount import EN, Counts, Recount, week

Rated = Callable[[date, date], tuple[int, int, int]]
Row = dict[str, Any]


def weeks_to(monday: date) -> list[date]:
    """The Mondays of the thirteen weeks that end with one."""
    return [monday - timedelta(7 * back) for back in range(12, -1, -1)]


def trend(recount: Recount, monday: date, objective: float) -> str:
    """The worst and the best of thirteen weeks of first responses, and how many missed the objective."""
    counts = {one: recount.counts(*week(one)) for one in weeks_to(monday)}
    judged = {one: of for one, of in counts.items() if of.decided >= 10}
    worst, best = (pick(judged, key=lambda one: judged[one].met / judged[one].decided) for pick in (min, max))
    under = sum(of.met / of.decided < objective for of in judged.values())
    return (
        f"First response, share in time over the 13 weeks to {EN.week_inside(monday)}: from {judged[worst].share} in "
        f"{EN.week_inside(worst)} to {judged[best].share} in {EN.week_inside(best)}; {under} weeks lay under the "
        f"objective of {EN.objective(objective)}."
    )


def standouts(marks: Iterable[str], breaches: int) -> str:
    """Each bar, of which its mark has the name, its part of the breaches and its usual one."""
    told = (said.split("<br>") for said in marks)
    items = "; ".join(f"{name} {part.partition(': ')[2]}, {usual}" for name, part, usual in told)
    return f"Parts of the week’s {breaches} breaches: {items}."


def over_time(recount: Recount, monday: date, severities: dict[str, str]) -> str:
    """How each severity stood in the last of thirteen weeks, and in its worst."""
    items = [_strip("All severities", {one: recount.counts(*week(one)) for one in weeks_to(monday)})]
    for code, name in severities.items():
        items.append(_strip(name, {one: recount.counts(*week(one), severity=code) for one in weeks_to(monday)}))
    first = EN.week_inside(weeks_to(monday)[0])
    return f"First response, share in time from {first} to {EN.week_inside(monday)}: {'; '.join(items)}."


def _strip(name: str, counts: dict[date, Counts]) -> str:
    judged = {one: of for one, of in counts.items() if of.decided >= 10}
    worst = min(judged, key=lambda one: judged[one].met / judged[one].decided)
    last = list(counts.values())[-1]
    stood = last.share if last.decided >= 10 else f"{last.met} of {last.decided} (too few to judge)"
    return f"{name}: last {stood}, lowest {judged[worst].share} ({EN.week_inside(worst)})"


def time_taken(measured: Sequence[Row]) -> str:
    """How many were within their target, how many of them narrowly, and how many far beyond it."""
    used = [clock["elapsed_s"] / clock["target_s"] for clock in measured]
    unfinished = sum(not clock["is_answered"] for clock in measured)
    return (
        f"First response: {sum(part <= 1 for part in used)} of {len(used)} within the target, "
        f"{sum(0.9 < part <= 1 for part in used)} of them in its last tenth; "
        f"{sum(part > 2 for part in used)} over twice the target; unfinished: {unfinished}."
    )


def at_risk(used: Sequence[float]) -> str:
    """How many clocks run, by how much of their target they have used."""
    bands = {"over 90%": (0.9, 9e9), "75 to 90%": (0.75, 0.9), "50 to 75%": (0.5, 0.75), "up to 50%": (-1, 0.5)}
    counts = {name: sum(low < part <= high for part in used) for name, (low, high) in bands.items()}
    told = EN.listed(f"{name}: {count}" for name, count in counts.items() if count)
    return f"{len(used)} clocks are running. Share of the target used: {told}."


def satisfaction(rated: Rated, monday: date) -> str:
    """The worst and the best of thirteen weeks of answers; `rated` counts positive ones, answers and surveys."""
    counts = {one: rated(*week(one)) for one in weeks_to(monday)}
    shares = {one: positive / answers for one, (positive, answers, _) in counts.items() if answers >= 10}
    worst, best = (pick(shares, key=lambda one: shares[one]) for pick in (min, max))
    answers, surveys = (sum(of[place] for of in counts.values()) for place in (1, 2))
    return (
        f"Share of positive answers over the 13 weeks to {EN.week_inside(monday)}: from {EN.percent(shares[worst])} in "
        f"{EN.week_inside(worst)} to {EN.percent(shares[best])} in {EN.week_inside(best)}; "
        f"{answers} of {surveys} surveys answered."
    )


def beside_targets(met: Sequence[Row], missed: Sequence[Row]) -> str:
    """What those answered whose targets were met, and the others."""
    told = []
    for sign, of in (("✓ met", met), ("✕ missed", missed)):
        positive = sum(one["is_positive"] for one in of)
        told.append(f"{sign}: {EN.percent(positive / len(of))} positive ({positive} of {len(of)})")
    return f"Share of positive answers. {'; '.join(told)}."


def scores(counts: Counter[float]) -> str:
    """How often each score of 1 to 5 was given."""
    told = EN.listed(f"score {score}: {counts[score]}" for score in range(1, 6))
    return f"Scores on a scale of 1 to 5: {told}. Positive from 4: {counts[4] + counts[5]} of {counts.total()}."


def flow(work: Callable[[str, date], int], left: Callable[[date], int], monday: date) -> str:
    """What thirteen weeks of work come to; `left` is what was open when a week ended."""
    arrived, again, solved = (
        sum(work(kind, one) for one in weeks_to(monday)) for kind in ("arrival", "reopening", "solve")
    )
    first = weeks_to(monday)[0]
    return (
        f"In the 13 weeks to {EN.week_inside(monday)}: {arrived} tickets arrived, {again} were reopened, "
        f"{solved} were solved. Open at the end of {EN.week_inside(first)}: {left(first)}, of "
        f"{EN.week_inside(monday)}: {left(monday)}."
    )


def spread(replies: Counter[str], solves: Counter[str], held: Counter[str]) -> str:
    """By how few agents half of each kind of work was done, or is held."""

    def half(of: Counter[str]) -> int:
        most = sorted(of.values(), reverse=True)
        return next(few for few in range(1, len(most) + 1) if sum(most[:few]) * 2 >= of.total())

    told = [
        f"{name}: half of {of.total()} {by} {half(of)} of {len(of)} agents"
        for name, by, of in (("Replies", "by", replies), ("Solved", "by", solves), ("Open now", "with", held))
    ]
    return f"How evenly work is spread. {'; '.join(told)}."
