"""Severity by plan: a column per plan that had clocks, and totals where they say something new."""

import re
from html import unescape
from typing import Any

from sla.ui.matrix import matrix_html, plans_without_clocks
from sla.words import words

Counts = dict[str, dict[str, tuple[int, int, int]]]
ALL = "all"


def rows_of(counts: Counts) -> list[dict[str, Any]]:
    """Rows as of week_severity_by_plan from severity → plan → met, running and excluded clocks; totals are added."""
    plans = list(next(iter(counts.values())))
    with_totals = {name: line | {ALL: summed(line.values())} for name, line in counts.items()}
    with_totals[ALL] = {plan: summed(line[plan] for line in with_totals.values()) for plan in [*plans, ALL]}
    return [
        {
            "severity": None if severity == ALL else severity,
            "severity_name": severity,
            "plan": None if plan == ALL else plan,
            "plan_name": plan or None,
            "is_all_severities": severity == ALL,
            "is_all_plans": plan == ALL,
            "target_s": None,
            "has_target": severity != ALL and plan not in ("", ALL),
            "met_count": met,
            "decided_count": met,
            "is_too_few": met < 10,
            "share": 1.0 if met else None,
            "running_count": running,
            "excluded_count": excluded,
        }
        for severity, line in with_totals.items()
        for plan, (met, running, excluded) in line.items()
    ]


def summed(cells: Any) -> tuple[int, int, int]:
    met, running, excluded = zip(*cells, strict=True)
    return sum(met), sum(running), sum(excluded)


def head_of(counts: Counts) -> list[str]:
    html = matrix_html(rows_of(counts), None, words("en"))
    return [unescape(title) for title in re.findall(r"<th scope='col'>(.*?)</th>", html)]


def test_a_plan_without_clocks_is_left_out_where_another_has_some() -> None:
    counts = {
        "1": {"A": (10, 0, 0), "B": (0, 0, 0), "C": (0, 0, 0)},
        "2": {"A": (0, 0, 0), "B": (0, 0, 0), "C": (0, 1, 0)},
    }
    assert plans_without_clocks(rows_of(counts)) == {"B"}
    assert head_of(counts) == ["Severity", "A", "C", "All plans"]
    assert matrix_html(rows_of(counts), None, words("en")).count("<td") == 3 * 3  # two severities and their total


def test_clocks_that_are_left_out_keep_their_plan_in_sight() -> None:
    assert head_of({"1": {"A": (10, 0, 0), "B": (0, 0, 2)}}) == ["Severity", "A", "B", "All plans"]


def test_tickets_without_a_plan_alone_have_one_column_and_no_total() -> None:
    assert head_of({"1": {"A": (0, 0, 0), "B": (0, 0, 0), "": (0, 0, 5)}}) == ["Severity", "No plan"]


def test_a_week_without_any_clock_shows_every_plan() -> None:
    assert head_of({"1": {"A": (0, 0, 0), "B": (0, 0, 0)}}) == ["Severity", "A", "B", "All plans"]


def test_a_number_leads_where_the_link_says_and_only_there() -> None:
    def link(row: dict[str, Any]) -> str | None:
        return f"breaches?plan={row['plan']}&show='1'" if row["decided_count"] else None

    html = matrix_html(rows_of({"1": {"A": (10, 0, 0), "B": (0, 1, 0)}}), None, words("en"), link)
    assert "<b><a href='breaches?plan=A&amp;show=&#x27;1&#x27;' target='_self'>100.0%</a></b>" in html
    assert "plan=B" not in html


def test_a_cell_has_its_interval_where_it_is_judged_and_the_report_has_one() -> None:
    rows = [row | {"share_low": 0.7225, "share_high": 1.0} for row in rows_of({"1": {"A": (10, 0, 0), "B": (9, 0, 0)}})]
    html = matrix_html(rows, None, words("en"))
    assert html.count("95%: 72.3% to 100.0%") == 2  # plan A and the total; nine of plan B are too few
