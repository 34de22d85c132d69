"""Reports on satisfaction against numbers counted on paper; see rated_desk for the tickets."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sla import snapshot, store
from tests.store.rated_desk import build_rated_desk

Rows = list[dict[str, Any]]
CHOSEN = {"policy": "desk", "first_on": date(2026, 1, 5), "last_on": date(2026, 1, 11)}
BEFORE = {"before_first_on": date(2025, 12, 29), "before_last_on": date(2026, 1, 4)}
LAST = {"policy": "desk", "first_on": date(2026, 1, 12), "last_on": date(2026, 1, 18)}
AS_OF = datetime(2026, 3, 4)
EMPTY = {"policy": "desk", "first_on": date(2025, 12, 22), "last_on": date(2025, 12, 28)}


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> store.Connection:
    path = store.current(build_rated_desk(tmp_path_factory.mktemp("rated")))
    assert path is not None
    return store.open_snapshot(path)


@pytest.fixture
def ask(rated: store.Connection) -> Callable[..., Rows]:
    return lambda report, **values: store.records(store.run(rated, report, values))


Ask = Callable[..., Rows]


def names(rows: Rows) -> list[str]:
    return sorted(row["ticket_id"] for row in rows)


def test_the_score_is_positive_of_answers_and_the_response_rate_answers_of_offers(ask: Ask) -> None:
    row = ask("satisfaction", **CHOSEN, **BEFORE)[0]
    # 12 + 10 answers, of which 12 + 4 are positive; 5 surveys more; P11's answer proves its offer
    assert (row["positive_count"], row["answered_count"], row["offered_count"]) == (16, 22, 27)
    assert row["share"] == pytest.approx(16 / 22)
    assert row["response"] == pytest.approx(22 / 27)
    # Wilson for 16 of 22: (16 + 1.92 ± 1.96 sqrt(16 x 6 / 22 + 0.96)) / 25.84 = 0.5185 and 0.8685
    assert (row["share_low"], row["share_high"]) == (
        pytest.approx(0.5185, abs=5e-5),
        pytest.approx(0.8685, abs=5e-5),
    )
    assert not row["is_too_few"]


def test_the_answer_of_a_merged_ticket_is_left_out_and_counted(ask: Ask) -> None:
    assert ask("satisfaction", **CHOSEN, **BEFORE)[0]["left_out_count"] == 1


def test_the_mean_is_of_the_last_answers_on_their_one_scale(ask: Ask) -> None:
    # 12 x 5 + 6 x 2 + 4 x 4 = 88
    assert ask("satisfaction", **CHOSEN, **BEFORE)[0]["mean_score"] == pytest.approx(88 / 22)


def test_answers_on_several_scales_have_no_mean(ask: Ask) -> None:
    row = ask("satisfaction", **LAST, before_first_on=date(2026, 1, 5), before_last_on=date(2026, 1, 11))[0]
    assert (row["positive_count"], row["answered_count"], row["mean_score"]) == (2, 3, None)
    assert row["is_too_few"]
    assert row["change"] is None


def test_the_period_before_is_compared_where_both_have_ten_answers(ask: Ask) -> None:
    row = ask("satisfaction", **CHOSEN, **BEFORE)[0]
    assert (row["before_positive_count"], row["before_answered_count"], row["before_offered_count"]) == (10, 10, 10)
    assert row["change"] == pytest.approx(16 / 22 - 1)
    # Newcombe: Wilson's intervals are 0.5185 to 0.8685 and 0.7225 to 1; -0.2727 - sqrt((0.7273 - 0.5185)² + 0)
    # and -0.2727 + sqrt((0.8685 - 0.7273)² + (1 - 0.7225)²)
    assert row["change_low"] == pytest.approx(-0.4816, abs=5e-4)
    assert row["change_high"] == pytest.approx(0.0387, abs=5e-4)


def test_a_period_without_surveys_has_counts_of_nought_and_no_share(ask: Ask) -> None:
    row = ask("satisfaction", **EMPTY, before_first_on=date(2025, 12, 15), before_last_on=date(2025, 12, 21))[0]
    assert (row["offered_count"], row["answered_count"], row["share"], row["response"]) == (0, 0, None, None)
    assert (row["is_in_export"], row["is_in_policy"]) == (True, True)
    assert [ask(f"satisfaction_{name}", **EMPTY) for name in ("scores", "answers")] == [[], []]


def test_a_policy_whose_tickets_nobody_rated_says_so(ask: Ask) -> None:
    row = ask("satisfaction", **CHOSEN | {"policy": "bare"}, **BEFORE)[0]
    assert (row["is_in_export"], row["is_in_policy"], row["offered_count"]) == (True, False, 0)


def test_thirteen_weeks_hold_the_empty_ones_too(ask: Ask) -> None:
    rows = ask("satisfaction_by_week", policy="desk", week=date(2026, 1, 5))
    assert len(rows) == 13
    counts = [(row["positive_count"], row["answered_count"], row["offered_count"]) for row in rows[-3:]]
    assert counts == [(0, 0, 0), (10, 10, 10), (16, 22, 27)]
    assert rows[0]["share"] is None


@pytest.mark.parametrize(
    ("dimension", "first", "second"),
    [
        ("account", "X", "Y"),
        ("severity", "1", "2"),
        ("plan", "A", "B"),
        ("team", "Blue", "Red"),
    ],
)
def test_parts_have_their_own_counts(ask: Ask, dimension: str, first: str, second: str) -> None:
    rows = ask("satisfaction_by", dimension=dimension, **CHOSEN)
    assert [(row["value"], row["positive_count"], row["answered_count"], row["offered_count"]) for row in rows] == [
        (first, 12, 12, 12),
        (second, 4, 10, 15),
    ]
    only = ask("satisfaction_by", dimension=dimension, **CHOSEN, **{dimension: second})
    assert [row["value"] for row in only] == [second]


def test_parts_are_named_in_the_language_and_stand_in_the_order_asked_for(ask: Ask) -> None:
    rows = ask("satisfaction_by", dimension="severity", language="pt-BR", **CHOSEN)
    assert [row["name"] for row in rows] == ["Alta", "Baixa"]
    # in the week before and this one: X has 22 answers, Y 10
    both = CHOSEN | {"first_on": date(2025, 12, 29)}
    rows = ask("satisfaction_by", dimension="account", order="answers", **both)
    assert [(row["value"], row["answered_count"]) for row in rows] == [("X", 22), ("Y", 10)]


def test_tickets_that_met_their_targets_stand_beside_those_that_did_not(ask: Ask) -> None:
    rows = {row["promise"]: row for row in ask("satisfaction_beside_targets", **CHOSEN)}
    row = rows["targets"]
    assert (row["met_positive_count"], row["met_answered_count"]) == (12, 12)
    assert (row["breached_positive_count"], row["breached_answered_count"]) == (4, 10)
    assert row["undecided_answered_count"] == 0
    assert row["difference"] == pytest.approx(0.6)
    # Newcombe: Wilson's intervals are 0.7575 to 1 and 0.1682 to 0.6873
    assert row["difference_low"] == pytest.approx(0.6 - ((1 - 0.7575) ** 2 + (0.6873 - 0.4) ** 2) ** 0.5, abs=5e-4)
    assert row["difference_high"] == pytest.approx(0.6 + (0.4 - 0.1682), abs=5e-4)
    # nothing is promised for resolutions
    assert rows["resolution"]["undecided_answered_count"] == 22
    assert rows["resolution"]["difference"] is None


def test_the_interval_of_a_difference_is_the_one_published(rated: store.Connection) -> None:
    # Newcombe (1998), table II, example (a): 56 of 70 less 48 of 80, method 10: 0.0524 to 0.3339
    with rated.cursor() as cursor:
        cursor.execute((store.MACROS / "difference_low.sql").read_text("utf-8"))
        ends = cursor.execute("select difference_low(56, 70, 48, 80), -difference_low(48, 80, 56, 70)").fetchone()
    assert ends == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_every_score_of_a_scale_is_there_and_positive_from_three_quarters(ask: Ask) -> None:
    rows = ask("satisfaction_scores", **CHOSEN)
    told = [(row["from_score"], row["answers_count"], row["is_positive"]) for row in rows]
    assert told == [(1, 0, False), (2, 6, False), (3, 0, False), (4, 4, True), (5, 12, True)]
    assert {row["positive_from"] for row in rows} == {4}


def test_each_scale_has_its_own_scores(ask: Ask) -> None:
    rows = ask("satisfaction_scores", **LAST)
    scales = {(row["scale_min"], row["scale_max"]): row["positive_from"] for row in rows}
    assert scales == {(0, 10): 8, (0, 1): 1}  # three quarters of 10 are 7.5
    assert [row["from_score"] for row in rows if row["answers_count"]] == [7, 8, 1]


def test_a_wide_scale_is_shown_in_quarters_and_its_own_three_quarters_are_positive(tmp_path: Path) -> None:
    tickets = ["ticket_id,created_at,policy", *(f"T{number},2026-03-02T09:00:00Z,zoom" for number in range(4))]
    scores = ("0", "74.9", "75", "100")
    ratings = [
        "ticket_id,rated_at,score,scale_min,scale_max",
        *(f"T{number},2026-03-03T09:00:00Z,{score},0,100" for number, score in enumerate(scores)),
    ]
    (tmp_path / "tickets.csv").write_text("\n".join(tickets) + "\n", "utf-8")
    (tmp_path / "ratings.csv").write_text("\n".join(ratings) + "\n", "utf-8")
    built = store.open_snapshot(Path(snapshot.build([tmp_path], out=tmp_path / "snapshots", as_of=AS_OF).snapshot))
    values = {"policy": "zoom", "first_on": date(2026, 3, 1), "last_on": date(2026, 3, 31)}
    rows = store.records(store.run(built, "satisfaction_scores", values))
    told = [(row["from_score"], row["to_score"], row["answers_count"], row["is_positive"]) for row in rows]
    assert told == [(0, 25, 1, False), (25, 50, 0, False), (50, 75, 1, False), (75, 100, 2, True)]
    without_team = store.run(built, "satisfaction_answers", values | {"are_all": "all", "unnamed": "team"})
    assert names(store.records(without_team)) == ["T0", "T1", "T2", "T3"]


def test_comments_are_found_whatever_their_case_and_marks(ask: Ask) -> None:
    assert names(ask("satisfaction_answers", **CHOSEN)) == ["N0", "N1", "N6", "P0", "P1"]
    assert names(ask("satisfaction_answers", **CHOSEN, search="TRES")) == ["N1"]
    assert names(ask("satisfaction_answers", **CHOSEN, search="shukran")) == []
    assert names(ask("satisfaction_answers", **CHOSEN, search="شكرا")) == ["P1"]
    assert names(ask("satisfaction_answers", **CHOSEN, search="claro rapido")) == ["P0"]
    assert names(ask("satisfaction_answers", **CHOSEN, search="%")) == []


def test_answers_are_picked_by_verdict_and_by_targets(ask: Ask) -> None:
    assert names(ask("satisfaction_answers", **CHOSEN, verdict="negative")) == ["N0", "N1"]
    assert names(ask("satisfaction_answers", **CHOSEN, verdict="positive", targets="breached")) == ["N6"]
    # those without a comment too: all 16 positive ones, and never the five that did not answer
    assert len(ask("satisfaction_answers", **CHOSEN, verdict="positive", are_all="all")) == 16
    assert len(ask("satisfaction_answers", **CHOSEN, are_all="all")) == 22


def test_answers_are_picked_by_the_score_that_a_bar_stands_for(ask: Ask) -> None:
    of_five = {"scale_min": 1, "scale_max": 5, "are_all": "all"}
    two = ask("satisfaction_answers", **CHOSEN, **of_five, from_score=2, to_score=2)
    assert names(two) == [f"N{number}" for number in range(6)]
    assert len(ask("satisfaction_answers", **CHOSEN, **of_five, from_score=5, to_score=5)) == 12
    assert ask("satisfaction_answers", **CHOSEN, **of_five | {"scale_max": 10}, from_score=2, to_score=2) == []
    # a quarter ends where the next begins, but for the last one: 4 belongs to 4 to 5 alone
    assert len(ask("satisfaction_answers", **CHOSEN, **of_five, from_score=3, to_score=4)) == 0
    assert len(ask("satisfaction_answers", **CHOSEN, **of_five, from_score=4, to_score=5)) == 16


def test_answers_are_picked_by_the_targets_of_one_metric(ask: Ask) -> None:
    late = {"targets": "breached", "are_all": "all"}
    assert len(ask("satisfaction_answers", **CHOSEN, **late)) == 10
    assert ask("satisfaction_answers", **CHOSEN, are_all="all", unnamed="team") == []
    assert len(ask("satisfaction_answers", **CHOSEN, **late, promise="first_response")) == 10
    assert ask("satisfaction_answers", **CHOSEN, **late, promise="resolution") == []  # nothing of it is decided


def test_the_first_answers_say_how_many_there_are(ask: Ask) -> None:
    rows = ask("satisfaction_answers", **CHOSEN, are_all="all", most=3)
    assert [row["all_count"] for row in rows] == [22, 22, 22]
