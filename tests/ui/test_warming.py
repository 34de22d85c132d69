"""What pages open with is asked ahead: after that a reader's first visit asks the snapshot hardly anything."""

import os
import subprocess
import sys
from collections.abc import Callable, Hashable
from itertools import product
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sla import store
from sla.open_snapshot import OpenSnapshot
from sla.ui import snapshot, warming

Open = Callable[..., AppTest]
PAGES = ("attainment", "breaches", "satisfaction", "workload")


def test_a_first_visit_finds_what_was_asked_ahead(opened: Open, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = store.current(sample)
    assert path is not None
    monkeypatch.setattr(warming, "WEEKS", 1)  # a first visit opens with the newest
    warming.ask_ahead(snapshot.opened(path))
    asked: list[tuple[str, Hashable]] = []
    rows = OpenSnapshot.rows

    def listed(self: OpenSnapshot, name: str, values: Any) -> Any:
        asked.append((name, tuple((key, value) for key, value in values.items() if value is not None)))
        return rows(self, name, values)

    monkeypatch.setattr(OpenSnapshot, "rows", listed)
    visits = product(PAGES, [("en", "vodlix"), ("pt-BR", "hosting"), ("ar", "vodlix")])
    for page, (language, policy) in visits:
        app = opened(sample, policy=policy, lang=language)
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception, app.exception
    late = [f"{name} {beside}" for name, beside in asked if name not in ("snapshot_as_of", "policies")]
    assert not late, "\n".join(late)


A_SERVER = """
import sys, time
from sla.ui import warming

warming.begin()
until = time.monotonic() + 60
while "sla.ui.hand_over" not in sys.modules and time.monotonic() < until:
    time.sleep(0.05)
print("sla.ui.hand_over" in sys.modules)
"""


def test_what_pages_import_is_there_before_their_first_visit(tmp_path: Path) -> None:
    without_a_snapshot = os.environ | {"SLA_SNAPSHOTS": str(tmp_path)}
    asked = subprocess.run(
        [sys.executable, "-c", A_SERVER],
        cwd=store.ROOT,
        env=without_a_snapshot,
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout == "True\n"


@pytest.mark.parametrize(("setting", "is_begun"), [("", True), ("no", False)])
def test_a_server_can_be_told_to_ask_nothing_ahead(
    monkeypatch: pytest.MonkeyPatch, setting: str, is_begun: bool
) -> None:
    begun: list[bool] = []
    monkeypatch.setenv("SLA_ASK_AHEAD", setting)
    monkeypatch.setattr(warming.config, "get_option", lambda name: False)  # no AppTest
    monkeypatch.setattr(warming, "_watch", lambda: begun.append(True))
    warming.begin()
    assert begun == [True] * is_begun


def test_weeks_before_the_first_with_clocks_are_not_asked_for(desk: Path) -> None:
    path = store.current(desk)
    assert path is not None
    policies = list(snapshot.Answers(path).ask("policies", {}))
    first = {row["policy"]: row["first_week"] for row in policies}
    weeks = {(values["policy"], values["week"]) for _, values in warming.usual(policies) if values.get("week")}
    assert weeks
    assert all(week >= first[policy] for policy, week in weeks)


def test_nothing_is_asked_ahead_while_a_reader_asks(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = store.current(desk)
    assert path is not None
    answers, asked, told = snapshot.Answers(path), list[str](), Event()
    answers.ask("policies", {})
    rows = answers.opened.rows

    def listed(name: str, values: Any) -> Any:
        asked.append(name)
        return rows(name, values)

    monkeypatch.setattr(answers.opened, "rows", listed)
    reader = Thread(target=lambda: answers.use("a long question", lambda: told.wait(10)))
    reader.start()
    ahead = Thread(target=warming.ask_ahead, args=(answers,))
    ahead.start()
    sleep(0.3)
    assert asked == []
    told.set()
    ahead.join()
    reader.join()
    assert len(asked) > 20
