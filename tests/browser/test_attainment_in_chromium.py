"""Marks of the attainment page's charts are chosen with a real pointer, and their tickets stand below them."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.server import settle

pytestmark = pytest.mark.browser
OCTOBER = "policy=vodlix&period=month&month=2026-10-01&metric=first_response"


def bare(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


def choose(page: Page, chart: int, mark: str) -> None:
    """Clicks on the middle of the mark that the selector finds in a chart."""
    found = page.locator("[data-testid=stPlotlyChart]").nth(chart).locator(mark).first
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("h3.under", timeout=30_000)
    settle(page)


@pytest.mark.parametrize(
    ("chart", "mark", "told"),
    [
        (0, ".subplot.xy .scatterlayer .trace:last-of-type .points path", "Tickets of Week"),
        (1, ".barlayer .trace:first-of-type .point path", "Tickets with up to 25% of the target, in time"),
    ],
)
def test_a_mark_that_is_clicked_leads_to_its_tickets(
    page: Page, address: str, chart: int, mark: str, told: str
) -> None:
    page.goto(f"{address}/attainment?lang=en&{OCTOBER}")
    settle(page)
    choose(page, chart, mark)
    assert bare(page.locator("h3.under").inner_text()).startswith(told)
    assert page.locator("table.list:not(.percentiles) tbody tr th a").count() > 0


def test_a_cell_leads_to_its_tickets_and_a_ticket_to_its_page(page: Page, address: str) -> None:
    page.goto(f"{address}/attainment?lang=en&{OCTOBER}")
    settle(page)
    page.locator("table.matrix td a").first.click()
    page.wait_for_selector("h3.under", timeout=30_000)
    assert "cell_severity=" in page.url
    href = page.locator("table.list:not(.percentiles) tbody th a").first.get_attribute("href")
    assert href is not None
    assert href.startswith("ticket?")


def test_an_hour_leads_to_its_tickets_and_the_reader_stays_at_it(page: Page, address: str) -> None:
    page.goto(f"{address}/attainment?lang=en&{OCTOBER}")
    settle(page)
    cell = page.locator("table.hours td a").first
    cell.scroll_into_view_if_needed()
    before = cell.bounding_box()
    cell.click()
    page.wait_for_selector("h3.under", timeout=30_000)
    settle(page)
    assert bare(page.locator("h3.under").inner_text()).startswith("Tickets that came on Monday, 00:00 to 01:00")
    assert page.locator("table.hours td a").first.bounding_box() == before


@pytest.mark.parametrize("name", ["attainment", "workload"])
def test_the_hours_of_the_week_stand_on_a_phone_without_moving_sideways(page: Page, address: str, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for language in ("en", "ar"):
        page.goto(f"{address}/{name}?lang={language}&{OCTOBER}")
        settle(page)
        boxes = page.evaluate("""[...document.querySelectorAll('table.hours :is(td, th)')].map(cell => {
            const {left, right, top} = cell.getBoundingClientRect();
            return [left, right, top, cell.scrollWidth - cell.clientWidth];
        })""")
        assert len(boxes) == 8 * 25
        assert all(left >= 0 and right <= 390 and not cut for left, right, _, cut in boxes)
        monday, tuesday = boxes[25:50], boxes[50:75]
        assert [top for _, _, top, _ in monday] == sorted({top for _, _, top, _ in monday})  # hours go down
        assert monday[1][1] <= tuesday[1][0]  # and weekdays across
