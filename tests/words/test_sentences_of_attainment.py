"""What the rows of a period become in words."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from sla.words import LANGUAGES, words
from sla.words import attainment as sentences

OCTOBER = SimpleNamespace(kind="month", first_on=date(2026, 10, 1), last_on=date(2026, 10, 31))
SEPTEMBER = SimpleNamespace(kind="month", first_on=date(2026, 9, 1), last_on=date(2026, 9, 30))
EN = words("en")
ROW: dict[str, Any] = {
    "metric": "first_response",
    "has_target": True,
    "is_in_export": True,
    "objective": 0.95,
    "met_count": 189,
    "breached_count": 14,
    "decided_count": 203,
    "is_too_few": False,
    "share": 189 / 203,
    "share_low": 0.888,
    "share_high": 0.958,
    "running_count": 0,
    "band_low": 189 / 203,
    "band_high": 189 / 203,
    "excluded_count": 0,
    "unpromised_count": 0,
    "gap": 189 / 203 - 0.95,
    "is_surely_above": False,
    "is_surely_below": False,
    "before_met_count": 191,
    "before_decided_count": 200,
    "before_share": 0.955,
    "change": 189 / 203 - 0.955,
}
WAITS = {"clocks_count": 31, "answered_count": 30, "p50_s": None, "longest_s": 40000, "has_target": False}


def lead(**changed: Any) -> str:
    return sentences.lead(ROW | changed, OCTOBER, SEPTEMBER, EN)


def test_the_lead_says_share_counts_objective_and_change() -> None:
    assert lead() == (
        "October 2026: 93.1% of first responses in time (189\u00a0of\u00a0203), "
        "1.9\u00a0points under the objective of 95%, "
        "2.4\u00a0points down on the period before (September 2026)."
    )


def test_the_lead_of_too_few_of_none_and_of_what_is_not_there_has_no_percentage() -> None:
    assert "%" not in lead(met_count=3, decided_count=5, is_too_few=True)
    assert lead(decided_count=0) == "October 2026: no first responses fell due."
    assert lead(is_in_export=False) == "October 2026: next responses are not in this export."


def test_a_sentence_begins_with_a_capital_in_portuguese_too() -> None:
    assert sentences.lead(ROW, OCTOBER, SEPTEMBER, words("pt-BR")).startswith("Outubro de 2026: 93,1%")
    assert sentences.details(ROW, SEPTEMBER, words("pt-BR")).startswith("Intervalo")


def test_details_say_what_chance_explains_and_what_the_share_can_still_become() -> None:
    told = sentences.details(ROW | {"running_count": 3, "band_low": 0.917, "band_high": 0.932}, SEPTEMBER, EN)
    assert "95% interval 88.8% to 95.8%; the objective lies within it; September 2026: 95.5% (191 of 200)" in told
    assert "3 still running: can end at 91.7% to 93.2%" in told
    assert "more than chance explains" in sentences.details(ROW | {"is_surely_below": True}, SEPTEMBER, EN)


def test_details_of_too_few_have_counts_alone() -> None:
    few = {"is_too_few": True, "decided_count": 5, "before_decided_count": 4, "before_met_count": 3, "running_count": 2}
    told = sentences.details(ROW | few, SEPTEMBER, EN)
    assert told == "September 2026: 3 of 4, too few to compare; 2 clocks are still running."


def test_without_a_promise_the_lead_tells_how_long_it_took() -> None:
    told = sentences.lead_of_waits([{}, WAITS], "first_response", OCTOBER, EN)
    # 40000 s = 11 h 6 min 40 s
    assert told.endswith("31 tickets began to wait, 30 have ended, half had to wait more than 11\u00a0h 6\u00a0min.")
    assert sentences.lead_of_waits([], "first_response", OCTOBER, EN).endswith("No ticket began to wait.")


def test_waits_whose_end_an_export_cannot_tell_are_not_told_as_more_than_no_time() -> None:
    untold = WAITS | {"answered_count": 0, "p50_s": None, "longest_s": 0}
    told = sentences.lead_of_waits([untold], "first_response", OCTOBER, EN)
    assert told.endswith("0 have ended, the export does not say how long.")


def cell(severity: str, plan: str, met: int, breached: int, total: bool = False) -> dict[str, Any]:
    return {
        "severity_name": severity,
        "plan_name": plan,
        "is_all_severities": total,
        "is_all_plans": total,
        "met_count": met,
        "breached_count": breached,
        "decided_count": met + breached,
    }


def test_the_cell_with_more_breaches_than_any_other_is_named() -> None:
    rows = [cell("High", "A", 3, 4), cell("Low", "A", 9, 2), cell("", "", 12, 6, total=True)]
    assert sentences.where(rows, EN) == (
        "Severity High, plan A: 3 of 7 in time; 4 of the period’s 6 breaches are there, more than in any other cell."
    )


@pytest.mark.parametrize(
    "rows",
    [
        [cell("High", "A", 3, 2), cell("Low", "A", 9, 2)],
        [cell("High", "A", 3, 0), cell("Low", "A", 9, 0)],
        [cell("High", "A", 3, 4), cell("Low", "A", 0, 0)],
        [],
    ],
)
def test_no_cell_is_named_where_none_has_more_than_the_others(rows: list[dict[str, Any]]) -> None:
    assert sentences.where(rows, EN) is None


def test_two_sides_say_the_interval_of_their_difference_and_whether_it_is_chance() -> None:
    other = ROW | {"share": 0.97}  # 93.103 against it
    sides, names = (ROW, other), ("Red", "Blue")
    # their own intervals overlap (88.8 to 95.8, 95 to 98), and still the difference is none of chance
    apart = {"difference": -0.039, "difference_low": -0.075, "difference_high": -0.004}
    assert sentences.difference(*sides, names, apart, EN) == (
        "Red: 3.9\u00a0points under Blue, 95% interval of the difference 0.4 to 7.5, more than chance explains."
    )
    by_chance = apart | {"difference_high": 0.004}
    assert sentences.difference(*sides, names, by_chance, EN) == (
        "Red: 3.9\u00a0points under Blue, 95% interval of the difference −0.4 to 7.5, no more than chance explains."
    )
    turned = {"difference": 0.039, "difference_low": -0.004, "difference_high": 0.075}
    assert sentences.difference(other, ROW, ("Blue", "Red"), turned, EN) == (
        "Blue: 3.9\u00a0points over Red, 95% interval of the difference −0.4 to 7.5, no more than chance explains."
    )


def test_a_side_that_has_the_other_in_it_says_nothing_of_chance() -> None:
    said = sentences.difference(ROW, ROW | {"share": 0.97}, ("All teams", "Blue"), None, EN)
    assert said == "All teams: 3.9\u00a0points under Blue, All teams has Blue in it."


def test_too_few_and_what_has_no_target_are_not_compared() -> None:
    few = ROW | {"is_too_few": True}
    assert sentences.difference(ROW, few, ("Red", "Blue"), None, EN) == EN("compared.too_few")
    bare = few | {"decided_count": 0, "unpromised_count": 4}
    assert sentences.difference(ROW, bare, ("Red", "Blue"), None, EN) == EN("compared.no_share")
    assert sentences.difference(bare, bare, ("Red", "Blue"), None, EN) == EN("compared.no_shares")


def test_a_side_without_a_target_shows_how_long_it_took() -> None:
    bare = ROW | {"decided_count": 0, "unpromised_count": 31}
    block = sentences.side(bare, WAITS, "Blue", EN)
    assert (block.name, block.value) == ("Blue", "half had to wait more than 11\u00a0h 6\u00a0min")
    assert block.lines[:2] == ("31 tickets began to wait", "30 have ended")
    assert not block.is_share


CLOCK: dict[str, Any] = {"outcome": "met", "late_s": None, "left_s": None, "reason": None}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "Met"),
        ({"outcome": "breached", "late_s": 3600}, "Breached, late by 1\u00a0h"),
        ({"outcome": "running", "left_s": 60}, "Running, 1\u00a0min left"),
        ({"outcome": "excluded", "reason": "merged"}, "Left out: merged"),
    ],
)
def test_a_clock_says_how_it_stands(changed: dict[str, Any], told: str) -> None:
    assert sentences.outcome(CLOCK | changed, EN) == told


def test_a_list_says_how_many_it_has_by_outcome() -> None:
    row = {"clocks_count": 4, "breached_count": 1, "running_count": 0, "met_count": 3, "excluded_count": 0}
    assert sentences.counted(row, EN).startswith("4 clocks: 1 breached and 3 in time. Breached ones first")
    assert "Breached" not in sentences.counted(row | {"breached_count": 0}, EN)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("changed", [{}, {"is_too_few": True}, {"decided_count": 0}, {"gap": None, "objective": None}])
def test_every_state_has_its_sentence_in_every_language(language: str, changed: dict[str, Any]) -> None:
    spoken = words(language)
    assert sentences.lead(ROW | changed, OCTOBER, SEPTEMBER, spoken)
    assert sentences.details(ROW | changed, SEPTEMBER, spoken)
    assert sentences.side(ROW | changed, None, "Blue", spoken).name == "Blue"
    assert sentences.rule(ROW, "UTC", spoken)
    assert sentences.arrivals_note(ROW | changed, "UTC", spoken)
    assert sentences.matrix_note(ROW | changed, True, spoken)
