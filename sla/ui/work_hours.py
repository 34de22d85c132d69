"""Each hour of the week: how much arrived, and how many were there."""

from collections.abc import Callable, Sequence
from math import sqrt

from sla.ui.hours import Hour, hours_html
from sla.words import Words
from sla.words.workload import Row, hour_told, hours_lead

LARGEST, SMALLEST = 1.1, 0.22  # rem across
SHADE = 56  # per cent of grey where the most are there


def work_hours_html(rows: Sequence[Row], words: Words, link: Callable[[int, int], str]) -> str:
    """The table of rows of workload_by_hour: shade for the agents replying, circles for the arrivals, by area.

    A ring is an hour in which nobody ever replied. `link` gives the address of the tickets that arrived in an hour.
    """
    most_agents = max((row["agents_mean"] or 0 for row in rows), default=0) or 1
    most = max((row["arrivals_mean"] or 0 for row in rows), default=0) or 1
    cells = {}
    for row in rows:
        at = (row["weekday"], row["hour"])
        style = f"--part:{4 + SHADE * (row['agents_mean'] or 0) / most_agents:.0f}%"
        address = link(*at) if row["arrivals_count"] else None
        cells[at] = Hour(_circle(row, most), hour_told(row, words), "shade", style, address)
    return hours_html(cells, words("work_hours.alt", finding=hours_lead(rows, words)), words)


def _circle(row: Row, most: float) -> str:
    if not row["arrivals_count"]:
        return ""
    across = max(SMALLEST, LARGEST * sqrt((row["arrivals_mean"] or 0) / most))
    kind = "circle" if row["agents_mean"] else "circle ring"
    return f"<i class='{kind}' style='--across:{across:.2f}rem'></i><span class='unseen'>{row['arrivals_count']}</span>"
