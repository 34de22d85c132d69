"""When clocks began: a cell for each hour of the week, with how many and the share in time."""

from collections.abc import Callable, Sequence

from sla.ui.hours import Hour, hours_html
from sla.words import Words
from sla.words.attainment import arrivals_finding, arrivals_told
from sla.words.week import Row

FULL_AT = 0.25  # a share this far from the objective has the full colour
FULL = 62  # per cent of the colour


def arrivals_html(
    rows: Sequence[Row], metric: str, objective: float | None, words: Words, link: Callable[[int, int], str]
) -> str:
    """The table of rows of attainment_by_hour; `link` gives the address of an hour's tickets.

    A cell says how many clocks began then and under that the share in time, where enough were decided. Blue is at or
    over the objective, orange under it, the stronger the farther; without an objective none has a colour.
    """
    cells = {}
    for row in rows:
        at = (row["weekday"], row["hour"])
        distance = _distance(row, objective)
        kind = "" if distance is None else "under" if distance < 0 else "over"
        style = "" if distance is None else f"--part:{abs(distance) * FULL:.0f}%"
        cells[at] = Hour(_inside(row, objective, words), arrivals_told(row, objective, words), kind, style, link(*at))
    return hours_html(cells, arrivals_finding(rows, metric, words), words)


def _inside(row: Row, objective: float | None, words: Words) -> str:
    count = f"<b>{words.number(row['clocks_count'])}</b>"
    return count if row["is_too_few"] else f"{count} <small>{words.percent(row['share'], 0, objective)}</small>"


def _distance(row: Row, objective: float | None) -> float | None:
    """How far a cell's share lies from the objective, -1 to 1."""
    if objective is None or row["is_too_few"]:
        return None
    distance = float(row["share"]) - objective
    scale = min(FULL_AT, 1 - objective) or FULL_AT
    return max(-1.0, min(1.0, distance / (scale if distance >= 0 else FULL_AT)))
