"""The workload page from dashboard.py: its numbers are counted anew over tickets, events and clocks."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from sla import store
from sla.words import LANGUAGES, words
from tests.store.small_desk import HOSTILE
from tests.ui.test_weekly_page import lead_of, page_html, page_text, tables_of

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
    assert "10 Jan 2026: no ticket arrived, no reply was written" in text


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


def test_a_number_of_the_table_leads_to_the_tickets_behind_it(opened: Open, desk: Path) -> None:
    week = {"policy": "desk", "week": "2026-01-05"}
    html = page_html(opened_workload(opened, desk, **week))
    found = re.search(r"href='(workload[^']*work=reply[^']*of=bob[^']*)'[^>]*>(\d+)<", html)
    assert found
    query = dict(parse_qsl(urlsplit(unescape(found[1])).query))
    # bob wrote the three replies to account X, all of them in that week
    assert (query["of_team"], query["week"], found[2]) == ("Blue", "2026-01-05", "3")
    app = opened_workload(opened, desk, **query)
    assert "bob – Replies: 3." in page_text(app)
    assert [row["Ticket"] for row in tables_of(app)[0]] == ["L2", "L1", "L0"]
    assert words("en")("work_tickets.close") in page_text(app)


def test_the_tickets_of_several_marks_stand_on_the_page_at_a_time(opened: Open, desk: Path) -> None:
    week = {"policy": "desk", "week": "2026-01-05"}
    hour = re.search(r"cell_hour=(\d-\d\d)", page_html(opened_workload(opened, desk, **week)))
    assert hour
    link = {**week, "work": "reply", "of_team": "Blue", "of": "bob", "cell_hour": hour[1]}
    told = page_text(opened_workload(opened, desk, **link))
    assert "bob – Replies: 3." in told
    assert re.search(r"day \d\d:00 – Tickets that arrived: \d", told)


def test_a_link_to_a_number_nobody_has_shows_the_page(opened: Open, desk: Path) -> None:
    link = {"policy": "desk", "week": "2026-01-05", "work": "sleep", "of_team": "Blue", "of": "bob"}
    assert words("en")("work_tickets.title") not in page_text(opened_workload(opened, desk, **link))


def test_the_order_of_arrival_comes_first_where_no_time_is_promised(opened: Open, sample: Path) -> None:
    week = {"week": "2026-10-05"}
    order, weeks = words("en")("arrival_order.title"), words("en")("work_weeks.title")
    hosting = page_html(opened_workload(opened, sample, policy="hosting", **week))
    promised = page_html(opened_workload(opened, sample, policy="vodlix", **week))
    assert hosting.index(f">{order}<") < hosting.index(f">{weeks}<")
    assert promised.index(f">{weeks}<") < promised.index(f">{order}<")


def test_order_of_arrival_is_what_every_pair_of_first_replies_says(opened: Open, sample: Path) -> None:
    """Counted pair by pair, which is slow and needs no window."""
    ((kept, all_of_them),) = counted(
        sample,
        """
        with waits as (
            select ticket_id, started_at, stopped_at, is_open from clocks
            where policy = 'hosting' and metric = 'first_response' and (stopped_at is not null or is_open)
                and coalesce(reason, '') not in
                    ('merged', 'excluded_status', 'duplicate', 'opened_by_agent', 'times_out_of_order')
        ),
        replies as (
            select waits.*, stopped_at - interval 3 hour as local_at from waits
            where exists (
                from events where events.ticket_id = waits.ticket_id and "at" = stopped_at
                    and kind = 'message' and "by" = 'agent' and public
            )
        )
        select
            count(*) filter (not exists (
                from waits as older where older.started_at < replies.started_at
                    and (older.stopped_at is null or older.stopped_at > replies.stopped_at)
            )),
            count(*)
        from replies
        where local_at >= timestamp '2026-10-01' and local_at < timestamp '2026-11-01'
        """,
    )
    assert 0 < kept < all_of_them
    month = {"policy": "hosting", "period": "month", "month": "2026-10-01"}
    assert f"{kept} of {all_of_them} first replies" in page_text(opened_workload(opened, sample, **month))


def test_the_older_ticket_of_a_reply_out_of_turn_leads_to_its_page(opened: Open, sample: Path) -> None:
    html = page_html(opened_workload(opened, sample, policy="hosting", week="2026-10-26"))
    line = re.search(r"<td class='[^']*of-older'[^>]*>(.*?)</td>", html)
    assert line
    assert re.fullmatch(r"<a href='ticket\?[^']*ticket=(T\d+)' target='_self'><bdi>\1</bdi></a>", line[1])


def test_the_oldest_wait_in_the_order_of_arrival_leads_to_its_page(opened: Open, sample: Path) -> None:
    html = page_html(opened_workload(opened, sample, policy="hosting", week="2026-10-26"))
    ((oldest,),) = counted(
        sample,
        """
        select arg_min(ticket_id, started_at) from clocks
        where policy = 'hosting' and metric in ('first_response', 'next_response') and is_open
        """,
    )
    assert re.search(
        rf"<p class='text'><a href='ticket\?[^']*ticket={oldest}' target='_self'>{oldest}</a> has waited", html
    )


def test_text_of_tickets_is_shown_as_text(opened: Open, desk: Path) -> None:
    app = opened_workload(opened, desk, policy="desk", week="2026-01-12")
    assert HOSTILE in [row["Account"] for table in tables_of(app) for row in table if "Account" in row]
    assert "<img" not in page_html(app)
