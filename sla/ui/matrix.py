"""Severity by plan as a table one can read across a room."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from sla.words import Words
from sla.words.week import Row

Link = Callable[[Row], str | None]


def matrix_html(rows: Sequence[Row], objective: float | None, words: Words, link: Link | None = None) -> str:
    """The table of the rows of week_severity_by_plan or attainment_matrix: a line per severity, a column per plan.

    `link` gives the address that the number of a row leads to, None where it leads nowhere.

    Where there is only one plan, or one severity, its total would say the same again and is left out; so are the plans
    of `plans_without_clocks`.
    """
    empty = plans_without_clocks(rows)
    lines = _lines(row for row in rows if row["is_all_plans"] or row["plan"] not in empty)
    plans = [row for row in next(iter(lines.values())) if not row["is_all_plans"]]
    severities = [key for key in lines if not key[0]]
    has_total_column, has_total_line = len(plans) > 1, len(severities) > 1
    head = [row["plan_name"] or words("matrix.no_plan") for row in plans]
    if has_total_column:
        head.append(words("matrix.all_plans"))
    body = "".join(
        _line(cells[: len(head)], head, objective, words, link)
        for (is_total, _), cells in lines.items()
        if has_total_line or not is_total
    )
    titles = "".join(f"<th scope='col'>{escape(title)}</th>" for title in head)
    return (
        f"<table class='matrix'><thead><tr><th scope='col'>{escape(words('matrix.severity'))}</th>{titles}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def plans_without_clocks(rows: Iterable[Row]) -> frozenset[str]:
    """The plans that had no clock in the week, decided, running or left out, where another plan had one; else none."""
    totals = {row["plan"]: _clocks_count(row) for row in rows if row["is_all_severities"] and not row["is_all_plans"]}
    return frozenset(plan for plan, count in totals.items() if not count) if any(totals.values()) else frozenset()


def has_clocks(rows: Iterable[Row]) -> bool:
    """Whether anything stands in one of the cells: a clock that was decided, runs or was left out."""
    return any(map(_clocks_count, rows))


def codes_of(row: Row) -> dict[str, str]:
    """The filters that the cell of a row stands for; a total, and whatever is no cell, stands for none of its own."""
    severity = {} if row.get("is_all_severities", True) else {"severity": row["severity"]}
    return severity if row.get("is_all_plans", True) else severity | {"plan": row["plan"]}


def _clocks_count(row: Row) -> int:
    count: int = row["decided_count"] + row["running_count"] + row["excluded_count"]
    return count


def _lines(rows: Iterable[Row]) -> dict[tuple[bool, str], list[Row]]:
    lines: dict[tuple[bool, str], list[Row]] = {}
    for row in rows:
        lines.setdefault((row["is_all_severities"], row["severity"] or ""), []).append(row)
    return lines


def _line(cells: Sequence[Row], head: Sequence[str], objective: float | None, words: Words, link: Link | None) -> str:
    first = cells[0]
    if first["is_all_severities"]:
        name, kind = words("matrix.all_severities"), "total"
    else:
        name, kind = first["severity_name"] or words("matrix.no_severity"), ""
    drawn = "".join(_cell(row, plan, objective, words, link) for row, plan in zip(cells, head, strict=True))
    return f"<tr class='{kind}'><th scope='row'>{escape(name)}</th>{drawn}</tr>"


def _cell(row: Row, plan: str, objective: float | None, words: Words, link: Link | None) -> str:
    standing, big, small = _content(row, objective, words)
    address = link(row) if link else None
    number = f"<a href='{escape(address)}' target='_self'>{escape(big)}</a>" if address else escape(big)
    extras = _interval(row, words)
    if row["target_s"]:
        extras.append(words("matrix.within", duration=words.duration(row["target_s"])))
    if row["running_count"]:
        extras.append(words("matrix.running", count=row["running_count"]))
    if row["excluded_count"]:
        extras.append(words("matrix.excluded", count=row["excluded_count"]))
    rest = "".join(f"<small>{escape(extra)}</small>" for extra in extras)
    kind = f"{standing} total" if row["is_all_plans"] else standing
    return (
        f"<td class='{kind}' data-plan='{escape(plan)}'><b>{number}</b>"
        f"{f'<span>{escape(small)}</span>' if small else ''}{rest}</td>"
    )


def _interval(row: Row, words: Words) -> list[str]:
    """The 95 % interval of a share that is shown, where the report has it."""
    if row["is_too_few"] or row.get("share_low") is None:
        return []
    return [words("matrix.interval", low=words.percent(row["share_low"]), high=words.percent(row["share_high"]))]


def _content(row: Row, objective: float | None, words: Words) -> tuple[str, str, str]:
    """How a cell stands, what it says large and what it says under that."""
    counts = words("matrix.counts", met=row["met_count"], decided=row["decided_count"])
    if not row["decided_count"]:
        is_promised = row["has_target"] or row["is_all_plans"] or row["is_all_severities"]
        return "none", words("matrix.none" if is_promised else "matrix.no_target"), ""
    if row["is_too_few"]:
        return "few", counts, words("matrix.too_few")
    share = words.percent(row["share"], beside=objective)
    if objective is not None and row["share"] < objective:
        return "under", f"✕ {share}", counts
    return "plain", share, counts
