"""What a ticket is and how it was rated, from the tickets of story_desk.py."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sla import store
from tests.store.small_desk import HOSTILE
from tests.store.story_desk import build_story_desk

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    path = store.current(build_story_desk(tmp_path_factory.mktemp("story")))
    assert path is not None
    con = store.open_snapshot(Path(path))

    def _ask(name: str, **values: str) -> list[dict[str, Any]]:
        return store.records(store.run(con, name, values))

    return _ask


def test_a_ticket_has_its_severity_then_and_now_its_version_and_the_names_of_its_language(ask: Ask) -> None:
    (row,) = ask("ticket_facts", ticket="S1", language="pt-BR")
    assert (row["severity_then"], row["severity_now"]) == ("Baixa", "Alta")
    assert (row["policy_name"], row["valid_from_on"], row["timezone"]) == ("A mesa", date(2026, 1, 1), "Europe/Lisbon")
    assert (row["subject"], row["account_name"], row["agent"], row["team"]) == (HOSTILE, HOSTILE, "Ann Other", "Red")
    assert (row["file"].rpartition("/")[2], row["row_no"]) == ("tickets.csv", 1)
    assert (row["created_at"], row["as_of"]) == (datetime(2026, 3, 2, 11), datetime(2026, 3, 6, 12))
    assert ask("ticket_facts", ticket="S1")[0]["severity_now"] == "High"


def test_a_ticket_whose_severity_never_changed_has_one(ask: Ask) -> None:
    (row,) = ask("ticket_facts", ticket="R1")
    assert (row["severity_then"], row["severity_now"], row["plan_now"]) == ("Low", "Low", None)


@pytest.mark.parametrize("unknown", ["s1", "S", "", "'; drop table tickets"])
def test_a_ticket_that_is_not_there_has_no_row(ask: Ask, unknown: str) -> None:
    assert ask("ticket_facts", ticket=unknown) == []
    assert ask("ticket_ratings", ticket=unknown) == []


def test_ratings_stand_in_their_order_up_to_the_as_of_instant(ask: Ask) -> None:
    found = ask("ticket_ratings", ticket="S1")
    assert [(row["score"], row["comment"]) for row in found] == [(None, None), (5.0, HOSTILE)]
    assert (found[1]["scale_min"], found[1]["scale_max"]) == (1.0, 5.0)
