"""Rows of reports are asked for once, shared by all, and changed by nobody."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import sleep
from typing import Any

import pytest

from sla import store
from sla.errors import Refused
from sla.ui import snapshot
from sla.ui.snapshot import Answers, Rows
from tests.store.small_desk import BEFORE, CHOSEN, LAST

MET = {BEFORE: 10, CHOSEN: 9, LAST: 1}


@pytest.fixture
def answers(desk: Path) -> Answers:
    path = store.current(desk)
    assert path is not None
    return Answers(path)


def test_what_was_asked_once_is_not_asked_again(answers: Answers) -> None:
    first = answers.ask("week_attainment", {"policy": "desk", "week": CHOSEN})
    assert answers.ask("week_attainment", {"week": CHOSEN, "policy": "desk"}) is first


def test_rows_cannot_be_changed_by_who_reads_them(answers: Answers) -> None:
    row = answers.ask("week_attainment", {"policy": "desk", "week": CHOSEN})[0]
    with pytest.raises(TypeError):
        row["met_count"] = 0  # type: ignore[index]


def test_the_rows_used_least_lately_are_let_go(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    first = answers.ask("snapshot_as_of", {})  # one row
    second = answers.ask("weeks", {"policy": "desk"})
    monkeypatch.setattr(snapshot, "MOST_ROWS_HELD", len(first) + len(second) + 2)
    assert answers.ask("snapshot_as_of", {}) is first  # so the weeks are now the ones used least lately
    answers.ask("weeks", {"policy": "bare"})
    assert answers.ask("snapshot_as_of", {}) is first
    assert answers.ask("weeks", {"policy": "desk"}) is not second


def test_many_readers_at_once_each_get_the_rows_they_asked_for(answers: Answers) -> None:
    def met(week: str) -> int:
        rows = answers.ask("week_attainment", {"policy": "desk", "week": week})
        return int(rows[0]["met_count"])

    weeks = [*MET] * 40
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(met, weeks)) == [MET[week] for week in weeks]


def test_rows_of_the_same_question_have_the_same_key() -> None:
    assert Rows([{"a": 1}], ("q", 1)).key == Rows([], ("q", 1)).key


def test_many_who_ask_the_same_at_once_make_one_query(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, all_have_come = [], Barrier(8)
    rows = store.rows

    def counted(*given: Any) -> Any:
        asked.append(given[1])
        sleep(0.2)
        return rows(*given)

    def ask(_: int) -> Rows:
        all_have_come.wait()
        return answers.ask("weeks", {"policy": "desk"})

    monkeypatch.setattr(store, "rows", counted)
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(ask, range(8)))
    assert asked == ["weeks"]
    assert all(rows is told[0] for rows in told)


def test_a_refusal_reaches_all_who_ask_and_is_not_held(answers: Answers) -> None:
    for _ in range(2):
        with pytest.raises(Refused, match="needs policy"):
            answers.ask("weeks", {})
