"""The workload page from dashboard.py: its numbers are counted anew over tickets, events and clocks."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sla import store
from sla.words import LANGUAGES, words
from tests.ui.test_weekly_page import lead_of, page_html, page_text

Open = Callable[..., AppTest]
WEEK = {"policy": "vodlix", "week": "2026-10-05"}
IN_WEEK = "between timestamp '2026-10-05' and timestamp '2026-10-11 23:59:59'"


def counted(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a query over the tables that anybody can read."""
    path = store.current(folder)
    assert path is not None
    with store.open_snapshot(path).cursor() as cursor:
        return cursor.execute(sql).fetchall()


def opened_workload(opened: Open, folder: Path, **query: str) -> AppTest:
    app = opened(folder, **query)
    app.switch_page("pages/workload.py").run()
    assert not app.exception, app.exception
    return app


def test_the_answer_is_what_tickets_events_and_clocks_count(opened: Open, sample: Path) -> None:
    ((arrived, solved, open_now),) = counted(
        sample,
        f"""
        select
            count(*) filter (cycle = 1 and started_at {IN_WEEK}),
            count(*) filter (stopped_at {IN_WEEK}),
            count(*) filter (is_open)
        from clocks
        where policy = 'vodlix' and metric = 'resolution'
            and coalesce(reason, '') not in ('merged', 'excluded_status', 'duplicate')
        """,
    )
    ((replies,),) = counted(
        sample,
        f"""
        select count(*) from events join tickets using (ticket_id)
        where tickets.policy = 'vodlix' and kind = 'message' and "by" = 'agent' and public and "at" {IN_WEEK}
        """,
    )
    ((on_us,),) = counted(
        sample,
        """
        select count(distinct waits.ticket_id) from clocks as waits
        join clocks as unsolved
            on unsolved.ticket_id = waits.ticket_id and unsolved.metric = 'resolution' and unsolved.is_open
        where waits.policy = 'vodlix' and waits.metric in ('first_response', 'next_response') and waits.is_open
        """,
    )
    assert min(arrived, replies, solved, open_now, on_us) > 0
    said = lead_of(opened_workload(opened, sample, **WEEK))
    assert f"Week 41: {arrived} tickets arrived, {replies} replies were written, {solved} tickets were solved." in said
    assert f"{open_now} tickets are open now, {on_us} wait on us" in said


def test_replies_are_credited_to_who_wrote_them(opened: Open, sample: Path) -> None:
    wrote = dict(
        counted(
            sample,
            f"""
            select coalesce(agents.name, author), count(*) from events
            join tickets using (ticket_id)
            left join agents on agents.agent = author
            where tickets.policy = 'vodlix' and kind = 'message' and "by" = 'agent' and public and "at" {IN_WEEK}
            group by all
            """,
        )
    )
    table = re.search(r"<table class='list agents'>(.*?)</table>", page_html(opened_workload(opened, sample, **WEEK)))
    assert table
    shown = {}
    for line in re.findall(r"<tr class='agent'>(.*?)</tr>", table[1]):
        cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)]
        shown[cells[0]] = int(cells[2])
    assert {name: count for name, count in shown.items() if count} == wrote


def test_days_without_work_are_told_in_words(opened: Open, desk: Path) -> None:
    days = {"period": "dates", "from": "2026-01-10", "to": "2026-01-10"}
    text = page_text(opened_workload(opened, desk, policy="desk", **days))
    assert not re.search(r"\bnan\b|None|inf\b", text, re.IGNORECASE)
    assert "10 Jan 2026: no ticket arrived, 0 replies were written" in text


@pytest.mark.parametrize("policy", ["desk", "bare"])
def test_a_policy_with_and_one_without_targets_have_their_page(opened: Open, desk: Path, policy: str) -> None:
    app = opened_workload(opened, desk, policy=policy, week="2026-01-12")
    assert words("en")("work_agents.title") in page_text(app)


def test_one_account_has_its_page(opened: Open, desk: Path) -> None:
    app = opened_workload(opened, desk, policy="desk", week="2026-01-05", account="X")
    ((arrived,),) = counted(
        desk,
        """
        select count(*) from clocks
        where policy = 'desk' and account = 'X' and metric = 'resolution' and cycle = 1
            and coalesce(reason, '') <> 'merged'
            and started_at between timestamp '2026-01-05' and timestamp '2026-01-11 23:59:59'
        """,
    )
    assert f"Week 2: {arrived} tickets arrived" in lead_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_page(opened: Open, sample: Path, language: str) -> None:
    html = page_html(opened_workload(opened, sample, lang=language, **WEEK))
    assert words(language)("work_agents.title") in html
    assert f"lang='{language}'" in html
