"""One walk for each kind of reader, from the first screen to the arithmetic of one ticket, by clicks alone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sla import store
from tests.browser.server import settle

pytestmark = pytest.mark.browser

BAD_WEEK = "lang=en&policy=vodlix&period=week&week=2026-10-05"


def elapsed_s(snapshots: Path, ticket: str, metric: str) -> int:
    """Open seconds of the first clock of a metric, as `clocks` has it."""
    path = store.current(snapshots)
    assert path is not None
    with store.open_snapshot(path).cursor() as cursor:
        row = cursor.execute(
            "select elapsed_s from clocks where ticket_id = ? and metric = ? and cycle = 1", [ticket, metric]
        ).fetchone()
    assert row is not None
    return int(row[0])


def visit(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)


def follow(page: Page, link: str) -> None:
    """Clicks a link of the page's own text and waits for where it leads."""
    page.locator(link).first.click()
    page.wait_for_timeout(500)
    settle(page)


def menu(page: Page, title: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=title).first.click()
    page.wait_for_timeout(500)
    settle(page)


def ticket_shown(page: Page) -> str:
    found = re.match(r"Ticket (\S+?):", page.locator("h1.lead").inner_text())
    assert found
    return found[1]


def assert_sum_is_elapsed(page: Page, snapshots: Path, metric: str = "first_response") -> None:
    """The arithmetic that the page shows adds up to what `clocks` says."""
    seconds = elapsed_s(snapshots, ticket_shown(page), metric)
    written = f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    expect(page.locator("table").filter(has_text="Elapsed").first).to_contain_text(written)


def test_a_support_head_goes_from_monday_s_number_to_the_seconds_of_one_breach(
    page: Page, address: str, snapshots: Path
) -> None:
    visit(page, f"{address}/?{BAD_WEEK}")
    assert "Week 41" in page.locator("h1.lead").inner_text()
    follow(page, "table.matrix td b a")
    assert "/breaches?" in page.url
    assert "severity=" in page.url
    follow(page, "table.list tbody th a")
    assert "/ticket?" in page.url
    assert_sum_is_elapsed(page, snapshots)


def test_an_account_manager_goes_from_a_client_s_quarter_to_the_seconds_of_one_breach(
    page: Page, address: str, snapshots: Path
) -> None:
    visit(page, f"{address}/review?lang=en&policy=vodlix&account=V01&period=quarter&quarter=2026-07-01")
    assert page.locator(".review").count()
    follow(page, ".review a[href*='ticket?']")
    assert_sum_is_elapsed(page, snapshots)


def test_a_team_lead_goes_from_the_load_to_the_ticket_that_waits_longest(
    page: Page, address: str, snapshots: Path
) -> None:
    visit(page, f"{address}/?{BAD_WEEK}")
    menu(page, "Workload")
    assert "tickets arrived" in page.locator("h1.lead").inner_text()
    follow(page, "table.list:not(.agents) tbody th a")
    assert_sum_is_elapsed(page, snapshots)


def test_filters_chosen_on_one_page_hold_on_the_next(page: Page, address: str) -> None:
    visit(page, f"{address}/?{BAD_WEEK}")
    page.get_by_test_id("stPopover").get_by_role("button").first.click()
    page.locator(".st-key-severity input").click()
    page.get_by_role("option").filter(has_text="Critical").first.click()
    settle(page)
    assert "severity=" in page.url
    menu(page, "Attainment")
    assert "/attainment" in page.url
    assert "severity=" in page.url
    assert "week=2026-10-05" in page.url
    expect(page.get_by_test_id("stPopover")).to_contain_text("Critical")
